package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
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
			part = numeric.ReplaceAll(part, []byte("$1$2"))
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

// numeric is a formula cell whose stored value is a plain number.
var numeric = regexp.MustCompile(`(<c [^>]*?) t="str"(><f>[^<]*</f><v>-?[0-9]+(?:\.[0-9]+)?</v>)`)
