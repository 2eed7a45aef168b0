// Package typeset writes a document.Document as a PDF: pages as public bodies
// print them, with embedded type, bookmarks, links and structure tags.
package typeset

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/format/paged"
)

// Options are what a PDF says about itself. The zero value is ready for use.
type Options struct {
	Title  string // of the document information; "": the title of the document
	Author string // the unit that publishes; never a person
}

// GlyphError names characters that the embedded fonts cannot show.
type GlyphError struct {
	Runes []rune // each once
	Where string // the text of the first
}

func (e *GlyphError) Error() string {
	var names []string
	for _, r := range e.Runes {
		names = append(names, fmt.Sprintf("“%c”（%U）", r, r))
	}
	return fmt.Sprintf("PDF 的字体里没有字符%s，见“%s”。请改用《通用规范汉字表》内的字，或改出 Word 文件", strings.Join(names, "、"), e.Where)
}

// Write writes doc as a PDF. Equal documents give equal bytes. Errors are
// those of w and of the context, tables that are no grid, and a *GlyphError.
func Write(ctx context.Context, doc *document.Document, w io.Writer, opt Options) error {
	out, err := write(ctx, doc, opt)
	if err != nil {
		return fmt.Errorf("write pdf: %w", err)
	}
	if _, err := w.Write(out); err != nil {
		return fmt.Errorf("write pdf: %w", err)
	}
	return nil
}

func write(ctx context.Context, doc *document.Document, opt Options) ([]byte, error) {
	if len(doc.Blocks) == 0 {
		return nil, errors.New("document without blocks")
	}
	p, err := layOut(ctx, doc)
	if err != nil {
		return nil, err
	}
	if opt.Title == "" {
		opt.Title = titleOf(doc)
	}
	raw, err := paint(ctx, p.pages)
	if err != nil {
		return nil, err
	}
	return finish(raw, p, opt)
}

// titleOf is the titles of the cover, else the first heading.
func titleOf(doc *document.Document) string {
	title, heading := "", ""
	for i, b := range doc.Blocks {
		if i > 0 && b.NewPage && title != "" {
			break
		}
		s := strings.Join(strings.Fields(b.Text.S), "")
		if b.Style == document.Title {
			title += s
		}
		if b.Kind == document.Heading && heading == "" {
			heading = s
		}
	}
	if title == "" {
		return heading
	}
	return title
}

// prepare copies the document with text that can be set.
func prepare(doc *document.Document) (*document.Document, error) {
	out := &document.Document{Blocks: slices.Clone(doc.Blocks)}
	var lost GlyphError
	fit := func(s string) string {
		var missing []rune
		t := clean(s, &missing)
		for _, r := range missing {
			if len(lost.Runes) == 0 {
				lost.Where = s
			}
			if !slices.Contains(lost.Runes, r) {
				lost.Runes = append(lost.Runes, r)
			}
		}
		return t
	}
	for i := range out.Blocks {
		b := &out.Blocks[i]
		if b.Kind != document.TableBlock {
			if b.Style == document.Unitline {
				parts := strings.Split(b.Text.S, "\t") // told apart by their place on the line
				for k := range parts {
					parts[k] = fit(parts[k])
				}
				b.Text.S = strings.Join(parts, "\t")
				continue
			}
			b.Text.S = fit(b.Text.S)
			continue
		}
		if b.Table == nil || len(b.Table.Rows) == 0 || len(b.Table.Rows[0]) == 0 {
			b.Kind, b.Table = document.Paragraph, nil // nothing to show
			b.Text.S, b.Style = "", document.Note
			continue
		}
		if err := paged.CheckGrid(b.Table); err != nil {
			return nil, fmt.Errorf("block %d: %w", i+1, err)
		}
		t := *b.Table
		t.Rows = make([][]document.Cell, len(b.Table.Rows))
		for r, row := range b.Table.Rows {
			t.Rows[r] = slices.Clone(row)
			for c := range row {
				x := &t.Rows[r][c]
				x.Text = fit(x.Text)
				x.RowSpan, x.ColSpan = max(1, x.RowSpan), max(1, x.ColSpan)
			}
		}
		t.HeaderRows = max(0, min(t.HeaderRows, len(t.Rows)))
		b.Table = &t
	}
	if len(lost.Runes) > 0 {
		if rs := []rune(lost.Where); len(rs) > 40 {
			lost.Where = string(rs[:40]) + "…"
		}
		return nil, &lost
	}
	return out, nil
}
