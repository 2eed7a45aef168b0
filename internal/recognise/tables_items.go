package recognise

import (
	"strconv"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// axis says what a header path or a row name names: an item (公务接待费), a
// measure (决算数), or both.
type axis struct {
	item, measure *taxonomy.Key
}

// axisOf reads a header path: the level that names a measure is taken out,
// the rest names the item.
func axisOf(side *taxonomy.Side, path []string) axis {
	var a axis
	var rest []string
	for _, p := range path {
		if k := side.Column([]string{p}); k != nil && a.measure == nil {
			a.measure = k
			continue
		}
		rest = append(rest, p)
	}
	if len(rest) > 0 {
		a.item = side.Item(rest)
	}
	return a
}

// scoreRows bounds the rows that decide what a table is.
const scoreRows = 60

// itemScore says how well a header, or the names down the left, fit an item layout.
func (t *tabler) itemScore(g *grid, lay *taxonomy.Layout) int {
	side := &lay.Sides[0]
	items, measures := map[string]bool{}, map[string]bool{}
	note := func(a axis) {
		if a.item != nil {
			items[a.item.Key] = true
		}
		if a.measure != nil {
			measures[a.measure.Key] = true
		}
	}
	for c := 0; c < g.width; c++ {
		note(axisOf(side, g.path(c)))
	}
	for i := g.body; i < min(len(g.own), g.body+scoreRows); i++ {
		if name, _ := g.firstWord(i); name != "" {
			note(axisOf(side, []string{partOf(bareName(name))}))
		}
	}
	if len(items) < 3 {
		return 0
	}
	return len(items) + len(measures)
}

// firstWord is the first cell of a row that is no number.
func (g *grid) firstWord(i int) (string, int) {
	for c, s := range g.own[i] {
		if s != "" && !g.numeric(i, c) {
			return s, c
		}
		if s != "" {
			break
		}
	}
	return "", -1
}

// items reads a table whose items and measures may stand in rows or columns;
// the table that comes out has items as rows and measures as columns.
func (t *tabler) items(b *builder, g *grid) {
	side := &b.layout.Sides[0]
	tab := b.table(t.r)
	axes := make([]axis, g.width)
	for c := range axes {
		axes[c] = axisOf(side, t.thisYear(g.path(c)))
	}
	if len(g.heads()) == 0 && len(b.axes) == len(axes) {
		axes = b.axes // a further page without header
	}
	b.axes = axes
	t.headItems(b, tab, axes, g)
	total := -1
	if n := itemCount(axes); n >= 3 { // items across: a total row is of units, not an item
		total = g.totalRow()
	}
	for i := g.body; i < len(g.t.Rows); i++ {
		if g.counts(t.lay, i) || total >= 0 && i != total {
			continue
		}
		if t.turn(g, i, side, axes) {
			continue
		}
		name, at := g.firstWord(i)
		row := axisOf(side, []string{partOf(bareName(name))})
		if i == total {
			row.item = nil
		}
		for c := range g.t.Rows[i] {
			cell := g.t.Rows[i][c]
			if c == at || cell.Covered || strings.TrimSpace(cell.Text) == "" || t.lay.Is("序号", axes[c].header(g, c)) {
				continue
			}
			f, ok := amount(cell)
			if !ok || f.Unit.Kind() == figure.Rate {
				continue
			}
			item, measure := row.item, row.measure
			if item == nil {
				item = axes[c].item
			}
			if measure == nil {
				measure = axes[c].measure
			}
			if item == nil {
				continue
			}
			t.put(b, tab, side, item, measure, cell, f)
			if row.item != nil {
				b.itemRow(item, cell.Place).row.Name = name
			}
		}
	}
}

// thisYear is a header path of a budget with the planned year as 本年: of two
// years side by side the other is last year's.
func (t *tabler) thisYear(path []string) []string {
	if t.r.Kind != report.Budget || t.r.Year == 0 {
		return path
	}
	year := strconv.Itoa(t.r.Year)
	out := make([]string, len(path))
	for i, p := range path {
		p = strings.Replace(p, year+"年度", "本年", 1)
		out[i] = strings.Replace(p, year+"年", "本年", 1)
	}
	return out
}

// itemCount counts the items that a header names.
func itemCount(axes []axis) int {
	items := map[*taxonomy.Key]bool{}
	for _, a := range axes {
		if a.item != nil {
			items[a.item] = true
		}
	}
	return len(items)
}

// totalRow is the row of the body that begins with 合计 and has amounts, −1 for none.
func (g *grid) totalRow() int {
	for i := g.body; i < len(g.own); i++ {
		if name, _ := g.firstWord(i); isTotal(name) && len(g.texts(i)) > 1 {
			return i
		}
	}
	return -1
}

func (a axis) header(g *grid, c int) string {
	p := g.path(c)
	if len(p) == 0 {
		return ""
	}
	return p[len(p)-1]
}

// turn takes a header row inside the body (项目 | 统计数): from here on the
// columns mean what it says.
func (t *tabler) turn(g *grid, i int, side *taxonomy.Side, axes []axis) bool {
	found := false
	for c, s := range g.over[i] {
		if g.numeric(i, c) {
			return false
		}
		if k := side.Column([]string{s}); s != "" && k != nil && g.own[i][0] != s {
			found = true
		}
	}
	if !found || g.own[i][0] != "" && !t.lay.Is("名称", g.own[i][0]) {
		return false
	}
	for c, s := range g.over[i] {
		if k := side.Column([]string{s}); s != "" && k != nil {
			axes[c].measure = k
		}
	}
	return true
}

// put stores one amount at its item and measure.
func (t *tabler) put(b *builder, tab *report.Table, side *taxonomy.Side, item, measure *taxonomy.Key, cell document.Cell, f figure.Figure) {
	if measure == nil {
		for i := range side.Columns {
			if side.Columns[i].Key == side.Default {
				measure = &side.Columns[i]
			}
		}
	}
	l := b.itemRow(item, cell.Place)
	if len(l.cells) == 0 {
		l.row.Place = cell.Place
	}
	at := b.columnOf(tab, "", column{key: measure, header: measure.Key})
	if _, had := l.amount[at]; had {
		return // 其中 lines that name an item again
	}
	l.cells[at] = cell
	l.amount[at] = f
}

func (b *builder) itemRow(item *taxonomy.Key, p document.Place) *line {
	for i := range b.rows {
		if b.rows[i].row.Key == item.Key {
			return &b.rows[i]
		}
	}
	b.rows = append(b.rows, line{
		row:   report.Row{Key: item.Key, Name: item.Key, Part: item.Part, Place: p},
		unit:  figure.Unit(item.Unit),
		cells: map[int]document.Cell{}, amount: map[int]figure.Figure{},
	})
	return &b.rows[len(b.rows)-1]
}

// headItems gives the table the rows and columns its header names, also those
// that stay blank.
func (t *tabler) headItems(b *builder, tab *report.Table, axes []axis, g *grid) {
	for c, a := range axes {
		if a.item != nil {
			b.itemRow(a.item, g.t.Place)
		}
		if a.measure != nil {
			b.columnOf(tab, "", column{key: a.measure, header: strings.Join(g.path(c), "/")})
		}
	}
}
