package check

import (
	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// completion checks actual against budget: N04, N05, N12, N14.
func (r *run) completion(c *report.Completion) {
	name := topic(c.Fact)
	actual, hasActual := r.said(c.Actual)
	budget, hasBudget := r.said(c.Budget)
	delta, hasDelta := r.said(c.Delta)
	var fs []*figure.Figure
	for _, p := range []struct {
		f  *figure.Figure
		ok bool
	}{{&actual, hasActual}, {&budget, hasBudget}, {&delta, hasDelta}} {
		if p.ok {
			fs = append(fs, p.f)
		}
	}
	lacking := lend(fs...)
	for _, f := range fs {
		if !alike(*fs[0], *f) {
			return
		}
	}
	if len(fs) > 0 {
		r.noUnit(name, fs[0].Unit, lacking, c.Actual, c.Budget, c.Delta)
	}
	rate, hasRate := r.rateOf(c.Rate, name, report.Unsaid)
	if hasRate && hasActual && !hasBudget && !hasDelta && !c.Variance {
		r.tableBudget(c, name, rate, actual)
		return
	}
	if hasActual && hasBudget {
		r.more(c, name, actual, budget)
	}
	if hasDelta && hasActual && hasBudget {
		r.settle("N01", name, delta, func(f figure.Figure) figure.Outcome {
			return figure.Diff(f, actual, budget)
		}, func(o figure.Outcome) Finding {
			return Finding{Message: name + "：决算数" + actual.String() + "与" + baseName(c.Base) + budget.String() + "相差" +
				trimMinus(o.Expected) + "，文中写" + delta.Abs().String() + because(figure.DiffSlip(delta, actual, budget)) + "。"}
		}, c.Delta, c.Actual, c.Budget)
	}
	if !hasRate {
		return
	}
	switch {
	case hasActual && hasBudget && c.Variance:
		r.variance(c, name, rate, actual, budget)
	case hasActual && hasBudget:
		r.completed(c, name, rate, actual, budget)
	case hasActual && hasDelta && !c.Variance && c.Direction != report.Unsaid:
		r.completedBy(c, name, rate, actual, toward(c.Direction, delta))
	}
}

// completed is N04: rate = actual ÷ budget.
func (r *run) completed(c *report.Completion, name string, rate, actual, budget figure.Figure) {
	o := figure.Completion(rate, actual, budget)
	if o.Verdict == figure.ZeroBase || o.Verdict == figure.Contradicts {
		if r.otherBase(c, name, rate, actual, budget) {
			return
		}
	}
	if o.Verdict == figure.ZeroBase {
		r.zeroBudget(c, name, rate, actual, budget)
		return
	}
	if rate.Nil {
		return
	}
	r.settle("N04", name, rate, func(f figure.Figure) figure.Outcome {
		return figure.Completion(f, actual, budget)
	}, func(o figure.Outcome) Finding {
		slip := figure.ShareSlip(rate, actual, budget)
		return Finding{
			suspects: accuse(slip, c.Rate),
			Message: name + "：完成" + baseName(c.Base) + "的比率应为" + o.Expected + "，文中写“" + rate.String() + "”" +
				because(slip) + "。",
			needs: quotient(c.Rate, c.Actual, c.Budget, rate, actual, budget, o),
		}
	}, c.Rate, c.Actual, c.Budget)
}

// tableBudget is N04c: the sentence gives no budget, but a table does.
func (r *run) tableBudget(c *report.Completion, name string, rate, actual figure.Figure) {
	for _, cell := range r.tax.Concepts.CellsOf(c.Fact.Concept, c.Fact.Func, c.Fact.Econ) {
		t := r.rep.TableByID(cell.Table)
		if t == nil || !isBudget(report.Period(cell.Period)) || t.Problem != "" {
			continue
		}
		id := t.At(cell.Row, cell.Col)
		budget, ok := r.said(id)
		if !ok || !alike(actual, budget) || c.Base == report.FullBudget && cell.Period == string(report.InitialBudget) {
			continue
		}
		if budget.IsZero() {
			if actual.IsZero() && rate.IsZero() {
				r.hold(c.Rate)
			}
			return
		}
		if rate.Nil {
			return
		}
		r.settle("N04c", name, rate, func(f figure.Figure) figure.Outcome {
			return figure.Completion(f, actual, budget)
		}, func(o figure.Outcome) Finding {
			return Finding{
				Message: name + "：按表" + t.ID + "的预算数" + budget.String() + "，完成率应为" + o.Expected + "，文中写“" + rate.String() + "”" +
					because(figure.ShareSlip(rate, actual, budget)) + "。",
				needs: quotient(c.Rate, c.Actual, id, rate, actual, budget, o),
			}
		}, c.Rate, c.Actual, id)
		return
	}
}

// quotient gives the values that satisfy rate = part ÷ whole.
func quotient(rateID, partID, wholeID report.ID, rate, part, whole figure.Figure, o figure.Outcome) func(report.ID) (figure.Interval, bool) {
	m := map[report.ID]figure.Interval{partID: rate.Interval().Mul(whole.Interval())}
	if !o.Unbounded {
		m[rateID] = o.Range
	}
	if v, ok := part.Interval().Quo(rate.Interval()); ok {
		m[wholeID] = v
	}
	return needing(m)
}

// otherBase is N04b: the rate is right for another budget of the same
// sentence than the one it names (“完成年初预算的” on 全年预算).
func (r *run) otherBase(c *report.Completion, name string, rate, actual, budget figure.Figure) bool {
	at := r.rep.Get(c.Rate)
	if rate.IsZero() || at == nil {
		return false
	}
	for i := range r.rep.Figures {
		f := &r.rep.Figures[i]
		id := report.ID(i)
		if f.Block != at.Block || f.Table >= 0 || f.Start > at.Start || id == c.Budget || id == c.Actual || !isBudget(f.Fact.Period) ||
			f.Fact.Measure != report.Level || !alike(f.Figure, actual) || f.IsZero() {
			continue
		}
		if f.Fact.Concept != c.Fact.Concept || f.Fact.Name != c.Fact.Name {
			continue
		}
		o := figure.Completion(rate, actual, f.Figure)
		if o.Verdict != figure.Agrees && o.Verdict != figure.CutOff {
			continue
		}
		r.test("N04b")
		if f.Fact.Period == c.Base {
			r.hold(c.Rate, c.Actual, id) // this is the budget it names
			return true
		}
		r.hold(id)
		r.fail(Finding{
			Rule: "N04b",
			Message: name + "：文中写完成" + baseName(c.Base) + "（" + budget.String() + "）的" + rate.String() + "，但" + rate.String() + "是按" +
				baseName(f.Fact.Period) + f.Figure.String() + "计算的。应写“完成" + baseName(f.Fact.Period) + "的" + rate.String() + "”。",
			Arithmetic: o.Arithmetic,
			Suspect:    "完成" + string(c.Base), Expected: "完成" + string(f.Fact.Period),
			suspects: []report.ID{c.Rate},
		}, c.Rate, c.Actual, id, c.Budget)
		return true
	}
	return false
}

func isBudget(p report.Period) bool {
	return p == report.InitialBudget || p == report.FullBudget || p == report.PlainBudget
}

// zeroBudget is N12 for budgets: a rate on a budget of zero.
func (r *run) zeroBudget(c *report.Completion, name string, rate, actual, budget figure.Figure) {
	r.test("N12")
	if rate.Nil || actual.IsZero() {
		if rate.Nil || rate.IsZero() {
			r.hold(c.Rate)
		}
		return
	}
	if tiny(rate, actual.Interval(), budget.Interval(), budget.Decimals) {
		return
	}
	rule := "N12"
	if rate.IsZero() {
		rule = "N12c"
	}
	r.fail(Finding{
		Rule: rule,
		Message: name + "：" + baseName(c.Base) + "为0万元，决算为" + actual.String() + "，文中写完成预算 0 万元的 " + rate.String() +
			"。预算为0时没有完成率可言，应写明基数为0、不可比。",
		Arithmetic: actual.Digits() + " ÷ 0 无意义 ≠ " + rate.String(),
		Suspect:    rate.String(), Expected: "--（基数为0，不可比）",
		suspects: []report.ID{c.Rate},
	}, c.Rate, c.Actual, c.Budget)
}

// completedBy is N04 where the budget follows from “决算数大于预算数x万元”:
// rate − 100% = delta ÷ (actual − delta).
func (r *run) completedBy(c *report.Completion, name string, rate, actual, delta figure.Figure) {
	if rate.Unit != figure.Percent || rate.Decimals < 0 || rate.Decimals > 6 || delta.IsZero() {
		return
	}
	// What the rate is above 100%.
	over := func(f figure.Figure) figure.Figure {
		hundred := int64(100)
		for range f.Decimals {
			hundred *= 10
		}
		f.Coef -= hundred
		return f
	}
	o := figure.GrowthNow(over(rate).Abs(), actual, delta)
	if wrong := over(rate).Coef*int64(delta.Value().Sign()) < 0; o.Verdict.Holds() && !wrong || o.Verdict == figure.ZeroBase {
		r.test("N04")
		r.hold(c.Rate, c.Actual, c.Delta)
		return
	}
	if _, ok := padded(rate, func(f figure.Figure) figure.Outcome {
		return figure.GrowthNow(over(f).Abs(), actual, delta)
	}); ok {
		return
	}
	r.test("N04")
	r.fail(Finding{
		Rule: "N04",
		Message: name + "：决算数" + actual.String() + "比" + baseName(c.Base) + verb(c.Direction, 1) + delta.Abs().String() +
			"，完成率不会是" + rate.String() + "。",
		Arithmetic: actual.Digits() + " ÷ (" + actual.Digits() + " − " + delta.Digits() + ") = 100% + " +
			o.Computed.In(figure.Percent, rate.Decimals) + "% ≠ " + rate.String(),
	}, c.Rate, c.Actual, c.Delta)
}

// variance is N05: rate = (actual − budget) ÷ budget.
func (r *run) variance(c *report.Completion, name string, rate, actual, budget figure.Figure) {
	if budget.IsZero() {
		r.zeroBudget(c, name, rate, actual, budget)
		return
	}
	if rate.Nil {
		return
	}
	r.settle("N05", name, rate, func(f figure.Figure) figure.Outcome {
		return figure.Variance(f, actual, budget)
	}, func(o figure.Outcome) Finding {
		f := Finding{Message: name + "：预决算差异率应为" + o.Expected + "，文中写“" + rate.String() + "”" +
			because(figure.GrowthSlip(rate, actual, budget)) + "。"}
		if !o.Unbounded {
			f.needs = needing(map[report.ID]figure.Interval{c.Rate: o.Range.Abs()})
		}
		return f
	}, c.Rate, c.Actual, c.Budget)
}

// more is N14: 决算数大于, 小于 or 等于预算数.
func (r *run) more(c *report.Completion, name string, actual, budget figure.Figure) {
	if c.Direction == report.Unsaid || c.Direction == report.Flat && roughly(c.DirWords) {
		return
	}
	r.test("N14")
	s := actual.Value().Cmp(budget.Value())
	want := map[report.Direction]int{report.Up: 1, report.Down: -1, report.Flat: 0}[c.Direction]
	if c.Direction == report.Flat && apart(actual, budget) == 0 {
		r.hold(c.Actual, c.Budget)
		return
	}
	if s == want {
		return
	}
	if r.anotherBudget(c, actual, want) {
		return
	}
	is := map[int]string{1: "大于", -1: "小于", 0: "等于"}
	rel := map[int]string{1: ">", -1: "<", 0: "="}
	words := []report.Words{c.DirWords}
	if c.DirWords.Text == "" {
		words[0] = c.Words
	}
	f := Finding{
		Rule: "N14",
		Message: name + "：决算数" + actual.String() + is[s] + baseName(c.Base) + budget.String() + "，文中却写决算数" + is[want] +
			"预算数。请核对文字或数额。",
		Arithmetic: actual.Digits() + " " + rel[s] + " " + budget.Digits(),
		Suspect:    is[want], Expected: is[s],
		Places: []Place{r.place(c.Actual), r.place(c.Budget)},
		about:  []report.ID{c.Actual, c.Budget},
	}
	if words[0].Text != "" {
		f.Places = append(f.Places, r.wordsPlace(words[0]))
	}
	r.tell(f, words...)
}

// anotherBudget reports whether the words are right for another budget of the
// same block: they need not mean the one the rate is taken on.
func (r *run) anotherBudget(c *report.Completion, actual figure.Figure, want int) bool {
	at := r.rep.Get(c.Actual)
	for i := range r.rep.Figures {
		f := &r.rep.Figures[i]
		if at != nil && f.Block == at.Block && f.Table < 0 && report.ID(i) != c.Budget && isBudget(f.Fact.Period) &&
			f.Fact.Measure == report.Level && f.Fact.Concept == c.Fact.Concept && f.Fact.Name == c.Fact.Name && alike(f.Figure, actual) &&
			actual.Value().Cmp(f.Value()) == want {
			return true
		}
	}
	return false
}
