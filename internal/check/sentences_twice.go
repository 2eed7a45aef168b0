package check

import (
	"strings"

	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// twice checks what is said more than once: N15, N15b, N15c.
func (r *run) twice() {
	r.sameFact()
	r.sameChange()
	r.oddIncrease()
}

// sameFact is N15: one level, said twice with two values of which one looks
// like a slip of the other. Values of a 项 in one section may not differ at
// all; two values of anything else that merely differ are left alone: the
// words around them often narrow the thing they name.
func (r *run) sameFact() {
	first := map[report.Fact]report.ID{}    // in a section
	anywhere := map[report.Fact]report.ID{} // in the report
	for i := range r.rep.Figures {
		f := &r.rep.Figures[i]
		if f.Table >= 0 || f.Nil || f.Fact.Measure != report.Level || f.Fact.Concept == "" || f.Section == "" {
			continue
		}
		k := f.Fact
		k.Place = f.Section
		id := report.ID(i)
		if j, seen := first[k]; seen {
			r.sameValue(j, id)
			continue
		}
		first[k] = id
		k.Place = ""
		if j, seen := anywhere[k]; seen {
			r.sameValue(j, id)
			continue
		}
		anywhere[k] = id
	}
}

// sameValue tests two prints of one fact.
func (r *run) sameValue(j, id report.ID) {
	x, f := r.rep.Get(j), r.rep.Get(id)
	a, b := x.Figure, f.Figure
	lend(&a, &b)
	if !alike(a, b) {
		return
	}
	r.test("N15")
	o := figure.Equal(a, b)
	if o.Verdict.Holds() {
		r.hold(j, id)
		return
	}
	slip := figure.Slip(a, b.Value())
	if slip == "" {
		slip = figure.Slip(b, a.Value())
	}
	where := "在同一节里"
	switch {
	case a.Unit.Kind() != figure.Money:
		return
	case x.Section != f.Section:
		// Another section may speak of other money: only a slip tells.
		if slip == "" {
			return
		}
		where = "在两节里"
	case len(f.Fact.Func) < 7 && (slip == "" || strings.Contains(slip, "写错")):
		return
	}
	r.fail(Finding{
		Rule: "N15",
		Message: topic(f.Fact) + periodName(f.Fact.Period) + where + "写了两个数：" + a.String() + "和" + b.String() +
			because(slip) + "。",
		Arithmetic: o.Arithmetic,
		needs:      r.needs(linear{op: "=", left: []term{{j, 1}}, right: []term{{id, 1}}}),
	}, j, id)
}

func periodName(p report.Period) string {
	if p == "" || p == report.ThisYear {
		return ""
	}
	return "（" + string(p) + "）"
}

// sameChange is N15b: one comparison, said twice with two changes.
func (r *run) sameChange() {
	type key struct {
		fact report.Fact
		base report.Period
	}
	first := map[key]int{}
	for i := range r.rep.Changes {
		c := &r.rep.Changes[i]
		if c.Fact.Concept == "" || c.Delta < 0 || c.Direction == report.Unsaid || c.Base == report.OtherYear || c.Base == "" {
			continue
		}
		k := key{c.Fact, c.Base}
		k.fact.Place = ""
		k.fact.Measure, k.fact.Base = "", ""
		j, seen := first[k]
		if !seen {
			first[k] = i
			continue
		}
		d := &r.rep.Changes[j]
		if d.Delta == c.Delta {
			continue
		}
		a, b := r.rep.Figures[d.Delta].Figure, r.rep.Figures[c.Delta].Figure
		lend(&a, &b)
		if !alike(a, b) {
			continue
		}
		a, b = toward(d.Direction, a), toward(c.Direction, b)
		r.test("N15b")
		if a.IsZero() && b.IsZero() {
			continue
		}
		o := figure.Equal(a, b)
		if o.Verdict.Holds() {
			r.hold(d.Delta, c.Delta)
			continue
		}
		slip := figure.Slip(a.Abs(), b.Value().Abs())
		if slip == "" || strings.Contains(slip, "写错") || a.Value().Sign() != b.Value().Sign() {
			continue // other words may narrow the one or the other
		}
		r.fail(Finding{
			Rule: "N15b",
			Message: topic(c.Fact) + "与" + baseName(c.Base) + "相比的增减额写了两个数：" + a.String() + "和" + b.String() +
				because(slip) + "。",
			Arithmetic: o.Arithmetic,
			needs:      r.needs(linear{op: "=", left: []term{{d.Delta, 1}}, right: []term{{c.Delta, 1}}}),
		}, d.Delta, c.Delta)
	}
}

// oddIncrease is N15c: the same amount compared with the same base in several
// places; all but one give one change, and one differs from it by less than a
// thousandth. The amount may bear several names (财政拨款支出, 一般公共预算支出),
// so this is a suspicion only.
func (r *run) oddIncrease() {
	type key struct {
		coef     int64
		decimals int
		unit     figure.Unit
		base     report.Period
	}
	groups := map[key][]*report.Change{}
	var order []key
	for i := range r.rep.Changes {
		c := &r.rep.Changes[i]
		now, ok1 := r.said(c.Now)
		_, ok2 := r.said(c.Delta)
		if !ok1 || !ok2 || now.Coef < 10000 || c.Direction == report.Unsaid {
			continue // four digits may agree by chance
		}
		k := key{now.Coef, now.Decimals, now.Unit, c.Base}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], c)
	}
	for _, k := range order {
		r.outlier(groups[k])
	}
}

// ownRate reports that a change prints a rate and that the rate fits it.
func (r *run) ownRate(c *report.Change) bool {
	now, _ := r.said(c.Now)
	delta, _ := r.said(c.Delta)
	rate, ok := r.said(c.Rate)
	return ok && !rate.Nil && figure.GrowthNow(rate.Abs(), now, toward(c.Direction, delta)).Verdict.Holds()
}

// carried reports that the two changes differ by a carry-over that the document
// prints: what is 总计 of the one was 支出 of the other, last year's 总计 held
// what this year began with.
func (r *run) carried(a, b figure.Figure) bool {
	gap := a.Interval().Sub(b.Interval()).Abs()
	for i := range r.rep.Figures {
		f := &r.rep.Figures[i]
		if strings.Contains(f.Fact.Concept, "结转") && !f.IsZero() && f.Unit.Kind() == figure.Money && f.Interval().Overlaps(gap) {
			return true
		}
	}
	return false
}

func (r *run) outlier(cs []*report.Change) {
	if len(cs) < 3 {
		return
	}
	votes := map[int64]int{}
	value := func(c *report.Change) figure.Figure {
		f, _ := r.said(c.Delta)
		return toward(c.Direction, f)
	}
	var most *report.Change
	for _, c := range cs {
		v := value(c).Coef
		votes[v]++
		if most == nil || votes[v] > votes[value(most).Coef] {
			most = c
		}
	}
	if votes[value(most).Coef] != len(cs)-1 {
		return
	}
	for _, c := range cs {
		a, b := value(c), value(most)
		if a.Coef == b.Coef || a.Unit != b.Unit || a.Decimals != b.Decimals {
			continue
		}
		if r.ownRate(c) && r.ownRate(most) && r.rep.Get(c.Rate).Value().Cmp(r.rep.Get(most.Rate).Value()) != 0 {
			return // each is right for itself: what the amounts were compared with differed
		}
		if r.carried(a, b) {
			return
		}
		gap := a.Value().Sub(b.Value()).Abs()
		if gap.Mul(figure.Int(1000)).Cmp(b.Value().Abs()) > 0 {
			return
		}
		r.test("N15c")
		now, _ := r.said(c.Now)
		r.fail(Finding{
			Rule: "N15c",
			Message: topic(c.Fact) + "：同为" + now.String() + "，与" + baseName(c.Base) + "相比的增减额这里写" + a.Abs().String() + "，另有" +
				itoa(len(cs)-1) + "处写" + b.Abs().String() + "。请核对是否笔误。",
			Arithmetic: a.Abs().Digits() + " ≠ " + b.Abs().Digits(),
			suspects:   []report.ID{c.Delta}, Suspect: a.Abs().String(), Expected: b.Abs().String(),
		}, c.Delta, most.Delta)
	}
}
