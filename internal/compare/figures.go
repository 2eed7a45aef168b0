package compare

import (
	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// spot is where a figure stands and what it says there, in words that are the
// same in both disclosures.
type spot struct {
	place Place
	fact  fact
	nth   int // of the same words in the same place
}

// fact is report.Fact without the words that depend on the place.
type fact struct {
	concept, measure, period, base, code, name, fund string
}

func factOf(f *report.Figure) fact {
	x := fact{f.Fact.Concept, string(f.Fact.Measure), string(f.Fact.Period), string(f.Fact.Base), f.Fact.Func + f.Fact.Econ, "", f.Fact.Fund}
	if x.code == "" {
		x.name = document.FoldString(f.Fact.Name)
	}
	return x
}

// index finds the figures of one disclosure.
type index struct {
	r     *report.Report
	order []spot
	at    map[spot]*report.Figure
	facts map[fact]bool // said anywhere
}

func newIndex(r *report.Report) *index {
	x := &index{r: r, at: map[spot]*report.Figure{}, facts: map[fact]bool{}}
	n := map[spot]int{}
	for i := range r.Figures {
		f := &r.Figures[i]
		if f.Unit.Kind() == figure.Label {
			continue // a year or a day
		}
		s := spot{place: placeOf(r, f), fact: factOf(f)}
		if f.Table < 0 && s.fact.concept == "" {
			continue // not understood: compared with the words around it
		}
		if f.Table >= 0 {
			s.fact = fact{} // the cell says it all
		}
		s.nth = n[s]
		n[spot{s.place, s.fact, 0}]++
		x.order = append(x.order, s)
		x.at[s] = f
		x.facts[factOf(f)] = true
	}
	return x
}

// placeOf names the cell or the section of a figure. Rows and columns the
// layouts do not know go by their printed words.
func placeOf(r *report.Report, f *report.Figure) Place {
	if f.Table < 0 || f.Table >= len(r.Tables) {
		return Place{Section: sectionName(r, f.Block)}
	}
	t := &r.Tables[f.Table]
	p := Place{Table: t.ID}
	if p.Table == "" {
		p.Table = document.FoldString(t.Title)
	}
	if f.Row >= 0 && f.Row < len(t.Rows) {
		row := t.Rows[f.Row]
		p.Row = row.Key
		if p.Row == "" {
			p.Row = row.Name
		}
	}
	if f.Col >= 0 && f.Col < len(t.Columns) {
		c := t.Columns[f.Col]
		p.Col = c.Key
		if p.Col == "" {
			p.Col = c.Header
		}
	}
	return p
}

// figures lists the values that differ, in the order of B, those that only A
// has at the end. One value printed in many places is listed once.
func figures(a, b *report.Report) []Figure {
	ia, ib := newIndex(a), newIndex(b)
	g := &grouping{at: map[group]int{}}
	for _, s := range ib.order {
		now := ib.at[s]
		was := ia.at[s]
		switch {
		case was == nil && (ia.facts[factOf(now)] && s.place.Table == "" || now.IsZero() && s.place.Table != ""):
			// said elsewhere, or a zero where the other leaves a blank
		case was == nil:
			g.add(b, s, nil, now)
		case !same(was, now):
			g.add(b, s, was, now)
		}
	}
	for _, s := range ia.order {
		was := ia.at[s]
		if ib.at[s] != nil || ib.facts[factOf(was)] && s.place.Table == "" || was.IsZero() && s.place.Table != "" {
			continue
		}
		g.add(a, s, was, nil)
	}
	return g.list
}

// same reports whether two prints can be of one value: the same digits, or
// digits of another unit or length that allow a common true value.
func same(a, b *report.Figure) bool {
	if a.Unit.Kind() != b.Unit.Kind() && a.Unit.Kind() != figure.Bare && b.Unit.Kind() != figure.Bare {
		return a.IsZero() && b.IsZero()
	}
	if a.Unit == b.Unit && a.Decimals == b.Decimals || a.Nil || b.Nil {
		return a.Value().Cmp(b.Value()) == 0
	}
	return a.Interval().Meets(b.Interval())
}

// group is one change of one value.
type group struct {
	fact          fact
	cell          Place // of a cell that says nothing we know
	before, after string
}

type grouping struct {
	list []Figure
	at   map[group]int
}

// add notes one place of a change.
func (g *grouping) add(r *report.Report, s spot, was, now *report.Figure) {
	f := now
	if f == nil {
		f = was
	}
	k := group{fact: factOf(f), before: print(was), after: print(now)}
	if k.fact.concept == "" {
		k.cell = s.place
	}
	i, ok := g.at[k]
	if !ok {
		i = len(g.list)
		g.at[k] = i
		g.list = append(g.list, Figure{Fact: f.Fact, Before: k.before, After: k.after, Change: change(was, now)})
	}
	x := &g.list[i]
	if x.Label == "" {
		x.Label = label(r, f)
	}
	for _, p := range x.Places {
		if p == s.place {
			return
		}
	}
	x.Places = append(x.Places, s.place)
}

// label is the 科目 or line of a figure, as printed.
func label(r *report.Report, f *report.Figure) string {
	if f.Table < 0 || f.Table >= len(r.Tables) || f.Row < 0 || f.Row >= len(r.Tables[f.Table].Rows) {
		return f.Fact.Name
	}
	return r.Tables[f.Table].Rows[f.Row].Name
}

func print(f *report.Figure) string {
	if f == nil {
		return ""
	}
	return f.String()
}

// change is now − was in the unit and with the decimals of now.
func change(was, now *report.Figure) string {
	if was == nil || now == nil || was.Unit.Kind() != now.Unit.Kind() {
		return ""
	}
	v := now.Value().Sub(was.Value())
	s := v.In(now.Unit, max(was.Decimals, now.Decimals, 0))
	if v.Cmp(figure.Int(0)) > 0 {
		s = "+" + s
	}
	if now.Unit.Kind() == figure.Rate {
		return s + "个百分点"
	}
	return s + string(now.Unit)
}
