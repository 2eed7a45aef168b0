package check

import (
	"fmt"
	"strconv"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/report"
)

// lineNumbers looks for a number out of order in a 行次 column (C11): one that
// differs though the numbers before and after it count on.
func (r *run) lineNumbers() {
	for i, b := range r.rep.Document.Blocks {
		if b.Table == nil {
			continue
		}
		for c, head := range lineColumns(b.Table) {
			if head < 0 {
				continue
			}
			r.test("C11")
			for _, row := range oddLines(b.Table, c, head) {
				cell := b.Table.Rows[row][c]
				before, _ := strconv.Atoi(strings.TrimSpace(b.Table.Rows[row-1][c].Text))
				r.tell(Finding{
					Rule: "C11", Title: "表中行次不连续",
					Message: fmt.Sprintf("行次%d之后是%s，再后是%d。请改正行次。", before, strings.TrimSpace(cell.Text), before+2),
					Suspect: strings.TrimSpace(cell.Text), Expected: strconv.Itoa(before + 1),
				}, report.Words{Text: rowText(b.Table.Rows[row]), Block: i, Place: cell.Place})
			}
		}
	}
}

const headRows = 4 // rows that a table's head may have

// lineColumns gives for each column the row of its head 行次, −1 for others.
func lineColumns(t *document.Table) []int {
	if len(t.Rows) == 0 {
		return nil
	}
	out := make([]int, len(t.Rows[0]))
	for c := range out {
		out[c] = -1
		for k := 0; k < min(headRows, len(t.Rows)); k++ {
			if squash(t.Rows[k][c].Text) == "行次" {
				out[c] = k
			}
		}
	}
	return out
}

// oddLines are the rows of a column whose number stands alone out of order.
func oddLines(t *document.Table, c, head int) []int {
	num := func(i int) int {
		n, err := strconv.Atoi(strings.TrimSpace(t.Rows[i][c].Text))
		if err != nil {
			return -1
		}
		return n
	}
	var out []int
	steps := 0
	for i := head + 1; i < len(t.Rows); i++ {
		a, b := num(i-1), num(i)
		if a > 0 && b == a+1 {
			steps++
		}
		if i+1 < len(t.Rows) && a > 0 && b > 0 && b != a+1 && num(i+1) == a+2 {
			out = append(out, i)
		}
	}
	if steps < 4 || len(out) > 2 {
		return nil // not a column that counts
	}
	return out
}

// rowText is the text of a row without its blanks.
func rowText(row []document.Cell) string {
	var out []string
	for _, c := range row {
		if s := squash(c.Text); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " ")
}
