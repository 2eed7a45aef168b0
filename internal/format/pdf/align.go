package pdf

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"juesuan/internal/document"
)

// Where rulings are missing, text tells the table: blanks wider than a
// character divide a line into segments, the gaps that all lines with amounts
// leave free divide columns, the baselines of amounts and codes are the rows.

var (
	amount     = regexp.MustCompile(`^[-−–—]?(?:\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?|\d+\.\d{1,6})%?$`)
	wholeSum   = regexp.MustCompile(`^[-−–—]?(?:\d{1,3}(?:,\d{3})+(?:\.\d{2,6})?|\d+\.\d{2,6})$`)
	lineNumber = regexp.MustCompile(`^\d{1,3}$`)

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

const (
	wideGap = 0.9 // sizes: a blank wider than this divides segments
	cellGap = 0.3 // in a table, beside a number: the margins of two cells
)

// segments cuts a line at its wide blanks.
func segments(l line) []segment {
	return cutLine(l, func(a, b char) bool { return b.X0-a.X1 > wideGap*max(a.Size, b.Size) })
}

// cells cuts a line that is known to be of a table, where a number may stand
// close to the text of the next column.
func cells(l line) []segment {
	return cutLine(l, func(a, b char) bool {
		limit := wideGap
		if isDigit(a.R) || isDigit(b.R) || a.R == '%' {
			limit = cellGap
		}
		return b.X0-a.X1 > limit*max(a.Size, b.Size)
	})
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func cutLine(l line, apart func(a, b char) bool) []segment {
	var out []segment
	start := 0
	for i := 1; i <= len(l.Chars); i++ {
		if i < len(l.Chars) && !apart(l.Chars[i-1], l.Chars[i]) {
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
			for _, s := range other {
				if lo, hi, ok := s.seam(a, b); ok {
					a, b = lo, hi
					break
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
			sums = max(sums, amounts(segs))
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
	var head []line // lines of the header, in the same ruled row
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
				at[i][k] = -1
				head = append(head, l)
			default:
				at[i][k] = nearestLine(own, l.Base)
			}
		}
	}
	level, levels := headLevels(head)
	for i, ls := range cells {
		for k, l := range ls {
			if at[i][k] < 0 {
				at[i][k] = level(l)
			} else {
				at[i][k] += levels
			}
		}
	}
	return rows + levels, at
}

// headLevels tells the rows of a header apart: lines of one row stand as close
// as lines of text do.
func headLevels(head []line) (level func(line) int, levels int) {
	slices.SortFunc(head, func(a, b line) int { return cmp.Compare(a.Base, b.Base) })
	var starts []float64
	for i, l := range head {
		if i == 0 || l.Base-head[i-1].Base > 1.35*l.Size {
			starts = append(starts, l.Base)
		}
	}
	return func(l line) int {
		k := 0
		for k+1 < len(starts) && l.Base >= starts[k+1] {
			k++
		}
		return k
	}, len(starts)
}

// anchorLines are the amounts, codes or line numbers that end a cell of several
// lines; nil when the cell ends with anything else or mixes them (a number
// broken over lines may look like a code and an amount).
func anchorLines(ls []line) []line {
	kind := func(l line) int {
		switch t := strings.TrimSpace(l.Text); {
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
	if n := len(ls) - counted(ls); n < k {
		k = n
	}
	for _, l := range ls[:k] {
		if strings.ContainsAny(l.Text, "0123456789") && !lineNumber.MatchString(strings.TrimSpace(l.Text)) {
			return nil // the number of the column, 栏次, may stand above
		}
	}
	return ls[k:]
}

// counted is how many lines at the end are numbers that count up by one, at
// least three: the column 行次.
func counted(ls []line) int {
	n, next := 0, -1
	for i := len(ls) - 1; i >= 0; i-- {
		t := strings.TrimSpace(ls[i].Text)
		v, err := strconv.Atoi(t)
		if err != nil || !lineNumber.MatchString(t) || n > 0 && v != next-1 {
			break
		}
		n, next = n+1, v
	}
	if n < 3 {
		return 0
	}
	return n
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
	segs := make([][]segment, len(lines))
	var rows [][]segment
	var other []segment
	data := 0
	for i, l := range lines {
		segs[i] = cells(l)
		if isData(segs[i]) {
			data += 1 + amounts(segs[i])/wideRow
		}
		if len(segs[i]) > 1 && hasNumber(segs[i]) {
			rows = append(rows, segs[i])
		} else {
			other = append(other, segs[i]...)
		}
	}
	if data < 2 {
		return table{}, false
	}
	seps := gaps(rows, other)
	if len(seps) == 0 {
		return table{}, false
	}
	t := table{}
	for _, row := range alignRows(lines, segs, bands) {
		made := make([]document.Cell, len(seps)+1)
		for c := range made {
			made[c] = document.Cell{RowSpan: 1, ColSpan: 1}
		}
		for _, i := range row {
			for _, s := range segs[i] {
				for _, s := range s.cutAt(seps) {
					placeSegment(made, seps, s, lines[i])
				}
			}
			t.Box = t.Box.Union(lines[i].box())
		}
		t.Rows = append(t.Rows, made)
	}
	for c := 0; c+1 < len(t.Rows[0]); {
		if !mergeColumns(t.Rows, c) {
			c++
		}
	}
	return t, len(t.Rows[0]) > 1
}

// seam is the blank within a..b at which a segment that crosses it falls into
// two headings set side by side: wider than its other blanks.
func (s segment) seam(a, b float64) (lo, hi float64, ok bool) {
	if s.X0 >= a || s.X1 <= b || len(s.Chars) < 4 {
		return 0, 0, false
	}
	blanks := make([]float64, 0, len(s.Chars))
	widest := 0.0
	for i, c := range s.Chars[1:] {
		p := s.Chars[i]
		gap := c.X0 - p.X1
		blanks = append(blanks, gap)
		if p.X1 < b && c.X0 > a && gap > widest {
			widest, lo, hi = gap, max(p.X1, a), min(c.X0, b)
		}
	}
	return lo, hi, widest > median(blanks)+minSeam*s.Chars[0].Size
}

const minSeam = 0.12 // sizes

// cutAt cuts a segment at the column places that lie in its blanks.
func (s segment) cutAt(seps []float64) []segment {
	var out []segment
	start := 0
	for i := 1; i <= len(s.Chars); i++ {
		if i < len(s.Chars) {
			a, b := s.Chars[i-1], s.Chars[i]
			if b.X0-a.X1 < minSeam*max(a.Size, b.Size) || !slices.ContainsFunc(seps, func(x float64) bool { return x > a.X1 && x < b.X0 }) {
				continue
			}
		}
		cs := s.Chars[start:i]
		out = append(out, segment{cs, cs[0].X0, cs[len(cs)-1].X1, strings.TrimSpace(spell(cs, 1))})
		start = i
	}
	return out
}

// mergeColumns makes columns c and c+1 one when no row has text in both: a
// column whose numbers stand right and whose heading stands in the middle
// falls apart so.
func mergeColumns(rows [][]document.Cell, c int) bool {
	owner := func(row []document.Cell, k int) int {
		for row[k].Covered {
			k--
		}
		return k
	}
	for _, row := range rows {
		l, r := owner(row, c), owner(row, c+1)
		if l != r && row[l].Text != "" && row[r].Text != "" {
			return false
		}
	}
	for i, row := range rows {
		l, r := owner(row, c), owner(row, c+1)
		switch {
		case l == r:
			row[l].ColSpan--
		case row[r].Text != "":
			row[c] = row[r] // l is c: an empty cell spans nothing
		}
		rows[i] = slices.Delete(row, c+1, c+2)
	}
	return true
}

const wideRow = 3 // a row of so many amounts is a table's as surely as two rows

func amounts(segs []segment) int {
	n := 0
	for _, s := range segs {
		if amount.MatchString(s.Text) {
			n++
		}
	}
	return n
}

// hasNumber reports an amount, a code or a line number among the segments.
func hasNumber(segs []segment) bool {
	return slices.ContainsFunc(segs, func(s segment) bool {
		return amount.MatchString(s.Text) || code.MatchString(s.Text) || lineNumber.MatchString(s.Text)
	})
}

// alignRows groups the lines of a table to its rows. A line with numbers is a
// row; the lines without belong to the nearest of them when they stand closer
// than lines of text do (a name over two lines, its number between them), or
// with each other (a header). Horizontal rulings between rows settle it.
func alignRows(lines []line, segs [][]segment, bands []float64) [][]int {
	type row struct {
		lines  []int
		base   float64
		anchor bool
	}
	band := func(l line) int {
		i, _ := slices.BinarySearch(bands, l.Base-0.3*l.Size)
		return i
	}
	var rows []row
	anchored := map[int]int{} // anchors by band
	for i, l := range lines { // from the top
		if !hasNumber(segs[i]) {
			continue
		}
		if k := len(rows) - 1; k >= 0 && band(lines[rows[k].lines[0]]) == band(l) {
			// Closer than two lines of print can stand: a number over two
			// lines beside one in the middle of the row.
			if last := lines[rows[k].lines[len(rows[k].lines)-1]]; l.Base-last.Base < 0.8*l.Size {
				rows[k].lines = append(rows[k].lines, i)
				rows[k].base = (rows[k].base + l.Base) / 2
				continue
			}
		}
		rows = append(rows, row{[]int{i}, l.Base, true})
		anchored[band(l)]++
	}
	for i, l := range lines {
		if hasNumber(segs[i]) {
			continue
		}
		best, dist := -1, math.Inf(1)
		for k, r := range rows {
			last := lines[r.lines[len(r.lines)-1]]
			if band(last) != band(l) {
				continue
			}
			d, limit := math.Abs(r.base-l.Base), 0.9*l.Size
			switch {
			case len(bands) > 2 && (anchored[band(l)] == 1 || anchored[band(l)] == 0):
				limit = math.Inf(1) // the band is the row
			case r.anchor && len(segs[i]) == 1:
				limit = 1.4 * l.Size
			case !r.anchor:
				d, limit = l.Base-last.Base, 1.35*l.Size
			}
			if d <= limit && d < dist-0.05*l.Size {
				best, dist = k, d
			}
		}
		if best < 0 {
			rows = append(rows, row{[]int{i}, l.Base, false})
			continue
		}
		rows[best].lines = append(rows[best].lines, i)
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.base, b.base) })
	out := make([][]int, len(rows))
	for i, r := range rows {
		slices.Sort(r.lines)
		out[i] = r.lines
	}
	return out
}

// placeSegment writes a segment into the cells it lies over.
func placeSegment(row []document.Cell, seps []float64, s segment, l line) {
	c0, _ := slices.BinarySearch(seps, s.X0+1)
	c1, _ := slices.BinarySearch(seps, s.X1-1)
	c1 = max(c0, c1)
	for c0 > 0 && row[c0].Covered {
		c0--
	}
	c := &row[c0]
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
	if n := c1 - c0 + 1; n > c.ColSpan && !slices.ContainsFunc(row[c0+1:c1+1], func(o document.Cell) bool { return o.Text != "" }) {
		c.ColSpan = n
		for k := c0 + 1; k <= c1; k++ {
			row[k].Covered = true
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
	end, data, tabular, plain := i, 0, 0, 0
	for j := i; j < len(lines); j++ {
		l := lines[j]
		if j > i && l.Base-lines[j-1].Base > 3*l.Size {
			break
		}
		if leaders.MatchString(l.Text) {
			return i
		}
		if len(segments(l)) >= 2 && !aboveTable.MatchString(l.Text) {
			tabular++
			plain = 0
			end = j + 1
			if segs := cells(l); isData(segs) {
				data += 1 + amounts(segs)/wideRow
			}
			continue
		}
		if plain++; plain > 2 {
			break
		}
	}
	if data < 3 || tabular*2 < end-i {
		return i
	}
	// A wrapped last name hangs below its row.
	if end < len(lines) && len(segments(lines[end])) == 1 && !belowTable.MatchString(lines[end].Text) && lines[end].Base-lines[end-1].Base < 1.4*lines[end].Size && lines[end].X1 < lines[end-1].X1-4*lines[end].Size {
		end++
	}
	return end
}
