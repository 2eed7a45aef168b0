package taxonomy

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// FoldName gives the form in which names are compared: no blanks and no
// quotation marks, half-width letters, digits and brackets.
// “因公出国 （境）费” and 因公出国(境)费 fold to the same.
func FoldName(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r = foldRune(r); r >= 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// foldRune is FoldName for one rune; −1 for one that does not count.
func foldRune(r rune) rune {
	switch r {
	case '“', '”', '"', '\'', '‘', '’', '「', '」', '＂', '\u200b', '\ufeff', '\u00ad':
		return -1
	case '〔', '【', '［', '[', '﹝':
		return '('
	case '〕', '】', '］', ']', '﹞':
		return ')'
	case '·', '•', '‧':
		return '·'
	}
	if unicode.IsSpace(r) || unicode.IsControl(r) {
		return -1
	}
	if f := width.LookupRune(r).Folded(); f != 0 {
		return f
	}
	return r
}

// FoldItem is FoldName without the last 支出: the form in which 科目 names are
// compared (交通运输 and 交通运输支出 are one name).
func FoldItem(s string) string {
	s = FoldName(s)
	if t := strings.TrimSuffix(s, "支出"); t != "" {
		return t
	}
	return s
}

// SameItem reports whether two prints name the same 科目.
func SameItem(a, b string) bool { return FoldItem(a) == FoldItem(b) }

// trieNode finds the longest alias at the start of a text.
type trieNode struct {
	next    map[rune]*trieNode
	concept int
}

func (t *trieNode) add(folded string, concept int) {
	for _, r := range folded {
		if t.next == nil {
			t.next = map[rune]*trieNode{}
		}
		n := t.next[r]
		if n == nil {
			n = &trieNode{concept: -1}
			t.next[r] = n
		}
		t = n
	}
	t.concept = concept
}

func (t *trieNode) longest(s string) (concept, n int) {
	concept = -1
	for i, r := range s {
		f := foldRune(r)
		if f < 0 {
			if i == 0 && !isQuote(r) {
				return -1, 0 // a match begins with a mark that counts, or with the quotation mark of a name
			}
			continue
		}
		t = t.next[f]
		if t == nil {
			break
		}
		if t.concept >= 0 {
			concept, n = t.concept, i+utf8.RuneLen(r)
		}
	}
	return concept, n
}

func isQuote(r rune) bool { return strings.ContainsRune("“\"「‘", r) }
