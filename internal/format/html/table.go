package html

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"juesuan/internal/document"
	"juesuan/internal/format/flow"
)

// hcell is a td or th with what is in it.
type hcell struct {
	rows, cols int
	hidden     bool
	blocks     []document.Block // paragraphs and nested tables, in order
	text       string           // the paragraphs, joined
	indent     int
	nested     bool
}

// table reads a table element: its caption becomes a paragraph, a layout
// table its content, a table of data a Table with the tables nested in it
// behind.
func (w *walker) table(n *html.Node) {
	var rows [][]hcell
	var read func(n *html.Node, hidden bool)
	read = func(n *html.Node, hidden bool) {
		for c := n.FirstChild; c != nil && w.err == nil; c = c.NextSibling {
			switch c.DataAtom {
			case atom.Caption:
				w.node(c)
				w.flush()
			case atom.Tbody, atom.Thead, atom.Tfoot:
				read(c, hidden || isHidden(c))
			case atom.Tr:
				rows = append(rows, w.row(c, hidden || isHidden(c)))
			}
		}
	}
	read(n, false)
	if w.err != nil || len(rows) == 0 {
		return
	}
	if layout(rows) {
		for _, r := range rows {
			for _, c := range r {
				w.blocks = append(w.blocks, c.blocks...)
			}
		}
		return
	}
	t, err := w.grid(rows)
	if err != nil {
		w.err = err
		return
	}
	if t != nil {
		w.blocks = append(w.blocks, flow.Peel(t)...)
	}
	for _, r := range rows {
		for _, c := range r {
			for _, b := range c.blocks {
				if b.Kind == document.TableBlock {
					w.blocks = append(w.blocks, b)
				}
			}
		}
	}
}

func isHidden(n *html.Node) bool { return hiddenStyle.MatchString(get(n, "style")) }

func (w *walker) row(n *html.Node, hidden bool) []hcell {
	var row []hcell
	for c := n.FirstChild; c != nil && w.err == nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		if w.cells++; w.lim.Cells > 0 && w.cells > w.lim.Cells {
			w.err = errCells
			break
		}
		row = append(row, w.cell(c, hidden || isHidden(c)))
	}
	return row
}

var errCells = errors.New("表格太大，单元格太多")

func (w *walker) cell(n *html.Node, hidden bool) hcell {
	c := hcell{rows: spanOf(n, "rowspan"), cols: spanOf(n, "colspan"), hidden: hidden}
	in := &walker{ctx: w.ctx, lim: w.lim, stats: w.stats, items: w.items, total: w.total, cells: w.cells, nodes: w.nodes, hidden: w.hidden, pre: w.pre}
	in.children(n)
	first := in.buf.String()
	in.flush()
	w.cells, w.nodes, w.hidden = in.cells, in.nodes, in.hidden
	w.warnings = append(w.warnings, in.warnings...)
	if w.err == nil {
		w.err = in.err
	}
	c.blocks = in.blocks
	var lines []string
	for _, b := range in.blocks {
		if b.Kind == document.TableBlock {
			c.nested = true
			continue
		}
		lines = append(lines, b.Text.S)
	}
	c.text = strings.Join(lines, "\n")
	if c.text != "" {
		if len(in.blocks) > 1 || first == "" {
			first = plain(n, 64)
		}
		c.indent = lead(first) + styleIndent(n)
	}
	return c
}

func spanOf(n *html.Node, key string) int {
	v, err := strconv.Atoi(strings.TrimSpace(get(n, key)))
	if err != nil || v < 1 {
		return 1
	}
	return min(v, 1000) // HTML's own limit for colspan
}

// lead counts the blanks before a name in half-width columns; plain blanks of
// the source do not show.
func lead(s string) int {
	n := 0
	for _, r := range s {
		switch r {
		case ' ', '\t', '\n', '\r':
		case '\u00a0':
			n++
		case '\u2003', '\u3000':
			n += 2
		default:
			return n
		}
	}
	return 0
}

var indentRule = regexp.MustCompile(`(?i)(?:text-indent|padding-left|margin-left)\s*:\s*([0-9.]+)(em|px|pt)`)

// styleIndent reads the indent of a cell, or of the first element in it, in
// half-width columns of 12 pt type.
func styleIndent(n *html.Node) int {
	total := 0.0
	for range 3 {
		for _, m := range indentRule.FindAllStringSubmatch(get(n, "style"), 4) {
			v, err := strconv.ParseFloat(m[1], 64)
			if err != nil || v > 500 {
				continue
			}
			switch strings.ToLower(m[2]) {
			case "em":
				v *= 2
			case "px":
				v /= 8
			case "pt":
				v /= 6
			}
			total += v
		}
		c := n.FirstChild
		for c != nil && c.Type != html.ElementNode {
			c = c.NextSibling
		}
		if c == nil {
			break
		}
		n = c
	}
	return int(min(total, 200))
}

// layout tells tables that place paragraphs or other tables on the page from
// tables of data.
func layout(rows [][]hcell) bool {
	cols, filled, long, nested := 0, 0, 0, false
	for _, r := range rows {
		n := 0
		for _, c := range r {
			n++
			nested = nested || c.nested
			if c.text != "" {
				filled++
			}
			if utf8.RuneCountInString(c.text) > 100 {
				long++
			}
		}
		cols = max(cols, n)
	}
	switch {
	case cols <= 1:
		return true
	case nested:
		return filled <= 6 || long*2 > filled
	}
	return len(rows) <= 2 && long > 0 && long*2 >= filled && filled <= 3
}

// grid lays the cells out in a rectangle by the table model of HTML.
func (w *walker) grid(rows [][]hcell) (*document.Table, error) {
	t := &document.Table{Ruled: true, Rows: make([][]document.Cell, len(rows))}
	width, origin := 0, 0 // columns in all, and up to the last in which a cell begins
	down := map[int]int{} // column → rows still covered by a cell above
	for i, r := range rows {
		var line []document.Cell
		put := func(c document.Cell) { line = append(line, c) }
		covered := func() {
			for down[len(line)] > 0 {
				down[len(line)]--
				put(document.Cell{RowSpan: 1, ColSpan: 1, Covered: true})
			}
		}
		for _, c := range r {
			covered()
			at := len(line)
			origin = max(origin, at+1)
			span := min(c.rows, len(rows)-i)
			cols := 1
			for cols < c.cols && down[at+cols] == 0 { // overlaps are cut off
				cols++
			}
			if w.cells += cols * span; w.lim.Cells > 0 && w.cells > w.lim.Cells {
				return nil, errCells
			}
			put(document.Cell{Text: c.text, RowSpan: span, ColSpan: cols, Hidden: c.hidden, Indent: c.indent})
			for range cols - 1 {
				put(document.Cell{RowSpan: 1, ColSpan: 1, Covered: true, Hidden: c.hidden})
			}
			if span > 1 {
				for j := range cols {
					down[at+j] = span - 1
				}
			}
		}
		// Cells from above may lie to the right of the last cell.
		for last := lastKey(down); len(line) <= last; {
			if down[len(line)] > 0 {
				covered()
			} else {
				put(document.Cell{RowSpan: 1, ColSpan: 1})
			}
		}
		t.Rows[i] = line
		width = max(width, len(line))
		if w.lim.Cells > 0 && width*len(rows) > w.lim.Cells {
			return nil, errCells
		}
	}
	some := false
	for i := range t.Rows {
		for len(t.Rows[i]) < width {
			t.Rows[i] = append(t.Rows[i], document.Cell{RowSpan: 1, ColSpan: 1})
		}
		for _, c := range t.Rows[i] {
			some = some || c.Text != ""
		}
	}
	if !some {
		return nil, nil
	}
	clip(t, origin)
	return t, nil
}

func lastKey(down map[int]int) int {
	last := -1
	for k, v := range down {
		if v > 0 {
			last = max(last, k)
		}
	}
	return last
}

// clip cuts the columns from width on: only wide colspans made them.
func clip(t *document.Table, width int) {
	for i, line := range t.Rows {
		line = line[:width]
		for j := range line {
			line[j].ColSpan = min(line[j].ColSpan, width-j)
		}
		t.Rows[i] = line
	}
}
