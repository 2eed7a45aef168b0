package document

// fold.go brings text to the one form in which it is compared and parsed:
// documents print the same word in full and half width, with blanks inside
// words and numbers, with six kinds of dash, and as radicals that only look
// like characters. The work runs in two steps: each character is mapped by
// itself; then blanks are dropped where they mean nothing.

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns t in the normal form that the clause grammar reads, each span
// moved to where its text now stands:
//
//   - width and compatibility forms as NFKC has them (１→1, ，→",", （→"(",
//     Kangxi radicals → characters), but ①, ⒈, ㎡, ² and … stay: their NFKC
//     would put digits and points into numbers;
//   - dashes of minus length → "-", middle dots → "·", straight, prime and
//     corner quotes → “”;
//   - invisible characters dropped; blanks and line breaks dropped except a
//     single " " between Latin words and between numbers that are not clearly
//     one: "1 234.56" and "12,672 .73" are joined, "40 24" is not.
//
// 、。 and the dash — stay. Fold is idempotent.
func Fold(t Text) Text {
	if folded(t.S) {
		return t
	}
	runes := squeeze(mapRunes(t.S))
	var b strings.Builder
	b.Grow(len(t.S))
	spans := make([]Span, 0, len(t.Spans))
	k, start := 0, 0 // the span being filled and where it starts in the result
	shut := func() {
		if b.Len() > start {
			spans = append(spans, Span{Start: start, End: b.Len(), Place: t.Spans[k].Place})
			start = b.Len()
		}
	}
	for _, m := range runes {
		for k+1 < len(t.Spans) && int(m.off) >= t.Spans[k+1].Start {
			shut()
			k++
		}
		b.WriteRune(m.r)
	}
	if len(t.Spans) > 0 {
		shut()
		if len(spans) == 0 {
			spans = append(spans, Span{Place: t.Spans[0].Place})
		}
	} else {
		spans = nil
	}
	return Text{S: b.String(), Spans: spans}
}

// FoldString is Fold for text without places: names, table cells.
func FoldString(s string) string {
	if folded(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, m := range squeeze(mapRunes(s)) {
		b.WriteRune(m.r)
	}
	return b.String()
}

// mapped is a character of the result and the byte of the source it comes from.
type mapped struct {
	r   rune
	off int32
}

// folded is the fast path: nothing in s can change.
func folded(s string) bool {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c <= ' ' || c == '"' || c == 0x7f {
				return false
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !plain(r) || n == 1 {
			return false
		}
		i += n
	}
	return true
}

// plain characters map to themselves and need no second look.
func plain(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r == '、' || r == '。' || r == '“' || r == '”' || r == '《' || r == '》' || r >= 0x3400 && r <= 0x4dbf
}

// mapRunes maps each character by itself. Runs of blanks become one ' ', or
// '\n' where a line break is among them.
func mapRunes(s string) []mapped {
	out := make([]mapped, 0, len(s)/2+8)
	open := false // inside “ ”
	var put func(r rune, off int32)
	put = func(r rune, off int32) {
		switch {
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085' || r == '\v' || r == '\f':
			if n := len(out); n > 0 && out[n-1].r == ' ' {
				out[n-1].r = '\n'
				return
			} else if n > 0 && out[n-1].r == '\n' {
				return
			}
			out = append(out, mapped{'\n', off})
			return
		case r == ' ' || r == '\t' || r == '\u1680' || r != '\u0085' && r > 0x7f && unicode.Is(unicode.Zs, r):
			if n := len(out); n > 0 && (out[n-1].r == ' ' || out[n-1].r == '\n') {
				return
			}
			out = append(out, mapped{' ', off})
			return
		case r == '′':
			// Two primes are a quotation mark, also with a blank between.
			i := len(out) - 1
			if i >= 0 && (out[i].r == ' ' || out[i].r == '\n') {
				i--
			}
			if i >= 0 && out[i].r == '′' {
				out = out[:i]
				put('"', off)
				return
			}
		case r == '"':
			r = '“'
			if open {
				r = '”'
			}
		}
		switch r {
		case '“':
			open = true
		case '”':
			open = false
		}
		out = append(out, mapped{r, off})
	}
	for i, r := range s {
		off := int32(i)
		switch {
		case r < 0x7f:
			if r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\v' && r != '\f' {
				continue
			}
			if r > ' ' && r != '"' {
				out = append(out, mapped{r, off})
				continue
			}
			put(r, off)
		case r >= 0x4e00 && r <= 0x9fff || r == '、' || r == '。':
			out = append(out, mapped{r, off})
		case r >= 0xff01 && r <= 0xff5e: // full-width ASCII
			put(r-0xff01+'!', off)
		case invisible(r):
		default:
			if x, ok := special[r]; ok {
				put(x, off)
				continue
			}
			if keep(r) {
				out = append(out, mapped{r, off})
				continue
			}
			var buf [utf8.UTFMax]byte
			src := buf[:utf8.EncodeRune(buf[:], r)]
			if norm.NFKC.IsNormal(src) {
				put(r, off)
				continue
			}
			for _, x := range string(norm.NFKC.Bytes(src)) {
				if y, ok := special[x]; ok {
					x = y
				}
				if !invisible(x) {
					put(x, off)
				}
			}
		}
	}
	return out
}

// special maps what NFKC leaves apart though readers see no difference.
var special = map[rune]rune{
	// Dashes of the length of a minus sign. The long dash — stays: it is
	// punctuation in a sentence and “nothing” in a table.
	'‐': '-', '‑': '-', '‒': '-', '–': '-', '−': '-', '⁃': '-', '﹣': '-', '－': '-', '˗': '-',
	'―': '—', '─': '—', '━': '—', '﹘': '—', '⸺': '—',
	'・': '·', '‧': '·', '•': '·', '∙': '·', '⋅': '·', '･': '·', '●': '·', '\u0387': '·',
	'″': '"', '‟': '"', '„': '"', '〝': '"', '〞': '"', '〟': '"', 'ʺ': '"', '˝': '"', '＂': '"',
	'「': '“', '『': '“', '﹁': '“', '﹃': '“', '｢': '“', '」': '”', '』': '”', '﹂': '”', '﹄': '”', '｣': '”',
	'﹪': '%', '٪': '%', '〜': '~', '∼': '~', '⁄': '/', '∕': '/', '⏎': '\n', '↵': '\n',
	// Radicals of the supplement that fonts put for the character.
	'⺟': '母', '⺠': '民', '⺩': '王', '⺬': '示', '⺮': '竹', '⺶': '羊', '⺼': '肉', '⻁': '虎', '⻄': '西',
	'⻅': '见', '⻆': '角', '⻉': '贝', '⻋': '车', '⻓': '长', '⻔': '门', '⻘': '青', '⻙': '韦', '⻚': '页',
	'⻛': '风', '⻜': '飞', '⻝': '食', '⻢': '马', '⻣': '骨', '⻤': '鬼', '⻥': '鱼', '⻦': '鸟', '⻧': '卤',
	'⻨': '麦', '⻩': '黄', '⻪': '黾', '⻬': '齐', '⻮': '齿', '⻰': '龙', '⻳': '龟',
}

// invisible characters take no room on paper.
func invisible(r rune) bool {
	return r >= 0x7f && r < 0xa0 && r != 0x85 || r == 0xad || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e ||
		r >= 0x2060 && r <= 0x2064 || r >= 0xfe00 && r <= 0xfe0f || r == 0xfeff || r == 0x180e || r == 0x034f
}

// keep tells characters whose compatibility form would spoil a number: ①→1,
// ⒈→"1.", ²→2, ½→1⁄2, ㎡→m2, …→"...".
func keep(r rune) bool {
	switch {
	case r >= 0x2474 && r <= 0x2487: // ⑴ → (1) is safe
		return false
	case r == '…' || r == '‥' || r >= 0x3371 && r <= 0x33ff && r != 0x33c2:
		return true
	case r < 0x3220 || r > 0x3247:
		return r > 0x7f && unicode.Is(unicode.No, r)
	}
	return false
}

// squeeze drops the blanks that mean nothing, in place.
func squeeze(in []mapped) []mapped {
	out := in[:0]
	doubt := false // a blank inside or between numbers was kept
	for i, m := range in {
		if m.r != ' ' && m.r != '\n' {
			out = append(out, m)
			continue
		}
		if len(out) == 0 || i+1 == len(in) {
			continue
		}
		p, q := out[len(out)-1].r, in[i+1].r
		switch {
		case word(p) && word(q):
			doubt = doubt || digit(p) && digit(q)
			out = append(out, m)
		case (p == ',' || p == '.') && digit(q) && len(out) > 1 && digit(out[len(out)-2].r):
			doubt = true
			out = append(out, m)
		}
	}
	for doubt {
		n := len(out)
		out = joinNumbers(out)
		doubt = len(out) != n
	}
	for i := range out {
		if out[i].r == '\n' {
			out[i].r = ' '
		}
	}
	return out
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

// word characters would run into each other without a blank.
func word(r rune) bool {
	return digit(r) || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xc0 && r < 0x2000 && (unicode.IsLetter(r) || unicode.IsMark(r))
}

// joinNumbers drops the blanks inside numbers: between thousands groups
// (1 234.56, 1, 234.56) and after the point of a broken number.
func joinNumbers(in []mapped) []mapped {
	out := make([]mapped, 0, len(in))
	for i := 0; i < len(in); i++ {
		m := in[i]
		if m.r != ' ' && m.r != '\n' || len(out) == 0 || i+1 >= len(in) || !digit(in[i+1].r) {
			out = append(out, m)
			continue
		}
		switch p := out[len(out)-1].r; {
		case digit(p):
			if n := groups(out, in[i:]); n > 0 {
				for _, g := range in[i : i+n] {
					if g.r != ' ' && g.r != '\n' {
						out = append(out, g)
					}
				}
				i += n - 1
				continue
			}
		case p == ',':
			k := len(out) - 1
			left, right := digitsBefore(out[:k]), digitsAfter(in[i+1:])
			rest := in[i+1+right:]
			if left >= 1 && left <= 3 && right == 3 && (k == left || out[k-left-1].r != '.') &&
				(m.r == '\n' || point(rest) || len(rest) > 0 && rest[0].r == ',' && digitsAfter(rest[1:]) == 3) {
				continue
			}
		case p == '.':
			if broken(out[:len(out)-1], in[i+1:]) {
				continue
			}
		}
		out = append(out, m)
	}
	return out
}

func digitsBefore(rs []mapped) int {
	n := 0
	for n < len(rs) && digit(rs[len(rs)-1-n].r) {
		n++
	}
	return n
}

func digitsAfter(rs []mapped) int {
	n := 0
	for n < len(rs) && digit(rs[n].r) {
		n++
	}
	return n
}

// point reports a decimal point with a digit after it.
func point(rs []mapped) bool { return len(rs) > 1 && rs[0].r == '.' && digit(rs[1].r) }

// groups measures the blanks and thousands groups at the front of rest that
// go on with the number at the end of left: " 234 567" before ".89". Without
// decimals nothing tells a number from two.
func groups(left, rest []mapped) int {
	n := digitsBefore(left)
	if n < 1 || n > 3 || left[len(left)-n].r == '0' {
		return 0
	}
	if k := len(left) - n - 1; k >= 0 && (left[k].r == '.' || left[k].r == ',' || left[k].r == '-' && k > 0 && word(left[k-1].r)) {
		return 0
	}
	i := 0
	for i < len(rest) && (rest[i].r == ' ' || rest[i].r == '\n') && digitsAfter(rest[i+1:]) == 3 {
		i += 4
	}
	if i == 0 || !point(rest[i:]) {
		return 0
	}
	return i
}

// broken reports whether a number was cut after its point: "12,672. 73万元".
// A short number at the front of a sentence is its numbering: "1. 2020年".
func broken(left, right []mapped) bool {
	n := digitsAfter(right)
	if n == 0 || n > 6 || n == len(right) {
		return false
	}
	switch right[n].r {
	case '万', '亿', '元', '%', '‰':
	default:
		return false
	}
	i := len(left)
	for i > 0 && (digit(left[i-1].r) || left[i-1].r == ',' && i > 1 && digit(left[i-2].r)) {
		i--
	}
	if i == 0 || left[i-1].r == '.' {
		return false
	}
	switch left[i-1].r {
	case '。', ';', ':', '、', ' ', '\n', ',', '(':
		return false
	}
	return true
}
