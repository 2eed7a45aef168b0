package pdf

import (
	"math"

	"juesuan/internal/document"
)

// alignContinued gives the rest of a table that a page break cut the columns
// of its beginning: the rows of the second page may lack some column lines
// (a last row whose label spans three columns).
func alignContinued(pages []pageText) {
	for i := 1; i < len(pages); i++ {
		a, b := lastTable(&pages[i-1]), firstTable(&pages[i])
		if a == nil || b == nil || len(b.Xs) >= len(a.Xs) || len(b.Xs) < 2 {
			continue
		}
		at := make([]int, len(b.Xs))
		ok := true
		for k, x := range b.Xs {
			n := nearest(a.Xs, x)
			if math.Abs(a.Xs[n]-x) > snap || k > 0 && n <= at[k-1] {
				ok = false
				break
			}
			at[k] = n
		}
		if ok && at[0] == 0 && at[len(at)-1] == len(a.Xs)-1 {
			b.spread(at, a.Xs)
		}
	}
}

// spread lays the table on finer columns: its column line k is line at[k].
func (t *table) spread(at []int, xs []float64) {
	for r, row := range t.Rows {
		wide := make([]document.Cell, len(xs)-1)
		for c := range wide {
			wide[c] = document.Cell{RowSpan: 1, ColSpan: 1, Covered: true}
		}
		for c, cell := range row {
			if !cell.Covered {
				cell.ColSpan = at[c+cell.ColSpan] - at[c]
			}
			wide[at[c]] = cell
		}
		t.Rows[r] = wide
	}
	t.Xs = xs
}

// lastTable is the table with which a page ends.
func lastTable(p *pageText) *table {
	var last *table
	for i := range p.Tables {
		if t := &p.Tables[i]; last == nil || t.Box.Y1 > last.Box.Y1 {
			last = t
		}
	}
	if last == nil {
		return nil
	}
	for _, l := range p.Lines {
		if l.Base > last.Box.Y1 {
			return nil
		}
	}
	return last
}

// firstTable is the table with which a page begins.
func firstTable(p *pageText) *table {
	var first *table
	for i := range p.Tables {
		if t := &p.Tables[i]; first == nil || t.Box.Y0 < first.Box.Y0 {
			first = t
		}
	}
	if first == nil {
		return nil
	}
	for _, l := range p.Lines {
		if l.Base < first.Box.Y0 {
			return nil
		}
	}
	return first
}
