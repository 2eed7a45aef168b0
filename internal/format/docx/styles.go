package docx

import (
	"encoding/xml"
	"regexp"
	"strings"
)

// style is what a paragraph style says about structure.
type style struct {
	base    string
	outline int // -1: not told
	numID   string
	ilvl    string
	title   bool

	contents bool // of the lines of a table of contents
}

var contentsName = regexp.MustCompile(`^(?:toc|目录) ?[1-9]$`)

var headingName = regexp.MustCompile(`^(?:heading|标题) ?([1-9])$`)

func (r *reader) readStyles(part []byte) error {
	r.styles = map[string]*style{}
	d := newDecoder(r.ctx, part, r.lim.Depth)
	return d.children(func(t xml.StartElement) error {
		return d.children(func(t xml.StartElement) error {
			if t.Name.Local != "style" || attr(t, "type") != "paragraph" {
				return d.skip()
			}
			s := &style{outline: -1}
			r.styles[attr(t, "styleId")] = s
			return d.children(func(t xml.StartElement) error {
				switch t.Name.Local {
				case "name":
					n := strings.ToLower(attr(t, "val"))
					if m := headingName.FindStringSubmatch(n); m != nil && s.outline < 0 {
						s.outline = int(m[1][0] - '1')
					}
					s.title = n == "title"
					s.contents = contentsName.MatchString(n)
				case "basedOn":
					s.base = attr(t, "val")
				case "pPr":
					return d.children(func(t xml.StartElement) error {
						switch t.Name.Local {
						case "outlineLvl":
							s.outline = atoi(attr(t, "val"), -1)
						case "numPr":
							return d.children(func(t xml.StartElement) error {
								switch t.Name.Local {
								case "numId":
									s.numID = attr(t, "val")
								case "ilvl":
									s.ilvl = attr(t, "val")
								}
								return d.skip()
							})
						}
						return d.skip()
					})
				}
				return d.skip()
			})
		})
	})
}

// chain calls f for a style and those it is based on until f returns true.
func (r *reader) chain(id string, f func(id string, s *style) bool) {
	for range 20 { // a ring of styles must not hang us
		s := r.styles[id]
		if s == nil || f(id, s) {
			return
		}
		id = s.base
	}
}

// outline gives the outline level of a style, -1 without one.
func (r *reader) outline(id string) int {
	level := -1
	r.chain(id, func(_ string, s *style) bool {
		level = s.outline
		return level >= 0
	})
	return level
}
