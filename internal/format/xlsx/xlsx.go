// Package xlsx reads Excel workbooks (.xlsx, .xlsm). The structure of the
// sheets — stored numbers, formulas, merges, hidden rows — is read from their
// XML in one pass; what a cell shows under its number format comes from
// excelize.
package xlsx

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/format/archive"
)

// Read makes a Document of a workbook. Titles, unit lines and notes around a
// grid become paragraphs, each grid a table (see split.go); the sheets follow
// each other in the order of the workbook. Errors are *document.ReadError, or
// wrap the context's error.
func Read(ctx context.Context, name string, data []byte, lim document.Limits) (doc *document.Document, err error) {
	defer func() {
		// excelize indexes into what a file declares; a hostile file must not
		// take the program down.
		if p := recover(); p != nil {
			doc, err = nil, &document.ReadError{File: name, Problem: "工作簿内容异常，无法读取",
				Remedy: "请用 Excel/WPS 打开后另存为 .xlsx 再试", Err: fmt.Errorf("panic: %v", p)}
		}
	}()
	b, err := open(name, data, lim)
	if err != nil {
		return nil, err
	}
	defer b.close()

	doc = &document.Document{Name: name}
	file := document.File{Name: name, Format: "xlsx"}
	for _, s := range b.sheets {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("read %s: %w", name, ctx.Err())
		}
		file.Sheets = append(file.Sheets, document.Sheet{Name: s.name, Hidden: s.hidden})
		g, err := b.grid(ctx, s, lim)
		if err != nil {
			return nil, err
		}
		if g == nil {
			doc.Warnings = append(doc.Warnings, document.Warning{Message: "工作表内容缺失",
				Place: document.Place{Sheet: s.name}})
			continue
		}
		g.merge()
		doc.Blocks = append(doc.Blocks, g.blocks()...)
		doc.Warnings = append(doc.Warnings, g.warnings...)
	}
	doc.Files = []document.File{file}
	if len(doc.Blocks) == 0 {
		return nil, &document.ReadError{File: name, Problem: "工作簿是空的，没有内容", Remedy: "请检查是否选错了文件"}
	}
	return doc, nil
}

var (
	errCells = errors.New("工作表太大")
	errXML   = errors.New("工作表内容不完整或已损坏")
)

func problem(err error) string {
	if errors.Is(err, errCells) {
		return "单元格太多"
	}
	return errXML.Error()
}

func bad(name string, err error) error {
	var re *document.ReadError
	if errors.As(err, &re) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &document.ReadError{File: name, Problem: "不是有效的 Excel 工作簿，或文件已损坏",
		Remedy: "请用 Excel/WPS 打开后另存为 .xlsx 再试", Err: err}
}

// sheetRef is one sheet of the workbook and the part that holds it.
type sheetRef struct {
	name   string
	hidden bool
	part   string
}

// readWorkbook lists the worksheets in their order; chart sheets are left out.
func readWorkbook(z *archive.Zip) ([]sheetRef, error) {
	main := "xl/workbook.xml"
	if rels, err := readRels(z, "_rels/.rels"); err != nil {
		return nil, err
	} else {
		for _, r := range rels {
			if strings.HasSuffix(r.Type, "/officeDocument") {
				main = strings.TrimPrefix(r.Target, "/")
			}
		}
	}
	part, err := z.Part(main)
	if err != nil {
		return nil, err
	}
	if part == nil {
		return nil, errors.New("no workbook part")
	}
	var wb struct {
		Sheets []struct {
			Name  string    `xml:"name,attr"`
			State string    `xml:"state,attr"`
			Attrs []xmlAttr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := unmarshal(part, &wb); err != nil {
		return nil, fmt.Errorf("read workbook: %w", err)
	}
	dir := path.Dir(main)
	rels, err := readRels(z, path.Join(dir, "_rels", path.Base(main)+".rels"))
	if err != nil {
		return nil, err
	}
	var out []sheetRef
	for _, s := range wb.Sheets {
		id := ""
		for _, a := range s.Attrs {
			if a.Name.Local == "id" {
				id = a.Value
			}
		}
		r, ok := rels[id]
		if !ok || !strings.HasSuffix(r.Type, "/worksheet") {
			continue
		}
		target := r.Target
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		out = append(out, sheetRef{name: s.Name, hidden: s.State == "hidden" || s.State == "veryHidden",
			part: strings.TrimPrefix(target, "/")})
	}
	if len(out) == 0 {
		return nil, errors.New("no worksheets")
	}
	return out, nil
}
