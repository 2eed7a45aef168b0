package recognise

import (
	"slices"
	"strings"

	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// Pieces of a table that page breaks made.

// follows reports whether a grid without a whole header of its own goes on the
// open table: the same columns, under no header, the same header or its first
// rows only. Rows that stand where a header would and are none (the end of a
// wrapped name) become data.
func (t *tabler) follows(g *grid, ctx setting) bool {
	b := t.open
	if b == nil || !t.next(g) || g.width != len(b.cols) || !t.bare(g) {
		return false
	}
	switch {
	case ctx.title == "":
		if ctx.apart {
			return false
		}
	case !slices.ContainsFunc(ctx.layouts, func(l *taxonomy.Layout) bool { return l.Table == b.layout.Table }):
		return false
	case ctx.page > b.page+1 && b.page != 0:
		return false
	case t.whole(g):
		return false // title and header: goesOn decides
	}
	top, body := g.top, g.body
	g.rehead(b.heads)
	if b.layout.Form != taxonomy.ItemForm && (!t.sorted(g, b.cols) || t.repeats(g, b.cols)) {
		g.top, g.body = top, body
		return false
	}
	return true
}

// next reports whether a grid stands where the open table could go on.
func (t *tabler) next(g *grid) bool {
	b := t.open
	p := g.t.Place
	return b.file == p.File && p.Sheet == b.table(t.r).Place.Sheet && (p.Page == 0 || b.page == 0 || p.Page <= b.page+1)
}

// whole reports whether a grid has the whole header of the open table.
func (t *tabler) whole(g *grid) bool { return slices.Equal(g.heads(), t.open.heads) }

// bare reports whether a grid has no header, the open table's, or the first
// rows of it; other words that name columns are a header of its own.
func (t *tabler) bare(g *grid) bool {
	for i, h := range g.heads() {
		if i < len(t.open.heads) && h == t.open.heads[i] {
			continue
		}
		return i > 0 || !t.headed(g)
	}
	return true
}

// headed reports whether the rows above the data name columns.
func (t *tabler) headed(g *grid) bool {
	for i := g.top; i < g.body; i++ {
		texts := g.texts(i)
		if len(texts) < 2 {
			continue
		}
		n := 0
		for _, s := range texts {
			known := t.lay.Is("科目编码", s) || t.lay.Is("名称", s) || t.lay.Is("序号", s) || t.lay.Is("类款项", s)
			for j := range t.open.layout.Sides {
				known = known || t.open.layout.Sides[j].Column([]string{s}) != nil || t.open.layout.Sides[j].Headed(s)
			}
			if known {
				n++
			}
		}
		if n > 0 {
			return true
		}
	}
	return len(g.heads()) > 0 && len(g.texts(g.top)) > 2
}

// sorted reports whether what stands in the columns is what the open table
// has there: no words among amounts, no amounts among names.
func (t *tabler) sorted(g *grid, cols []column) bool {
	good, bad := 0, 0
	for i := g.body; i < len(g.own); i++ {
		if t.noteRow(g, i) || g.headAgain(t.lay, i) {
			continue
		}
		for c, s := range g.own[i] {
			if s == "" || g.t.Rows[i][c].ColSpan > 1 {
				continue
			}
			_, number := amount(g.t.Rows[i][c])
			if ruledOut.MatchString(s) {
				number = true
			}
			switch cols[c].role {
			case valueRole:
				if number {
					good++
				} else {
					bad++
				}
			case nameRole:
				if number {
					bad++
				} else {
					good++
				}
			}
		}
	}
	return bad*8 <= good
}

// lost reports whether a grid that is not joined looks like a piece of the
// open table: on the next page, under no title and no header, with 科目 codes
// or rows that the layout knows.
func (t *tabler) lost(g *grid, ctx setting) bool {
	b := t.open
	if b == nil || ctx.title != "" || strings.Contains(ctx.near, "表") || !t.next(g) || b.layout.Form == taxonomy.ItemForm || !t.bare(g) {
		return false
	}
	known, rows := 0, 0
	for i := g.body; i < len(g.own); i++ {
		texts := g.texts(i)
		if len(texts) < 2 {
			continue
		}
		rows++
		if t.belongs(b.layout, texts) {
			known++
		}
	}
	return known > 0 && known*2 >= rows && g.amounts()
}

// belongs reports whether a row begins with a code or a name of the layout.
func (t *tabler) belongs(lay *taxonomy.Layout, texts []string) bool {
	for i := range lay.Sides {
		side := &lay.Sides[i]
		if list := t.list(side.Codes); list != nil && side.Codes != "类" && len(list.Names(texts[0])) > 0 {
			return true
		}
		name := bareName(texts[0])
		if k := side.Row(name, nil); k != nil && !isTotal(k.Key) || side.Codes == "类" && t.tax.Codes.ClassCode(name, t.r.Year) != "" {
			return true
		}
	}
	return false
}

// goesOn reports whether a grid with a header is a further piece of the open
// table: the same table under the same title or none, on the same or the next
// page, with rows the table does not have yet (the total row may repeat).
func (t *tabler) goesOn(g *grid, ctx setting, lay *taxonomy.Layout, cols []column) bool {
	b := t.open
	if b == nil || b.layout.Table != lay.Table || ctx.apart && ctx.title == "" || b.file != g.t.Place.File {
		return false
	}
	if g.t.Place.Sheet != b.table(t.r).Place.Sheet {
		return false
	}
	if ctx.title != "" && ctx.page != 0 && b.page != 0 && ctx.page > b.page+1 {
		return false
	}
	if lay.Form == taxonomy.ItemForm {
		return false
	}
	return !t.repeats(g, cols)
}

// repeats reports whether a grid holds rows that the open table already has:
// then it is another table of the same kind (of another unit).
func (t *tabler) repeats(g *grid, cols []column) bool {
	b := t.open
	had := map[string]bool{}
	for _, l := range b.rows {
		if l.row.Key != "" && !isTotal(l.row.Key) {
			had[l.row.Block+"/"+l.row.Key] = true
		}
	}
	// Read as a continuation and as a table of its own: sub-rows and 类 names
	// get their keys from what stands above them.
	fresh := make([]map[string]bool, len(b.seen))
	for i := range fresh {
		fresh[i] = map[string]bool{}
	}
	for _, seen := range [][]map[string]bool{copySeen(b.seen), fresh} {
		trial := &builder{layout: b.layout, cols: cols, column: map[string]int{}, seen: seen, above: slices.Clone(b.above)}
		t.readLines(trial, &report.Table{}, g)
		same, rows := 0, 0
		for _, l := range trial.rows {
			if l.row.Key == "" || isTotal(l.row.Key) {
				continue
			}
			rows++
			if had[l.row.Block+"/"+l.row.Key] {
				same++
			}
		}
		if same > 0 && same*2 >= rows || same > 1 && same*3 >= rows {
			return true
		}
	}
	return false
}

func copySeen(s []map[string]bool) []map[string]bool {
	out := make([]map[string]bool, len(s))
	for i, m := range s {
		out[i] = map[string]bool{}
		for k := range m {
			out[i][k] = true
		}
	}
	return out
}

func isTotal(key string) bool { return key == "合计" || strings.HasPrefix(key, "合计（") }
