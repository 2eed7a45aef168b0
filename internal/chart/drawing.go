package chart

import (
	"fmt"
	"math"
	"strings"
)

// Drawing is a picture of plain shapes in points, origin at the upper left
// corner, later shapes over earlier ones.
type Drawing struct {
	Width, Height float64
	Title, Desc   string
	Shapes        []Shape
}

// Shape is a Box, a Sector or a Text.
type Shape interface{ svg(*strings.Builder) }

// Color is 0xRRGGBB.
type Color uint32

func (c Color) String() string { return fmt.Sprintf("#%06x", uint32(c)) }

// Box is a filled rectangle.
type Box struct {
	X, Y, W, H float64
	Fill       Color
}

// Sector is a piece of a ring round X, Y between two radii, clockwise from
// From to To in turns, 0 at the top.
type Sector struct {
	X, Y, Inner, Outer float64
	From, To           float64
	Fill               Color
}

// Anchor is the side at which a text is held.
type Anchor int

// Anchors.
const (
	Start Anchor = iota
	Middle
	End
)

// Text is one line; Y is its baseline.
type Text struct {
	X, Y, Size float64
	S          string
	Bold       bool
	Fill       Color
	Anchor     Anchor
}

// number writes a length as short as it goes.
func number(x float64) string {
	s := fmt.Sprintf("%.2f", x)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}

var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func (x Box) svg(b *strings.Builder) {
	fmt.Fprintf(b, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`, number(x.X), number(x.Y), number(x.W), number(x.H), x.Fill)
}

// at is the point of a circle at a turn.
func (s Sector) at(radius, turn float64) (x, y float64) {
	a := 2 * math.Pi * turn
	return s.X + radius*math.Sin(a), s.Y - radius*math.Cos(a)
}

func (s Sector) svg(b *strings.Builder) {
	// An arc cannot go all the way round: each is drawn in halves.
	mid := (s.From + s.To) / 2
	arc := func(radius, turn float64, sweep int) {
		x, y := s.at(radius, turn)
		fmt.Fprintf(b, "A%s %s 0 0 %d %s %s", number(radius), number(radius), sweep, number(x), number(y))
	}
	x, y := s.at(s.Outer, s.From)
	fmt.Fprintf(b, `<path d="M%s %s`, number(x), number(y))
	arc(s.Outer, mid, 1)
	arc(s.Outer, s.To, 1)
	x, y = s.at(s.Inner, s.To)
	fmt.Fprintf(b, "L%s %s", number(x), number(y))
	arc(s.Inner, mid, 0)
	arc(s.Inner, s.From, 0)
	fmt.Fprintf(b, `Z" fill="%s"/>`, s.Fill)
}

func (t Text) svg(b *strings.Builder) {
	attr := ""
	switch t.Anchor {
	case Middle:
		attr = ` text-anchor="middle"`
	case End:
		attr = ` text-anchor="end"`
	}
	if t.Bold {
		attr += ` font-weight="600"`
	}
	fmt.Fprintf(b, `<text x="%s" y="%s" font-size="%s" fill="%s"%s>%s</text>`, number(t.X), number(t.Y), number(t.Size), t.Fill, attr, entities.Replace(t.S))
}

// SVG writes the drawing with its title and description, one shape a line.
func (d *Drawing) SVG() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%spt" height="%spt" viewBox="0 0 %s %s" role="img" aria-label="%s" font-family="'Noto Sans SC','Noto Sans CJK SC','Microsoft YaHei','PingFang SC',SimHei,sans-serif">`,
		number(d.Width), number(d.Height), number(d.Width), number(d.Height), entities.Replace(d.Desc))
	fmt.Fprintf(&b, "\n<title>%s</title>\n<desc>%s</desc>\n", entities.Replace(d.Title), entities.Replace(d.Desc))
	for _, s := range d.Shapes {
		s.svg(&b)
		b.WriteString("\n")
	}
	b.WriteString("</svg>\n")
	return []byte(b.String())
}
