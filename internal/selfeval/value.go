// Package selfeval knows the self-evaluation of project spending
// (项目支出绩效自评, 财预〔2020〕10号): the values of its indicators as people
// write them. It reads no files.
package selfeval

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"juesuan/internal/figure"
)

// Comparison is what stands before the number of a target.
type Comparison string

// Comparisons. Strict ones are strict: 2次 does not reach >2次.
const (
	Unsaid  Comparison = "" // 85900元
	Equals  Comparison = "="
	AtLeast Comparison = "≥"
	Above   Comparison = ">"
	AtMost  Comparison = "≤"
	Below   Comparison = "<"
)

// Kind of an indicator value.
type Kind int

// Kinds of indicator value.
const (
	Blank    Kind = iota // nothing, or dashes
	Quantity             // one number
	Range                // two bounds, a low and a high one
	Words                // a qualitative value: 优, 达到预期, “=0 效果显著”
	Date                 // a day or a deadline: 2020年12月底前
)

// Value is one 年度指标值 or 实际完成值.
type Value struct {
	Text  string // as typed
	Kind  Kind
	Low   Bound  // of a Quantity its number, whatever the comparison; of a Range the lower bound
	High  Bound  // of a Range
	Words string // of Words, without the number that an export puts before them
}

// Bound is a number with what is said before and behind it.
type Bound struct {
	Comparison Comparison
	Figure     figure.Figure // of a unit figure does not know: a bare number
	Unit       string        // as typed, blanks left out; "" when none
}

// String shows the value as it was typed.
func (v Value) String() string { return v.Text }

var (
	widths = strings.NewReplacer(
		"＝", "=", "＞", ">", "＜", "<", "％", "%", "≧", "≥", "≦", "≤",
		"．", ".", "，", ",", "＆", "&", "　", " ", "\u00a0", " ", "\n", "", "\r", "", "\t", " ")
	signs  = strings.NewReplacer(">=", "≥", "=>", "≥", "<=", "≤", "=<", "≤")
	number = regexp.MustCompile(`^[-+]?\d+(?:,\d{3})*(?:\.\d+)?`)
	date   = regexp.MustCompile(`^\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:年?[底末初中]|[上中下]旬)?(?:之前|以前|前|内)?$`)
	joint  = regexp.MustCompile(`&+|且`)
)

// ParseValue reads an indicator value. What is no number, range or date is
// Words: every text has a value.
func ParseValue(text string) Value {
	v := Value{Text: text, Kind: Words}
	s := strings.TrimSpace(widths.Replace(text))
	if f, err := figure.Parse(s); err == nil && f.Nil {
		v.Kind = Blank
		return v
	}
	s = fold(s)
	v.Words = s
	if date.MatchString(strings.ReplaceAll(s, " ", "")) {
		v.Kind = Date
		return v
	}
	if low, high, ok := bounds(s); ok {
		v.Kind, v.Low, v.High, v.Words = Range, low, high, ""
		return v
	}
	b, rest, ok := bound(s)
	switch {
	case !ok:
	case rest == "":
		v.Kind, v.Low, v.Words = Quantity, b, ""
	case b.Figure.IsZero() && (b.Comparison == Equals || b.Comparison == Unsaid):
		v.Words = rest // an export writes 0 before a qualitative value
	}
	return v
}

// fold writes the comparisons in one way, with no blanks around them.
func fold(s string) string {
	for _, c := range "<>=≥≤" {
		parts := strings.Split(s, string(c))
		for i := range parts {
			if i > 0 {
				parts[i] = strings.TrimLeft(parts[i], " ")
			}
			if i < len(parts)-1 {
				parts[i] = strings.TrimRight(parts[i], " ")
			}
		}
		s = strings.Join(parts, string(c))
	}
	return signs.Replace(s)
}

// bounds reads a range: ≥1月&&≤12月, its bounds in either order.
func bounds(s string) (low, high Bound, ok bool) {
	sides := joint.Split(s, -1)
	if len(sides) != 2 {
		return low, high, false
	}
	low, restLow, okLow := bound(strings.TrimSpace(sides[0]))
	high, restHigh, okHigh := bound(strings.TrimSpace(sides[1]))
	if !okLow || !okHigh || restLow != "" || restHigh != "" {
		return low, high, false
	}
	if low.Comparison == AtMost || low.Comparison == Below {
		low, high = high, low
	}
	lower := low.Comparison == AtLeast || low.Comparison == Above
	upper := high.Comparison == AtMost || high.Comparison == Below
	return low, high, lower && upper
}

// longest is the longest word behind a number, in characters, that is taken
// for its unit when figure does not know it: 场次, 工作日.
const longest = 3

// bound reads comparison, number and unit from the start of s; rest is what
// is left when the words behind the number are no unit.
func bound(s string) (b Bound, rest string, ok bool) {
	for _, c := range []Comparison{Equals, AtLeast, Above, AtMost, Below} {
		if after, found := strings.CutPrefix(s, string(c)); found {
			b.Comparison, s = c, after
			break
		}
	}
	n := number.FindString(s)
	if n == "" {
		return b, "", false
	}
	f, err := figure.Parse(n)
	if err != nil {
		return b, "", false
	}
	b.Figure = f
	word := strings.TrimSpace(s[len(n):])
	unit := strings.ReplaceAll(word, " ", "")
	if unit == "" {
		return b, "", true
	}
	if g, err := figure.Parse(n + unit); err == nil {
		b.Figure, b.Unit = g, unit
		return b, "", true
	}
	if utf8.RuneCountInString(unit) > longest || strings.ContainsAny(unit, "0123456789<>=≥≤&-—~～至.,") {
		return b, word, true
	}
	b.Unit = unit
	return b, "", true
}

// Verdict says whether an actual value reaches its target.
type Verdict int

// Verdicts. Unclear: blank, words, dates, or units that cannot be compared.
const (
	Unclear Verdict = iota
	Reached
	Missed
)

// Reaches compares an actual value with its target. A target without a
// comparison is one to reach, unless it is money: then, as with =, any other
// amount is Unclear, for it may be a cap.
func Reaches(target, actual Value) Verdict {
	if target.Kind == Range && actual.Kind == Range && same(target.Low, actual.Low) && same(target.High, actual.High) {
		return Reached // the target was copied as what was done
	}
	if actual.Kind != Quantity || actual.Low.Comparison != Unsaid && actual.Low.Comparison != Equals {
		return Unclear
	}
	switch target.Kind {
	case Quantity:
		return target.Low.reached(actual.Low)
	case Range:
		low, high := target.Low.reached(actual.Low), target.High.reached(actual.Low)
		switch {
		case low == Missed || high == Missed:
			return Missed
		case low == Reached && high == Reached:
			return Reached
		}
	}
	return Unclear
}

func (b Bound) reached(actual Bound) Verdict {
	if !b.comparable(actual) {
		return Unclear
	}
	// A number without a unit is written in that of its target.
	have := actual.Figure
	if actual.Unit == "" {
		have = have.As(b.Figure.Unit)
	}
	c := have.Value().Cmp(b.Figure.Value())
	ok := false
	switch b.Comparison {
	case Equals, Unsaid:
		if c != 0 && b.Figure.Unit.Kind() == figure.Money {
			return Unclear
		}
		ok = c >= 0
	case AtLeast:
		ok = c >= 0
	case Above:
		ok = c > 0
	case AtMost:
		ok = c <= 0
	case Below:
		ok = c < 0
	}
	if ok {
		return Reached
	}
	return Missed
}

// comparable reports whether two numbers measure in units that convert.
func (b Bound) comparable(a Bound) bool {
	if b.Unit == a.Unit || a.Unit == "" {
		return true
	}
	k := b.Figure.Unit.Kind()
	if k == figure.Count || k == figure.Label {
		return b.Figure.Unit == a.Figure.Unit
	}
	return k != figure.Bare && k == a.Figure.Unit.Kind()
}

func same(a, b Bound) bool {
	return a.Comparison == b.Comparison && a.comparable(b) && a.Figure.Value().Cmp(b.Figure.Value()) == 0
}
