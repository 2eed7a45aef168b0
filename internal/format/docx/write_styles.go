package docx

// write_styles.go is the look: GB/T 9704-2012 for the text (仿宋 三号, 28–30
// points a line, 黑体 and 楷体 headings), small print around tables. The type
// of a document needs fonts that only the reader's machine may have; each has
// other names to fall back to.

import (
	"fmt"
	"strings"

	"juesuan/internal/document"
)

// Type sizes in half points.
const (
	size2     = 44 // 二号
	sizeSmall = 36 // 小二
	size3     = 32 // 三号
	size4     = 28 // 四号
	sizeTOC   = 24 // 小四
	size5     = 21 // 五号
	sizeNote  = 18 // 小五
)

// Distances in twentieths of a point.
const (
	lineBody = 580 // 29 points
	lineTOC  = 420
)

// fonts with the names to use where one is not installed, best first.
var fonts = []struct{ name, alt, family string }{
	{"方正小标宋简体", "FZXiaoBiaoSong-B05S,方正小标宋_GBK,华文中宋,STZhongsong,宋体,SimSun,Noto Serif CJK SC", "script"},
	{"黑体", "SimHei,华文黑体,思源黑体,Noto Sans CJK SC", "modern"},
	{"楷体_GB2312", "楷体,KaiTi,华文楷体,AR PL UKai CN,Noto Serif CJK SC", "modern"},
	{"仿宋_GB2312", "仿宋,FangSong,华文仿宋,宋体,SimSun,Noto Serif CJK SC", "modern"},
	{"宋体", "SimSun,华文宋体,Noto Serif CJK SC", "roman"},
	{"Times New Roman", "Liberation Serif", "roman"},
}

var fontsPart = func() string {
	var b strings.Builder
	b.WriteString(`<w:fonts ` + word + `>`)
	for _, f := range fonts {
		charset := "86" // GB2312
		if f.name == "Times New Roman" {
			charset = "00"
		}
		fmt.Fprintf(&b, `<w:font w:name="%s"><w:altName w:val="%s"/><w:charset w:val="%s"/><w:family w:val="%s"/><w:pitch w:val="variable"/></w:font>`,
			f.name, f.alt, charset, f.family)
	}
	return b.String() + `</w:fonts>`
}()

const settingsPart = `<w:settings ` + word + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>` +
	`<w:characterSpacingControl w:val="doNotCompress"/><w:updateFields w:val="true"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
	`<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`

// look is a paragraph style.
type look struct {
	id, name string
	next     string
	font     string // East Asian; "": as the base
	size     int    // half points; 0: as the base
	bold     bool
	keep     bool // with the next paragraph, undivided
	line     int  // exact, 0: as the base
	before   int
	after    int
	indent   int    // first line, in characters
	left     int    // in characters
	align    string // "": both
	outline  int    // heading level from 1
	quick    bool   // shown in the gallery
}

// ids of the styles.
const (
	idCover   = "CoverTitle"
	idLine    = "CoverLine"
	idBody    = "BodyText"
	idFlush   = "Flush"
	idTag     = "TableTag"
	idUnit    = "UnitLine"
	idCaption = "TableCaption"
	idNote    = "TableNote"
	idCell    = "TableText"
	idPicture = "Picture"
	idTOC     = "TOCHeading"
)

var looks = []look{
	{id: "1", name: "heading 1", next: idBody, font: "黑体", size: sizeSmall, keep: true, line: 700, after: 280, align: "center", outline: 1, quick: true},
	{id: "2", name: "heading 2", next: idBody, font: "黑体", size: size3, keep: true, line: lineBody, before: 120, indent: 2, align: "left", outline: 2, quick: true},
	{id: "3", name: "heading 3", next: idBody, font: "楷体_GB2312", size: size3, keep: true, line: lineBody, indent: 2, align: "left", outline: 3, quick: true},
	{id: "4", name: "heading 4", next: idBody, font: "仿宋_GB2312", size: size3, bold: true, keep: true, line: lineBody, indent: 2, align: "left", outline: 4, quick: true},
	{id: idBody, name: "Body Text", indent: 2, quick: true},
	{id: idFlush, name: "正文不缩进", quick: true},
	{id: idCover, name: "封面题名", font: "方正小标宋简体", size: size2, line: 800, align: "center", quick: true},
	{id: idLine, name: "封面文字", font: "楷体_GB2312", size: size3, line: 640, align: "center", quick: true},
	{id: idTOC, name: "TOC Heading", font: "方正小标宋简体", size: size2, line: 800, after: 240, align: "center"},
	{id: "TOC1", name: "toc 1", font: "黑体", size: sizeTOC, line: lineTOC, align: "left"},
	{id: "TOC2", name: "toc 2", size: sizeTOC, line: lineTOC, left: 1, align: "left"},
	{id: "TOC3", name: "toc 3", size: sizeTOC, line: lineTOC, left: 2, align: "left"},
	{id: idCaption, name: "表题", next: idUnit, font: "方正小标宋简体", size: size3, keep: true, line: 480, before: 60, after: 60, align: "center", quick: true},
	{id: idTag, name: "表号", next: idUnit, font: "宋体", size: size5, keep: true, line: 300, align: "right", quick: true},
	{id: idUnit, name: "单位行", font: "宋体", size: size5, keep: true, line: 300, align: "left", quick: true},
	{id: idNote, name: "表注", font: "宋体", size: sizeNote, line: 280, align: "left", quick: true},
	{id: idCell, name: "表格文字", font: "宋体", size: sizeNote, line: 240, align: "left", quick: true},
	{id: idPicture, name: "图", line: -1, before: 120, align: "center", quick: true},
	{id: "Footer", name: "footer", font: "宋体", size: size4, line: 300, align: "right"},
}

// lookByID finds a style; it is there by construction.
func lookByID(id string) look {
	for _, l := range looks {
		if l.id == id {
			return l
		}
	}
	return look{size: size3, line: lineBody}
}

var stylesPart = func() string {
	var b strings.Builder
	b.WriteString(`<w:styles ` + word + `><w:docDefaults><w:rPrDefault><w:rPr>` +
		`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312" w:cs="Times New Roman"/>` +
		`<w:kern w:val="2"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`)
	b.WriteString(`<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl/>` +
		fmt.Sprintf(`<w:spacing w:line="%d" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr></w:style>`, lineBody))
	for _, l := range looks {
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="a"/>`, l.id, l.name)
		if l.next != "" {
			fmt.Fprintf(&b, `<w:next w:val="%s"/>`, l.next)
		}
		if strings.HasPrefix(l.name, "toc") {
			b.WriteString(`<w:uiPriority w:val="39"/>`)
		}
		if l.quick {
			b.WriteString(`<w:qFormat/>`)
		}
		b.WriteString(`<w:pPr>`)
		if l.keep {
			b.WriteString(`<w:keepNext/><w:keepLines/>`)
		}
		if strings.HasPrefix(l.name, "toc") {
			fmt.Fprintf(&b, `<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="%d"/></w:tabs>`, portrait.text())
		}
		b.WriteString(`<w:spacing w:before="` + fmt.Sprint(l.before) + `" w:after="` + fmt.Sprint(l.after) + `"`)
		switch {
		case l.line > 0:
			fmt.Fprintf(&b, ` w:line="%d" w:lineRule="exact"`, l.line)
		case l.line < 0: // pictures need their own height
			b.WriteString(` w:line="240" w:lineRule="auto"`)
		}
		b.WriteString(`/>`)
		size := l.size
		if size == 0 {
			size = size3
		}
		if l.indent > 0 {
			fmt.Fprintf(&b, `<w:ind w:firstLineChars="%d" w:firstLine="%d"/>`, l.indent*100, l.indent*size*10)
		}
		if l.left > 0 {
			fmt.Fprintf(&b, `<w:ind w:leftChars="%d" w:left="%d"/>`, l.left*100, l.left*size*10)
		}
		if l.align != "" {
			fmt.Fprintf(&b, `<w:jc w:val="%s"/>`, l.align)
		}
		if l.outline > 0 {
			fmt.Fprintf(&b, `<w:outlineLvl w:val="%d"/>`, l.outline-1)
		}
		b.WriteString(`</w:pPr><w:rPr>`)
		if l.font != "" {
			fmt.Fprintf(&b, `<w:rFonts w:eastAsia="%s"/>`, l.font)
		}
		if l.bold {
			b.WriteString(`<w:b/><w:bCs/>`)
		}
		if l.size > 0 {
			fmt.Fprintf(&b, `<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, l.size, l.size)
		}
		b.WriteString(`</w:rPr></w:style>`)
	}
	return b.String() + `</w:styles>`
}()

// styleOf picks the paragraph style of a block; outline is the heading level
// to set by hand, 0 where the style has it.
func styleOf(b *document.Block, cover bool) (id string, outline int) {
	level := 0
	if b.Kind == document.Heading {
		level = max(1, min(9, b.Level))
	}
	switch b.Style {
	case document.Title:
		return idCover, level
	case document.Contents:
		return idTOC, level
	case document.TableTag:
		return idTag, level
	case document.Unitline:
		return idUnit, level
	case document.Note:
		return idNote, level
	case document.Caption:
		if level == 0 {
			return idCaption, 0
		}
		if level <= 4 {
			return fmt.Sprint(level), 0 // a real heading that looks as a caption
		}
		return idCaption, level
	case document.Flush:
		if level == 0 {
			return idFlush, 0
		}
	}
	switch {
	case level > 4:
		return "4", level
	case level > 0:
		return fmt.Sprint(level), 0
	case cover:
		return idLine, 0
	}
	return idBody, 0
}
