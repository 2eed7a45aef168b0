package recognise

import (
	"strings"

	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// number reads the quantity at token i, with the parallel slots that follow
// it (“各减少3万元、5万元”), and returns the last index it took.
func (n *narrator) number(p *passage, c *clause, i int) int {
	slots := n.slotsAt(c, i)
	if len(slots) < 2 {
		n.quantity(p, c, i, n.toks[i].num, nil, 0)
		return i
	}
	unit := n.toks[slots[len(slots)-1]].num.Unit
	keep := c.lead
	subjects := n.slotSubjects(c)
	if len(c.kinds) == len(slots) && len(c.abouts) < 2 { // 预算数、决算数分别为…
		a, _ := n.resolve(c)
		subjects = make([]about, len(slots))
		for k := range subjects {
			subjects[k] = a
		}
	} else {
		c.parallel = subjects
	}
	for k, j := range slots {
		c.lead = keep
		c.abouts = nil
		if keep.share {
			c.abouts = []about{subjects[k]}
		}
		if len(keep.kinds) == len(slots) && len(keep.abouts) < 2 {
			c.kind = keep.kinds[k]
		}
		num := n.toks[j].num
		if num.Unit == figure.None {
			num.Unit = unit
		}
		n.quantity(p, c, j, num, &subjects[k], k)
	}
	return slots[len(slots)-1]
}

// slotsAt finds the numbers of parallel slots that begin at token i: as many
// as there are subjects, with 、 , or 和 between them.
func (n *narrator) slotsAt(c *clause, i int) []int {
	want := len(n.slotSubjects(c))
	if c.separate && len(c.kinds) >= 2 && len(c.abouts) < 2 {
		want = len(c.kinds)
	}
	out := []int{i}
	for j := i; len(out) < want && j+2 < len(n.toks); j += 2 {
		sep, next := &n.toks[j+1], &n.toks[j+2]
		if !(sep.kind == tokPunct && (sep.punct == '、' || sep.punct == ',') || sep.has(roleLead)) || next.kind != tokNum {
			break
		}
		if a, b := n.toks[j].num.Unit, next.num.Unit; a != b && a != figure.None {
			break
		}
		out = append(out, j+2)
	}
	if len(out) != want || want < 2 {
		return nil
	}
	return out
}

// slotSubjects gives what parallel slots speak of: the names said before 分别,
// or the parts of the list just told.
func (n *narrator) slotSubjects(c *clause) []about {
	switch {
	case len(c.parallel) > 0:
		return c.parallel
	case (c.separate || c.each) && len(c.abouts) >= 2:
		return append([]about{}, c.abouts[len(c.abouts)-min(c.glued, len(c.abouts)):]...)
	case c.separate && len(c.abouts) == 0 && len(n.lists) > 0 && (c.share || c.dir != nil):
		var out []about
		for _, it := range n.lists[len(n.lists)-1].items {
			out = append(out, it.of)
		}
		return out
	}
	return nil
}

// quantity reads one number. slot, when not nil, is the subject of a parallel slot.
func (n *narrator) quantity(p *passage, c *clause, i int, num figure.Token, slot *about, k int) {
	t := &n.toks[i]
	a, sure := n.resolve(c)
	if slot != nil {
		a, sure = *slot, true
	}
	missing := num.UnitCut
	kind := num.Unit.Kind()
	if kind == figure.Bare {
		num.Unit = n.demanded(p, c, i, a)
		if num.Unit == figure.None {
			return // a number that measures nothing we know
		}
		missing = num.Coef != 0 || num.Unit == figure.Percent
		kind = num.Unit.Kind()
	}
	f := report.Figure{Figure: num.Figure, Table: -1, Row: -1, Col: -1, Section: n.key,
		UnitMissing: missing, Excerpt: p.around(t.start, t.end, 20), Place: p.place(n.r, t.start, t.end)}
	f.Block, f.Start = p.at(t.start)
	c.numbers++
	c.passage++
	switch {
	case c.why && n.behindReason(c, i, f, sure):
		c.why = false
		n.amount(p, c, t, f, n.subject, false, k, false)
	case c.why:
		n.inReason(p, c, t, f, a, sure)
	case kind == figure.Rate:
		n.rate(p, c, t, f, a, sure, k, slot != nil)
	default:
		n.amount(p, c, t, f, a, sure, k, slot != nil)
	}
}

// demanded says which unit the context demands of a bare number.
func (n *narrator) demanded(p *passage, c *clause, i int, a about) figure.Unit {
	t := &n.toks[i]
	switch {
	case c.why, !strings.Contains(p.s, "元"), !n.said(p, i):
		return figure.None // a number among others: a table that lost its lines
	case c.share, c.done, c.variance:
		return figure.Percent
	case c.dir != nil && c.open >= 0 && n.r.Changes[c.open].Delta != report.None && n.r.Changes[c.open].Rate == report.None && len(c.abouts) == 0 && t.num.Decimals > 0:
		return figure.Percent
	case i > 0 && n.toks[i-1].kind == tokConcept && a.unit == figure.Yuan,
		i > 0 && n.toks[i-1].kind == tokSubject,
		i > 0 && n.toks[i-1].kind == tokWord && n.toks[i-1].period != nil && !c.baseRuns && a.unit.Kind() == figure.Money,
		i > 1 && p.s[n.toks[i-1].start:n.toks[i-1].end] == "为" && a.unit.Kind() == figure.Money && !a.none():
		return figure.WanYuan
	}
	return figure.None
}

// said reports that a bare number stands in a sentence: behind it comes a
// stop, a comma or a word of a clause, not the next cell of a table.
func (n *narrator) said(p *passage, i int) bool {
	if i+1 >= len(n.toks) {
		return true
	}
	next := &n.toks[i+1]
	if next.kind == tokPunct && next.punct != '。' && next.punct != ';' && next.end < len(p.s) {
		return p.s[next.end] < '0' || p.s[next.end] > '9'
	}
	return next.kind == tokPunct || next.kind == tokWord && next.roles&^roleAmount != 0
}

// put adds the figure to the report when the section's rule lets it in.
func (n *narrator) put(f report.Figure) report.ID {
	known := f.Fact.Measure != report.NotUnderst
	f.UnitMissing = f.UnitMissing && known
	switch n.figures() {
	case "计数":
		if !known || f.Unit.Kind() != figure.Count {
			return report.None
		}
	case "识别":
		if !known && f.Unit.Kind() == figure.Count {
			return report.None
		}
	}
	return n.r.Add(f)
}

// behindReason reports “…是厉行节约,与上年相比减少2万元”: a change that follows a
// reason, of what the reason was about and not of something within it.
func (n *narrator) behindReason(c *clause, i int, f report.Figure, sure bool) bool {
	if sure || !c.hasBase || c.dir == nil || f.Unit.Kind() != figure.Money || n.subject.unit.Kind() != figure.Money || i == 0 || n.toks[i-1].start != c.dirTok.start {
		return false
	}
	base := n.basePeriod(c)
	for k := len(n.changes) - 1; k >= 0; k-- {
		if ch := &n.r.Changes[n.changes[k]]; ch.Base == base && same(n.aboutFact(ch.Fact), n.subject) && n.frame.passage == n.passages {
			return false // that change is told already: this is a part of it
		}
	}
	return true
}

// inReason reads a number inside a reason: only a change of something the
// reason itself names is understood.
func (n *narrator) inReason(p *passage, c *clause, t *token, f report.Figure, a about, sure bool) {
	if f.Unit.Kind() == figure.Money && c.dir != nil && sure && !a.none() && a.unit.Kind() == figure.Money && c.dirTok.start > 0 {
		base := n.basePeriod(c)
		f.Fact = n.fact(a, report.Delta, report.ThisYear, base)
		id := n.put(f)
		if id != report.None {
			n.change(p, c, report.Change{Fact: n.fact(a, report.Level, report.ThisYear, ""), Base: base,
				Now: report.None, Before: report.None, Delta: id, Rate: report.None, Direction: way(c.dir),
				DirWords: p.words(n.r, c.dirTok.start, c.dirTok.end), Words: n.sentenceWords(p, t.start)})
			n.r.Changes[len(n.r.Changes)-1].Now = report.None
			c.open = -1
		}
	} else {
		n.put(f)
	}
	c.lead = newLead()
}

// amount reads a sum of money or a count.
func (n *narrator) amount(p *passage, c *clause, t *token, f report.Figure, a about, sure bool, k int, slot bool) {
	count := f.Unit.Kind() == figure.Count
	if sure && a.unit != "" && (a.unit.Kind() == figure.Count) != count {
		for k := len(c.abouts) - 1; k >= 0; k-- { // the nearest name of this kind
			if b := c.abouts[k]; b.unit != "" && (b.unit.Kind() == figure.Count) == count {
				a = b
				break
			}
		}
	}
	if sure && a.unit != "" && (a.unit.Kind() == figure.Count) != count || !sure && a.unit != "" && (a.unit.Kind() == figure.Count) != count {
		a, sure = about{}, false // the name is of another kind of quantity
		if !count && n.subject.unit.Kind() == figure.Money {
			a = n.subject // 购置公务用车5辆,预算x万元
		}
	}
	ruled := false
	if count && c.dir == nil || !count && !sure && c.dir == nil && !c.baseRuns && !c.done {
		if b := n.countName(p, n.from, t.start, t.end, f.Unit); !b.none() {
			a, sure, ruled = b, true, true
		}
	}
	if n.figures() == "识别" && !ruled && !strings.Contains(a.name, "绩效") && !strings.Contains(a.name, "整体") {
		a, sure = about{}, false // projects are spoken of, not the unit's money
	}
	if !sure && count && c.dir == nil {
		a = about{}
	}
	next := newLead()
	switch {
	case c.mute && !sure && c.dir == nil && !c.baseRuns && c.kind == "":
		c.lastID = n.put(f)
	case c.gap && !a.none():
		n.gapAmount(p, c, t, f, a)
	case c.cmp != nil && !a.none():
		n.cmpAmount(p, c, t, f, a, sure)
	case c.dir != nil && !a.none():
		n.delta(p, c, t, f, a, sure, k, slot)
	case c.baseRuns && !a.none():
		// the base printed with its value: 比上年B万元
		base := n.period(c.bYear, c.bKind)
		f.Fact = n.fact(a, report.Level, base, "")
		id := n.put(f)
		c.before, c.lastID = id, id
		n.say(id, a, base)
		next.hasBase, next.bYear, next.bKind = true, c.bYear, c.bKind
		next.abouts, next.glued = c.abouts, c.glued
	case c.done && !a.none():
		base := n.period(c.year, c.kind)
		if base == report.ThisYear {
			base = report.PlainBudget
		}
		f.Fact = n.fact(a, report.Level, base, "")
		id := n.put(f)
		n.say(id, a, base)
		next.done, next.budget, next.year, next.kind = true, id, c.year, c.kind
		c.lastID = id
	case c.share && !c.whole.none():
		f.Fact = n.fact(c.whole, report.Level, report.ThisYear, "")
		id := n.put(f)
		next.share, next.whole, next.wholeID = true, c.whole, id
		c.lastID = id
	case !sure && c.year == "上年" && c.kind == "" && c.open >= 0 && c.lastID == n.r.Changes[c.open].Delta && n.r.Changes[c.open].Before == report.None && t.start > 0 && strings.LastIndex(p.s[:t.start], "(") > strings.LastIndex(p.s[:t.start], ")"):
		// 增加D万元(上年仅B万元)
		ch := &n.r.Changes[c.open]
		f.Fact = n.fact(n.aboutFact(ch.Fact), report.Level, ch.Base, "")
		ch.Before = n.put(f)
	case a.none() || !sure && c.kind == "" && c.year == "":
		c.lastID = n.put(f)
	case !sure && c.kind == "" && c.passage > 1:
		c.lastID = n.put(f)
	default:
		if ruled || count {
			c.kind = "" // 涉及预算金额, 所属预算单位
		}
		n.level(p, c, t, f, a)
	}
	c.lead = next
}

// level reads a value.
func (n *narrator) level(p *passage, c *clause, t *token, f report.Figure, a about) {
	period := n.period(c.year, c.kind)
	f.Fact = n.fact(a, report.Level, period, "")
	id := n.put(f)
	c.lastID = id
	if id == report.None {
		return
	}
	if c.open >= 0 && !n.sameAs(c.open, a) {
		c.open = -1
	}
	n.say(id, a, period)
	if len(n.lists) > 0 && n.lists[len(n.lists)-1].bracket && period == report.ThisYear {
		n.item(a, id)
		return // a remark does not change what the clause speaks of
	}
	if f.Unit.Kind() == figure.Money || n.subject.unit.Kind() != figure.Money {
		n.subject = a
	}
	if period != report.ThisYear {
		// A base told behind the change: “(上年预算数为0万元,…)”.
		if k := len(n.r.Changes) - 1; k >= 0 && n.r.Changes[k].Before == report.None && n.r.Changes[k].Base == period && n.sameAs(k, a) && n.r.Changes[k].Words.Block == f.Block {
			n.r.Changes[k].Before = id
		}
		return
	}
	c.part = id
	n.lastLevel = len(n.levels) - 1
	if !n.item(a, id) && n.main.none() && f.Unit.Kind() == figure.Money && n.listless(a) {
		n.main = a
	}
	if k := n.subjectOpen; k >= 0 && k < len(n.r.Subjects) && a.said != "" {
		n.r.Subjects[k].Amount = id
		n.subjectOpen = -1
	}
}

// listless reports that a may be the section's own total.
func (n *narrator) listless(a about) bool {
	if n.topic.none() || n.topic.name == a.name {
		return true
	}
	return a.fn == "" && !n.kin.part(n.topic, a)
}

// say remembers a value of the section.
func (n *narrator) say(id report.ID, a about, period report.Period) {
	if id == report.None {
		return
	}
	n.levels = append(n.levels, level{id: id, of: a, period: period, passage: n.passages, sentence: n.sentence})
}

// delta reads the amount of a change.
func (n *narrator) delta(p *passage, c *clause, t *token, f report.Figure, a about, sure bool, k int, slot bool) {
	if !sure {
		a = n.changed(a)
	}
	base := n.basePeriod(c)
	if base == "" {
		base = n.saidBase(a)
	}
	if base == "" && !sure {
		c.lastID = n.put(f) // “增加部门预算x万元”: nothing to compare with
		return
	}
	f.Fact = n.fact(a, report.Delta, report.ThisYear, base)
	id := n.put(f)
	c.lastID = id
	if id == report.None {
		return
	}
	ch := report.Change{Fact: n.fact(a, report.Level, report.ThisYear, ""), Base: base, Now: report.None, Before: c.before,
		Delta: id, Rate: report.None, Direction: way(c.dir), DirWords: p.words(n.r, c.dirTok.start, c.dirTok.end),
		Words: n.sentenceWords(p, t.start)}
	at := n.change(p, c, ch)
	if slot {
		c.slots = append(c.slots, at)
	}
	c.open = at
	if c.hasBase {
		c.base = base
	}
	c.before = report.None
	n.itemDelta(a, base, id, at)
	n.subject = a
}

// saidBase is the period of another value of a told in this sentence:
// “2022年8万元,2023年10万元,增加2万元”.
func (n *narrator) saidBase(a about) report.Period {
	for k := len(n.levels) - 1; k >= 0 && n.levels[k].sentence == n.sentence; k-- {
		if l := &n.levels[k]; same(l.of, a) && l.period != report.ThisYear {
			return l.period
		}
	}
	return ""
}

// rate reads a percentage or a multiple.
func (n *narrator) rate(p *passage, c *clause, t *token, f report.Figure, a about, sure bool, k int, slot bool) {
	switch {
	case a.unit.Kind() == figure.Count && (c.variance || c.done):
		n.put(f)
	case c.variance && !a.none():
		n.completion(p, c, t, f, a, true)
	case c.share:
		n.share(p, c, t, f, a, sure)
	case c.done && !a.none():
		n.completion(p, c, t, f, a, false)
	case c.dir != nil:
		n.growth(p, c, t, f, a, sure, k, slot)
	case t.start > 0 && p.s[t.start-1] == '(' && c.open >= 0 && n.r.Changes[c.open].Rate == report.None && c.lastID == n.r.Changes[c.open].Delta:
		// 减少5万元(3%)
		f.Fact = n.r.Changes[c.open].Fact
		f.Fact.Measure, f.Fact.Base = report.Growth, n.r.Changes[c.open].Base
		n.r.Changes[c.open].Rate = n.put(f)
	default:
		n.put(f)
	}
	c.lead = newLead()
}

// swapped mends “比上年D万元,增加P%”, where the word of change slipped behind
// the amount: a base that cannot be one, but is the change the rate tells.
func (n *narrator) swapped(ch *report.Change, rate figure.Figure) {
	now, before := n.r.Get(ch.Now), n.r.Get(ch.Before)
	if now == nil || before == nil || ch.Delta != report.None || before.Value().Sign() <= 0 {
		return
	}
	diff := now.Value().Sub(before.Value()).Abs()
	said, ok := diff.Quo(before.Value())
	if !ok || said.Cmp(rate.Value().Abs().Mul(figure.Int(10)).Add(figure.Int(1))) < 0 {
		return // the base is possible
	}
	for _, old := range []figure.Number{now.Value().Sub(before.Value()), now.Value().Add(before.Value())} {
		if r, ok := before.Value().Quo(old); ok && r.Abs().Sub(rate.Value().Abs()).Abs().Cmp(figure.Dec(1, 4)) <= 0 {
			ch.Delta, ch.Before = ch.Before, report.None
			ch.Direction, ch.DirWords = ch.RateDirection, ch.RateWords
			before.Fact.Measure, before.Fact.Period, before.Fact.Base = report.Delta, report.ThisYear, ch.Base
			return
		}
	}
}

// growth reads the rate of a change.
func (n *narrator) growth(p *passage, c *clause, t *token, f report.Figure, a about, sure bool, k int, slot bool) {
	at := -1
	switch {
	case slot && k < len(c.slots):
		at = c.slots[k]
	case c.open >= 0 && n.r.Changes[c.open].Rate == report.None && (!sure || n.sameAs(c.open, a)) && (!c.hasBase || n.basePeriod(c) == n.r.Changes[c.open].Base):
		at = c.open
	}
	if at >= 0 {
		ch := &n.r.Changes[at]
		f.Fact = ch.Fact
		f.Fact.Measure, f.Fact.Base = report.Growth, ch.Base
		id := n.put(f)
		ch = &n.r.Changes[at]
		ch.Rate, ch.RateDirection, ch.RateWords = id, way(c.dir), p.words(n.r, c.dirTok.start, c.dirTok.end)
		return
	}
	if a.none() || !c.hasBase && !sure && n.saidBase(a) == "" {
		n.put(f)
		return
	}
	if !sure {
		a = n.changed(a)
	}
	base := n.basePeriod(c)
	if base == "" {
		base = n.saidBase(a)
	}
	f.Fact = n.fact(a, report.Growth, report.ThisYear, base)
	id := n.put(f)
	if id == report.None {
		return
	}
	defer func() {
		if c.open >= 0 && c.open < len(n.r.Changes) {
			n.swapped(&n.r.Changes[c.open], f.Figure)
		}
	}()
	c.open = n.change(p, c, report.Change{Fact: n.fact(a, report.Level, report.ThisYear, ""), Base: base, Now: report.None, Before: c.before,
		Delta: report.None, Rate: id, RateDirection: way(c.dir), RateWords: p.words(n.r, c.dirTok.start, c.dirTok.end), Words: n.sentenceWords(p, t.start)})
	c.before = report.None
	if c.hasBase {
		c.base = base
	}
}
