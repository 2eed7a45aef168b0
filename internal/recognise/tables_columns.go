package recognise

import (
	"strings"

	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// role of a grid column.
type colRole int

const (
	noRole    colRole = iota
	codeRole          // 科目编码
	partRole          // 类, 款 or 项 of a code in three cells
	nameRole          // 科目名称, 项目
	seqRole           // 行次
	noteRole          // 备注
	valueRole         // amounts
)

// structural columns begin a new side when they follow amounts.
func (r colRole) structural() bool {
	return r == codeRole || r == partRole || r == nameRole || r == seqRole
}

// column is what a grid column means.
type column struct {
	role   colRole
	group  int // columns that belong together: name and amounts of one side
	side   int // index into Layout.Sides
	key    *taxonomy.Key
	header string
}

// choose gives the layout of the title that fits the header best, nil when
// none fits.
func (t *tabler) choose(g *grid, ctx setting) *taxonomy.Layout {
	var best *taxonomy.Layout
	score := 0
	for _, lay := range ctx.layouts {
		var s int
		if lay.Form == taxonomy.ItemForm {
			s = t.itemScore(g, lay)
		} else {
			s = t.columnScore(g, lay)
		}
		if s > score {
			best, score = lay, s
		}
	}
	return best
}

// kind reports whether a layout can stand in this document: the title decides,
// then the kind of the document.
func (t *tabler) kind(lay *taxonomy.Layout, title string) bool {
	switch {
	case strings.Contains(title, "决算"):
		return lay.Kind == "决算"
	case strings.Contains(title, "预算") && !strings.Contains(title, "预算财政拨款") && !strings.Contains(title, "公共预算") && !strings.Contains(title, "基金预算") && !strings.Contains(title, "经营预算"):
		return lay.Kind == "预算"
	case t.r.Kind == report.Budget:
		return lay.Kind == "预算"
	case t.r.Kind == report.Final:
		return lay.Kind == "决算"
	}
	return true
}

func (t *tabler) columnScore(g *grid, lay *taxonomy.Layout) int {
	cols := t.columns(g, lay)
	if twoCodes(cols) {
		return 0
	}
	score, sides := 0, map[int]bool{}
	for _, c := range cols {
		if c.role != valueRole {
			continue
		}
		if c.key == nil {
			score--
			continue
		}
		score += 2
		sides[c.side] = true
	}
	if len(sides) < min(2, len(lay.Sides)) {
		score -= 2 // one side of two: a piece, or another table
	}
	return score
}

// twoCodes reports whether one group of columns has two codes with a name
// between them: 部门 and 政府 经济分类 side by side. There a code stands in
// several rows, and no relation between codes holds.
func twoCodes(cols []column) bool {
	group, named := -1, false
	for _, c := range cols {
		if c.group != group {
			group, named = c.group, false
		}
		switch c.role {
		case nameRole:
			named = true
		case codeRole, partRole:
			if named {
				return true
			}
		}
	}
	return false
}

// columns reads the header of a grid: roles, sides, canonical keys.
func (t *tabler) columns(g *grid, lay *taxonomy.Layout) []column {
	cols := make([]column, g.width)
	for c := range cols {
		path := g.path(c)
		cols[c].header = strings.Join(path, "/")
		cols[c].role = t.role(g, c, path)
	}
	group, values := 0, false
	for c := range cols {
		if cols[c].role.structural() && values {
			group++
			values = false
		}
		values = values || cols[c].role == valueRole
		cols[c].group = group
	}
	t.sides(g, lay, cols)
	for c := range cols {
		if cols[c].role == valueRole {
			cols[c].key = lay.Sides[cols[c].side].Column(g.path(c))
		}
	}
	return cols
}

// role reads the role of a column from its header and, where that leaves it
// open, from what stands below.
func (t *tabler) role(g *grid, c int, path []string) colRole {
	r := noRole
	for len(path) > 1 && isTotal(path[len(path)-1]) && t.lay.Is("科目编码", path[len(path)-2]) || len(path) > 1 && isTotal(path[len(path)-1]) && strings.HasSuffix(path[len(path)-2], "名称") {
		path = path[:len(path)-1] // the total row of an empty table, printed in the header
	}
	if len(path) > 0 {
		switch leaf := path[len(path)-1]; {
		case t.lay.Is("类款项", leaf):
			r = partRole
		case t.lay.Is("科目编码", leaf):
			r = codeRole
		case t.lay.Is("序号", leaf):
			r = seqRole
		case t.lay.Is("名称", leaf):
			r = nameRole
		case t.lay.Is("附注列", leaf):
			r = noteRole
		default:
			r = valueRole
			if len(path) > 1 && t.lay.Is("栏次", leaf) {
				r = t.role(g, c, path[:len(path)-1])
			}
		}
	}
	codes, numbers, words := 0, 0, 0
	for i := g.body; i < len(g.t.Rows); i++ {
		s := g.own[i][c]
		switch {
		case s == "":
		case codeCell.MatchString(strings.ReplaceAll(s, " ", "")):
			codes++
		case g.numeric(i, c):
			numbers++
		default:
			words++
		}
	}
	switch {
	case r == noRole && numbers+codes+words == 0:
		return noRole
	case r == nameRole && codes > words && codes > numbers, r == noRole && codes > words && codes > numbers:
		return codeRole // “项目” above both code and name
	case r == noRole && words > numbers:
		return nameRole
	case r == noRole:
		return valueRole
	}
	return r
}

// sides gives every group of columns its side of the layout: by the words
// above it, else by order.
func (t *tabler) sides(g *grid, lay *taxonomy.Layout, cols []column) {
	if len(lay.Sides) == 1 {
		return
	}
	groups := cols[len(cols)-1].group + 1
	side := make([]int, groups)
	for n := range side {
		side[n] = min(n, len(lay.Sides)-1)
		deep := -1
		for c := range cols {
			if cols[c].group != n {
				continue
			}
			for level, words := range g.path(c) {
				for i := range lay.Sides {
					if level > deep && lay.Sides[i].Headed(words) {
						side[n], deep = i, level // 支出用途 below 支出 says more
					}
				}
			}
		}
	}
	for c := range cols {
		cols[c].side = side[cols[c].group]
	}
}

// columnOf gives the index of a column of the recognised table, adding it on
// first sight. Columns of all sides stand in one list.
func (b *builder) columnOf(tab *report.Table, block string, c column) int {
	key, part := "", ""
	if c.key != nil {
		key, part = c.key.Key, c.key.Part
	}
	id := block + "/" + key
	if key == "" {
		id += "/" + c.header
	}
	if i, ok := b.column[id]; ok {
		return i
	}
	i := len(tab.Columns)
	b.column[id] = i
	tab.Columns = append(tab.Columns, report.Column{Key: key, Block: block, Header: c.header, Part: part})
	return i
}
