package chart

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// Font is a typeface for painting, with outlines of TrueType or CFF.
type Font struct{ f *sfnt.Font }

// ParseFont reads a .ttf or .otf file, or the first face of a .ttc.
func ParseFont(data []byte) (*Font, error) {
	c, err := sfnt.ParseCollection(data)
	if err != nil {
		return nil, fmt.Errorf("parse font: %w", err)
	}
	f, err := c.Font(0)
	if err != nil {
		return nil, fmt.Errorf("parse font: %w", err)
	}
	return &Font{f}, nil
}

// PNG paints the drawing at so many dots an inch.
func (d *Drawing) PNG(f *Font, dpi float64) ([]byte, error) {
	k := dpi / 72
	w, h := int(math.Ceil(d.Width*k)), int(math.Ceil(d.Height*k))
	if w <= 0 || h <= 0 || w > 20000 || h > 20000 {
		return nil, fmt.Errorf("paint %d×%d dots", w, h)
	}
	p := &painter{img: image.NewRGBA(image.Rect(0, 0, w, h)), font: f, k: k, ras: vector.NewRasterizer(w, h)}
	for i := range p.img.Pix {
		p.img.Pix[i] = 0xff
	}
	for _, s := range d.Shapes {
		switch s := s.(type) {
		case Box:
			p.box(s)
		case Sector:
			p.sector(s)
		case Text:
			if err := p.text(s); err != nil {
				return nil, err
			}
		}
	}
	var b bytes.Buffer
	// Few colours: a palette would be smaller still, but the edges are smooth.
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, p.img); err != nil {
		return nil, fmt.Errorf("encode png: %w", err)
	}
	return b.Bytes(), nil
}

// painter fills paths; k are dots a point.
type painter struct {
	img  *image.RGBA
	font *Font
	k    float64
	ras  *vector.Rasterizer
	buf  sfnt.Buffer
}

func (p *painter) move(x, y float64) { p.ras.MoveTo(float32(x*p.k), float32(y*p.k)) }
func (p *painter) line(x, y float64) { p.ras.LineTo(float32(x*p.k), float32(y*p.k)) }

func (p *painter) fill(c Color) {
	p.ras.ClosePath()
	src := image.NewUniform(color.RGBA{uint8(c >> 16), uint8(c >> 8), uint8(c), 0xff})
	p.ras.Draw(p.img, p.img.Bounds(), src, image.Point{})
	p.ras.Reset(p.img.Bounds().Dx(), p.img.Bounds().Dy())
}

func (p *painter) box(x Box) {
	p.move(x.X, x.Y)
	p.line(x.X+x.W, x.Y)
	p.line(x.X+x.W, x.Y+x.H)
	p.line(x.X, x.Y+x.H)
	p.fill(x.Fill)
}

// sector approximates the arcs by short chords.
func (p *painter) sector(s Sector) {
	n := max(2, int((s.To-s.From)*240))
	p.move(s.at(s.Outer, s.From))
	for i := 1; i <= n; i++ {
		p.line(s.at(s.Outer, s.From+(s.To-s.From)*float64(i)/float64(n)))
	}
	for i := n; i >= 0; i-- {
		p.line(s.at(s.Inner, s.From+(s.To-s.From)*float64(i)/float64(n)))
	}
	p.fill(s.Fill)
}

// text paints a line glyph by glyph; a bold one is painted a little thicker.
func (p *painter) text(t Text) error {
	ppem := fixed.Int26_6(t.Size * p.k * 64)
	type glyph struct {
		index sfnt.GlyphIndex
		width float64
	}
	var glyphs []glyph
	wide := 0.0
	for _, r := range t.S {
		g, err := p.font.f.GlyphIndex(&p.buf, r)
		if err != nil {
			return fmt.Errorf("glyph of %q: %w", r, err)
		}
		a, err := p.font.f.GlyphAdvance(&p.buf, g, ppem, font.HintingNone)
		if err != nil {
			return fmt.Errorf("width of %q: %w", r, err)
		}
		glyphs = append(glyphs, glyph{g, float64(a) / 64})
		wide += float64(a) / 64
	}
	x := t.X * p.k
	switch t.Anchor {
	case Middle:
		x -= wide / 2
	case End:
		x -= wide
	}
	y := t.Y * p.k
	shifts := []float64{0}
	if t.Bold {
		shifts = []float64{0, t.Size * p.k * 0.03}
	}
	for _, g := range glyphs {
		segments, err := p.font.f.LoadGlyph(&p.buf, g.index, ppem, nil)
		if err != nil {
			return fmt.Errorf("outline of a glyph of %q: %w", t.S, err)
		}
		for _, dx := range shifts {
			p.outline(segments, x+dx, y)
			if len(segments) > 0 {
				p.fill(t.Fill)
			}
		}
		x += g.width
	}
	return nil
}

// outline adds a glyph to the path.
func (p *painter) outline(segments sfnt.Segments, x, y float64) {
	at := func(q fixed.Point26_6) (float32, float32) {
		return float32(x + float64(q.X)/64), float32(y + float64(q.Y)/64)
	}
	first := true
	for _, s := range segments {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if !first {
				p.ras.ClosePath()
			}
			first = false
			ax, ay := at(s.Args[0])
			p.ras.MoveTo(ax, ay)
		case sfnt.SegmentOpLineTo:
			ax, ay := at(s.Args[0])
			p.ras.LineTo(ax, ay)
		case sfnt.SegmentOpQuadTo:
			ax, ay := at(s.Args[0])
			bx, by := at(s.Args[1])
			p.ras.QuadTo(ax, ay, bx, by)
		case sfnt.SegmentOpCubeTo:
			ax, ay := at(s.Args[0])
			bx, by := at(s.Args[1])
			cx, cy := at(s.Args[2])
			p.ras.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
}
