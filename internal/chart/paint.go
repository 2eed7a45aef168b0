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
type Font struct{ regular, bold *sfnt.Font }

// ParseFont reads the faces of a typeface from .ttf or .otf files, or the
// first face of a .ttc; without bold, bold text is painted a little thicker.
func ParseFont(regular, bold []byte) (*Font, error) {
	f := &Font{}
	var err error
	if f.regular, err = face(regular); err != nil {
		return nil, err
	}
	if len(bold) > 0 {
		if f.bold, err = face(bold); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func face(data []byte) (*sfnt.Font, error) {
	c, err := sfnt.ParseCollection(data)
	if err != nil {
		return nil, fmt.Errorf("parse font: %w", err)
	}
	f, err := c.Font(0)
	if err != nil {
		return nil, fmt.Errorf("parse font: %w", err)
	}
	return f, nil
}

// PNG paints the drawing at so many dots an inch.
func (d *Drawing) PNG(f *Font, dpi float64) ([]byte, error) {
	k := dpi / 72
	w, h := int(math.Ceil(d.Width*k)), int(math.Ceil(d.Height*k))
	if w <= 0 || h <= 0 || w > 20000 || h > 20000 {
		return nil, fmt.Errorf("paint %d×%d dots", w, h)
	}
	p := &painter{img: image.NewRGBA(image.Rect(0, 0, w, h)), font: f, k: k}
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
	if err := (&png.Encoder{CompressionLevel: png.DefaultCompression}).Encode(&b, p.img); err != nil {
		return nil, fmt.Errorf("encode png: %w", err)
	}
	return b.Bytes(), nil
}

// painter fills paths; k are dots a point. A path is gathered first and
// painted within its own bounds: most are small beside the picture.
type painter struct {
	img  *image.RGBA
	font *Font
	k    float64
	ras  vector.Rasterizer
	buf  sfnt.Buffer
	path []step
}

// step of a path in dots: a move or a line to one point, a curve by two or three.
type step struct {
	n    int
	move bool
	xy   [6]float32
}

func (p *painter) move(x, y float64) {
	p.path = append(p.path, step{n: 1, move: true, xy: [6]float32{float32(x * p.k), float32(y * p.k)}})
}

func (p *painter) line(x, y float64) {
	p.path = append(p.path, step{n: 1, xy: [6]float32{float32(x * p.k), float32(y * p.k)}})
}

func (p *painter) fill(c Color) {
	if len(p.path) == 0 {
		return
	}
	x0, y0 := float32(math.Inf(1)), float32(math.Inf(1))
	x1, y1 := -x0, -y0
	for _, s := range p.path {
		for i := 0; i < s.n; i++ {
			x0, x1 = min(x0, s.xy[2*i]), max(x1, s.xy[2*i])
			y0, y1 = min(y0, s.xy[2*i+1]), max(y1, s.xy[2*i+1])
		}
	}
	r := image.Rect(int(math.Floor(float64(x0))), int(math.Floor(float64(y0))), int(math.Ceil(float64(x1)))+1, int(math.Ceil(float64(y1)))+1).Intersect(p.img.Bounds())
	dx, dy := float32(r.Min.X), float32(r.Min.Y)
	if !r.Empty() {
		p.ras.Reset(r.Dx(), r.Dy())
		for i, s := range p.path {
			q := s.xy
			for k := range s.n {
				q[2*k] -= dx
				q[2*k+1] -= dy
			}
			switch {
			case s.move:
				if i > 0 {
					p.ras.ClosePath()
				}
				p.ras.MoveTo(q[0], q[1])
			case s.n == 1:
				p.ras.LineTo(q[0], q[1])
			case s.n == 2:
				p.ras.QuadTo(q[0], q[1], q[2], q[3])
			default:
				p.ras.CubeTo(q[0], q[1], q[2], q[3], q[4], q[5])
			}
		}
		p.ras.ClosePath()
		src := image.NewUniform(color.RGBA{uint8(c >> 16), uint8(c >> 8), uint8(c), 0xff})
		p.ras.Draw(p.img, r, src, image.Point{})
	}
	p.path = p.path[:0]
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

// text paints a line glyph by glyph.
func (p *painter) text(t Text) error {
	f, shifts := p.font.regular, []float64{0}
	switch {
	case t.Bold && p.font.bold != nil:
		f = p.font.bold
	case t.Bold:
		shifts = []float64{0, t.Size * p.k * 0.03}
	}
	ppem := fixed.Int26_6(t.Size * p.k * 64)
	type glyph struct {
		index sfnt.GlyphIndex
		width float64
	}
	var glyphs []glyph
	wide := 0.0
	for _, r := range t.S {
		g, err := f.GlyphIndex(&p.buf, r)
		if err != nil {
			return fmt.Errorf("glyph of %q: %w", r, err)
		}
		a, err := f.GlyphAdvance(&p.buf, g, ppem, font.HintingNone)
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
	for _, g := range glyphs {
		segments, err := f.LoadGlyph(&p.buf, g.index, ppem, nil)
		if err != nil {
			return fmt.Errorf("outline of a glyph of %q: %w", t.S, err)
		}
		for _, dx := range shifts {
			p.outline(segments, x+dx, y)
			p.fill(t.Fill)
		}
		x += g.width
	}
	return nil
}

// outline adds a glyph to the path.
func (p *painter) outline(segments sfnt.Segments, x, y float64) {
	for _, s := range segments {
		t := step{n: 1, move: s.Op == sfnt.SegmentOpMoveTo}
		switch s.Op {
		case sfnt.SegmentOpQuadTo:
			t.n = 2
		case sfnt.SegmentOpCubeTo:
			t.n = 3
		}
		for i := range t.n {
			t.xy[2*i] = float32(x + float64(s.Args[i].X)/64)
			t.xy[2*i+1] = float32(y + float64(s.Args[i].Y)/64)
		}
		p.path = append(p.path, t)
	}
}
