package format

import (
	"context"
	"fmt"
	"io"

	"juesuan/internal/document"
	"juesuan/internal/format/docx"
	"juesuan/internal/format/html"
	"juesuan/internal/format/pdf"
	"juesuan/internal/format/xlsx"
)

// Meta is what a written file says about itself.
type Meta struct {
	Title  string // "": the title of the document
	Author string // the unit that publishes; never a person
}

// writers by format, which is also the ending of the file's name.
var writers = map[string]func(context.Context, *document.Document, io.Writer, Meta) error{
	"docx": func(ctx context.Context, d *document.Document, w io.Writer, m Meta) error {
		return docx.Write(ctx, d, w, docx.WriteOptions(m))
	},
	"pdf": func(ctx context.Context, d *document.Document, w io.Writer, m Meta) error {
		return pdf.Write(ctx, d, w, pdf.WriteOptions(m))
	},
	"html": func(ctx context.Context, d *document.Document, w io.Writer, m Meta) error {
		return html.Write(ctx, d, w, html.WriteOptions(m))
	},
	"xlsx": func(ctx context.Context, d *document.Document, w io.Writer, m Meta) error {
		return xlsx.Write(ctx, d, w, xlsx.WriteOptions(m))
	},
}

// Writable are the formats of Write, in the order in which they are listed.
func Writable() []string { return []string{"docx", "pdf", "html", "xlsx"} }

// Write writes doc in one of the Writable formats. The same Document gives the
// same bytes.
func Write(ctx context.Context, doc *document.Document, format string, w io.Writer, m Meta) error {
	write := writers[format]
	if write == nil {
		return fmt.Errorf("write %s: no such format", format)
	}
	if err := write(ctx, doc, w, m); err != nil {
		return fmt.Errorf("write %s: %w", format, err)
	}
	return nil
}
