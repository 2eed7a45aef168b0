package workbook

import (
	"bytes"
	"context"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"juesuan/internal/accounts"
	"juesuan/internal/figure"
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
