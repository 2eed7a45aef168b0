package check

import (
	"slices"

	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// shares checks what is said to be part of a whole: N03, N07, N12, N22.
func (r *run) shares() {
	plugged := r.plugged()
	r.unsaidWholes()
	for i := range r.rep.Shares {
		r.share(&r.rep.Shares[i], plugged)
	}
}

func (r *run) share(s *report.Share, plugged map[report.ID]bool) {
	name := topic(s.PartFact)
	rate, ok := r.rateOf(s.Rate, name, report.Unsaid)
	if !ok || rate.Nil {
		return
	}
	part, hasPart := r.said(s.Part)
	whole, hasWhole := r.said(s.Whole)
	switch {
	case hasPart && hasWhole:
		r.parted(s, name, rate, part, whole, plugged)
	case hasPart:
		r.unnamed(s, name, rate, part, plugged)
	case rate.Interval().Lo.Cmp(figure.Int(1)) > 0:
		r.above(s, name, rate)
	}
}

// parted is N03 with a printed whole.
func (r *run) parted(s *report.Share, name string, rate, part, whole figure.Figure, plugged map[report.ID]bool) {
	lacking := lend(&part, &whole)
	if !alike(part, whole) {
		return
	}
	r.noUnit(name, part.Unit, lacking, s.Part, s.Whole)
	if whole.IsZero() {
		r.zeroWhole(s, name, rate, part, whole)
		return
	}
	if o := figure.Share(rate, part, whole); o.Verdict == figure.Contradicts && plugged[s.Rate] && near(rate, part, whole) {
		r.test("N07")
		r.fail(Finding{
			Rule:       "N07",
			Message:    name + "：占比应为" + o.Expected + "，文中为凑足100%写成" + rate.String() + "。",
			Arithmetic: o.Arithmetic, Suspect: rate.String(), Expected: o.Expected,
		}, s.Rate, s.Part, s.Whole)
		return
	}
	if !figure.Share(rate, part, whole).Verdict.Holds() {
		if id := r.meantWhole(s, rate, part); id >= 0 {
			r.test("N03")
			r.hold(s.Rate, s.Part, id)
			return
		}
	}
	r.settle("N03", name, rate, func(f figure.Figure) figure.Outcome {
		return figure.Share(f, part, whole)
	}, func(o figure.Outcome) Finding {
		slip := figure.ShareSlip(rate, part, whole)
		return Finding{
			suspects: accuse(slip, s.Rate),
			Message: name + "：占" + wholeName(r, s) + "的比例应为" + o.Expected + "，文中写“" + rate.String() + "”" +
				because(slip) + "。",
			needs: quotient(s.Rate, s.Part, s.Whole, rate, part, whole, o),
		}
	}, s.Rate, s.Part, s.Whole)
}

func wholeName(r *run, s *report.Share) string {
	f := s.WholeFact
	if w := r.rep.Get(s.Whole); w != nil {
		if f.Concept == "" {
			f = w.Fact
		}
		return topicOr(f, "总额") + w.Figure.String()
	}
	return topicOr(f, "总额")
}

func topicOr(f report.Fact, or string) string {
	if f.Name == "" && f.Concept == "" {
		return or
	}
	return topic(f)
}

// zeroWhole is N12 for shares.
func (r *run) zeroWhole(s *report.Share, name string, rate, part, whole figure.Figure) {
	r.test("N12")
	if part.IsZero() || tiny(rate, part.Interval(), whole.Interval(), whole.Decimals) {
		return // 0 of 0, whatever it is called
	}
	r.fail(Finding{
		Rule: "N12",
		Message: name + "：" + wholeName(r, s) + "为0，部分却是" + part.String() + "，没有占比可言，文中写“占" + rate.String() +
			"”。",
		Arithmetic: part.Digits() + " ÷ 0 无意义 ≠ " + rate.String(),
	}, s.Rate, s.Part, s.Whole)
}

// unnamed is N03b: the whole is not in the sentence; it is looked for in the
// report. Only what no candidate explains is told.
func (r *run) unnamed(s *report.Share, name string, rate, part figure.Figure, plugged map[report.ID]bool) {
	if s.WholeFact.Concept == "" {
		return
	}
	first := report.None
	for _, id := range r.wholes(s.WholeFact) {
		f, _ := r.said(id)
		p := part
		lend(&p, &f)
		if !alike(p, f) || f.IsZero() {
			continue
		}
		o := figure.Share(rate, p, f)
		if o.Verdict.Holds() {
			r.test("N03")
			r.hold(s.Rate, s.Part, id)
			if o.Verdict == figure.CutOff {
				r.truncated(o, name, rate, s.Rate, s.Part, id)
			}
			return
		}
		if _, ok := padded(rate, func(c figure.Figure) figure.Outcome { return figure.Share(c, p, f) }); ok {
			r.test("N03")
			r.hold(s.Rate, s.Part, id)
			return
		}
		if first < 0 {
			first = id
		}
	}
	if first < 0 {
		return
	}
	whole, _ := r.said(first)
	o := figure.Share(rate, part, whole)
	if near(rate, part, whole) && r.repeats(rate, plugged) {
		r.test("N07")
		r.fail(Finding{
			Rule:       "N07",
			Message:    name + "：占比应为" + o.Expected + "，文中沿用了为凑足100%而写的" + rate.String() + "。",
			Arithmetic: o.Arithmetic, Suspect: rate.String(), Expected: o.Expected,
		}, s.Rate, s.Part, first)
		return
	}
	r.test("N03b")
	r.fail(Finding{
		Rule: "N03b",
		Message: name + "：文中写占" + topicOr(s.WholeFact, "总额") + "的" + rate.String() + "，而本文件中" + topicOr(s.WholeFact, "总额") + "为" +
			whole.String() + "，应占" + o.Expected + "。",
		Arithmetic: o.Arithmetic,
		needs:      quotient(s.Rate, s.Part, first, rate, part, whole, o),
	}, s.Rate, s.Part, first)
}

// unsaidWholes proves lists of shares whose whole is printed nowhere: with
// rates that add to 100% the parts add to the whole.
func (r *run) unsaidWholes() {
	type key struct {
		concept string
		block   int
	}
	lists := map[key][]*report.Share{}
	for i := range r.rep.Shares {
		s := &r.rep.Shares[i]
		p := r.rep.Get(s.Part)
		if s.Whole >= 0 || s.Rate < 0 || p == nil || p.Table >= 0 || s.WholeFact.Concept == "" || len(r.wholes(s.WholeFact)) > 0 {
			continue
		}
		k := key{s.WholeFact.Concept, p.Block}
		lists[k] = append(lists[k], s)
	}
	for _, list := range lists {
		r.unsaidWhole(list)
	}
}

func (r *run) unsaidWhole(list []*report.Share) {
	if len(list) < 2 {
		return
	}
	var parts, rates figure.Interval
	var ids []report.ID
	for _, s := range list {
		p, _ := r.said(s.Part)
		rate, _ := r.said(s.Rate)
		first, _ := r.said(list[0].Part)
		if !alike(p, first) || rate.Unit != figure.Percent {
			return
		}
		parts, rates = parts.Add(p.Interval()), rates.Add(rate.Interval())
		ids = append(ids, s.Part, s.Rate)
	}
	if !rates.Has(figure.Int(1)) {
		return
	}
	for _, s := range list {
		p, _ := r.said(s.Part)
		rate, _ := r.said(s.Rate)
		q, bounded := p.Interval().Quo(parts)
		if !bounded || !q.Meets(rate.Interval()) && !q.Meets(rate.Truncated()) {
			return
		}
	}
	r.test("N03")
	r.hold(ids...)
}

// repeats reports whether the rate was printed in a list made to add to 100%.
func (r *run) repeats(rate figure.Figure, plugged map[report.ID]bool) bool {
	for id := range plugged {
		if f, _ := r.said(id); f.Value().Cmp(rate.Value()) == 0 {
			return true
		}
	}
	return false
}

// wholes finds the figures of a fact in the report: in the text, and in the
// tables by the cells of its concept.
func (r *run) wholes(f report.Fact) []report.ID {
	var out []report.ID
	for i := range r.rep.Figures {
		g := &r.rep.Figures[i]
		if g.Fact.Concept == f.Concept && g.Fact.Measure == report.Level && g.Fact.Period == report.ThisYear &&
			g.Fact.Func == f.Func && g.Fact.Econ == f.Econ && (g.Table >= 0 || g.Fact.Name == f.Name) {
			out = append(out, report.ID(i))
		}
	}
	for _, c := range r.tax.Concepts.CellsOf(f.Concept, f.Func, f.Econ) {
		t := r.rep.TableByID(c.Table)
		if t == nil || c.Period != "" && c.Period != string(report.ThisYear) {
			continue
		}
		if id := t.At(c.Row, c.Col); id >= 0 && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// above is N22: a share above 100%.
func (r *run) above(s *report.Share, name string, rate figure.Figure) {
	r.test("N22")
	r.fail(Finding{
		Rule:       "N22",
		Message:    name + "：占比" + rate.String() + "超过100%，部分不可能大于总额。",
		Arithmetic: rate.String() + " > 100%",
	}, s.Rate)
}

// plugged finds lists of shares of one whole that add to exactly 100%: one of
// them may have been made to fit.
func (r *run) plugged() map[report.ID]bool {
	type key struct {
		whole    report.ID
		decimals int
	}
	lists := map[key][]report.ID{}
	for i := range r.rep.Shares {
		s := &r.rep.Shares[i]
		f, ok := r.said(s.Rate)
		if ok && s.Whole >= 0 && f.Unit == figure.Percent {
			k := key{s.Whole, f.Decimals}
			lists[k] = append(lists[k], s.Rate)
		}
	}
	out := map[report.ID]bool{}
	for _, ids := range lists {
		sum := figure.Number{}
		for _, id := range ids {
			sum = sum.Add(r.rep.Figures[id].Value())
		}
		if len(ids) > 1 && sum.Cmp(figure.Int(1)) == 0 {
			for _, id := range ids {
				out[id] = true
			}
		}
	}
	return out
}

// near reports whether a share is at most two units of its last digit off.
func near(rate, part, whole figure.Figure) bool {
	q, ok := part.Value().Quo(whole.Value())
	if !ok {
		return false
	}
	unit := figure.Dec(2, rate.Decimals-rate.Unit.Exponent())
	return q.Round(rate.Decimals-rate.Unit.Exponent()).Sub(rate.Value()).Abs().Cmp(unit) <= 0
}
