package typeset

// chars.go tells which characters can be set, and what stands for others.

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"juesuan/internal/typeface"
)

// odd reports a character that cannot be set as it is.
func odd(r rune) bool {
	return r != '\n' && (same[r] != "" || r < ' ' || typeface.Text().Glyph(r) == 0)
}

// same are characters that share a glyph with others or mean the same.
var same = map[rune]string{
	0xa0: " ", '\t': "  ", 0x2011: "-", 0x2012: "–", '‧': "·", '・': "·", '•': "·",
	0x2002: " ", 0x2003: "　", 0x2009: " ", 0x202f: " ", '−': "-", '―': "—",
}

// plain is what is set in place of an odd character, "" for nothing.
func plain(r rune) string {
	if t, ok := same[r]; ok {
		return t
	}
	if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) {
		return ""
	}
	return norm.NFKC.String(string(r))
}

// lacks reports text the fonts cannot show.
func lacks(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return typeface.Text().Glyph(r) == 0 })
}
