package check

import (
	"slices"
	"strings"

	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// grid is a table made ready for rules: rows by key, the tree of codes.
type grid struct {
	*report.Table
	rows     map[string][]int // by Key
	parent   []int            // by row: the nearest row above it by code, −1 for none
	children [][]int          // by row
	top      []int            // coded rows without a parent
	twice    map[string]bool  // codes printed more than once
	amounts  []int            // columns that have figures and a key
}

// grid of a table ID, nil when the disclosure has no such table or it could
// not be read.
func (r *run) grid(id string) *grid {
	if g, ok := r.grids[id]; ok {
		return g
	}
	var g *grid
	if t := r.rep.TableIn(r.set, id); t != nil && t.Problem == "" {
		g = newGrid(t)
	}
	r.grids[id] = g
	return g
}

func newGrid(t *report.Table) *grid {
	g := &grid{
		Table: t, rows: map[string][]int{}, twice: map[string]bool{},
		parent: make([]int, len(t.Rows)), children: make([][]int, len(t.Rows)),
	}
	byCode := map[string]int{}
	for i, row := range t.Rows {
		g.rows[row.Key] = append(g.rows[row.Key], i)
		g.parent[i] = -1
		if row.Code == "" {
			continue
		}
		if _, ok := byCode[stem(row)]; ok {
			g.twice[row.Code] = true
			continue
		}
		byCode[stem(row)] = i
	}
	for i, row := range t.Rows {
		if row.Code == "" {
			// A name that is not in the code lists, placed by its indent.
			if p, ok := byCode[row.Part]; ok && row.Level > 1 {
				g.parent[i] = p
				g.children[p] = append(g.children[p], i)
			}
			continue
		}
		for s := stem(row); len(s) > 3; {
			s = s[:len(s)-2]
			if p, ok := byCode[s]; ok && p != i {
				g.parent[i] = p
				g.children[p] = append(g.children[p], i)
				break
			}
		}
		if g.parent[i] < 0 {
			g.top = append(g.top, i)
		}
	}
	for c, col := range t.Columns {
		if col.Key != "" && slices.ContainsFunc(t.Rows, func(row report.Row) bool {
			return c < len(row.Cells) && row.Cells[c].Figure >= 0
		}) {
			g.amounts = append(g.amounts, c)
		}
	}
	return g
}

// stem is the code of a row without the zeros that fill a 类 or 款 code up
// (30400 at level 1 → 304).
func stem(row report.Row) string {
	n := len(row.Code)
	if row.Level == 1 && n > 3 && strings.Trim(row.Code[3:], "0") == "" {
		return row.Code[:3]
	}
	if row.Level == 2 && n > 5 && strings.Trim(row.Code[5:], "0") == "" {
		return row.Code[:5]
	}
	return row.Code
}

// cell is what stands at a row and column.
type cell struct {
	id   report.ID
	kind cellKind
}

type cellKind int

const (
	missing  cellKind = iota // no such row or column
	blank                    // printed as nothing
	unread                   // has text that is no number
	readable                 // a figure
)

// at reads the cell of row i and column c.
func (g *grid) at(i, c int) cell {
	if c < 0 || c >= len(g.Rows[i].Cells) {
		return cell{report.None, missing}
	}
	x := g.Rows[i].Cells[c]
	switch {
	case x.Figure >= 0:
		return cell{x.Figure, readable}
	case strings.TrimSpace(x.Text) == "":
		return cell{report.None, blank}
	}
	return cell{report.None, unread}
}

// column finds the column of a key that serves a row's side, one with a figure
// first, −1 for none.
func (g *grid) column(row report.Row, keys []string) int {
	for _, k := range keys {
		found := -1
		for c, col := range g.Columns {
			if col.Key != k || col.Block != "" && row.Block != "" && col.Block != row.Block {
				continue
			}
			if c < len(row.Cells) && row.Cells[c].Figure >= 0 {
				return c
			}
			if found < 0 {
				found = c
			}
		}
		if found >= 0 {
			return found
		}
	}
	return -1
}

// plainColumns are the columns meant where a formula names none.
var plainColumns = []string{"决算数", "预算数", "合计"}

// mainColumns are the columns whose total is the total of the table.
var mainColumns = []string{"决算数", "预算数", "合计", "本年收入合计", "本年支出合计", "本年支出"}

// grand reports whether row and column meet in a grand total.
func (g *grid) grand(i, c int) bool {
	key := g.Rows[i].Key
	return (strings.HasSuffix(key, "合计") || strings.HasSuffix(key, "总计")) && slices.Contains(mainColumns, g.Columns[c].Key)
}

// row finds the first row of the keys on a side, −1 for none.
func (g *grid) row(side string, keys []string) int {
	for _, k := range keys {
		for _, i := range g.rows[k] {
			if side == "" || g.Rows[i].Block == "" || g.Rows[i].Block == side {
				return i
			}
		}
	}
	return -1
}

// manyClasses is more than the 类 of any year: a side with more detail rows
// nests 款 and 项 below its 类, by name only.
const manyClasses = 32

// details are the rows of a side before its first 合计, those that are parts
// of another row (其中) left out.
func (g *grid) details(side string) []int {
	var out []int
	for i, row := range g.Rows {
		if row.Block != side {
			continue
		}
		if strings.HasSuffix(row.Key, "合计") || strings.HasSuffix(row.Key, "总计") {
			if len(out) > manyClasses {
				out = slices.DeleteFunc(out, func(i int) bool { return g.Rows[i].Code == "" })
			}
			return out
		}
		if row.Level > 1 || row.Key == "" && strings.HasPrefix(row.Name, "其中") || g.partOf(row) {
			continue
		}
		out = append(out, i)
	}
	return nil // no 合计: the end of the list is not known
}

// partOf reports whether a row is a part of another that has amounts: a row
// of the form that is left blank holds no parts.
func (g *grid) partOf(row report.Row) bool {
	if row.Part == "" {
		return false
	}
	for _, i := range g.rows[row.Part] {
		if g.Rows[i].Block == row.Block && slices.ContainsFunc(g.Rows[i].Cells, func(c report.Cell) bool { return c.Figure >= 0 }) {
			return true
		}
	}
	return false
}

// sameRow finds in g the row that a row of another table means: by code, or by
// key; where only its descendants are listed, those.
func (g *grid) sameRow(row report.Row) []int {
	if row.Code == "" {
		return g.rows[row.Key]
	}
	s := stem(row)
	var under []int
	for i := range g.Rows {
		other := g.Rows[i]
		if other.Code == "" {
			continue
		}
		o := stem(other)
		if o == s {
			return []int{i}
		}
		if strings.HasPrefix(o, s) && (g.parent[i] < 0 || !strings.HasPrefix(stem(g.Rows[g.parent[i]]), s)) {
			under = append(under, i)
		}
	}
	return under
}

// present reports whether a cell that a rule asks for is in the tables.
func (r *run) present(ref taxonomy.Ref) bool {
	g := r.grid(ref.Table)
	if g == nil {
		return false
	}
	i := g.row(ref.Side, ref.Rows)
	return i >= 0 && (ref.Cols == nil || g.column(g.Rows[i], ref.Cols) >= 0)
}
