package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// Save writes a workbook made with excelize: the same workbook gives the same
// bytes, and a formula whose stored value is a number carries it as a number.
// excelize marks the value of every formula as text, so that a program that
// does not calculate would take an amount for words.
func Save(f *excelize.File, w io.Writer) error {
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	in, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
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
			part = numeric(part)
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

// numeric drops the mark of text from every formula cell whose stored value is
// a plain number.
func numeric(part []byte) []byte {
	const mark, value = ` t="str"><f>`, "</f><v>"
	out := make([]byte, 0, len(part))
	for {
		i := bytes.Index(part, []byte(mark))
		if i < 0 {
			return append(out, part...)
		}
		out = append(out, part[:i]...)
		part = part[i:]
		end := bytes.IndexByte(part[len(mark):], '<') + len(mark)
		v := part[end:]
		if bytes.HasPrefix(v, []byte(value)) {
			v = v[len(value):]
			v = v[:max(0, bytes.IndexByte(v, '<'))]
			if isNumber(v) {
				out = append(out, "><f>"...)
				part = part[len(mark):]
				continue
			}
		}
		out = append(out, mark...)
		part = part[len(mark):]
	}
}

// isNumber tells -12.5 from words.
func isNumber(v []byte) bool {
	v = bytes.TrimPrefix(v, []byte("-"))
	whole, frac, point := bytes.Cut(v, []byte("."))
	digits := func(b []byte) bool { return len(b) > 0 && len(bytes.Trim(b, "0123456789")) == 0 }
	return digits(whole) && (!point || digits(frac))
}
