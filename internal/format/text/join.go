package text

// join.go decides which lines are pieces of one sentence. Text that was
// flattened from pages has sentences cut by line ends, and by an empty line
// where a page ended.

import (
	"strings"
	"unicode/utf8"

	"juesuan/internal/format/flow"
)

// continues reports whether next carries on the sentence of para, whose last
// line is last. gap tells that blank lines lie between.
func continues(last, para, next string, gap bool, wrap int) bool {
	if last == "" || next == "" || flow.Numbered(next) {
		return false
	}
	if flow.Closed(last) {
		return false
	}
	end, _ := utf8.DecodeLastRuneInString(last)
	prose := strings.ContainsAny(para, "，,。；;、：:")
	if strings.ContainsRune("，,、（(《“—", end) || openBracket(last) {
		return prose
	}
	if gap {
		// A page break cuts within a sentence: the first piece is prose, not
		// a title; the second is prose too or closes the sentence.
		return prose && !flow.Title(para) && strings.ContainsAny(next, "，,。；;、：:")
	}
	return wrap > 0 && width(last) >= wrap-8 && !(flow.Title(para) && width(last) < wrap-2)
}

func openBracket(s string) bool {
	return strings.LastIndexAny(s, "（(") > strings.LastIndexAny(s, "）)") &&
		strings.ContainsAny(s, "（(") && utf8.RuneCountInString(s) > 15
}

// wrapWidth finds the width at which a file's lines were broken, 0 when they
// were not. Most broken lines then are about equally long; a file whose
// paragraphs are whole has lines of all lengths.
func wrapWidth(lines []line) int {
	var widths []int
	longest := 0
	for i := 0; i+1 < len(lines); i++ {
		a, b := lines[i], lines[i+1]
		if a.blank || b.blank || strings.ContainsAny(a.raw, "\t|") || flow.Numbered(b.s) {
			continue
		}
		if flow.Closed(a.s) {
			continue
		}
		w := width(a.s)
		widths = append(widths, w)
		longest = max(longest, w)
	}
	if longest < 40 || longest > 160 {
		return 0
	}
	full := 0
	for _, w := range widths {
		if w >= longest-8 {
			full++
		}
	}
	if full < 2 || full*2 < len(widths) {
		return 0
	}
	return longest
}

// width of a line in half-width columns.
func width(s string) int {
	w := 0
	for _, r := range s {
		if r < 0x2e80 {
			w++
		} else {
			w += 2
		}
	}
	return w
}

// glue is what goes between two joined lines: a blank between two Latin
// words or two separate numbers, else nothing.
func glue(a, b string) string {
	x, _ := utf8.DecodeLastRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	letter := func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
	if letter(x) && letter(y) {
		return " "
	}
	return ""
}
