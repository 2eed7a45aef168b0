package recognise

import (
	"strings"

	"juesuan/internal/report"
)

// lastFrame is the frame a reason explains: a change or a completion.
type lastFrame struct {
	change, done int // indexes, -1 none
	passage      int
}

// change adds a change, with the values of the section it compares.
func (n *narrator) change(p *passage, c *clause, ch report.Change) int {
	a := n.aboutFact(ch.Fact)
	if l := n.find(a, report.ThisYear); l != nil && n.near(l) {
		ch.Now = l.id
	} else if ids := n.pairLevels(a); len(ids) > 0 {
		ch.Now, ch.Shared = ids[0], ids[1:] // “收、支总计各增加”, told of each
	} else if k := len(n.levels) - 1; k >= 0 && n.levels[k].sentence == n.sentence && same(n.levels[k].of, a) && n.levels[k].period != ch.Base {
		ch.Now = n.levels[k].id // 预算支出A万元,较上年减少
		ch.Fact.Period = n.levels[k].period
	}
	if ch.Before == report.None {
		switch ch.Base {
		case report.InitialBudget, report.FullBudget, report.PlainBudget:
			ch.Before = n.findBudget(a, ch.Base)
		case "":
		default:
			if l := n.find(a, ch.Base); l != nil && l.passage == n.passages {
				ch.Before = l.id
			}
		}
	}
	n.r.Changes = append(n.r.Changes, ch)
	at := len(n.r.Changes) - 1
	n.changes = append(n.changes, at)
	n.frame = lastFrame{change: at, done: -1, passage: n.passages}
	return at
}

// pairLevels gives the values of the totals that a names together.
func (n *narrator) pairLevels(a about) []report.ID {
	for _, p := range n.tax.Phrases.Pairs {
		if p.Name != a.name || a.fn != "" {
			continue
		}
		var out []report.ID
		for _, name := range p.Parts {
			l := n.find(about{name: name}, report.ThisYear)
			if l == nil || !n.near(l) {
				return nil
			}
			out = append(out, l.id)
		}
		return out
	}
	return nil
}

// near reports that a value is close enough for a sentence to speak of it.
func (n *narrator) near(l *level) bool { return n.passages-l.passage <= 40 }

// aboutFact finds back what a fact is about.
func (n *narrator) aboutFact(f report.Fact) about {
	return about{name: f.Concept, fn: f.Func, said: f.Name, fund: f.Fund}
}

// changed says what a change without a subject of its own is the change of.
// Behind an inline list with commas it is the list's whole.
func (n *narrator) changed(a about) about {
	k := len(n.lists) - 1
	if k < 0 {
		return a
	}
	l := n.lists[k]
	if l.bracket || l.semi || len(l.items) < 2 || l.inline != n.passages || l.told || l.of.none() {
		return a
	}
	if last := l.items[len(l.items)-1]; same(last.of, a) {
		whole := l.of
		n.closeLists(k)
		return whole
	}
	return a
}

// flat handles 持平.
func (n *narrator) flat(p *passage, c *clause, t *token) {
	base := report.Period("")
	if c.hasBase {
		base = n.basePeriod(c)
	}
	a, sure := n.resolve(c)
	lead := c.lead
	c.lead = newLead()
	if base == "" || a.none() {
		return
	}
	switch base {
	case report.InitialBudget, report.FullBudget, report.PlainBudget:
		c.lead = lead
		n.doneDirection(p, c, base, report.Flat, t)
		c.lead = newLead()
		return
	}
	words := p.words(n.r, t.start, t.end)
	add := func(a about) {
		if c.before == report.None && n.find(a, report.ThisYear) == nil && len(n.lists) == 0 {
			return // nothing said that could be level
		}
		at := n.change(p, c, report.Change{Fact: n.fact(a, report.Level, report.ThisYear, ""), Base: base, Now: report.None, Before: c.before,
			Delta: report.None, Rate: report.None, Direction: report.Flat, DirWords: words, Words: n.sentenceWords(p, t.start)})
		c.open = at
		n.itemFlat(a, base, strings.Contains(words.Text, "基本"))
	}
	if k := len(n.lists) - 1; lead.each && !sure && k >= 0 && len(n.lists[k].items) >= 2 {
		for _, it := range n.lists[k].items {
			add(it.of)
		}
	} else {
		if !sure {
			a = n.changed(a)
		}
		add(a)
	}
	c.before = report.None
	if lead.hasBase {
		c.base = base
	}
}

// completion reads 完成…的P% or 差异率P%.
func (n *narrator) completion(p *passage, c *clause, t *token, f report.Figure, a about, variance bool) {
	base := n.period(c.year, c.kind)
	if base == report.ThisYear || base == report.LastYear {
		base = report.PlainBudget
		if variance {
			if id := n.findBudget(a, report.InitialBudget); id != report.None {
				base = report.InitialBudget
			}
		}
	}
	f.Fact = n.fact(a, report.Completed, report.ThisYear, base)
	if variance {
		f.Fact.Measure = report.Variance
	}
	id := n.put(f)
	if id == report.None {
		return
	}
	d := report.Completion{Fact: n.fact(a, report.Level, report.ThisYear, ""), Base: base, Actual: report.None, Budget: c.budget,
		Rate: id, Delta: report.None, Variance: variance, Words: n.sentenceWords(p, t.start)}
	n.fill(&d, a)
	c.doneOpen = n.completed(d)
	n.subject = a
}

// fill finds the values a completion compares.
func (n *narrator) fill(d *report.Completion, a about) {
	if l := n.find(a, report.ThisYear); l != nil && n.near(l) {
		d.Actual = l.id
	}
	if d.Budget == report.None {
		if id := n.findBudget(a, d.Base); id != report.None {
			d.Budget = id
		}
	}
}

func (n *narrator) completed(d report.Completion) int {
	n.r.Completions = append(n.r.Completions, d)
	at := len(n.r.Completions) - 1
	n.dones = append(n.dones, at)
	n.frame = lastFrame{change: -1, done: at, passage: n.passages}
	return at
}

// doneDirection notes 决算数小于预算数 on the completion it speaks of.
func (n *narrator) doneDirection(p *passage, c *clause, base report.Period, d report.Direction, t *token) {
	a, _ := n.resolve(c)
	if a.none() {
		return
	}
	words := p.words(n.r, t.start, t.end)
	for k := len(n.dones) - 1; k >= 0; k-- {
		x := &n.r.Completions[n.dones[k]]
		if !same(n.aboutFact(x.Fact), a) {
			continue
		}
		if x.Direction == report.Unsaid && x.DirWords.Text == "" && n.r.Get(x.Rate) != nil {
			x.Direction, x.DirWords = d, words
			c.doneOpen = n.dones[k]
			n.frame = lastFrame{change: -1, done: n.dones[k], passage: n.passages}
			return
		}
		break
	}
	x := report.Completion{Fact: n.fact(a, report.Level, report.ThisYear, ""), Base: base, Actual: report.None, Budget: report.None,
		Rate: report.None, Delta: report.None, Direction: d, DirWords: words, Words: n.sentenceWords(p, t.start)}
	n.fill(&x, a)
	if x.Actual == report.None && x.Budget == report.None {
		return
	}
	c.doneOpen = n.completed(x)
}

// gapAmount reads 差值为D万元: actual and budget of the subject, or a change.
func (n *narrator) gapAmount(p *passage, c *clause, t *token, f report.Figure, a about) {
	base := report.PlainBudget
	if id := n.findBudget(a, report.InitialBudget); id != report.None {
		base = report.InitialBudget
	}
	f.Fact = n.fact(a, report.Delta, report.ThisYear, base)
	id := n.put(f)
	d := report.Completion{Fact: n.fact(a, report.Level, report.ThisYear, ""), Base: base, Actual: report.None, Budget: report.None,
		Rate: report.None, Delta: id, Words: n.sentenceWords(p, t.start)}
	n.fill(&d, a)
	if id != report.None {
		c.doneOpen = n.completed(d)
	}
}

// cmpAmount reads 决算数大于预算数D万元.
func (n *narrator) cmpAmount(p *passage, c *clause, t *token, f report.Figure, a about, sure bool) {
	base := n.period(c.year, c.kind)
	dir, tok := way(c.cmp), c.cmpTok
	c.cmp = nil
	f.Fact = n.fact(a, report.Delta, report.ThisYear, base)
	switch base {
	case report.InitialBudget, report.FullBudget, report.PlainBudget:
		id := n.put(f)
		words := p.words(n.r, tok.start, tok.end)
		if k := c.doneOpen; k >= 0 && same(n.aboutFact(n.r.Completions[k].Fact), a) && n.r.Completions[k].Delta == report.None {
			x := &n.r.Completions[k]
			x.Delta, x.Direction, x.DirWords = id, dir, words
			return
		}
		x := report.Completion{Fact: n.fact(a, report.Level, report.ThisYear, ""), Base: base, Actual: report.None, Budget: report.None,
			Rate: report.None, Delta: id, Direction: dir, DirWords: words, Words: n.sentenceWords(p, t.start)}
		n.fill(&x, a)
		c.doneOpen = n.completed(x)
	case report.LastYear, report.LastBudget, report.LastExecution, report.OtherYear:
		id := n.put(f)
		c.open = n.change(p, c, report.Change{Fact: n.fact(a, report.Level, report.ThisYear, ""), Base: base, Now: report.None, Before: c.before,
			Delta: id, Rate: report.None, Direction: dir, DirWords: p.words(n.r, tok.start, tok.end), Words: n.sentenceWords(p, t.start)})
	default:
		f.Fact = report.Fact{}
		n.put(f)
	}
}

// share reads 占…的P%.
func (n *narrator) share(p *passage, c *clause, t *token, f report.Figure, a about, sure bool) {
	sh := report.Share{Part: report.None, Whole: c.wholeID, Words: n.sentenceWords(p, t.start)}
	switch {
	case sure && len(c.abouts) > 0:
		if l := n.find(a, report.ThisYear); l != nil {
			sh.Part = l.id
		}
	case c.part != report.None:
		sh.Part = c.part
		for k := len(n.levels) - 1; k >= 0; k-- {
			if n.levels[k].id == c.part {
				a = n.levels[k].of
				break
			}
		}
	default:
		a = about{}
	}
	whole := c.whole
	if whole.none() && !a.none() {
		for k := len(n.lists) - 1; k >= 0 && whole.none(); k-- {
			l := n.lists[k]
			if n.kin.part(l.of, a) || l.has(sh.Part) {
				whole, sh.Whole = l.of, l.whole
			}
		}
		if whole.none() && n.kin.part(n.main, a) {
			whole = n.main
		}
		for k := len(n.levels) - 1; k >= 0 && whole.none(); k-- {
			if l := &n.levels[k]; l.period == report.ThisYear && n.near(l) && n.kin.part(l.of, a) {
				whole, sh.Whole = l.of, l.id
			}
		}
	}
	if !whole.none() && sh.Whole == report.None {
		if l := n.find(whole, report.ThisYear); l != nil && l.id != sh.Part {
			sh.Whole = l.id
		}
	}
	if same(whole, a) {
		whole, sh.Whole = about{}, report.None
	}
	f.Fact = n.fact(a, report.ShareOf, report.ThisYear, "")
	id := n.put(f)
	c.part = report.None
	if id == report.None || sh.Part == report.None && a.none() {
		return
	}
	sh.Rate = id
	sh.PartFact = n.fact(a, report.Level, report.ThisYear, "")
	sh.WholeFact = n.fact(whole, report.Level, report.ThisYear, "")
	n.r.Shares = append(n.r.Shares, sh)
	n.itemRate(sh.Part, f.Figure)
	if c.part == report.None {
		c.part = sh.Part
	}
}

// startReason ties what follows to the change or completion it explains.
func (n *narrator) startReason(p *passage, c *clause, t *token) {
	defer func() {
		open, done, base, lists := c.open, c.doneOpen, c.base, c.passage
		*c = *newClause()
		c.open, c.doneOpen, c.base, c.passage = open, done, base, lists
		c.numbers = 1 // the names of a reason are no topic
		c.why = true
	}()
	n.settleReason(p, c, t)
}

func (n *narrator) settleReason(p *passage, c *clause, t *token) {
	end := len(p.s)
	if k := strings.Index(p.s[t.end:], "。"); k >= 0 {
		end = t.end + k
	}
	text := strings.TrimLeft(p.s[t.end:end], ":是为,、;的")
	if k := strings.Index(text, ";"); k > 0 && !strings.Contains(text, "一是") && !strings.Contains(text, "(1)") {
		text = text[:k]
	}
	if len(text) > 900 {
		text = strings.ToValidUTF8(text[:900], "")
	}
	if text == "" {
		return
	}
	if c.cmp != nil {
		before := c.doneOpen
		c.doneOpen = -1
		n.settle(p, c)
		if k := c.doneOpen; k >= 0 {
			if n.r.Completions[k].Reason == "" {
				n.r.Completions[k].Reason = text
			}
			return
		}
		c.doneOpen = before
	}
	// 公务接待费支出减少的主要原因是…
	if len(c.abouts) > 0 {
		a := c.abouts[len(c.abouts)-1]
		for k := len(n.changes) - 1; k >= 0; k-- {
			if ch := &n.r.Changes[n.changes[k]]; same(n.aboutFact(ch.Fact), a) {
				if ch.Reason == "" {
					ch.Reason = text
				}
				return
			}
		}
	}
	switch {
	case c.open >= 0 && n.r.Changes[c.open].Reason == "":
		n.r.Changes[c.open].Reason = text
	case c.doneOpen >= 0 && n.r.Completions[c.doneOpen].Reason == "":
		n.r.Completions[c.doneOpen].Reason = text
	case n.frame.passage == n.passages && n.frame.change >= 0 && n.frame.change < len(n.r.Changes):
		if ch := &n.r.Changes[n.frame.change]; ch.Reason == "" {
			ch.Reason = text
		}
	case n.frame.passage == n.passages && n.frame.done >= 0 && n.frame.done < len(n.r.Completions):
		if d := &n.r.Completions[n.frame.done]; d.Reason == "" {
			d.Reason = text
		}
	}
}

// subjectFrame notes a 科目 the text names.
func (n *narrator) subjectFrame(p *passage, t *token) {
	n.r.Subjects = append(n.r.Subjects, report.Subject{Code: t.subject.code, Names: t.subject.full, Amount: report.None,
		Words: p.words(n.r, t.start, t.end)})
	n.subjectOpen, n.subjectIn = len(n.r.Subjects)-1, n.passages
}
