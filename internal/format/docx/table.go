package docx

import (
	"encoding/xml"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/format/flow"
)

// wcell is a w:tc before the grid is made.
type wcell struct {
	col, span int
	goesOn    bool // continues the vertically merged cell above
	starts    bool // begins one
	left      bool // continues the cell to the left (the old w:hMerge)
	text      string
	indent    int
	inner     []document.Block // all blocks of the cell, when a table is among them
	nested    bool
}

// table reads a w:tbl. The tables inside its cells follow it; a table of one
// cell only frames what is in it, and is unwrapped.
func (r *reader) table(d *decoder) ([]document.Block, error) {
	var rows [][]wcell
	var walk func(t xml.StartElement) error
	walk = func(t xml.StartElement) error {
		switch t.Name.Local {
		case "tr":
			row, gone, err := r.tableRow(d)
			if err != nil {
				return err
			}
			if !gone && len(row) > 0 {
				rows = append(rows, row)
			}
			return nil
		case "sdt", "sdtContent", "customXml", "ins", "moveTo":
			return d.children(walk)
		case "AlternateContent":
			return alternate(d, walk)
		}
		return d.skip()
	}
	if err := d.children(walk); err != nil {
		return nil, err
	}
	if len(rows) == 1 && len(rows[0]) == 1 {
		return rows[0][0].inner, nil
	}
	t, err := r.grid(rows)
	if err != nil || t == nil {
		return nil, err
	}
	out := flow.Peel(t)
	for _, row := range rows {
		for _, c := range row {
			for _, b := range c.inner {
				if b.Kind == document.TableBlock {
					out = append(out, b)
				}
			}
		}
	}
	return out, nil
}

// tableRow reads a w:tr; gone tells that the row is a tracked deletion.
func (r *reader) tableRow(d *decoder) (row []wcell, gone bool, err error) {
	col := 0
	var walk func(t xml.StartElement) error
	walk = func(t xml.StartElement) error {
		switch t.Name.Local {
		case "trPr":
			return d.children(func(t xml.StartElement) error {
				switch t.Name.Local {
				case "gridBefore":
					col += bound(atoi(attr(t, "val"), 0))
				case "del":
					gone = true
				}
				return d.skip()
			})
		case "tc":
			c, err := r.tableCell(d)
			if err != nil {
				return err
			}
			c.col = col
			col += c.span
			row = append(row, c)
			if r.cells++; r.lim.Cells > 0 && r.cells > r.lim.Cells {
				return tooManyCells()
			}
			return nil
		case "sdt", "sdtContent", "customXml", "ins":
			return d.children(walk)
		case "AlternateContent":
			return alternate(d, walk)
		}
		return d.skip()
	}
	err = d.children(walk)
	return row, gone, err
}

func tooManyCells() error {
	return &document.ReadError{Problem: "表格太大，单元格太多", Remedy: "请拆分文件后重试"}
}

// bound keeps spans within what Word itself allows (63 columns), generously.
func bound(n int) int { return max(0, min(n, 256)) }

func (r *reader) tableCell(d *decoder) (wcell, error) {
	c := wcell{span: 1}
	var lines []string
	carry := ""
	first := true
	var walk func(t xml.StartElement) error
	walk = func(t xml.StartElement) error {
		switch t.Name.Local {
		case "tcPr":
			return d.children(func(t xml.StartElement) error {
				switch t.Name.Local {
				case "gridSpan":
					c.span = max(1, bound(atoi(attr(t, "val"), 1)))
				case "vMerge":
					c.starts = attr(t, "val") == "restart"
					c.goesOn = !c.starts
				case "hMerge":
					c.left = attr(t, "val") != "restart"
				}
				return d.skip()
			})
		case "p":
			p, err := r.paragraph(d)
			if err != nil {
				return err
			}
			s := carry + p.text
			carry = ""
			if p.runsOn && len(s) < longest {
				carry = s
				return nil
			}
			if x := flow.Trim(s); x != "" {
				if first {
					c.indent = p.indent + lead(s)
					first = false
				}
				lines = append(lines, x)
			}
			c.inner = append(c.inner, textBlocks(s, p.level, p.title)...)
			for _, b := range p.boxes {
				c.inner = append(c.inner, b)
				if b.Kind != document.TableBlock && b.Text.S != "" {
					lines = append(lines, b.Text.S)
				}
			}
		case "tbl":
			bs, err := r.table(d)
			if err != nil {
				return err
			}
			for _, b := range bs {
				c.inner = append(c.inner, b)
				if b.Kind == document.TableBlock {
					c.nested = true
				} else {
					lines = append(lines, b.Text.S) // an unwrapped frame
				}
			}
		case "AlternateContent":
			return alternate(d, walk)
		case "sdt", "sdtContent", "customXml", "ins", "moveTo":
			return d.children(walk)
		default:
			return d.skip()
		}
		return nil
	}
	err := d.children(walk)
	if carry = flow.Trim(carry); carry != "" {
		lines = append(lines, carry)
		c.inner = append(c.inner, textBlocks(carry, 0, false)...)
	}
	c.text = strings.Join(lines, "\n")
	return c, err
}

// lead counts the blanks before a name in half-width columns.
func lead(s string) int {
	n := 0
	for _, r := range s {
		switch r {
		case ' ', '\u00a0':
			n++
		case '\u3000':
			n += 2
		case '\t':
			n += 4
		default:
			return n
		}
	}
	return 0
}

// grid lays the cells out in a rectangle.
func (r *reader) grid(rows [][]wcell) (*document.Table, error) {
	w := 0
	for _, row := range rows {
		if n := len(row); n > 0 {
			w = max(w, row[n-1].col+row[n-1].span)
		}
	}
	if w == 0 {
		return nil, nil
	}
	if r.lim.Cells > 0 && w*len(rows) > r.lim.Cells {
		return nil, tooManyCells()
	}
	t := &document.Table{Ruled: true, Rows: make([][]document.Cell, len(rows))}
	above := make([]int, w) // row where the cell that covers this column starts, -1 without one
	for i := range above {
		above[i] = -1
	}
	for i, row := range rows {
		line := make([]document.Cell, w)
		for j := range line {
			line[j] = document.Cell{RowSpan: 1, ColSpan: 1}
		}
		t.Rows[i] = line
		taken := 0
		for k := range row {
			c := &row[k]
			for ; taken < c.col; taken++ {
				above[taken] = -1
			}
			taken = c.col + c.span
			switch {
			case c.left && k > 0 && row[k-1].col+row[k-1].span == c.col:
				// Widen the anchor to the left.
				a := c.col - 1
				for a > 0 && line[a].Covered {
					a--
				}
				line[a].ColSpan += c.span
				for j := c.col; j < taken; j++ {
					line[j].Covered = true
					above[j] = -1
				}
			case c.goesOn && above[c.col] >= 0 && len(t.Rows[above[c.col]][c.col].Text) < longest && t.Rows[above[c.col]][c.col].ColSpan == c.span && !t.Rows[above[c.col]][c.col].Covered:
				t.Rows[above[c.col]][c.col].RowSpan = i - above[c.col] + 1
				for j := c.col; j < taken; j++ {
					line[j].Covered = true
				}
				if c.text != "" { // hidden by the merge in Word, but never lost
					a := &t.Rows[above[c.col]][c.col]
					a.Text = strings.TrimPrefix(a.Text+"\n"+c.text, "\n")
				}
			default:
				line[c.col] = document.Cell{Text: c.text, RowSpan: 1, ColSpan: c.span, Indent: c.indent}
				for j := c.col; j < taken; j++ {
					above[j] = -1
					if j > c.col {
						line[j].Covered = true
					}
				}
				if c.starts {
					above[c.col] = i
				}
			}
		}
		for ; taken < w; taken++ {
			above[taken] = -1
		}
	}
	return t, nil
}
