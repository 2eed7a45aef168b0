package docx

import (
	"encoding/xml"
	"strconv"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/format/flow"
)

// longest is more than any paragraph or cell; what is joined stops there.
const longest = 1 << 16

// blocks reads the block-level children of the current element.
func (r *reader) blocks(d *decoder) ([]document.Block, error) {
	var out []document.Block
	carry := "" // text of a paragraph whose end mark is deleted: it runs on
	var walk func(t xml.StartElement) error
	walk = func(t xml.StartElement) error {
		switch t.Name.Local {
		case "p":
			p, err := r.paragraph(d)
			if err != nil {
				return err
			}
			if p.contents { // lines of a table of contents only repeat headings
				out = append(out, p.boxes...)
				return nil
			}
			p.text = carry + p.text
			carry = ""
			if p.runsOn && len(p.text) < longest {
				carry = p.text
				out = append(out, p.boxes...)
				return nil
			}
			out = append(out, textBlocks(p.text, p.level, p.title)...)
			out = append(out, p.boxes...)
		case "tbl":
			bs, err := r.table(d)
			if err != nil {
				return err
			}
			out = append(out, bs...)
		case "AlternateContent":
			return alternate(d, walk)
		case "altChunk":
			if !r.external {
				r.external = true
				r.warn("文件引用的外部内容（altChunk）未读取，请用 Word/WPS 打开后另存为 .docx 再试", document.Place{})
			}
			return d.skip()
		case "sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "Choice":
			return d.children(walk)
		default:
			return d.skip()
		}
		return nil
	}
	if err := d.children(walk); err != nil {
		return nil, err
	}
	if carry != "" {
		out = append(out, textBlocks(carry, 0, false)...)
	}
	return out, nil
}

// alternate reads an mc:AlternateContent: its first choice, else its
// fallback; both hold the same text box.
func alternate(d *decoder, walk func(xml.StartElement) error) error {
	done := false
	return d.children(func(t xml.StartElement) error {
		if done || t.Name.Local != "Choice" && t.Name.Local != "Fallback" {
			return d.skip()
		}
		done = true
		return d.children(walk)
	})
}

// paragraph is what one w:p says.
type paragraph struct {
	text   string
	boxes  []document.Block // text boxes that hang on it
	level  int              // of a heading
	title  bool
	runsOn bool // its end mark is a tracked deletion
	indent int  // in half-width columns

	contents bool // a line of the table of contents
}

// inline is the state while the runs of a paragraph are read.
type inline struct {
	b      strings.Builder
	fields []bool // open fields: true while in the code, false in the result
	boxes  []document.Block
}

func (in *inline) code() bool {
	for _, c := range in.fields {
		if c {
			return true
		}
	}
	return false
}

func (r *reader) paragraph(d *decoder) (paragraph, error) {
	var p paragraph
	var in inline
	var styleID, numID, ilvl string
	outline := -1
	var walk func(t xml.StartElement) error
	walk = func(t xml.StartElement) error {
		switch t.Name.Local {
		case "pPr":
			return d.children(func(t xml.StartElement) error {
				switch t.Name.Local {
				case "pStyle":
					styleID = attr(t, "val")
				case "outlineLvl":
					outline = atoi(attr(t, "val"), -1)
				case "ind":
					p.indent = indent(t)
				case "numPr":
					return d.children(func(t xml.StartElement) error {
						switch t.Name.Local {
						case "numId":
							numID = attr(t, "val")
						case "ilvl":
							ilvl = attr(t, "val")
						}
						return d.skip()
					})
				case "rPr":
					return d.children(func(t xml.StartElement) error {
						if t.Name.Local == "del" {
							p.runsOn = true
						}
						return d.skip()
					})
				}
				return d.skip()
			})
		case "r":
			return r.run(d, &in)
		case "AlternateContent":
			return alternate(d, walk)
		case "hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo",
			"Choice", "oMath", "oMathPara", "sSup", "sSub", "e", "f", "num", "den", "d", "sup", "sub":
			return d.children(walk)
		}
		return d.skip() // del, moveFrom, bookmarks, comments, proofing
	}
	if err := d.children(walk); err != nil {
		return p, err
	}
	p.boxes = in.boxes
	st := r.styles[styleID]
	p.text = in.b.String()
	if outline < 0 {
		outline = r.outline(styleID)
	}
	if outline >= 0 && outline < 9 {
		p.level = outline + 1
	}
	p.title = st != nil && st.title
	p.contents = st != nil && st.contents
	if flow.Trim(p.text) != "" {
		p.text = joinLabel(r.label(styleID, numID, ilvl), p.text)
	}
	return p, nil
}

// run reads a w:r.
func (r *reader) run(d *decoder, in *inline) error {
	hidden := false
	var walk func(t xml.StartElement) error
	walk = func(t xml.StartElement) error {
		put := func(s string) {
			if s == "" || in.code() {
				return
			}
			if hidden {
				if strings.TrimSpace(s) != "" && !r.hidden {
					r.hidden = true
					r.warn("文件中有隐藏文字，已忽略", document.Place{Para: r.para})
				}
				return
			}
			in.b.WriteString(s)
		}
		switch t.Name.Local {
		case "rPr":
			return d.children(func(t xml.StartElement) error {
				if t.Name.Local == "vanish" {
					hidden = on(t)
				}
				return d.skip()
			})
		case "t":
			s, err := d.text()
			put(s)
			return err
		case "tab", "ptab":
			put("\t")
		case "br":
			if k := attr(t, "type"); k != "page" && k != "column" {
				put("\n")
			}
		case "cr":
			put("\n")
		case "noBreakHyphen":
			put("-")
		case "sym":
			put(symbol(attr(t, "font"), attr(t, "char")))
		case "fldChar":
			switch attr(t, "fldCharType") {
			case "begin":
				in.fields = append(in.fields, true)
			case "separate":
				if n := len(in.fields); n > 0 {
					in.fields[n-1] = false
				}
			case "end":
				if n := len(in.fields); n > 0 {
					in.fields = in.fields[:n-1]
				}
			}
		case "footnoteReference", "endnoteReference":
			r.noted = append(r.noted, strings.TrimSuffix(t.Name.Local, "Reference")+attr(t, "id"))
		case "AlternateContent":
			return alternate(d, walk)
		case "drawing", "pict", "object":
			return r.boxes(d, in)
		case "ruby":
			return d.children(func(t xml.StartElement) error {
				if t.Name.Local == "rubyBase" {
					return d.children(func(t xml.StartElement) error {
						if t.Name.Local == "r" {
							return r.run(d, in)
						}
						return d.skip()
					})
				}
				return d.skip()
			})
		}
		return d.skip() // instrText, delText, comment marks
	}
	return d.children(walk)
}

// boxes looks for text boxes in a drawing.
func (r *reader) boxes(d *decoder, in *inline) error {
	var walk func(t xml.StartElement) error
	walk = func(t xml.StartElement) error {
		switch t.Name.Local {
		case "txbxContent":
			bs, err := r.blocks(d)
			in.boxes = append(in.boxes, bs...)
			return err
		case "AlternateContent":
			return alternate(d, walk)
		}
		return d.children(walk)
	}
	return d.children(walk)
}

// indent of a paragraph in half-width columns of 10.5 pt type.
func indent(t xml.StartElement) int {
	n := 0
	for _, a := range [][2]string{{"leftChars", "left"}, {"startChars", "start"}, {"firstLineChars", "firstLine"}} {
		if v := atoi(attr(t, a[0]), 0); v > 0 {
			n += v / 50 // hundredths of a character
		} else if v := atoi(attr(t, a[1]), 0); v > 0 {
			n += v / 105 // twentieths of a point
		}
	}
	return min(n, 200)
}

// symbol gives the character of a symbol font for the marks that forms use.
func symbol(font, char string) string {
	n, err := strconv.ParseUint(char, 16, 32)
	if err != nil {
		return ""
	}
	n &= 0xff
	switch {
	case strings.HasPrefix(font, "Wingdings 2"):
		switch n {
		case 0x50, 0x52:
			return "☑"
		case 0xa3, 0x2a:
			return "□"
		case 0x4f, 0x53:
			return "☒"
		}
	case strings.HasPrefix(font, "Wingdings"):
		switch n {
		case 0xfe:
			return "☑"
		case 0xfc:
			return "√"
		case 0xa8, 0x6f:
			return "□"
		case 0xfd, 0x78:
			return "☒"
		}
	case font == "Symbol":
		switch n {
		case 0xb3:
			return "≥"
		case 0xa3:
			return "≤"
		case 0xb4:
			return "×"
		case 0xb1:
			return "±"
		case 0xb7:
			return "·"
		case 0x2d:
			return "-"
		}
	}
	return ""
}

func atoi(s string, none int) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return none
	}
	return n
}
