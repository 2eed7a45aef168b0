package docx

// write_body.go writes word/document.xml.

import (
	"fmt"
	"strings"
	"unicode"

	"juesuan/internal/document"
)

func (p *writer) body() string {
	p.b.WriteString(`<w:document ` + word + ` xmlns:wp="` + nsDrawing + `wordprocessingDrawing" xmlns:a="` + nsDrawing + `main" xmlns:pic="` + nsDrawing + `picture"><w:body>`)
	for n := range p.chunks {
		c := &p.chunks[n]
		last := n+1 == len(p.chunks)
		shuts := last || p.chunks[n+1].section // the chunk ends its section
		for i := c.first; i < c.end; i++ {
			brk := i == c.first && n > 0 && !c.section
			sect := ""
			if i+1 == c.end && shuts && !last {
				sect = p.section(n)
			}
			p.block(i, c, brk, sect)
		}
		if last {
			if p.doc.Blocks[c.end-1].Kind == document.TableBlock {
				p.b.WriteString(tiny("", ""))
			}
			p.b.WriteString(p.section(n))
		}
	}
	p.b.WriteString(`</w:body></w:document>`)
	s := p.b.String()
	p.b.Reset()
	return s
}

// tiny is an empty paragraph that takes no room: it parts two tables, breaks
// a page before a table, ends a section after one.
func tiny(first, last string) string {
	return `<w:p><w:pPr>` + first + `<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>` + last + `</w:pPr></w:p>`
}

// block writes block i; sect are the properties of the section it ends.
func (p *writer) block(i int, c *chunk, brk bool, sect string) {
	b := &p.doc.Blocks[i]
	switch b.Kind {
	case document.TableBlock:
		switch {
		case brk:
			p.b.WriteString(tiny(`<w:pageBreakBefore/>`, ""))
		case i > 0 && p.doc.Blocks[i-1].Kind == document.TableBlock && i > c.first:
			p.b.WriteString(tiny("", ""))
		}
		p.table(i)
		if sect != "" {
			p.b.WriteString(tiny("", sect))
		}
		return
	case document.PictureBlock:
		if b.Picture == nil || len(b.Picture.PNG) == 0 {
			if brk || sect != "" {
				first := ""
				if brk {
					first = `<w:pageBreakBefore/>`
				}
				p.b.WriteString(tiny(first, sect))
			}
			return
		}
		p.b.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + idPicture + `"/>`)
		if brk {
			p.b.WriteString(`<w:pageBreakBefore/>`)
		}
		p.b.WriteString(sect + `</w:pPr>`)
		p.picture(b.Picture, c.geo)
		p.b.WriteString(`</w:p>`)
		return
	}
	if b.Style == document.Contents {
		p.contents(i, brk, sect)
		return
	}
	p.b.WriteString(`<w:p>` + p.props(i, c, brk, sect))
	p.text(i)
	p.b.WriteString(`</w:p>`)
}

// props are the properties of a paragraph in the order of the schema.
func (p *writer) props(i int, c *chunk, brk bool, sect string) string {
	b := &p.doc.Blocks[i]
	id, outline := styleOf(b, c.front)
	l := lookByID(id)
	s := `<w:pPr><w:pStyle w:val="` + id + `"/>`
	if p.leads(i) {
		s += `<w:keepNext/>`
	}
	if brk {
		s += `<w:pageBreakBefore/>`
	}
	heading := b.Kind == document.Heading
	switch {
	case b.Style == document.Unitline:
		s += fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs>`, c.geo.text())
	case b.Style == document.Title && c.front && p.firstTitle(i, c):
		s += `<w:spacing w:before="3600"/>`
	}
	switch {
	case heading && b.Style == document.Caption:
		cap := lookByID(idCaption)
		s += fmt.Sprintf(`<w:spacing w:before="%d" w:after="%d" w:line="%d" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>`, cap.before, cap.after, cap.line)
	case b.Style == document.Unitline && !strings.Contains(b.Text.S, "\t"):
		s += `<w:jc w:val="right"/>`
	}
	if outline > 0 && outline != l.outline {
		s += fmt.Sprintf(`<w:outlineLvl w:val="%d"/>`, outline-1)
	}
	return s + sect + `</w:pPr>`
}

// leads reports a short text that stays with the picture below it.
func (p *writer) leads(i int) bool {
	b := &p.doc.Blocks[i]
	return b.Kind == document.Paragraph && b.Style == document.Body && i+1 < len(p.doc.Blocks) &&
		p.doc.Blocks[i+1].Kind == document.PictureBlock && len([]rune(b.Text.S)) < 60
}

// firstTitle reports whether block i is the first title on its page.
func (p *writer) firstTitle(i int, c *chunk) bool {
	for k := c.first; k < i; k++ {
		if p.doc.Blocks[k].Style == document.Title {
			return false
		}
	}
	return true
}

// text writes the runs of a paragraph, between bookmarks for a heading of the
// contents.
func (p *writer) text(i int) {
	b := &p.doc.Blocks[i]
	mark := p.marks[i]
	if mark > 0 {
		fmt.Fprintf(&p.b, `<w:bookmarkStart w:id="%d" w:name="%s"/>`, mark, bookmark(mark))
	}
	rpr := ""
	if b.Kind == document.Heading && b.Style == document.Caption && b.Level <= 4 {
		cap := lookByID(idCaption)
		rpr = fmt.Sprintf(`<w:rFonts w:eastAsia="%s"/><w:b w:val="0"/><w:bCs w:val="0"/><w:sz w:val="%d"/><w:szCs w:val="%[2]d"/>`, cap.font, cap.size)
	}
	if shrunk(b) {
		rpr = fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%[1]d"/>`, size3)
	}
	p.run(b.Text.S, rpr)
	if mark > 0 {
		fmt.Fprintf(&p.b, `<w:bookmarkEnd w:id="%d"/>`, mark)
	}
}

// shrunk reports a title of a part that takes one line only in a smaller type:
// a last word alone on a second line looks torn off.
func shrunk(b *document.Block) bool {
	if b.Kind != document.Heading || b.Level > 1 || b.Style != document.Body {
		return false
	}
	w := emWidth(b.Text.S) * 10
	return w*sizeSmall > float64(portrait.text()) && w*size3 <= float64(portrait.text())
}

func bookmark(n int) string { return fmt.Sprintf("_Toc%08d", n) }

// run writes s with line breaks and tabs. Quotes and dashes take the East
// Asian font by a hint, or Word sets them in the Latin one.
func (p *writer) run(s, rpr string) {
	if strings.ContainsFunc(s, ambiguous) && !strings.Contains(rpr, "w:rFonts") {
		rpr = `<w:rFonts w:hint="eastAsia"/>` + rpr
	} else if strings.ContainsFunc(s, ambiguous) {
		rpr = strings.Replace(rpr, `<w:rFonts `, `<w:rFonts w:hint="eastAsia" `, 1)
	}
	p.b.WriteString(`<w:r>`)
	if rpr != "" {
		p.b.WriteString(`<w:rPr>` + rpr + `</w:rPr>`)
	}
	start := 0
	put := func(end int, mark string) {
		if end > start {
			p.b.WriteString(`<w:t xml:space="preserve">` + escape(s[start:end]) + `</w:t>`)
		}
		p.b.WriteString(mark)
		start = end + 1
	}
	for k := range len(s) {
		switch s[k] {
		case '\n':
			put(k, `<w:br/>`)
		case '\t':
			put(k, `<w:tab/>`)
		}
	}
	put(len(s), "")
	p.b.WriteString(`</w:r>`)
}

// ambiguous characters are wide in Chinese and narrow in Latin type.
func ambiguous(r rune) bool {
	return r >= 0x2010 && r <= 0x2027 || r == '·' || r == '×' || r == '±' || r >= 0x2460 && r <= 0x24ff || r >= 0x2150 && r <= 0x218f
}

// contents writes the heading of the contents and the field, filled in.
func (p *writer) contents(i int, brk bool, sect string) {
	b := &p.doc.Blocks[i]
	p.b.WriteString(`<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>`)
	if strings.IndexFunc(b.Text.S, func(r rune) bool { return !unicode.IsSpace(r) }) >= 0 {
		p.b.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + idTOC + `"/>`)
		if brk {
			p.b.WriteString(`<w:pageBreakBefore/>`)
			brk = false
		}
		p.b.WriteString(`</w:pPr>`)
		p.run(b.Text.S, "")
		p.b.WriteString(`</w:p>`)
	}
	field := func(kind string) string {
		dirty := ""
		if kind == "begin" {
			dirty = ` w:dirty="true"`
		}
		return `<w:r><w:fldChar w:fldCharType="` + kind + `"` + dirty + `/></w:r>`
	}
	code := func(s string) string { return `<w:r><w:instrText xml:space="preserve"> ` + s + ` </w:instrText></w:r>` }
	for k, h := range p.toc {
		level := 2 // of a title of a table
		if p.doc.Blocks[h].Kind == document.Heading {
			level = max(1, p.doc.Blocks[h].Level)
		}
		fmt.Fprintf(&p.b, `<w:p><w:pPr><w:pStyle w:val="TOC%d"/>`, level)
		if brk {
			p.b.WriteString(`<w:pageBreakBefore/>`)
			brk = false
		}
		p.b.WriteString(`</w:pPr>`)
		if k == 0 {
			p.b.WriteString(field("begin") + code(`TOC \o "1-2" \h \z \t "`+lookByID(idCaption).name+`,2"`) + field("separate"))
		}
		mark := bookmark(p.marks[h])
		p.b.WriteString(`<w:hyperlink w:anchor="` + mark + `" w:history="1">`)
		p.run(strings.Join(strings.FieldsFunc(p.doc.Blocks[h].Text.S, func(r rune) bool { return r == '\n' || r == '\t' }), " ")+"\t", "")
		p.b.WriteString(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>` + code(`PAGEREF `+mark+` \h`) + field("separate"))
		p.run(fmt.Sprint(p.pages[h]), "")
		p.b.WriteString(field("end") + `</w:hyperlink>`)
		if k+1 == len(p.toc) {
			p.b.WriteString(field("end"))
		}
		p.b.WriteString(`</w:p>`)
	}
	p.b.WriteString(`</w:sdtContent></w:sdt>`)
	if sect != "" {
		p.b.WriteString(tiny("", sect))
	}
}

// section are the properties of the section that chunk n ends.
func (p *writer) section(n int) string {
	c := &p.chunks[n]
	start := n
	for start > 0 && !p.chunks[start].section {
		start--
	}
	s := `<w:sectPr>`
	if !c.front {
		s += `<w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>`
	}
	s += `<w:type w:val="nextPage"/>` + fmt.Sprintf(`<w:pgSz w:w="%d" w:h="%d"`, c.geo.w, c.geo.h)
	if c.geo.landscape {
		s += ` w:orient="landscape"`
	}
	s += fmt.Sprintf(`/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="851" w:footer="%d" w:gutter="0"/>`,
		c.geo.top, c.geo.right, c.geo.bottom, c.geo.left, min(1400, c.geo.bottom-500))
	if !c.front && (start == 0 || p.chunks[start-1].front) {
		s += `<w:pgNumType w:start="1"/>`
	}
	return s + `<w:cols w:space="425"/></w:sectPr>`
}

// emu are the units of drawings: 12700 a point.
const emu = 12700

// pictureSize is the size of a picture in twentieths of a point, at most as
// wide as the text.
func pictureSize(x *document.Picture, g geometry) (w, h int) {
	fw, fh := x.Width*20, x.Height*20
	if fw <= 0 || fh <= 0 {
		fw, fh = float64(g.text()), float64(g.text())/2
	}
	k := min(1, float64(g.text())/fw, float64(g.height()-1200)/fh)
	return int(fw * k), int(fh * k)
}

// picture writes a drawing: the PNG, and the SVG for programs that know it.
func (p *writer) picture(x *document.Picture, g geometry) {
	w, h := pictureSize(x, g)
	n := len(p.media) + 1
	png := mediaID(len(p.media))
	p.media = append(p.media, media{fmt.Sprintf("media/image%d.png", n), string(x.PNG)})
	ext := ""
	if len(x.SVG) > 0 {
		svg := mediaID(len(p.media))
		p.media = append(p.media, media{fmt.Sprintf("media/image%d.svg", n), string(x.SVG)})
		ext = `<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="` + svg + `"/></a:ext></a:extLst>`
	}
	fmt.Fprintf(&p.b, `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="图%[3]d" descr="%[4]s"/>`+
		`<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="%[5]spicture"><pic:pic>`+
		`<pic:nvPicPr><pic:cNvPr id="%[3]d" name="图%[3]d" descr="%[4]s"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="%[6]s">%[7]s</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%[1]d" cy="%[2]d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
		w*emu/20, h*emu/20, n, escape(x.Alt), nsDrawing, png, ext)
}
