package pdf

import (
	"slices"
	"strings"

	"juesuan/internal/document"
)

// table is a table on a page with the box it takes.
type table struct {
	Box   document.Box
	Rows  [][]document.Cell
	Ruled bool
}

// ruledTables finds the tables that lines make and takes their characters off
// the page.
func ruledTables(p *rawPage) (tables []table, rest []char) {
	rest = p.Chars
	for _, group := range clusterRulings(mergeRulings(p.Lines)) {
		g := makeGrid(group)
		if g == nil {
			continue
		}
		b := g.box()
		var inside, out []char
		for _, c := range rest {
			x, y := c.centre(), c.middle()
			if x >= b.X0 && x <= b.X1 && y >= b.Y0 && y <= b.Y1 {
				inside = append(inside, c)
			} else {
				out = append(out, c)
			}
		}
		if len(inside) == 0 {
			continue
		}
		t, ok := fillGrid(g, inside)
		if !ok {
			continue
		}
		rest = out
		tables = append(tables, t)
	}
	return tables, rest
}

// fillGrid puts characters into the cells of a grid.
func fillGrid(g *grid, chars []char) (table, bool) {
	regs := g.regions()
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
	held := make([][]char, len(regs))
	for _, c := range chars {
		r, k := slot(g.Ys, c.middle()), slot(g.Xs, c.centre())
		if r < 0 || k < 0 {
			continue
		}
		held[owner[r][k]] = append(held[owner[r][k]], c)
	}
	full := 0
	for _, h := range held {
		if len(h) > 0 {
			full++
		}
	}
	if len(regs) < 2 || full < 2 {
		return table{}, false
	}
	t := table{Box: g.box(), Ruled: true, Rows: make([][]document.Cell, g.rows())}
	for r := range t.Rows {
		t.Rows[r] = make([]document.Cell, g.cols())
		for c := range t.Rows[r] {
			t.Rows[r][c] = document.Cell{RowSpan: 1, ColSpan: 1, Covered: true}
		}
	}
	for i, q := range regs {
		t.Rows[q.R0][q.C0] = document.Cell{
			Text:    cellText(held[i]),
			RowSpan: q.R1 - q.R0 + 1, ColSpan: q.C1 - q.C0 + 1,
			Place: document.Place{Box: document.Box{X0: g.Xs[q.C0], Y0: g.Ys[q.R0], X1: g.Xs[q.C1+1], Y1: g.Ys[q.R1+1]}},
		}
	}
	t.Rows = dropEmptyTracks(t.Rows)
	return t, true
}

// cellText spells the characters of a cell, a line break for each of its lines.
func cellText(cs []char) string {
	lines := makeLines(cs)
	parts := make([]string, 0, len(lines))
	for _, l := range lines {
		parts = append(parts, strings.TrimSpace(spell(l.Chars, 2.5)))
	}
	return strings.Join(parts, "\n")
}

// dropEmptyTracks removes rows and columns that no cell begins in: slivers
// between double lines.
func dropEmptyTracks(rows [][]document.Cell) [][]document.Cell {
	if len(rows) == 0 {
		return rows
	}
	for c := 0; c < len(rows[0]); c++ {
		starts := false
		for r := range rows {
			if !rows[r][c].Covered {
				starts = true
			}
		}
		if starts {
			continue
		}
		for r := range rows {
			for k := c - 1; k >= 0; k-- {
				if !rows[r][k].Covered {
					if k+rows[r][k].ColSpan > c {
						rows[r][k].ColSpan--
					}
					break
				}
			}
			rows[r] = slices.Delete(rows[r], c, c+1)
		}
		c--
	}
	return rows
}
