package xlsx

import (
	"bytes"
	"context"
	"fmt"

	"github.com/xuri/excelize/v2"

	"juesuan/internal/document"
	"juesuan/internal/format/archive"
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
	z, err := archive.Open(name, data, lim)
	if err != nil {
		return nil, err
	}
	if err := z.Verify(); err != nil {
		return nil, err
	}
	wb, err := readWorkbook(z)
	if err != nil {
		return nil, bad(name, err)
	}
	unpacked := lim.Unpacked
	if unpacked <= 0 {
		unpacked = 1 << 30
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: unpacked, UnzipXMLSizeLimit: unpacked})
	if err != nil {
		return nil, bad(name, err)
	}
	defer func() { _ = f.Close() }() // only read
	styles := newStyles(f)
	for _, s := range wb {
		if want != nil && !want(s.name) {
			continue
		}
		part, err := z.Part(s.part)
		if err != nil {
			return nil, err
		}
		if part == nil {
			continue
		}
		g, err := readGrid(ctx, part, lim)
		if err != nil {
			return nil, bad(name, err)
		}
		g.sheet = s.name
		if err := g.display(ctx, f, styles); err != nil {
			return nil, bad(name, err)
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
