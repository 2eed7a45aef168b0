package typeset

// table.go lays a table out on a given width: type size, columns, and heights
// of rows, so that no cell is cut.

import (
	"math"
	"regexp"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/format/paged"
	"juesuan/internal/typeface"
)

const (
	cellSide = 2.4 // left and right margin of a cell
	rowPad   = 3   // above and below the lines of a row, together
)

// grid is a table laid out.
type grid struct {
	size, line float64
	cols       []float64
	rows       []float64 // heights
	header     int       // rows repeated on every page
	cells      [][][]textLine
	ends       []int // by row: the end of the rows that merged cells bind to it
}

func (g *grid) height() float64 { return paged.Total(g.rows) }

// amount is a number that must not be broken, codes among them.
var amount = regexp.MustCompile(`^[-+−]?[0-9][0-9,.]*[%％]?$`)

// tableSizes are tried from 五号 down; smaller cannot be read.
var tableSizes = []float64{size5, sizeNote, 8, 7.5, 7, 6.5}

// layTable picks the largest type in which every number stays whole and no
// name takes more than two lines (more in small type), and which fits the
// room where a smaller one would.
func layTable(t *document.Table, width, room float64) *grid {
	var best *grid
	for _, size := range tableSizes {
		g, ok := gridAt(t, width, size)
		if !ok {
			continue
		}
		if best == nil || best.lines(t) > 2 && g.lines(t) < best.lines(t) {
			best = g
		} else if best.height() > room && g.height() <= room && g.size >= 8 {
			best = g
		}
		if best.lines(t) <= 2 && (best.height() <= room || size <= 8) {
			break
		}
	}
	if best == nil { // too many columns for any type: numbers are broken
		best, _ = gridAt(t, width, tableSizes[len(tableSizes)-1])
	}
	best.stretch(room)
	best.bind(t)
	return best
}

// lines is the most lines a body row takes.
func (g *grid) lines(t *document.Table) int {
	n := 1
	for r := t.HeaderRows; r < len(g.rows); r++ {
		n = max(n, int((g.rows[r]-rowPad)/g.line+0.5))
	}
	return n
}

// stretch gives the rows of a short table more air.
func (g *grid) stretch(room float64) {
	if h := g.height(); h < room {
		more := min((room-h)/float64(len(g.rows)), 0.7*g.line)
		for r := range g.rows {
			g.rows[r] += more
		}
	}
}

// bind finds which rows merged cells hold together, and which rows can be
// repeated as the header.
func (g *grid) bind(t *document.Table) {
	g.ends = make([]int, len(t.Rows))
	for r := 0; r < len(t.Rows); {
		end := r + 1
		for k := r; k < end; k++ {
			for _, x := range t.Rows[k] {
				if !x.Covered {
					end = max(end, k+x.RowSpan)
				}
			}
		}
		for k := r; k < end; k++ {
			g.ends[k] = end
		}
		r = end
	}
	g.header = t.HeaderRows
	if g.header > 0 && (g.header >= len(t.Rows) || g.ends[g.header-1] > g.header) {
		g.header = 0
	}
}

func faceOf(x document.Cell) *typeface.Face {
	if x.Bold {
		return typeface.Bold()
	}
	return typeface.Text()
}

// gridAt lays the table out in one type size; false when a number would break.
func gridAt(t *document.Table, width, size float64) (*grid, bool) {
	n := len(t.Rows[0])
	g := &grid{size: size, line: math.Ceil(size*1.2*2) / 2}
	least, wish := make([]float64, n), make([]float64, n)
	const slack = 0.5
	for c := range n {
		least[c] = size*1.1 + 2*cellSide
		wish[c] = least[c]
	}
	for r, row := range t.Rows {
		for c, x := range row {
			if x.Covered || x.Text == "" || x.ColSpan > 1 {
				continue
			}
			em := cellEm(x)
			w := em*size + 2*cellSide + slack
			if r < t.HeaderRows && em > 5 { // heads may wrap
				w = max(5, math.Ceil(em/2))*size + 2*cellSide + slack
			}
			wish[c] = max(wish[c], w)
			if amount.MatchString(x.Text) {
				least[c] = max(least[c], w)
			} else {
				least[c] = max(least[c], min(w, (tokenEm(x)+float64(x.Indent))*size+2*cellSide+slack))
			}
		}
	}
	// A merged cell with a number needs its columns wide enough together.
	for _, row := range t.Rows {
		for c, x := range row {
			if x.Covered || x.ColSpan < 2 || !amount.MatchString(x.Text) {
				continue
			}
			if more := cellEm(x)*size + 2*cellSide + slack - paged.Total(least[c:c+x.ColSpan]); more > 0 {
				least[c+x.ColSpan-1] += more
			}
		}
	}
	cols, ok := paged.Columns(least, wish, t.Widths, width)
	g.cols = cols
	g.setCells(t)
	return g, ok
}

// cellEm is the width of the longest line of a cell in type sizes.
func cellEm(x document.Cell) float64 {
	w := 0.0
	for piece := range strings.SplitSeq(x.Text, "\n") {
		w = max(w, emWidth(faceOf(x), piece))
	}
	return w + float64(x.Indent)
}

// tokenEm is the narrowest a name may be set: four characters, or its longest
// run of Latin letters and digits with the marks that cling to it.
func tokenEm(x document.Cell) float64 {
	w, f := 0.0, faceOf(x)
	rs := []rune(strings.ReplaceAll(x.Text, "\n", " "))
	for i := 0; i < len(rs); {
		end := unit(rs, i)
		w = max(w, emWidth(f, string(rs[i:end])))
		i = end
	}
	return max(w, min(emWidth(f, x.Text), 4))
}

// span is the width of the columns of a cell.
func (g *grid) span(c int, x document.Cell) float64 { return paged.Total(g.cols[c : c+x.ColSpan]) }

// setCells breaks the text of every cell and reckons the heights; a cell
// merged over rows asks its last row for what the others leave short.
func (g *grid) setCells(t *document.Table) {
	g.cells = make([][][]textLine, len(t.Rows))
	g.rows = make([]float64, len(t.Rows))
	for r, row := range t.Rows {
		g.cells[r] = make([][]textLine, len(row))
		n := 1
		for c, x := range row {
			if x.Covered || x.Text == "" {
				continue
			}
			width := g.span(c, x) - 2*cellSide - indentOf(x, g.span(c, x), g.size)
			g.cells[r][c] = setLines(x.Text, faceOf(x), g.size, max(g.size, width), 0, false)
			if x.RowSpan == 1 {
				n = max(n, len(g.cells[r][c]))
			}
		}
		g.rows[r] = float64(n)*g.line + rowPad
	}
	for r, row := range t.Rows {
		for c, x := range row {
			if x.Covered || x.RowSpan == 1 {
				continue
			}
			have := paged.Total(g.rows[r : r+x.RowSpan])
			if need := float64(len(g.cells[r][c]))*g.line + rowPad; need > have {
				g.rows[r+x.RowSpan-1] += need - have
			}
		}
	}
}

// indentOf is how far the text of a cell is set in.
func indentOf(x document.Cell, width, size float64) float64 {
	return min(float64(max(0, x.Indent))*size, width/3)
}

// alignOf is how a cell is set: as told, else heads in the middle, numbers to
// the right, names and the codes of the first column to the left.
func alignOf(x document.Cell, header bool, c int) side {
	switch x.Align {
	case document.AlignLeft:
		return left
	case document.AlignCenter:
		return center
	case document.AlignRight:
		return right
	}
	switch {
	case header:
		return center
	case amount.MatchString(x.Text) && c > 0:
		return right
	}
	return left
}
