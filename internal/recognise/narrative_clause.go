package recognise

import (
	"strings"
	"unicode/utf8"

	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// lead is what stands before a number since the number before it.
type lead struct {
	abouts     []about  // concepts and 科目 named, in order
	glued      int      // how many of the last stand side by side: “收入总计、支出总计”
	kinds      []string // the kinds said side by side: 预算数、决算数
	year, kind string   // of the value's period: 本年 上年 他年; 决算 预算 年初预算 全年预算 执行

	hasBase      bool
	baseRuns     bool // the base phrase has not ended yet
	bYear, bKind string

	dir, cmp       *taxonomy.DirectionWord // 增加 …; 大于 小于 等于
	dirTok, cmpTok token

	share    bool
	whole    about     // what 占 names
	wholeID  report.ID // its value when printed: 占支出B万元的…
	done     bool
	budget   report.ID // the budget printed inside 完成预算B万元的…
	variance bool
	gap      bool
	each     bool
	separate bool
	hint     string // 收入 or 支出 said alone
}

func newLead() lead { return lead{wholeID: report.None, budget: report.None} }

// bare reports that nothing was said since the last number.
func (l *lead) bare() bool { return len(l.abouts) == 0 && !l.hasBase && l.dir == nil && l.hint == "" }

// clause is the state of the sentence being read.
type clause struct {
	lead
	open     int           // the change that a rate may still join, -1 none
	doneOpen int           // the completion said last, -1 none
	base     report.Period // base of the sentence, "" none
	before   report.ID     // a value printed with its base: 比上年B万元
	outside  []outside     // brackets that are open
	parallel []about       // the subjects of parallel slots
	slots    []int         // their changes
	part     report.ID     // the value a share speaks of
	why      bool          // inside a reason
	mute     bool          // inside a purpose
	full     bool          // 按功能分类: the list to come is a whole one
	lastID   report.ID     // of the number before
	numbers  int           // numbers of the sentence
	passage  int           // numbers of the passage
}

func newClause() *clause {
	return &clause{lead: newLead(), open: -1, doneOpen: -1, before: report.None, part: report.None, lastID: report.None}
}

// read reads one passage.
func (n *narrator) read(p *passage) {
	mode := n.figures()
	n.toks = n.lexPassage(p)
	n.from = 0
	n.sentence++
	if mode != "无" {
		// A paragraph without a number speaks of the section; behind an item
		// of one 科目 it goes on with the item.
		if !p.ordinal && n.subject.said == "" {
			n.subject = n.sectionSubject()
		}
		c := newClause()
		for i := 0; i < len(n.toks); i++ {
			i = n.step(p, c, i)
		}
		n.endSentence(p, c, len(p.s))
	}
	n.claims(p, mode)
}

// step reads the token at i and returns the last index it took.
func (n *narrator) step(p *passage, c *clause, i int) int {
	t := &n.toks[i]
	switch t.kind {
	case tokPunct:
		return n.punct(p, c, i)
	case tokNum:
		if !t.limit {
			return n.number(p, c, i)
		}
	case tokYear:
		// 2024年12月31日 and 2024年底 are days, not periods.
		rest := p.s[t.end:]
		if n.dayWord(rest) || i+1 < len(n.toks) && n.toks[i+1].kind == tokLabel && n.toks[i+1].num.Unit == figure.Month {
			return i
		}
		c.say(n.yearOf(int(t.num.Coef)), calendar)
	case tokConcept:
		switch {
		case c.baseRuns || c.mute:
		case c.share:
			c.whole = about{name: t.concept.Name, fund: t.concept.Fund}
		default:
			n.name(c, i, n.aboutConcept(t.concept))
		}
	case tokSubject:
		if c.why || c.baseRuns {
			return i
		}
		c.mute = false
		a := n.aboutSubject(t.subject)
		if c.share {
			c.whole = a
			return i
		}
		n.subjectFrame(p, t)
		n.name(c, i, a)
	case tokWord:
		if !t.has(roleShield) {
			n.word(p, c, i)
		}
	case tokText:
		if c.baseRuns {
			switch p.s[t.start:t.end] {
			case "的", "数", "度":
			default:
				c.baseRuns = false
			}
		}
	case tokLabel:
	}
	return i
}

// dayWord reports that a year is the start of a day: 2024年底.
func (n *narrator) dayWord(rest string) bool {
	for _, w := range n.tax.Phrases.Cues["年内"] {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	return false
}

// calendar marks a year said by its number.
const calendar = "年"

// say adds a piece of a period to the base or to the value's own.
func (c *clause) say(year, kind string) {
	y, k := &c.year, &c.kind
	if c.baseRuns {
		y, k = &c.bYear, &c.bKind
	}
	if year == "本年" && *y != "" && kind != calendar {
		year = "" // 2023年当年: the year that was named
	}
	if kind == calendar {
		kind = ""
	}
	if year != "" {
		*y = year
	}
	if kind != "" {
		*k = kind
		if !c.baseRuns {
			c.kinds = append(c.kinds, kind)
		}
	}
}

// yearOf names a calendar year relative to the fiscal year.
func (n *narrator) yearOf(y int) string {
	switch {
	case n.year == 0:
		return ""
	case y == n.year:
		return "本年"
	case y == n.year-1:
		return "上年"
	}
	return "他年"
}

// period puts year and kind together.
func (n *narrator) period(year, kind string) report.Period {
	budget := n.r.Kind == report.Budget
	switch {
	case year == "他年":
		return report.OtherYear
	case year == "上年" && (kind == "预算" || kind == "年初预算" || kind == "全年预算"):
		return report.LastBudget
	case year == "上年" && kind == "执行":
		return report.LastExecution
	case year == "上年":
		return report.LastYear
	case budget && kind != "执行":
		return report.ThisYear
	case budget && year == "":
		return report.LastExecution
	case kind == "年初预算":
		return report.InitialBudget
	case kind == "全年预算":
		return report.FullBudget
	case kind == "预算":
		return report.PlainBudget
	}
	return report.ThisYear
}

// basePeriod is the base of the lead, of the sentence, or of the open list.
func (n *narrator) basePeriod(c *clause) report.Period {
	if c.hasBase {
		return n.period(c.bYear, c.bKind)
	}
	if c.base != "" {
		return c.base
	}
	for k := len(n.lists) - 1; k >= 0; k-- {
		if n.lists[k].base != "" {
			return n.lists[k].base
		}
	}
	return ""
}

// punct handles a punctuation mark.
func (n *narrator) punct(p *passage, c *clause, i int) int {
	t := &n.toks[i]
	if t.punct != '(' && t.punct != ')' {
		c.baseRuns = false
	}
	switch t.punct {
	case '。', '!', '?':
		n.endSentence(p, c, t.start)
		n.from = t.end
		n.sentence++
	case ';':
		n.settle(p, c)
		n.topicOf(c, t.start)
		if !c.why && len(n.lists) > 0 {
			for _, l := range n.lists {
				l.semi = true
			}
		}
		why := c.why
		old := *c
		*c = *newClause()
		c.base, c.passage, c.parallel, c.slots = old.base, old.passage, old.parallel, old.slots
		if !why {
			n.closeLists(1)
		}
	case ':':
		if len(c.abouts) > 0 && !c.why && !c.share {
			n.subject = c.abouts[len(c.abouts)-1]
		}
		if c.hasBase && c.dir == nil {
			c.hasBase = false
		}
		c.dir = nil // 增减变化情况:
		// “总额60万元:货物10万元、…” is a list as well.
		if k := n.lastLevel; i > 0 && n.toks[i-1].kind == tokNum && k >= 0 && n.levels[k].id == c.lastID && !c.why {
			n.startList(p, c, &token{kind: tokPunct, start: t.start, end: t.end, entry: &entry{roles: roleList}})
		}
	case '(':
		return n.bracket(p, c, i)
	case ')':
		if k := len(c.outside) - 1; k >= 0 { // the clause goes on where it was before the bracket
			o := c.outside[k]
			c.outside = c.outside[:k]
			n.closeLists(o.lists)
			n.subject, n.lastLevel, c.part = o.subject, min(o.lastLevel, len(n.levels)-1), o.part
		}
	}
	return i
}

// outside is what a clause spoke of before a bracket.
type outside struct {
	subject   about
	lastLevel int
	part      report.ID
	lists     int
}

// bracket passes over a remark; a bracket with a quantity is read.
func (n *narrator) bracket(p *passage, c *clause, i int) int {
	for j := i + 1; j < len(n.toks) && j < i+60; j++ {
		t := &n.toks[j]
		if t.kind == tokNum && !t.limit || t.kind == tokPunct && (t.punct == '。' || t.punct == '(') {
			break
		}
		if t.kind == tokPunct && t.punct == ')' {
			return j
		}
	}
	if len(c.outside) < 8 {
		c.outside = append(c.outside, outside{n.subject, n.lastLevel, c.part, len(n.lists)})
	}
	if k := n.lastLevel; k >= 0 && strings.HasPrefix(p.s[n.toks[i].end:], "含") {
		l := n.levels[k]
		n.lists = append(n.lists, &list{whole: l.id, of: l.of, delta: report.None, some: true, bracket: true, last: n.passages, start: n.toks[i].start})
	}
	return i
}

// name notes a concept or 科目 the clause names.
func (n *narrator) name(c *clause, i int, a about) {
	if c.glued > 0 && n.joined(i) {
		c.glued++
	} else {
		c.glued = 1
	}
	c.abouts = append(c.abouts, a)
	c.hint = ""
	if c.numbers > 0 && c.open >= 0 && !n.sameAs(c.open, a) {
		c.open = -1
		c.before = report.None
	}
}

// joined reports that token i stands behind another name and 、 or 和.
func (n *narrator) joined(i int) bool {
	if i < 2 {
		return false
	}
	t, u := &n.toks[i-1], &n.toks[i-2]
	return (t.kind == tokPunct && t.punct == '、' || t.has(roleLead)) && (u.kind == tokConcept || u.kind == tokSubject)
}

// word handles a word of the phrase data.
func (n *narrator) word(p *passage, c *clause, i int) {
	t := &n.toks[i]
	e := t.entry
	text := p.s[t.start:t.end]
	if e.roles&roleYoY != 0 {
		c.hasBase, c.baseRuns, c.bYear, c.bKind = true, true, "上年", ""
		c.mute = false
		return
	}
	if e.roles&roleLead != 0 && n.startsBase(i) {
		c.hasBase, c.baseRuns, c.bYear, c.bKind = true, true, "", ""
		c.mute = false
		return
	}
	if c.why {
		switch {
		case e.dir != nil && !e.dir.Cmp && e.dir.Way != "平":
			c.baseRuns = false
			c.dir, c.dirTok = e.dir, *t
		case e.period != nil:
			c.say(e.period.Year, e.period.Kind)
		}
		return
	}
	if c.baseRuns && e.period == nil && e.roles&(roleTail|roleIn) != 0 {
		if e.roles&roleTail != 0 {
			c.baseRuns = false
		}
		return
	}
	switch {
	case e.roles&roleWhy != 0, e.roles&roleWhyWeak != 0 && c.bare() &&
		(c.open >= 0 || c.doneOpen >= 0 || t.start == n.from && n.frame.passage == n.passages):
		n.startReason(p, c, t)
		return
	case e.roles&(roleList|roleFull|roleSome) != 0 && !c.share && !c.done:
		n.startList(p, c, t)
	case e.roles&roleTo != 0:
		c.year, c.kind = "", "决算"
		return
	case e.roles&roleElse != 0:
		n.closeLists(0)
	case e.roles&roleFor != 0:
		n.settle(p, c)
		c.mute = true
		return
	case e.roles&roleAmid != 0:
		n.amid(c, t)
		return
	case e.roles&roleShare != 0 && !c.baseRuns:
		c.share, c.whole, c.wholeID = true, about{}, report.None
		return
	case e.roles&roleDone != 0 && !c.done:
		c.done, c.year, c.kind = true, "", ""
		if strings.HasPrefix(text, "为年初预算") {
			c.kind = "年初预算"
		}
		return
	}
	c.variance = c.variance || e.roles&roleVar != 0
	c.gap = c.gap || e.roles&roleGap != 0
	c.each = c.each || e.roles&roleEach != 0
	c.separate = c.separate || e.roles&roleSep != 0
	if e.dir != nil && !(c.mute && !c.hasBase) {
		if e.dir.Way == "变" && !e.dir.Cmp && !(i+1 < len(n.toks) && (n.toks[i+1].kind == tokNum || n.toks[i+1].kind == tokText && p.s[n.toks[i+1].start:n.toks[i+1].end] == "为")) {
			return
		}
		n.direction(p, c, t)
		return
	}
	if e.period != nil {
		c.say(e.period.Year, e.period.Kind)
		// 占年初预算的P% is a completion.
		if c.share && c.whole.none() && n.r.Kind != report.Budget && strings.HasSuffix(e.period.Kind, "预算") {
			c.share, c.done = false, true
		}
	}
	if (e.period != nil || e.roles&roleAmount != 0) && !c.baseRuns && !c.share && !c.mute && len(c.abouts) == 0 {
		if h := hintOf(text); h != "" {
			c.hint = h
		}
	}
}

// hintOf tells 收入 from 支出 in a word that names no concept.
func hintOf(w string) string {
	switch {
	case strings.Contains(w, "收入"):
		return "收入"
	case strings.Contains(w, "支出"):
		return "支出"
	}
	return ""
}

// startsBase reports that a period follows the lead word at i.
func (n *narrator) startsBase(i int) bool {
	for j := i + 1; j < len(n.toks) && j <= i+4; j++ {
		t := &n.toks[j]
		switch {
		case t.kind == tokYear, t.kind == tokWord && t.period != nil, t.kind == tokWord && t.roles&roleYoY != 0:
			return true
		case t.kind == tokWord && t.roles&roleIn != 0:
		default:
			return false
		}
	}
	return false
}

// amid handles “…支出决算中,”: what follows are parts of what is named.
func (n *narrator) amid(c *clause, t *token) {
	if len(c.abouts) == 0 || c.share || c.mute {
		return
	}
	a := c.abouts[len(c.abouts)-1]
	whole := report.None
	if l := n.find(a, report.ThisYear); l != nil {
		whole = l.id
	}
	n.closeLists(0)
	n.lists = append(n.lists, &list{whole: whole, of: a, delta: report.None, last: n.passages, start: t.start})
	n.subject = a
	c.lead = newLead()
}

// direction handles 增加, 持平, 大于 ….
func (n *narrator) direction(p *passage, c *clause, t *token) {
	c.baseRuns = false
	d := t.entry.dir
	if d.Cmp {
		c.cmp, c.cmpTok = d, *t
		c.year, c.kind = "", ""
		return
	}
	if d.Way == "平" {
		n.flat(p, c, t)
		return
	}
	c.dir, c.dirTok = d, *t
}

// settle makes what a comparison without a number says: 决算数小于预算数.
func (n *narrator) settle(p *passage, c *clause) {
	if c.cmp == nil {
		return
	}
	d, tok := c.cmp, c.cmpTok
	c.cmp = nil
	base := n.period(c.year, c.kind)
	switch base {
	case report.InitialBudget, report.FullBudget, report.PlainBudget:
		n.doneDirection(p, c, base, way(d), &tok)
	default:
	}
}

// way is the direction of a word.
func way(d *taxonomy.DirectionWord) report.Direction {
	switch d.Way {
	case "增":
		return report.Up
	case "减":
		return report.Down
	case "平":
		return report.Flat
	}
	return report.Unsaid
}

// topicOf takes a name without a number as what follows speaks of:
// “公务接待费。2024年预算数6万元”.
func (n *narrator) topicOf(c *clause, end int) {
	if c.numbers > 0 || len(c.abouts) == 0 || c.why || c.share {
		return
	}
	a, far := c.abouts[len(c.abouts)-1], 150
	if a.said != "" { // the names of 类, 款 and 项 may be long
		far = 450
	}
	if end-n.from < far {
		n.subject = a
	}
}

// endSentence closes a sentence at byte end of the passage.
func (n *narrator) endSentence(p *passage, c *clause, end int) {
	n.settle(p, c)
	n.topicOf(c, end)
	n.closeBrackets()
	passage := c.passage
	*c = *newClause()
	c.passage = passage
	for _, l := range n.lists {
		l.ended = l.ended || l.inline == n.passages && len(l.items) >= 2
	}
	// Behind an inline list the text speaks of its whole again.
	if len(n.lists) > 0 && !p.ordinal && n.lists[0].items != nil && n.lists[0].last == n.passages && n.lists[0].inline == n.passages {
		n.subject = n.lists[0].of
	}
}

// sentenceWords gives the sentence around a byte, up to its full stop.
func (n *narrator) sentenceWords(p *passage, at int) report.Words {
	end := len(p.s)
	if k := strings.Index(p.s[at:], "。"); k >= 0 {
		end = at + k
	}
	start := min(n.from, at)
	for end-start > 600 { // a sentence to be shown, not the paragraph
		_, w := utf8.DecodeLastRuneInString(p.s[start:end])
		end -= w
	}
	return p.words(n.r, start, end)
}
