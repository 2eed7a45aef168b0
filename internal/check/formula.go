package check

import (
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// formulas tests the rules of a family that are declared as formulas.
func (r *run) formulas(family string) {
	for _, rule := range r.tax.Rules.All() {
		if rule.Parsed == nil || rule.Family() != family || rule.Severity == taxonomy.SeverityOff {
			continue
		}
		if r.applies(rule) {
			r.formula(rule)
		}
	}
}

// applies reports whether the tables and cells that the rule asks for are there.
func (r *run) applies(rule taxonomy.Rule) bool {
	for _, t := range rule.Tables {
		if r.grid(t) == nil {
			return false
		}
	}
	for _, ref := range rule.WhenCells {
		if !r.present(ref) {
			return false
		}
	}
	for _, ref := range rule.UnlessCells {
		if r.present(ref) {
			return false
		}
	}
	return true
}

// here is the row and column of the quantifier.
type here struct {
	g        *grid
	row, col int // −1 where the quantifier has none
}

// formula tests every instance of the rule.
func (r *run) formula(rule taxonomy.Rule) {
	f := rule.Parsed
	at := here{row: -1, col: -1}
	if f.Tables == nil {
		r.instance(rule, at)
		return
	}
	for _, t := range f.Tables {
		if at.g = r.grid(t); at.g == nil {
			continue
		}
		rows, cols := []int{-1}, []int{-1}
		if f.Rows {
			rows = at.g.rowsOf(f)
		}
		if f.Cols {
			cols = at.g.amounts
		}
		for _, at.row = range rows {
			for _, at.col = range cols {
				r.instance(rule, at)
			}
		}
	}
}

// rowsOf are the rows that 每行 or 每类 goes through.
func (g *grid) rowsOf(f *taxonomy.Formula) []int {
	var out []int
	for i, row := range g.Rows {
		if f.Side != "" && row.Block != f.Side {
			continue
		}
		if f.Classes && (row.Level != 1 || row.Code == "" || g.twice[row.Code]) {
			continue
		}
		out = append(out, i)
	}
	return out
}

// instance tests one instance of a formula; one whose operands are not all
// there does not apply.
func (r *run) instance(rule taxonomy.Rule, at here) {
	f := rule.Parsed
	l := linear{op: f.Op}
	var ok bool
	if l.left, ok = r.operands(f.Left, at); !ok {
		return
	}
	if l.right, ok = r.operands(f.Right, at); !ok {
		return
	}
	if len(l.all()) == 0 {
		return
	}
	// A total that is left blank is a form without that total, not a zero.
	if len(f.Left) == 1 && len(f.Right) == 1 && f.Right[0].Sum && l.left[0].id < 0 {
		return
	}
	r.relate(rule.ID, l, func() string {
		return r.disagreement(l) + rule.Remedy
	})
}

// operands resolves the terms of one side.
func (r *run) operands(terms []taxonomy.Term, at here) ([]term, bool) {
	var out []term
	for _, t := range terms {
		cells, ok := r.cells(t, at)
		if !ok {
			return nil, false
		}
		for _, c := range cells {
			out = append(out, term{c.id, t.Sign})
		}
	}
	return out, true
}

// cells resolves one reference; false when the relation does not apply.
func (r *run) cells(t taxonomy.Term, at here) ([]cell, bool) {
	ref := t.Ref
	g := at.g
	if ref.Table != "" {
		g = r.grid(ref.Table)
	}
	if g == nil {
		return nil, ref.Optional && r.rep.TableIn(r.set, ref.Table) == nil
	}
	rows, ok := r.rowsOfRef(g, ref, at)
	if !ok || len(rows) == 0 {
		return nil, ok && ref.Optional
	}
	var out []cell
	for _, i := range rows {
		c := r.columnOfRef(g, g.Rows[i], ref, at)
		x := g.at(i, c)
		switch {
		case x.kind == unread:
			return nil, false
		case x.kind == missing && !ref.Optional:
			return nil, false
		case x.kind == blank && !ref.Optional && g.grand(i, c):
			return nil, false // a total left out of the form, not a zero
		case x.kind != missing:
			out = append(out, x)
		}
	}
	return out, true
}

// rowsOfRef are the rows a reference names, none when the table lacks them;
// false when that cannot be known.
func (r *run) rowsOfRef(g *grid, ref taxonomy.Ref, at here) ([]int, bool) {
	var rows []int
	switch ref.Rows[0] {
	case taxonomy.ThisRow:
		if g == at.g {
			return []int{at.row}, true
		}
		row := at.g.Rows[at.row]
		if row.Code != "" && len(g.top) == 0 {
			return nil, false // names without codes
		}
		rows = g.sameRow(row)
	case taxonomy.Children:
		if g != at.g {
			return nil, false
		}
		if rows = g.children[at.row]; at.g.Rows[at.row].Key == "合计" {
			rows = g.top
		}
	case taxonomy.TopRows:
		rows = g.top
	case taxonomy.Details:
		rows = g.details(ref.Side)
	default:
		if i := g.row(ref.Side, ref.Rows); i >= 0 {
			rows = []int{i}
		}
	}
	for _, i := range rows {
		if code := g.Rows[i].Code; code != "" && g.twice[code] {
			return nil, false // which of the two is meant is not known
		}
	}
	return rows, true
}

// columnOfRef is the column a reference names in a row, −1 for none.
func (r *run) columnOfRef(g *grid, row report.Row, ref taxonomy.Ref, at here) int {
	if ref.Cols == nil {
		return g.column(row, plainColumns)
	}
	if ref.Cols[0] != taxonomy.ThisCol {
		return g.column(row, ref.Cols)
	}
	if g == at.g {
		return at.col
	}
	return g.column(row, []string{at.g.Columns[at.col].Key})
}
