package report

import (
	"fmt"
	"io"
	"strings"
)

// Dump prints the narrative of a report for people who work on the reader:
// its sections, then figures and frames with the IDs that tie them.
func Dump(w io.Writer, r *Report) {
	p := func(format string, a ...any) { _, _ = fmt.Fprintf(w, format, a...) }
	p("类别 %s %s 单位 %s 年度 %d\n", r.Kind, r.Scope, r.Unit, r.Year)
	for _, s := range r.Sections {
		p("%s[%s] %s %s (%d–%d)\n", strings.Repeat("  ", s.Level), s.Key, s.Number, s.Title, s.Block, s.End)
	}
	for i := range r.Figures {
		if f := &r.Figures[i]; f.Table < 0 {
			p("#%d %s %s  …%s…\n", i, r.Show(ID(i)), f.Fact.String(), f.Excerpt)
		}
	}
	DumpFrames(w, r)
}

// DumpFrames prints the frames of the narrative, one a line.
func DumpFrames(w io.Writer, r *Report) {
	p := func(format string, a ...any) { _, _ = fmt.Fprintf(w, format, a...) }
	for _, c := range r.Changes {
		p("变动 %s 比%s: 本%s 前%s %s%s %s%s", c.Fact.Subject(), c.Base, r.Show(c.Now), r.Show(c.Before),
			c.Direction, r.Show(c.Delta), c.RateDirection, r.Show(c.Rate))
		for _, id := range c.Shared {
			p(" 同%s", r.Show(id))
		}
		reason(w, c.Reason)
	}
	for _, s := range r.Shares {
		p("占比 %s%s ÷ %s%s = %s\n", s.PartFact.Subject(), r.Show(s.Part), s.WholeFact.Subject(), r.Show(s.Whole), r.Show(s.Rate))
	}
	for _, c := range r.Completions {
		kind := "完成"
		if c.Variance {
			kind = "差异"
		}
		p("%s %s: 实%s %s%s 率%s 差%s %s", kind, c.Fact.Subject(), r.Show(c.Actual), c.Base, r.Show(c.Budget), r.Show(c.Rate), r.Show(c.Delta), c.Direction)
		reason(w, c.Reason)
	}
	for _, s := range r.Sums {
		p("合计 %s =", r.Show(s.Whole))
		for _, id := range s.Parts {
			p(" %s", r.Show(id))
		}
		p(" 全=%v 变=%v\n", s.All, s.Deltas)
	}
	for _, e := range r.Equals {
		p("同值 %s %s\n", r.Show(e.A), r.Show(e.B))
	}
	for _, l := range r.NameLists {
		p("名单 %s: %s 等=%v\n", l.Concept, strings.Join(l.Names, "|"), l.Open)
	}
	for _, s := range r.Subjects {
		p("科目 %s %s = %s\n", s.Code, strings.Join(s.Names[:], "/"), r.Show(s.Amount))
	}
	for _, e := range r.EmptyClaims {
		p("空表 %s: %s\n", e.Table, e.Words.Text)
	}
	for _, c := range r.CountClaims {
		p("计数 %s: %s\n", r.Show(c.Stated), strings.Join(c.Listed, "|"))
	}
}

func reason(w io.Writer, s string) {
	if s != "" {
		if r := []rune(s); len(r) > 12 {
			s = string(r[:12]) + "…"
		}
		s = " 因:" + s
	}
	_, _ = fmt.Fprintln(w, s)
}

// Show prints a figure as its text, “-” for None.
func (r *Report) Show(id ID) string {
	f := r.Get(id)
	if f == nil {
		return "-"
	}
	if f.UnitMissing {
		return f.Text + "?" + string(f.Unit)
	}
	return f.Text
}

// String prints a fact: 本年收入合计/数额/本年.
func (f Fact) String() string {
	if f.Measure == NotUnderst {
		return "(未识别)"
	}
	s := f.Subject() + "/" + string(f.Measure) + "/" + string(f.Period)
	if f.Base != "" {
		s += "比" + string(f.Base)
	}
	return s
}

// Subject prints what the fact is about, without measure and period.
func (f Fact) Subject() string {
	s := f.Concept
	if f.Func != "" || f.Econ != "" || f.Name != "" {
		s += "[" + f.Func + f.Econ + f.Name + "]"
	}
	return s
}

// String is the sign of a direction: + − = or nothing.
func (d Direction) String() string {
	switch d {
	case Up:
		return "+"
	case Down:
		return "−"
	case Flat:
		return "="
	case Unsaid:
	}
	return ""
}
