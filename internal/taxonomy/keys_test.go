package taxonomy

import (
	"strings"
	"testing"
)

// TestFormulasNameLayoutKeys: every row and column that a formula names is a
// canonical key of a layout of that table, so that no rule sleeps over a typo.
func TestFormulasNameLayoutKeys(t *testing.T) {
	tax, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	rows, cols := map[string]map[string]bool{}, map[string]map[string]bool{}
	for _, l := range tax.Layouts.All {
		if rows[l.Table] == nil {
			rows[l.Table], cols[l.Table] = map[string]bool{"合计": true}, map[string]bool{}
		}
		for _, s := range l.Sides {
			for _, k := range s.Rows {
				rows[l.Table][k.Key] = true
			}
			for _, k := range s.Columns {
				cols[l.Table][k.Key] = true
			}
		}
	}
	words := map[string]bool{ThisRow: true, Children: true, TopRows: true, Details: true, ThisCol: true}
	for _, rule := range tax.Rules.All() {
		var refs []Ref
		if f := rule.Parsed; f != nil {
			for _, term := range append(append([]Term{}, f.Left...), f.Right...) {
				if term.Ref.Table == "" {
					for _, id := range f.Tables {
						ref := term.Ref
						ref.Table = id
						refs = append(refs, ref)
					}
					continue
				}
				refs = append(refs, term.Ref)
			}
		}
		refs = append(append(refs, rule.WhenCells...), rule.UnlessCells...)
		for _, ref := range refs {
			if rows[ref.Table] == nil {
				t.Errorf("%s: no layout of table %s", rule.ID, ref.Table)
				continue
			}
			for _, r := range ref.Rows {
				if !words[r] && !rows[ref.Table][r] && strings.Trim(r, "0123456789") != "" {
					t.Errorf("%s: table %s has no row %q", rule.ID, ref.Table, r)
				}
			}
			for _, c := range ref.Cols {
				if !words[c] && !cols[ref.Table][c] {
					t.Errorf("%s: table %s has no column %q", rule.ID, ref.Table, c)
				}
			}
		}
	}
}

func FuzzParseFormula(f *testing.F) {
	for _, s := range []string{
		"[01.收入.本年收入合计] = Σ[01.收入.*]",
		"02,03 每行每列：[本行] = Σ[下级]",
		"05 每行：[合计] ≤ [03.本行.本年支出合计]? − [09.合计.本年支出]",
		"[", "每行：", "[01.a|b] ≥ [02..c]",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParseFormula(s)
		if err == nil && (len(p.Left) == 0 || len(p.Right) == 0 || p.Op == "") {
			t.Errorf("%q parsed to %+v", s, p)
		}
	})
}
