package sample_test

import (
	"slices"
	"strings"
	"testing"

	"juesuan/internal/check"
	"juesuan/internal/document"
	"juesuan/internal/recognise"
	"juesuan/internal/sample"
)

// TestTwoSets: the tables of a unit behind those of its department are checked
// by themselves and never mixed with the first.
func TestTwoSets(t *testing.T) {
	tax := load(t)
	doc := sample.Clean()
	var tables []document.Block
	first := -1
	for i, b := range doc.Blocks {
		if b.Table != nil {
			if first < 0 {
				first = i
			}
			for k := first; k <= i; k++ {
				if doc.Blocks[k].Table != nil || len(tables) > 0 && k >= first || k == first {
					tables = append(tables, doc.Blocks[k])
				}
			}
			first = i + 1
		}
	}
	second := slices.Clone(tables)
	planted := false
	for i, b := range second { // one amount of the second 03 is another
		if b.Table == nil || planted || i == 0 || !strings.Contains(second[i-1].Text.S+second[max(i-2, 0)].Text.S+second[max(i-3, 0)].Text.S, "支出决算表") {
			continue
		}
		x := *b.Table
		x.Rows = nil
		for _, row := range b.Table.Rows {
			x.Rows = append(x.Rows, slices.Clone(row))
		}
		for r := range x.Rows {
			for c := range x.Rows[r] {
				if cell := &x.Rows[r][c]; !planted && r > 3 && c > 2 && len(cell.Text) > 5 && strings.Contains(cell.Text, ".") {
					cell.Text, cell.Number, planted = "8"+cell.Text, "", true
				}
			}
		}
		second[i].Table = &x
	}
	if !planted {
		t.Fatal("nothing planted")
	}
	doc.Blocks = append(doc.Blocks, second...)
	rep := recognise.Report(doc, tax)
	sets := map[int]int{}
	for _, tab := range rep.Tables {
		if tab.ID != "" {
			sets[tab.Set]++
		}
	}
	if sets[0] < 8 || sets[1] < 8 || len(sets) != 2 {
		t.Fatalf("tables by set: %v", sets)
	}
	res := check.Check(rep, tax)
	found := false
	for _, f := range res.Findings {
		if f.Severity == check.Hint {
			continue
		}
		found = true
		for _, p := range f.Places {
			if !strings.Contains(p.Cell, "第2套") {
				t.Errorf("%s %s at %+v", f.Rule, f.Message, p)
			}
		}
	}
	if !found {
		t.Error("the wrong amount of the second set is not found")
	}
	if !slices.ContainsFunc(res.Duties, func(d check.Duty) bool { return strings.HasPrefix(d.ID, "第2套") && d.Status == check.Done }) {
		t.Errorf("no duty for the second set: %v", res.Duties)
	}
}
