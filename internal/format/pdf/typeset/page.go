package typeset

// page.go is what pages hold, once everything has its place.

import (
	"fmt"

	"juesuan/internal/document"
	"juesuan/internal/typeface"
)

// page is a page set: coordinates in points from its upper left corner.
type page struct {
	geo    geometry
	front  bool // before the numbered pages
	number int  // printed at the foot, 0 in front
	marks  []mark
	rules  []rule
	links  []link
}

// mark is a run of text or a picture; it belongs to a structure element, or
// is furniture.
type mark struct {
	x, y    float64 // of the baseline; of the upper left corner of a picture
	s       string
	face    *typeface.Face
	size    float64
	spread  float64
	picture *document.Picture
	w, h    float64 // of a picture
	of      *element
}

// rule is a line, upright or level.
type rule struct{ x0, y0, x1, y1 float64 }

// link leads from a place on the page to a block.
type link struct {
	box   document.Box
	block int
	of    *element
}

// element is a node of the structure tree.
type element struct {
	role             string
	kids             []*element
	alt              string
	rowSpan, colSpan int
	header           bool

	link, linkPage int // object number of its link, and the page that is on

	shown []shown // where its own content stands, in order
	id    int     // object number
}

// shown is a piece of marked content: on the page with this index.
type shown struct{ page, mcid int }

func (e *element) add(role string) *element {
	k := &element{role: role}
	e.kids = append(e.kids, k)
	return k
}

// spot is where a heading stands.
type spot struct {
	page *page
	y    float64
}

// text puts the lines of a paragraph; y is the top of the first.
func (g *page) text(l textLine, face *typeface.Face, size, x, y, line float64, of *element) {
	for _, r := range l.runs {
		if r.s == "" {
			continue
		}
		g.marks = append(g.marks, mark{
			x: x + r.x, y: baseline(y, size, line), s: r.s, face: face, size: size, spread: r.spread, of: of,
		})
	}
}

// baseline of type of a size in a line whose top is y.
func baseline(y, size, line float64) float64 { return y + (line-size)/2 + 0.87*size }

// foot prints the page number of GB/T 9704, — 1 —, on the outer side.
func (g *page) foot() {
	if g.number == 0 {
		return
	}
	face, s := typeface.Text(), fmt.Sprintf("— %d —", g.number)
	x := g.geo.left + size4
	if g.number%2 == 1 {
		x = g.geo.w - g.geo.right - size4 - emWidth(face, s)*size4
	}
	y := g.geo.h - g.geo.bottom + 20 // 7 mm below the text
	g.marks = append(g.marks, mark{x: x, y: y + 0.87*size4, s: s, face: face, size: size4})
}
