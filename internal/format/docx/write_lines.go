package docx

// write_lines.go reckons how Chinese text breaks into lines: between any two
// characters, but not inside a number, not before a closing mark and not
// after an opening one; a mark may hang over the edge.

import (
	"strings"
	"unicode"
)

// emWidth is the width of s in units of its type size, set in a Chinese font
// and Times: programs put a quarter of a character between Han characters and
// Latin letters or digits.
func emWidth(s string) float64 {
	w := 0.0
	var last rune
	for _, r := range s {
		w += advance(last, r)
		last = r
	}
	return w
}

// advance is the width of r after last.
func advance(last, r rune) float64 {
	w := 1.0
	switch {
	case strings.ContainsRune(".,: ;'|il", r):
		w = 0.27
	case r == '-' || r == '(' || r == ')' || r == '/':
		w = 0.33
	case r == '%':
		w = 0.83
	case r < 0x7f && r >= '0' && r <= '9':
		w = 0.5
	case r < 0x7f:
		w = 0.56
	case r < 0x2000:
		w = 0.6
	}
	if last != 0 && (unicode.Is(unicode.Han, last) && latin(r) || latin(last) && unicode.Is(unicode.Han, r)) {
		w += 0.25
	}
	return w
}

func latin(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '%'
}

const (
	opening = "（《“‘〔【("
	closing = "，。、；：！？）》”’〕】)％%"
	hanging = "，。、；：！？"
)

// linesOf counts the lines of s at a width in type sizes, the first one
// shorter by indent.
func linesOf(s string, width, indent float64) int {
	n := 0
	for piece := range strings.SplitSeq(s, "\n") {
		n += breakLine([]rune(piece), width, indent)
		indent = 0
	}
	return n
}

func breakLine(rs []rune, width, x float64) int {
	n := 1
	for i := 0; i < len(rs); {
		end := unit(rs, i)
		w, hang, lead := 0.0, 0.0, 0.0
		var last rune
		if i > 0 {
			last = rs[i-1]
			lead = advance(last, rs[i]) - advance(0, rs[i]) // not at the head of a line
		}
		for _, r := range rs[i:end] {
			a := advance(last, r)
			w += a
			last = r
			hang = 0
			if strings.ContainsRune(hanging, r) {
				hang = a
			}
		}
		switch {
		case x+w-hang <= width+1e-9:
			x += w
		case w > width: // longer than a line: broken anywhere
			for _, r := range rs[i:end] {
				if a := advance(0, r); x+a > width+1e-9 {
					n++
					x = a
				} else {
					x += a
				}
			}
		default:
			n++
			x = w - lead
		}
		i = end
	}
	return n
}

// unit is the end of the piece from i on that no line break parts.
func unit(rs []rune, i int) int {
	end := i
	for end < len(rs) && strings.ContainsRune(opening, rs[end]) {
		end++
	}
	if end < len(rs) {
		solid := rs[end] > ' ' && rs[end] < 0x7f
		end++
		for solid && end < len(rs) && rs[end] > ' ' && rs[end] < 0x7f {
			end++
		}
	}
	for end < len(rs) && strings.ContainsRune(closing, rs[end]) {
		end++
	}
	return end
}
