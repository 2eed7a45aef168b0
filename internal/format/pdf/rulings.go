package pdf

import (
	"math"

	"juesuan/internal/document"
)

// Ruling lines of a page: path objects that are horizontal or vertical lines, or
// boxes so thin that they are.

// ruling is a horizontal or vertical line on the page as seen.
type ruling struct {
	Vertical bool
	Pos      float64 // y of a horizontal, x of a vertical line (its middle)
	A, B     float64 // from, to along the line
	W        float64 // thickness
}

// Kinds of page object and path segment (fpdf_edit.h).
const (
	objPath, objImage, objForm  = 2, 3, 5
	segLine, segBezier, segMove = 0, 1, 2
)

// matrix is a PDF transformation.
type matrix struct{ a, b, c, d, e, f float64 }

func (m matrix) apply(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// then is m followed by o.
func (m matrix) then(o matrix) matrix {
	return matrix{
		m.a*o.a + m.b*o.c, m.a*o.b + m.b*o.d,
		m.c*o.a + m.d*o.c, m.c*o.b + m.d*o.d,
		m.e*o.a + m.f*o.c + o.e, m.e*o.b + m.f*o.d + o.f,
	}
}

var identity = matrix{1, 0, 0, 1, 0, 0}

const (
	maxThick    = 3.0     // points: a filled box thinner than this is a line
	maxSegments = 4000    // of one path: more is a drawing
	maxStrokes  = 200_000 // segments of one page
	maxObjects  = 60000   // of one page
	maxDepth    = 6       // of nested forms
)

func (in *instance) readPaths(page uint64, v view, p *rawPage) {
	count, get := in.fn("FPDFPage_CountObjects"), in.fn("FPDFPage_GetObject")
	n := int(int32(in.do(count, page)))
	left := maxObjects
	for i := 0; i < n && left > 0 && in.err == nil; i++ {
		left--
		in.readObject(in.do(get, page, uint64(i)), identity, v, p, 0, &left)
	}
}

func (in *instance) objMatrix(obj uint64) matrix {
	in.call("FPDFPageObj_GetMatrix", obj, uint64(in.scratch))
	return matrix{in.f32(0), in.f32(4), in.f32(8), in.f32(12), in.f32(16), in.f32(20)}
}

func (in *instance) readObject(obj uint64, m matrix, v view, p *rawPage, depth int, left *int) {
	switch in.call("FPDFPageObj_GetType", obj) {
	case objImage:
		p.Images++
	case objForm:
		if depth >= maxDepth {
			return
		}
		m = in.objMatrix(obj).then(m)
		n := int(int32(in.call("FPDFFormObj_CountObjects", obj)))
		for i := 0; i < n && *left > 0 && in.err == nil; i++ {
			*left--
			in.readObject(in.call("FPDFFormObj_GetObject", obj, uint64(i)), m, v, p, depth+1, left)
		}
	case objPath:
		in.readPath(obj, m, v, p)
	}
}

func (in *instance) readPath(obj uint64, m matrix, v view, p *rawPage) {
	s := uint64(in.scratch)
	in.call("FPDFPageObj_GetBounds", obj, s, s+4, s+8, s+12)
	x0, y0 := m.apply(in.f32(0), in.f32(4))
	x1, y1 := m.apply(in.f32(8), in.f32(12))
	b := v.box(x0, y0, x1, y1)
	w, h := b.X1-b.X0, b.Y1-b.Y0
	in.call("FPDFPath_GetDrawMode", obj, s, s+4)
	fill, stroke := in.i32(0) != 0, in.i32(4) != 0
	fill = fill && in.visible("FPDFPageObj_GetFillColor", obj)
	stroke = stroke && in.visible("FPDFPageObj_GetStrokeColor", obj)
	if !fill && !stroke {
		return
	}
	if min(w, h) <= maxThick {
		p.addThin(b)
		return
	}
	n := int(int32(in.call("FPDFPath_CountSegments", obj)))
	if p.strokes += n; n > maxSegments || p.strokes > maxStrokes {
		return
	}
	m = in.objMatrix(obj).then(m)
	var path []document.Box // one subpath's edges, X0,Y0 → X1,Y1
	var sx, sy, px, py float64
	flush := func() {
		p.addEdges(path, fill, stroke)
		path = path[:0]
	}
	for i := range n {
		seg := in.call("FPDFPath_GetPathSegment", obj, uint64(i))
		kind := int32(in.call("FPDFPathSegment_GetType", seg))
		in.call("FPDFPathSegment_GetPoint", seg, s, s+4)
		x, y := v.point(m.apply(in.f32(0), in.f32(4)))
		switch kind {
		case segMove:
			flush()
			sx, sy = x, y
		case segLine:
			path = append(path, document.Box{X0: px, Y0: py, X1: x, Y1: y})
		}
		px, py = x, y
		if in.call("FPDFPathSegment_GetClose", seg) != 0 {
			if px != sx || py != sy {
				path = append(path, document.Box{X0: px, Y0: py, X1: sx, Y1: sy})
			}
			px, py = sx, sy
		}
	}
	flush()
}

// visible reports that a path's colour shows on paper: lines in white are the
// hidden frame that some systems export around a table and its title.
func (in *instance) visible(get string, obj uint64) bool {
	s := uint64(in.scratch)
	if in.call(get, obj, s, s+4, s+8, s+12) == 0 {
		return true // a pattern or shading: unknown
	}
	r, g, b, a := in.i32(0), in.i32(4), in.i32(8), in.i32(12)
	return a > 8 && min(r, g, b) < 250
}

// addThin adds a thin box as a line along its long side; dots are no lines.
func (p *rawPage) addThin(b document.Box) {
	if !(b.X1 >= 0 && b.X0 <= p.W && b.Y1 >= 0 && b.Y0 <= p.H) {
		return // off the paper
	}
	b = document.Box{X0: max(b.X0, 0), Y0: max(b.Y0, 0), X1: min(b.X1, p.W), Y1: min(b.Y1, p.H)}
	b = p.turnBox(b)
	w, h := b.X1-b.X0, b.Y1-b.Y0
	switch {
	case w >= h && w > 0.5:
		p.Lines = append(p.Lines, ruling{Pos: (b.Y0 + b.Y1) / 2, A: b.X0, B: b.X1, W: h})
	case h > w && h > 0.5:
		p.Lines = append(p.Lines, ruling{Vertical: true, Pos: (b.X0 + b.X1) / 2, A: b.Y0, B: b.Y1, W: w})
	}
}

// addEdges adds the axis-parallel edges of one subpath: of a stroked path
// every edge, of a filled one only a shape that is itself a thin line.
func (p *rawPage) addEdges(path []document.Box, fill, stroke bool) {
	if len(path) == 0 {
		return
	}
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, e := range path {
		x0, x1 = min(x0, e.X0, e.X1), max(x1, e.X0, e.X1)
		y0, y1 = min(y0, e.Y0, e.Y1), max(y1, e.Y0, e.Y1)
	}
	if min(x1-x0, y1-y0) <= maxThick {
		p.addThin(document.Box{X0: x0, Y0: y0, X1: x1, Y1: y1})
		return
	}
	if !stroke {
		return
	}
	for _, e := range path {
		switch {
		case math.Abs(e.Y0-e.Y1) < 0.5:
			p.addThin(document.Box{X0: min(e.X0, e.X1), Y0: e.Y0, X1: max(e.X0, e.X1), Y1: e.Y0})
		case math.Abs(e.X0-e.X1) < 0.5:
			p.addThin(document.Box{X0: e.X0, Y0: min(e.Y0, e.Y1), X1: e.X0, Y1: max(e.Y0, e.Y1)})
		}
	}
}
