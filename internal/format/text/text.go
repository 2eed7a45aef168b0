// Package text reads plain text files: published disclosures that were saved
// or flattened as text, with tables as tab-separated or pipe-separated lines.
package text

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"juesuan/internal/document"
	"juesuan/internal/format/charset"
	"juesuan/internal/format/flow"
)

// Read makes a Document of a text file in UTF-8, UTF-16 or GB18030. Each line
// is a paragraph unless it is a piece of a sentence that the flattening of a
// page cut (see join.go); runs of lines with tabs or pipes are tables.
// Place.Para is the line number. Errors are *document.ReadError.
func Read(ctx context.Context, name string, data []byte, lim document.Limits) (*document.Document, error) {
	if err := lim.Fits(name, int64(len(data))); err != nil {
		return nil, err
	}
	s, _, err := charset.Decode(data)
	if err != nil {
		return nil, &document.ReadError{File: name, Problem: "不是文本文件，或文字编码无法识别",
			Remedy: "请另存为 UTF-8 或 GB18030 编码的文本文件后重试", Err: err}
	}
	if strings.TrimSpace(s) == "" {
		return nil, &document.ReadError{File: name, Problem: "文件是空的，没有文字", Remedy: "请检查是否选错了文件"}
	}
	doc := &document.Document{Name: name, Files: []document.File{{Name: name, Format: "txt"}}}
	lines := splitLines(s)
	wrap := wrapWidth(lines)
	for i := 0; i < len(lines); {
		if i&1023 == 0 && ctx.Err() != nil {
			return nil, fmt.Errorf("read %s: %w", name, ctx.Err())
		}
		ln := lines[i]
		if ln.blank {
			i++
			continue
		}
		if sep := separator(lines, i); sep != 0 {
			n, tables, err := readTables(lines[i:], sep, lim)
			if err != nil {
				return nil, &document.ReadError{File: name, Place: fmt.Sprintf("第%d行", ln.num), Problem: err.Error(),
					Remedy: "请拆分文件后重试"}
			}
			for _, t := range tables {
				doc.Blocks = append(doc.Blocks, flow.Peel(t)...)
			}
			i += n
			continue
		}
		b, n := readParagraph(lines[i:], wrap)
		doc.Blocks = append(doc.Blocks, b)
		i += n
	}
	return doc, nil
}

// line is one line of the file without its line end.
type line struct {
	num   int    // from 1
	raw   string // as it stands, for tables
	s     string // trimmed
	blank bool
	edge  int // column where it ends
}

// splitLines cuts the text and blanks out lines that are page numbers only.
func splitLines(s string) []line {
	parts := strings.Split(s, "\n")
	lines := make([]line, 0, len(parts))
	for i, p := range parts {
		feed := strings.ContainsRune(p, '\f') || i+1 < len(parts) && strings.HasPrefix(parts[i+1], "\f")
		p = strings.ReplaceAll(p, "\f", "")
		t := trim(p)
		if pageNumber(t, feed) {
			t = ""
		}
		lines = append(lines, line{num: i + 1, raw: p, s: t, blank: t == "",
			edge: width(strings.TrimRight(p, " \t\u3000\u00a0"))})
	}
	return lines
}

func trim(s string) string { return flow.Trim(s) }

// pageNumber recognises “— 12 —”, “-12-”, “第 12 页”; a bare number counts
// only at a form feed, since elsewhere it may be a cell of a flattened table.
func pageNumber(s string, feed bool) bool {
	if s == "" || len(s) > 30 {
		return false
	}
	core := strings.Trim(s, " -—–－―─·\u3000")
	dashed := core != s && !strings.HasPrefix(s, core) && !strings.HasSuffix(s, core)
	if r := strings.TrimPrefix(core, "第"); r != core {
		if q := strings.TrimSuffix(r, "页"); q != r {
			core, dashed = trim(q), true
		}
	}
	if core == "" || len(core) > 4 {
		return false
	}
	for _, c := range core {
		if c < '0' || c > '9' {
			return false
		}
	}
	return dashed || feed
}

// longest is more than any paragraph; joining stops there.
const longest = 1 << 16

// readParagraph takes one paragraph from the front of lines and tells how
// many lines it used.
func readParagraph(lines []line, wrap int) (document.Block, int) {
	b := document.Block{Kind: document.Paragraph, Place: document.Place{Para: lines[0].num}}
	s := lines[0].s
	if h := strings.TrimLeft(s, "#"); h != s && len(s)-len(h) <= 6 && strings.HasPrefix(h, " ") {
		b.Kind, b.Level = document.Heading, len(s)-len(h)
		b.Text = document.Plain(trim(h), b.Place)
		return b, 1
	}
	last, edge := bullet(s), lines[0].edge
	b.Text = document.Plain(last, b.Place)
	n := 1
	for {
		next := n
		for next < len(lines) && lines[next].blank {
			next++
		}
		// Many blank lines are meant; one or two are what a page break leaves.
		if next >= len(lines) || next-n > 3 || len(b.Text.S) > longest {
			return b, n
		}
		nl := lines[next]
		full := wrap > 0 && edge > wrap-slack && edge <= wrap+slack && !columns(last) && !columns(nl.s)
		if full && flow.Title(last) && titleEnd.MatchString(last) {
			full = false // a title that happens to be long
		}
		if separator(lines, next) != 0 || !continues(last, b.Text.S, nl.s, next > n, full) {
			return b, n
		}
		b.Text.S += glue(b.Text.S, nl.s)
		start := len(b.Text.S)
		b.Text.Spans[len(b.Text.Spans)-1].End = start
		b.Text.S += nl.s
		b.Text.Spans = append(b.Text.Spans, document.Span{Start: start, End: len(b.Text.S), Place: document.Place{Para: nl.num}})
		last, edge, n = nl.s, nl.edge, next+1
	}
}

// bullet drops a list mark: “- 一、概况” → “一、概况”, but keeps “- 5.00”.
func bullet(s string) string {
	for _, m := range []string{"- ", "* ", "• ", "· ", "● "} {
		if r, ok := strings.CutPrefix(s, m); ok {
			r = trim(r)
			if c, _ := utf8.DecodeRuneInString(r); c < '0' || c > '9' {
				return r
			}
		}
	}
	return s
}
