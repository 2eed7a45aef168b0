package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"juesuan/internal/document"
)

// From grids and their characters to tables.

// table is a table on a page with the box it takes.
type table struct {
	Box   document.Box
	Rows  [][]document.Cell
	Ruled bool
	Xs    []float64    // column lines, one more than columns; nil without rulings
	Tails map[int]tail // by column, of the last row
}

const maxRulings = 4000 // of one page, merged

// ruledTables finds the tables that lines make and takes their characters off
// the page.
func ruledTables(p *rawPage, maxCells int) (tables []table, rest []char) {
	rest = p.Chars
	var grids []*grid
	var flat []ruling // horizontal lines that meet no vertical one
	lines := mergeRulings(p.Lines)
	if len(lines) > maxRulings {
		lines = nil // a drawing
	}
	for _, group := range clusterRulings(lines) {
		if g := makeGrid(group, maxCells); g != nil {
			grids = append(grids, g)
		} else if len(group) == 1 && !group[0].Vertical {
			flat = append(flat, group[0])
		}
	}
	// The smallest first: a frame around the page holds tables of its own.
	slices.SortStableFunc(grids, func(a, b *grid) int { return cmp.Compare(area(a.box()), area(b.box())) })
	for _, g := range grids {
		inside, out := within(rest, g.box())
		if len(inside) == 0 {
			continue
		}
		var t table
		var ok bool
		if g.rows() == 1 && g.cols() == 1 {
			t, ok = openTable(makeLines(inside), g.box(), nil)
		} else {
			t, ok = fillGrid(g, inside)
		}
		if ok {
			rest = out
			tables = append(tables, t)
		}
	}
	for _, s := range stacks(flat) {
		inside, _ := within(rest, s.box)
		for _, s := range s.split(makeLines(inside)) {
			s.takeHead(makeLines(rest))
			inside, out := within(rest, s.box)
			if t, ok := openTable(makeLines(inside), s.box, s.bands); ok {
				rest = out
				tables = append(tables, t)
			}
		}
	}
	return tables, rest
}

func area(b document.Box) float64 { return (b.X1 - b.X0) * (b.Y1 - b.Y0) }

// within parts characters by whether their middle lies in the box.
func within(cs []char, b document.Box) (in, out []char) {
	for _, c := range cs {
		x, y := c.centre(), c.middle()
		if x >= b.X0 && x <= b.X1 && y >= b.Y0 && y <= b.Y1 {
			in = append(in, c)
		} else {
			out = append(out, c)
		}
	}
	return in, out
}

// openTable reads the text between outer or horizontal lines as a table,
// unless running text stands there too: the lines are the page's then.
func openTable(lines []line, box document.Box, bands []float64) (table, bool) {
	text := 0
	for _, l := range lines {
		if len(segments(l)) == 1 && l.X1-l.X0 > 0.7*(box.X1-box.X0) {
			text++
		}
	}
	if text > 1 {
		return table{}, false
	}
	t, ok := alignTable(lines, bands)
	t.Box = t.Box.Union(box)
	return t, ok
}

// stack is a table ruled by horizontal lines alone.
type stack struct {
	box   document.Box
	bands []float64
}

// stacks groups horizontal lines of one length that stand below each other.
func stacks(flat []ruling) []stack {
	var out []stack
	used := make([]bool, len(flat))
	for i, a := range flat {
		if used[i] || a.B-a.A < 100 {
			continue
		}
		s := stack{box: document.Box{X0: a.A - 2, Y0: a.Pos, X1: a.B + 2, Y1: a.Pos}, bands: []float64{a.Pos}}
		for j := i + 1; j < len(flat); j++ {
			if b := flat[j]; !used[j] && math.Abs(a.A-b.A) < 5 && math.Abs(a.B-b.B) < 5 {
				used[j] = true
				s.bands = append(s.bands, b.Pos)
			}
		}
		slices.Sort(s.bands)
		s.box.Y0, s.box.Y1 = s.bands[0], s.bands[len(s.bands)-1]
		if len(s.bands) >= 2 {
			out = append(out, s)
		}
	}
	return out
}

// split parts a stack where only running text stands between two lines: the
// end of one table and the beginning of the next of the same width.
func (s stack) split(lines []line) []stack {
	var out []stack
	start := 0
	for k := 0; k+1 < len(s.bands); k++ {
		text, columns := false, false
		for _, l := range lines {
			if y := l.Base - 0.4*l.Size; y > s.bands[k] && y < s.bands[k+1] {
				text = true
				columns = columns || len(segments(l)) > 1
			}
		}
		if text && !columns {
			out = append(out, s.part(start, k))
			start = k + 1
		}
	}
	out = append(out, s.part(start, len(s.bands)-1))
	return slices.DeleteFunc(out, func(p stack) bool { return len(p.bands) < 2 })
}

// takeHead widens a stack over a header of several columns that stands right
// above it: the line over the header is missing or another table's.
func (s *stack) takeHead(lines []line) {
	for i := len(lines) - 1; i >= 0; i-- {
		l := lines[i]
		d := s.box.Y0 - l.Base
		if d < -0.2*l.Size || l.X0 < s.box.X0 || l.X1 > s.box.X1 {
			continue
		}
		if d > 1.5*l.Size || len(segments(l)) < 2 || aboveTable.MatchString(l.Text) {
			return
		}
		s.box.Y0 = l.Base - l.Size
	}
}

func (s stack) part(a, b int) stack {
	p := stack{box: s.box, bands: s.bands[a : b+1]}
	p.box.Y0, p.box.Y1 = s.bands[a], s.bands[b]
	return p
}

// hold gives each cell of the grid the characters whose middle it holds.
func (g *grid) hold(chars []char) (regs []region, held [][]char) {
	regs = g.regions()
	owner := make([][]int, g.rows())
	for r := range owner {
		owner[r] = make([]int, g.cols())
	}
	for i, q := range regs {
		for r := q.R0; r <= q.R1; r++ {
			for c := q.C0; c <= q.C1; c++ {
				owner[r][c] = i
			}
		}
	}
	held = make([][]char, len(regs))
	for i := 0; i < len(chars); {
		// A number too wide for its cell stays whole.
		j := i + 1
		for j < len(chars) && oneNumber(chars[j-1], chars[j]) {
			j++
		}
		r, k := slot(g.Ys, chars[i].middle()), slot(g.Xs, (chars[i].X0+chars[j-1].X1)/2)
		if r >= 0 && k >= 0 {
			held[owner[r][k]] = append(held[owner[r][k]], chars[i:j]...)
		}
		i = j
	}
	return regs, held
}

// oneNumber reports that b is set right after a in the same number.
func oneNumber(a, b char) bool {
	num := func(r rune) bool { return r >= '0' && r <= '9' || r == '.' || r == ',' }
	gap := b.X0 - a.X1
	return num(a.R) && num(b.R) && math.Abs(a.Base-b.Base) < 0.1 && gap < 0.05*a.Size && gap > -0.3*a.Size
}

// fillGrid puts characters into the cells of a grid.
func fillGrid(g *grid, chars []char) (table, bool) {
	regs, held := g.hold(chars)
	if g.splitColumns(regs, held) {
		regs, held = g.hold(chars)
	}
	full := 0
	lines := make([][]line, len(regs))
	for i, h := range held {
		if len(h) > 0 {
			full++
		}
		lines[i] = makeLines(h)
	}
	if len(regs) < 2 || full < 2 {
		return table{}, false
	}
	t := table{Box: g.box(), Ruled: true}
	// A ruled row can hold several rows of the table: first is where each
	// grid row begins once they are told apart.
	first := make([]int, g.rows()+1)
	rowOf := make([][]int, len(regs))
	for r := range g.rows() {
		var idx []int
		var cells [][]line
		for i, q := range regs {
			if q.R0 == r && q.R1 == r {
				idx = append(idx, i)
				cells = append(cells, lines[i])
			}
		}
		n, at := explode(cells)
		for k, i := range idx {
			rowOf[i] = at[k]
		}
		first[r+1] = first[r] + n
	}
	t.Rows = make([][]document.Cell, first[g.rows()])
	for r := range t.Rows {
		t.Rows[r] = make([]document.Cell, g.cols())
		for c := range t.Rows[r] {
			t.Rows[r][c] = document.Cell{RowSpan: 1, ColSpan: 1, Covered: true}
		}
	}
	lefts := map[[2]int]edge{}
	for i, q := range regs {
		cell := document.Cell{ColSpan: q.C1 - q.C0 + 1, Place: document.Place{Box: g.boxOf(q)}}
		if q.R1 > q.R0 || first[q.R0+1]-first[q.R0] == 1 {
			cell.RowSpan = first[q.R1+1] - first[q.R0]
			cell.Text = linesText(lines[i])
			if q.R0 == q.R1 && len(lines[i]) > 0 {
				lefts[[2]int{first[q.R0], q.C0}] = edgeOf(lines[i], cell.Place.Box)
			}
			t.Rows[first[q.R0]][q.C0] = cell
			continue
		}
		parts := make([][]line, first[q.R0+1]-first[q.R0])
		for k, l := range lines[i] {
			parts[rowOf[i][k]] = append(parts[rowOf[i][k]], l)
		}
		for k, ls := range parts {
			cell.RowSpan, cell.Text = 1, linesText(ls)
			if len(ls) > 0 {
				lefts[[2]int{first[q.R0] + k, q.C0}] = edgeOf(ls, cell.Place.Box)
			}
			for j, l := range ls {
				if j == 0 {
					cell.Place.Box = l.box()
				} else {
					cell.Place.Box = cell.Place.Box.Union(l.box())
				}
			}
			t.Rows[first[q.R0]+k][q.C0] = cell
		}
	}
	indent(t.Rows, lefts)
	t.Tails = map[int]tail{}
	for i, q := range regs {
		if n := len(lines[i]); q.R1 == g.rows()-1 && n > 0 {
			l := lines[i][n-1]
			t.Tails[q.C0] = tail{l.X1, g.Xs[q.C1+1] - l.X1, edgeOf(lines[i][n-1:], g.boxOf(q)).size}
		}
	}
	n := g.cols()
	if t.Rows = dropEmptyTracks(t.Rows); len(t.Rows) > 0 && len(t.Rows[0]) == n {
		t.Xs = g.Xs
	}
	return t, len(t.Rows) > 0
}

// linesText spells the lines of a cell, a line break between them.
func linesText(lines []line) string {
	parts := make([]string, 0, len(lines))
	for _, l := range lines {
		parts = append(parts, strings.TrimSpace(spell(l.Chars, 2.5)))
	}
	return strings.Join(parts, "\n")
}

// dropEmptyTracks removes rows and columns that no cell begins in: slivers
// between double lines.
func dropEmptyTracks(rows [][]document.Cell) [][]document.Cell {
	for r := len(rows) - 1; r >= 0; r-- {
		if slices.ContainsFunc(rows[r], func(c document.Cell) bool { return !c.Covered }) {
			continue
		}
		for i := range r {
			for c := range rows[i] {
				if x := &rows[i][c]; !x.Covered && i+x.RowSpan > r {
					x.RowSpan--
				}
			}
		}
		rows = slices.Delete(rows, r, r+1)
	}
	if len(rows) == 0 {
		return rows
	}
	for c := len(rows[0]) - 1; c >= 0; c-- {
		starts := false
		for r := range rows {
			starts = starts || !rows[r][c].Covered
		}
		if starts {
			continue
		}
		for r := range rows {
			for k := range c {
				if x := &rows[r][k]; !x.Covered && k+x.ColSpan > c {
					x.ColSpan--
				}
			}
			rows[r] = slices.Delete(rows[r], c, c+1)
		}
	}
	return rows
}
