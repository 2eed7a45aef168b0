package figure

import (
	"strings"
	"unicode/utf8"
)

// words are the unit words by their first rune, the longest first: 个百分点
// before 个, 人次 before 人, 台（套） before 台.
var words = map[rune][]struct {
	word string
	unit Unit
}{
	'元': {{"元", Yuan}},
	'千': {{"千元", QianYuan}},
	'万': {{"万元", WanYuan}, {"万", WanYuan}},
	'亿': {{"亿元", YiYuan}, {"亿", YiYuan}},
	'%': {{"%", Percent}},
	'％': {{"％", Percent}},
	'‰': {{"‰", Permille}},
	'个': {{"个百分点", PercentPoint}, {"个", Item}},
	'百': {{"百分点", PercentPoint}},
	'倍': {{"倍", Times}},
	'人': {{"人次", PersonTime}, {"人民币", None}, {"人", Person}},
	'辆': {{"辆", Vehicle}},
	'批': {{"批次", Batch}, {"批", Batch}},
	'次': {{"次", Occasion}},
	'台': {{"台(套)", Set}, {"台（套）", Set}, {"台/套", Set}, {"台套", Set}, {"台、套", Set}, {"台", Set}},
	'套': {{"套", Set}},
	'分': {{"分钟", None}, {"分", Point}},
	'平': {{"平方米", SquareMetre}, {"平米", SquareMetre}},
	'㎡': {{"㎡", SquareMetre}},
	'm': {{"m²", SquareMetre}, {"m2", SquareMetre}},
	'团': {{"团组", Group}},
	'家': {{"家", Firm}},
	'项': {{"项", Entry}},
	'户': {{"户", Household}},
	'名': {{"名", Head}},
	'年': {{"年度", Year}, {"年", Year}},
	'月': {{"月", Month}},
	'日': {{"日", Day}},
	'号': {{"号", No}},
}

// word gives the unit at the start of s and the length of its word.
func word(s string) (Unit, int) {
	r, _ := utf8.DecodeRuneInString(s)
	for _, w := range words[r] {
		if strings.HasPrefix(s, w.word) {
			if w.unit == None {
				return None, 0
			}
			return w.unit, len(w.word)
		}
	}
	return None, 0
}

// numerals are the Chinese digits and, from 10, the places.
var numerals = map[rune]int64{
	'〇': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5,
	'六': 6, '七': 7, '八': 8, '九': 9, '十': 10, '百': 100, '千': 1000,
}

// han reads a Chinese numeral that begins at i and has a measure word behind
// it; otherwise ok is false. Afterwards i is behind the numeral.
func (sc *scanner) han() (Token, bool) {
	s, start := sc.s, sc.i
	var total, last int64
	var year []int64 // of a numeral without places: 二〇二四
	places, runes := false, 0
	e := start
	for e < len(s) {
		r, n := utf8.DecodeRuneInString(s[e:])
		v, ok := numerals[r]
		if !ok {
			break
		}
		if v < 10 {
			last = v
			year = append(year, v)
		} else {
			if last == 0 && runes == 0 {
				last = 1
			}
			total += last * v
			last, places = 0, true
		}
		e += n
		runes++
	}
	sc.i = e
	if !places && runes > 1 {
		total, last = 0, 0
		if runes > 4 {
			return Token{}, false
		}
		for _, d := range year {
			total = total*10 + d
		}
	}
	u, n := word(s[e:])
	before, _ := utf8.DecodeLastRuneInString(s[:start])
	switch {
	case n == 0, u.Kind() == Money, u == Point, u == Percent, u == Permille, u == No:
		return Token{}, false
	case before == '第' || before == '数' || before == '几' || before == '统' || before == '唯':
		return Token{}, false
	case !places && runes > 1 && u != Year:
		return Token{}, false
	}
	sc.i = e + n
	return Token{
		Figure: Figure{Text: s[start:e], Coef: total + last, Unit: u},
		Start:  start, End: sc.i, Han: true,
	}, true
}
