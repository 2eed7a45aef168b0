package check

import (
	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// Which amounts of a paragraph belong together is said by words that leave
// much open: a change behind a list may be of its last item or of the whole.
// Before a relation is called wrong, the other amounts of the paragraph are
// tried in its place: one that fits to the last digit was meant.

// amountsBefore are the levels that the paragraph of a figure gives before
// it, the nearest first, that can be compared with it.
func (r *run) amountsBefore(id report.ID, like figure.Figure) []report.ID {
	at := r.rep.Get(id)
	if at == nil || at.Table >= 0 {
		return nil
	}
	var out []report.ID
	for i := len(r.rep.Figures) - 1; i >= 0; i-- {
		f := &r.rep.Figures[i]
		if f.Block == at.Block && f.Table < 0 && f.Start < at.Start && f.Fact.Measure == report.Level && !f.IsZero() && alike(f.Figure, like) {
			out = append(out, report.ID(i))
		}
	}
	return out
}

// borrowed is the base of a comparison: printed with it, or else the one value
// of the base period that the same paragraph gives for the same thing before
// it. Where the change itself is printed, a base found so is only taken when
// it fits: it may be another one.
func (r *run) borrowed(c *report.Change) report.ID {
	at := r.rep.Get(c.Rate)
	if at == nil {
		at = r.rep.Get(c.Delta)
	}
	if c.Before >= 0 || c.Now < 0 || at == nil || at.Table >= 0 || c.Base == "" || c.Fact.Concept == "" {
		return c.Before
	}
	now := r.rep.Get(c.Now)
	found := report.None
	for i := range r.rep.Figures {
		f := &r.rep.Figures[i]
		if f.Block != at.Block || f.Table >= 0 || f.Start >= at.Start || f.Fact.Measure != report.Level || f.Fact.Period != c.Base ||
			f.Fact.Concept != c.Fact.Concept || f.Fact.Name != c.Fact.Name || f.Fact.Func != c.Fact.Func || !alike(f.Figure, now.Figure) {
			continue
		}
		if found >= 0 {
			return report.None
		}
		found = report.ID(i)
	}
	if found < 0 {
		return report.None
	}
	if delta, ok := r.said(c.Delta); ok {
		before, _ := r.said(found)
		if !alike(now.Figure, delta) || !figure.Diff(delta, now.Figure, before).Verdict.Holds() {
			return report.None
		}
	}
	return found
}

// nearer finds an amount, other than the one a change was tied to, for which
// its rate is exactly right.
func (r *run) nearer(x *compared) report.ID {
	if x.rate.IsZero() {
		return report.None
	}
	for _, id := range r.amountsBefore(x.Delta, x.delta) {
		if f, _ := r.said(id); id != x.Now && figure.GrowthNow(x.rate, f, x.delta).Verdict == figure.Agrees {
			return id
		}
	}
	return report.None
}

// rebound reports a failing difference that is right with another amount of
// the paragraph in the place of the new or the old one.
func (r *run) rebound(x *compared) bool {
	if x.delta.IsZero() || figure.Diff(x.delta, x.now, x.before).Verdict != figure.Contradicts {
		return false
	}
	for _, id := range r.amountsBefore(x.Delta, x.delta) {
		f, _ := r.said(id)
		if id == x.Now || id == x.Before {
			continue
		}
		if figure.Diff(x.delta, x.now, f).Verdict == figure.Agrees && wayOf(x.Direction, x.delta.Abs())*x.now.Value().Cmp(f.Value()) > 0 {
			r.test("N01")
			r.hold(x.Delta, x.Now, id)
			x.Before, x.before = id, f
			return true
		}
		if figure.Diff(x.delta, f, x.before).Verdict == figure.Agrees && wayOf(x.Direction, x.delta.Abs())*f.Value().Cmp(x.before.Value()) > 0 {
			r.test("N01")
			r.hold(x.Delta, x.Before, id)
			x.Now, x.now = id, f
			return true
		}
	}
	return false
}

// meantWhole finds the whole of which a share is exactly right.
func (r *run) meantWhole(s *report.Share, rate, part figure.Figure) report.ID {
	if rate.IsZero() || rate.Value().Cmp(figure.Int(1)) == 0 {
		return report.None
	}
	for _, id := range r.amountsBefore(s.Part, part) {
		f, _ := r.said(id)
		if id != s.Whole && f.Value().Cmp(part.Value()) >= 0 && figure.Share(rate, part, f).Verdict == figure.Agrees {
			return id
		}
	}
	return report.None
}

// meantSum finds the total that a list of parts makes exactly.
func (r *run) meantSum(s *report.Sum, parts []figure.Figure) report.ID {
	if len(parts) < 2 || s.Deltas {
		return report.None
	}
	for _, id := range r.amountsBefore(s.Parts[0], parts[0]) {
		if f, _ := r.said(id); id != s.Whole && figure.Sum(f, parts...).Verdict == figure.Agrees {
			return id
		}
	}
	return report.None
}
