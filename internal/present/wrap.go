package present

import (
	"strings"

	"github.com/rivo/uniseg"

	"juesuan/internal/check"
)

// colour is an ANSI escape, "" for none.
type colour string

const (
	bold   colour = "\x1b[1m"
	faint  colour = "\x1b[2m"
	red    colour = "\x1b[1;31m"
	green  colour = "\x1b[1;32m"
	yellow colour = "\x1b[1;33m"
	blue   colour = "\x1b[1;34m"
	reset         = "\x1b[0m"
)

func verdictColour(v check.Verdict) colour {
	switch v {
	case check.Passed:
		return green
	case check.HasErrors:
		return red
	}
	return yellow
}

func severityColour(s check.Severity) colour {
	switch s {
	case check.Error:
		return red
	case check.Suspect:
		return yellow
	}
	return blue
}

// paint colours s when the look asks for colours.
func (p *page) paint(c colour, s string) string {
	if !p.look.Colour || s == "" {
		return s
	}
	return string(c) + s + reset
}

// noStart holds the marks that do not open a line.
const noStart = "，。；：、！？）》”’〕】％%,.;:!?)"

// line writes s after the head, wrapped at the width; lines after the first
// are indented by the width of the head. A line of s with breaks keeps them.
func (p *page) line(head, s string) {
	indent := strings.Repeat(" ", uniseg.StringWidth(head))
	for i, part := range strings.Split(s, "\n") {
		for j, l := range wrap(part, p.look.Width-len(indent)) {
			switch {
			case l == "":
			case i == 0 && j == 0:
				p.b.WriteString(head + l)
			default:
				p.b.WriteString(indent + l)
			}
			p.b.WriteByte('\n')
		}
	}
}

// wrap cuts s into lines of at most width columns. It breaks between Chinese
// characters and at blanks, never inside a number or a Latin word, and never
// before a closing mark. Escape sequences have no width.
func wrap(s string, width int) []string {
	if width < 20 {
		width = 20
	}
	var (
		lines []string
		line  strings.Builder
		used  int
	)
	for _, tok := range tokens(s) {
		w := tok.width
		if used+w > width && used > 0 && !strings.Contains(noStart, tok.text) {
			lines = append(lines, strings.TrimRight(line.String(), " "))
			line.Reset()
			used = 0
			if tok.text == " " {
				continue
			}
		}
		line.WriteString(tok.text)
		used += w
	}
	return append(lines, line.String())
}

// token is a piece that is not broken: a character, a Latin word or number, an escape.
type token struct {
	text  string
	width int
}

func tokens(s string) []token {
	var out []token
	word := false
	for s != "" {
		if strings.HasPrefix(s, "\x1b[") {
			end := strings.IndexByte(s, 'm') + 1
			if end == 0 {
				end = len(s)
			}
			out = append(out, token{s[:end], 0})
			s = s[end:]
			continue
		}
		g, rest, w, _ := uniseg.FirstGraphemeClusterInString(s, -1)
		s = rest
		inWord := len(g) == 1 && g != " "
		if inWord && word {
			last := &out[len(out)-1]
			last.text += g
			last.width += w
		} else {
			out = append(out, token{g, w})
		}
		word = inWord
	}
	return out
}
