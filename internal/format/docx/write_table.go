package docx

// write_table.go lays a table out on a given width: type size, columns and
// heights of rows are fixed in the file, so that no program cuts a cell.

import (
	"fmt"
	"math"
	"regexp"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/format/paged"
)

// grid is a table laid out; lengths in twentieths of a point.
type grid struct {
	size   int // type, half points
	line   int
	cols   []int
	rows   []int // heights
	header int   // rows repeated on every page
}

func (g *grid) height() int {
	h := 0
	for _, r := range g.rows {
		h += r
	}
	return h
}

const (
	cellSide = 45 // left and right margin of a cell
	rowPad   = 60 // above and below the lines of a row, together
)

// amount is a number that must not be broken, codes among them.
var amount = regexp.MustCompile(`^[-+−]?[0-9][0-9,.]*[%％]?$`)

// trials are the type sizes in the order of preference, each with the lines a
// name may take in it: whole names in 五号 or 小五, then names in two lines,
// then smaller type down to 六号.
var trials = []struct{ size, lines int }{
	{size5, 1}, {sizeNote, 1}, {sizeNote, 2}, {16, 2}, {15, 2}, {14, 3}, {13, 4},
}

// layTable takes the first trial in which every number stays whole, and a
// smaller type down to 8 points where that brings the table onto one page.
func layTable(t *document.Table, width, room int) *grid {
	var best *grid
	for _, try := range trials {
		g, ok := gridAt(t, width, try.size)
		if !ok || g.lines(t) > try.lines {
			continue
		}
		if best == nil || g.height() <= room && try.size >= 16 {
			best = g
		}
		if best.height() <= room {
			break
		}
	}
	if best == nil { // too many columns for any type
		best, _ = gridAt(t, width, trials[len(trials)-1].size)
	}
	best.stretch(room)
	return best
}

// lines is the most lines a body row takes.
func (g *grid) lines(t *document.Table) int {
	n := 1
	for r := t.HeaderRows; r < len(g.rows); r++ {
		n = max(n, (g.rows[r]-rowPad)/g.line)
	}
	return n
}

// stretch gives the rows of a short table more air.
func (g *grid) stretch(room int) {
	if h := g.height(); h < room {
		more := min((room-h)/len(g.rows), 7*g.line/10)
		for r := range g.rows {
			g.rows[r] += more
		}
	}
}

// gridAt lays the table out in one type size; false when a number would break.
func gridAt(t *document.Table, width, size int) (*grid, bool) {
	n := len(t.Rows[0])
	em := float64(size * 10)
	g := &grid{size: size, line: (size*10*6/5 + 19) / 20 * 20, header: t.HeaderRows}
	least, wish := make([]float64, n), make([]float64, n)
	for c := range n {
		least[c] = em*1.1 + 2*cellSide
		wish[c] = least[c]
	}
	for r, row := range t.Rows {
		for c, x := range row {
			if x.Covered || x.Text == "" || x.ColSpan > 1 {
				continue
			}
			w := cellEm(x)*em + 2*cellSide + 20
			if r < t.HeaderRows && cellEm(x) > 5 { // heads may wrap
				w = max(5, math.Ceil(cellEm(x)/2))*em + 2*cellSide + 20
			}
			wish[c] = max(wish[c], w)
			if amount.MatchString(x.Text) {
				least[c] = max(least[c], w)
			} else {
				least[c] = max(least[c], min(w, tokenEm(x.Text)*em+2*cellSide+20))
			}
		}
	}
	// A merged cell with a number needs its columns wide enough together.
	for _, row := range t.Rows {
		for c, x := range row {
			if x.Covered || x.ColSpan < 2 || !amount.MatchString(x.Text) {
				continue
			}
			sum := 0.0
			for k := c; k < c+x.ColSpan; k++ {
				sum += least[k]
			}
			if more := cellEm(x)*em + 2*cellSide + 20 - sum; more > 0 {
				least[c+x.ColSpan-1] += more
			}
		}
	}
	cols, ok := paged.Columns(least, wish, t.Widths, float64(width))
	g.cols = make([]int, n)
	left := width
	for c := range cols {
		g.cols[c] = int(cols[c])
		left -= g.cols[c]
	}
	g.cols[n-1] += left
	g.rows = rowHeights(t, g)
	return g, ok
}

// cellEm is the width of the longest line of a cell in type sizes.
func cellEm(x document.Cell) float64 {
	w := 0.0
	for piece := range strings.SplitSeq(x.Text, "\n") {
		w = max(w, emWidth(piece))
	}
	if x.Bold {
		w *= 1.03
	}
	return w + float64(x.Indent)/2
}

// tokenEm is the narrowest a name may be set: four characters, or its longest
// run of Latin letters and digits.
func tokenEm(s string) float64 {
	w, run := 0.0, 0.0
	for _, r := range s {
		if r < 0x7f && r > ' ' {
			run += emWidth(string(r))
			w = max(w, run)
		} else {
			run = 0
		}
	}
	return max(w, min(emWidth(s), 4))
}

// rowHeights reckons the heights; a cell merged over rows asks its last row
// for what the others leave short.
func rowHeights(t *document.Table, g *grid) []int {
	rows := make([]int, len(t.Rows))
	em := float64(g.size * 10)
	lines := func(c int, x document.Cell) int {
		if x.Text == "" {
			return 1
		}
		w := 0
		for k := c; k < c+max(1, x.ColSpan); k++ {
			w += g.cols[k]
		}
		return linesOf(x.Text, max(1, math.Floor((float64(w-2*cellSide)/em-float64(x.Indent)/2)*20)/20), 0)
	}
	for r, row := range t.Rows {
		n := 1
		for c, x := range row {
			if !x.Covered && x.RowSpan <= 1 {
				n = max(n, lines(c, x))
			}
		}
		rows[r] = n*g.line + rowPad
	}
	for r, row := range t.Rows {
		for c, x := range row {
			if x.Covered || x.RowSpan <= 1 {
				continue
			}
			have := 0
			for k := r; k < r+x.RowSpan; k++ {
				have += rows[k]
			}
			if need := lines(c, x)*g.line + rowPad; need > have {
				rows[r+x.RowSpan-1] += need - have
			}
		}
	}
	return rows
}

// table writes block i.
func (p *writer) table(i int) {
	t, g := p.doc.Blocks[i].Table, p.tables[i]
	width := 0
	for _, w := range g.cols {
		width += w
	}
	fmt.Fprintf(&p.b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`, width)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		p.b.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="auto"/>`)
	}
	fmt.Fprintf(&p.b, `</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="%d" w:type="dxa"/><w:right w:w="%[1]d" w:type="dxa"/></w:tblCellMar>`, cellSide)
	if s := paged.CaptionOf(p.doc, i); s != "" {
		p.b.WriteString(`<w:tblCaption w:val="` + escape(s) + `"/>`)
	}
	p.b.WriteString(`</w:tblPr><w:tblGrid>`)
	for _, w := range g.cols {
		fmt.Fprintf(&p.b, `<w:gridCol w:w="%d"/>`, w)
	}
	p.b.WriteString(`</w:tblGrid>`)
	for r, row := range t.Rows {
		fmt.Fprintf(&p.b, `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="%d" w:hRule="atLeast"/>`, g.rows[r])
		if r < t.HeaderRows {
			p.b.WriteString(`<w:tblHeader/>`)
		}
		p.b.WriteString(`</w:trPr>`)
		for c := 0; c < len(row); {
			c += p.cell(t, g, r, c)
		}
		p.b.WriteString(`</w:tr>`)
	}
	p.b.WriteString(`</w:tbl>`)
}

// cell writes the cell at r, c, or the piece of a vertical merge there, and
// gives the number of columns it takes.
func (p *writer) cell(t *document.Table, g *grid, r, c int) int {
	x := t.Rows[r][c]
	span, merge := max(1, x.ColSpan), ""
	switch {
	case x.Covered:
		span, merge = spanAbove(t, r, c), `<w:vMerge/>`
	case x.RowSpan > 1:
		merge = `<w:vMerge w:val="restart"/>`
	}
	w := 0
	for k := c; k < c+span; k++ {
		w += g.cols[k]
	}
	fmt.Fprintf(&p.b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, w)
	if span > 1 {
		fmt.Fprintf(&p.b, `<w:gridSpan w:val="%d"/>`, span)
	}
	p.b.WriteString(merge + `<w:vAlign w:val="center"/></w:tcPr>`)
	props := `<w:pPr><w:pStyle w:val="` + idCell + `"/>`
	if r < t.HeaderRows {
		props += `<w:keepNext/>` // never a header alone at the foot of a page
	}
	props += fmt.Sprintf(`<w:spacing w:line="%d" w:lineRule="exact"/>`, g.line)
	if x.Indent > 0 {
		props += fmt.Sprintf(`<w:ind w:leftChars="%d" w:left="%d"/>`, x.Indent*50, x.Indent*g.size*5)
	}
	if a := alignOf(x, r < t.HeaderRows, c); a != "left" {
		props += `<w:jc w:val="` + a + `"/>`
	}
	run := fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%[1]d"/>`, g.size)
	if x.Bold {
		run = `<w:b/><w:bCs/>` + run
	}
	props += `<w:rPr>` + run + `</w:rPr></w:pPr>`
	for piece := range strings.SplitSeq(x.Text, "\n") {
		p.b.WriteString(`<w:p>` + props)
		if piece != "" {
			p.run(piece, run)
		}
		p.b.WriteString(`</w:p>`)
	}
	p.b.WriteString(`</w:tc>`)
	return span
}

// alignOf is how a cell is set: as told, else heads in the middle, numbers to
// the right, names and the codes of the first column to the left.
func alignOf(x document.Cell, header bool, c int) string {
	switch x.Align {
	case document.AlignLeft:
		return "left"
	case document.AlignCenter:
		return "center"
	case document.AlignRight:
		return "right"
	}
	switch {
	case header:
		return "center"
	case amount.MatchString(x.Text) && c > 0:
		return "right"
	}
	return "left"
}

// spanAbove is the width of the merged cell that covers r, c from above.
func spanAbove(t *document.Table, r, c int) int {
	for up := r - 1; up >= 0; up-- {
		if !t.Rows[up][c].Covered {
			return min(max(1, t.Rows[up][c].ColSpan), len(t.Rows[r])-c)
		}
	}
	return 1
}
