package recognise

import (
	"strings"
	"unicode/utf8"

	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// claims reads what a passage says besides numbers: lists of names, empty
// tables, counts of things it lists.
func (n *narrator) claims(p *passage, mode string) {
	if mode == "全部" {
		n.nameLists(p)
	}
	for from := 0; from < len(p.s); {
		end := len(p.s)
		if k := strings.Index(p.s[from:], "。"); k >= 0 {
			end = from + k
		}
		if mode == "全部" || mode == "识别" {
			n.emptyClaim(p, from, end)
		}
		if mode != "无" {
			n.countClaim(p, from, end)
		}
		from = end + len("。")
	}
}

// emptyClaim reads 无…收入和支出 and …为空表.
func (n *narrator) emptyClaim(p *passage, from, end int) {
	s := p.s[from:end]
	if strings.ContainsAny(s, "0123456789") {
		// Only years may stand in it.
		for _, t := range figure.Scan(s) {
			if t.Unit != figure.Year {
				return
			}
		}
	}
	empty := false
	for _, w := range n.tax.Phrases.Cues["空"] {
		empty = empty || strings.Contains(s, w)
	}
	for _, cl := range n.tax.Phrases.Claims {
		for _, w := range cl.Words {
			at := strings.Index(s, w)
			if at < 0 {
				continue
			}
			said := empty
			for _, no := range n.tax.Phrases.Cues["无"] {
				// 无 must stand right before what there is none of.
				if k := strings.LastIndex(s[:at], no); k >= 0 && utf8.RuneCountInString(s[k+len(no):at]) <= 6 && !strings.Contains(s[k:at], ",") {
					said = said || strings.Contains(s[at:], "收") || strings.Contains(s[at:], "支") || strings.Contains(s[at:], "经费")
				}
			}
			if said && !n.instructs(s) {
				n.r.EmptyClaims = append(n.r.EmptyClaims, report.EmptyClaim{Table: cl.Table, Words: p.words(n.r, from, end)})
			}
			return
		}
	}
}

// instructs reports a template's instruction to its filler, left in the text.
func (n *narrator) instructs(s string) bool {
	for _, w := range n.tax.Phrases.Cues["填写要求"] {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// nameLists reads 人员经费x万元,主要包括:基本工资、津贴补贴….
func (n *narrator) nameLists(p *passage) {
	for i := range n.toks {
		t := &n.toks[i]
		if t.kind != tokConcept || t.concept.Name != "人员经费" && t.concept.Name != "公用经费" {
			continue
		}
		// The cue follows within the clause, after the amount.
		for j := i + 1; j < len(n.toks) && j < i+12; j++ {
			u := &n.toks[j]
			if u.kind == tokConcept && (u.concept.Name == "人员经费" || u.concept.Name == "公用经费") || u.kind == tokPunct && u.punct == ';' {
				break
			}
			if !u.has(roleNaming) {
				continue
			}
			n.nameList(p, t.concept.Name, t.start, u.end)
			break
		}
	}
}

// nameList reads the names from byte i on, up to ; or 。.
func (n *narrator) nameList(p *passage, concept string, start, i int) {
	if strings.HasPrefix(p.s[i:], ":") {
		i++
	}
	end := len(p.s)
	if k := strings.IndexAny(p.s[i:], ";。"); k >= 0 {
		end = i + k
	}
	l := report.NameList{Concept: concept, Words: p.words(n.r, start, end)}
	depth, from := 0, i
	add := func(to int) {
		name := p.s[from:to]
		lead := len(name) - len(strings.TrimLeft(name, ",和及“"))
		name = strings.Trim(name, ",和及“”")
		if k := strings.Index(name, "等"); k > 0 && !strings.HasSuffix(name, "等级") {
			if rest := name[k+len("等"):]; rest == "" || rest == "支出" || rest == "方面" || rest == "方面支出" || rest == "费用" {
				name = name[:k]
				l.Open = true
			}
		}
		if name == "" || utf8.RuneCountInString(name) > 30 {
			return
		}
		l.Names = append(l.Names, name)
		l.Places = append(l.Places, p.words(n.r, from+lead, from+lead+len(name)))
	}
	for k := i; k < end; {
		r, w := utf8.DecodeRuneInString(p.s[k:])
		switch {
		case r == '(':
			depth++
		case r == ')' && depth > 0:
			depth--
		case (r == '、' || r == ',') && depth == 0:
			add(k)
			from = k + w
		}
		k += w
	}
	add(end)
	if len(l.Names) > 1 {
		n.r.NameLists = append(n.r.NameLists, l)
	}
}

// countClaim reads 下设6个科室,分别是:文秘科、信息科….
func (n *narrator) countClaim(p *passage, from, end int) {
	s := p.s[from:end]
	for _, t := range figure.Scan(s) {
		if t.Unit != figure.Item && t.Unit != figure.Firm || t.Decimals > 0 || t.Coef < 2 || t.Coef > 200 {
			continue
		}
		rest := s[t.End:]
		cue := -1
		for _, w := range n.tax.Phrases.Cues["名单"] {
			if k := strings.Index(rest, w); k >= 0 && k < 60 && (cue < 0 || k < cue) {
				cue = k + len(w)
			}
		}
		if cue < 0 || strings.ContainsAny(rest[:cue], "0123456789;") {
			continue
		}
		names := strings.TrimLeft(rest[cue:], ":,")
		// Only a plain list of names: no numbers, no further clauses.
		if strings.ContainsAny(names, "0123456789") {
			continue
		}
		if k := strings.Index(names, ";"); k >= 0 {
			names = names[:k]
		}
		listed := split(names)
		if len(listed) < 2 {
			continue
		}
		at := from + t.Start
		block, off := p.at(at)
		id := report.None
		for k := len(n.r.Figures) - 1; k >= 0 && n.r.Figures[k].Block >= block; k-- {
			if f := &n.r.Figures[k]; f.Table < 0 && f.Block == block && f.Start == off {
				id = report.ID(k)
			}
		}
		if id == report.None {
			f := report.Figure{Figure: t.Figure, Table: -1, Row: -1, Col: -1, Section: n.key, Block: block, Start: off,
				Excerpt: p.around(at, from+t.End, 20), Place: p.place(n.r, at, from+t.End)}
			f.Fact = n.fact(n.countName(p, from, at, from+t.End, t.Unit), report.Level, report.ThisYear, "")
			id = n.r.Add(f)
		}
		n.r.CountClaims = append(n.r.CountClaims, report.CountClaim{Stated: id, Listed: listed, Words: p.words(n.r, at, end)})
	}
}

// split cuts a list of names at 、 and , outside brackets; 和 and 及 before the
// last name count when commas stand before it.
func split(s string) []string {
	var out []string
	depth, from := 0, 0
	for k, r := range s {
		switch {
		case r == '(':
			depth++
		case r == ')' && depth > 0:
			depth--
		case (r == '、' || r == ',') && depth == 0:
			out = append(out, s[from:k])
			from = k + utf8.RuneLen(r)
		}
	}
	return append(out, s[from:])
}
