package check

import (
	"slices"
	"strings"

	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// Diagnosis looks for the smallest set of figures whose change makes all
// failing relations hold. It is greedy: the figure whose change mends the most
// failing relations and breaks the fewest holding ones goes first.

// cluster is the failing relations that one suspect explains.
type cluster struct {
	suspect report.ID
	members []int // indexes into run.findings
	need    figure.Interval
	known   bool // need is known
	unique  bool // no other figure explains them as well
	slip    int  // 1 when the expected print is one slip away, 0 when not, −1 not yet looked at
}

// diagnose joins the failing relations of each suspect into one finding and
// returns the contradicted figures.
func (r *run) diagnose() map[report.ID]bool {
	bad := map[report.ID]bool{}
	in := map[report.ID][]int{} // the open findings of each candidate
	var ids []report.ID
	open := 0
	for i := range r.findings {
		f := &r.findings[i]
		if len(f.figures) == 0 || f.Severity == Hint {
			continue
		}
		open++
		for _, id := range f.candidates() {
			if _, ok := in[id]; !ok {
				ids = append(ids, id)
			}
			if !slices.Contains(in[id], i) {
				in[id] = append(in[id], i)
			}
		}
	}
	explained := map[report.ID]*cluster{}
	gone := map[int]bool{}
	symptoms := map[report.ID][]int{} // findings on words, by the figures they rest on
	for i := range r.findings {
		for _, id := range r.findings[i].about {
			symptoms[id] = append(symptoms[id], i)
		}
	}
	for open > 0 {
		c := r.pick(ids, in, explained)
		bad[c.suspect] = true
		open -= len(c.members)
		relations := c.members
		r.join(c, slices.DeleteFunc(slices.Clone(symptoms[c.suspect]), func(i int) bool { return gone[i] || !c.unique }))
		for _, m := range slices.Concat(symptoms[c.suspect], relations) {
			if m != relations[0] && (c.unique || slices.Contains(relations, m)) {
				gone[m] = true
			}
		}
		for _, m := range relations {
			for _, id := range r.findings[m].candidates() {
				in[id] = slices.DeleteFunc(in[id], func(i int) bool { return i == m })
				delete(explained, id)
			}
		}
	}
	var kept []Finding
	for i, f := range r.findings {
		if !gone[i] {
			kept = append(kept, f)
		}
	}
	r.findings = kept
	return bad
}

// candidates are the figures of a finding that may be the wrong one.
func (f *Finding) candidates() []report.ID {
	if f.suspects != nil {
		return f.suspects
	}
	return f.figures
}

// pick finds the best suspect for the open findings. What a figure explains
// is kept until one of its findings is settled.
func (r *run) pick(ids []report.ID, in map[report.ID][]int, explained map[report.ID]*cluster) *cluster {
	var best *cluster
	for _, id := range ids {
		if len(in[id]) == 0 {
			continue
		}
		c := explained[id]
		if c == nil {
			c = r.explain(id, in[id])
			explained[id] = c
		}
		c.unique = true
		if best == nil {
			best = c
			continue
		}
		switch d := r.compare(c, best); {
		case d > 0:
			best = c
		case d == 0:
			best.unique = false
		}
	}
	return best
}

// explain is what one change of the figure can mend: the largest group of its
// failing relations that agree on a new value.
func (r *run) explain(id report.ID, in []int) *cluster {
	best := cluster{suspect: id, slip: -1}
	for k := range in {
		c := cluster{suspect: id, slip: -1}
		for _, i := range in[k:] {
			f := &r.findings[i]
			if f.needs == nil {
				c.members = append(c.members, i)
				continue
			}
			need, ok := f.needs(id)
			switch {
			case !ok:
				continue
			case !c.known:
				c.need, c.known = need, true
			case !c.need.Meets(need):
				continue
			default:
				c.need = meet(c.need, need)
			}
			c.members = append(c.members, i)
		}
		if len(c.members) > len(best.members) {
			best = c
		}
		if len(best.members) >= len(in)-k {
			break
		}
	}
	if best.members == nil {
		best.members = []int{in[0]}
	}
	return &best
}

// compare ranks two explanations: > 0 when a is the better one.
func (r *run) compare(a, b *cluster) int {
	if d := r.gain(a) - r.gain(b); d != 0 {
		return d
	}
	if d := len(a.members) - len(b.members); d != 0 {
		return d
	}
	// A slip of the pen (a digit lost, swapped, repeated; the point moved)
	// speaks for the figure it would explain.
	if d := r.slip(a) - r.slip(b); d != 0 {
		return d
	}
	// A clerk types the text by hand; tables come out of a system.
	ta, tb := r.rep.Get(a.suspect).Table < 0, r.rep.Get(b.suspect).Table < 0
	return yes(ta) - yes(tb)
}

// gain is the relations a change would mend less those it would break.
func (r *run) gain(c *cluster) int { return len(c.members) - r.holds[c.suspect] }

func yes(b bool) int {
	if b {
		return 1
	}
	return 0
}

func meet(a, b figure.Interval) figure.Interval {
	if a.Lo.Cmp(b.Lo) < 0 {
		a.Lo = b.Lo
	}
	if a.Hi.Cmp(b.Hi) > 0 {
		a.Hi = b.Hi
	}
	return a
}

// expected prints the value a figure should have, with its own decimals.
func (r *run) expected(c *cluster) string {
	f := r.rep.Get(c.suspect)
	if !c.known || f == nil || c.need.Lo.Cmp(far.Neg()) <= 0 || c.need.Hi.Cmp(far) >= 0 {
		return "" // not known, or only bounded on one side
	}
	mid := c.need.Lo.Add(c.need.Hi).Mul(figure.Ratio(1, 2))
	in := mid.Mul(figure.Dec(1, f.Unit.Exponent())) // in the printed unit
	return in.Fixed(f.Decimals)
}

// slip is 1 when some value that would do differs from the print by one slip
// of the pen.
func (r *run) slip(c *cluster) int {
	if c.slip < 0 {
		c.slip = 0
		if f := r.rep.Get(c.suspect); c.known && f != nil {
			_, ok := slipped(f.Figure, c.need)
			c.slip = yes(ok)
		}
	}
	return c.slip
}

// join makes one finding of a cluster and its symptoms: the gravest relation
// leads, the others add their arithmetic and places. It is left at members[0].
func (r *run) join(c *cluster, symptoms []int) {
	slices.SortStableFunc(c.members, func(i, j int) int {
		if d := severityRank[r.findings[i].Severity] - severityRank[r.findings[j].Severity]; d != 0 {
			return d
		}
		return r.telling(c, j) - r.telling(c, i)
	})
	lead := &r.findings[c.members[0]]
	sus := r.rep.Get(c.suspect)
	others := append(slices.Clone(c.members[1:]), symptoms...)
	if e := r.expected(c); lead.Suspect == "" || len(others) > 0 && e != "" {
		if c.unique || len(lead.figures) == 1 || c.suspect == lead.figures[0] {
			lead.Suspect = sus.Text + suffix(sus.Unit)
			if e != "" {
				lead.Expected = e + suffix(sus.Unit)
			}
		}
	}
	if len(others) == 0 {
		if lead.Suspect == "" && lead.linear != nil && c.suspect != lead.figures[0] {
			lead.Message += "“" + r.name(lead.figures[0]) + "”与别处相符，请先核对其余各数。"
		}
		return
	}
	if lead.linear != nil && lead.figures[0] != c.suspect && c.unique && lead.Expected != "" {
		lead.Message = "最可能写错的是" + r.name(c.suspect) + "：" + lead.Suspect + "应为" + lead.Expected + "。"
	}
	where := r.place(c.suspect)
	lead.Places = addPlaces([]Place{where}, lead.Places)
	rules := []string{lead.Rule}
	for _, m := range others {
		f := &r.findings[m]
		if severityRank[f.Severity] < severityRank[lead.Severity] {
			lead.Severity = f.Severity
		}
		if f.Arithmetic != "" && !strings.Contains(lead.Arithmetic, f.Arithmetic) {
			lead.Arithmetic += "；" + f.Arithmetic
		}
		lead.Places = addPlaces(lead.Places, f.Places)
		if !slices.Contains(rules, f.Rule) {
			rules = append(rules, f.Rule)
		}
	}
	lead.Message += "同一个数使" + strings.Join(rules, "、") + "共" + itoa(len(others)+1) + "处关系不成立。"
}

// telling ranks the relations of a cluster by how plainly they show its
// suspect: a number of the text is best shown beside its table, a number of a
// table in the sum that it heads.
func (r *run) telling(c *cluster, finding int) int {
	f := &r.findings[finding]
	text := r.rep.Get(c.suspect).Table < 0
	switch {
	case text && strings.HasPrefix(f.Rule, "M"):
		return 2
	case len(f.figures) > 0 && f.figures[0] == c.suspect:
		return 1
	}
	return 0
}

// suffix is the unit as it follows a number in a message.
func suffix(u figure.Unit) string { return string(u) }
