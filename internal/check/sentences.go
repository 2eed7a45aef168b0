package check

import (
	"strings"

	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// sentences checks inside sentences and paragraphs (N, S).
func (r *run) sentences() {
	for i := range r.rep.Changes {
		r.change(&r.rep.Changes[i])
	}
	for i := range r.rep.Completions {
		r.completion(&r.rep.Completions[i])
	}
	r.besideFlat()
	r.shares()
	r.sums()
	r.equals()
	r.twice()
	r.counts()
	r.unreasoned()
	r.publicSpending()
	r.unitless()
}

// unitless is N21b and N21c: amounts whose unit the reader had to supply.
func (r *run) unitless() {
	for i := range r.rep.Figures {
		f := &r.rep.Figures[i]
		if f.Table >= 0 || !f.UnitMissing || f.IsZero() || f.Unit.Kind() != figure.Money || f.Decimals == 0 {
			continue
		}
		rule, what := "N21b", "后面没有单位"
		if f.UnitCut {
			rule, what = "N21c", "的单位不完整"
		}
		r.test(rule)
		r.fail(Finding{
			Rule:       rule,
			Message:    topic(f.Fact) + "：金额“" + f.Digits() + "”" + what + "，应为“" + f.Figure.String() + "”。",
			Arithmetic: f.Digits() + " → " + f.Figure.String(),
			Suspect:    f.Digits(), Expected: f.Figure.String(),
		}, report.ID(i))
	}
}

// said is the printed figure of an ID; ok is false when it is not printed.
func (r *run) said(id report.ID) (f figure.Figure, ok bool) {
	p := r.rep.Get(id)
	if p == nil {
		return figure.Figure{}, false
	}
	return p.Figure, true
}

// topic names what a fact is about, for messages.
func topic(f report.Fact) string {
	switch {
	case f.Name != "":
		return "“" + f.Name + "”"
	case f.Concept != "":
		return f.Concept
	}
	return "该项"
}

// baseName is what a comparison is made with, for messages.
func baseName(p report.Period) string {
	switch p {
	case "":
		return "基数"
	case report.LastYear:
		return "上年数"
	case report.LastBudget, report.LastExecution, report.InitialBudget, report.FullBudget, report.PlainBudget:
		return string(p) + "数"
	}
	return string(p)
}

// verb writes a direction in words of change, rateVerb in words of rate.
func verb(d report.Direction, sign int) string {
	if d == report.Down || d == report.Unsaid && sign < 0 {
		return "减少"
	}
	return "增加"
}

func rateVerb(d report.Direction, sign int) string {
	if d == report.Down || d == report.Unsaid && sign < 0 {
		return "下降"
	}
	return "增长"
}

// wayOf is the sign a direction word gives a printed figure: “减少” makes it
// negative, a minus sign turns the word round. 0 when the word says nothing.
func wayOf(d report.Direction, f figure.Figure) int {
	w := 0
	switch d {
	case report.Up:
		w = 1
	case report.Down:
		w = -1
	}
	if f.Coef < 0 {
		if d == report.Down {
			return -1 // “下降−5%” is said of a fall
		}
		return -w
	}
	return w
}

// toward is the figure with the sign its direction word gives it.
func toward(d report.Direction, f figure.Figure) figure.Figure {
	if wayOf(d, f) < 0 {
		return f.Abs().Neg()
	}
	if d == report.Unsaid {
		return f
	}
	return f.Abs()
}

// roughly reports words that allow a small difference: 基本持平.
func roughly(w report.Words) bool {
	for _, s := range []string{"基本", "大致", "大体", "略", "约"} {
		if strings.Contains(w.Text, s) {
			return true
		}
	}
	return false
}

// apart gives the sign of a − b when no true values are equal, else 0.
func apart(a, b figure.Figure) int {
	x, y := a.Interval(), b.Interval()
	if x.Overlaps(y) || a.Value().Cmp(b.Value()) == 0 {
		return 0
	}
	return a.Value().Cmp(b.Value())
}

// alike reports whether figures can stand in one calculation.
func alike(fs ...figure.Figure) bool {
	for _, f := range fs {
		k, k0 := f.Unit.Kind(), fs[0].Unit.Kind()
		if k != k0 || k == figure.Label || k == figure.Count && f.Unit != fs[0].Unit {
			return false
		}
	}
	return true
}

// lend gives the figures without a unit the unit of the others, and reports
// which of them lacked it. Zeros and prints of nothing take any unit.
func lend(fs ...*figure.Figure) (lacking []*figure.Figure) {
	unit := figure.None
	for _, f := range fs {
		if f != nil && f.Unit != figure.None && f.Unit.Kind() != figure.Rate {
			unit = f.Unit
			break
		}
	}
	if unit == figure.None {
		return nil
	}
	for _, f := range fs {
		if f == nil || f.Unit != figure.None && !f.IsZero() {
			continue
		}
		if !f.IsZero() {
			lacking = append(lacking, f)
		}
		if f.Unit.Kind() != unit.Kind() {
			*f = f.As(unit)
		}
	}
	return lacking
}

// rateOf reads a printed rate: without its sign it is still a percentage. ok is
// false for what is no rate of this kind (a change in percentage points).
func (r *run) rateOf(id report.ID, topic string, d report.Direction) (figure.Figure, bool) {
	f, ok := r.said(id)
	if !ok {
		return f, false
	}
	switch {
	case f.Unit == figure.None, r.rep.Get(id).UnitMissing:
		if !f.IsZero() {
			r.test("N21")
			p := r.rep.Get(id)
			// The digits may be right, so the figure itself is not accused.
			r.tell(Finding{
				Rule:       "N21",
				Message:    topic + "：比率“" + f.Digits() + "”后面没有百分号，应为“" + f.Digits() + "%”。",
				Arithmetic: f.Digits() + " → " + f.Digits() + "%",
				Suspect:    f.Digits(), Expected: f.Digits() + "%",
				Places: []Place{r.place(id)},
			}, report.Words{Text: p.Excerpt, Block: p.Block, Start: p.Start, Place: p.Place})
		}
		if f.Unit == figure.None {
			f = f.As(figure.Percent)
		}
		return f, true
	case f.Unit == figure.PercentPoint || f.Unit.Kind() != figure.Rate:
		return f, false
	}
	return f, true
}

// noUnit tells of amounts that were printed without their unit.
func (r *run) noUnit(topic string, unit figure.Unit, lacking []*figure.Figure, ids ...report.ID) {
	if unit.Kind() != figure.Money {
		return
	}
	for _, f := range lacking {
		for _, id := range ids {
			p := r.rep.Get(id)
			if p == nil || p.Text != f.Text || p.Table >= 0 || p.Unit != figure.None {
				continue
			}
			r.test("N21b")
			r.fail(Finding{
				Rule:       "N21b",
				Message:    topic + "：金额“" + f.Digits() + "”后面没有单位，应为“" + f.Digits() + string(unit) + "”。",
				Arithmetic: f.Digits() + " → " + f.Digits() + string(unit),
				Suspect:    f.Digits(), Expected: f.Digits() + string(unit),
			}, id)
			break
		}
	}
}

// truncated tells that a figure was cut instead of rounded: only where none of
// the values that the operands' prints stand for gives it by rounding, too.
func (r *run) truncated(o figure.Outcome, topic string, stated figure.Figure, ids ...report.ID) {
	if o.Unbounded || o.Range.Abs().Overlaps(stated.Abs().Interval()) {
		return
	}
	r.fail(Finding{
		Rule:       "N17",
		Message:    topic + "：“" + stated.String() + "”是截断得到的，四舍五入应为" + trimMinus(o.Expected) + "。",
		Arithmetic: o.Arithmetic,
		Suspect:    stated.String(), Expected: trimMinus(o.Expected),
	}, ids...)
}

func trimMinus(s string) string { return strings.TrimPrefix(s, "−") }

// padded finds the rate that was put down with zeros behind it: 5% printed as
// 5.0% or 5.00%. It has to be rounded right; where only one zero stands it may
// have been cut. ok is false when the rate is simply wrong.
func padded(stated figure.Figure, test func(figure.Figure) figure.Outcome) (figure.Figure, bool) {
	if stated.Unit.Kind() != figure.Rate {
		return stated, false
	}
	c := stated
	for c.Decimals > 0 && c.Coef%10 == 0 && c.Coef != 0 {
		c.Coef /= 10
		c.Decimals--
		if v := test(c).Verdict; v == figure.Agrees || v == figure.CutOff && stated.Decimals == 1 {
			return c, true
		}
	}
	return stated, false
}

// settle ends a relation between a stated figure and its operands: it holds,
// holds but was cut, or fails with the finding. test does the arithmetic for
// the stated figure.
func (r *run) settle(rule, topic string, stated figure.Figure, test func(figure.Figure) figure.Outcome, fail func(figure.Outcome) Finding, ids ...report.ID) figure.Verdict {
	o := test(stated)
	r.test(rule)
	switch o.Verdict {
	case figure.Agrees, figure.Rounding:
		r.hold(ids...)
	case figure.CutOff:
		r.hold(ids...)
		if stated.Unit.Kind() == figure.Rate {
			r.truncated(o, topic, stated, ids...)
		}
	case figure.Contradicts:
		if c, ok := padded(stated, test); ok {
			r.hold(ids...)
			r.fail(Finding{
				Rule:       "N17",
				Message:    topic + "：“" + stated.String() + "”只算到“" + c.String() + "”又在末尾补0，按所写位数应为" + trimMinus(o.Expected) + "。",
				Arithmetic: o.Arithmetic,
				Suspect:    stated.String(), Expected: trimMinus(o.Expected),
			}, ids...)
			return figure.CutOff
		}
		f := fail(o)
		f.Rule = rule
		if f.Arithmetic == "" {
			f.Arithmetic = o.Arithmetic
		}
		r.fail(f, ids...)
	case figure.ZeroBase:
	}
	return o.Verdict
}

// because adds a known mistake to a message.
func because(slip string) string {
	if slip == "" {
		return ""
	}
	return "（可能是" + slip + "）"
}

// accuse narrows the suspects to the stated figure when a wrong computation
// or a shifted point explains it; a wrong digit may be anybody's.
func accuse(slip string, id report.ID) []report.ID {
	for _, s := range []string{"除以", "误把", "误作", "分子", "小数点", "100"} {
		if strings.Contains(slip, s) {
			return []report.ID{id}
		}
	}
	return nil
}

// needing answers for the figures of a relation that is not linear which
// values would satisfy it.
func needing(m map[report.ID]figure.Interval) func(report.ID) (figure.Interval, bool) {
	return func(id report.ID) (figure.Interval, bool) {
		v, ok := m[id]
		return v, ok
	}
}

// one is the interval of exactly 1.
var one = figure.Interval{Lo: figure.Int(1), Hi: figure.Int(1)}
