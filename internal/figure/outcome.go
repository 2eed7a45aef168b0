package figure

import "strings"

// Verdict says how a stated figure stands to what its operands give.
type Verdict int

// Verdicts, in the order in which they are tried after ZeroBase.
const (
	Agrees      Verdict = iota // 符合: the printed operands, taken as exact, round to the stated digits
	CutOff                     // 截断: they give the stated digits when cut instead of rounded
	Rounding                   // 尾差: some true operands inside their prints give it
	ZeroBase                   // 零基数: the printed base is 0, there is no quotient
	Contradicts                // 矛盾: no true operands give it
)

func (v Verdict) String() string {
	return [...]string{"符合", "截断", "尾差", "零基数", "矛盾"}[v]
}

// Holds reports whether the relation counts as proved: a figure that was cut
// is right but for its last digit.
func (v Verdict) Holds() bool { return v == Agrees || v == CutOff || v == Rounding }

// Outcome of a test.
type Outcome struct {
	Verdict  Verdict
	Computed Number // from the printed operands, in the base of the kind, with sign; 0 for ZeroBase
	// Arithmetic is the computation written out with its result in the digits
	// of the stated figure: "(362.78 − 388.01) ÷ 388.01 = −6.50%", followed by
	// " ≠ " and the stated figure when they differ.
	Arithmetic string
	Expected   string // the result in the digits and unit of the stated figure: "27.23万元"
	// Range holds the results that the true operands allow, in the base of the
	// kind; Unbounded says that they allow any.
	Range     Interval
	Unbounded bool
}

// Sum tests whole = Σ parts, with signs.
func Sum(whole Figure, parts ...Figure) Outcome {
	q := question{stated: whole, operands: parts, expr: func(u bool) string { return sumExpr(parts, u) }}
	for _, p := range parts {
		q.exact = q.exact.Add(p.Value())
		q.all = q.all.Add(p.Interval())
	}
	return q.judge()
}

func sumExpr(parts []Figure, units bool) string {
	var s strings.Builder
	for i, p := range parts {
		switch {
		case i == 0:
			s.WriteString(p.print(units))
		case p.Coef < 0:
			s.WriteString(" − " + p.Neg().print(units))
		default:
			s.WriteString(" + " + p.print(units))
		}
	}
	return s.String()
}

// Equal tests two prints of one value. Two prints with the same decimals have
// to have the same digits; a coarser print has to be the rounded finer one.
func Equal(a, b Figure) Outcome {
	if a.places() > b.places() {
		a, b = b, a
	}
	o := question{
		stated: a, exact: b.Value(), all: b.Interval(), operands: []Figure{b},
		expr: func(u bool) string { return b.print(u) },
	}.judge()
	o.Arithmetic = a.String() + " ≠ " + b.String()
	if o.Verdict == Agrees {
		o.Arithmetic = a.String() + " = " + b.String()
	}
	if o.Verdict == Rounding && !a.Nil && !b.Nil && !a.Interval().Overlaps(b.Interval()) {
		o.Verdict = Contradicts
	}
	return o
}

// Diff tests |delta| = |a − b|; Computed has the sign of a − b.
func Diff(delta, a, b Figure) Outcome {
	return question{
		stated: delta, magnitude: true, operands: []Figure{a, b},
		exact: a.Value().Sub(b.Value()), all: a.Interval().Sub(b.Interval()),
		expr: func(u bool) string { return a.print(u) + " − " + b.operand(u) },
	}.judge()
}

// Growth tests |rate| = |now − before| ÷ |before|; Computed has the sign of
// the change.
func Growth(rate, now, before Figure) Outcome {
	if before.IsZero() {
		return zero(rate)
	}
	exact, _ := now.Value().Sub(before.Value()).Quo(before.Value().Abs())
	r, bounded := now.Interval().Quo(before.Interval())
	return question{
		stated: rate, magnitude: true, operands: []Figure{now, before},
		exact: exact, all: r.Sub(Interval{Int(1), Int(1)}), unbounded: !bounded,
		expr: func(u bool) string {
			return "(" + now.print(u) + " − " + before.operand(u) + ") ÷ " + before.operand(u)
		},
	}.judge()
}

// GrowthNow tests the rate where the text gives the new value and the signed
// change: |rate| = |delta| ÷ |now − delta|.
func GrowthNow(rate, now, delta Figure) Outcome {
	base := now.Value().Sub(delta.Value())
	if base.Sign() == 0 {
		return zero(rate)
	}
	q := question{stated: rate, magnitude: true, operands: []Figure{now, delta}}
	q.exact, _ = delta.Value().Quo(base.Abs())
	x, d := now.Interval(), delta.Interval()
	if b := x.Sub(d); b.Lo.Sign() <= 0 && b.Hi.Sign() >= 0 {
		q.unbounded = true
	} else {
		// d ÷ (x − d) is monotone along the edges of the box, so its corners bound it.
		q.all = corners(x, d, func(x, d Number) Number { v, _ := d.Quo(x.Sub(d)); return v })
	}
	q.expr = func(u bool) string {
		if delta.Coef < 0 {
			return delta.Abs().print(u) + " ÷ (" + now.print(u) + " + " + delta.Abs().print(u) + ")"
		}
		return delta.print(u) + " ÷ (" + now.print(u) + " − " + delta.print(u) + ")"
	}
	if delta.Coef < 0 {
		// The left side is written with magnitudes, so its result is one too.
		q.exact = q.exact.Abs()
		o := q.judge()
		o.Computed = o.Computed.Neg()
		return o
	}
	return q.judge()
}

// GrowthBefore tests the rate where the text gives the old value and the
// change: |rate| = |delta| ÷ |before|.
func GrowthBefore(rate, before, delta Figure) Outcome {
	return Share(rate.Abs(), delta.Abs(), before.Abs())
}

// GrowthAll tests the rate where new value, old value and signed change are
// all printed: the true values are those that fit all three prints. When the
// three contradict each other the rate is tested against now and before.
func GrowthAll(rate, now, before, delta Figure) Outcome {
	o := Growth(rate, now, before)
	if o.Verdict == ZeroBase || o.Verdict == Agrees {
		return o
	}
	by := GrowthBefore(rate, before, delta)
	if by.Verdict == Agrees || by.Verdict == CutOff && o.Verdict != CutOff {
		return by
	}
	if o.Verdict != Rounding {
		return o
	}
	// Narrow the prints by each other before the quotient is taken.
	x, y, d := now.Interval(), before.Interval(), delta.Interval()
	d, ok1 := d.Intersect(x.Sub(y))
	y, ok2 := y.Intersect(x.Sub(d))
	if !ok1 || !ok2 {
		return o
	}
	if q, bounded := d.Quo(y); bounded && !q.Abs().Meets(rate.Abs().Interval()) {
		o.Verdict = Contradicts
		o.Arithmetic = by.Arithmetic
	}
	return o
}

// Share tests rate = part ÷ whole.
func Share(rate, part, whole Figure) Outcome {
	if whole.IsZero() {
		return zero(rate)
	}
	exact, _ := part.Value().Quo(whole.Value())
	r, bounded := part.Interval().Quo(whole.Interval())
	return question{
		stated: rate, operands: []Figure{part, whole}, exact: exact, all: r, unbounded: !bounded,
		expr: func(u bool) string { return part.operand(u) + " ÷ " + whole.operand(u) },
	}.judge()
}

// Completion tests rate = actual ÷ budget (完成率, 执行率).
func Completion(rate, actual, budget Figure) Outcome { return Share(rate, actual, budget) }

// Variance tests |rate| = |actual − budget| ÷ budget (预决算差异率).
func Variance(rate, actual, budget Figure) Outcome { return Growth(rate, actual, budget) }

func zero(rate Figure) Outcome {
	return Outcome{Verdict: ZeroBase, Unbounded: true, Arithmetic: "基数为0，" + rate.String() + "无从计算", Expected: "--（基数为0，不可比）"}
}

// question is one stated figure against one computation.
type question struct {
	stated    Figure
	exact     Number   // from the printed operands as they stand
	all       Interval // from the true values their prints allow
	unbounded bool     // the computation can give anything: a divisor may be 0
	magnitude bool     // compare without signs: the direction is in the words
	operands  []Figure
	// expr writes the left side, with the units of the operands when they differ.
	expr func(units bool) string
}

// judge settles the verdict.
func (q question) judge() Outcome {
	o := Outcome{Verdict: Contradicts, Computed: q.exact, Range: q.all, Unbounded: q.unbounded}
	exact, all, stated := q.exact, q.all, q.stated
	if q.magnitude {
		exact, all, stated = exact.Abs(), all.Abs(), stated.Abs()
	}
	p, v := stated.places(), stated.Value()
	switch {
	case stated.Nil:
		if exact.Sign() == 0 {
			o.Verdict = Agrees
		} else if q.unbounded || all.Has(v) {
			o.Verdict = Rounding
		}
	case exact.Round(p).Cmp(v) == 0:
		o.Verdict = Agrees
	case exact.Cut(p).Cmp(v) == 0:
		o.Verdict = CutOff
	case q.unbounded || all.Meets(stated.Interval()):
		o.Verdict = Rounding
	}
	units := false
	for _, f := range q.operands {
		if f.Unit.Exponent() != q.operands[0].Unit.Exponent() ||
			f.Unit.Kind() == stated.Unit.Kind() && f.Unit.Exponent() != stated.Unit.Exponent() {
			units = true
		}
	}
	tail := ""
	if units || stated.Unit.Kind() == Rate {
		tail = string(stated.Unit)
	}
	o.Expected = exact.In(stated.Unit, stated.Decimals) + string(stated.Unit)
	o.Arithmetic = q.expr(units) + " = " + q.exact.In(stated.Unit, stated.Decimals) + tail
	if o.Verdict != Agrees {
		o.Arithmetic += " ≠ " + q.stated.Digits() + tail
	}
	return o
}

// print writes an operand, operand puts a negative one in brackets.
func (f Figure) print(unit bool) string {
	if unit {
		return f.String()
	}
	return f.Digits()
}

func (f Figure) operand(unit bool) string {
	if f.Coef < 0 {
		return "(" + f.print(unit) + ")"
	}
	return f.print(unit)
}
