package sample

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"strings"
	"time"

	"juesuan/internal/document"
)

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// Word writes the disclosure as a Word file: headings by style, a page number
// in the footer, every table on a new page with its header row repeated.
func Word(d *document.Document) ([]byte, error) {
	parts := []struct{ name, body string }{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			override("document", "document.main") + override("styles", "styles") + override("footer1", "footer") + `</Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			relation(1, "officeDocument", "word/document.xml") + `</Relationships>`},
		{"word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			relation(1, "styles", "styles.xml") + relation(2, "footer", "footer1.xml") + `</Relationships>`},
		{"word/styles.xml", wordStyles()},
		{"word/footer1.xml", `<w:ftr ` + wordSpace + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr>` +
			`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
			`<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>`},
		{"word/document.xml", wordBody(d)},
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		// a fixed time: the same disclosure gives the same bytes
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: time.Date(year+1, 9, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", p.name, err)
		}
		if _, err := w.Write([]byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + p.body)); err != nil {
			return nil, fmt.Errorf("write %s: %w", p.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("close docx: %w", err)
	}
	return b.Bytes(), nil
}

func override(part, kind string) string {
	return fmt.Sprintf(`<Override PartName="/word/%s.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml"/>`, part, kind)
}

func relation(id int, kind, target string) string {
	return fmt.Sprintf(`<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`, id, kind, target)
}

func wordStyles() string {
	var b strings.Builder
	b.WriteString(`<w:styles ` + wordSpace + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋"/><w:sz w:val="28"/></w:rPr></w:rPrDefault></w:docDefaults>`)
	b.WriteString(`<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>`)
	for i, size := range []int{40, 32, 30} {
		align := ""
		if i == 0 {
			align = `<w:jc w:val="center"/>`
		}
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:styleId="%d"><w:name w:val="heading %d"/><w:basedOn w:val="a"/>`+
			`<w:pPr><w:keepNext/><w:spacing w:before="160" w:after="80"/>%s<w:outlineLvl w:val="%d"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/><w:sz w:val="%d"/></w:rPr></w:style>`,
			i+1, i+1, align, i, size)
	}
	b.WriteString(`</w:styles>`)
	return b.String()
}

func wordBody(d *document.Document) string {
	var b strings.Builder
	b.WriteString(`<w:document ` + wordSpace + `><w:body>`)
	for i, bl := range d.Blocks {
		switch bl.Kind {
		case document.Heading:
			brk := ""
			if i > 0 && (bl.Level == 1 || titleOfTable(d, i)) {
				brk = `<w:pageBreakBefore/>`
			}
			if titleOfTable(d, i) {
				brk += `<w:jc w:val="center"/>`
				if d.Blocks[i-1].Kind == document.Heading {
					brk = `<w:jc w:val="center"/>` // the first table follows the heading of its part
				}
			}
			fmt.Fprintf(&b, `<w:p><w:pPr><w:pStyle w:val="%d"/>%s</w:pPr>%s</w:p>`, bl.Level, brk, wordRun(bl.Text.S, 0))
		case document.Paragraph:
			wordParagraph(&b, d, i)
		case document.TableBlock:
			wordTable(&b, bl.Table)
		}
	}
	b.WriteString(`<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="1440" w:right="1080" w:bottom="1440" w:left="1080" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return b.String()
}

// wordParagraph writes block i: a small line when it is a label or a note of
// a table, else an indented paragraph.
func wordParagraph(b *strings.Builder, d *document.Document, i int) {
	near := func(k int) bool { return k >= 0 && k < len(d.Blocks) && d.Blocks[k].Kind == document.TableBlock }
	format, size := `<w:ind w:firstLineChars="200" w:firstLine="560"/>`, 0
	switch {
	case near(i+1) || near(i+2):
		format, size = `<w:jc w:val="right"/>`, 20
	case near(i-1) || near(i-2):
		format, size = ``, 20
	}
	b.WriteString(`<w:p><w:pPr>` + format + `</w:pPr>` + wordRun(d.Blocks[i].Text.S, size) + `</w:p>`)
}

// titleOfTable reports whether block i is the title above a table.
func titleOfTable(d *document.Document, i int) bool {
	return i+3 < len(d.Blocks) && d.Blocks[i+3].Kind == document.TableBlock
}

// wordRun is a run of text; size is in half points, 0 for the style's own.
func wordRun(s string, size int) string {
	rpr := ""
	if size > 0 {
		rpr = fmt.Sprintf(`<w:rPr><w:sz w:val="%d"/></w:rPr>`, size)
	}
	return `<w:r>` + rpr + `<w:t xml:space="preserve">` + html.EscapeString(s) + `</w:t></w:r>`
}

const tableWidth = 9740 // twentieths of a point between the margins

// columnWidths shares the width by the longest unmerged text of each column.
func columnWidths(t *document.Table) []int {
	n := len(t.Rows[0])
	weight := make([]int, n)
	sum := 0
	for c := range n {
		w := 5
		for _, row := range t.Rows {
			if row[c].ColSpan == 1 {
				w = max(w, min(12, len([]rune(row[c].Text))))
			}
		}
		weight[c] = w
		sum += w
	}
	for c := range weight {
		weight[c] = weight[c] * tableWidth / sum
	}
	return weight
}

func wordTable(b *strings.Builder, t *document.Table) {
	widths := columnWidths(t)
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="` + fmt.Sprint(tableWidth) + `" w:type="dxa"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString(`</w:tblGrid>`)
	for r, row := range t.Rows {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if r < headRows(t) {
			b.WriteString(`<w:tblHeader/>`)
		}
		b.WriteString(`</w:trPr>`)
		for c := 0; c < len(row); {
			c += wordCell(b, t, r, c, widths)
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
}

// headRows counts the rows that repeat on every page: down to the 栏次 row,
// and two where there is none.
func headRows(t *document.Table) int {
	for r := range min(4, len(t.Rows)) {
		if t.Rows[r][0].Text == "栏次" {
			return r + 1
		}
	}
	return 2
}

// wordCell writes the cell at r, c or the piece of a vertical merge there, and
// gives the number of columns it takes.
func wordCell(b *strings.Builder, t *document.Table, r, c int, widths []int) int {
	x := t.Rows[r][c]
	span, merge := x.ColSpan, ""
	switch {
	case x.Covered:
		span = spanAbove(t, r, c)
		merge = `<w:vMerge/>`
	case x.RowSpan > 1:
		merge = `<w:vMerge w:val="restart"/>`
	}
	w := 0
	for k := range span {
		w += widths[c+k]
	}
	fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, w)
	if span > 1 {
		fmt.Fprintf(b, `<w:gridSpan w:val="%d"/>`, span)
	}
	b.WriteString(merge + `<w:vAlign w:val="center"/></w:tcPr><w:p>` + cellFormat(r, x.Text))
	if x.Text != "" {
		b.WriteString(wordRun(x.Text, cellSize))
	}
	b.WriteString(`</w:p></w:tc>`)
	return span
}

// cellFormat centres the header and line numbers and sets amounts to the
// right; the mark of an empty paragraph is small too, or its row grows.
func cellFormat(r int, s string) string {
	align := ""
	switch {
	case strings.Trim(s, "0123456789.-") != "":
		if r < 2 {
			align = `<w:jc w:val="center"/>`
		}
	case strings.Contains(s, "."):
		align = `<w:jc w:val="right"/>`
	case len(s) < 3:
		align = `<w:jc w:val="center"/>`
	}
	return `<w:pPr>` + align + fmt.Sprintf(`<w:rPr><w:sz w:val="%d"/></w:rPr></w:pPr>`, cellSize)
}

const cellSize = 17 // half points

// spanAbove is the width of the merged cell that covers r, c from above.
func spanAbove(t *document.Table, r, c int) int {
	for up := r - 1; up >= 0; up-- {
		if !t.Rows[up][c].Covered {
			return t.Rows[up][c].ColSpan
		}
	}
	return 1
}
