package workbook

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"juesuan/internal/accounts"
	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/format/xlsx"
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

func read(t testing.TB, data []byte, tax *taxonomy.Taxonomy) (*accounts.Accounts, []Problem) {
	t.Helper()
	a, problems, err := Read(context.Background(), "模板.xlsx", data, tax)
	if err != nil {
		t.Fatal(err)
	}
	return a, problems
}

// some are accounts with entries of every kind.
func some(t *rapid.T, tax *taxonomy.Taxonomy) *accounts.Accounts {
	a := &accounts.Accounts{
		Unit: "青禾县河湖管理局", Scope: rapid.SampledFrom([]string{"", "部门", "单位"}).Draw(t, "scope"),
		Kind:  rapid.SampledFrom([]accounts.UnitKind{"", accounts.Administrative, accounts.Institution}).Draw(t, "kind"),
		Year:  rapid.IntRange(2016, 2030).Draw(t, "year"),
		Money: rapid.SampledFrom([]figure.Unit{"", figure.WanYuan, figure.Yuan}).Draw(t, "money"),
		Form:  rapid.SampledFrom([]string{"", "通用", "新疆", "上海"}).Draw(t, "form"),
	}
	words := rapid.StringMatching(`[\p{Han}A-Za-z0-9“（][\p{Han}，。：“”#'"&<>A-Za-z0-9\n]{0,20}[\p{Han}。0-9a-z]`)
	codes := []string{"208", "20805", "2080505", "2080506", "2130305", "2120804", "2230105", "2999999", "30101", "30201"}
	amount := rapid.OneOf(rapid.Int64Range(-1e6, 1e14), rapid.Int64Range(-1e17, 1e17), rapid.Just(int64(0)))
	for range rapid.IntRange(0, 12).Draw(t, "cells") {
		table := rapid.SampledFrom([]string{"01", "02", "03", "04", "05", "06", "07", "08", "09"}).Draw(t, "table")
		cols, rows := tax.Layouts.Keys(table)
		list := append(slices.Clone(codes), sorted(rows)...)
		c := accounts.Cell{Table: table, Row: rapid.SampledFrom(list).Draw(t, "row"), Col: rapid.SampledFrom(sorted(cols)).Draw(t, "col")}
		a.Cells = put(a.Cells, c, accounts.Fen(amount.Draw(t, "fen")))
	}
	all := tax.Concepts.All()
	for range rapid.IntRange(0, 12).Draw(t, "values") {
		c := rapid.SampledFrom(all).Draw(t, "concept")
		k := accounts.Key{Concept: c.Name, Period: rapid.SampledFrom(periods).Draw(t, "period"),
			Func: rapid.SampledFrom([]string{"", "", "208", "2080505", "2120804"}).Draw(t, "func")}
		q := accounts.Quantity{Coef: amount.Draw(t, "coef"), Decimals: 2, Unit: figure.Yuan}
		if c.Unit != figure.Yuan || rapid.IntRange(0, 9).Draw(t, "odd unit") == 0 {
			q = accounts.Quantity{Coef: rapid.Int64Range(0, 1e6).Draw(t, "count"), Unit: c.Unit}
			if !whole[q.Unit] {
				q.Decimals = rapid.IntRange(0, 3).Draw(t, "decimals")
			}
			if rapid.IntRange(0, 9).Draw(t, "other unit") == 0 {
				q.Unit = rapid.SampledFrom([]figure.Unit{figure.None, figure.Percent, figure.WanYuan, figure.Item, figure.SquareMetre}).Draw(t, "unit")
			}
			if q.Unit == figure.Yuan && q.Decimals != 2 {
				q.Decimals = 2
			}
		}
		a.Values = put(a.Values, k, q)
		if rapid.Bool().Draw(t, "reason?") {
			a.Reasons = put(a.Reasons, k, words.Draw(t, "reason"))
		}
	}
	if rapid.Bool().Draw(t, "words?") {
		a.Duties = rapid.SliceOfN(words, 1, 20).Draw(t, "duties")
		a.Offices = rapid.SliceOfN(words, 0, 3).Draw(t, "offices")
		a.Subordinates = rapid.SliceOfN(words, 1, 3).Draw(t, "subordinates")
		if len(a.Offices) == 0 {
			a.Offices = nil
		}
		a.Names = map[string]string{"2080505": words.Draw(t, "name")}
		a.Uses = map[string]string{"2999999": words.Draw(t, "use")}
		a.Notes = map[string]string{"绩效": words.Draw(t, "note"), words.Draw(t, "key"): words.Draw(t, "note")}
		a.Glossary = []accounts.Term{{Name: words.Draw(t, "term"), Meaning: words.Draw(t, "meaning")}}
		a.Sheets = rapid.SliceOfN(rapid.Byte(), 1, 50000).Draw(t, "sheets")
	}
	return a
}

func sorted(m map[string]bool) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// small is the template with few blank rows and without the catalogue, so that
// many can be made.
func small(tax *taxonomy.Taxonomy) *taxonomy.Taxonomy {
	x := *tax
	x.Template.Sheets = slices.DeleteFunc(slices.Clone(tax.Template.Sheets), func(s taxonomy.TemplateSheet) bool { return s.Kind == "目录" })
	for i := range x.Template.Sheets {
		x.Template.Sheets[i].Free = min(2, x.Template.Sheets[i].Free)
	}
	return &x
}

// TestFillReadsBack is the law: Read(Fill(a)) = a.
func TestFillReadsBack(t *testing.T) {
	tax := small(load(t))
	rapid.Check(t, func(rt *rapid.T) {
		a := some(rt, tax)
		data, err := Fill(a, tax)
		if err != nil {
			rt.Fatal(err)
		}
		got, problems := read(t, data, tax)
		for _, p := range problems {
			rt.Error(p)
		}
		if !reflect.DeepEqual(a, got) {
			rt.Fatalf("read back as\n%+v\nwant\n%+v", got, a)
		}
	})
}

func TestTemplate(t *testing.T) {
	tax := load(t)
	data, err := Template(tax, Options{Unit: "青禾县河湖管理局", Year: 2024})
	if err != nil {
		t.Fatal(err)
	}
	again, _ := Template(tax, Options{Unit: "青禾县河湖管理局", Year: 2024})
	if !bytes.Equal(data, again) {
		t.Error("not the same bytes twice")
	}
	if dir := os.Getenv("WORKBOOK_OUT"); dir != "" {
		_ = os.WriteFile(dir+"/template.xlsx", data, 0o644)
	}
	a, problems := read(t, data, tax)
	for _, p := range problems {
		t.Error(p)
	}
	want := &accounts.Accounts{Unit: "青禾县河湖管理局", Year: 2024, Money: figure.WanYuan, Form: "通用"}
	if !reflect.DeepEqual(a, want) {
		t.Errorf("an empty template says %+v", a)
	}
	if !IsTemplate(context.Background(), "x", data, tax) {
		t.Error("not known as a template")
	}
	if strings.Contains(strings.Join(sheetNames(t, data), ""), "Sheet") {
		t.Errorf("sheets %v", sheetNames(t, data))
	}
}

func sheetNames(t *testing.T, data []byte) []string {
	f := open(t, data)
	defer f.Close()
	return f.GetSheetList()
}

// TestCachedValues: what a program that does not calculate sees.
func TestCachedValues(t *testing.T) {
	tax := load(t)
	a := &accounts.Accounts{Unit: "青禾县河湖管理局", Year: 2024, Cells: map[accounts.Cell]accounts.Fen{
		{Table: "02", Row: "2080505", Col: "财政拨款收入"}:    12345,
		{Table: "02", Row: "2130305", Col: "事业收入"}:      100,
		{Table: "07", Row: "公务用车购置费", Col: "决算数"}:       100000,
		{Table: "07", Row: "公务接待费", Col: "决算数"}:         50,
		{Table: "02", Row: "20805", Col: "财政拨款收入"}:      12345,
		{Table: "03", Row: "2130305", Col: "对附属单位补助支出"}: -1,
	}}
	data, err := Fill(a, tax)
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("WORKBOOK_OUT"); dir != "" {
		_ = os.WriteFile(dir+"/filled.xlsx", data, 0o644)
	}
	sheets, err := xlsx.Sheets(context.Background(), "x.xlsx", data, document.DefaultLimits(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		sheet    string
		col, row int
		want     string
	}{
		{"表02 收入决算表", 4, 5, "124.45"}, {"表02 收入决算表", 5, 5, "123.45"}, {"表02 收入决算表", 4, 7, "123.45"},
		{"表02 收入决算表", 2, 7, "机关事业单位基本养老保险缴费支出"}, {"表02 收入决算表", 3, 6, "上级"}, {"表02 收入决算表", 3, 7, "末级"},
		{"表02 收入决算表", 1, 3, "金额单位：元"}, {"表03 支出决算表", 4, 6, "-0.01"},
		{"表07 财政拨款“三公”经费支出决算表", 3, 5, "1000.5"}, {"表07 财政拨款“三公”经费支出决算表", 3, 7, "1000"},
		{"其他数据", 4, 6, "元"},
	} {
		v := sheet(sheets, x.sheet).Rows[x.row][x.col]
		got := v.Number
		if got == "" {
			got = v.Text
		}
		if got != x.want || !v.Formula {
			t.Errorf("%s %s is %q, want the formula of %q", x.sheet, at(x.col, x.row), got, x.want)
		}
	}
}

// TestOfficeAgrees: LibreOffice calculates what the cells carry, and what it
// saves is read as the same accounts.
func TestOfficeAgrees(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("SKIPPED: LibreOffice is not installed: the formulas are not proved by another program")
	}
	tax := load(t)
	a := sampleAccounts(tax)
	data, err := Fill(a, tax)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	in := filepath.Join(dir, "in.xlsx")
	if err := os.WriteFile(in, data, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "xlsx", "--outdir", filepath.Join(dir, "out"), in)
	if msg, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("SKIPPED: LibreOffice does not run here: %v %s", err, msg)
	}
	saved, err := os.ReadFile(filepath.Join(dir, "out", "in.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	got, problems := read(t, saved, tax)
	for _, p := range problems {
		t.Error(p)
	}
	if !reflect.DeepEqual(a, got) {
		t.Errorf("read back as\n%+v\nwant\n%+v", got, a)
	}
	ours, theirs := cellsOf(t, data), cellsOf(t, saved)
	n := 0
	for k, v := range ours {
		if v.Formula {
			n++
			if w := theirs[k]; w.Number != v.Number || w.Text != v.Text && v.Number == "" {
				t.Errorf("%s: %q %s, LibreOffice says %q %s", k, v.Text, v.Number, w.Text, w.Number)
			}
		}
	}
	if n < 1000 {
		t.Errorf("only %d formulas", n)
	}
}

func cellsOf(t *testing.T, data []byte) map[string]xlsx.Value {
	t.Helper()
	sheets, err := xlsx.Sheets(context.Background(), "x.xlsx", data, document.DefaultLimits(), nil)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]xlsx.Value{}
	for _, s := range sheets {
		for r, cells := range s.Rows {
			for c, v := range cells {
				out[s.Name+at(c, r)] = v
			}
		}
	}
	return out
}

func sampleAccounts(tax *taxonomy.Taxonomy) *accounts.Accounts {
	a := &accounts.Accounts{Unit: "青禾县河湖管理局", Scope: "部门", Kind: accounts.Administrative, Year: 2024, Money: figure.WanYuan, Form: "通用",
		Duties: []string{"管理河流", "防汛\n抗旱"}, Offices: []string{"办公室"}, Notes: map[string]string{"绩效": "开展了自评。"}}
	for i, c := range []string{"2080505", "2130301", "2130305", "2999999", "20805"} {
		a.Cells = put(a.Cells, accounts.Cell{Table: "02", Row: c, Col: "财政拨款收入"}, accounts.Fen(123455+i*777))
		a.Cells = put(a.Cells, accounts.Cell{Table: "03", Row: c, Col: "基本支出"}, accounts.Fen(10001*i))
		a.Cells = put(a.Cells, accounts.Cell{Table: "03", Row: c, Col: "项目支出"}, accounts.Fen(33*i))
	}
	for i, c := range []string{"30101", "30102", "30201"} {
		a.Cells = put(a.Cells, accounts.Cell{Table: "06", Row: c, Col: "决算数"}, accounts.Fen(1010101*i))
	}
	for _, c := range []string{"公务接待费", "公务用车购置费", "公务用车运行维护费"} {
		a.Cells = put(a.Cells, accounts.Cell{Table: "07", Row: c, Col: "决算数"}, 1234)
		a.Values = put(a.Values, accounts.Key{Concept: c, Period: "上年"}, accounts.Fen(99).Quantity())
	}
	a.Values[accounts.Key{Concept: "公务用车保有量", Period: "本年"}] = accounts.Quantity{Coef: 4, Unit: figure.Vehicle}
	a.Values[accounts.Key{Concept: "一般公共预算财政拨款支出", Period: "年初预算", Func: "2080505"}] = accounts.Fen(55).Quantity()
	return a
}
