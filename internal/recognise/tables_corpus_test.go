package recognise_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"juesuan/internal/format"
	"juesuan/internal/recognise"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

const corpus = "../../../shared/corpus"

// TestCorpusTables reads real files: which tables they have, how many rows,
// and cells typed by hand from the printed page.
func TestCorpusTables(t *testing.T) {
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file   string
		tables string // IDs in order
		rows   map[string]int
		cells  string // table.row.column = digits, one a line
	}{
		{
			file:   "putuo-ghzyj-2024.pdf",
			tables: "01 02 03 04 05 06 07 08 09",
			rows:   map[string]int{"01": 40, "02": 25, "03": 25, "04": 36, "05": 25, "06": 67, "07": 6},
			cells: `
01.本年收入合计.决算数 = 9746.50
01.年初结转和结余.决算数 = 112.88
01.212.决算数 = 3845.25
01.本年支出合计.决算数 = 9759.38
01.支出总计.决算数 = 9859.38
02.2120201.财政拨款收入 = 2739.56
03.合计.基本支出 = 5377.64
03.2200150.项目支出 = 2077.09
04.220.一般公共预算 = 4461.67
04.本年收入合计.决算数 = 9746.50
05.合计.基本支出 = 5364.75
05.2120101.项目支出 = 8.77
06.30302.决算数 = 67.96
06.31002.决算数 = 39.76
06.人员经费合计.决算数 = 4884.09
06.公用经费合计.决算数 = 480.66
07.合计.预算数 = 2.85
07.公务接待费.决算数 = 0.39
07.公务用车购置费.决算数 = 0.00`,
		},
		{
			file:   "putuo-shgzb-2024.pdf",
			tables: "01 02 03 04 05 06 07 08 09",
			rows:   map[string]int{"01": 42, "02": 18, "03": 18, "04": 38, "05": 18, "06": 67},
			cells: `
01.收入总计.决算数 = 307.82
01.201.决算数 = 264.87
02.2210203.本年收入合计 = 11.72
03.2013999.项目支出 = 202.24
04.支出总计.一般公共预算 = 307.82
05.2080505.基本支出 = 6.18
05.合计.项目支出 = 202.24
06.30299.决算数 = 0.20
06.30107.决算数 = 10.16`,
		},
		{
			file:   "foshan-gdjtj-2019.pdf",
			tables: "01 02 03 04 05 06 07 08",
			rows:   map[string]int{"01": 37, "02": 13, "03": 13, "05": 13, "06": 81, "07": 6, "08": 15},
			cells: `
01.使用非财政拨款结余.决算数 = 0.00
01.年末结转和结余.决算数 = 0.01
01.214.决算数 = 1531.04
02.合计.其他收入 = 0.01
02.2140101.本年收入合计 = 609.30
03.2140199.项目支出 = 16.15
04.年初政府性基金预算财政拨款.决算数 = 0.00
04.221.合计 = 60.87
05.2210201.合计 = 60.87
06.30217.决算数 = 0.16
06.人员经费合计.决算数 = 649.20
07.合计.预算数 = 0.00
07.公务接待费.决算数 = 0.16
08.2290805.本年支出 = 0.00`,
		},
		{
			file:   "xian-wjw-2022.pdf",
			tables: "01 02 03 04 05 06 08 09 07",
			rows:   map[string]int{"01": 42, "04": 38, "08": 4, "09": 1, "07": 8},
			cells: `
01.收入总计.决算数 = 2480372.70
01.结余分配.决算数 = 6374.88
02.2100201.事业收入 = 850732.60
02.2109999.其他收入 = 16511.87
03.2290402.项目支出 = 568051.63
04.年初一般公共预算财政拨款.决算数 = 95.39
04.229.政府性基金 = 568051.63
05.2101102.基本支出 = 611.08
06.30231.决算数 = 450.96
06.31002.决算数 = 7.17
06.公用经费合计.决算数 = 2093.08
07.合计.预算数 = 593.46
07.公务用车运行维护费.决算数 = 450.96
07.培训费.决算数 = 2795.78
08.合计.年初结转和结余 = 58830.98`,
		},
		{
			file:   "taiyuan-fgw-2016.xlsx",
			tables: "01 02 03 04 05 05b 08 信息 07",
			rows:   map[string]int{"01": 48, "02": 33, "05": 30, "08": 4, "07": 14, "信息": 14},
			cells: `
01.财政拨款收入.决算数 = 42575058.26
01.年初项目支出结转和结余.决算数 = 36906.00
01.210.决算数 = 1115232.00
02.2290400.其他收入 = 1957.99
03.2010408.基本支出 = 914.22
04.年末基本支出结转.政府性基金 = 448610.13
05b.30314.决算数 = 1249300.00
05b.公用经费合计.决算数 = 10427336.72
07.公务用车运行维护费.预算数 = 612000.00
07.公务用车保有量.决算数 = 16
信息.机关运行经费.决算数 = 3999400.00
信息.一般公务用车.决算数 = 14`,
		},
	} {
		t.Run(c.file, func(t *testing.T) {
			r := readCorpus(t, tax, c.file)
			var ids []string
			for _, tab := range r.Tables {
				if tab.ID == "" {
					continue
				}
				ids = append(ids, tab.ID)
				if n, ok := c.rows[tab.ID]; ok && len(tab.Rows) != n {
					t.Errorf("table %s has %d rows, want %d", tab.ID, len(tab.Rows), n)
				}
				if tab.Problem != "" {
					t.Errorf("table %s: %s", tab.ID, tab.Problem)
				}
				for _, col := range tab.Columns {
					if col.Key == "" {
						t.Errorf("table %s: column %q has no key", tab.ID, col.Header)
					}
				}
			}
			if got := strings.Join(ids, " "); got != c.tables {
				t.Errorf("tables %s, want %s", got, c.tables)
			}
			for _, line := range strings.Split(strings.TrimSpace(c.cells), "\n") {
				ref, want, _ := strings.Cut(line, " = ")
				p := strings.Split(ref, ".")
				got := "—"
				if tab := r.TableByID(p[0]); tab != nil {
					if f := r.Get(tab.At(p[1], p[2])); f != nil {
						got = f.Digits()
					}
				}
				if got != want {
					t.Errorf("%s = %s, want %s", ref, got, want)
				}
			}
		})
	}
}

// A template has the nine tables and no figure.
func TestCorpusTemplate(t *testing.T) {
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	r := readCorpus(t, tax, "putuo-template-2024.pdf")
	n := 0
	for _, tab := range r.Tables {
		if tab.ID == "" {
			continue
		}
		n++
		if !tab.Empty {
			t.Errorf("table %s of the template is not empty", tab.ID)
		}
	}
	if n != 9 {
		t.Errorf("%d tables, want 9", n)
	}
}

func readCorpus(t *testing.T, tax *taxonomy.Taxonomy, name string) *report.Report {
	t.Helper()
	path := filepath.Join(corpus, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("NOT CHECKED: %s is not there", path)
	}
	doc, err := format.Open(context.Background(), path, format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return recognise.Report(doc, tax)
}
