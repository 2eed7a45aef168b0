package recognise

import (
	"sort"
	"strings"
	"unicode/utf8"

	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// role is what a word of the phrase data does in a clause; a word may have several.
type role uint32

const (
	roleLead    role = 1 << iota // 基数前: a base of comparison follows
	roleTail                     // 基数后
	roleYoY                      // 同比
	roleIn                       // 基数中
	roleShare                    // 占比
	roleDone                     // 完成
	roleVar                      // 差异
	roleGap                      // 差值
	roleList                     // 列举
	roleFull                     // 全列
	roleSome                     // 部分
	roleEach                     // 各
	roleSep                      // 分别
	roleAmid                     // 中
	roleWhy                      // 原因
	roleWhyWeak                  // 弱原因
	roleFor                      // 用途
	roleAmount                   // 数额词
	roleLimit                    // 阈值后
	roleNaming                   // 列名: names of 经济分类 follow
	roleTo                       // 增至: the value now follows
	roleElse                     // 另起: a list is over
	roleShield                   // 遮蔽: a phrase whose parts mean nothing: 预算单位
)

var roleNames = map[string]role{
	"基数前": roleLead, "基数后": roleTail, "同比": roleYoY, "基数中": roleIn, "占比": roleShare,
	"完成": roleDone, "差异": roleVar, "差值": roleGap, "列举": roleList, "全列": roleFull, "部分": roleSome,
	"各": roleEach, "分别": roleSep, "中": roleAmid, "原因": roleWhy, "弱原因": roleWhyWeak,
	"用途": roleFor, "数额词": roleAmount, "阈值后": roleLimit, "遮蔽": roleShield, "另起": roleElse, "增至": roleTo, "列名": roleNaming,
}

// entry is all that one word can mean.
type entry struct {
	roles   role
	dir     *taxonomy.DirectionWord
	period  *taxonomy.PeriodWord
	concept *taxonomy.Concept
}

// lexicon finds the words of the phrase data.
type lexicon struct {
	concepts *taxonomy.Concepts
	words    map[string]*entry
	lengths  map[rune][]int // by first rune: byte lengths of words, longest first
}

func newLexicon(tax *taxonomy.Taxonomy) *lexicon {
	x := &lexicon{concepts: &tax.Concepts, words: map[string]*entry{}, lengths: map[rune][]int{}}
	p := &tax.Phrases
	for i := range p.Directions {
		for _, w := range p.Directions[i].Words {
			x.entry(w).dir = &p.Directions[i]
		}
	}
	for i := range p.Periods {
		for _, w := range p.Periods[i].Words {
			x.entry(w).period = &p.Periods[i]
		}
	}
	for name, words := range p.Cues {
		for _, w := range words {
			x.entry(w).roles |= roleNames[name]
		}
	}
	for _, t := range p.Topics {
		c := tax.Concepts.ByName(t.Name)
		for _, w := range t.Words {
			if e := x.entry(w); c != nil {
				e.concept = c
			}
		}
	}
	for r, l := range x.lengths {
		sort.Sort(sort.Reverse(sort.IntSlice(l)))
		x.lengths[r] = l
	}
	return x
}

func (x *lexicon) entry(w string) *entry {
	e := x.words[w]
	if e == nil {
		e = &entry{}
		x.words[w] = e
		r, _ := utf8.DecodeRuneInString(w)
		for _, n := range x.lengths[r] {
			if n == len(w) {
				return e
			}
		}
		x.lengths[r] = append(x.lengths[r], len(w))
	}
	return e
}

// longest finds the longest word at the start of s.
func (x *lexicon) longest(s string) (*entry, int) {
	r, _ := utf8.DecodeRuneInString(s)
	for _, n := range x.lengths[r] {
		if n <= len(s) {
			if e := x.words[s[:n]]; e != nil {
				return e, n
			}
		}
	}
	return nil, 0
}

// tokKind is the kind of a token.
type tokKind int

const (
	tokText    tokKind = iota // a rune of no meaning here
	tokPunct                  // 。;,、:( )
	tokNum                    // a quantity
	tokYear                   // 2024年
	tokLabel                  // another number that measures nothing: 10号, 12月, an item number
	tokConcept                // a concept by one of its words
	tokSubject                // a 科目 by code or by (类)(款)(项)
	tokWord                   // a word of the phrase data
)

// token is a piece of a passage.
type token struct {
	kind       tokKind
	start, end int
	punct      rune
	num        figure.Token
	limit      bool // a threshold: 单价100万元以上
	concept    *taxonomy.Concept
	subject    *subject
	*entry
}

func (t *token) has(r role) bool { return t.entry != nil && t.roles&r != 0 }

// lexPassage cuts a passage into tokens.
func (n *narrator) lexPassage(p *passage) []token {
	s := p.s
	nums := figure.Scan(s)
	subs := n.subjects(p, nums)
	var out []token
	ni, si := 0, 0
	for i := 0; i < len(s); {
		for ni < len(nums) && nums[ni].Start < i {
			ni++
		}
		for si < len(subs) && subs[si].start < i {
			si++
		}
		if si < len(subs) && subs[si].start == i {
			out = append(out, token{kind: tokSubject, start: i, end: subs[si].end, subject: &subs[si]})
			i = subs[si].end
			continue
		}
		if ni < len(nums) && nums[ni].Start == i {
			t := n.numberToken(s, nums[ni])
			out = append(out, t)
			i = t.end
			ni++
			continue
		}
		if w := nothingAt(s[i:]); w > 0 {
			f := figure.Figure{Text: s[i : i+w], Unit: figure.Percent, Nil: true}
			out = append(out, token{kind: tokNum, start: i, end: i + w, num: figure.Token{Figure: f, Start: i, End: i + w}})
			i += w
			continue
		}
		r, w := utf8.DecodeRuneInString(s[i:])
		if strings.ContainsRune("。;,、:()!?", r) {
			out = append(out, token{kind: tokPunct, start: i, end: i + w, punct: r})
			i += w
			continue
		}
		e, ew := n.lex.longest(s[i:])
		c, cw := n.lex.concepts.Match(s[i:])
		if cw > 0 && cw <= len("工程") && c.Unit == figure.Yuan && n.key != "政府采购" {
			c, cw = nil, 0 // 工程 and 服务 are plain words elsewhere
		}
		if e != nil && e.concept != nil && ew >= cw && (ew > cw || e.period == nil || n.r.Kind == report.Budget) {
			c, cw = e.concept, ew
		}
		switch {
		case cw > 0 && (cw > ew || cw == ew && (e.period == nil || n.r.Kind == report.Budget)):
			out = append(out, token{kind: tokConcept, start: i, end: i + cw, concept: c})
			i += cw
		case ew > 0 && (e.roles != 0 || e.dir != nil || e.period != nil):
			out = append(out, token{kind: tokWord, start: i, end: i + ew, entry: e})
			i += ew
		default:
			if k := len(out) - 1; k >= 0 && out[k].kind == tokText {
				out[k].end = i + w
			} else {
				out = append(out, token{kind: tokText, start: i, end: i + w})
			}
			i += w
		}
	}
	return out
}

// nothingAt gives the length of a rate that is none: “--%”, “--(基数为0,不可比)”.
func nothingAt(s string) int {
	n := len(s) - len(strings.TrimLeft(s, "-"))
	if n < 2 {
		return 0
	}
	rated := strings.HasPrefix(s[n:], "%")
	if rated {
		n++
	}
	if strings.HasPrefix(s[n:], "(") {
		if k := strings.IndexByte(s[n:], ')'); k > 0 && k < 60 && strings.Contains(s[n:n+k], "基数") {
			return n + k + 1
		}
	}
	if rated {
		return n
	}
	return 0
}

// numberToken sorts quantities from numbers that measure nothing.
func (n *narrator) numberToken(s string, t figure.Token) token {
	out := token{kind: tokNum, start: t.Start, end: t.End, num: t}
	if t.Han {
		out.kind = tokLabel // 八项规定, 一个部门: counts are printed with digits
		return out
	}
	before, after := s[:t.Start], s[t.End:]
	prev, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	whole := t.Decimals == 0 && t.Coef >= 0
	switch {
	case t.Unit == figure.Year && t.Coef >= 1990 && t.Coef <= 2100:
		out.kind = tokYear
	case t.Unit.Kind() == figure.Label:
		out.kind = tokLabel
	case t.Unit == figure.None && whole && (next == '〕' || next == '】' || next == ']'):
		out.kind = tokLabel
	case t.Unit == figure.None && whole && t.Coef < 100 && (next == '.' || next == '、' || next == ')') &&
		(before == "" || strings.ContainsRune("。;:,(", prev)):
		// an item number in running text: “其中:1.事业收入”
		if after2 := after[1:]; next == ')' || after2 == "" || !(after2[0] >= '0' && after2[0] <= '9') {
			out.kind = tokLabel
		}
	case t.Unit == figure.None && whole && t.Coef >= 1990 && t.Coef <= 2100 && (next == '-' || prev == '-' || next == '—' || prev == '—'):
		out.kind = tokLabel
	case prev == '第' || strings.ContainsRune("+/", next) || strings.ContainsRune("+/", prev):
		out.kind = tokLabel
	}
	if t.Unit.Kind() == figure.Money {
		if e, w := n.lex.longest(after); w > 0 && e.roles&roleLimit != 0 {
			out.limit = true
		}
		for _, m := range []string{"(含)", "（含）"} {
			if rest, ok := strings.CutPrefix(after, m); ok {
				if e, w := n.lex.longest(rest); w > 0 && e.roles&roleLimit != 0 {
					out.limit = true
				}
			}
		}
	}
	return out
}
