package recognise

import (
	"sort"
	"strings"

	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// aboutConcept is what a concept's words mean in this section.
func (n *narrator) aboutConcept(c *taxonomy.Concept) about {
	c = n.tax.Concepts.Within(c, n.scope)
	return about{name: c.Name, fund: c.Fund, unit: c.Unit}
}

// aboutSubject is the money a 科目 of this section has.
func (n *narrator) aboutSubject(s *subject) about {
	name := n.scope
	if k := len(n.lists) - 1; k >= 0 && name == "" && strings.Contains(n.lists[k].of.name, "支出") {
		name = n.lists[k].of.name
	}
	switch {
	case name == "收入支出总计":
		name = "本年支出合计"
	case name == "财政拨款收入支出总计":
		name = "财政拨款支出"
	case name == "" || !strings.Contains(name, "支出") || n.key == "三公":
		name = "一般公共预算财政拨款支出"
	}
	a := about{name: name, unit: figure.Yuan, fn: n.codeOf(s)}
	if c := n.tax.Concepts.ByName(name); c != nil {
		a.fund = c.Fund
	}
	for _, m := range s.names {
		if m != "" {
			a.said = m
		}
	}
	return a
}

// resolve says what the number speaks of; sure is false when only the
// sentence before tells.
func (n *narrator) resolve(c *clause) (a about, sure bool) {
	if k := len(c.abouts); k > 0 {
		a = c.abouts[k-1]
		if c.glued >= 2 {
			if pair := n.pair(c.abouts[k-c.glued:]); pair.name != "" {
				a = pair
			}
		}
		// “本年支出决算x万元” below a 科目 is that of the 科目.
		if a.fn == "" && a.said == "" && n.subject.said != "" && n.subject.name == a.name && n.subjectIn == n.passages {
			a = n.subject
		}
		return a, true
	}
	if c.hint != "" {
		return n.generic(c.hint), true
	}
	return n.subject, false
}

// pair names two totals said in one breath.
func (n *narrator) pair(as []about) about {
	for _, p := range n.tax.Phrases.Pairs {
		if len(p.Parts) != len(as) {
			continue
		}
		ok := true
		for i := range as {
			ok = ok && as[i].name == p.Parts[i]
		}
		if ok {
			return n.named(p.Name)
		}
	}
	return about{}
}

func (n *narrator) named(name string) about {
	if c := n.tax.Concepts.ByName(name); c != nil {
		return about{name: c.Name, fund: c.Fund, unit: c.Unit}
	}
	return about{name: name}
}

// generic says what 收入 or 支出 alone means here.
func (n *narrator) generic(hint string) about {
	fits := func(a about) bool {
		both := strings.Contains(a.name, "收入") && strings.Contains(a.name, "支出")
		return !a.none() && !both && (strings.Contains(a.name, hint) || hint == "支出" && (a.fn != "" || strings.Contains(a.name, "费")))
	}
	// “公务接待费年初预算为2万元,支出决算为1万元” goes on with the same.
	if k := len(n.levels) - 1; k >= 0 && fits(n.subject) {
		switch l := &n.levels[k]; l.period {
		case report.InitialBudget, report.FullBudget, report.PlainBudget:
			if l.sentence == n.sentence && same(l.of, n.subject) {
				return n.subject
			}
		}
	}
	for k := len(n.lists) - 1; k >= 0; k-- {
		for _, it := range n.lists[k].items {
			if same(it.of, n.subject) && fits(n.lists[k].of) {
				return n.lists[k].of // 收入 behind a list of incomes is the whole
			}
		}
	}
	if fits(n.subject) {
		return n.subject
	}
	for k := len(n.lists) - 1; k >= 0; k-- {
		if fits(n.lists[k].of) {
			return n.lists[k].of
		}
	}
	for k := len(n.levels) - 1; k >= 0; k-- {
		if l := n.levels[k].of; fits(l) && strings.HasSuffix(l.name, "计") {
			return l
		}
	}
	if fits(n.topic) && n.topic.name != "收入支出总计" && n.topic.name != "财政拨款收入支出总计" {
		return n.topic
	}
	// Only a section on incomes and outlays speaks of the totals without naming them.
	if !strings.Contains(n.scope, "收入") && !strings.Contains(n.scope, "支出") {
		return about{}
	}
	if c := n.tax.Concepts.ByName("本年" + hint + "合计"); c != nil {
		return n.aboutConcept(c)
	}
	return about{}
}

// same reports that two speak of one thing.
func same(a, b about) bool {
	if a.fn != "" || b.fn != "" {
		return a.fn == b.fn && a.name == b.name
	}
	return a.name == b.name && a.said == b.said
}

func (n *narrator) sameAs(change int, a about) bool {
	f := n.r.Changes[change].Fact
	return f.Concept == a.name && f.Func == a.fn
}

// fact is the Fact of a number about a.
func (n *narrator) fact(a about, m report.Measure, p, base report.Period) report.Fact {
	if a.none() {
		return report.Fact{}
	}
	return report.Fact{Concept: a.name, Measure: m, Period: p, Base: base, Func: a.fn, Name: a.said, Fund: a.fund, Place: n.key}
}

// find gives the value of a said last in this section: of this sentence, of
// this passage, or of the section; nil when it was not said.
func (n *narrator) find(a about, period report.Period) *level {
	for k := len(n.levels) - 1; k >= 0; k-- {
		if l := &n.levels[k]; l.period == period && same(l.of, a) {
			return l
		}
	}
	return nil
}

// findBudget gives the budget of a that a base names; 预算 alone is any of them.
func (n *narrator) findBudget(a about, base report.Period) report.ID {
	for k := len(n.levels) - 1; k >= 0; k-- {
		l := &n.levels[k]
		if !same(l.of, a) {
			continue
		}
		if l.period == base || base == report.PlainBudget && (l.period == report.InitialBudget || l.period == report.FullBudget) {
			return l.id
		}
	}
	return report.None
}

// countName names a count by its unit and the words before it.
func (n *narrator) countName(p *passage, from, start, end int, unit figure.Unit) about {
	window := p.s[min(from, start):start]
	if len(window) > 600 {
		window = window[len(window)-600:]
	}
	best, score := "", -1
	for i := range n.tax.Phrases.Counts {
		w := &n.tax.Phrases.Counts[i]
		if !unitFits(unit, w.Unit) {
			continue
		}
		rest, ok := window, true
		last, first := len(window), 0
		for k := len(w.Cues) - 1; k >= 0 && ok; k-- {
			j := strings.LastIndex(rest, w.Cues[k])
			if ok = j >= 0; ok {
				if k == len(w.Cues)-1 {
					last = j + len(w.Cues[k])
				}
				rest, first = rest[:j], j+len(w.Cues[k])
			}
		}
		if ok && len(w.After) > 0 {
			ok = false
			for _, a := range w.After {
				ok = ok || strings.HasPrefix(p.s[end:], a)
			}
			if len(w.Cues) == 0 {
				first = last
			}
		}
		if !ok || len(w.Cues) > 0 && n.counted(start-len(window)+last, start, unit) {
			continue
		}
		// the nearest last cue wins, then the nearest first one, then the longer
		if s := (last*1000+first)*256 + min(len(strings.Join(w.Cues, ""))+len(w.After), 255); s > score {
			best, score = w.Name, s
		}
	}
	if best == "" {
		return about{}
	}
	return n.named(best)
}

// counted reports a number of the unit between two bytes of the passage: the
// cue before it has its count already.
func (n *narrator) counted(from, to int, unit figure.Unit) bool {
	k := sort.Search(len(n.toks), func(i int) bool { return n.toks[i].start >= from })
	for ; k < len(n.toks) && n.toks[k].end <= to; k++ {
		if t := &n.toks[k]; t.kind == tokNum && !t.limit && t.num.Unit == unit {
			return true
		}
	}
	return false
}

// unitFits compares a printed unit with the unit of a count's data.
func unitFits(u figure.Unit, want string) bool {
	if string(u) == want {
		return true
	}
	switch u {
	case figure.Head:
		return want == string(figure.Person)
	case figure.Firm, figure.Entry, figure.Group:
		return want == string(figure.Item)
	}
	return want == string(figure.WanYuan) && u.Kind() == figure.Money
}
