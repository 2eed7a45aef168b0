package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// SetFormula puts a formula into a cell with the value it has now, a number or
// words, for programs that do not calculate. The workbook must be written with
// Save: excelize itself cannot store what a formula gives.
func SetFormula(f *excelize.File, sheet, cell, formula, value string) error {
	if value != "" {
		if err := f.SetCellStr(sheet, cell, value); err != nil {
			return err
		}
	}
	return f.SetCellFormula(sheet, cell, formula)
}

// Save writes a workbook made with excelize and SetFormula; the same workbook
// gives the same bytes.
func Save(f *excelize.File, w io.Writer) error {
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	in, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	words, err := sharedStrings(in)
	if err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	out := zip.NewWriter(w)
	for _, p := range in.File {
		r, err := p.Open()
		if err != nil {
			return fmt.Errorf("write %s: %w", p.Name, err)
		}
		part, err := io.ReadAll(r)
		_ = r.Close() // in memory
		if err != nil {
			return fmt.Errorf("write %s: %w", p.Name, err)
		}
		if strings.HasPrefix(p.Name, "xl/worksheets/sheet") {
			part = results(part, words)
		}
		to, err := out.CreateHeader(&zip.FileHeader{Name: p.Name, Method: zip.Deflate, Modified: zipTime})
		if err != nil {
			return fmt.Errorf("write %s: %w", p.Name, err)
		}
		if _, err := to.Write(part); err != nil {
			return fmt.Errorf("write %s: %w", p.Name, err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	return nil
}

var zipTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// sharedStrings reads the table of the texts in cells.
func sharedStrings(z *zip.Reader) ([]string, error) {
	r, err := z.Open("xl/sharedStrings.xml")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }() // in memory
	var doc struct {
		Items []struct {
			Text string `xml:"t"`
		} `xml:"si"`
	}
	if err := xml.NewDecoder(r).Decode(&doc); err != nil {
		return nil, fmt.Errorf("read shared strings: %w", err)
	}
	var out []string
	for _, i := range doc.Items {
		out = append(out, i.Text)
	}
	return out, nil
}

// results puts what a formula gives in place of the number of the shared
// string that SetFormula left there; a number becomes one.
func results(part []byte, words []string) []byte {
	const mark, value = ` t="str"><f>`, "</f><v>"
	out := make([]byte, 0, len(part))
	for {
		i := bytes.Index(part, []byte(mark))
		if i < 0 {
			return append(out, part...)
		}
		out = append(out, part[:i]...)
		formula := part[i+len(mark):]
		end := max(0, bytes.IndexByte(formula, '<'))
		part = formula[end:]
		formula = formula[:end]
		n := -1
		if bytes.HasPrefix(part, []byte(value)) {
			rest := part[len(value):]
			if k := bytes.IndexByte(rest, '<'); k > 0 {
				if x, err := strconv.Atoi(string(rest[:k])); err == nil && x < len(words) {
					n, part = x, rest[k:]
				}
			}
		}
		switch {
		case n < 0:
			out = append(append(out, mark...), formula...)
			continue
		case isNumber([]byte(words[n])):
			out = append(append(out, "><f>"...), formula...)
		default:
			out = append(append(out, mark...), formula...)
		}
		out = append(out, value...)
		var b bytes.Buffer
		_ = xml.EscapeText(&b, []byte(words[n])) // a Buffer never fails
		out = append(out, b.Bytes()...)
	}
}

// isNumber tells -12.5 from words.
func isNumber(v []byte) bool {
	v = bytes.TrimPrefix(v, []byte("-"))
	whole, frac, point := bytes.Cut(v, []byte("."))
	digits := func(b []byte) bool { return len(b) > 0 && len(bytes.Trim(b, "0123456789")) == 0 }
	return digits(whole) && (!point || digits(frac))
}
