package figure

import "strconv"

// Unit is the unit a number is printed in. The empty Unit is a bare number.
type Unit string

// Units of disclosures, by the word that is printed.
const (
	None         Unit = ""
	Yuan         Unit = "元"
	QianYuan     Unit = "千元"
	WanYuan      Unit = "万元"
	YiYuan       Unit = "亿元"
	Percent      Unit = "%"
	Permille     Unit = "‰"
	PercentPoint Unit = "个百分点"
	Times        Unit = "倍"
	Item         Unit = "个"
	Person       Unit = "人"
	PersonTime   Unit = "人次"
	Vehicle      Unit = "辆"
	Batch        Unit = "批次" // also 批
	Set          Unit = "台(套)"
	Point        Unit = "分"
	SquareMetre  Unit = "平方米"
	Occasion     Unit = "次"
	Group        Unit = "团组"
	Firm         Unit = "家"
	Entry        Unit = "项"
	Household    Unit = "户"
	Head         Unit = "名"

	Year  Unit = "年" // also 年度: a calendar year or a length of time
	Month Unit = "月"
	Day   Unit = "日"
	No    Unit = "号" // of a regulation, a house, a table
)

// Kind groups the units whose numbers can be compared with each other.
type Kind int

// Kinds of quantity. Two figures are comparable when their kinds agree.
const (
	Bare  Kind = iota // no unit
	Money             // base 元
	Rate              // base 1 (100% = 1)
	Count             // 个, 人, 辆 …
	Label             // 年, 月, 日, 号: names a thing, measures nothing
)

// Kind of the unit.
func (u Unit) Kind() Kind {
	switch u {
	case None:
		return Bare
	case Yuan, QianYuan, WanYuan, YiYuan:
		return Money
	case Percent, Permille, PercentPoint, Times:
		return Rate
	case Year, Month, Day, No:
		return Label
	}
	return Count
}

// Exponent is the power of ten from the unit to the base of its kind:
// 万元 → 4 (base 元), % → −2 (base 1).
func (u Unit) Exponent() int {
	switch u {
	case QianYuan:
		return 3
	case WanYuan:
		return 4
	case YiYuan:
		return 8
	case Percent, PercentPoint:
		return -2
	case Permille:
		return -3
	}
	return 0
}

// Figure is a number as it is printed. It stands for every true value whose
// rounding gives these digits. The zero value is the printed digit 0 without a unit.
type Figure struct {
	Text     string // as printed, without the unit, widths folded: "1,234.50", "-", "--（基数为0，不可比）"
	Coef     int64  // the printed digits as a whole number, with sign
	Decimals int    // digits after the point; −4 for counts in 万 (12万人 is 12 × 10^4)
	Unit     Unit
	Nil      bool // a print of nothing (blank, "-", "—", "--"): compares as exactly 0
	UnitCut  bool // the unit was read from a cut word: 万 for 万元, 亿 for 亿元
}

// Value is the printed value in the base of its kind (元, 1, or pieces).
func (f Figure) Value() Number { return Dec(f.Coef, f.places()) }

// places are the decimals of the print in the base of its kind.
func (f Figure) places() int { return f.Decimals - f.Unit.Exponent() }

// half is half a unit of the last printed digit.
func (f Figure) half() Number { return Dec(5, f.places()+1) }

// Interval holds the true values, in the base of the kind, whose rounding
// half away from zero gives the printed digits: 362.78万元 → [3627750, 3627850] 元.
// A count of whole things is exactly what it says.
func (f Figure) Interval() Interval {
	v := f.Value()
	if f.Exact() {
		return Interval{v, v}
	}
	h := f.half()
	return Interval{v.Sub(h), v.Add(h)}
}

// Truncated holds the true values that give the printed digits when what
// follows is cut off instead of rounded: 99.86% → [99.86%, 99.87%],
// −1.5 → [−1.6, −1.5], 0.0 → [−0.1, 0.1].
func (f Figure) Truncated() Interval {
	v := f.Value()
	step := Dec(1, f.places())
	switch {
	case f.Nil:
		return Interval{v, v}
	case f.Coef > 0:
		return Interval{v, v.Add(step)}
	case f.Coef < 0:
		return Interval{v.Sub(step), v}
	}
	return Interval{step.Neg(), step}
}

// Exact reports a print that allows one value only: a print of nothing, or a
// count of things that have no halves.
func (f Figure) Exact() bool {
	return f.Nil || f.Decimals == 0 && f.Unit.Kind() == Count && f.Unit != Point && f.Unit != SquareMetre
}

// IsZero reports whether the print is 0 or a print of nothing.
func (f Figure) IsZero() bool { return f.Coef == 0 }

// Neg is the figure with the other sign; Text stays as printed.
func (f Figure) Neg() Figure {
	f.Coef = -f.Coef
	return f
}

// Abs is the figure without its sign; Text stays as printed.
func (f Figure) Abs() Figure {
	if f.Coef < 0 {
		return f.Neg()
	}
	return f
}

// Sharpen gives a bare 0 the decimals of the most precise of its fellows: who
// writes 12.50 and 0 side by side means none by the 0, not less than a half.
func Sharpen(fs ...*Figure) {
	most := 0
	for _, f := range fs {
		most = max(most, f.Decimals)
	}
	for _, f := range fs {
		if f.Coef == 0 && f.Decimals == 0 {
			f.Decimals = most
		}
	}
}

// As is the figure read in another unit: the digits stay.
func (f Figure) As(u Unit) Figure {
	f.Unit, f.UnitCut = u, false
	return f
}

// Digits prints the number without unit and separators, a minus as −:
// "−1234.50". A print of nothing is "0".
func (f Figure) Digits() string {
	if f.Decimals <= 0 {
		return minus(strconv.FormatInt(f.Coef, 10)) + zeros(f.Coef, -f.Decimals)
	}
	return minus(Dec(f.Coef, f.Decimals).Fixed(f.Decimals))
}

func zeros(coef int64, n int) string {
	if coef == 0 {
		return ""
	}
	return "000000000000000000"[:min(max(n, 0), 18)]
}

// String prints digits and unit: "−1234.50万元".
func (f Figure) String() string { return f.Digits() + string(f.Unit) }

// Interval is a closed interval of true values.
type Interval struct{ Lo, Hi Number }

// Meets reports whether the two intervals have a value in common.
func (a Interval) Meets(b Interval) bool { return a.Lo.Cmp(b.Hi) <= 0 && b.Lo.Cmp(a.Hi) <= 0 }

// Overlaps reports whether the two intervals have more than an end in common.
func (a Interval) Overlaps(b Interval) bool { return a.Lo.Cmp(b.Hi) < 0 && b.Lo.Cmp(a.Hi) < 0 }

// Has reports whether v lies in the interval.
func (a Interval) Has(v Number) bool { return a.Lo.Cmp(v) <= 0 && v.Cmp(a.Hi) <= 0 }

// Intersect is the interval of the common values; ok is false when there are none.
func (a Interval) Intersect(b Interval) (c Interval, ok bool) {
	c = Interval{a.Lo.Max(b.Lo), a.Hi.Min(b.Hi)}
	return c, c.Lo.Cmp(c.Hi) <= 0
}

// Add is the interval of all sums.
func (a Interval) Add(b Interval) Interval { return Interval{a.Lo.Add(b.Lo), a.Hi.Add(b.Hi)} }

// Sub is the interval of all differences.
func (a Interval) Sub(b Interval) Interval { return Interval{a.Lo.Sub(b.Hi), a.Hi.Sub(b.Lo)} }

// Mul is the interval of all products.
func (a Interval) Mul(b Interval) Interval {
	return corners(a, b, func(x, y Number) Number { return x.Mul(y) })
}

// Neg is the interval of all values with the other sign.
func (a Interval) Neg() Interval { return Interval{a.Hi.Neg(), a.Lo.Neg()} }

// Abs is the interval of all magnitudes.
func (a Interval) Abs() Interval {
	switch {
	case a.Lo.Sign() >= 0:
		return a
	case a.Hi.Sign() <= 0:
		return Interval{a.Hi.Neg(), a.Lo.Neg()}
	}
	return Interval{Number{}, a.Hi.Max(a.Lo.Neg())}
}

// Quo is the interval of all quotients. bounded is false when b holds 0: the
// quotient can then be anything.
func (a Interval) Quo(b Interval) (q Interval, bounded bool) {
	if b.Lo.Sign() <= 0 && b.Hi.Sign() >= 0 {
		return Interval{}, false
	}
	return corners(a, b, func(x, y Number) Number { v, _ := x.Quo(y); return v }), true
}

// corners is the range of f over the box a × b, for an f that is monotone
// along every edge of the box.
func corners(a, b Interval, f func(x, y Number) Number) Interval {
	v := f(a.Lo, b.Lo)
	r := Interval{v, v}
	for _, w := range []Number{f(a.Lo, b.Hi), f(a.Hi, b.Lo), f(a.Hi, b.Hi)} {
		r = Interval{r.Lo.Min(w), r.Hi.Max(w)}
	}
	return r
}
