package text

// join.go decides which lines are pieces of one sentence. Text that was
// flattened from pages has sentences cut by line ends, and by an empty line
// where a page ended.

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"juesuan/internal/format/flow"
)

// continues reports whether next carries on the sentence of para, whose last
// line is last. gap tells that blank lines lie between, full that the line
// reaches the width at which the file's lines were broken.
func continues(last, para, next string, gap, full bool) bool {
	if last == "" || next == "" {
		return false
	}
	if first, _ := utf8.DecodeRuneInString(next); strings.ContainsRune("。，、；：）)”》", first) {
		return true // no paragraph begins with these
	}
	if flow.Numbered(next) || flow.Closed(last) {
		return false
	}
	end, _ := utf8.DecodeLastRuneInString(last)
	prose := strings.ContainsAny(para, "，,。；;、：:")
	if strings.ContainsRune("，,、（(《“—", end) || openBracket(last) {
		return prose
	}
	if full {
		return !gap || strings.ContainsAny(next, "，,。；;、：:")
	}
	// A page break cuts within a sentence: the first piece is prose, not
	// a title; the second is prose too or closes the sentence.
	return gap && prose && !flow.Title(para) && strings.ContainsAny(next, "，,。；;、：:")
}

// titleEnd is how section titles end; a numbered line that ends otherwise at
// the full width is a cut sentence (1、…（类）…（款） ⏎ …（项）。).
var titleEnd = regexp.MustCompile(`(情况|说明|表|概况|职责|职能|设置|解释|安排|公开|预算|决算|总体|绩效)$`)

func openBracket(s string) bool {
	return strings.LastIndexAny(s, "（(") > strings.LastIndexAny(s, "）)") &&
		strings.ContainsAny(s, "（(") && utf8.RuneCountInString(s) > 15
}

// wrapWidth finds the column at which a file's lines were broken, 0 when they
// were not. Most broken lines then end about there; a file whose paragraphs
// are whole has lines of all lengths.
func wrapWidth(lines []line) int {
	var edges [161]int
	n := 0
	for _, l := range lines {
		if l.blank || l.edge < 40 || flow.Closed(l.s) && l.edge < len(edges) || strings.ContainsAny(l.raw, "\t|") || columns(l.s) {
			continue
		}
		edges[min(l.edge, len(edges)-1)]++
		n++
	}
	best, most := 0, 0
	for e := range len(edges) - 1 { // the last counts all that are longer
		sum := 0
		for k := max(0, e-slack+1); k <= e; k++ {
			sum += edges[k]
		}
		if sum > most {
			best, most = e, sum
		}
	}
	over := 0
	for _, k := range edges[min(best+slack, len(edges)-1):] {
		over += k
	}
	if most < 3 || most*2 < n || over*10 > n {
		return 0
	}
	return best
}

// columns reports a line set in columns with blanks, as a row of a table is.
func columns(s string) bool { return strings.Contains(s, "  ") }

// slack is how far before the edge a line may end: a word or number that did
// not fit moves to the next line as a whole.
const slack = 9

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
