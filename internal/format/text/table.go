package text

import (
	"errors"
	"fmt"
	"strings"

	"juesuan/internal/document"
)

// separator tells what cuts the cells of line i: '\t', '|' or 0 for prose.
// A single line with one tab is an indented or aligned sentence, not a table.
func separator(lines []line, i int) byte {
	ln := lines[i]
	if ln.blank {
		return 0
	}
	if tabs := innerTabs(ln.raw); tabs > 0 {
		if tabs > 1 || i+1 < len(lines) && innerTabs(lines[i+1].raw) > 0 || i > 0 && innerTabs(lines[i-1].raw) > 0 {
			return '\t'
		}
		return 0
	}
	if pipes := strings.Count(ln.s, "|"); pipes > 1 || pipes == 1 && i+1 < len(lines) && strings.Count(lines[i+1].s, "|") == 1 {
		return '|'
	}
	return 0
}

// goesOn reports whether line i belongs to a table begun above. One tab is
// enough, and right below a row even the tabs of empty first cells.
func goesOn(lines []line, i int, sep byte, gap bool) bool {
	if sep == '\t' {
		return innerTabs(lines[i].raw) > 0 || !gap && strings.Contains(lines[i].raw, "\t")
	}
	return separator(lines, i) == sep
}

// innerTabs counts the tabs of a line that are not its indentation, unless
// the line keeps empty first cells.
func innerTabs(s string) int {
	n := strings.Count(s, "\t")
	if n > 0 && strings.Trim(s, "\t ") == "" {
		return 0
	}
	if n > 0 && !strings.Contains(strings.TrimLeft(s, "\t "), "\t") {
		return 0 // an indented paragraph
	}
	return n
}

// readTables takes a run of separated lines from the front; blank lines
// inside it are page breaks. It starts a new table where the first row comes
// again. n is the number of lines used.
func readTables(lines []line, sep byte, lim document.Limits) (n int, tables []*document.Table, err error) {
	var rows [][]document.Cell
	var first string
	cells := 0
	flush := func() {
		if len(rows) > 0 {
			tables = append(tables, newTable(rows))
		}
		rows = nil
	}
	for n < len(lines) {
		ln := lines[n]
		if ln.blank {
			next := n
			for next < len(lines) && lines[next].blank {
				next++
			}
			if next >= len(lines) || next-n > 2 || !goesOn(lines, next, sep, true) {
				break
			}
			n = next
			continue
		}
		if !goesOn(lines, n, sep, false) {
			break
		}
		n++
		if sep == '|' && ruleLine(ln.s) {
			continue
		}
		if len(rows) > 0 && ln.raw == first {
			flush()
		}
		if len(rows) == 0 {
			first = ln.raw
		}
		row := splitCells(ln, sep)
		if cells += len(row); lim.Cells > 0 && cells > lim.Cells {
			return n, nil, fmt.Errorf("表格太大，超过 %d 个单元格", lim.Cells)
		}
		rows = append(rows, row)
		// Padding to the widest row must stay within the limit too.
		if w := widest(rows[max(0, len(rows)-1):]); lim.Cells > 0 && w*len(rows) > lim.Cells {
			return n, nil, errors.New("表格太大")
		}
	}
	flush()
	return n, tables, nil
}

// ruleLine is the line of dashes below a markdown header: |---|:--:|.
func ruleLine(s string) bool {
	return strings.Contains(s, "-") && strings.Trim(s, "|-: +=") == ""
}

func splitCells(ln line, sep byte) []document.Cell {
	s := ln.raw
	if sep == '|' {
		s = strings.TrimSuffix(strings.TrimPrefix(ln.s, "|"), "|")
	}
	parts := strings.Split(s, string(sep))
	row := make([]document.Cell, len(parts))
	for i, p := range parts {
		c := &row[i]
		if sep == '|' {
			p = strings.TrimPrefix(p, " ") // the usual padding
		}
		c.RowSpan, c.ColSpan = 1, 1
		c.Text = trim(p)
		c.Indent = indent(p, c.Text)
		c.Place = document.Place{Para: ln.num, Cell: fmt.Sprintf("r%dc%d", 0, i+1)}
	}
	return row
}

// indent counts the leading blanks of a name in half-width columns.
func indent(raw, text string) int {
	if text == "" {
		return 0
	}
	return width(raw[:strings.Index(raw, text)])
}

func widest(rows [][]document.Cell) int {
	w := 0
	for _, r := range rows {
		w = max(w, len(r))
	}
	return w
}

// newTable pads ragged rows and numbers the cells.
func newTable(rows [][]document.Cell) *document.Table {
	w := widest(rows)
	for i := range rows {
		num := rows[i][0].Place.Para
		for len(rows[i]) < w {
			rows[i] = append(rows[i], document.Cell{RowSpan: 1, ColSpan: 1})
		}
		for j := range rows[i] {
			rows[i][j].Place = document.Place{Para: num, Cell: fmt.Sprintf("r%dc%d", i+1, j+1)}
		}
	}
	return &document.Table{Rows: rows, Ruled: true, Place: document.Place{Para: rows[0][0].Place.Para}}
}
