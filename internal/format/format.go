// Package format opens the file or files of one disclosure, whatever their
// format, as a Document.
package format

import (
	"context"
	"os"

	"juesuan/internal/document"
	"juesuan/internal/format/docx"
	"juesuan/internal/format/pdf"
	"juesuan/internal/format/text"
	"juesuan/internal/format/xlsx"
)

// Options of Open. The zero value is ready for use.
type Options struct {
	Limits document.Limits // zero: document.DefaultLimits
}

// Open reads the file at path.
func Open(ctx context.Context, path string, opt Options) (*document.Document, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	lim := document.DefaultLimits()
	switch {
	case string(data[:4]) == "%PDF":
		return pdf.Read(ctx, path, data, lim)
	case string(data[:4]) == "PK\x03\x04":
		if d, err := docx.Read(ctx, path, data, lim); err == nil {
			return d, nil
		}
		return xlsx.Read(ctx, path, data, lim)
	}
	return text.Read(ctx, path, data, lim)
}
