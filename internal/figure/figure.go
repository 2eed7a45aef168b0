package figure

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
	Batch        Unit = "批次"
	Set          Unit = "台(套)"
	Point        Unit = "分"
	SquareMetre  Unit = "平方米"
)

// Kind groups the units whose numbers can be compared with each other.
type Kind int

// Kinds of quantity. Two figures are comparable when their kinds agree.
const (
	Bare  Kind = iota // no unit
	Money             // base 元
	Rate              // base 1 (100% = 1)
	Count             // 个, 人, 辆 …
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
	Text     string // as printed, widths folded: "1,234.50", "-", "--（基数为0，不可比）"
	Coef     int64  // the printed digits as a whole number, with sign
	Decimals int    // digits after the point
	Unit     Unit
	Nil      bool // a print of nothing (blank, "-", "—", "--"): compares as exactly 0
}

// Value is the printed value in the base of its kind (元, 1, or pieces).
func (f Figure) Value() Number { return Dec(f.Coef, f.Decimals-f.Unit.Exponent()) }

// Interval holds the true values, in the base of the kind, whose rounding
// half away from zero gives the printed digits: 362.78万元 → [3627750, 3627850] 元.
func (f Figure) Interval() Interval {
	v := f.Value()
	if f.Nil {
		return Interval{v, v}
	}
	half := Dec(5, f.Decimals+1-f.Unit.Exponent())
	return Interval{v.Sub(half), v.Add(half)}
}

// Interval is a closed interval of true values.
type Interval struct{ Lo, Hi Number }

// Meets reports whether the two intervals have a value in common.
func (a Interval) Meets(b Interval) bool { return a.Lo.Cmp(b.Hi) <= 0 && b.Lo.Cmp(a.Hi) <= 0 }

// Add is the interval of all sums.
func (a Interval) Add(b Interval) Interval { return Interval{a.Lo.Add(b.Lo), a.Hi.Add(b.Hi)} }

// Sub is the interval of all differences.
func (a Interval) Sub(b Interval) Interval { return Interval{a.Lo.Sub(b.Hi), a.Hi.Sub(b.Lo)} }
