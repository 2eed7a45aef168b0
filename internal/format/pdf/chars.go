package pdf

import (
	"math"

	"juesuan/internal/document"
)

// Characters of a page as the engine tells them, laid out as they are seen.

// char is one glyph as seen on the page: coordinates in points from the upper
// left corner, after rotation.
type char struct {
	R      rune
	X0, X1 float64 // from its origin to the next
	Base   float64 // baseline
	Size   float64 // height of its body
	Turn   int8    // quarter turns clockwise, 0 upright
}

// rawPage is what the engine knows of a page, as seen.
type rawPage struct {
	W, H    float64
	Chars   []char
	Lines   []ruling
	Images  int
	Bad     int // characters whose font does not say what they are
	Unseen  int // characters that are not painted
	strokes int // path segments read
	turn    int // quarter turns clockwise in which its text lies on the paper
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
	if p.turn%2 == 1 {
		p.W, p.H = p.H, p.W
	}
	in.call("FPDF_ClosePage", page)
	return p, in.err
}

func (in *instance) readChars(page uint64, v view, p *rawPage) {
	tp := in.call("FPDFText_LoadPage", page)
	n := int(int32(in.call("FPDFText_CountChars", tp)))
	if in.err != nil || n <= 0 {
		return
	}
	uni, loose := in.fn("FPDFText_GetUnicode"), in.fn("FPDFText_GetLooseCharBox")
	origin, matrix := in.fn("FPDFText_GetCharOrigin"), in.fn("FPDFText_GetMatrix")
	s := uint64(in.scratch)
	object := in.fn("FPDFText_GetTextObject")
	seen := map[uint64]visibility{}
	raw := make([]rawChar, 0, n)
	var turns [4]int
	for i := 0; i < n && in.err == nil; i++ {
		r := rune(uint32(in.do(uni, tp, uint64(i))))
		if r <= ' ' || r == 0xA0 || r == 0x3000 || r == 0xFEFF || r >= 0x200B && r <= 0x200F {
			continue
		}
		if obj := in.do(object, tp, uint64(i)); uint32(obj) != 0 {
			vis, known := seen[obj]
			if !known {
				vis = in.visibility(obj)
				seen[obj] = vis
			}
			switch vis {
			case clippedAway:
				continue
			case unpainted:
				p.Unseen++
			}
		}
		// The direction of writing, not the angle the engine offers: that one
		// takes the slant of italics for a turn.
		quarter := 0.0
		if in.do(matrix, tp, uint64(i), s) != 0 {
			quarter = -math.Atan2(in.f32(4), in.f32(0)) / (math.Pi / 2)
		}
		if math.Abs(quarter-math.Round(quarter)) > 0.1 {
			continue // slanted: a watermark
		}
		in.do(loose, tp, uint64(i), s)
		b := v.box(in.f32(0), in.f32(12), in.f32(8), in.f32(4))
		in.do(origin, tp, uint64(i), s, s+8)
		ox, oy := v.point(in.f64(0), in.f64(8))
		// Said so that numbers that are none fail it.
		if !(b.X1 >= 0 && b.X0 <= p.W && b.Y1 >= 0 && b.Y0 <= p.H && b.X1-b.X0 >= 0.1 && b.Y1-b.Y0 >= 0.5 &&
			b.X1-b.X0 <= p.W && b.Y1-b.Y0 <= p.H && math.Abs(ox)+math.Abs(oy) < 1e6) {
			continue // off the paper, or nothing to see
		}
		if r == 0xFFFD || r >= 0xE000 && r <= 0xF8FF {
			p.Bad++
		}
		turn := (int(math.Round(quarter)) + v.rot) & 3
		turns[turn]++
		raw = append(raw, rawChar{r, b, ox, oy, int8(turn)})
	}
	in.call("FPDFText_ClosePage", tp)
	p.turn = mainTurn(turns)
	p.Chars = upright(raw, p)
}

// visibility is whether a text object shows on the page.
type visibility int

const (
	shown       visibility = iota
	unpainted              // there to be searched: the text of a scan as recognised
	clippedAway            // outside its clip path: the neighbour pages of a spreadsheet
)

func (in *instance) visibility(obj uint64) visibility {
	if in.clippedAway(obj) {
		return clippedAway
	}
	const invisible = 3 // text render mode
	if in.call("FPDFTextObj_GetTextRenderMode", obj) == invisible {
		return unpainted
	}
	return shown
}

// clippedAway reports a text object that its clip path hides.
func (in *instance) clippedAway(obj uint64) bool {
	clip := in.call("FPDFPageObj_GetClipPath", obj)
	paths := int(int32(in.call("FPDFClipPath_CountPaths", clip)))
	if uint32(clip) == 0 || paths <= 0 || paths > 50 {
		return false
	}
	s := uint64(in.scratch)
	in.call("FPDFPageObj_GetBounds", obj, s, s+4, s+8, s+12)
	x, y := (in.f32(0)+in.f32(8))/2, (in.f32(4)+in.f32(12))/2
	for p := range paths {
		n := int(int32(in.call("FPDFClipPath_CountPathSegments", clip, uint64(p))))
		if n <= 0 || n > 200 {
			continue
		}
		x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
		for i := range n {
			seg := in.call("FPDFClipPath_GetPathSegment", clip, uint64(p), uint64(i))
			in.call("FPDFPathSegment_GetPoint", seg, s, s+4)
			px, py := in.f32(0), in.f32(4)
			x0, x1, y0, y1 = min(x0, px), max(x1, px), min(y0, py), max(y1, py)
		}
		if x1-x0 < 0.1 && y1-y0 < 0.1 {
			continue // an empty path: not understood
		}
		if x < x0-1 || x > x1+1 || y < y0-1 || y > y1+1 {
			return true
		}
	}
	return false
}

// rawChar is a character before the page is turned upright.
type rawChar struct {
	r      rune
	box    document.Box
	ox, oy float64
	turn   int8
}

// mainTurn is the way most of the text lies; only a clear majority turns the page.
func mainTurn(turns [4]int) int {
	total := turns[0] + turns[1] + turns[2] + turns[3]
	for t := 1; t < 4; t++ {
		if turns[t]*10 > total*8 {
			return t
		}
	}
	return 0
}

// turnBack maps a point of the page as seen to the page turned so that text
// lying t quarter turns clockwise stands upright.
func (p *rawPage) turnBack(x, y float64) (float64, float64) {
	switch p.turn {
	case 1:
		return y, p.W - x
	case 2:
		return p.W - x, p.H - y
	case 3:
		return p.H - y, x
	}
	return x, y
}

func (p *rawPage) turnBox(b document.Box) document.Box {
	x0, y0 := p.turnBack(b.X0, b.Y0)
	x1, y1 := p.turnBack(b.X1, b.Y1)
	return document.Box{X0: min(x0, x1), Y0: min(y0, y1), X1: max(x0, x1), Y1: max(y0, y1)}
}

// onPaper maps a box of a page turned by turn, w wide and h high as turned,
// back to the paper.
func onPaper(b document.Box, turn int, w, h float64) document.Box {
	switch turn {
	case 1:
		return document.Box{X0: h - b.Y1, Y0: b.X0, X1: h - b.Y0, Y1: b.X1}
	case 2:
		return document.Box{X0: w - b.X1, Y0: h - b.Y1, X1: w - b.X0, Y1: h - b.Y0}
	case 3:
		return document.Box{X0: b.Y0, Y0: w - b.X1, X1: b.Y1, Y1: w - b.X0}
	}
	return b
}

// upright lays the characters out as read.
func upright(raw []rawChar, p *rawPage) []char {
	out := make([]char, 0, len(raw))
	for _, c := range raw {
		b := p.turnBox(c.box)
		_, base := p.turnBack(c.ox, c.oy)
		turn := (int(c.turn) - p.turn) & 3
		if turn != 0 {
			base = b.Y1 - 0.12*(b.Y1-b.Y0)
		}
		out = append(out, char{R: c.r, X0: b.X0, X1: b.X1, Base: base, Size: b.Y1 - b.Y0, Turn: int8(turn)})
	}
	return out
}
