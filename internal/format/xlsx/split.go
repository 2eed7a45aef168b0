package xlsx

// split.go cuts a worksheet into what its reader sees: titles and unit lines,
// the grids of the tables, and notes.

import (
	"slices"
	"sort"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/format/flow"
)

type rowKind int

const (
	blankRow rowKind = iota
	singleRow
	metaRow
	multiRow
)

// merge marks the cells that merged cells cover, and records the anchors.
func (g *grid) merge() {
	const most = 2_000_000 // cells looked at; overlapping merges of a hostile file are cut off here
	budget := most
	for _, m := range g.merges {
		from := sort.Search(len(g.rows), func(i int) bool { return g.rows[i].num >= m.r0 })
		for i := from; i < len(g.rows) && g.rows[i].num <= m.r1; i++ {
			for j := range g.rows[i].cells {
				if budget--; budget < 0 {
					return
				}
				c := &g.rows[i].cells[j]
				if c.col < m.c0 || c.col > m.c1 {
					continue
				}
				if c.col == m.c0 && g.rows[i].num == m.r0 {
					c.rowSpan, c.colSpan = m.r1-m.r0+1, m.c1-m.c0+1
					continue
				}
				c.covered, c.text, c.number, c.formula = true, "", "", ""
			}
		}
	}
}

func (r *row) filled() []*cell {
	var out []*cell
	for j := range r.cells {
		if r.cells[j].text != "" {
			out = append(out, &r.cells[j])
		}
	}
	return out
}

func (r *row) bordered() bool {
	return slices.ContainsFunc(r.cells, func(c cell) bool { return c.bordered })
}

func (r *row) classify() rowKind {
	cells := r.filled()
	if len(cells) == 0 {
		return blankRow
	}
	texts := make([]string, 0, 4)
	for _, c := range cells {
		if c.number != "" || len(texts) == 4 {
			texts = nil
			break
		}
		texts = append(texts, c.text)
	}
	switch {
	case flow.Meta(texts...):
		return metaRow
	case len(cells) == 1:
		return singleRow
	}
	return multiRow
}

// headerLike rows hold names only.
func (r *row) headerLike() bool {
	for _, c := range r.filled() {
		if c.number != "" || strings.Trim(c.text, "0123456789.,-%") == "" {
			return false
		}
	}
	return true
}

// blocks makes the blocks of the sheet in their order.
func (g *grid) blocks() []document.Block {
	var out []document.Block
	var cur []*row // rows of the table being gathered
	blanks := 0    // unbordered blank rows since the last row of cur
	numbers, framed := false, false
	flush := func() {
		if t := g.table(cur); t != nil {
			out = append(out, document.Block{Kind: document.TableBlock, Table: t, Place: t.Place})
		}
		cur, blanks, numbers, framed = nil, 0, false, false
	}
	say := func(r *row) {
		if r.hidden {
			g.warn("隐藏的行中有文字，已忽略", r.num, r.filled()[0].col)
			return
		}
		for _, c := range r.filled() {
			for s := range strings.SplitSeq(c.text, "\n") {
				if s = clean(s); s != "" {
					p := g.place(r.num, c.col)
					out = append(out, document.Block{Kind: document.Paragraph, Text: document.Plain(s, p), Place: p})
				}
			}
		}
	}
	last := 0
	for i := range g.rows {
		r := &g.rows[i]
		if cur != nil {
			blanks += max(0, r.num-last-1)
		}
		last = r.num
		bordered := r.bordered()
		switch r.classify() {
		case blankRow:
			if cur == nil {
				break
			}
			if bordered {
				cur = append(cur, r)
			} else {
				blanks++
			}
		case metaRow:
			if cur != nil && bordered && framed && blanks == 0 && len(r.filled()) == 1 && !r.wide() {
				cur = append(cur, r) // a name in a table that reads like a caption
				break
			}
			flush()
			say(r)
		case singleRow:
			if (cur == nil || blanks > 0) && bordered && i+1 < len(g.rows) && (heads(r, &g.rows[i+1]) || tops(r, &g.rows[i+1])) {
				flush()
				cur = append(cur, r)
				break
			}
			if cur == nil || g.apart(r, bordered, framed, blanks) {
				flush()
				say(r)
				break
			}
			cur = append(cur, r)
		case multiRow:
			if blanks > 0 && numbers && r.headerLike() {
				flush()
			}
			blanks = 0
			cur = append(cur, r)
			framed = framed || bordered
			numbers = numbers || !r.headerLike()
		}
	}
	flush()
	return out
}

// wide tells a line that runs across the sheet.
func (r *row) wide() bool {
	c := r.filled()[0]
	return c.colSpan >= 3
}

// heads reports whether the one text of r is the head of a column of numbers
// below it: a table with an empty corner and a single column.
func heads(r, below *row) bool {
	c := r.filled()[0]
	return c.colSpan == 1 && below.classify() == multiRow &&
		slices.ContainsFunc(below.cells, func(x cell) bool { return x.col == c.col && x.number != "" })
}

// tops reports whether the one text of r, in the frame of the table, is the
// head over all the columns below it.
func tops(r, below *row) bool {
	return r.wide() && !flow.TableTitle(r.filled()[0].text) && below.bordered() &&
		below.num == r.num+1 && below.classify() == multiRow && below.headerLike()
}

// apart reports whether a row with one text stands outside the grid above
// it: a note below the table or the title of the next one.
func (g *grid) apart(r *row, bordered, framed bool, blanks int) bool {
	s := r.filled()[0].text
	switch {
	case flow.Note(s):
		return true
	case r.filled()[0].number != "":
		return false
	case framed && !bordered, blanks > 0 && !bordered:
		return true
	case flow.TableTitle(s) && r.wide():
		return true
	}
	return strings.ContainsAny(s, "。；") && r.wide()
}

// table makes the rectangle of the rows, nil when nothing is in it.
func (g *grid) table(rows []*row) *document.Table {
	for len(rows) > 0 && len(rows[len(rows)-1].filled()) == 0 {
		rows = rows[:len(rows)-1]
	}
	lo, hi := 1<<30, 0
	for _, r := range rows {
		for _, c := range r.filled() {
			lo, hi = min(lo, c.col), max(hi, c.col)
		}
	}
	if hi == 0 {
		return nil
	}
	// A merged header may reach beyond the last filled column, as far as the
	// frame goes.
	edge := hi
	for _, r := range rows {
		for _, c := range r.filled() {
			edge = max(edge, min(c.col+c.colSpan-1, r.lastBordered()))
		}
	}
	hi = min(edge, hi+64)
	t := &document.Table{Ruled: true, Rows: make([][]document.Cell, len(rows)), Place: g.place(rows[0].num, lo)}
	at := make(map[int]int, len(rows))
	for i, r := range rows {
		at[r.num] = i
	}
	for i, r := range rows {
		line := make([]document.Cell, hi-lo+1)
		for j := range line {
			line[j] = document.Cell{RowSpan: 1, ColSpan: 1, Hidden: g.hidden || r.hidden || g.hiddenCols[lo+j],
				Place: g.place(r.num, lo+j)}
		}
		for k := range r.cells {
			c := &r.cells[k]
			if c.col < lo || c.col > hi {
				continue
			}
			x := &line[c.col-lo]
			x.Text, x.Number, x.Formula, x.Indent, x.Covered = c.text, c.number, c.formula, c.indent, c.covered
			if c.text == "" {
				x.Indent = 0
			}
			if c.colSpan > 1 || c.rowSpan > 1 {
				x.ColSpan = min(c.colSpan, hi-c.col+1)
				x.RowSpan = 0
				for j := i; j < len(rows) && rows[j].num < r.num+c.rowSpan; j++ {
					x.RowSpan++
				}
			}
		}
		t.Rows[i] = line
	}
	cover(t)
	return t
}

// cover marks what merged cells cover, also where the file has no cell; a
// merge whose anchor lies outside the table leaves plain empty cells.
func cover(t *document.Table) {
	for i := range t.Rows {
		for j := range t.Rows[i] {
			t.Rows[i][j].Covered = false
		}
	}
	for i := range t.Rows {
		for j := range t.Rows[i] {
			c := &t.Rows[i][j]
			if c.Covered {
				c.RowSpan, c.ColSpan = 1, 1
				continue
			}
			for y := i; y < i+c.RowSpan; y++ {
				for x := j; x < j+c.ColSpan; x++ {
					if y != i || x != j {
						t.Rows[y][x].Covered = true
					}
				}
			}
		}
	}
}

func (r *row) lastBordered() int {
	for k := len(r.cells) - 1; k >= 0; k-- {
		if r.cells[k].bordered {
			return r.cells[k].col
		}
	}
	return 0
}
