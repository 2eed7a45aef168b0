package pdf

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"

	"juesuan/internal/document"
)

// Where rulings are missing, text tells the table: blanks wider than a
// character divide a line into segments, the gaps that all lines with amounts
// leave free divide columns, the baselines of amounts and codes are the rows.

var (
	amount   = regexp.MustCompile(`^[-−–—]?(?:\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?|\d+\.\d{1,6})%?$`)
	wholeSum = regexp.MustCompile(`^[-−–—]?(?:\d{1,3}(?:,\d{3})+(?:\.\d{2,6})?|\d+\.\d{2,6})$`)
	// Lines that belong to a table and yet stand outside it.
	aboveTable = regexp.MustCompile(`^(?:编制|填报)?(?:部门|单位)(?:名称)?\s*[:：]|单位\s*[:：]\s*[万亿]?元\s*$|^公开\d+表\s*$|^表\s?\d+\s*$`)
	belowTable = regexp.MustCompile(`^(?:注|说明|备注)\s*\d*[:：.]`)

	code = regexp.MustCompile(`^[1-9]\d{2}(?:\d{2}){0,2}$`)
)

// segment is a piece of a line between wide blanks.
type segment struct {
	Chars  []char
	X0, X1 float64
	Text   string
}

const wideGap = 0.9 // sizes: a blank wider than this divides segments

func segments(l line) []segment {
	var out []segment
	start := 0
	for i := 1; i <= len(l.Chars); i++ {
		if i < len(l.Chars) && l.Chars[i].X0-l.Chars[i-1].X1 <= wideGap*max(l.Chars[i].Size, l.Chars[i-1].Size) {
			continue
		}
		cs := l.Chars[start:i]
		out = append(out, segment{cs, cs[0].X0, cs[len(cs)-1].X1, strings.TrimSpace(spell(cs, 1))})
		start = i
	}
	return out
}

// isData reports a line that only a table has: an amount beside something else.
func isData(segs []segment) bool {
	return len(segs) >= 2 && slices.ContainsFunc(segs, func(s segment) bool { return amount.MatchString(s.Text) })
}

// gaps are x places between columns: the middles of the ranges that no segment
// of the rows with amounts enters. Segments of the other lines (wrapped names,
// headers) narrow a range but do not close it.
func gaps(data [][]segment, other []segment) []float64 {
	var all []segment
	for _, r := range data {
		all = append(all, r...)
	}
	slices.SortFunc(all, func(a, b segment) int { return cmp.Compare(a.X0, b.X0) })
	var out []float64
	for i, end := 0, math.Inf(-1); i < len(all); i++ {
		if a, b := end, all[i].X0; i > 0 && b-a > 1.5 {
			for _, s := range other {
				if s.X0 < a && s.X1 > a && s.X1 < b {
					a = s.X1
				}
				if s.X1 > b && s.X0 < b && s.X0 > a {
					b = s.X0
				}
			}
			out = append(out, (a+b)/2)
		}
		end = max(end, all[i].X1)
	}
	return out
}

// splitColumns adds the column lines that a grid lacks: to a cell in which
// several lines carry amounts beside other text. It reports whether any were.
func (g *grid) splitColumns(regs []region, held [][]char) bool {
	type cut struct {
		rows region
		x    float64
	}
	var cuts []cut // first all, then divide: dividing moves the columns
	for i, q := range regs {
		if !wideEnough(held[i]) {
			continue
		}
		var rows [][]segment
		sums := 0
		for _, l := range makeLines(held[i]) {
			segs := segments(l)
			if !isData(segs) {
				continue
			}
			rows = append(rows, segs)
			n := 0
			for _, s := range segs {
				if amount.MatchString(s.Text) {
					n++
				}
			}
			sums = max(sums, n)
		}
		if len(rows) < 2 && sums < 2 {
			continue
		}
		for _, x := range gaps(rows, nil) {
			cuts = append(cuts, cut{q, x})
		}
	}
	for _, c := range cuts {
		g.divide(c.rows, c.x)
	}
	return len(cuts) > 0
}

// wideEnough is a quick no to cells that cannot hold two amounts.
func wideEnough(cs []char) bool {
	digits := 0
	for _, c := range cs {
		if c.R >= '0' && c.R <= '9' {
			digits++
		}
	}
	return len(cs) > 6 && digits >= 3
}

func (g *grid) boxOf(q region) document.Box {
	return document.Box{X0: g.Xs[q.C0], Y0: g.Ys[q.R0], X1: g.Xs[q.C1+1], Y1: g.Ys[q.R1+1]}
}

// divide puts a column line at x through the rows of q, at a line of the grid
// where one is near.
func (g *grid) divide(q region, x float64) {
	k := nearest(g.Xs, x)
	if math.Abs(g.Xs[k]-x) > 6 || k == 0 || k == len(g.Xs)-1 {
		k, _ = slices.BinarySearch(g.Xs, x)
		g.Xs = slices.Insert(g.Xs, k, x)
		for r := range g.right {
			g.right[r] = slices.Insert(g.right[r], k-1, false)
			g.below[r] = slices.Insert(g.below[r], k-1, g.below[r][k-1])
		}
	}
	for r := q.R0; r <= q.R1; r++ {
		g.right[r][k-1] = true
	}
}

// explode says into how many rows a ruled row really falls: several when a
// cell of it has several whole amounts, or several codes, one below the other
// (under a header, when the header is in the same cell). It returns the row of
// each line of each cell.
func explode(cells [][]line) (rows int, at [][]int) {
	anchors := make([][]line, len(cells))
	best := -1
	for i, ls := range cells {
		anchors[i] = anchorLines(ls)
		if n := len(anchors[i]); n > 1 && (best < 0 || n > len(anchors[best])) {
			best = i
		}
	}
	rows = 1
	at = make([][]int, len(cells))
	for i, ls := range cells {
		at[i] = make([]int, len(ls))
	}
	if best < 0 {
		return rows, at
	}
	rows = len(anchors[best])
	pitch := (anchors[best][rows-1].Base - anchors[best][0].Base) / float64(rows-1)
	head := 0
	for i, ls := range cells {
		// The rows of a block may sit half a line off those of another: its
		// own codes or amounts, next on the left, count.
		own := anchors[best]
		for j := i; j >= 0; j-- {
			if len(anchors[j]) == rows {
				own = anchors[j]
				break
			}
		}
		for k, l := range ls {
			switch {
			case len(anchors[i]) == rows && k >= len(ls)-rows:
				at[i][k] = k - (len(ls) - rows)
			case l.Base < own[0].Base-0.8*pitch:
				at[i][k], head = -1, 1
			default:
				at[i][k] = nearestLine(own, l.Base)
			}
		}
	}
	if head > 0 {
		for i := range at {
			for k := range at[i] {
				at[i][k]++
			}
		}
	}
	return rows + head, at
}

// anchorLines are the amounts, or codes, that end a cell of several lines;
// nil when the cell ends with anything else or mixes the two (a number broken
// over lines may look like a code and an amount).
func anchorLines(ls []line) []line {
	kind := func(l line) int {
		t := strings.TrimSpace(l.Text)
		switch {
		case code.MatchString(t):
			return 1
		case wholeSum.MatchString(t):
			return 2
		}
		return 0
	}
	k := len(ls)
	for k > 0 && kind(ls[k-1]) != 0 && kind(ls[k-1]) == kind(ls[len(ls)-1]) {
		k--
	}
	for _, l := range ls[:k] {
		if strings.ContainsAny(l.Text, "0123456789") {
			return nil
		}
	}
	return ls[k:]
}

func nearestLine(ls []line, y float64) int {
	best := 0
	for i, l := range ls {
		if math.Abs(l.Base-y) < math.Abs(ls[best].Base-y)-0.05*l.Size {
			best = i
		}
	}
	return best
}

// alignTable reads lines as a table without column lines. bands are the
// heights of horizontal rulings, if any: no row crosses one.
func alignTable(lines []line, bands []float64) (table, bool) {
	type row struct {
		lines []int
		base  float64
		data  bool
	}
	segs := make([][]segment, len(lines))
	var data [][]segment
	for i, l := range lines {
		segs[i] = segments(l)
		if isData(segs[i]) {
			data = append(data, segs[i])
		}
	}
	if len(data) < 2 {
		return table{}, false
	}
	var other []segment
	for i := range lines {
		if !isData(segs[i]) {
			other = append(other, segs[i]...)
		}
	}
	seps := gaps(data, other)
	if len(seps) == 0 {
		return table{}, false
	}
	band := func(y float64) int {
		i, _ := slices.BinarySearch(bands, y)
		return i
	}
	// Lines with amounts begin rows; the others join the nearest within
	// reach, or stand alone (headers, notes).
	var rows []row
	for i, l := range lines {
		if isData(segs[i]) {
			rows = append(rows, row{[]int{i}, l.Base, true})
		}
	}
	for i, l := range lines {
		if isData(segs[i]) {
			continue
		}
		best, dist := -1, math.Inf(1)
		for k, r := range rows {
			d := math.Abs(r.base - l.Base)
			if r.data && d < dist-0.05*l.Size && band(r.base-0.3*l.Size) == band(l.Base-0.3*l.Size) {
				best, dist = k, d
			}
		}
		if best >= 0 && len(segs[i]) == 1 && dist < 1.4*l.Size {
			rows[best].lines = append(rows[best].lines, i)
			continue
		}
		rows = append(rows, row{[]int{i}, l.Base, false})
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.base, b.base) })
	t := table{}
	for _, r := range rows {
		slices.Sort(r.lines)
		cells := make([]document.Cell, len(seps)+1)
		for c := range cells {
			cells[c] = document.Cell{RowSpan: 1, ColSpan: 1}
		}
		for _, i := range r.lines {
			for _, s := range segs[i] {
				placeSegment(cells, seps, s, lines[i])
			}
			t.Box = t.Box.Union(lines[i].box())
		}
		t.Rows = append(t.Rows, cells)
	}
	return t, true
}

// placeSegment writes a segment into the cells it lies over.
func placeSegment(cells []document.Cell, seps []float64, s segment, l line) {
	c0, _ := slices.BinarySearch(seps, s.X0+1)
	c1, _ := slices.BinarySearch(seps, s.X1-1)
	c1 = max(c0, c1)
	for c0 > 0 && cells[c0].Covered {
		c0--
	}
	c := &cells[c0]
	if c.Text != "" {
		if c.Place.Box.Y1 < l.Base-0.3*l.Size {
			c.Text += "\n"
		}
		c.Text += s.Text
	} else {
		c.Text = s.Text
	}
	box := document.Box{X0: s.X0, Y0: l.Base - 0.88*l.Size, X1: s.X1, Y1: l.Base + 0.12*l.Size}
	c.Place.Box = c.Place.Box.Union(box)
	if n := c1 - c0 + 1; n > c.ColSpan && !slices.ContainsFunc(cells[c0+1:c1+1], func(o document.Cell) bool { return o.Text != "" }) {
		c.ColSpan = n
		for k := c0 + 1; k <= c1; k++ {
			cells[k].Covered = true
		}
	}
}

// looseTables takes tables without rulings out of the lines of a page: runs of
// lines most of which carry amounts beside other text.
func looseTables(lines []line) (tables []table, rest []line) {
	for i := 0; i < len(lines); {
		j := looseRun(lines, i)
		if j-i >= 3 {
			if t, ok := alignTable(lines[i:j], nil); ok {
				tables = append(tables, t)
				i = j
				continue
			}
		}
		rest = append(rest, lines[i])
		i++
	}
	return tables, rest
}

// looseRun is the end of the table that begins at line i, i when none does:
// a header of lines in several segments, then lines with amounts and the
// wrapped names between them.
func looseRun(lines []line, i int) int {
	if len(segments(lines[i])) < 2 || leaders.MatchString(lines[i].Text) || aboveTable.MatchString(lines[i].Text) {
		return i
	}
	end, data, plain := i, 0, 0
	for j := i; j < len(lines); j++ {
		l := lines[j]
		if j > i && l.Base-lines[j-1].Base > 3*l.Size {
			break
		}
		segs := segments(l)
		switch {
		case leaders.MatchString(l.Text):
			return i
		case isData(segs):
			data++
			plain = 0
			end = j + 1
		case len(segs) >= 2 && data == 0:
			plain = 0
		default:
			plain++
		}
		if plain > 2 {
			break
		}
	}
	if data < 3 || data*2 < end-i {
		return i
	}
	// A wrapped last name hangs below its row.
	if end < len(lines) && len(segments(lines[end])) == 1 && !belowTable.MatchString(lines[end].Text) && lines[end].Base-lines[end-1].Base < 1.4*lines[end].Size && lines[end].X1 < lines[end-1].X1-4*lines[end].Size {
		end++
	}
	return end
}
