package recognise

import (
	"strings"

	"juesuan/internal/taxonomy"
)

// Tables without a title, known by their header and rows alone.

const (
	shapeLeast  = 9 // points a table without title needs
	shapeMargin = 4 // and this many more than any other table would have
)

// shaped gives the layout that a grid without a title has, nil when none or
// when several tables look like it: every column of amounts must be one of
// the layout, most rows must be its rows, and no other table may fit nearly
// as well. A table that has been read under its title is not looked for.
func (t *tabler) shaped(g *grid, ctx setting) *taxonomy.Layout {
	if ctx.title != "" || strings.Contains(ctx.near, "表") || len(g.heads()) == 0 || t.r.Kind == "" {
		return nil
	}
	var best *taxonomy.Layout
	score, next := 0, 0
	for i := range t.lay.All {
		lay := &t.lay.All[i]
		if !t.kind(lay, "") {
			continue
		}
		n := t.shape(g, lay)
		switch {
		case n > score:
			if best != nil && best.Table != lay.Table {
				next = score
			}
			best, score = lay, n
		case best != nil && lay.Table != best.Table:
			next = max(next, n)
		}
	}
	if score < shapeLeast || score-next < shapeMargin || t.has(best.Table) {
		return nil
	}
	return best
}

// shape counts two points for a column and one for a row that only this
// layout's words explain, 0 when some column of amounts is not explained.
func (t *tabler) shape(g *grid, lay *taxonomy.Layout) int {
	if lay.Form == taxonomy.ItemForm {
		if n := t.itemScore(g, lay); n >= 7 {
			return 2 * n
		}
		return 0
	}
	cols := t.columns(g, lay)
	if twoCodes(cols) || !t.sorted(g, cols) {
		return 0
	}
	keys, sides := map[string]bool{}, map[int]bool{}
	for _, c := range cols {
		if c.role != valueRole {
			continue
		}
		id := ""
		if c.key != nil {
			id = lay.Sides[c.side].Block + "/" + c.key.Key
		}
		if id == "" || keys[id] {
			return 0
		}
		keys[id], sides[c.side] = true, true
	}
	if len(sides) < len(lay.Sides) && lay.Sides[len(lay.Sides)-1].Codes != "" {
		return 0
	}
	return 2*len(keys) + t.namedRows(g, lay, cols)
}

// namedRows counts the lines of the layout that the grid prints, 0 when most
// rows are none of it.
func (t *tabler) namedRows(g *grid, lay *taxonomy.Layout, cols []column) int {
	names, known, rows := map[string]bool{}, 0, 0
	for i := g.body; i < len(g.own); i++ {
		for c := range cols {
			s := bareName(g.own[i][c])
			if cols[c].role != nameRole || s == "" {
				continue
			}
			rows++
			side := &lay.Sides[cols[c].side]
			k := side.Row(s, nil)
			switch {
			case k != nil:
				known++
				if !isTotal(k.Key) {
					names[side.Block+"/"+k.Key] = true
				}
			case side.Codes == "类" && t.tax.Codes.ClassCode(s, t.r.Year) != "":
				known++
			case side.Codes != "":
				if t.belongs(lay, g.texts(i)) {
					known++
				}
			}
		}
	}
	if known*2 < rows {
		return 0
	}
	return len(names)
}

// has reports whether a table has been read.
func (t *tabler) has(id string) bool {
	for _, b := range t.built {
		if b.table(t.r).ID == id {
			return true
		}
	}
	return false
}
