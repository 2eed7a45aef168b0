package recognise

import (
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// lines reads the rows of a grid into the open table, one group of columns
// after the other.
func (t *tabler) lines(b *builder, g *grid) { t.readLines(b, b.table(t.r), g) }

func (t *tabler) readLines(b *builder, tab *report.Table, g *grid) {
	groups := 0
	for _, c := range b.cols {
		groups = max(groups, c.group+1)
		if c.role == valueRole { // columns in the order of the header
			b.columnOf(tab, b.layout.Sides[c.side].Block, c)
		}
	}
	for len(b.last) < groups {
		b.last = append(b.last, -1)
	}
	for i := range b.above {
		b.above[i].page()
	}
	for n := range groups {
		first := true
		for i := g.body; i < len(g.t.Rows); i++ {
			if g.headAgain(t.lay, i) || t.noteRow(g, i) {
				continue
			}
			raw, ok := t.raw(b, g, i, n)
			if !ok {
				continue
			}
			t.line(b, tab, raw, n, first)
			first = false
		}
	}
}

// rawLine is one group of columns of a grid row.
type rawLine struct {
	codes  []string // cells of the code columns, as printed
	name   string
	indent int
	x      float64 // left edge of the code cell, for codes set off by blanks
	ruled  bool
	level  int // by the indent, of a name without a code
	place  document.Place
	side   int
	values map[int]document.Cell // by grid column
}

// raw collects a group's cells; ok is false when the group prints nothing but
// a line number in this row.
func (t *tabler) raw(b *builder, g *grid, i, group int) (rawLine, bool) {
	raw := rawLine{values: map[int]document.Cell{}, ruled: g.t.Ruled}
	any := false
	for c, col := range b.cols {
		if col.group != group || c >= len(g.t.Rows[i]) {
			continue
		}
		raw.side = col.side
		cell := g.t.Rows[i][c]
		s := g.own[i][c]
		if s != "" && col.role != seqRole && col.role != noteRole {
			any = true
			if raw.place == (document.Place{}) {
				raw.place = cell.Place
			} else {
				raw.place.Box = raw.place.Box.Union(cell.Place.Box)
			}
		}
		switch col.role {
		case codeRole, partRole:
			if cell.ColSpan > 1 && t.beyond(b, c, cell.ColSpan) {
				return raw, false
			}
			if s != "" && !codeLike(s) && raw.name == "" { // a name that spans the code column
				raw.name = s
				raw.codes = append(raw.codes, "")
				continue
			}
			if s != "" {
				raw.indent, raw.x = max(cell.Indent, blanks(cell.Text)), cell.Place.Box.X0
			}
			raw.codes = append(raw.codes, strings.TrimSpace(cell.Text))
		case nameRole:
			if cell.ColSpan > 1 && t.beyond(b, c, cell.ColSpan) {
				return raw, false // a name across two sides: the amount stands beside the last
			}
			if s == "" && cell.Covered && raw.name == "" && t.from(b, g, i, c) {
				s, any = g.over[i][c], true
			}
			if raw.name == "" {
				raw.name = s
				if len(raw.codes) == 0 {
					raw.indent = max(cell.Indent, blanks(cell.Text))
				}
			}
		case valueRole:
			raw.values[c] = cell
		}
	}
	return raw, any
}

// beyond reports whether a cell spans into another group of columns.
func (t *tabler) beyond(b *builder, c, span int) bool {
	last := min(c+span, len(b.cols)) - 1
	return b.cols[last].group != b.cols[c].group
}

// from reports whether a covered cell gets its text from another group.
func (t *tabler) from(b *builder, g *grid, i, c int) bool {
	for k := c - 1; k >= 0; k-- {
		if cell := g.t.Rows[i][k]; !cell.Covered {
			return k+cell.ColSpan > c && b.cols[k].group != b.cols[c].group
		}
	}
	return false
}

func blanks(s string) int {
	n := 0
	for _, r := range s {
		switch r {
		case ' ', '\u00a0':
			n++
		case '\u3000':
			n += 2
		default:
			return n
		}
	}
	return n
}

// line adds a row to the table.
func (t *tabler) line(b *builder, tab *report.Table, raw rawLine, group int, first bool) {
	side := &b.layout.Sides[raw.side]
	code, name := t.code(b, &raw, side)
	printed := false
	for _, c := range raw.values {
		if strings.TrimSpace(c.Text) != "" {
			printed = true
		}
	}
	l := line{row: report.Row{Code: code, Name: name, Block: side.Block, Place: raw.place},
		cells: map[int]document.Cell{}, amount: map[int]figure.Figure{}}
	k := t.key(b, &l, side, raw)
	if k == nil && code == "" && (t.continues(b, raw, name, printed, group, first) || first && t.rest(b, tab, raw, name, group)) {
		return
	}
	if name == "" && code == "" && allZero(raw.values) {
		return // a filled-in 0 beside no name
	}
	own(b.layout, &l.row)
	b.fill(tab, &l, raw)
	if t.again(b, &l) {
		return
	}
	b.last[group] = len(b.rows)
	b.rows = append(b.rows, l)
	if l.row.Key != "" {
		b.seen[raw.side][l.row.Key] = true
	}
}

// fill puts a group's amounts into their columns.
func (b *builder) fill(tab *report.Table, l *line, raw rawLine) {
	for c := range b.cols {
		cell, ok := raw.values[c]
		if !ok {
			continue
		}
		at := b.columnOf(tab, l.row.Block, b.cols[c])
		if strings.TrimSpace(cell.Text) == "" && cell.Number == "" {
			if _, had := l.cells[at]; had {
				continue
			}
		}
		l.cells[at] = cell
		if f, ok := amount(cell); ok {
			l.amount[at] = f
		}
	}
}

// rest joins the second half of a row that a page break cut: the end of the
// name and the amounts, under a row that has a code and no amounts.
func (t *tabler) rest(b *builder, tab *report.Table, raw rawLine, name string, group int) bool {
	if b.last[group] < 0 || name == "" || bareName(name) != name {
		return false
	}
	had := &b.rows[b.last[group]]
	if had.row.Code == "" || len(had.amount) > 0 || !t.cut(b, had.row) {
		return false
	}
	had.row.Name += name
	b.fill(tab, had, raw)
	return true
}

func allZero(values map[int]document.Cell) bool {
	for _, c := range values {
		if f, ok := amount(c); ok && f.Coef != 0 || !ok && strings.TrimSpace(c.Text) != "" {
			return false
		}
	}
	return true
}

// key gives the row its canonical key, level and whole.
func (t *tabler) key(b *builder, l *line, side *taxonomy.Side, raw rawLine) *taxonomy.Key {
	bare := bareName(l.row.Name)
	seen := b.seen[raw.side]
	if l.row.Code != "" {
		l.row.Key, l.row.Level = l.row.Code, (len(l.row.Code)-1)/2
		return nil
	}
	k := side.Row(bare, func(key string) bool { return seen[key] })
	if k == nil {
		k = side.Row(partOf(bare), func(key string) bool { return seen[key] })
	}
	if k != nil {
		l.row.Key, l.row.Part, l.unit = k.Key, k.Part, figure.Unit(k.Unit)
		if l.row.Part == "" && partOf(bare) != bare && len(b.rows) > 0 {
			l.row.Part = t.above(b, l.row.Block)
		}
		return k
	}
	if side.Codes == "类" && !seen["本年支出合计"] {
		c, level := t.byName(&b.above[raw.side], raw, l.row.Name, side)
		if c == "" && level < 2 {
			c = t.tax.Codes.ClassCode(bare, t.r.Year)
		}
		if c != "" {
			b.above[raw.side].put(c, raw)
			l.row.Code, l.row.Key, l.row.Level = c, c, (len(c)-1)/2
			l.row.Part = taxonomy.Parent(c)
			return &taxonomy.Key{Key: c}
		}
		raw.level = level
		if bare != l.row.Name {
			l.row.Key, l.row.Level = taxonomy.FoldName(bare), 1
			return &taxonomy.Key{Key: l.row.Key}
		}
	}
	b.above[raw.side].unknown(&l.row, raw)
	return nil
}

// above is the key of the last row of the side that is no part itself: what
// 其中 in the next row refers to.
func (t *tabler) above(b *builder, block string) string {
	for i := len(b.rows) - 1; i >= 0; i-- {
		if r := b.rows[i].row; r.Block == block && r.Part == "" {
			return r.Key
		}
	}
	return ""
}

// own moves a row to the side that owns its 类, wherever it is printed.
func own(lay *taxonomy.Layout, row *report.Row) {
	for _, s := range lay.Sides {
		for _, c := range s.Own {
			if row.Code != "" && strings.HasPrefix(row.Code, c) {
				row.Block = s.Block
				return
			}
		}
	}
}

// again reports whether a row repeats the total row of an earlier piece. One
// with other amounts stays, under a key of its own.
func (t *tabler) again(b *builder, l *line) bool {
	if !isTotal(l.row.Key) || !b.seenKey(l.row) {
		return false
	}
	for _, had := range b.rows {
		if had.row.Key != l.row.Key || had.row.Block != l.row.Block {
			continue
		}
		if sameAmounts(had.amount, l.amount) {
			return true
		}
	}
	l.row.Key += "（重复）"
	return false
}

func (b *builder) seenKey(r report.Row) bool {
	for _, had := range b.rows {
		if had.row.Key == r.Key && had.row.Block == r.Block {
			return true
		}
	}
	return false
}

func sameAmounts(a, b map[int]figure.Figure) bool {
	for i, f := range a {
		if b[i].Value().Cmp(f.Value()) != 0 {
			return false
		}
	}
	for i, f := range b {
		if a[i].Value().Cmp(f.Value()) != 0 {
			return false
		}
	}
	return true
}

// continues joins the rest of a name that was broken over two rows or two
// pages: a row of words alone that is no row of the layout.
func (t *tabler) continues(b *builder, raw rawLine, name string, printed bool, group int, first bool) bool {
	last := b.last[group]
	if printed || name == "" || bareName(name) != name {
		return false
	}
	if last < 0 || !first && raw.ruled && !t.cut(b, b.rows[last].row) {
		return false
	}
	row := &b.rows[last].row
	side := &b.layout.Sides[raw.side]
	joined := row.Name + name
	if row.Code == "" && row.Key != "" && side.Row(bareName(joined), nil) == nil {
		return false // a whole name stands above: these words are something else
	}
	row.Name = joined
	if row.Code == "" || side.Codes == "类" {
		l := line{row: report.Row{Name: joined, Block: row.Block}}
		if k := t.key(b, &l, side, raw); k != nil {
			row.Key, row.Code, row.Level, row.Part = l.row.Key, l.row.Code, l.row.Level, l.row.Part
			b.seen[raw.side][row.Key] = true
		}
	}
	return true
}

// cut reports whether a row's name is only the beginning of its code's name.
func (t *tabler) cut(b *builder, r report.Row) bool {
	if r.Code == "" {
		return false
	}
	list := t.list(b.layout.Sides[0].Codes)
	if list == nil {
		return false
	}
	folded := taxonomy.FoldName(r.Name)
	for _, i := range list.Names(r.Code) {
		full := taxonomy.FoldName(i.Name)
		if full == folded {
			return false
		}
		if strings.HasPrefix(full, folded) {
			return true
		}
	}
	return false
}

// bareName takes the number off a printed name: 一、 （二） 3.
func bareName(s string) string { return numbered.ReplaceAllString(s, "") }

// partOf takes 其中： off a name.
func partOf(s string) string {
	for _, p := range []string{"其中:", "其中：", "其中"} {
		if t, ok := strings.CutPrefix(s, p); ok {
			return bareName(t)
		}
	}
	return s
}
