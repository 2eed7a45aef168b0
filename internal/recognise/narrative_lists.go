package recognise

import (
	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// list is an open list of parts.
type list struct {
	whole   report.ID
	of      about
	delta   report.ID     // a change of the whole whose parts may be told too
	base    report.Period // of that change
	items   []item
	ways    []int // the ways of dividing the whole that all items are of
	deltas  []report.ID
	moved   map[string]bool // parts whose change was told, or that are level
	some    bool            // 主要是, 含: not all parts
	full    bool            // 按功能分类: all parts
	semi    bool            // a ; stands between the parts
	told    bool            // a part had its own change
	bracket bool
	ended   bool // a full stop closed the parts of an inline list
	inline  int  // the passage it began in, while the parts stand there too
	last    int  // the passage of the last part
	start   int
}

type item struct {
	of   about
	id   report.ID
	rate *figure.Figure
}

func (l *list) has(id report.ID) bool {
	for _, it := range l.items {
		if it.id == id && id != report.None {
			return true
		}
	}
	return false
}

// startList opens the list that 其中 or 包括 announces.
func (n *narrator) startList(p *passage, c *clause, t *token) {
	c.full = c.full || t.has(roleFull)
	if !t.has(roleList) {
		if !t.has(roleFull) {
			return
		}
		// Another way to divide the whole of the list before: 按支出用途分类,…
		if len(n.lists) > 0 && len(n.lists[0].items) > 0 {
			n.again(0)
		}
		return
	}
	if c.why || n.lastLevel < 0 && c.open < 0 {
		return
	}
	l := &list{whole: report.None, delta: report.None, some: t.has(roleSome), full: c.full, last: n.passages, inline: n.passages, start: t.start}
	if c.hint != "" && len(n.lists) > 0 && len(n.lists[0].items) > 0 {
		n.again(0) // 收入包括:…。支出包括:…
	}
	if n.lastLevel >= 0 {
		v := n.levels[n.lastLevel]
		l.whole, l.of = v.id, v.of
	}
	// A change told last is a whole as well: 比上年减少5万元,其中:…
	at := c.open
	if at < 0 && n.frame.passage == n.passages && n.frame.change >= 0 {
		at = n.frame.change
	}
	if at >= 0 && at < len(n.r.Changes) && n.r.Changes[at].Delta != report.None {
		ch := &n.r.Changes[at]
		a := n.aboutFact(ch.Fact)
		if l.whole == report.None || !same(a, l.of) && ch.Delta > l.whole {
			l.whole, l.of = ch.Now, a
		}
		if same(a, l.of) {
			l.delta, l.base = ch.Delta, ch.Base
		}
	}
	// The parts of a part: keep the lists it is an item of.
	keep := 0
	for k := len(n.lists) - 1; k >= 0; k-- {
		if n.lists[k].has(l.whole) {
			keep = k + 1
			break
		}
	}
	n.closeLists(keep)
	n.lists = append(n.lists, l)
	if !l.of.none() {
		n.subject = l.of
	}
	c.open, c.before = -1, report.None
	if l.delta != report.None {
		c.base = l.base
	}
	c.full = false
	full := c.lead.separate
	abouts, glued := c.abouts, c.glued
	c.lead = newLead()
	if full {
		c.separate, c.abouts, c.glued = true, abouts, glued
	}
}

// again makes the whole of list k what the next list divides.
func (n *narrator) again(k int) {
	l := n.lists[k]
	n.closeLists(k)
	for i := range n.levels {
		if n.levels[i].id == l.whole && l.whole != report.None {
			n.lastLevel = i
			n.subject = l.of
		}
	}
}

// item adds a value to the innermost list it is a part of.
func (n *narrator) item(a about, id report.ID) bool {
	for k := len(n.lists) - 1; k >= 0; k-- {
		l := n.lists[k]
		if l.whole == id || l.ended && l.inline == n.passages {
			continue
		}
		ways := n.kin.waysOf(l.of, a)
		if len(ways) == 0 && len(l.items) == 0 && l.inline == n.passages && !l.bracket {
			ways = n.rewhole(l, a) // 车辆10辆,价值90.00万元,其中:…车2辆
		}
		if len(l.items) > 0 {
			ways = common(l.ways, ways)
		}
		if len(ways) == 0 || n.passages-l.last > 1 && !n.codedItem(l, a) {
			continue
		}
		for _, it := range l.items {
			if same(it.of, a) {
				n.closeLists(k) // told a second time: another list
				return false
			}
		}
		n.closeLists(k + 1)
		l.items = append(l.items, item{of: a, id: id})
		l.ways = ways
		l.last = n.passages
		if l.inline != n.passages {
			l.inline = -1
		}
		return true
	}
	if len(n.lists) > 0 && !n.lists[len(n.lists)-1].bracket {
		n.closeLists(0)
	}
	return false
}

// rewhole finds another value of the sentence that a is a part of, when the
// one right before the list cannot be its whole.
func (n *narrator) rewhole(l *list, a about) []int {
	for k := len(n.levels) - 1; k >= 0 && n.levels[k].sentence == n.sentence; k-- {
		v := &n.levels[k]
		if ways := n.kin.waysOf(v.of, a); len(ways) > 0 && v.period == report.ThisYear {
			l.whole, l.of = v.id, v.of
			l.delta, l.base = report.None, ""
			return ways
		}
	}
	return nil
}

// common gives the numbers of a that b has too.
func common(a, b []int) []int {
	var out []int
	for _, x := range a {
		for _, y := range b {
			if x == y {
				out = append(out, x)
			}
		}
	}
	return out
}

// codedItem reports that a list of 科目 goes on, whatever stands between.
func (n *narrator) codedItem(l *list, a about) bool {
	return a.said != "" && len(l.items) > 0 && l.items[0].of.said != "" && (a.fn == "" || len(l.items[0].of.fn) == len(a.fn))
}

// itemRate notes the share printed for a part.
func (n *narrator) itemRate(id report.ID, f figure.Figure) {
	for k := len(n.lists) - 1; k >= 0; k-- {
		for i := range n.lists[k].items {
			if n.lists[k].items[i].id == id {
				n.lists[k].items[i].rate = &f
				return
			}
		}
	}
}

// itemDelta notes the change of a part of an open list.
func (n *narrator) itemDelta(a about, base report.Period, id report.ID, at int) {
	for k := len(n.lists) - 1; k >= 0; k-- {
		l := n.lists[k]
		if !n.kin.part(l.of, a) {
			continue
		}
		l.told = true
		if l.delta != report.None && l.base == base {
			l.move(a)
			l.deltas = append(l.deltas, id)
		}
		return
	}
}

// itemFlat notes a part that did not change. One that is 基本持平 (roughly) may
// have changed by what print does not show: the changes need not add up then.
func (n *narrator) itemFlat(a about, base report.Period, roughly bool) {
	for k := len(n.lists) - 1; k >= 0; k-- {
		l := n.lists[k]
		if n.kin.part(l.of, a) {
			l.told = true
			if l.delta != report.None && l.base == base && !roughly {
				l.move(a)
			}
			return
		}
	}
}

func (l *list) move(a about) {
	if l.moved == nil {
		l.moved = map[string]bool{}
	}
	l.moved[taxonomy.FoldName(a.name)] = true
}

func (n *narrator) closeBrackets() {
	for k := len(n.lists) - 1; k >= 0 && n.lists[k].bracket; k-- {
		n.closeLists(k)
	}
}

// closeLists closes the lists from depth k on and writes their sums.
func (n *narrator) closeLists(k int) {
	if k < 0 {
		k = 0
	}
	for len(n.lists) > k {
		l := n.lists[len(n.lists)-1]
		n.lists = n.lists[:len(n.lists)-1]
		n.sum(l)
	}
}

// sum writes the sums of a closed list.
func (n *narrator) sum(l *list) {
	words := func(id report.ID) report.Words {
		f := n.r.Get(id)
		return report.Words{Text: f.Excerpt, Block: f.Block, Start: f.Start, Place: f.Place}
	}
	if l.whole != report.None && len(l.items) > 0 {
		s := report.Sum{Whole: l.whole, All: n.all(l), Words: words(l.whole)}
		for _, it := range l.items {
			s.Parts = append(s.Parts, it.id)
		}
		n.r.Sums = append(n.r.Sums, s)
	}
	if l.delta != report.None && len(l.deltas) > 0 {
		n.r.Sums = append(n.r.Sums, report.Sum{Whole: l.delta, Parts: l.deltas, Deltas: true,
			All: !l.some && n.kin.whole(l.of.name, l.moved), Words: words(l.delta)})
	}
}

// all reports that a list can be trusted to name every part: it names all the
// parts its whole has, its shares add to 100, or it says so.
func (n *narrator) all(l *list) bool {
	if l.some || len(l.items) < 2 {
		return false
	}
	names, rated, coded := map[string]bool{}, 0, 0
	sum := figure.Int(0)
	for _, it := range l.items {
		names[taxonomy.FoldName(it.of.name)] = true
		if it.rate != nil {
			rated++
			sum = sum.Add(it.rate.Value())
		}
		if it.of.said != "" {
			coded++
		}
	}
	if rated == len(l.items) {
		d := sum.Sub(figure.Int(1)).Abs()
		return d.Cmp(figure.Ratio(1, 100)) <= 0
	}
	if coded == len(l.items) {
		return l.full
	}
	return coded == 0 && n.kin.whole(l.of.name, names)
}
