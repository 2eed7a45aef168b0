package xlsx

import (
	"bytes"
	"context"
	"fmt"

	"github.com/xuri/excelize/v2"

	"juesuan/internal/document"
	"juesuan/internal/format/archive"
)

// opened is a workbook opened both ways: its parts for the structure of the
// sheets, excelize for what cells show.
type opened struct {
	name   string
	sheets []sheetRef
	zip    *archive.Zip
	shown  *excelize.File
	styles *styles
}

// open opens a workbook within the limits. Errors are those of Read.
func open(name string, data []byte, lim document.Limits) (*opened, error) {
	if err := lim.Fits(name, int64(len(data))); err != nil {
		return nil, err
	}
	z, err := archive.Open(name, data, lim)
	if err != nil {
		return nil, err
	}
	if err := z.Verify(); err != nil {
		return nil, err
	}
	sheets, err := readWorkbook(z)
	if err != nil {
		return nil, bad(name, err)
	}
	unpacked := lim.Unpacked
	if unpacked <= 0 {
		unpacked = 1 << 30
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: unpacked, UnzipXMLSizeLimit: unpacked, // all in memory, no temporary files
		CultureInfo: excelize.CultureNameZhCN, ShortDatePattern: "yyyy/m/d", LongDatePattern: `yyyy"年"m"月"d"日"`,
	})
	if err != nil {
		return nil, bad(name, err)
	}
	return &opened{name: name, sheets: sheets, zip: z, shown: f, styles: newStyles(f)}, nil
}

func (b *opened) close() { _ = b.shown.Close() } // only read

// grid reads the cells of a sheet with what they show; nil when the workbook
// names a sheet that it does not hold.
func (b *opened) grid(ctx context.Context, s sheetRef, lim document.Limits) (*grid, error) {
	part, err := b.zip.Part(s.part)
	if err != nil || part == nil {
		return nil, err
	}
	g, err := readGrid(ctx, part, lim)
	if err != nil {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("read %s: %w", b.name, ctx.Err())
		}
		return nil, &document.ReadError{File: b.name, Place: "工作表“" + s.name + "”", Problem: problem(err),
			Remedy: "请用 Excel/WPS 打开后另存为 .xlsx 再试", Err: err}
	}
	g.sheet, g.hidden = s.name, s.hidden
	if err := g.display(ctx, b.shown, b.styles); err != nil {
		return nil, bad(b.name, err)
	}
	return g, nil
}
