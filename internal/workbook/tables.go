package workbook

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"juesuan/internal/accounts"
	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/format"
	"juesuan/internal/recognise"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// Load reads accounts from whatever a clerk has: a filled in 填报模板, a yaml
// or json file, or the nine tables as another system exports or a unit
// publishes them. name decides nothing but yaml and json. The error is that of
// the reader; problems are all that could not be taken over.
func Load(ctx context.Context, name string, data []byte, tax *taxonomy.Taxonomy) (*accounts.Accounts, []Problem, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml", ".json":
		a, err := accounts.Read(name, data, tax)
		return a, nil, err
	}
	if bytes.HasPrefix(data, []byte("PK")) {
		// Any other workbook, and what is wrong with a damaged one, is the
		// business of the reader of tables.
		if a, problems, err := Read(ctx, name, data, tax); err == nil {
			return a, problems, nil
		}
	}
	doc, err := format.OpenBytes(ctx, name, data, format.Options{})
	if err != nil {
		return nil, nil, err
	}
	a, problems := FromReport(recognise.Report(doc, tax), tax)
	if len(a.Cells) == 0 {
		return nil, nil, &document.ReadError{File: name, Problem: "没有认出决算表",
			Remedy: "请用填报模板填写，或者检查各表的标题和表头是否完整"}
	}
	return a, problems, nil
}

// FromReport makes accounts of the tables of a recognised document, the nine
// tables of another system: their cells, totals included (accounts.Complete
// compares them with their parts), and the counts beside them. Where a
// worksheet stores more decimals than it shows, the stored number counts.
func FromReport(rep *report.Report, tax *taxonomy.Taxonomy) (*accounts.Accounts, []Problem) {
	a := &accounts.Accounts{Unit: cmp.Or(rep.Unit, unitOf(rep)), Scope: rep.Scope, Year: rep.Year}
	var problems []Problem
	stored := storedNumbers(rep.Document)
	known := newCatalogue(tax, rep.Year)
	for i := range rep.Tables {
		t := &rep.Tables[i]
		if len(t.ID) != 2 && t.ID != "信息" {
			continue
		}
		if t.Problem != "" {
			problems = append(problems, Problem{t.Place, fmt.Sprintf("表%s没有读全：%s", t.ID, t.Problem), "请对照原表检查，或改用填报模板"})
		}
		if a.Money == "" && t.Unit.Kind() == figure.Money {
			a.Money = figure.WanYuan
			if t.Unit == figure.Yuan {
				a.Money = figure.Yuan
			}
		}
		for _, row := range t.Rows {
			if row.Code != "" && row.Key == row.Code && row.Name != "" && known.names[row.Code] != "" &&
				!taxonomy.SameItem(row.Name, known.names[row.Code]) && row.Level > 1 {
				a.Names = put(a.Names, row.Code, row.Name)
			}
			for c, cell := range row.Cells {
				f := rep.Get(cell.Figure)
				if f == nil || c >= len(t.Columns) || f.Nil {
					continue
				}
				col := &t.Columns[c]
				if row.Key == "" || col.Key == "" {
					if f.Coef != 0 {
						problems = append(problems, Problem{cell.Place, fmt.Sprintf("表%s“%s”的%s%s没有位置，没有读取",
							t.ID, cmp.Or(row.Name, row.Key), f.Text, f.Unit), ""})
					}
					continue
				}
				problems = append(problems, takeCell(a, tax, t, &row, col, f, stored[f.Place])...)
			}
		}
	}
	for _, f := range otherFunds {
		if !f.carry(a) {
			problems = append(problems, Problem{Text: fmt.Sprintf("表%s没有列年初、年末结转和结余，而表04有：%s各科目的结转和结余无法分清", f.table, f.name),
				Remedy: fmt.Sprintf("请在填报模板的表%s中填写各科目的年初结转和结余、本年收入、年末结转和结余", f.table)})
		}
	}
	return a, problems
}

// fund is 财政拨款 with a table of its own, which in most places prints
// neither carry-over nor income.
type fund struct{ table, name, opening, col string }

var otherFunds = []fund{
	{"08", "政府性基金预算财政拨款", "年初政府性基金预算财政拨款", "政府性基金"},
	{"09", "国有资本经营预算财政拨款", "年初国有资本经营预算财政拨款", "国有资本经营"},
}

// carry fills in what the fund's table does not print and tables 02 and 04
// do, as far as it is the one 科目's; false when there are several.
func (f *fund) carry(a *accounts.Accounts) bool {
	codes := map[string]bool{}
	for c := range a.Cells {
		if c.Table != f.table {
			continue
		}
		if c.Col == "年初结转和结余" || c.Col == "年末结转和结余" {
			return true
		}
		if isCode(c.Row) {
			codes[c.Row] = true
		}
	}
	opening := a.Cells[accounts.Cell{Table: "04", Row: f.opening, Col: "决算数"}]
	closing := a.Cells[accounts.Cell{Table: "04", Row: "年末财政拨款结转和结余", Col: f.col}]
	if opening == 0 && closing == 0 || len(codes) == 0 {
		return true
	}
	list := slices.Sorted(maps.Keys(codes))
	for i, c := range list[1:] {
		if !strings.HasPrefix(c, list[i]) {
			return false
		}
	}
	code := list[len(list)-1]
	a.Cells[accounts.Cell{Table: f.table, Row: code, Col: "年初结转和结余"}] = opening
	a.Cells[accounts.Cell{Table: f.table, Row: code, Col: "年末结转和结余"}] = closing
	return true
}

var unitLine = regexp.MustCompile(`^(?:编制|公开|填报)?(?:部门|单位)(?:名称)?[：:]\s*([^\s　：]+)`)

// unitOf is the unit that the lines above all tables name.
func unitOf(rep *report.Report) string {
	unit := ""
	for b := range rep.TableText {
		m := unitLine.FindStringSubmatch(strings.TrimSpace(rep.Document.Blocks[b].Text.S))
		switch {
		case m == nil || figure.Unit(m[1]).Kind() == figure.Money:
		case unit != "" && unit != m[1]:
			return ""
		default:
			unit = m[1]
		}
	}
	return unit
}

// takeCell takes one printed cell over.
func takeCell(a *accounts.Accounts, tax *taxonomy.Taxonomy, t *report.Table, row *report.Row, col *report.Column, f *report.Figure, stored string) []Problem {
	q := accounts.Quantity{Coef: f.Coef, Decimals: f.Decimals, Unit: f.Unit}
	money, ok := finer(f, stored)
	concept, period := tax.Concepts.OfCell(t.ID, row.Key, col.Key, row.Code)
	if ok && t.ID != "信息" && col.Key != "上年决算数" {
		c := accounts.Cell{Table: t.ID, Row: row.Key, Col: col.Key}
		if old, twice := a.Cells[c]; twice && old != money {
			return []Problem{{f.Place, fmt.Sprintf("表%s“%s”的“%s”有两个数：%s和%s，用了前一个",
				t.ID, row.Key, col.Key, old.Print(figure.WanYuan), money.Print(figure.WanYuan)), "请核对（单位：万元）"}}
		} else if !twice {
			a.Cells = put(a.Cells, c, money)
		}
		return nil
	}
	if col.Key == "上年决算数" {
		concept, _ = tax.Concepts.OfCell(t.ID, row.Key, "决算数", row.Code)
		period = "上年"
	}
	if concept == nil {
		return nil
	}
	if ok {
		q = money.Quantity()
	}
	k := accounts.Key{Concept: concept.Name, Period: period}
	if _, twice := a.Values[k]; !twice {
		a.Values = put(a.Values, k, q)
	}
	return nil
}

// finer is an amount of money as its cell stores it, to the 分, when that is
// what the print rounds; else as printed.
func finer(f *report.Figure, stored string) (accounts.Fen, bool) {
	printed, ok := (accounts.Quantity{Coef: f.Coef, Decimals: f.Decimals, Unit: f.Unit}).Fen()
	if !ok || stored == "" || f.Unit != figure.Yuan && f.Unit != figure.WanYuan {
		return printed, ok
	}
	places := 2
	if f.Unit == figure.WanYuan {
		places = 6
	}
	exact, err := accounts.ParseFen(roundDecimal(stored, places), f.Unit)
	if err != nil || !f.Interval().Has(exact.Quantity().Number()) {
		return printed, ok
	}
	return exact, true
}

// roundDecimal cuts a plain decimal to so many places, half away from zero.
func roundDecimal(s string, places int) string {
	whole, frac, _ := strings.Cut(s, ".")
	if len(frac) <= places {
		return s
	}
	digits := []byte(whole + frac[:places])
	if frac[places] >= '5' {
		i := len(digits) - 1
		for ; i >= 0 && digits[i] == '9'; i-- {
			digits[i] = '0'
		}
		if i < 0 || digits[i] == '-' {
			digits = append(digits[:i+1], append([]byte{'1'}, digits[i+1:]...)...)
		} else {
			digits[i]++
		}
	}
	n := len(digits) - places
	return string(digits[:n]) + "." + string(digits[n:])
}

// storedNumbers are the numbers that worksheets store, by their cells.
func storedNumbers(doc *document.Document) map[document.Place]string {
	out := map[document.Place]string{}
	if doc == nil {
		return out
	}
	for i := range doc.Blocks {
		t := doc.Blocks[i].Table
		if t == nil {
			continue
		}
		for _, row := range t.Rows {
			for _, c := range row {
				if c.Number != "" && c.Place.Sheet != "" {
					out[c.Place] = c.Number
				}
			}
		}
	}
	return out
}
