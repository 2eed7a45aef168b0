package workbook

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"juesuan/internal/accounts"
	"juesuan/internal/check"
	"juesuan/internal/compose"
	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/format"
	"juesuan/internal/format/xlsx"
	"juesuan/internal/generate"
	"juesuan/internal/recognise"
	"juesuan/internal/taxonomy"
)

// TestTablesOfAnother: the nine tables written as a workbook are read back to
// the 分, although they show hundredths of a 万元.
func TestTablesOfAnother(t *testing.T) {
	tax := load(t)
	for seed := uint64(1); seed <= 12; seed++ {
		// Tables alone cannot say why “三公” was above its budget.
		a, err := generate.Accounts(seed, tax, generate.Options{Without: []generate.Trait{generate.Over}})
		if err != nil {
			t.Fatal(err)
		}
		b, _, _ := accounts.Complete(a, tax)
		doc, err := compose.Disclosure(a, tax, compose.Options{Draft: true})
		if err != nil {
			t.Fatal(err)
		}
		var buf bytes.Buffer
		if err := xlsx.Write(context.Background(), doc, &buf, xlsx.WriteOptions{}); err != nil {
			t.Fatal(err)
		}
		book, err := format.OpenBytes(context.Background(), "九张表.xlsx", buf.Bytes(), format.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range check.Check(recognise.Report(book, tax), tax).Findings {
			if strings.HasPrefix(f.Rule, "T") || strings.HasPrefix(f.Rule, "X") {
				t.Errorf("seed %d: %s %s: %s %s", seed, f.Rule, f.Title, f.Message, f.Arithmetic)
			}
		}
		got, problems, err := Load(context.Background(), "九张表.xlsx", buf.Bytes(), tax)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			t.Error(seed, p)
		}
		n := 0
		for c, f := range got.Cells {
			if w, ok := b.Cell(c.Table, c.Row, c.Col); w != f || !ok && f != 0 {
				t.Errorf("seed %d %v: %d, want %d", seed, c, f, w)
			}
			n++
		}
		if n < 30 || got.Unit != a.Unit && a.Form != "上海" || // whose tables do not name the unit
			got.Money != b.PrintUnit() {
			t.Errorf("seed %d: %d cells, unit %q (%q), money %s (%s)", seed, n, got.Unit, a.Unit, got.Money, b.PrintUnit())
		}
		got.Year = a.Year
		again, _, conflicts := accounts.Complete(got, tax)
		for _, c := range conflicts {
			t.Errorf("seed %d: %s", seed, c.Text)
		}
		for c, f := range b.All() {
			if g, ok := again.Cell(c.Table, c.Row, c.Col); ok && g != f {
				t.Errorf("seed %d: %v is %d, want %d", seed, c, g, f)
			}
		}
	}
}

// TestLastYear: what a disclosure says is last year's of the next.
func TestLastYear(t *testing.T) {
	tax := load(t)
	for seed := uint64(1); seed <= 8; seed++ {
		old, err := generate.Accounts(seed, tax, generate.Options{})
		if err != nil {
			t.Fatal(err)
		}
		b, _, _ := accounts.Complete(old, tax)
		doc, err := compose.Disclosure(old, tax, compose.Options{})
		if err != nil {
			t.Fatal(err)
		}
		rep := recognise.Report(doc, tax)
		if rep.Year != old.Year {
			t.Fatalf("seed %d: year %d read as %d", seed, old.Year, rep.Year)
		}
		a := &accounts.Accounts{Unit: old.Unit, Year: old.Year + 1}
		for _, p := range FromLastYear(rep, a, tax) {
			t.Error(seed, p)
		}
		if len(a.Values) < 20 {
			t.Errorf("seed %d: only %d values", seed, len(a.Values))
		}
		for k, q := range a.Values {
			period := map[string]string{"上年": "本年", "上年预算": "预算"}[k.Period]
			want, ok := b.Value(k.Concept, period, k.Func)
			if !ok {
				continue
			}
			if f, money := want.Fen(); money {
				if g, _ := q.Fen(); g.Print(b.PrintUnit()) != f.Print(b.PrintUnit()) {
					t.Errorf("seed %d: %v is %s, want %s", seed, k, g.Print(b.PrintUnit()), f.Print(b.PrintUnit()))
				}
			} else if q != want {
				t.Errorf("seed %d: %v is %v, want %v", seed, k, q, want)
			}
		}
		if len(a.Duties) == 0 || len(old.Offices) > 0 && old.Form != "上海" && len(a.Offices) != len(old.Offices) || len(a.Glossary) < 5 {
			t.Errorf("seed %d: %d duties (%d), %d offices (%d), %d terms", seed, len(a.Duties), len(old.Duties), len(a.Offices), len(old.Offices), len(a.Glossary))
		}
		for c, u := range old.Uses {
			if got, ok := a.Uses[c]; ok && got != u {
				t.Errorf("seed %d: use of %s is %q, want %q", seed, c, got, u)
			}
		}
		if len(a.Uses) == 0 && len(old.Uses) > 0 {
			t.Errorf("seed %d: no uses of %d", seed, len(old.Uses))
		}
	}
}

// TestLastYearDiffers: what is entered stays, and the difference is listed.
func TestLastYearDiffers(t *testing.T) {
	tax := load(t)
	old, err := generate.Accounts(3, tax, generate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := compose.Disclosure(old, tax, compose.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rep := recognise.Report(doc, tax)
	k := accounts.Key{Concept: "收入总计", Period: "上年"}
	a := &accounts.Accounts{Year: old.Year + 1, Values: map[accounts.Key]accounts.Quantity{k: {Coef: 100, Decimals: 2, Unit: figure.Yuan}}}
	problems := FromLastYear(rep, a, tax)
	if len(problems) != 1 || a.Values[k].Coef != 100 {
		t.Errorf("%v %v", problems, a.Values[k])
	}
	a = &accounts.Accounts{Year: old.Year}
	if problems := FromLastYear(rep, a, tax); len(problems) != 1 || len(a.Values) != 0 {
		t.Errorf("the same year: %v", problems)
	}
}

// TestPublishedWorkbook reads a workbook as another system made it.
func TestPublishedWorkbook(t *testing.T) {
	name := filepath.Join("..", "..", "..", "shared", "corpus", "taiyuan-fgw-2016.xlsx")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Skip("SKIPPED: no corpus of published accounts")
	}
	tax := load(t)
	a, problems, err := Load(context.Background(), name, data, tax)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
	if len(a.Cells) < 150 || a.Year != 2016 {
		t.Errorf("%d cells of %d", len(a.Cells), a.Year)
	}
	_, _, conflicts := accounts.Complete(a, tax)
	for _, c := range conflicts {
		t.Error(c.Text)
	}
}

func openReport(t *testing.T, path string, tax *taxonomy.Taxonomy) *document.Document {
	t.Helper()
	doc, err := format.Open(context.Background(), path, format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestLastYearFromFile takes last year from published files of every format.
func TestLastYearFromFile(t *testing.T) {
	tax := load(t)
	for _, name := range []string{"clean.docx", "clean.pdf", "clean.html", "clean-xlsx-txt"} {
		rep := recognise.Report(openReport(t, filepath.Join("..", "..", "samples", name), tax), tax)
		a := &accounts.Accounts{Year: 2025}
		for _, p := range FromLastYear(rep, a, tax) {
			t.Error(name, p)
		}
		if q := a.Values[accounts.Key{Concept: "收入支出总计", Period: "上年"}]; q.Coef != 179482*10000 {
			t.Errorf("%s: 收入支出总计 %v", name, q)
		}
		if len(a.Duties) == 0 || len(a.Offices) == 0 || len(a.Glossary) == 0 || len(a.Uses) < 5 {
			t.Errorf("%s: %d duties, %d offices, %d terms, %d uses", name, len(a.Duties), len(a.Offices), len(a.Glossary), len(a.Uses))
		}
	}
}

// TestFillRealistic: whole units go through the full template and come back,
// and nothing of them ends in 补充数据.
func TestFillRealistic(t *testing.T) {
	tax := load(t)
	for seed := uint64(20); seed < 26; seed++ {
		a, err := generate.Accounts(seed, tax, generate.Options{})
		if err != nil {
			t.Fatal(err)
		}
		data, err := Fill(a, tax)
		if err != nil {
			t.Fatal(err)
		}
		got, problems := read(t, data, tax)
		for _, p := range problems {
			t.Error(seed, p)
		}
		if diff := differ(a, got); diff != "" {
			t.Errorf("seed %d: %s", seed, diff)
		}
		for k, v := range cellsOf(t, data) {
			if strings.HasPrefix(k, "补充数据B") && v.Text != "表号或项目" && v.Text != "" {
				t.Errorf("seed %d: %s %s", seed, k, v.Text)
			}
		}
	}
}

// differ names the first fields that are not the same; empty maps and lists
// are none.
func differ(a, b *accounts.Accounts) string {
	var out []string
	x, y := reflect.ValueOf(*a), reflect.ValueOf(*b)
	for i := range x.NumField() {
		p, q := x.Field(i), y.Field(i)
		switch p.Kind() {
		case reflect.Map, reflect.Slice:
			if p.Len() == 0 && q.Len() == 0 {
				continue
			}
		}
		if !reflect.DeepEqual(p.Interface(), q.Interface()) {
			out = append(out, fmt.Sprintf("%s: %v, read %v", x.Type().Field(i).Name, p.Interface(), q.Interface()))
		}
	}
	return strings.Join(out, "\n")
}

// TestCarry: what table 09 does not print of its only 科目 is that of table 04;
// of several it is asked for.
func TestCarry(t *testing.T) {
	cell := func(table, row, col string) accounts.Cell { return accounts.Cell{Table: table, Row: row, Col: col} }
	a := &accounts.Accounts{Cells: map[accounts.Cell]accounts.Fen{
		cell("09", "223", "本年支出"): 5, cell("09", "22301", "本年支出"): 5, cell("09", "2230105", "本年支出"): 5,
		cell("04", "年初国有资本经营预算财政拨款", "决算数"): 7, cell("04", "年末财政拨款结转和结余", "国有资本经营"): 2,
	}}
	if !otherFunds[1].carry(a) || a.Cells[cell("09", "2230105", "年初结转和结余")] != 7 || a.Cells[cell("09", "2230105", "年末结转和结余")] != 2 {
		t.Errorf("one 科目: %v", a.Cells)
	}
	b := &accounts.Accounts{Cells: map[accounts.Cell]accounts.Fen{
		cell("09", "2230105", "本年支出"): 5, cell("09", "2230199", "本年支出"): 5, cell("04", "年初国有资本经营预算财政拨款", "决算数"): 7,
	}}
	if otherFunds[1].carry(b) || len(b.Cells) != 3 {
		t.Errorf("two 科目: %v", b.Cells)
	}
}
