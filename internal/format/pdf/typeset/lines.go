package typeset

// lines.go breaks Chinese text into lines: between any two characters, but not
// inside a number or word, not before a closing mark and not after an opening
// one; and spreads a line over its width.

import (
	"math"
	"slices"
	"strings"

	"juesuan/internal/typeface"
)

const (
	opening = "（《“‘〔【「『〈［｛([{￥¥$"
	closing = "，。、；：！？）》”’〕】」』〉］｝)]}％%‰℃·…—～〞々"
)

// run is a piece of a line set in one go.
type run struct {
	s      string
	x      float64 // from where the line begins
	spread float64 // added after each character
}

// textLine is a line set.
type textLine struct {
	runs  []run
	x     float64 // indent
	width float64
}

// width of s in type sizes.
func emWidth(f *typeface.Face, s string) float64 {
	w := 0.0
	for _, r := range s {
		a, _ := f.Advance(r)
		w += a
	}
	return w
}

// setLines sets s at a width in points, the first line shorter by indent. A
// line break in s ends a line. spread draws every line but the last ones to the
// width.
func setLines(s string, f *typeface.Face, size, width, indent float64, spread bool) []textLine {
	var out []textLine
	for piece := range strings.SplitSeq(s, "\n") {
		rs := []rune(piece)
		cuts := breakLine(rs, f, width/size, indent/size)
		tight := false
		if n := len(cuts); spread && n > 1 && cuts[n-1][1]-cuts[n-1][0] <= 2 {
			// One character on the last line: the lines above take it in.
			if c := breakLine(rs, f, width*(1+squeeze)/size, indent/size); len(c) < n && canSqueeze(rs, c, f, width/size, indent/size) {
				cuts, tight = c, true
			}
		}
		for i, c := range cuts {
			l := setLine(rs[c[0]:c[1]], f, size, width-indent, spread && (tight || i+1 < len(cuts)), i+1 < len(cuts))
			l.x = indent
			out = append(out, l)
			indent = 0
		}
	}
	return out
}

// squeeze is how much closer characters may stand to save a line, of its width.
const squeeze = 0.035

// setLine sets one line: drawn to the width where it is longer (fit), or
// shorter (stretch) and that shows no gaps.
func setLine(rs []rune, f *typeface.Face, size, width float64, fit, stretch bool) textLine {
	w := emWidth(f, string(rs)) * size
	l := textLine{width: w}
	gaps := gapsOf(rs)
	const most = 0.3 // of the type size; beyond it looks like a blank
	more := 0.0
	if gaps > 0 && fit && (width < w || stretch && (width-w)/float64(gaps) <= most*size) {
		more = (width - w) / float64(gaps)
		l.width = width
	}
	if math.Abs(more) < 0.001 {
		l.runs = []run{{s: string(rs)}}
		return l
	}
	// Numbers and words keep their own spacing.
	x := 0.0
	for i := 0; i < len(rs); {
		j, at := i, x
		for ; j < len(rs) && solid(rs[j]) == solid(rs[i]); j++ {
			a, _ := f.Advance(rs[j])
			x += a * size
			if !solid(rs[j]) || j+1 < len(rs) && !solid(rs[j+1]) {
				x += more
			}
		}
		q := run{s: string(rs[i:j]), x: at}
		if !solid(rs[i]) {
			q.spread = more
		}
		l.runs = append(l.runs, q)
		i = j
	}
	return l
}

// canSqueeze reports whether all lines can be drawn to the width in type sizes.
func canSqueeze(rs []rune, cuts [][2]int, f *typeface.Face, width, indent float64) bool {
	const most = 0.06 // between two characters
	for i, c := range cuts {
		room := width
		if i == 0 {
			room -= indent
		}
		part := rs[c[0]:c[1]]
		if emWidth(f, string(part))-room > most*float64(gapsOf(part)) {
			return false
		}
	}
	return true
}

// gapsOf counts where a line can be drawn out: not inside words and numbers.
func gapsOf(rs []rune) int {
	n := 0
	for i := 1; i < len(rs); i++ {
		if !solid(rs[i-1]) || !solid(rs[i]) {
			n++
		}
	}
	return n
}

// solid characters make up words and numbers.
func solid(r rune) bool { return r > ' ' && r < 0x250 }

// breakLine gives the lines of rs as index pairs; width and indent in type
// sizes. There is at least one line.
func breakLine(rs []rune, f *typeface.Face, width, indent float64) [][2]int {
	var out [][2]int
	const eps = 1e-6
	start, x := 0, indent
	shut := func(end int) {
		e := end
		for e > start && rs[e-1] == ' ' {
			e--
		}
		out = append(out, [2]int{start, e})
		start, x = end, 0
	}
	for i := 0; i < len(rs); {
		if rs[i] == ' ' && i == start && len(out) > 0 {
			i++
			start = i
			continue
		}
		end := unit(rs, i)
		w := emWidth(f, string(rs[i:end]))
		switch {
		case x+w <= width+eps || rs[i] == ' ':
			x += w
		case w > width+eps: // longer than a line: broken anywhere
			if x+emWidth(f, string(rs[i:i+1])) > width+eps && i > start {
				shut(i)
			}
			for k := i; k < end; k++ {
				a, _ := f.Advance(rs[k])
				if x+a > width+eps && k > start {
					shut(k)
				}
				x += a
			}
		default:
			if i > start {
				shut(i)
			}
			x += w
		}
		i = end
	}
	if start < len(rs) || len(out) == 0 {
		shut(len(rs))
	}
	return out
}

// unit is the end of the piece from i on that no line break parts.
func unit(rs []rune, i int) int {
	if rs[i] == ' ' {
		return i + 1
	}
	end := i
	for end < len(rs) && strings.ContainsRune(opening, rs[end]) {
		end++
	}
	if end < len(rs) {
		word := solid(rs[end])
		end++
		for word && end < len(rs) && solid(rs[end]) {
			end++
		}
	}
	for end < len(rs) && strings.ContainsRune(closing, rs[end]) {
		end++
	}
	return end
}

// clean makes s fit to be set: no control characters, one character for those
// that share a glyph, blanks for tabs, and the plain form of what the fonts
// lack. Characters they lack all the same are added to missing.
func clean(s string, missing *[]rune) string {
	if !slices.ContainsFunc([]rune(s), odd) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if !odd(r) {
			b.WriteRune(r)
			continue
		}
		switch t := plain(r); {
		case t == "":
		case lacks(t):
			*missing = append(*missing, r)
		default:
			b.WriteString(t)
		}
	}
	return b.String()
}
