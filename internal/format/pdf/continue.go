package pdf

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"juesuan/internal/document"
)

// Tables that go on over a page break.

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

// tail is how far the last line of a cell of a table's last row reaches.
type tail struct{ x1, room, em float64 }

// joinCutRows puts a row that a page break cut together again: what stands in
// the first row of the second page and only goes on the cells of the last row
// of the first (a name's last characters, a number's last digits) is theirs.
func joinCutRows(pages []pageText) {
	for i := 1; i < len(pages); i++ {
		a, b := lastTable(&pages[i-1]), firstTable(&pages[i])
		if a == nil || b == nil || len(a.Xs) == 0 || len(a.Xs) != len(b.Xs) || len(b.Rows) < 2 {
			continue
		}
		if !slices.EqualFunc(a.Xs, b.Xs, func(x, y float64) bool { return math.Abs(x-y) <= snap }) {
			continue
		}
		last, first := a.Rows[len(a.Rows)-1], b.Rows[0]
		if !cutRow(last, first, a.Tails) {
			continue
		}
		for c := range first {
			if first[c].Text != "" {
				last[c].Text += "\n" + first[c].Text
			}
		}
		b.Rows = b.Rows[1:]
	}
}

var digitsOnly = regexp.MustCompile(`^[\d.,]+$`)

// cutRow reports that every text of first goes on the cell above it in last.
func cutRow(last, first []document.Cell, tails map[int]tail) bool {
	some := false
	for c := range first {
		f := first[c]
		if f.RowSpan > 1 {
			return false
		}
		if f.Text == "" {
			continue
		}
		l := last[c]
		if l.Covered || l.Text == "" || l.ColSpan != f.ColSpan {
			return false
		}
		some = true
		if head := strings.ReplaceAll(l.Text, "\n", ""); digitsOnly.MatchString(head) {
			if wholeSum.MatchString(head) || !digitsOnly.MatchString(f.Text) || !wholeSum.MatchString(head+f.Text) {
				return false
			}
			continue
		}
		t, ok := tails[c]
		if !ok || t.room > 1.2*t.em || !isTextTail(f.Text) {
			return false
		}
	}
	return some
}

// isTextTail reports text that does not begin anything.
func isTextTail(s string) bool {
	return !numberHead.MatchString(s) && !bracketHead.MatchString(s) && !listItem.MatchString(s) &&
		!strings.HasPrefix(s, "其中") && !strings.HasPrefix(s, "合计") && !strings.ContainsAny(s, "0123456789")
}
