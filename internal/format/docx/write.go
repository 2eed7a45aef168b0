package docx

// write.go is the way back of docx.go: a Document as a Word file. The parts
// are written by hand over archive/zip; the same Document gives the same
// bytes. The look follows GB/T 9704 (write_styles.go), the pages are laid out
// in write_pages.go, tables in write_table.go.

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"juesuan/internal/document"
)

// WriteOptions are what a Word file says about itself. The zero value is
// ready for use.
type WriteOptions struct {
	Title  string // of the document properties; "": the title of the document
	Author string // the unit that publishes; never a person
}

// Write writes doc as a Word file. Paragraphs and headings take the look of
// their Style; a Contents paragraph is followed by a table of contents field
// that is filled in already; tables repeat their header rows; a Landscape
// block turns its page. Errors are those of w and of the context, and tables
// that are no grid.
func Write(ctx context.Context, doc *document.Document, w io.Writer, opt WriteOptions) error {
	p, err := newWriter(ctx, doc)
	if err != nil {
		return fmt.Errorf("write docx: %w", err)
	}
	if opt.Title == "" {
		opt.Title = titleOf(doc)
	}
	z := zip.NewWriter(w)
	for _, part := range p.parts(opt) {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("write docx: %w", err)
		}
		h := &zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: epoch}
		if strings.HasSuffix(part.name, ".png") {
			h.Method = zip.Store // packed already
		}
		f, err := z.CreateHeader(h)
		if err != nil {
			return fmt.Errorf("write %s: %w", part.name, err)
		}
		if _, err := io.WriteString(f, part.body); err != nil {
			return fmt.Errorf("write %s: %w", part.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write docx: %w", err)
	}
	return nil
}

// epoch is the time of every part, so that equal documents are equal files.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

type part struct{ name, body string }

// titleOf is the first title, else the first heading.
func titleOf(doc *document.Document) string {
	for _, style := range []bool{true, false} {
		for _, b := range doc.Blocks {
			if b.Table == nil && (style && b.Style == document.Title || !style && b.Kind == document.Heading) {
				return strings.Join(strings.Fields(b.Text.S), "")
			}
		}
	}
	return ""
}

const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	nsMain    = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	nsRel     = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsPackage = "http://schemas.openxmlformats.org/package/2006/"
	nsDrawing = "http://schemas.openxmlformats.org/drawingml/2006/"
	word      = `xmlns:w="` + nsMain + `" xmlns:r="` + nsRel + `"`
)

// parts are the files of the package in a fixed order.
func (p *writer) parts(opt WriteOptions) []part {
	types := `<Types xmlns="` + nsPackage + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>`
	rels := ""
	id := 0
	main := []part{{"document", p.body()}, {"styles", stylesPart}, {"settings", settingsPart}, {"fontTable", fontsPart},
		{"footer1", footer("right", `w:rightChars="100" w:right="280"`)}, {"footer2", footer("left", `w:leftChars="100" w:left="280"`)}}
	if len(p.media) > 0 {
		types += `<Default Extension="png" ContentType="image/png"/><Default Extension="svg" ContentType="image/svg+xml"/>`
	}
	for i, x := range main {
		kind := strings.TrimRight(x.name, "12")
		ct := kind
		if i == 0 {
			ct = "document.main"
		} else {
			id++
			rels += relation(fmt.Sprintf("rId%d", id), kind, x.name+".xml")
		}
		types += `<Override PartName="/word/` + x.name + `.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.` + ct + `+xml"/>`
	}
	for i, m := range p.media {
		rels += relation(mediaID(i), "image", m.name)
	}
	types += `<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>`
	core := `<cp:coreProperties xmlns:cp="` + nsPackage + `metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
		`<dc:title>` + escape(opt.Title) + `</dc:title>`
	if opt.Author != "" {
		core += `<dc:creator>` + escape(opt.Author) + `</dc:creator>`
	}
	core += `<dc:language>zh-CN</dc:language></cp:coreProperties>`
	out := []part{
		{"[Content_Types].xml", xmlHead + types},
		{"_rels/.rels", xmlHead + relations(relation("rId1", "officeDocument", "word/document.xml")+
			`<Relationship Id="rId2" Type="`+nsPackage+`relationships/metadata/core-properties" Target="docProps/core.xml"/>`+
			relation("rId3", "extended-properties", "docProps/app.xml"))},
		{"word/_rels/document.xml.rels", xmlHead + relations(rels)},
		{"docProps/core.xml", xmlHead + core},
		{"docProps/app.xml", xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>juesuan</Application></Properties>`},
	}
	for _, x := range main {
		out = append(out, part{"word/" + x.name + ".xml", xmlHead + x.body})
	}
	for _, m := range p.media {
		out = append(out, part{"word/" + m.name, m.body})
	}
	return out
}

func relations(s string) string {
	return `<Relationships xmlns="` + nsPackage + `relationships">` + s + `</Relationships>`
}

func relation(id, kind, target string) string {
	return `<Relationship Id="` + id + `" Type="` + nsRel + `/` + kind + `" Target="` + target + `"/>`
}

// escape makes s fit for text and attributes; what XML cannot hold is U+FFFD.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder never fails
	return b.String()
}

// footer is the page number of GB/T 9704: — 1 — on the outer side, 四号.
func footer(side, indent string) string {
	run := func(s string) string {
		return `<w:r><w:rPr><w:rFonts w:hint="eastAsia" w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>` + s + `</w:r>`
	}
	return `<w:ftr ` + word + `><w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind ` + indent + `/><w:jc w:val="` + side + `"/></w:pPr>` +
		run(`<w:t xml:space="preserve">— </w:t>`) + run(`<w:fldChar w:fldCharType="begin"/>`) + run(`<w:instrText xml:space="preserve"> PAGE </w:instrText>`) +
		run(`<w:fldChar w:fldCharType="separate"/>`) + run(`<w:t>1</w:t>`) + run(`<w:fldChar w:fldCharType="end"/>`) +
		run(`<w:t xml:space="preserve"> —</w:t>`) + `</w:p></w:ftr>`
}
