package pdf

import (
	"cmp"
	"math"
	"slices"

	"juesuan/internal/document"
)

// From ruling lines to the grid of a table: which lines belong together, which
// places of the grid no line divides.

const (
	snap  = 2.5 // points within which lines are one line, and ends meet
	reach = 3.5 // points a line may stop short of the line it meets
)

// mergeRulings joins collinear pieces: dashes, the edges of neighbouring
// cells, double lines.
func mergeRulings(in []ruling) []ruling {
	rs := slices.Clone(in)
	slices.SortFunc(rs, func(a, b ruling) int {
		if a.Vertical != b.Vertical {
			if a.Vertical {
				return 1
			}
			return -1
		}
		return cmp.Compare(a.Pos, b.Pos)
	})
	var out []ruling
	for i := 0; i < len(rs); {
		j := i + 1
		for j < len(rs) && rs[j].Vertical == rs[i].Vertical && rs[j].Pos-rs[j-1].Pos <= snap/2 && rs[j].Pos-rs[i].Pos <= 2*snap {
			j++
		}
		band := rs[i:j]
		slices.SortFunc(band, func(a, b ruling) int { return cmp.Compare(a.A, b.A) })
		cur, wsum, psum := band[0], 0.0, 0.0
		add := func(r ruling) { wsum += r.B - r.A + 0.01; psum += r.Pos * (r.B - r.A + 0.01) }
		add(cur)
		for _, r := range band[1:] {
			if r.A <= cur.B+reach {
				cur.B, cur.W = max(cur.B, r.B), max(cur.W, r.W)
				add(r)
				continue
			}
			cur.Pos = psum / wsum
			out = append(out, cur)
			cur, wsum, psum = r, 0, 0
			add(cur)
		}
		cur.Pos = psum / wsum
		out = append(out, cur)
		i = j
	}
	return slices.DeleteFunc(out, func(r ruling) bool { return r.B-r.A < 4 })
}

// meets reports whether a horizontal and a vertical line touch.
func meets(h, v ruling) bool {
	return v.Pos >= h.A-reach && v.Pos <= h.B+reach && h.Pos >= v.A-reach && h.Pos <= v.B+reach
}

// clusterRulings are the groups of lines that touch one another.
func clusterRulings(rs []ruling) [][]ruling {
	parent := make([]int, len(rs))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for i, h := range rs {
		if h.Vertical {
			continue
		}
		for j, v := range rs {
			if v.Vertical && meets(h, v) {
				parent[find(i)] = find(j)
			}
		}
	}
	groups := map[int][]ruling{}
	var order []int
	for i, r := range rs {
		k := find(i)
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], r)
	}
	out := make([][]ruling, 0, len(order))
	for _, k := range order {
		out = append(out, groups[k])
	}
	return out
}

// grid is a ruled table before its text: Xs and Ys are the lines' places.
// right[r][c] tells that a line divides cell r,c from r,c+1; below[r][c]
// that one divides r,c from r+1,c.
type grid struct {
	Xs, Ys       []float64
	right, below [][]bool
}

func (g *grid) rows() int { return len(g.Ys) - 1 }
func (g *grid) cols() int { return len(g.Xs) - 1 }
func (g *grid) box() document.Box {
	return document.Box{X0: g.Xs[0], Y0: g.Ys[0], X1: g.Xs[len(g.Xs)-1], Y1: g.Ys[len(g.Ys)-1]}
}

// makeGrid lays a grid through touching lines; nil when they enclose nothing.
// A drawing with more than maxCells places (if positive) is no table.
func makeGrid(rs []ruling, maxCells int) *grid {
	var xs, ys []float64
	x0, x1, y0, y1 := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	var hs, vs []ruling
	for _, r := range rs {
		if r.Vertical {
			vs = append(vs, r)
			xs = append(xs, r.Pos)
			y0, y1 = min(y0, r.A), max(y1, r.B)
		} else {
			hs = append(hs, r)
			ys = append(ys, r.Pos)
			x0, x1 = min(x0, r.A), max(x1, r.B)
		}
	}
	if len(hs) == 0 || len(vs) == 0 {
		return nil
	}
	// A table open at a side ends where its lines end.
	xs, ys = positions(append(xs, x0, x1)), positions(append(ys, y0, y1))
	g := &grid{Xs: xs, Ys: ys}
	if g.rows() < 1 || g.cols() < 1 || maxCells > 0 && g.rows()*g.cols() > maxCells {
		return nil
	}
	g.right = make([][]bool, g.rows())
	g.below = make([][]bool, g.rows())
	for r := range g.rows() {
		g.right[r] = make([]bool, g.cols())
		g.below[r] = make([]bool, g.cols())
		g.right[r][g.cols()-1] = true
	}
	for c := range g.cols() {
		g.below[g.rows()-1][c] = true
	}
	for _, v := range vs {
		k := nearest(xs, v.Pos)
		if k == 0 || k == len(xs)-1 {
			continue
		}
		for r := range g.rows() {
			if covers(v, ys[r], ys[r+1]) {
				g.right[r][k-1] = true
			}
		}
	}
	for _, h := range hs {
		k := nearest(ys, h.Pos)
		if k == 0 || k == len(ys)-1 {
			continue
		}
		for c := range g.cols() {
			if covers(h, xs[c], xs[c+1]) {
				g.below[k-1][c] = true
			}
		}
	}
	return g
}

// covers reports that the line spans most of a..b.
func covers(r ruling, a, b float64) bool {
	return min(r.B, b)-max(r.A, a) >= 0.6*(b-a)
}

// positions sorts v and keeps one of each group closer than 2×snap.
func positions(v []float64) []float64 {
	slices.Sort(v)
	var out []float64
	for i := 0; i < len(v); {
		j, sum := i, 0.0
		for j < len(v) && v[j]-v[i] <= 2*snap && (j == i || v[j]-v[j-1] <= snap) {
			sum += v[j]
			j++
		}
		out = append(out, sum/float64(j-i))
		i = j
	}
	return out
}

func nearest(v []float64, x float64) int {
	best := 0
	for i := range v {
		if math.Abs(v[i]-x) < math.Abs(v[best]-x) {
			best = i
		}
	}
	return best
}

// slot is the index of the band of v that holds x, -1 outside.
func slot(v []float64, x float64) int {
	if x < v[0] || x > v[len(v)-1] {
		return -1
	}
	i, _ := slices.BinarySearch(v, x)
	return min(max(i-1, 0), len(v)-2)
}

// region is a cell of the grid: merged cells span several slots.
type region struct{ R0, C0, R1, C1 int } // inclusive

// regions are the cells: slots that no line divides. A group of slots that is
// not a rectangle is cut into its rows.
func (g *grid) regions() []region {
	n, m := g.rows(), g.cols()
	seen := make([][]bool, n)
	for r := range seen {
		seen[r] = make([]bool, m)
	}
	var out []region
	for r := range n {
		for c := range m {
			if seen[r][c] {
				continue
			}
			// Widest run to the right, then down while the whole run is open.
			c1 := c
			for c1+1 < m && !g.right[r][c1] && !seen[r][c1+1] {
				c1++
			}
			r1 := r
			for r1+1 < n && g.open(r1, r1+1, c, c1) && !seen[r1+1][c] {
				r1++
			}
			for i := r; i <= r1; i++ {
				for j := c; j <= c1; j++ {
					seen[i][j] = true
				}
			}
			out = append(out, region{r, c, r1, c1})
		}
	}
	return out
}

// open reports that the run c0..c1 of row a goes on unbroken into row b.
func (g *grid) open(a, b, c0, c1 int) bool {
	for c := c0; c <= c1; c++ {
		if g.below[a][c] || (c < c1 && g.right[b][c]) {
			return false
		}
	}
	return (c0 == 0 || g.right[b][c0-1]) && g.right[b][c1]
}
