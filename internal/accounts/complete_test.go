package accounts

import (
	"strings"
	"testing"

	"juesuan/internal/taxonomy"
)

func load(t testing.TB) *taxonomy.Taxonomy {
	t.Helper()
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	return tax
}

// cells reads "表.行.列 = 数" lines, amounts in 元.
func cells(t testing.TB, text string) map[Cell]Fen {
	t.Helper()
	out := map[Cell]Fen{}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		name, amount, _ := strings.Cut(strings.TrimSpace(line), "=")
		p := strings.SplitN(strings.TrimSpace(name), ".", 3)
		f, err := ParseFen(strings.TrimSpace(amount), "元")
		if err != nil || len(p) != 3 {
			t.Fatalf("%q: %v", line, err)
		}
		out[Cell{p[0], p[1], p[2]}] = f
	}
	return out
}

// small is a unit whose money is all 一般公共预算: table 05 follows from 03.
const small = `
02.2080505.财政拨款收入 = 6248.10
02.2130301.财政拨款收入 = 51000.05
02.2130305.财政拨款收入 = 30000
03.2080505.基本支出 = 6248.10
03.2130301.基本支出 = 51000.05
03.2130305.项目支出 = 28000.50
04.年初一般公共预算财政拨款.决算数 = 100
04.年末财政拨款结转和结余.一般公共预算 = 2099.50
06.30101.决算数 = 40000
06.30108.决算数 = 6248.10
06.30201.决算数 = 10000.05
06.31002.决算数 = 1000
07.公务接待费.预算数 = 300
07.公务接待费.决算数 = 120
07.公务用车运行维护费.决算数 = 1000`

func TestComplete(t *testing.T) {
	tax := load(t)
	b, missing, conflicts := Complete(&Accounts{Year: 2024, Cells: cells(t, small)}, tax)
	for _, m := range missing {
		t.Errorf("missing: %s（%s）", m.What, m.Where)
	}
	for _, c := range conflicts {
		t.Errorf("conflict: %s", c.Text)
	}
	for c, want := range cells(t, `
		02.合计.本年收入合计 = 87248.15
		02.213.财政拨款收入 = 81000.05
		02.21303.本年收入合计 = 81000.05
		03.合计.项目支出 = 28000.50
		05.21303.合计 = 79000.55
		05.合计.基本支出 = 57248.15
		06.301.决算数 = 46248.10
		06.人员经费合计.决算数 = 46248.10
		06.公用经费合计.决算数 = 11000.05
		06.合计.决算数 = 57248.15
		07.公务用车购置及运行维护费.决算数 = 1000
		07.合计.决算数 = 1120
		07.合计.预算数 = 300
		04.本年收入合计.决算数 = 87248.15
		04.收入总计.决算数 = 87348.15
		04.213.合计 = 79000.55
		04.213.政府性基金 = 0
		04.支出总计.一般公共预算 = 87348.15
		01.收入总计.决算数 = 87348.15
		01.支出总计.决算数 = 87348.15
		01.财政拨款收入.决算数 = 87248.15
		01.201.决算数 = 0
		01.年末结转和结余.决算数 = 2099.50
		08.合计.本年支出 = 0`) {
		if got, ok := b.Cell(c.Table, c.Row, c.Col); !ok || got != want {
			t.Errorf("%v = %s (%v), want %s", c, got.Exact("元"), ok, want.Exact("元"))
		}
	}
	for _, v := range []struct{ concept, period, code, want string }{
		{"收入支出总计", "本年", "", "87348.15"},
		{"财政拨款收入支出总计", "本年", "", "87348.15"},
		{"一般公共预算财政拨款支出", "本年", "2130305", "28000.50"},
		{"财政拨款基本支出", "本年", "", "57248.15"},
		{"公务接待费", "年初预算", "", "300.00"},
		{"公务接待费", "上年", "", ""},
		{"一般公共预算财政拨款基本支出", "本年", "30101", "40000.00"},
	} {
		q, ok := b.Value(v.concept, v.period, v.code)
		if got := q.Digits(); ok != (v.want != "") || ok && got != v.want {
			t.Errorf("%s %s %s = %s, want %s", v.concept, v.period, v.code, got, v.want)
		}
	}
}

func TestCompleteComplains(t *testing.T) {
	tax := load(t)
	for _, x := range []struct{ name, change, want string }{
		{"a wrong total", "03.213.基本支出 = 51000.04", "表03“213 农林水支出”的“基本支出”"},
		{"a grand total", "01.支出总计.决算数 = 1", "由各分项算出的是8.734815万元"},
		{"basic outlay against 06", "06.30201.决算数 = 10000.06", "表06各经济分类合计5.724816万元"},
		{"carry-over", "04.年末财政拨款结转和结余.一般公共预算 = 2099.51", "两者应当相等"},
		{"公务接待费 above 07", "06.30217.决算数 = 121", "多于表07“公务接待费”"},
		{"公务接待费 of no project", "03.2130305.项目支出 = 0\n04.年末财政拨款结转和结余.一般公共预算 = 30100", "财政拨款没有项目支出，两者应当相等"},
		{"05 beyond 03", "05.2080505.基本支出 = 7000", "财政拨款基本支出0.70万元多于表03"},
		{"a 科目 that 03 does not have", "05.2240101.基本支出 = 7000", "表03没有这个科目"},
		{"08 does not add up", "08.2120804.本年收入 = 5\n08.2120804.本年支出 = 3\n08.2120804.年末结转和结余 = 1", "年初结转和结余0.00万元加本年收入0.0005万元减本年支出0.0003万元是0.0002万元"},
	} {
		_, _, conflicts := Complete(&Accounts{Year: 2024, Cells: cells(t, small+"\n"+x.change)}, tax)
		found := false
		var all []string
		for _, c := range conflicts {
			found = found || strings.Contains(c.Text, x.want)
			all = append(all, c.Text)
		}
		if !found {
			t.Errorf("%s: no conflict says %q:\n%s", x.name, x.want, strings.Join(all, "\n"))
		}
	}
	_, missing, _ := Complete(&Accounts{Year: 2024}, tax)
	var all []string
	for _, m := range missing {
		all = append(all, m.Where+"："+m.What)
	}
	for _, want := range []string{"收入决算表", "支出决算表", "“三公”经费各项的决算数"} {
		if !strings.Contains(strings.Join(all, "\n"), want) {
			t.Errorf("nothing asks for %s: %v", want, all)
		}
	}
}

func TestPrint(t *testing.T) {
	for _, x := range []struct {
		fen  Fen
		unit string
		want string
	}{
		{362780000, "万元", "362.78"}, {5000, "万元", "0.01"}, {4999, "万元", "0.00"}, {-5000, "万元", "-0.01"}, {-4999, "万元", "0.00"},
		{123, "元", "1.23"}, {-5, "元", "-0.05"}, {0, "万元", "0.00"}, {14999, "万元", "0.01"}, {15000, "万元", "0.02"},
	} {
		u := Accounts{Money: "万元"}
		if x.unit == "元" {
			u.Money = "元"
		}
		if got := x.fen.Print(u.PrintUnit()); got != x.want {
			t.Errorf("%d 分 in %s: %s, want %s", x.fen, x.unit, got, x.want)
		}
	}
	for _, bad := range []string{"", "1.2.3", "1e5", "十", "1,23", "0.0000001", "99999999999999999999", "--1", "."} {
		if f, err := ParseFen(bad, "万元"); err == nil {
			t.Errorf("%q read as %d", bad, f)
		}
	}
}

// TestRounded: totals of accounts that were copied from a print stand when the
// rounding of their parts explains them; exact accounts have no such excuse.
func TestRounded(t *testing.T) {
	tax := load(t)
	const leaves = `
		03.2080501.基本支出 = 100
		03.2080505.基本支出 = 200
		03.2080506.基本支出 = 300`
	for _, x := range []struct {
		name, more, want string // printed 20805 and whether it conflicts
		conflict         bool
	}{
		{"one hundredth", "03.20805.基本支出 = 700\n03.208.基本支出 = 700", "0.07", false},
		{"more than three roundings make", "03.20805.基本支出 = 900", "0.06", true},
		{"an exact amount elsewhere", "03.20805.基本支出 = 700\n03.2130301.项目支出 = 0.01", "0.06", true},
	} {
		b, _, conflicts := Complete(&Accounts{Year: 2024, Cells: cells(t, leaves+"\n"+x.more)}, tax)
		got, _ := b.Cell("03", "20805", "基本支出")
		if b.Print(got) != x.want {
			t.Errorf("%s: 20805 is %s, want %s", x.name, b.Print(got), x.want)
		}
		found := false
		for _, c := range conflicts {
			found = found || c.Cell.Row == "20805"
		}
		if found != x.conflict {
			t.Errorf("%s: conflicts %v", x.name, conflicts)
		}
	}
}
