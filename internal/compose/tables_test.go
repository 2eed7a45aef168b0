package compose

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"juesuan/internal/accounts"
	"juesuan/internal/check"
	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/recognise"
	"juesuan/internal/report"
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

// 项 of the years that the tests draw from.
var (
	generalCodes = []string{"2080501", "2080505", "2080506", "2101101", "2101103", "2110302", "2130301", "2130305", "2130306", "2130314", "2210201", "2010301", "2050202", "2240106"}
	fundCodes    = []string{"2120804", "2120803", "2296002"}
	capitalCodes = []string{"2230105", "2230199"}
	econCodes    = []string{"30101", "30102", "30103", "30108", "30113", "30201", "30202", "30205", "30211", "30217", "30231", "30302", "30305", "31002"}
)

// draw makes the leaves of a random unit whose books must balance.
func draw(t *rapid.T) *accounts.Accounts {
	a := &accounts.Accounts{
		Unit: "青禾县河湖管理局", Scope: rapid.SampledFrom([]string{"部门", "单位"}).Draw(t, "scope"),
		Year:  rapid.IntRange(2016, 2025).Draw(t, "year"),
		Money: rapid.SampledFrom([]figure.Unit{figure.WanYuan, figure.Yuan}).Draw(t, "money"),
		Form:  rapid.SampledFrom([]string{"通用", "上海", "新疆", "中央", "陕西"}).Draw(t, "form"),
		Cells: map[accounts.Cell]accounts.Fen{},
	}
	set := func(table, row, col string, f accounts.Fen) {
		a.Cells[accounts.Cell{Table: table, Row: row, Col: col}] = f
	}
	// From 100元: less prints as 0.00万元, which a reader takes for nothing.
	amount := func(name string) accounts.Fen {
		return accounts.Fen(rapid.Int64Range(10_000, 5_000_000_000).Draw(t, name))
	}
	under := func(f accounts.Fen) accounts.Fen {
		if f < 20_000 {
			return 0
		}
		return amount("part")%(f-10_000) + 10_000
	}
	some := func(name string, list []string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(list), 1, len(list), rapid.ID[string]).Draw(t, name)
	}
	var basics accounts.Fen
	codes := some("general", generalCodes)
	others := rapid.Bool().Draw(t, "other money")
	var open, end, otherOpen, projects accounts.Fen
	carried := a.Year < 2019 && rapid.Bool().Draw(t, "05 with income")
	for i, code := range codes {
		var basic, project accounts.Fen
		if i == 0 || rapid.Bool().Draw(t, "basic?") {
			basic = amount("basic")
		}
		if rapid.Bool().Draw(t, "project?") {
			project = amount("project")
		}
		o, e := accounts.Fen(0), accounts.Fen(0)
		if rapid.IntRange(0, 3).Draw(t, "carry?") == 0 {
			o, e = under(basic+project), amount("closing")
		}
		open, end, basics = open+o, end+e, basics+basic
		set("02", code, "财政拨款收入", basic+project-o+e)
		set("05", code, "基本支出", basic)
		set("05", code, "项目支出", project)
		projects += project
		if carried {
			set("05", code, "年初结转和结余", o)
			set("05", code, "本年收入", basic+project-o+e)
			set("05", code, "年末结转和结余", e)
		}
		if others && rapid.Bool().Draw(t, "other?") {
			x, y := amount("other"), amount("opening of other")
			col := rapid.SampledFrom([]string{"上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"}).Draw(t, "source")
			set("02", code, col, x)
			project += x + y
			otherOpen += y
		}
		set("03", code, "基本支出", basic)
		set("03", code, "项目支出", project)
	}
	set("04", "年初一般公共预算财政拨款", "决算数", open)
	set("04", "年末财政拨款结转和结余", "一般公共预算", end)
	for _, f := range []struct {
		table string
		codes []string
	}{{"08", fundCodes}, {"09", capitalCodes}} {
		if !rapid.Bool().Draw(t, f.table) {
			continue
		}
		for _, code := range some(f.table, f.codes) {
			p, e := amount("project"), accounts.Fen(0)
			o := under(p)
			if rapid.Bool().Draw(t, "left?") {
				e = amount("closing")
			}
			if f.table == "09" { // printed without carry-over in most forms
				o, e = 0, 0
			}
			if p-o+e < 10_000 {
				o = 0
			}
			set("02", code, "财政拨款收入", p-o+e)
			set("03", code, "项目支出", p)
			set(f.table, code, "项目支出", p)
			set(f.table, code, "年初结转和结余", o)
			set(f.table, code, "本年收入", p-o+e)
			open, end = open+o, end+e
		}
	}
	set("01", "年初结转和结余", "决算数", open+otherOpen)
	set("01", "年末结转和结余", "决算数", end)
	if a.Year < 2019 && rapid.Bool().Draw(t, "parts of carry-over") {
		for _, c := range []struct {
			year string
			all  accounts.Fen
		}{{"年初", open + otherOpen}, {"年末", end}} {
			x := under(c.all)
			set("01", c.year+"基本支出结转", "决算数", x)
			set("01", c.year+"项目支出结转和结余", "决算数", c.all-x)
		}
	}
	// 06: the 款 share the basic outlay.
	list := some("economic", econCodes)
	for i, code := range list {
		var part accounts.Fen
		if i < len(list)-1 {
			part = under(basics)
		} else {
			part = basics
		}
		basics -= part
		set("06", code, "决算数", part)
	}
	// “三公” beyond 06 is paid for as a project.
	public := rapid.Bool().Draw(t, "public") && projects > 0
	for _, p := range [][2]string{{"因公出国（境）费", ""}, {"公务用车购置费", ""}, {"公务用车运行维护费", "30231"}, {"公务接待费", "30217"}} {
		item, econ := p[0], p[1]
		f := a.Cells[accounts.Cell{Table: "06", Row: econ, Col: "决算数"}]
		if f == 0 && public && econ == "" {
			f = amount(item)
		}
		set("07", item, "决算数", f)
		set("07", item, "预算数", f)
	}
	if public && rapid.Bool().Draw(t, "meetings") {
		set("07", "会议费", "决算数", amount("meeting"))
		set("07", "培训费", "预算数", amount("training"))
	}
	return a
}

// disclosure is the least document around the tables that says whose they are.
func disclosure(a *accounts.Accounts, parts []TablePart) *document.Document {
	d := &document.Document{Name: "x.docx", Files: []document.File{{Name: "x.docx", Format: "docx"}}}
	head := fmt.Sprintf("%s%d年度部门决算", a.Unit, a.Year)
	d.Blocks = append(d.Blocks,
		document.Block{Kind: document.Heading, Level: 1, Text: document.Text{S: head}},
		document.Block{Kind: document.Heading, Level: 1, Text: document.Text{S: "第二部分 " + head + "表"}})
	for _, p := range parts {
		d.Blocks = append(d.Blocks, p.Blocks...)
	}
	return d
}

// TestTablesReadBack: what the tables print is read back under the same keys,
// and every relation within and between them holds.
func TestTablesReadBack(t *testing.T) {
	tax := load(t)
	rapid.Check(t, func(t *rapid.T) {
		a := draw(t)
		b, missing, conflicts := accounts.Complete(a, tax)
		for _, m := range missing {
			t.Fatalf("missing %s", m.What)
		}
		for _, c := range conflicts {
			t.Fatalf("conflict %s", c.Text)
		}
		parts := Tables(b, tax)
		r := recognise.Report(disclosure(a, parts), tax)
		if len(r.Tables) != len(parts) {
			t.Fatalf("%d tables read of %d", len(r.Tables), len(parts))
		}
		for i, p := range parts {
			same(t, p, &r.Tables[i], r)
			sums(t, p, b)
		}
		for _, f := range check.Check(r, tax).Findings {
			if strings.HasPrefix(f.Rule, "T") || strings.HasPrefix(f.Rule, "X") {
				t.Errorf("%s %s: %s %s", f.Rule, f.Title, f.Message, f.Arithmetic)
			}
		}
	})
}

// same compares a printed table with what was read of it.
func same(t *rapid.T, p TablePart, got *report.Table, r *report.Report) {
	if got.ID != p.Table {
		t.Fatalf("table %s read as %q (%s)", p.Table, got.ID, got.Title)
	}
	read := map[accounts.Cell]figure.Figure{}
	for _, row := range got.Rows {
		for c, cell := range row.Cells {
			if cell.Figure == report.None || c >= len(got.Columns) {
				continue
			}
			key := accounts.Cell{Table: got.ID, Row: row.Key, Col: got.Columns[c].Key}
			f := r.Figures[cell.Figure].Figure
			if old, ok := read[key]; ok && old.Text != f.Text {
				t.Errorf("%v read twice: %s, %s", key, old.Text, f.Text)
			}
			read[key] = f
		}
	}
	n := 0
	for i, row := range p.Cells {
		for j, key := range row {
			text := p.Grid.Rows[i][j].Text
			if key == (accounts.Cell{}) || text == "" {
				continue
			}
			n++
			if f, ok := read[key]; !ok || f.Text != text {
				t.Errorf("%v printed %s, read %q", key, text, f.Text)
			}
			delete(read, key)
		}
	}
	for key, f := range read {
		if !f.IsZero() {
			t.Errorf("%v read as %s, not printed", key, f.Text)
		}
	}
	if got.Empty != (p.Empty || n == 0) && p.Empty {
		t.Errorf("table %s: empty %v, read %v", p.Table, p.Empty, got.Empty)
	}
}

// sums evaluates the formulas of a grid over its exact numbers.
func sums(t *rapid.T, p TablePart, b *accounts.Books) {
	amount := func(r, c int) accounts.Fen {
		n := p.Grid.Rows[r][c].Number
		if n == "" {
			return 0
		}
		f, err := accounts.ParseFen(n, b.PrintUnit())
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	found := 0
	for r, row := range p.Grid.Rows {
		for c, cell := range row {
			if cell.Sum == "" {
				continue
			}
			found++
			var sum accounts.Fen
			for _, q := range evaluate(t, cell.Sum) {
				if q == (place{r, c}) {
					t.Fatalf("%s %s adds itself: %s", p.Table, excel(q), cell.Sum)
				}
				sum += amount(q.r, q.c)
			}
			if sum != amount(r, c) {
				t.Errorf("%s %s = %s gives %d 分, not %d", p.Table, excel(place{r, c}), cell.Sum, sum, amount(r, c))
			}
		}
	}
	if found == 0 && !p.Empty {
		t.Errorf("table %s has no live sum", p.Table)
	}
}

// evaluate lists the cells that a formula adds.
func evaluate(t *rapid.T, formula string) []place {
	var out []place
	cell := func(s string) place {
		var q place
		i := 0
		for ; i < len(s) && s[i] >= 'A'; i++ {
			q.c = q.c*26 + int(s[i]-'A') + 1
		}
		if _, err := fmt.Sscan(s[i:], &q.r); err != nil {
			t.Fatalf("%s: %v", formula, err)
		}
		return place{q.r - 1, q.c - 1}
	}
	inner := strings.TrimSuffix(strings.TrimPrefix(formula, "SUM("), ")")
	for _, part := range strings.FieldsFunc(inner, func(r rune) bool { return r == '+' || r == ',' }) {
		from, to, isRange := strings.Cut(part, ":")
		a := cell(from)
		if !isRange {
			out = append(out, a)
			continue
		}
		for z := cell(to); a.r <= z.r; a.r++ {
			out = append(out, a)
		}
	}
	return out
}

// TestRemain: a note stands where rounded parts do not add to their total, and
// only there.
func TestRemain(t *testing.T) {
	tax := load(t)
	for _, x := range []struct {
		name         string
		first, other accounts.Fen
		money        figure.Unit
		want         bool
	}{
		{"0.004 + 0.004 万元", 1_004_000, 1_004_000, figure.WanYuan, true},
		{"exact at two decimals", 1_010_000, 1_020_000, figure.WanYuan, false},
		{"in 元 nothing is rounded", 1_004_000, 1_004_000, figure.Yuan, false},
	} {
		a := &accounts.Accounts{Unit: "青禾县河湖管理局", Year: 2024, Money: x.money, Cells: map[accounts.Cell]accounts.Fen{
			{Table: "03", Row: "2080505", Col: "基本支出"}: x.first,
			{Table: "03", Row: "2080506", Col: "基本支出"}: x.other,
		}}
		b, _, _ := accounts.Complete(a, tax)
		for _, p := range Tables(b, tax) {
			if p.Table != "03" {
				continue
			}
			note := p.Blocks[len(p.Blocks)-1].Text.S
			if got := strings.Contains(note, "尾差"); got != x.want {
				t.Errorf("%s: note %q", x.name, note)
			}
		}
	}
}

func TestChinese(t *testing.T) {
	for n, want := range map[int]string{1: "一", 9: "九", 10: "十", 11: "十一", 19: "十九", 20: "二十", 26: "二十六", 99: "九十九"} {
		if got := chinese(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}

// TestCompleteTwice: the completed tables entered as leaves and totals give
// the same books, and nothing disagrees; so do tables without their totals.
func TestCompleteTwice(t *testing.T) {
	tax := load(t)
	rapid.Check(t, func(t *rapid.T) {
		a := draw(t)
		b, _, _ := accounts.Complete(a, tax)
		whole := *a
		whole.Cells = b.Cells()
		again, missing, conflicts := accounts.Complete(&whole, tax)
		for _, m := range missing {
			t.Errorf("missing %s", m.What)
		}
		for _, c := range conflicts {
			t.Errorf("conflict %s", c.Text)
		}
		for c, f := range b.All() {
			if g, ok := again.Cell(c.Table, c.Row, c.Col); !ok || g != f {
				t.Errorf("%v = %d, entered whole %d", c, f, g)
			}
		}
	})
}

// TestAnyCells: whatever is entered, books and tables come out.
func TestAnyCells(t *testing.T) {
	tax := load(t)
	var keys []accounts.Cell
	for _, table := range []string{"01", "02", "03", "04", "05", "06", "07", "08", "09"} {
		cols, rows := tax.Layouts.Keys(table)
		for _, row := range append(slices.Sorted(maps.Keys(rows)), "201", "20101", "2010101", "2080505", "301", "30101", "999", "9999999") {
			for _, col := range slices.Sorted(maps.Keys(cols)) {
				keys = append(keys, accounts.Cell{Table: table, Row: row, Col: col})
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a := &accounts.Accounts{
			Year: rapid.IntRange(-1, 3000).Draw(t, "year"), Form: rapid.SampledFrom([]string{"", "上海", "中央", "陕西", "新疆"}).Draw(t, "form"),
			Cells: rapid.MapOfN(rapid.SampledFrom(keys), rapid.Custom(func(t *rapid.T) accounts.Fen {
				return accounts.Fen(rapid.Int64Range(-1e15, 1e15).Draw(t, "fen"))
			}), 0, 40).Draw(t, "cells"),
		}
		b, _, _ := accounts.Complete(a, tax)
		for _, p := range Tables(b, tax) {
			for r, row := range p.Grid.Rows {
				if len(row) != len(p.Grid.Widths) || len(p.Cells[r]) != len(row) {
					t.Fatalf("table %s row %d has %d cells of %d", p.Table, r, len(row), len(p.Grid.Widths))
				}
			}
		}
	})
}

func BenchmarkTables(b *testing.B) {
	tax := load(b)
	a := rapid.Custom(draw).Example(7)
	for b.Loop() {
		books, _, _ := accounts.Complete(a, tax)
		Tables(books, tax)
	}
}
