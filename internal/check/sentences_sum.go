package check

import (
	"strings"

	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// sumRules are the sums that have a rule of their own, by the concept of the
// whole; any other list of parts is N06.
var sumRules = map[string]string{
	"政府采购支出总额": "S10", "政府采购支出": "S10",
	"车辆": "S20", "车辆数": "S20",
	"实有人数": "S30",
}

// sums checks lists of parts: N06, N08, S10, S20, S30.
func (r *run) sums() {
	signs := map[report.ID]report.Direction{}
	for i := range r.rep.Changes {
		c := &r.rep.Changes[i]
		if c.Delta >= 0 {
			signs[c.Delta] = c.Direction
		}
	}
	for i := range r.rep.Sums {
		r.sum(&r.rep.Sums[i], signs)
	}
	r.addedChanges()
	r.addedBudgets()
}

// addedBudgets proves the budget of a whole by those of its 科目 that follow
// (“年初预算为9万元，… 其中：1、…年初预算为5万元”) and add to it. The 科目 need
// not be all, so ones that do not add up say nothing.
func (r *run) addedBudgets() {
	for i := range r.rep.Figures {
		w := &r.rep.Figures[i]
		if !totalBudget(w) || w.IsZero() {
			continue
		}
		var parts []figure.Figure
		ids := []report.ID{report.ID(i)}
		for j := i + 1; j < len(r.rep.Figures); j++ {
			f := &r.rep.Figures[j]
			if f.Table >= 0 || f.Section != w.Section && f.Fact.Func == "" || totalBudget(f) && f.Fact.Concept == w.Fact.Concept {
				break
			}
			if f.Fact.Measure != report.Level || f.Fact.Concept != w.Fact.Concept || f.Fact.Period != w.Fact.Period || f.Fact.Func == "" {
				continue
			}
			if !alike(w.Figure, f.Figure) {
				break
			}
			parts = append(parts, f.Figure)
			ids = append(ids, report.ID(j))
		}
		if len(parts) > 1 && figure.Sum(w.Figure, parts...).Verdict.Holds() {
			r.test("N06")
			r.hold(ids...)
		}
	}
}

// totalBudget reports the budget of a whole in the text.
func totalBudget(f *report.Figure) bool {
	return f.Table < 0 && f.Fact.Measure == report.Level && isBudget(f.Fact.Period) && f.Fact.Concept != "" && f.Fact.Func == "" && f.Fact.Name == ""
}

// addedChanges proves a change by the changes that follow it in its paragraph
// and add to it (“增加8万元，主要是人员经费增加5万元、公用经费增加3万元”). Such a
// list need not be whole, so one that does not add up says nothing.
func (r *run) addedChanges() {
	for i := range r.rep.Changes {
		c := &r.rep.Changes[i]
		whole, ok := r.said(c.Delta)
		if !ok || whole.IsZero() || c.Direction == report.Unsaid {
			continue
		}
		whole = toward(c.Direction, whole)
		var parts []figure.Figure
		ids := []report.ID{c.Delta}
		for j := i + 1; j < len(r.rep.Changes); j++ {
			d := &r.rep.Changes[j]
			f, ok := r.said(d.Delta)
			if !ok || d.Direction == report.Unsaid || r.rep.Get(d.Delta).Block != r.rep.Get(c.Delta).Block || !alike(f, whole) {
				break
			}
			parts = append(parts, toward(d.Direction, f))
			ids = append(ids, d.Delta)
			if len(parts) > 1 && f.Coef != 0 && figure.Sum(whole, parts...).Verdict == figure.Agrees {
				r.test("N08")
				r.hold(ids...)
				break
			}
		}
	}
}

func (r *run) sum(s *report.Sum, signs map[report.ID]report.Direction) {
	whole, ok := r.said(s.Whole)
	if !ok || whole.Nil || len(s.Parts) == 0 {
		return
	}
	parts := make([]figure.Figure, 0, len(s.Parts))
	ids := []report.ID{s.Whole}
	for _, id := range s.Parts {
		f, ok := r.said(id)
		if !ok {
			return
		}
		if s.Deltas {
			f = toward(signs[id], f)
		}
		parts = append(parts, f)
		ids = append(ids, id)
	}
	if s.Deltas {
		whole = toward(signs[s.Whole], whole)
	}
	fs := []*figure.Figure{&whole}
	for i := range parts {
		fs = append(fs, &parts[i])
	}
	lacking := lend(fs...)
	figure.Sharpen(fs...)
	for _, p := range parts {
		if !alike(whole, p) {
			return
		}
	}
	name := topicOr(r.rep.Get(s.Whole).Fact, "合计")
	r.noUnit(name, whole.Unit, lacking, ids...)
	o := figure.Sum(whole, parts...)
	if o.Verdict == figure.Agrees || o.Verdict == figure.Rounding {
		r.test("N06")
		r.hold(ids...)
		return
	}
	if kept := r.trimmed(s, whole, parts); kept != nil {
		r.test("N06")
		r.hold(append(kept, s.Whole)...)
		return
	}
	if id := r.meantSum(s, parts); id >= 0 {
		r.test("N06")
		r.hold(append(ids[1:], id)...)
		return
	}
	if !s.All || !s.Deltas && isBudget(r.rep.Get(s.Whole).Fact.Period) && o.Computed.Cmp(whole.Value()) < 0 {
		// Some parts may be unnamed: only more than the whole is wrong.
		if o.Computed.Cmp(whole.Value()) <= 0 || s.Deltas || hasNegative(parts) {
			return
		}
		r.test("N06b")
		r.fail(Finding{
			Rule: "N06b",
			Message: name + "：" + whole.String() + "，其中各项之和已达" + o.Expected + "，超过总额" +
				because(figure.Slip(whole, o.Computed)) + "。",
			Arithmetic: o.Arithmetic,
		}, ids...)
		return
	}
	rule := "N06"
	if special, ok := sumRules[r.rep.Get(s.Whole).Fact.Concept]; ok {
		rule = special
	}
	if s.Deltas {
		if rule = "N08"; r.turned(s, whole, parts, o) {
			return
		}
	}
	r.test(rule)
	f := Finding{
		Rule: rule,
		Message: name + "：各项之和为" + o.Expected + "，总额写的是" + whole.String() +
			because(figure.Slip(whole, o.Computed)) + "。",
		Arithmetic: o.Arithmetic,
	}
	if len(lacking) == 0 {
		f.needs = r.needs(r.sumOf(s, whole, parts))
	}
	r.fail(f, ids...)
}

// trimmed finds the parts that make the whole when the list holds more than
// parts: a part and what is part of it, or what follows behind the list.
// nil when no such choice gives the whole.
func (r *run) trimmed(s *report.Sum, whole figure.Figure, parts []figure.Figure) []report.ID {
	try := func(keep func(i int) bool) []report.ID {
		var fs []figure.Figure
		var ids []report.ID
		for i := range parts {
			if keep(i) {
				fs = append(fs, parts[i])
				ids = append(ids, s.Parts[i])
			}
		}
		if len(fs) < 2 || len(fs) == len(parts) {
			return nil
		}
		if v := figure.Sum(whole, fs...).Verdict; v == figure.Agrees || v == figure.Rounding {
			return ids
		}
		return nil
	}
	concepts := map[string]bool{}
	for _, id := range s.Parts {
		concepts[r.rep.Get(id).Fact.Concept] = true
	}
	if ids := try(func(i int) bool {
		c := r.tax.Concepts.ByName(r.rep.Get(s.Parts[i]).Fact.Concept)
		return c == nil || c.Part == "" || !concepts[c.Part]
	}); ids != nil {
		return ids
	}
	for n := len(parts) - 1; n >= 2; n-- {
		if ids := try(func(i int) bool { return i < n }); ids != nil {
			return ids
		}
	}
	return nil
}

// sumOf is the sum as a linear relation over the prints.
func (r *run) sumOf(s *report.Sum, whole figure.Figure, parts []figure.Figure) linear {
	sign := func(id report.ID, f figure.Figure) int {
		if printed := r.rep.Get(id).Coef; printed < 0 != (f.Coef < 0) && printed != 0 {
			return -1
		}
		return 1
	}
	l := linear{op: "=", left: []term{{s.Whole, sign(s.Whole, whole)}}}
	for i, id := range s.Parts {
		l.right = append(l.right, term{id, sign(id, parts[i])})
	}
	return l
}

func hasNegative(fs []figure.Figure) bool {
	for _, f := range fs {
		if f.Coef < 0 {
			return true
		}
	}
	return false
}

// equals is N09: two prints of what must be one value.
func (r *run) equals() {
	for _, e := range r.rep.Equals {
		a, ok1 := r.said(e.A)
		b, ok2 := r.said(e.B)
		if !ok1 || !ok2 || e.A == e.B || a.Nil || b.Nil {
			continue
		}
		lend(&a, &b)
		if !alike(a, b) {
			continue
		}
		r.test("N09")
		o := figure.Equal(a, b)
		if o.Verdict.Holds() {
			r.hold(e.A, e.B)
			continue
		}
		r.fail(Finding{
			Rule: "N09",
			Message: topic(r.rep.Get(e.A).Fact) + a.String() + "与" + topic(r.rep.Get(e.B).Fact) + b.String() +
				"应当相等" + because(figure.Slip(a, b.Value())) + "。",
			Arithmetic: o.Arithmetic,
			needs:      r.needs(linear{op: "=", left: []term{{e.A, 1}}, right: []term{{e.B, 1}}}),
		}, e.A, e.B)
	}
}

// counts is N20: a stated number of listed things.
func (r *run) counts() {
	for _, c := range r.rep.CountClaims {
		f, ok := r.said(c.Stated)
		if !ok || f.Decimals != 0 || len(c.Listed) < 2 && f.Coef != int64(len(c.Listed)) {
			continue // one thing listed may be a list that was not understood
		}
		r.test("N20")
		if f.Coef == int64(len(c.Listed)) {
			r.hold(c.Stated)
			continue
		}
		r.fail(Finding{
			Rule: "N20",
			Message: "文中写" + f.Text + "，后面列出的是" + itoa(len(c.Listed)) + "个：" + clipList(c.Listed) +
				"。请核对个数，或补列、删去多余的。",
			Arithmetic: f.Digits() + " ≠ " + itoa(len(c.Listed)),
			Suspect:    f.Text, Expected: itoa(len(c.Listed)),
		}, c.Stated)
	}
}

func clipList(names []string) string {
	if len(names) > 12 {
		return strings.Join(names[:12], "、") + "等"
	}
	return strings.Join(names, "、")
}
