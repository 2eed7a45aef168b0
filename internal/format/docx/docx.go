// Package docx reads Word files (.docx, .docm, also in the strict form of
// ISO/IEC 29500): the text as it is printed, with automatic numbers written
// out, tracked deletions and field codes left out.
package docx

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/format/archive"
	"juesuan/internal/format/flow"
)

// Read makes a Document of a Word file. Blocks come in the order of
// word/document.xml, text boxes after the paragraph they hang on, footnotes
// and endnotes at the end; a table inside a table's cell follows that table.
// Place.Para counts paragraphs and tables from 1. Errors are
// *document.ReadError, or wrap the context's error.
func Read(ctx context.Context, name string, data []byte, lim document.Limits) (*document.Document, error) {
	if err := lim.Fits(name, int64(len(data))); err != nil {
		return nil, err
	}
	z, err := archive.Open(name, data, lim)
	if err != nil {
		return nil, err
	}
	main, err := mainPart(z)
	if err != nil {
		return nil, broken(name, main, err)
	}
	part, err := z.Part(main)
	if err != nil {
		return nil, err
	}
	if part == nil {
		return nil, &document.ReadError{File: name, Problem: "不是有效的 Word 文件（缺少 " + main + "）",
			Remedy: "请用 Word/WPS 打开后另存为 .docx 再试"}
	}
	r := &reader{ctx: ctx, lim: lim, notes: map[string][]document.Block{}}
	dir := path.Dir(main)
	for _, p := range []struct {
		file string
		read func([]byte) error
	}{
		{"styles.xml", r.readStyles}, {"numbering.xml", r.readNumbering},
		{"footnotes.xml", r.readNotes}, {"endnotes.xml", r.readNotes},
	} {
		where := path.Join(dir, p.file)
		b, err := z.Part(where)
		if err != nil {
			return nil, err
		}
		if b == nil {
			continue
		}
		if err := p.read(b); err != nil {
			if ctx.Err() != nil {
				return nil, fmt.Errorf("read %s: %w", name, ctx.Err())
			}
			// The text can be read without; the user should know.
			r.warn(where+" 已损坏，自动编号、标题级别或脚注可能不完整", document.Place{})
		}
	}
	blocks, err := r.readMain(part)
	if err != nil {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("read %s: %w", name, ctx.Err())
		}
		return nil, broken(name, main, err)
	}
	for _, id := range r.noted {
		for _, b := range r.notes[id] {
			r.number(&b)
			blocks = append(blocks, b)
		}
	}
	if len(blocks) == 0 {
		return nil, &document.ReadError{File: name, Problem: "文件是空的，没有文字", Remedy: "请检查是否选错了文件；图片里的文字无法读取"}
	}
	r.embedded(z)
	return &document.Document{Name: name, Files: []document.File{{Name: name, Format: "docx"}},
		Blocks: blocks, Warnings: r.warnings}, nil
}

func broken(name, place string, err error) error {
	var re *document.ReadError
	if errors.As(err, &re) {
		if re.File == "" {
			re.File, re.Place = name, place
		}
		return re
	}
	return &document.ReadError{File: name, Place: place, Problem: "Word 文件内容不完整或已损坏",
		Remedy: "请用 Word/WPS 打开后另存为 .docx 再试", Err: err}
}

// mainPart finds the part that holds the text, word/document.xml as a rule.
func mainPart(z *archive.Zip) (string, error) {
	const usual = "word/document.xml"
	part, err := z.Part("_rels/.rels")
	if err != nil || part == nil {
		return usual, err
	}
	var rels struct {
		Relations []struct {
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := xml.Unmarshal(part, &rels); err != nil {
		return usual, nil // a damaged list does not matter while the text is where it always is
	}
	for _, r := range rels.Relations {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			return strings.TrimPrefix(path.Clean("/"+r.Target), "/"), nil
		}
	}
	return usual, nil
}

// reader is the state of one Read.
type reader struct {
	ctx      context.Context
	lim      document.Limits
	styles   map[string]*style
	nums     numbering
	notes    map[string][]document.Block // by kind and id
	noted    []string                    // in the order of their references
	para     int                         // paragraphs and tables so far
	cells    int
	warnings []document.Warning
	hidden   bool // hidden text was dropped, and said so
	external bool // likewise for altChunk
}

func (r *reader) warn(msg string, p document.Place) {
	r.warnings = append(r.warnings, document.Warning{Message: msg, Place: p})
}

// number gives a block the next number of the file.
func (r *reader) number(b *document.Block) {
	r.para++
	b.Place.Para = r.para
	if b.Table != nil {
		b.Table.Place = b.Place
		for i := range b.Table.Rows {
			for j := range b.Table.Rows[i] {
				b.Table.Rows[i][j].Place = document.Place{Para: r.para, Cell: fmt.Sprintf("r%dc%d", i+1, j+1)}
			}
		}
		return
	}
	for i := range b.Text.Spans {
		b.Text.Spans[i].Place = b.Place
	}
}

func (r *reader) readMain(part []byte) ([]document.Block, error) {
	d := newDecoder(r.ctx, part, r.lim.Depth)
	var blocks []document.Block
	found := false
	err := d.children(func(t xml.StartElement) error {
		if t.Name.Local != "document" {
			return d.skip()
		}
		return d.children(func(t xml.StartElement) error {
			if t.Name.Local != "body" {
				return d.skip()
			}
			found = true
			bs, err := r.blocks(d)
			blocks = append(blocks, bs...)
			return err
		})
	})
	if err == nil && !found {
		err = errors.New("no body")
	}
	if err != nil {
		return nil, err
	}
	for i := range blocks {
		r.number(&blocks[i])
	}
	return blocks, nil
}

// readNotes reads footnotes.xml or endnotes.xml.
func (r *reader) readNotes(part []byte) error {
	d := newDecoder(r.ctx, part, r.lim.Depth)
	return d.children(func(t xml.StartElement) error {
		return d.children(func(t xml.StartElement) error {
			if k := attr(t, "type"); k != "" && k != "normal" {
				return d.skip() // separators
			}
			bs, err := r.blocks(d)
			r.notes[t.Name.Local+attr(t, "id")] = bs
			return err
		})
	})
}

// embedded warns of workbooks inside the file: the real tables are often there.
func (r *reader) embedded(z *archive.Zip) {
	for _, e := range z.Entries {
		if !strings.Contains(e.Name, "embeddings/") {
			continue
		}
		switch strings.ToLower(path.Ext(e.Name)) {
		case ".xlsx", ".xlsm", ".xls", ".et":
			r.warn("文件内嵌有 Excel 工作簿（"+path.Base(e.Name)+"），其中的表格未读取，请另存为单独的 .xlsx 文件一并检查", document.Place{})
		case ".bin":
			r.warn("文件内嵌有其他对象（"+path.Base(e.Name)+"），其中的内容未读取；如为表格，请另存为单独的 .xlsx 文件一并检查", document.Place{})
		}
	}
}

// heading decides the kind of a paragraph by its style.
func heading(s string, level int, title bool) (document.BlockKind, int) {
	// Some authors style whole sentences as headings to get a bold type.
	if level == 0 && !title || len([]rune(s)) > 60 || strings.Contains(s, "。") {
		return document.Paragraph, 0
	}
	return document.Heading, level
}

// textBlocks makes the blocks of a paragraph.
func textBlocks(s string, level int, title bool) []document.Block {
	var out []document.Block
	for _, p := range flow.Split(s) {
		b := document.Block{Text: document.Plain(p, document.Place{})}
		b.Kind, b.Level = heading(p, level, title)
		out = append(out, b)
	}
	return out
}
