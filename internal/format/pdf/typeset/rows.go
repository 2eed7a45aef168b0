package typeset

// rows.go puts the rows of a table on pages: the header is repeated, rows stay
// whole and those that a merged cell binds stay together, unless they are
// longer than a page.

import (
	"juesuan/internal/document"
	"juesuan/internal/format/paged"
)

// placed is a row, or a part of a long one, on a page.
type placed struct {
	r        int
	y, h     float64
	from, to int  // lines shown of its own cells; to < 0: all
	again    bool // a repeated header
}

// tabler is a table being put on pages.
type tabler struct {
	p     *setter
	t     *document.Table
	g     *grid
	of    *element
	cells map[[2]int]*element
	part  []placed       // on this page
	done  map[[2]int]int // lines shown of cells merged over rows
}

func (p *setter) table(i int) {
	b := &p.doc.Blocks[i]
	k := &tabler{p: p, t: b.Table, g: p.tables[i], of: p.owners[i], done: map[[2]int]int{}}
	k.elements()
	if p.y > 0 && p.afterTable(i) {
		p.y += tableGap
	}
	notes := p.notesAfter(i)
	n := len(k.t.Rows)
	room := p.c.geo.room()
	head := paged.Total(k.g.rows[:k.g.header])
	if head > room/2 {
		head, k.g.header = 0, 0
	}
	for r := 0; r < n; {
		end := k.g.ends[r]
		h := paged.Total(k.g.rows[r:end])
		need := h
		if end == n && h+notes <= room-head {
			need += notes
		}
		if r == 0 && k.g.header > 0 {
			// The header begins with the first rows after it.
			first := k.g.ends[k.g.header]
			if all := paged.Total(k.g.rows[:first]); all <= room {
				need = max(need, all)
			}
		}
		if need > p.left()+0.01 && p.y > 0 && (h <= room-head || len(k.part) == 0 || p.left() < 3*k.g.line+rowPad) {
			if r >= k.g.header || len(k.part) == 0 {
				k.turn(r)
			}
		}
		for ; r < end; r++ {
			if k.g.rows[r] > p.left()+0.01 && len(k.part) > 0 && k.g.rows[r] <= room-head && r >= k.g.header {
				k.turn(r)
			}
			k.row(r)
		}
	}
	k.flush()
}

// notesAfter is the room for the notes right below table i.
func (p *setter) notesAfter(i int) float64 {
	h := 0.0
	for k := i + 1; k < p.c.end && p.doc.Blocks[k].Style == document.Note && p.doc.Blocks[k].Kind == document.Paragraph; k++ {
		h += p.heightOf(k, p.c)
	}
	return h
}

// turn begins a new page before row r.
func (k *tabler) turn(r int) {
	k.flush()
	k.p.turn()
	if r < k.g.header {
		return
	}
	for h := range k.g.header {
		k.put(placed{r: h, h: k.g.rows[h], to: -1, again: r > 0})
	}
}

func (k *tabler) put(q placed) {
	q.y = k.p.y
	k.part = append(k.part, q)
	k.p.y += q.h
}

// row puts a row, in parts when it is longer than a page.
func (k *tabler) row(r int) {
	if k.g.rows[r] <= k.p.left()+0.01 {
		k.put(placed{r: r, h: k.g.rows[r], to: -1})
		return
	}
	lines := 1
	for c, x := range k.t.Rows[r] {
		if x.RowSpan == 1 {
			lines = max(lines, len(k.g.cells[r][c]))
		}
	}
	fresh := false
	for from := 0; from < lines; {
		n := min(int((k.p.left()-rowPad+0.01)/k.g.line), lines-from)
		if n < 1 || n < 3 && from+n < lines && !fresh {
			if !fresh {
				k.turn(r)
				fresh = true
				continue
			}
			n = 1
		}
		to := from + n
		k.put(placed{r: r, h: float64(n)*k.g.line + rowPad, from: from, to: to})
		from, fresh = to, false
	}
	// What the row has above its lines is for a merged cell that ends here.
	if rest := k.g.rows[r] - float64(lines)*k.g.line - 2*rowPad; rest > k.g.line {
		for rest > 0.01 {
			h := min(rest, k.p.left())
			if h < k.g.line+rowPad {
				k.turn(r)
				h = min(rest, k.p.left())
			}
			k.put(placed{r: r, h: h, from: lines, to: lines})
			rest -= h
		}
	}
}

// elements makes the structure of the table.
func (k *tabler) elements() {
	k.of.kids, k.cells = nil, map[[2]int]*element{}
	for r, row := range k.t.Rows {
		tr := k.of.add("TR")
		for c, x := range row {
			if x.Covered {
				continue
			}
			role := "TD"
			if r < k.t.HeaderRows {
				role = "TH"
			}
			e := tr.add(role)
			e.rowSpan, e.colSpan, e.header = x.RowSpan, x.ColSpan, role == "TH"
			k.cells[[2]int{r, c}] = e
		}
	}
}

// origin is the cell that r, c belongs to.
func (k *tabler) origin(r, c int) [2]int {
	if !k.t.Rows[r][c].Covered {
		return [2]int{r, c}
	}
	for up := r; up >= 0; up-- {
		for l := c; l >= 0; l-- {
			if x := k.t.Rows[up][l]; !x.Covered && up+x.RowSpan > r && l+x.ColSpan > c {
				return [2]int{up, l}
			}
		}
	}
	return [2]int{r, c} // covered by nothing: a cell of its own
}

// flush draws the rows that stand on this page.
func (k *tabler) flush() {
	if len(k.part) == 0 {
		return
	}
	m, n := len(k.part), len(k.g.cols)
	x0, y0 := k.p.c.geo.left, k.p.c.geo.top
	xs := make([]float64, n+1)
	xs[0] = x0
	for c, w := range k.g.cols {
		xs[c+1] = xs[c] + w
	}
	ys := make([]float64, m+1)
	owner := make([][][2]int, m)
	for q, part := range k.part {
		ys[q] = y0 + part.y
		owner[q] = make([][2]int, n)
		for c := range n {
			owner[q][c] = k.origin(part.r, c)
		}
	}
	ys[m] = y0 + k.part[m-1].y + k.part[m-1].h
	k.rulings(owner, xs, ys)
	seen := map[[2]int]bool{}
	for q := range m {
		for c := range n {
			o := owner[q][c]
			// The first part of a cell on this page shows its text here.
			if key := [2]int{o[0], o[1]}; seen[key] {
				continue
			} else {
				seen[key] = true
			}
			end := q + 1
			for end < m && owner[end][c] == o {
				end++
			}
			k.cell(o, q, end, xs, ys)
		}
	}
	k.part = k.part[:0]
}

// rulings draws the lines between cells, each as long as it goes.
func (k *tabler) rulings(owner [][][2]int, xs, ys []float64) {
	m, n := len(owner), len(xs)-1
	for c := 0; c <= n; c++ {
		start := -1
		for q := 0; q <= m; q++ {
			edge := q < m && (c == 0 || c == n || owner[q][c-1] != owner[q][c])
			if edge && start < 0 {
				start = q
			}
			if !edge && start >= 0 {
				k.p.cur.rules = append(k.p.cur.rules, rule{xs[c], ys[start], xs[c], ys[q]})
				start = -1
			}
		}
	}
	for q := 0; q <= m; q++ {
		start := -1
		for c := 0; c <= n; c++ {
			edge := c < n && (q == 0 || q == m || owner[q-1][c] != owner[q][c])
			if edge && start < 0 {
				start = c
			}
			if !edge && start >= 0 {
				k.p.cur.rules = append(k.p.cur.rules, rule{xs[start], ys[q], xs[c], ys[q]})
				start = -1
			}
		}
	}
}

// cell sets the text of the cell at o in the rows q to end of this page.
func (k *tabler) cell(o [2]int, q, end int, xs, ys []float64) {
	r, c := o[0], o[1]
	x := k.t.Rows[r][c]
	lines := k.g.cells[r][c]
	if len(lines) == 0 {
		return
	}
	part := k.part[q]
	h := ys[end] - ys[q]
	switch {
	case part.again:
	case x.RowSpan > 1:
		// As many lines as fit, the rest on the next page.
		from := k.done[o]
		to := len(lines)
		if last := k.part[end-1]; last.r < r+x.RowSpan-1 || last.to >= 0 && end == len(k.part) {
			to = min(to, from+max(0, int((h-rowPad+0.01)/k.g.line)))
		}
		k.done[o] = to
		lines = lines[from:to]
	case end-q > 1 || part.to >= 0:
		from, to := part.from, k.part[end-1].to
		if to < 0 {
			to = len(lines)
		}
		lines = lines[min(from, len(lines)):min(to, len(lines))]
	}
	if len(lines) == 0 {
		return
	}
	of := k.cells[o]
	if part.again {
		of = nil
	}
	width := xs[min(c+x.ColSpan, len(xs)-1)] - xs[c]
	indent := indentOf(x, width, k.g.size)
	top := ys[q] + (h-float64(len(lines))*k.g.line)/2
	if part.to >= 0 {
		top = ys[q] + rowPad/2
	}
	align := alignOf(x, r < k.t.HeaderRows, c)
	for n, l := range lines {
		at := xs[c] + cellSide + indent
		switch free := width - 2*cellSide - indent - l.width; align {
		case center:
			at += free / 2
		case right:
			at += free
		}
		k.p.cur.text(l, faceOf(x), k.g.size, at, top+float64(n)*k.g.line, k.g.line, of)
	}
}
