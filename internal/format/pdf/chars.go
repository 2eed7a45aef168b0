package pdf

import (
	"math"

	"juesuan/internal/document"
)

// char is one glyph as seen on the page: coordinates in points from the upper
// left corner, after rotation.
type char struct {
	R      rune
	X0, X1 float64 // advance box
	Base   float64 // baseline
	Size   float64 // height of the em
	Ink    document.Box
	Angle  int // quarter turns clockwise: 0 upright
	Dead   bool
}

// rawPage is what the engine knows of a page, as seen.
type rawPage struct {
	W, H   float64
	Chars  []char
	Lines  []ruling
	Images int
	Bad    int // characters without a readable code
}

// view maps user space to the page as seen.
type view struct {
	l, b, r, t float64
	rot        int
}

func (v view) point(x, y float64) (float64, float64) {
	switch v.rot {
	case 1:
		return y - v.b, x - v.l
	case 2:
		return v.r - x, y - v.b
	case 3:
		return v.t - y, v.r - x
	}
	return x - v.l, v.t - y
}

func (v view) box(x0, y0, x1, y1 float64) document.Box {
	ax, ay := v.point(x0, y0)
	bx, by := v.point(x1, y1)
	return document.Box{X0: min(ax, bx), Y0: min(ay, by), X1: max(ax, bx), Y1: max(ay, by)}
}

func (v view) size() (w, h float64) {
	if v.rot%2 == 1 {
		return v.t - v.b, v.r - v.l
	}
	return v.r - v.l, v.t - v.b
}

// readPage reads characters and rulings of page n (from 0).
func (in *instance) readPage(doc uint64, n int) (*rawPage, error) {
	page := in.call("FPDF_LoadPage", doc, uint64(n))
	if in.err != nil {
		return nil, in.err
	}
	if uint32(page) == 0 {
		return &rawPage{}, nil
	}
	s := uint64(in.scratch)
	var v view
	in.call("FPDF_GetPageBoundingBox", page, s)
	v.l, v.t, v.r, v.b = in.f32(0), in.f32(4), in.f32(8), in.f32(12)
	v.rot = int(in.call("FPDFPage_GetRotation", page)) & 3
	p := &rawPage{}
	p.W, p.H = v.size()
	in.readChars(page, v, p)
	in.readPaths(page, v, p)
	in.call("FPDF_ClosePage", page)
	return p, in.err
}

func (in *instance) readChars(page uint64, v view, p *rawPage) {
	tp := in.call("FPDFText_LoadPage", page)
	n := int(int32(in.call("FPDFText_CountChars", tp)))
	if in.err != nil || n <= 0 {
		return
	}
	uni, loose, ink, origin, angle := in.fn("FPDFText_GetUnicode"), in.fn("FPDFText_GetLooseCharBox"), in.fn("FPDFText_GetCharBox"), in.fn("FPDFText_GetCharOrigin"), in.fn("FPDFText_GetCharAngle")
	s := uint64(in.scratch)
	p.Chars = make([]char, 0, n)
	for i := 0; i < n && in.err == nil; i++ {
		r := rune(uint32(in.do(uni, tp, uint64(i))))
		if r <= ' ' || r == 0xA0 || r == 0x3000 {
			continue
		}
		in.do(ink, tp, uint64(i), s, s+8, s+16, s+24)
		c := char{R: r, Ink: v.box(in.f64(0), in.f64(16), in.f64(8), in.f64(24))}
		in.do(loose, tp, uint64(i), s)
		lb := v.box(in.f32(0), in.f32(12), in.f32(8), in.f32(4))
		in.do(origin, tp, uint64(i), s, s+8)
		ox, oy := v.point(in.f64(0), in.f64(8))
		a := math.Float32frombits(uint32(in.do(angle, tp, uint64(i))))
		c.Angle = (int(math.Round(float64(a)/(math.Pi/2))) + v.rot) & 3
		c.X0, c.X1, c.Base, c.Size = lb.X0, lb.X1, oy, lb.Y1-lb.Y0
		_ = ox
		if x := c.centre(); x < 0 || x > p.W || oy < 0 || oy > p.H+c.Size {
			continue // off the paper
		}
		p.Chars = append(p.Chars, c)
	}
	in.call("FPDFText_ClosePage", tp)
}
