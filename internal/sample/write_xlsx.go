package sample

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"juesuan/internal/document"
)

// Workbook writes the tables as one worksheet each: title, label and unit line
// above the table, notes below it, amounts as numbers with two decimals.
func Workbook(d *document.Document) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // nothing on disk
	amount, err := f.NewStyle(&excelize.Style{NumFmt: 2})
	if err != nil {
		return nil, fmt.Errorf("make the amount style: %w", err)
	}
	sheets := 0
	for i, bl := range d.Blocks {
		if bl.Kind != document.TableBlock {
			continue
		}
		sheets++
		name := strings.TrimSuffix(strings.TrimPrefix(d.Blocks[i-2].Text.S, "公开"), "表") + " " + short(d.Blocks[i-3].Text.S)
		if err := addSheet(f, sheets, name); err != nil {
			return nil, err
		}
		w := sheetWriter{f: f, name: name, amount: amount, row: 1}
		for _, above := range d.Blocks[i-3 : i] {
			w.text(above.Text.S)
		}
		w.table(bl.Table)
		for _, below := range d.Blocks[i+1:] {
			if below.Kind != document.Paragraph {
				break
			}
			w.text(below.Text.S)
		}
		if w.err != nil {
			return nil, fmt.Errorf("write sheet %s: %w", name, w.err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return nil, fmt.Errorf("write workbook: %w", err)
	}
	return b.Bytes(), nil
}

// short cuts a sheet name to what Excel allows beside its number.
func short(s string) string {
	if r := []rune(s); len(r) > 24 {
		return string(r[:24])
	}
	return s
}

func addSheet(f *excelize.File, n int, name string) error {
	if n == 1 {
		return f.SetSheetName("Sheet1", name)
	}
	_, err := f.NewSheet(name)
	return err
}

// sheetWriter writes down one worksheet; the first error stays.
type sheetWriter struct {
	f      *excelize.File
	name   string
	amount int
	row    int
	err    error
}

func (w *sheetWriter) do(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *sheetWriter) text(s string) {
	w.do(w.f.SetCellStr(w.name, cellName(1, w.row), s))
	w.row++
}

func (w *sheetWriter) table(t *document.Table) {
	for r, row := range t.Rows {
		for c, x := range row {
			if x.Covered {
				continue
			}
			at := cellName(c+1, w.row+r)
			if v, err := strconv.ParseFloat(x.Text, 64); err == nil && strings.Contains(x.Text, ".") {
				w.do(w.f.SetCellFloat(w.name, at, v, 2, 64))
				w.do(w.f.SetCellStyle(w.name, at, at, w.amount))
			} else if x.Text != "" {
				w.do(w.f.SetCellStr(w.name, at, x.Text))
			}
			if x.ColSpan > 1 || x.RowSpan > 1 {
				w.do(w.f.MergeCell(w.name, at, cellName(c+x.ColSpan, w.row+r+x.RowSpan-1)))
			}
		}
	}
	w.row += len(t.Rows)
}

func cellName(col, row int) string {
	s, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return "A1"
	}
	return s
}
