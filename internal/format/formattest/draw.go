package formattest

import (
	"pgregory.net/rapid"

	"juesuan/internal/document"
)

// Draw makes a random document such as a writer may be given: every text is
// one that readers leave as it is.
func Draw(t *rapid.T) *document.Document {
	d := &document.Document{}
	styles := []document.Style{document.Body, document.Title, document.TableTag, document.Unitline, document.Caption, document.Note, document.Flush}
	for range rapid.IntRange(1, 12).Draw(t, "blocks") {
		b := document.Block{NewPage: rapid.Bool().Draw(t, "new page"), Landscape: rapid.Bool().Draw(t, "landscape")}
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			b.Kind, b.Level = document.Heading, rapid.IntRange(1, 6).Draw(t, "level")
			b.Style = rapid.SampledFrom([]document.Style{document.Body, document.Title, document.Caption}).Draw(t, "style")
			b.Text = document.Text{S: rapid.StringMatching(`[一二三]、[收入支出决算<>&"']{1,20}`).Draw(t, "heading")}
		case 1:
			b.Kind, b.Table = document.TableBlock, DrawTable(t)
		default:
			b.Style = rapid.SampledFrom(styles).Draw(t, "style")
			b.Text = document.Text{S: rapid.StringMatching(`[本年收入“三公”（）<>&"'0-9.%，；、]{0,60}[收支]。?`).Draw(t, "text")}
		}
		d.Blocks = append(d.Blocks, b)
	}
	return d
}

// DrawTable makes a random table with merged cells, two columns wide at least.
func DrawTable(t *rapid.T) *document.Table {
	rows, cols := rapid.IntRange(2, 8).Draw(t, "rows"), rapid.IntRange(2, 12).Draw(t, "columns")
	tab := &document.Table{Ruled: true, Rows: make([][]document.Cell, rows), HeaderRows: rapid.IntRange(0, 2).Draw(t, "header")}
	for r := range tab.Rows {
		tab.Rows[r] = make([]document.Cell, cols)
	}
	free := func(r, c, h, w int) bool {
		for y := r; y < r+h; y++ {
			for x := c; x < c+w; x++ {
				if y >= rows || x >= cols || tab.Rows[y][x].RowSpan != 0 {
					return false
				}
			}
		}
		return true
	}
	for r := range rows {
		for c := range cols {
			if tab.Rows[r][c].RowSpan != 0 {
				continue
			}
			h, w := 1, 1
			// The last row and column stay whole, so that the grid is seen.
			if rapid.IntRange(0, 7).Draw(t, "merged") == 0 {
				h, w = rapid.IntRange(1, 3).Draw(t, "rows down"), rapid.IntRange(1, 3).Draw(t, "columns right")
				if r+h >= rows || c+w >= cols || !free(r, c, h, w) {
					h, w = 1, 1
				}
			}
			for y := r; y < r+h; y++ {
				for x := c; x < c+w; x++ {
					tab.Rows[y][x] = document.Cell{RowSpan: 1, ColSpan: 1, Covered: true}
				}
			}
			tab.Rows[r][c] = document.Cell{RowSpan: h, ColSpan: w, Bold: rapid.Bool().Draw(t, "bold"),
				Text:  rapid.StringMatching(`|[收入支出<&"]{1,12}|-?[1-9][0-9]{0,8}\.[0-9]{2}%?|甲\n乙`).Draw(t, "cell"),
				Align: rapid.SampledFrom([]document.Align{document.AlignAuto, document.AlignLeft, document.AlignCenter, document.AlignRight}).Draw(t, "align")}
			if r == rows-1 || c == 0 { // a table has text in every row and no caption within
				tab.Rows[r][c].Text = "项目"
			}
			if tab.Rows[r][c].Text != "" {
				tab.Rows[r][c].Indent = rapid.SampledFrom([]int{0, 0, 2, 4}).Draw(t, "indent")
			}
		}
	}
	return tab
}
