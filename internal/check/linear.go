package check

import (
	"math/bits"
	"strings"

	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// term is one operand of a linear relation: coef × figure. A blank cell has
// the ID None and counts as exactly nothing.
type term struct {
	id   report.ID
	coef int
}

// linear is the relation Σ left = Σ right (or ≤, ≥) over printed figures.
type linear struct {
	op          string // "=", "≤", "≥"
	left, right []term
}

// all are the terms of left − right, the terms of one figure added up.
func (l linear) all() []term {
	out := make([]term, 0, len(l.left)+len(l.right))
	add := func(t term, sign int) {
		if t.id < 0 {
			return
		}
		for i := range out {
			if out[i].id == t.id {
				out[i].coef += sign * t.coef
				return
			}
		}
		out = append(out, term{t.id, sign * t.coef})
	}
	for _, t := range l.left {
		add(t, 1)
	}
	for _, t := range l.right {
		add(t, -1)
	}
	kept := out[:0]
	for _, t := range out {
		if t.coef != 0 {
			kept = append(kept, t)
		}
	}
	return kept
}

// ids of the relation, the stated figure first.
func (l linear) ids() []report.ID {
	var out []report.ID
	for _, t := range l.all() {
		out = append(out, t.id)
	}
	return out
}

// holds reports whether true values inside the print intervals satisfy it.
func (r *run) satisfied(l linear) bool {
	lo, hi := r.spread(l.all())
	switch l.op {
	case "≤":
		return lo.Sign() <= 0
	case "≥":
		return hi.Sign() >= 0
	}
	return lo.Sign() <= 0 && hi.Sign() >= 0
}

// exact is a fixed-point number with a common power of ten, or a Number where
// int64 does not reach.
type spreadEnd struct {
	small int64
	big   figure.Number
	isBig bool
}

func (e spreadEnd) Sign() int {
	if e.isBig {
		return e.big.Sign()
	}
	switch {
	case e.small < 0:
		return -1
	case e.small > 0:
		return 1
	}
	return 0
}

var pow10 = [...]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// longSum is the number of terms from which printed zeros count as nothing.
const longSum = 4

// spread is the interval of Σ coef × figure. Only the signs of its ends are
// used, so the scale is free: the finest half digit of the terms.
func (r *run) spread(terms []term) (lo, hi spreadEnd) {
	finest, decimals := 0, 0
	for i, t := range terms {
		f := &r.rep.Figures[t.id]
		decimals = max(decimals, f.Decimals)
		if e := f.Unit.Exponent() - f.Decimals - 1; i == 0 || e < finest {
			finest = e
		}
	}
	var sum, half int64
	for _, t := range terms {
		f := &r.rep.Figures[t.id]
		shift := f.Unit.Exponent() - f.Decimals - finest
		if shift >= len(pow10) || shift < 1 {
			return r.spreadBig(terms)
		}
		scale := pow10[shift]
		v, ok := mul(f.Coef, scale*int64(t.coef))
		if !ok {
			return r.spreadBig(terms)
		}
		if sum, ok = add(sum, v); !ok {
			return r.spreadBig(terms)
		}
		// A zero hides up to half a digit too, but a table is full of true
		// zeros: in a long sum they would hide a real slip.
		// A bare 0 beside figures with decimals means none in any sum.
		bare := f.Coef == 0 && f.Decimals == 0 && decimals > 0
		if !f.Exact() && !bare && (f.Coef != 0 || len(terms) < longSum) {
			half += 5 * pow10[shift-1] * int64(abs(t.coef))
		}
	}
	return spreadEnd{small: sum - half}, spreadEnd{small: sum + half}
}

// spreadBig is spread for numbers beyond int64.
func (r *run) spreadBig(terms []term) (lo, hi spreadEnd) {
	iv := r.rest(terms, report.None)
	return spreadEnd{big: iv.Lo, isBig: true}, spreadEnd{big: iv.Hi, isBig: true}
}

// rest is the interval of Σ coef × figure over the terms other than one.
func (r *run) rest(terms []term, without report.ID) figure.Interval {
	sum := figure.Interval{}
	for _, t := range terms {
		if t.id == without {
			continue
		}
		sum = sum.Add(times(r.rep.Figures[t.id].Interval(), t.coef))
	}
	return sum
}

func times(a figure.Interval, k int) figure.Interval {
	n := figure.Int(int64(k))
	lo, hi := a.Lo.Mul(n), a.Hi.Mul(n)
	if k < 0 {
		lo, hi = hi, lo
	}
	return figure.Interval{Lo: lo, Hi: hi}
}

func mul(a, b int64) (int64, bool) {
	if a == 0 || b == 0 {
		return 0, true
	}
	hi, lo := bits.Mul64(uint64(abs64(a)), uint64(abs64(b)))
	if hi != 0 || lo >= 1<<61 {
		return 0, false
	}
	v := int64(lo)
	if (a < 0) != (b < 0) {
		v = -v
	}
	return v, true
}

func add(a, b int64) (int64, bool) {
	s := a + b
	return s, abs64(s) < 1<<61
}

func abs64(a int64) int64 {
	if a < 0 {
		return -a
	}
	return a
}

func abs(a int) int { return int(abs64(int64(a))) }

// far bounds a half-open need: no disclosed amount comes near it.
var far = figure.Dec(1, -18)

// needs gives for each figure of the relation the values that would satisfy it.
func (r *run) needs(l linear) func(report.ID) (figure.Interval, bool) {
	terms := l.all()
	return func(id report.ID) (figure.Interval, bool) {
		for _, t := range terms {
			if t.id != id {
				continue
			}
			rest := r.rest(terms, id)
			need := times(rest, -1)
			q := figure.Ratio(1, int64(abs(t.coef)))
			need = figure.Interval{Lo: need.Lo.Mul(q), Hi: need.Hi.Mul(q)}
			if t.coef < 0 {
				need = times(need, -1)
			}
			if l.op != "=" {
				if (l.op == "≤") == (t.coef > 0) {
					need.Lo = far.Neg()
				} else {
					need.Hi = far
				}
			}
			return need, true
		}
		return figure.Interval{}, false
	}
}

// equate tests a linear relation for a rule: it holds, or it fails with the message.
func (r *run) equate(rule string, l linear, message string) bool {
	return r.relate(rule, l, func() string { return message })
}

// relate is equate with a message that is made only when it is needed.
func (r *run) relate(rule string, l linear, message func() string) bool {
	ids := l.ids()
	r.touch(rule, ids)
	if r.satisfied(l) {
		if l.op == "=" {
			r.hold(ids...)
		}
		return true
	}
	r.fail(Finding{
		Rule: rule, Message: message(), Arithmetic: r.arithmetic(l), needs: r.needs(l), linear: &l,
	}, ids...)
	return false
}

// disagreement says which figures do not fit: 表01 … 为321.00万元，表03 … 为231.00万元。
func (r *run) disagreement(l linear) string {
	more := map[string]string{"=": "，而", "≤": "，大于", "≥": "，小于"}[l.op]
	if a, b := lone(l.left), lone(l.right); a >= 0 && b >= 0 {
		x, y := r.rep.Get(a), r.rep.Get(b)
		return r.name(a) + "为" + x.Text + string(x.Unit) + more + r.name(b) + "为" + y.Text + string(y.Unit) + "。"
	}
	ids := l.ids()
	first := r.rep.Get(ids[0])
	unit, decimals := first.Unit, first.Decimals
	for _, t := range append(append([]term{}, l.left...), l.right...) {
		if f := r.rep.Get(t.id); f != nil {
			decimals = max(decimals, f.Decimals+unit.Exponent()-f.Unit.Exponent())
		}
	}
	_, lv := r.side(l.left, unit, decimals)
	_, rv := r.side(l.right, unit, decimals)
	apart := r.apart(l, unit, decimals)
	if a := lone(l.left); a >= 0 && l.op == "=" {
		return r.name(a) + "为" + lv + string(unit) + "，按其余各数计算应为" + rv + string(unit) + "，相差" + apart + string(unit) + "。"
	}
	return r.name(ids[0]) + "等：等式一边为" + lv + string(unit) + more + "另一边为" + rv + string(unit) + "，相差" + apart + string(unit) + "。"
}

// apart is by how much the two sides differ, in the unit.
func (r *run) apart(l linear, unit figure.Unit, decimals int) string {
	sum := figure.Number{}
	for _, t := range l.all() {
		sum = sum.Add(r.rep.Figures[t.id].Value().Mul(figure.Int(int64(t.coef))))
	}
	return r.inUnit(sum.Abs(), unit, decimals)
}

// lone is the only figure of one side of a relation, None when there are several.
func lone(terms []term) report.ID {
	if len(terms) == 1 {
		return terms[0].id
	}
	return report.None
}

// arithmetic writes the failing relation out, in the unit of its first figure:
// 100.00 + 20.50 = 120.50 ≠ 210.50（万元）.
func (r *run) arithmetic(l linear) string {
	unit, decimals := figure.None, 0
	for i, id := range l.ids() {
		f := r.rep.Get(id)
		if i == 0 {
			unit = f.Unit
		}
		decimals = max(decimals, f.Decimals+unit.Exponent()-f.Unit.Exponent())
	}
	sign := map[string]string{"=": "≠", "≤": ">", "≥": "<"}[l.op]
	ls, lv := r.side(l.left, unit, decimals)
	rs, rv := r.side(l.right, unit, decimals)
	switch {
	case lv == ls:
		if back := map[string]string{"≠": "≠", ">": "<", "<": ">"}[sign]; rs != rv {
			return rs + " = " + rv + " " + back + " " + ls + paren(unit)
		}
		return ls + " " + sign + " " + rs + paren(unit)
	case rs == rv:
		return ls + " = " + lv + " " + sign + " " + rs + paren(unit)
	}
	return ls + " = " + lv + " " + sign + " " + rv + " = " + rs + paren(unit)
}

func paren(u figure.Unit) string {
	if u == figure.None {
		return ""
	}
	return "（" + string(u) + "）"
}

// side writes one side of a relation, leaving zeros out, and its value.
func (r *run) side(terms []term, unit figure.Unit, decimals int) (expr, value string) {
	var b strings.Builder
	sum := figure.Number{}
	n := 0
	for _, t := range terms {
		f := r.rep.Get(t.id)
		if f == nil {
			continue
		}
		v := f.Value().Mul(figure.Int(int64(t.coef)))
		sum = sum.Add(v)
		if f.Coef == 0 && len(terms) > 1 {
			continue
		}
		if n > 0 || t.coef < 0 {
			b.WriteString(map[bool]string{true: " − ", false: " + "}[t.coef < 0])
		}
		b.WriteString(r.inUnit(f.Value(), unit, f.Decimals+unit.Exponent()-f.Unit.Exponent()))
		n++
	}
	value = r.inUnit(sum, unit, decimals)
	switch n {
	case 0:
		return value, value
	case 1:
		return strings.TrimPrefix(b.String(), " − "), strings.TrimPrefix(b.String(), " − ")
	}
	return strings.TrimPrefix(b.String(), " "), value
}

// inUnit prints a value of the base of its kind in a unit.
func (r *run) inUnit(v figure.Number, unit figure.Unit, decimals int) string {
	return v.Mul(figure.Dec(1, unit.Exponent())).Fixed(max(decimals, 0))
}
