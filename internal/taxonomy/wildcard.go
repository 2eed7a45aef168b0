package taxonomy

import (
	"strings"
	"unicode/utf8"
)

// wildcard is a printed name with wildcards: * any text, # a number (digits,
// Arabic or Chinese), {a|b} alternatives. It is matched against a whole folded
// text. Hundreds are made at each start, so they are no regular expressions.
type wildcard []piece

// piece is a literal, a wildcard or a choice of alternatives.
type piece struct {
	text   string // the literal, when kind is 0
	kind   byte   // '*', '#', '{' or 0
	choice []wildcard
}

// newWildcard reads a pattern; the literal parts are folded. What is not
// closed ends with the pattern.
func newWildcard(s string) wildcard {
	w, _ := readWildcard(FoldName(s), 0)
	return w
}

// readWildcard reads up to the end, or inside braces to | or }, and gives the
// rest.
func readWildcard(s string, depth int) (wildcard, string) {
	var w wildcard
	for s != "" {
		i := strings.IndexAny(s, "*#{}|")
		if i < 0 {
			i = len(s)
		}
		if i > 0 {
			w = append(w, piece{text: s[:i]})
			s = s[i:]
			continue
		}
		c := s[0]
		switch {
		case c == '{':
			p := piece{kind: '{'}
			s = s[1:]
			for {
				var alt wildcard
				alt, s = readWildcard(s, depth+1)
				p.choice = append(p.choice, alt)
				if s == "" {
					break
				}
				more := s[0] == '|'
				s = s[1:]
				if !more {
					break
				}
			}
			w = append(w, p)
		case depth > 0 && (c == '|' || c == '}'):
			return w, s
		case c == '*' || c == '#':
			w = append(w, piece{kind: c})
			s = s[1:]
		default: // } or | outside braces stands for itself
			w = append(w, piece{text: s[:1]})
			s = s[1:]
		}
	}
	return w, ""
}

// MatchString reports whether the whole text fits.
func (w wildcard) MatchString(s string) bool {
	return w.match(s, func(rest string) bool { return rest == "" })
}

// match reports whether a beginning of s fits and then the rest.
func (w wildcard) match(s string, then func(rest string) bool) bool {
	for len(w) > 0 && w[0].kind == 0 {
		var ok bool
		if s, ok = strings.CutPrefix(s, w[0].text); !ok {
			return false
		}
		w = w[1:]
	}
	if len(w) == 0 {
		return then(s)
	}
	rest := w[1:]
	switch w[0].kind {
	case '{':
		for _, alt := range w[0].choice {
			if alt.match(s, func(t string) bool { return rest.match(t, then) }) {
				return true
			}
		}
		return false
	case '*':
		for {
			if rest.match(s, then) {
				return true
			}
			r, n := utf8.DecodeRuneInString(s)
			if n == 0 || r == '\n' {
				return false
			}
			s = s[n:]
		}
	}
	for { // #
		r, n := utf8.DecodeRuneInString(s)
		if !strings.ContainsRune("0123456789一二三四五六七八九十", r) || n == 0 {
			return false
		}
		s = s[n:]
		if rest.match(s, then) {
			return true
		}
	}
}
