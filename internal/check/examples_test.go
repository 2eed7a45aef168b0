package check

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// TestRuleExamples tries every formula rule on the examples of its
// declaration: pass gives no finding of the rule, fail gives one.
func TestRuleExamples(t *testing.T) {
	tax := load(t)
	for _, rule := range tax.Rules.All() {
		if rule.Parsed == nil && !strings.Contains("TX", rule.Family()) {
			continue
		}
		if rule.Parsed != nil && (len(rule.Pass) == 0 || len(rule.Fail) == 0) {
			t.Errorf("%s has no passing or no failing example", rule.ID)
		}
		for i, ex := range rule.Pass {
			if got := found(tax, tables(t, ex), rule.ID); len(got) > 0 {
				t.Errorf("%s pass %d: %s %s", rule.ID, i+1, got[0].Message, got[0].Arithmetic)
			}
		}
		for i, ex := range rule.Fail {
			if got := found(tax, tables(t, ex), rule.ID); len(got) != 1 {
				t.Errorf("%s fail %d: %d findings, want 1", rule.ID, i+1, len(got))
			}
		}
	}
}

func load(t testing.TB) *taxonomy.Taxonomy {
	t.Helper()
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	return tax
}

// found are the findings of one rule, before clustering.
func found(tax *taxonomy.Taxonomy, rep *report.Report, rule string) []Finding {
	r := newRun(rep, tax)
	r.tables()
	return slices.DeleteFunc(r.findings, func(f Finding) bool { return f.Rule != rule })
}

// sidesOf are the first path elements that name a side.
var sidesOf = []string{"收入", "支出", "人员", "公用"}

// tables makes a report of the cells of an example: 表[.侧].行.列 = 数.
func tables(t testing.TB, ex taxonomy.Example) *report.Report {
	t.Helper()
	rep := &report.Report{Document: &document.Document{}, Kind: report.Final, TableText: map[int]int{}}
	unit := figure.Unit(ex.Unit)
	if unit == "" {
		unit = figure.WanYuan
	}
	for _, fact := range ex.Facts {
		name, print, _ := strings.Cut(fact, "=")
		path := strings.Split(strings.TrimSpace(name), ".")
		put(t, rep, path, strings.TrimSpace(print), unit)
	}
	return rep
}

// put adds one cell to the report, making table, row and column as needed.
func put(t testing.TB, rep *report.Report, path []string, print string, unit figure.Unit) report.ID {
	t.Helper()
	id := path[0]
	ti := slices.IndexFunc(rep.Tables, func(x report.Table) bool { return x.ID == id })
	if ti < 0 {
		rep.Tables = append(rep.Tables, report.Table{ID: id, Unit: unit})
		ti = len(rep.Tables) - 1
	}
	tab := &rep.Tables[ti]
	path = path[1:]
	side := ""
	if slices.Contains(sidesOf, path[0]) && len(path) > 1 {
		side, path = path[0], path[1:]
	}
	key, col := path[0], "决算数"
	if len(path) > 1 {
		col = path[1]
	}
	ci := slices.IndexFunc(tab.Columns, func(c report.Column) bool { return c.Key == col && c.Block == side })
	if ci < 0 {
		tab.Columns = append(tab.Columns, report.Column{Key: col, Block: side})
		ci = len(tab.Columns) - 1
		for i := range tab.Rows {
			tab.Rows[i].Cells = append(tab.Rows[i].Cells, report.Cell{Figure: report.None})
		}
	}
	ri := slices.IndexFunc(tab.Rows, func(r report.Row) bool { return r.Key == key && r.Block == side })
	if ri < 0 {
		row := report.Row{Key: key, Name: key, Block: side}
		if strings.Trim(key, "0123456789") == "" {
			row.Code, row.Level = key, (len(key)-1)/2
		}
		for range tab.Columns {
			row.Cells = append(row.Cells, report.Cell{Figure: report.None})
		}
		tab.Rows = append(tab.Rows, row)
		ri = len(tab.Rows) - 1
	}
	f := number(t, print)
	f.Unit = unit
	fid := rep.Add(report.Figure{Figure: f, Table: ti, Row: ri, Col: ci})
	tab.Rows[ri].Cells[ci] = report.Cell{Figure: fid, Text: print}
	return fid
}

func number(t testing.TB, s string) figure.Figure {
	t.Helper()
	f := figure.Figure{Text: s}
	whole, frac, _ := strings.Cut(strings.ReplaceAll(s, ",", ""), ".")
	f.Decimals = len(frac)
	v, err := strconv.ParseInt(whole+frac, 10, 64)
	if err != nil {
		t.Fatalf("example number %q: %v", s, err)
	}
	f.Coef = v
	return f
}
