package xlsx

import (
	"context"
	"fmt"

	"juesuan/internal/document"
)

// Sheet is a worksheet by its cells, for forms of which the program knows
// every cell.
type Sheet struct {
	Name string
	Rows map[int]map[int]Value // by row and column, both from 1; only cells with content
	Last int                   // the last row with content
}

// Value is the content of a cell.
type Value struct {
	Text    string // as displayed, blanks and line breaks kept
	Number  string // the stored number in plain decimal notation, at most 15 digits; "" for text and dates
	Formula bool
	Error   bool // an error value such as #REF!
}

// Sheets reads a workbook as the cells of its worksheets, of those that want
// names when it is not nil. Errors are those of Read.
func Sheets(ctx context.Context, name string, data []byte, lim document.Limits, want func(sheet string) bool) (out []Sheet, err error) {
	defer func() {
		if p := recover(); p != nil {
			out, err = nil, bad(name, fmt.Errorf("panic: %v", p))
		}
	}()
	b, err := open(name, data, lim)
	if err != nil {
		return nil, err
	}
	defer b.close()
	for _, s := range b.sheets {
		if want != nil && !want(s.name) {
			continue
		}
		g, err := b.grid(ctx, s, lim)
		if err != nil {
			return nil, err
		}
		if g == nil {
			continue
		}
		sheet := Sheet{Name: s.name, Rows: map[int]map[int]Value{}}
		for i := range g.rows {
			r := &g.rows[i]
			for j := range r.cells {
				c := &r.cells[j]
				if c.raw == "" && c.text == "" && !c.isFormula {
					continue
				}
				if sheet.Rows[r.num] == nil {
					sheet.Rows[r.num] = map[int]Value{}
				}
				sheet.Rows[r.num][c.col] = Value{Text: c.shown, Number: c.number, Formula: c.isFormula, Error: c.kind == "e"}
				sheet.Last = max(sheet.Last, r.num)
			}
		}
		out = append(out, sheet)
	}
	return out, nil
}
