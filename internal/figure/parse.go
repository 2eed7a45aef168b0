package figure

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// ErrNotNumber is the error of Parse for text that is no number;
// ErrOverflow for digits beyond an int64.
var (
	ErrNotNumber = errors.New("不是数字")
	ErrOverflow  = errors.New("数字过长")
)

// Parse reads the whole of a folded cell or token as one printed number:
// "1,234.50", "（1,234.50）" (negative), "△3.2%", "0.39 万", "12台(套)", "六个",
// or a print of nothing ("", "-", "—", "--（基数为0，不可比）").
// A number may be broken over two lines of its cell ("12,672\n.73").
func Parse(s string) (Figure, error) {
	text := strings.TrimSpace(s)
	if nothing(text) {
		return Figure{Text: text, Nil: true}, nil
	}
	body := text
	if strings.ContainsAny(body, "\n\r") {
		body = strings.NewReplacer("\n", "", "\r", "").Replace(body)
	}
	brackets := false
	if in, ok := enclosed(body); ok {
		body, brackets = in, true
	}
	body = strings.TrimPrefix(body, "+")
	sc := scanner{s: body, cell: true}
	t, ok := sc.next()
	if sc.overflow {
		return Figure{}, fmt.Errorf("%s：%w", clip(text), ErrOverflow)
	}
	if !ok || t.Start != 0 || strings.TrimSpace(body[t.End:]) != "" || t.Unit.Kind() == Label {
		return Figure{}, fmt.Errorf("%s：%w", clip(text), ErrNotNumber)
	}
	f := t.Figure
	if brackets || body != text {
		f.Text = text
	}
	if brackets {
		if f.Coef < 0 {
			return Figure{}, fmt.Errorf("%s：%w", clip(text), ErrNotNumber)
		}
		f.Coef = -f.Coef
	}
	return f, nil
}

// nothing reports a print of nothing: blank, or dashes with at most a remark
// in brackets behind them and a % that stands for no rate.
func nothing(s string) bool {
	if i := strings.IndexAny(s, "（("); i > 0 && (strings.HasSuffix(s, "）") || strings.HasSuffix(s, ")")) {
		s = strings.TrimSpace(s[:i])
	}
	dashes := strings.TrimLeft(s, "-－—–−─ ")
	return dashes == "" || dashes != s && (dashes == "%" || dashes == "%%")
}

func enclosed(s string) (string, bool) {
	for _, p := range [...][2]string{{"(", ")"}, {"（", "）"}} {
		if strings.HasPrefix(s, p[0]) && strings.HasSuffix(s, p[1]) {
			return strings.TrimSpace(s[len(p[0]) : len(s)-len(p[1])]), true
		}
	}
	return s, false
}

func clip(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:30]) + "…"
	}
	return s
}

// Token is a number found in running text; Start and End are byte offsets of
// the number with its unit (Text is the number alone).
type Token struct {
	Figure
	Start, End int
	Han        bool // written with Chinese numerals: 六个
}

// Scan finds every number with its unit in running text. Years, days and
// numbers of documents are found too, with a unit of kind Label. Chinese
// numerals count only before a measure word. Digits that continue a Latin
// word (A4) and dotted sequences (2024.10.12, 1.2.3) are no numbers; digits
// beyond an int64 are passed over.
func Scan(text string) []Token {
	sc := scanner{s: text}
	var out []Token
	for {
		t, ok := sc.next()
		if !ok {
			return out
		}
		out = append(out, t)
	}
}

// scanner walks over s from i.
type scanner struct {
	s        string
	i        int
	cell     bool // s is one cell: blanks group digits freely
	overflow bool // digits beyond an int64 were met
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// next finds the next number at or after i.
func (sc *scanner) next() (Token, bool) {
	for sc.i < len(sc.s) {
		c := sc.s[sc.i]
		switch {
		case digit(c):
			if t, ok := sc.digits(); ok {
				return t, true
			}
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(sc.s[sc.i:])
			if _, ok := numerals[r]; ok {
				if t, ok := sc.han(); ok {
					return t, true
				}
				continue
			}
			sc.i += size
		default:
			sc.i++
		}
	}
	return Token{}, false
}

// digits reads an Arabic number that begins at i; afterwards i is behind it.
func (sc *scanner) digits() (Token, bool) {
	s, start := sc.s, sc.i
	end, point := sc.span()
	sc.i = end
	if start > 0 && letter(s[start-1]) {
		return Token{}, false
	}
	if end+1 < len(s) && s[end] == '.' && digit(s[end+1]) && point >= 0 { // 2024.10.12
		for end < len(s) && (digit(s[end]) || s[end] == '.') {
			end++
		}
		sc.i = end
		return Token{}, false
	}
	f := Figure{}
	var ok bool
	if f.Coef, f.Decimals, ok = value(s[start:end], point-start); !ok {
		sc.overflow = true
		return Token{}, false
	}
	// “3.2024年”: an item number and a year, not a number with four decimals.
	number := end
	f.Unit, sc.i, f.UnitCut = sc.unit(end, &f)
	if f.Unit == Year && f.Decimals > 0 {
		if f.Decimals == 4 && point > start {
			f.Coef, f.Decimals, _ = value(s[point+1:end], -1)
			f.Text = s[point+1 : number]
			return Token{Figure: f, Start: point + 1, End: sc.i}, true
		}
		f.Unit, sc.i = None, end
	}
	if n := sc.sign(start); n > 0 {
		f.Coef = -f.Coef
		start -= n
	}
	f.Text = s[start:number]
	return Token{Figure: f, Start: start, End: sc.i}, true
}

// span finds the end of the digits that begin at i and the offset of their
// decimal point, or −1.
func (sc *scanner) span() (end, point int) {
	s, e := sc.s, sc.i
	for e < len(s) && digit(s[e]) {
		e++
	}
	// Groups of three behind a leading group of one to three, all with one
	// separator. A blank groups digits of running text only in an amount with
	// decimals and a unit behind it: anything else is two numbers.
	if n := e - sc.i; n <= 3 {
		if sep := separator(s[e:]); sep > 0 {
			mark := s[e : e+sep]
			g := e
			for strings.HasPrefix(s[g:], mark) && group(s[g+len(mark):]) {
				g += len(mark) + 3
			}
			if g > e && (mark != " " && mark != "\u00a0" || sc.cell || sc.amount(g)) {
				e = g
			}
		}
	}
	if p := pointAt(s[e:]); p > 0 && e+p < len(s) && digit(s[e+p]) {
		point = e + p - 1
		for e += p; e < len(s) && digit(s[e]); {
			e++
		}
		return e, point
	}
	return e, -1
}

// separator gives the length of a thousands separator at the start of s.
func separator(s string) int {
	for _, m := range [...]string{",", "，", " ", "\u00a0", "'"} {
		if strings.HasPrefix(s, m) {
			return len(m)
		}
	}
	return 0
}

// group reports whether s begins with exactly three digits.
func group(s string) bool {
	return len(s) >= 3 && digit(s[0]) && digit(s[1]) && digit(s[2]) && (len(s) == 3 || !digit(s[3]))
}

func pointAt(s string) int {
	switch {
	case strings.HasPrefix(s, "."):
		return 1
	case strings.HasPrefix(s, "．"):
		return len("．")
	}
	return 0
}

// amount reports whether decimals and a unit of money follow at e.
func (sc *scanner) amount(e int) bool {
	s := sc.s
	if e+1 >= len(s) || s[e] != '.' || !digit(s[e+1]) {
		return false
	}
	for e++; e < len(s) && digit(s[e]); {
		e++
	}
	f := Figure{}
	u, _, _ := sc.unit(e, &f)
	return u.Kind() == Money
}

// value turns the digits of s into coefficient and decimals; point is the
// offset of the decimal point in s or negative.
func value(s string, point int) (coef int64, decimals int, ok bool) {
	for i := 0; i < len(s); i++ {
		if !digit(s[i]) {
			continue
		}
		d := int64(s[i] - '0')
		if coef > (math.MaxInt64-d)/10 {
			return 0, 0, false
		}
		coef = coef*10 + d
		if point >= 0 && i > point {
			decimals++
		}
	}
	return coef, decimals, decimals <= 18
}

// sign gives the length of a minus sign before start: a dash counts only where
// it cannot be a range or a hyphen (2019-2020, 1-3月, A-1).
func (sc *scanner) sign(start int) int {
	before := sc.s[:start]
	r, n := utf8.DecodeLastRuneInString(before)
	switch r {
	case '△', '▲', '负':
		return n
	case '-', '－', '−', '–':
	default:
		return 0
	}
	before = before[:start-n]
	p, _ := utf8.DecodeLastRuneInString(before)
	switch {
	case before == "":
		return n
	case p == '-' || p == '—' || p == '－' || p == '%' || p == ')' || p == '）' || p == '〕' || p == '年' || p == '月' || p == '日' || p == '号':
		return 0
	case p < utf8.RuneSelf && (digit(byte(p)) || letter(byte(p))):
		return 0
	}
	return n
}

// unit reads the unit behind a number that ends at e, over at most two blanks.
// It gives the unit, the end of the token and whether the word was cut.
// A 万 or 亿 before a measure word changes the decimals of f.
func (sc *scanner) unit(e int, f *Figure) (Unit, int, bool) {
	s := sc.s
	i := e
	for i < len(s) && i < e+2 && s[i] == ' ' {
		i++
	}
	if i >= len(s) {
		return None, e, false
	}
	in := s[i:]
	for _, p := range [...][2]string{{"（", "）"}, {"(", ")"}} { // 12.5（平方米）
		if t, ok := strings.CutPrefix(in, p[0]); ok {
			if j := strings.Index(t, p[1]); j > 0 && j < 24 {
				if u, n := word(strings.TrimSpace(t[:j])); n > 0 && n == len(strings.TrimSpace(t[:j])) && u.Kind() != Label {
					return u, i + len(p[0]) + j + len(p[1]), false
				}
			}
			return None, e, false
		}
	}
	if u, n := word(in); n > 0 {
		if u != WanYuan && u != YiYuan || n > len("万") {
			return u, i + n, false
		}
		// 万 or 亿 alone: of people, households …, or a cut 万元.
		rest := in[n:]
		if strings.HasPrefix(rest, "美元") || strings.HasPrefix(rest, "欧元") || strings.HasPrefix(rest, "港元") {
			f.Decimals -= u.Exponent()
			return Unit(rest[:len("美元")]), i + n + len("美元"), false
		}
		if c, m := word(rest); m > 0 && c.Kind() == Count {
			f.Decimals -= u.Exponent()
			return c, i + n + m, false
		}
		return u, i + n, true
	}
	return None, e, false
}
