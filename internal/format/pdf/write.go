package pdf

import (
	"context"
	"io"

	"juesuan/internal/document"
	"juesuan/internal/format/pdf/typeset"
)

// WriteOptions are what a PDF says about itself. The zero value is ready for
// use.
type WriteOptions = typeset.Options

// Write writes doc as a PDF; see typeset.Write.
func Write(ctx context.Context, doc *document.Document, w io.Writer, opt WriteOptions) error {
	return typeset.Write(ctx, doc, w, opt)
}
