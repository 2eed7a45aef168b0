package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"juesuan/internal/document"
)

// From characters to printed lines and their text.

// line is a row of characters that share a baseline, in x order.
type line struct {
	Chars  []char
	X0, X1 float64
	Base   float64
	Size   float64 // of most of its characters
	Han    bool    // has Han characters, which its size is of
	Text   string  // NFKC, blanks as the gaps tell
}

// middle is the height at which a character is judged to lie: half of the
// body of a letter above its baseline.
func (c char) middle() float64 { return c.Base - 0.38*c.Size }

func (c char) centre() float64 { return (c.X0 + c.X1) / 2 }

// makeLines groups characters by baseline. Pieces of one printed line may sit
// a little off it (a full stop from another font, a superscript); lines set
// solid are a whole size apart, so less than half of a size is one line.
func makeLines(chars []char) []line {
	if len(chars) == 0 {
		return nil
	}
	cs := slices.Clone(chars)
	slices.SortStableFunc(cs, func(a, b char) int { return cmp.Compare(a.Base, b.Base) })
	type group struct {
		base float64
		cs   []char
	}
	var groups []group
	for _, c := range cs {
		if k := len(groups) - 1; k >= 0 {
			g := &groups[k]
			if math.Abs(c.Base-g.base) <= 0.4*min(c.Size, g.cs[len(g.cs)-1].Size) {
				g.base += (c.Base - g.base) / float64(len(g.cs)+1)
				g.cs = append(g.cs, c)
				continue
			}
		}
		groups = append(groups, group{c.Base, []char{c}})
	}
	lines := make([]line, 0, len(groups))
	for _, g := range groups {
		lines = append(lines, newLine(g.cs))
	}
	return lines
}

// newLine orders characters by x and spells them.
func newLine(cs []char) line {
	slices.SortStableFunc(cs, func(a, b char) int { return cmp.Compare(a.X0, b.X0) })
	cs = dropOverprints(cs)
	l := line{Chars: cs, X0: math.Inf(1), X1: math.Inf(-1)}
	var sizes, han []float64
	bases := make([]float64, 0, len(cs))
	for _, c := range cs {
		l.X0, l.X1 = min(l.X0, c.X0), max(l.X1, c.X1)
		sizes = append(sizes, c.Size)
		bases = append(bases, c.Base)
		if unicode.Is(unicode.Han, c.R) {
			han = append(han, c.Size)
		}
	}
	// Fonts for digits have bodies of their own: Han characters, where there
	// are any, tell the size.
	if l.Han = len(han) > 0; l.Han {
		sizes = han
	}
	l.Size, l.Base = median(sizes), median(bases)
	l.Text = spell(cs, 1.0)
	return l
}

// dropOverprints keeps one of the copies that imitate bold or a shadow: the
// same character almost in the same place.
func dropOverprints(cs []char) []char {
	out := cs[:0]
next:
	for _, c := range cs {
		for k := len(out) - 1; k >= 0 && k >= len(out)-3; k-- {
			if o := out[k]; o.R == c.R && c.X0-o.X0 < 0.3*(c.X1-c.X0) && math.Abs(c.Base-o.Base) < 0.3*c.Size {
				continue next
			}
		}
		out = append(out, c)
	}
	return out
}

func median(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}

func (l line) box() document.Box {
	return document.Box{X0: l.X0, Y0: l.Base - 0.88*l.Size, X1: l.X1, Y1: l.Base + 0.12*l.Size}
}

// spell writes characters in x order. wide is the gap, in sizes, from which a
// blank between Han characters is kept.
func spell(cs []char, wide float64) string {
	var b strings.Builder
	for i, c := range cs {
		if i > 0 {
			p := cs[i-1]
			gap, size := c.X0-p.X1, max(p.Size, c.Size)
			switch pl, cl := isWordRune(p.R), isWordRune(c.R); {
			case pl && cl && gap > 0.2*size:
				b.WriteByte(' ')
			case gap > wide*size && !(gap < 1.5*size && blankless(p.R, c.R)):
				b.WriteByte(' ')
			}
		}
		b.WriteString(foldRune(c.R))
	}
	return b.String()
}

// blankless reports that no blank belongs between the two: a number and the
// Han character or sign beside it.
func blankless(a, b rune) bool {
	num := func(r rune) bool { return r >= '0' && r <= '9' || r == '.' || r == '%' }
	return num(a) != num(b)
}

// isWordRune reports a rune of words and numbers that blanks divide.
func isWordRune(r rune) bool {
	return r < 0x2000 && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// foldRune is NFKC, but for what it would spoil: circled numbers (as plain
// digits they would run into the numbers beside them) and the punctuation of
// Chinese text, which the reader of an excerpt looks for as it is printed.
func foldRune(r rune) string {
	switch {
	case r < 0x80, r >= 0x2460 && r <= 0x24FF, strings.ContainsRune("，：；！？（）", r):
		return string(r)
	}
	return norm.NFKC.String(string(r))
}
