package recognise

import (
	"testing"

	"juesuan/internal/document"
	"juesuan/internal/taxonomy"
)

// A heading over all the columns stands above the header and is none of it.
func TestBannerAboveHeader(t *testing.T) {
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]document.Cell
	for i, texts := range [][]string{
		{"一、政府采购情况", "", ""},
		{"项目", "行次", "采购金额"},
		{"合计", "1", "30.00"},
	} {
		var row []document.Cell
		for c, s := range texts {
			cell := document.Cell{Text: s, RowSpan: 1, ColSpan: 1}
			if i == 0 {
				cell.Covered = c > 0
				cell.ColSpan = max(1, 3-3*c)
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	g := newGrid(&document.Table{Rows: rows, Ruled: true})
	g.split(&tax.Layouts, func(int) bool { return false })
	if g.top != 1 || g.body != 2 {
		t.Errorf("header at rows %d to %d, want 1 to 2", g.top, g.body)
	}
}
