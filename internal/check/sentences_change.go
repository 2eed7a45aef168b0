package check

import (
	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// compared is a Change with its figures at hand.
type compared struct {
	*report.Change
	topic               string
	now, before         figure.Figure
	delta, rate         figure.Figure // delta with the sign of its word
	hasNow, hasBefore   bool
	hasDelta, hasRate   bool
	contradicted, blind bool // N01 failed; the figures cannot be calculated with
}

// change checks one comparison of two periods: N01, N02, N10 to N13, N17, N21.
func (r *run) change(c *report.Change) {
	own := *c
	own.Before = r.borrowed(c)
	c = &own
	x := &compared{Change: c, topic: topic(c.Fact)}
	x.now, x.hasNow = r.said(c.Now)
	x.before, x.hasBefore = r.said(c.Before)
	x.delta, x.hasDelta = r.said(c.Delta)
	x.rate, x.hasRate = r.rateOf(c.Rate, x.topic, c.RateDirection)
	r.units(x)
	if x.blind {
		return
	}
	x.delta = toward(c.Direction, x.delta)
	r.difference(x)
	r.direction(x)
	if x.hasRate {
		r.growth(x)
	}
}

// units lends missing units and reports figures that cannot be compared.
func (r *run) units(x *compared) {
	var fs []*figure.Figure
	for _, p := range []struct {
		f  *figure.Figure
		ok bool
	}{{&x.now, x.hasNow}, {&x.before, x.hasBefore}, {&x.delta, x.hasDelta}} {
		if p.ok {
			fs = append(fs, p.f)
		}
	}
	lacking := lend(fs...)
	var vs []figure.Figure
	for _, f := range fs {
		vs = append(vs, *f)
	}
	if len(vs) > 0 && !alike(vs...) {
		x.blind = true
		return
	}
	if len(vs) > 0 {
		r.noUnit(x.topic, vs[0].Unit, lacking, x.Now, x.Before, x.Delta)
	}
}

// difference is N01: now − before = delta.
func (r *run) difference(x *compared) {
	switch {
	case !x.hasBefore && x.hasNow && x.hasDelta && !x.hasRate && x.Direction == report.Up &&
		!x.delta.IsZero() && x.now.Value().Cmp(x.delta.Value()) == 0:
		r.test("N01")
		r.hold(x.Now, x.Delta) // 上年没有此项: all of it is the change
		return
	case !x.hasNow || !x.hasBefore:
		return
	case !x.hasDelta:
		if x.Direction == report.Flat && apart(x.now, x.before) == 0 {
			r.test("N11")
			r.hold(x.Now, x.Before)
		}
		return
	}
	if r.rebound(x) {
		return
	}
	// The direction is N10's: only magnitudes are compared here.
	v := r.settle("N01", x.topic, x.delta, func(f figure.Figure) figure.Outcome {
		return figure.Diff(f, x.now, x.before)
	}, func(o figure.Outcome) Finding {
		f := Finding{
			Message: x.topic + "：" + x.now.String() + "与" + baseName(x.Base) + x.before.String() + "相差" + trimMinus(o.Expected) +
				"，文中写“" + verb(x.Direction, x.delta.Value().Sign()) + x.delta.Abs().String() + "”" +
				because(figure.DiffSlip(x.delta, x.now, x.before)) + "。",
		}
		sign := -1
		if o.Computed.Sign() < 0 && x.delta.Coef > 0 || o.Computed.Sign() > 0 && x.delta.Coef < 0 {
			sign = 1 // the word is wrong too: let the magnitudes meet
		}
		if d := r.rep.Get(x.Delta); d.Coef < 0 != (x.delta.Coef < 0) {
			sign = -sign
		}
		f.needs = r.needs(linear{op: "=", left: []term{{x.Now, 1}, {x.Before, -1}, {x.Delta, sign}}})
		f.suspects = r.odd(x)
		return f
	}, x.Delta, x.Now, x.Before)
	x.contradicted = v == figure.Contradicts
}

// odd finds the figure of a failing difference that the rate speaks against:
// the one that is left when the rate fits the two others.
func (r *run) odd(x *compared) []report.ID {
	if !x.hasRate {
		return nil
	}
	var out []report.ID
	if figure.GrowthNow(x.rate, x.now, x.delta).Verdict.Holds() {
		out = append(out, x.Before)
	}
	if figure.Growth(x.rate, x.now, x.before).Verdict.Holds() {
		out = append(out, x.Delta)
	}
	if figure.GrowthBefore(x.rate, x.before, x.delta).Verdict.Holds() {
		out = append(out, x.Now)
	}
	if len(out) != 1 {
		return nil
	}
	return out
}

// direction is N10, N11 and N13: words of direction against the figures.
func (r *run) direction(x *compared) {
	r.flat(x)
	if x.hasDelta && r.negative(x.Delta) && x.Direction == report.Down ||
		x.hasRate && r.negative(x.Rate) && x.RateDirection == report.Down {
		r.test("N13")
		f := Finding{
			Rule:    "N13",
			Message: x.topic + "：已写“减少”或“下降”，后面的数又带负号，成为双重否定。请去掉负号。",
		}
		f.Arithmetic = x.rate.String()
		id := x.Rate
		if r.negative(x.Delta) {
			f.Arithmetic, id = x.delta.String(), x.Delta
		}
		r.fail(f, id)
	}
	delta, rate := wayOf(x.Direction, x.raw(r, x.Delta)), wayOf(x.RateDirection, x.raw(r, x.Rate))
	if !x.hasDelta || x.delta.IsZero() {
		delta = 0
	}
	if !x.hasRate || x.rate.IsZero() {
		rate = 0
	}
	if delta*rate < 0 {
		r.contrary(x, delta)
		return
	}
	if !x.hasNow || !x.hasBefore || delta == 0 && rate == 0 {
		return
	}
	r.test("N10")
	said := delta
	if said == 0 {
		said = rate
	}
	if s := apart(x.now, x.before); s != 0 && s != said {
		word := verb(x.Direction, said)
		if delta == 0 {
			word = rateVerb(x.RateDirection, said)
		}
		id := x.Delta
		if delta == 0 {
			id = x.Rate
		}
		r.fail(Finding{
			Rule: "N10",
			Message: x.topic + "：" + x.now.String() + relation(s) + baseName(x.Base) + x.before.String() + "，文中却写“" + word +
				"”。请核对方向词，或两个数是否写颠倒。",
			Arithmetic: x.now.Digits() + " " + sign(s) + " " + x.before.Digits(),
			suspects:   []report.ID{id},
			Suspect:    word, Expected: map[int]string{1: "增加", -1: "减少"}[s],
		}, id, x.Now, x.Before)
	}
}

// raw is the figure as printed, without the sign of its word.
func (x *compared) raw(r *run, id report.ID) figure.Figure {
	f, _ := r.said(id)
	return f
}

func (r *run) negative(id report.ID) bool {
	f, ok := r.said(id)
	return ok && f.Coef < 0
}

func relation(s int) string { return map[int]string{1: "大于", -1: "小于"}[s] }

func sign(s int) string { return map[int]string{1: ">", -1: "<"}[s] }

// flat is N11: no change is said, but the figures changed.
func (r *run) flat(x *compared) {
	if x.Direction != report.Flat || roughly(x.DirWords) {
		return
	}
	r.test("N11")
	f := Finding{Rule: "N11"}
	switch {
	case x.hasDelta && !x.delta.IsZero():
		f.Message = x.topic + "：文中写持平（没有变化），又写增减额" + x.delta.String() + "。"
		f.Arithmetic = x.delta.Digits() + " ≠ 0"
		f.suspects = []report.ID{x.Delta}
		r.fail(f, x.Delta)
	case x.hasNow && x.hasBefore && apart(x.now, x.before) != 0:
		f.Message = x.topic + "：文中写持平（没有变化），但" + x.now.String() + "与" + baseName(x.Base) + x.before.String() + "并不相同。"
		f.Arithmetic = figure.Equal(x.now, x.before).Arithmetic
		r.fail(f, x.Now, x.Before)
	case x.hasRate && !x.rate.IsZero():
		f.Message = x.topic + "：文中写持平（没有变化），又写增减率" + x.rate.String() + "。"
		f.Arithmetic = x.rate.String() + " ≠ 0%"
		f.suspects = []report.ID{x.Rate}
		r.fail(f, x.Rate)
	}
}

// growth is N02 and, on a base of zero, N12.
func (r *run) growth(x *compared) {
	test, ids := r.growthTest(x)
	if test == nil {
		return
	}
	if o := test(x.rate); o.Verdict == figure.ZeroBase {
		r.zeroGrowth(x, ids)
		return
	}
	if x.rate.Nil {
		return
	}
	if x.hasNow && x.hasBefore && !x.hasDelta && r.wordless(x, test) {
		return
	}
	if x.hasNow && x.hasDelta && !x.hasBefore && !test(x.rate).Verdict.Holds() {
		if id := r.nearer(x); id >= 0 {
			r.test("N02")
			r.hold(x.Rate, x.Delta, id)
			return
		}
	}
	if x.hasDelta && x.delta.IsZero() && !x.contradicted && x.rate.IsZero() {
		r.test("N02")
		r.hold(x.Rate, x.Delta) // 0 of anything is 0: the base is not proved by it
		return
	}
	r.settle("N02", x.topic, x.rate, test, func(o figure.Outcome) Finding {
		slip := ""
		switch {
		case x.hasNow && x.hasBefore:
			slip = figure.GrowthSlip(x.rate, x.now, x.before)
		case x.hasNow:
			slip = r.impliedSlip(x.rate, x.now, x.delta)
		}
		f := Finding{
			suspects: accuse(slip, x.Rate),
			Message: x.topic + "：" + rateVerb(x.RateDirection, o.Computed.Sign()) + "率应为" + trimMinus(o.Expected) +
				"，文中写“" + rateVerb(x.RateDirection, o.Computed.Sign()) + x.rate.Abs().String() + "”" + because(slip) + "。",
			needs: r.growthNeeds(x, o),
		}
		return f
	}, ids...)
	for _, id := range x.Shared {
		r.shared(x, id)
	}
}

// wordless is N13b: “比上年1.43万元，增长0.68%” left the word out before what is
// the change, not the base.
func (r *run) wordless(x *compared, test func(figure.Figure) figure.Outcome) bool {
	delta := toward(x.RateDirection, x.before)
	if test(x.rate).Verdict != figure.Contradicts || figure.GrowthNow(x.rate, x.now, delta).Verdict != figure.Agrees {
		return false
	}
	word := verb(x.RateDirection, delta.Value().Sign())
	r.test("N13b")
	r.hold(x.Rate, x.Now, x.Before)
	r.fail(Finding{
		Rule: "N13b",
		Message: x.topic + "：" + x.before.String() + "看来是增减额而不是" + baseName(x.Base) + "，前面缺“" + word + "”，应写“" + word +
			x.before.String() + "”。",
		Arithmetic: figure.GrowthNow(x.rate, x.now, delta).Arithmetic,
		Suspect:    x.before.String(), Expected: word + x.before.String(),
	}, x.Before, x.Now, x.Rate)
	return true
}

// impliedSlip is GrowthSlip with the base that new value and change imply.
func (r *run) impliedSlip(rate, now, delta figure.Figure) string {
	if now.Unit != delta.Unit {
		return ""
	}
	b, d := now, delta
	for ; b.Decimals < d.Decimals; b.Decimals++ {
		b.Coef *= 10
	}
	for ; d.Decimals < b.Decimals; d.Decimals++ {
		d.Coef *= 10
	}
	b.Coef -= d.Coef
	return figure.GrowthSlip(rate, now, b)
}

// growthTest picks the calculation that the printed figures allow.
func (r *run) growthTest(x *compared) (func(figure.Figure) figure.Outcome, []report.ID) {
	now, before, delta := x.now, x.before, x.delta
	unsigned := x.Direction == report.Unsaid && x.hasDelta && delta.Coef > 0
	byNow := func(f figure.Figure) figure.Outcome {
		o := figure.GrowthNow(f, now, delta)
		if unsigned && !o.Verdict.Holds() {
			d := delta.Neg()
			if wayOf(x.RateDirection, x.rate) >= 0 && x.RateDirection != report.Unsaid {
				return o
			}
			if down := figure.GrowthNow(f, now, d); down.Verdict.Holds() || x.RateDirection == report.Down {
				return down
			}
		}
		return o
	}
	switch {
	case x.hasNow && x.hasBefore && x.hasDelta && !x.contradicted:
		return func(f figure.Figure) figure.Outcome { return figure.GrowthAll(f, now, before, delta) },
			[]report.ID{x.Rate, x.Now, x.Before, x.Delta}
	case x.hasNow && x.hasBefore:
		if x.contradicted && x.hasDelta {
			// One of the three is wrong: the pair that fits the rate is right.
			if byNow(x.rate).Verdict.Holds() {
				return byNow, []report.ID{x.Rate, x.Now, x.Delta}
			}
			if figure.GrowthBefore(x.rate, before, delta).Verdict.Holds() {
				return func(f figure.Figure) figure.Outcome { return figure.GrowthBefore(f, before, delta) },
					[]report.ID{x.Rate, x.Before, x.Delta}
			}
		}
		return func(f figure.Figure) figure.Outcome { return figure.Growth(f, now, before) },
			[]report.ID{x.Rate, x.Now, x.Before}
	case x.hasNow && x.hasDelta:
		return byNow, []report.ID{x.Rate, x.Now, x.Delta}
	case x.hasBefore && x.hasDelta:
		return func(f figure.Figure) figure.Outcome { return figure.GrowthBefore(f, before, delta) },
			[]report.ID{x.Rate, x.Before, x.Delta}
	}
	return nil, nil
}

// growthNeeds gives for each figure of a failing rate the values that would
// satisfy it with the others as printed.
func (r *run) growthNeeds(x *compared, o figure.Outcome) func(report.ID) (figure.Interval, bool) {
	m := map[report.ID]figure.Interval{}
	if !o.Unbounded {
		m[x.Rate] = o.Range.Abs()
	}
	rate := x.rate.Abs().Interval()
	if o.Computed.Sign() < 0 {
		rate = rate.Neg()
	}
	up := rate.Add(one) // now ÷ before
	now, before, delta := x.now.Interval(), x.before.Interval(), x.delta.Interval().Abs()
	put := func(id report.ID, v figure.Interval, ok bool) {
		if ok {
			m[id] = v
		}
	}
	switch {
	case x.hasNow && x.hasBefore:
		m[x.Now] = before.Mul(up)
		v, ok := now.Quo(up)
		put(x.Before, v, ok)
	case x.hasNow:
		if q, ok := rate.Quo(up); ok {
			m[x.Delta] = now.Mul(q).Abs()
			if v, ok := delta.Quo(q.Abs()); ok {
				m[x.Now] = v
			}
		}
	default:
		m[x.Delta] = before.Mul(rate).Abs()
		v, ok := delta.Quo(rate.Abs())
		put(x.Before, v, ok)
	}
	return needing(m)
}

// zeroGrowth is N12: a rate on a base of zero.
func (r *run) zeroGrowth(x *compared, ids []report.ID) {
	change := x.delta
	if !x.hasDelta {
		change = x.now
	}
	r.test("N12")
	switch {
	case x.rate.Nil, change.IsZero() && x.rate.IsZero():
		r.hold(x.Rate)
		return
	case change.IsZero():
		return // 0/0 called something: harmless
	case x.tinyBase():
		return // a tiny base that prints as 0 may give this rate
	}
	rule, what := "N12", "没有增减率可言"
	if x.rate.IsZero() {
		rule, what = "N12b", "增减额不是0，增减率不能是0"
	}
	base := baseName(x.Base) + "为0"
	if !x.hasBefore {
		base = x.now.Digits() + " − " + x.delta.Digits() + " = 0，即" + base
	}
	f := Finding{
		Rule: rule,
		Message: x.topic + "：" + base + "，本期为" + r.orDelta(x).String() + "，" + what + "，文中写“" +
			rateVerb(x.RateDirection, 1) + x.rate.String() + "”。应写明基数为0、不可比，或只写增减额。",
		Arithmetic: r.orDelta(x).Digits() + " ÷ 0 无意义 ≠ " + x.rate.String(),
		Expected:   "--（基数为0，不可比）", Suspect: x.rate.String(),
		suspects: []report.ID{x.Rate},
	}
	r.fail(f, ids...)
}

// orDelta is the new value, or the change where that is all that is printed.
func (r *run) orDelta(x *compared) figure.Figure {
	if x.hasNow {
		return x.now
	}
	return x.delta
}

// tiny reports whether a base that prints as 0.00 may have been large enough
// for the rate: 0.02 on less than 0.005 is above 400%. A bare 0 means none.
func tiny(rate figure.Figure, change, base figure.Interval, decimals int) bool {
	return decimals > 0 && change.Abs().Lo.Cmp(rate.Abs().Interval().Hi.Mul(base.Abs().Hi)) <= 0
}

// tinyBase is tiny for a comparison: its base is printed or now − delta.
func (x *compared) tinyBase() bool {
	switch {
	case x.hasBefore && x.hasDelta:
		return tiny(x.rate, x.delta.Interval(), x.before.Interval(), x.before.Decimals)
	case x.hasBefore:
		return tiny(x.rate, x.now.Interval(), x.before.Interval(), x.before.Decimals)
	}
	return tiny(x.rate, x.delta.Interval(), x.now.Interval().Sub(x.delta.Interval()), min(x.now.Decimals, x.delta.Decimals))
}

// shared tests the rate for a further total that made the same change.
func (r *run) shared(x *compared, id report.ID) {
	now, ok := r.said(id)
	if !ok || !x.hasDelta || !alike(now, x.delta) || x.delta.IsZero() {
		return
	}
	r.settle("N02", x.topic, x.rate, func(f figure.Figure) figure.Outcome {
		return figure.GrowthNow(f, now, x.delta)
	}, func(o figure.Outcome) Finding {
		return Finding{
			Message: x.topic + "：" + now.String() + "作同样的变动，" + rateVerb(x.RateDirection, o.Computed.Sign()) + "率应为" +
				trimMinus(o.Expected) + "，文中写“" + x.rate.Abs().String() + "”。",
			suspects: []report.ID{x.Rate},
		}
	}, x.Rate, id, x.Delta)
}

// unreasoned is N16: changes above a tenth without a reason, as one hint. A
// total is explained by the reasons that its paragraph gives for its parts.
func (r *run) unreasoned() {
	limit := figure.Ratio(1, 10)
	var ids []report.ID
	explained := map[int]int{} // block → where the last change with a reason stands
	for i := range r.rep.Changes {
		if c := &r.rep.Changes[i]; c.Reason != "" {
			for _, id := range []report.ID{c.Delta, c.Rate} {
				if f := r.rep.Get(id); f != nil && f.Table < 0 {
					explained[f.Block] = max(explained[f.Block], f.Start)
				}
			}
		}
	}
	for i := range r.rep.Changes {
		c := &r.rep.Changes[i]
		f, ok := r.said(c.Rate)
		if !ok || c.Reason != "" || f.Unit.Kind() != figure.Rate || f.Unit == figure.PercentPoint || c.Base != report.LastYear {
			continue
		}
		r.test("N16")
		if rate := r.rep.Get(c.Rate); f.Value().Abs().Cmp(limit) > 0 && explained[rate.Block] <= rate.Start {
			ids = append(ids, c.Rate)
		}
	}
	if len(ids) == 0 || !r.on("N16") {
		return
	}
	f := Finding{Rule: "N16", Message: "与上年相比变动超过10%而没有说明原因的，共" + itoa(len(ids)) + "处。请补写主要原因。"}
	for _, id := range ids[:min(len(ids), 8)] {
		f.Places = append(f.Places, r.place(id))
	}
	r.tell(f)
}
