package typeset

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"juesuan/internal/document"
)

// Whatever the document, nothing leaves its page or its cell, and every
// character is shown once: tables with cells merged over pages, rows longer
// than a page, headers of any height.
func TestNothingIsCut(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := &document.Document{}
		for range rapid.IntRange(1, 6).Draw(rt, "blocks") {
			b := document.Block{
				Style: rapid.SampledFrom([]document.Style{document.Body, document.Flush, document.Caption, document.Note, document.TableTag,
					document.Unitline, document.Title}).Draw(rt, "style"),
				NewPage: rapid.IntRange(0, 3).Draw(rt, "new page") == 0, Landscape: rapid.Bool().Draw(rt, "landscape"),
			}
			switch rapid.IntRange(0, 2).Draw(rt, "kind") {
			case 0:
				b.Kind, b.Table = document.TableBlock, anyTable(rt)
			case 1:
				b.Kind, b.Level = document.Heading, rapid.IntRange(0, 9).Draw(rt, "level")
				fallthrough
			default:
				b.Text.S = anyText(rt, 200)
			}
			d.Blocks = append(d.Blocks, b)
		}
		p, err := layOut(context.Background(), d)
		if err != nil {
			rt.Fatal(err)
		}
		checkLayout(rt, p)
		var want strings.Builder
		for _, b := range p.doc.Blocks {
			if b.Table == nil {
				want.WriteString(b.Text.S)
				continue
			}
			for _, row := range b.Table.Rows {
				for _, c := range row {
					want.WriteString(c.Text)
				}
			}
		}
		if a, b := letters(want.String()), letters(shownText(p.pages)); a != b {
			rt.Fatalf("shown\n%s\nof\n%s", b, a)
		}
		if _, err := write(context.Background(), d, Options{}); err != nil {
			rt.Fatal(err)
		}
	})
}

func anyText(t *rapid.T, most int) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"决", "算", "，", "。", "（", "）", "1,234.56", "%", " ", "\n", "\t", "A", "①", "—", "𬭎"}), 0, most).Draw(t, "text"), "")
}

func anyTable(t *rapid.T) *document.Table {
	n, m := rapid.IntRange(1, 90).Draw(t, "rows"), rapid.IntRange(1, 14).Draw(t, "columns")
	tab := &document.Table{HeaderRows: rapid.IntRange(0, 4).Draw(t, "header rows")}
	for r := range n {
		row := make([]document.Cell, m)
		for c := range row {
			row[c] = document.Cell{RowSpan: 1, ColSpan: 1, Text: fmt.Sprintf("%d.%02d", r, c), Bold: r%7 == 0}
		}
		tab.Rows = append(tab.Rows, row)
	}
	for range rapid.IntRange(0, 6).Draw(t, "odd cells") {
		x := &tab.Rows[rapid.IntRange(0, n-1).Draw(t, "row")][rapid.IntRange(0, m-1).Draw(t, "column")]
		x.Text = anyText(t, rapid.SampledFrom([]int{5, 60, 3000}).Draw(t, "length"))
		x.Indent = rapid.IntRange(0, 6).Draw(t, "indent")
	}
next:
	for range rapid.IntRange(0, 5).Draw(t, "merged") {
		r, c := rapid.IntRange(0, n-1).Draw(t, "row"), rapid.IntRange(0, m-1).Draw(t, "column")
		h, w := rapid.IntRange(1, n-r).Draw(t, "high"), rapid.IntRange(1, m-c).Draw(t, "wide")
		for i := r; i < r+h; i++ {
			for j := c; j < c+w; j++ {
				if x := tab.Rows[i][j]; x.Covered || x.RowSpan > 1 || x.ColSpan > 1 {
					continue next
				}
			}
		}
		for i := r; i < r+h; i++ {
			for j := c; j < c+w; j++ {
				if i != r || j != c {
					tab.Rows[i][j] = document.Cell{RowSpan: 1, ColSpan: 1, Covered: true}
				}
			}
		}
		tab.Rows[r][c].RowSpan, tab.Rows[r][c].ColSpan = h, w
	}
	if rapid.Bool().Draw(t, "widths") {
		for range m {
			tab.Widths = append(tab.Widths, float64(rapid.IntRange(0, 5).Draw(t, "width")))
		}
	}
	return tab
}
