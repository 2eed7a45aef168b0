package taxonomy

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// sentences_check.go holds every slot of a sentence to what exists, so that a
// wrong name is told at load, with file and line.

// scope is what a pattern may speak of besides concepts.
type scope int

const (
	inPlain  scope = iota
	inList         // the element of a list
	inPhrase       // two quantities
	inWord         // held to what it is used in
)

// patterns visits every pattern of the set, in the order of its keys.
func (s *SentenceSet) patterns(visit func(*Pattern, scope) error) error {
	var err error
	do := func(p *Pattern, sc scope) {
		if err == nil && p != nil {
			err = visit(p, sc)
		}
	}
	for i := range s.Cover {
		do(&s.Cover[i], inPlain)
	}
	for i := range s.Outline {
		do(&s.Outline[i].Title, inPlain)
	}
	for _, k := range slices.Sorted(maps.Keys(s.Words)) {
		p := s.Words[k]
		do(&p, inWord)
		s.Words[k] = p
	}
	for _, k := range slices.Sorted(maps.Keys(s.Phrases)) {
		for _, m := range []map[string]Pattern{s.Phrases[k].Cases, s.Phrases[k].Without} {
			for _, c := range slices.Sorted(maps.Keys(m)) {
				p := m[c]
				do(&p, inPhrase)
				m[c] = p
			}
		}
	}
	for _, k := range slices.Sorted(maps.Keys(s.Lists)) {
		l := s.Lists[k]
		do(&l.Item, inList)
		s.Lists[k] = l
	}
	for _, k := range slices.Sorted(maps.Keys(s.Sections)) {
		x := s.Sections[k]
		do(&x.Title, inPlain)
		visitParas(x.Text, inPlain, do)
		s.Sections[k] = x
	}
	for i := range s.Terms {
		do(&s.Terms[i].Text, inPlain)
	}
	do(s.Remain, inPlain)
	return err
}

func eachPara(ps []Para, do func(*Para)) {
	for i := range ps {
		do(&ps[i])
		eachPara(ps[i].Group, do)
		eachPara(ps[i].Else, do)
	}
}

func visitParas(ps []Para, sc scope, do func(*Pattern, scope)) {
	for i := range ps {
		p := &ps[i]
		if p.Each != "" {
			sc = inList
		}
		do(p.Text, sc)
		visitParas(p.Group, sc, do)
		visitParas(p.Else, sc, do)
	}
}

// SlotWords are the slots that stand for words of the unit and the year;
// ItemWords those of a list's element, PhraseWords those of a comparison.
var (
	SlotWords   = []string{"单位", "年", "上年", "范围", "本部门", "金额单位", "内设机构", "内设机构数", "下属单位", "下属单位数"}
	ItemWords   = []string{"项名", "科目", "代码", "用途", "序"}
	PhraseWords = []string{"本数", "基数", "差额", "增减率", "占比", "完成率", "差异率", "缘由", "名称"}
	SlotFuncs   = []string{"列", "个数", "注", "增减额", "增减率", "占比", "完成率", "差异率"}
)

// check holds every slot to what exists.
func (s *SentenceSet) check(t *Taxonomy) error {
	if s.Form == "" || len(s.Outline) == 0 {
		return fmt.Errorf("没有 form 或 outline")
	}
	for _, p := range s.Outline {
		for _, k := range p.Sections {
			if _, ok := s.Sections[k]; !ok {
				return fmt.Errorf("outline：没有“%s”这一节", k)
			}
		}
	}
	for k, x := range s.Sections {
		for _, sub := range x.Sections {
			if _, ok := s.Sections[sub]; !ok {
				return fmt.Errorf("“%s”：没有“%s”这一节", k, sub)
			}
		}
	}
	for k, p := range s.Phrases {
		for _, c := range slices.Concat(slices.Collect(maps.Keys(p.Cases)), slices.Collect(maps.Keys(p.Without))) {
			if _, ok := phraseCases[c]; !ok {
				return fmt.Errorf("phrases“%s”：情形“%s”不认识，可用：增、减、平、近、新、清、零、文", k, c)
			}
		}
		if !slices.Contains([]string{"", "必", "大"}, p.Ask) {
			return fmt.Errorf("phrases“%s”：ask 只能是 必、大", k)
		}
	}
	for k, l := range s.Lists {
		if (l.Rows == nil) == (len(l.Of) == 0) {
			return fmt.Errorf("lists“%s”：of 和 rows 应写一个", k)
		}
		names := slices.Clone(l.Of)
		if l.Rows != nil {
			names = append(names, l.Rows.Concept)
		}
		if l.Whole != "" {
			names = append(names, l.Whole)
		}
		for _, c := range names {
			if x := t.Concepts.ByName(c); x == nil || x.Name != c {
				return fmt.Errorf("lists“%s”：“%s”不在 concepts.yaml 中", k, c)
			}
		}
	}
	c := &slotCheck{t: t, set: s}
	for k, x := range s.Sections {
		err := c.condition(x.When, inPlain)
		eachPara(x.Text, func(p *Para) {
			if err == nil {
				err = c.condition(p.When, inList)
			}
			if _, ok := s.Lists[p.Each]; p.Each != "" && !ok && err == nil {
				err = fmt.Errorf("没有列表“%s”", p.Each)
			}
		})
		if err != nil {
			return fmt.Errorf("“%s”：%w", k, err)
		}
	}
	return s.patterns(func(p *Pattern, sc scope) error {
		if sc == inWord {
			return nil
		}
		if err := c.pieces(p.Pieces, sc); err != nil {
			return fmt.Errorf("%s第%d行：%w", p.File, p.Line, err)
		}
		return nil
	})
}

type slotCheck struct {
	t     *Taxonomy
	set   *SentenceSet
	depth int // of words within words
}

func (c *slotCheck) pieces(ps []Piece, sc scope) error {
	for _, p := range ps {
		switch {
		case p.Slot != nil:
			if err := c.slot(p.Slot, sc); err != nil {
				return err
			}
		case p.Choice != nil:
			if err := c.condition(p.Choice.If, sc); err != nil {
				return err
			}
			if err := c.pieces(p.Choice.Then, sc); err != nil {
				return err
			}
			if err := c.pieces(p.Choice.Else, sc); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *slotCheck) condition(x Condition, sc scope) error {
	for _, g := range x {
		for _, t := range g {
			if err := c.test(t, sc); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *slotCheck) test(t Test, sc scope) error {
	switch t.Verb {
	case "有", "无", "有值":
		return c.operand(t.Arg, sc)
	case "列有", "列文":
		if _, ok := c.set.Lists[t.Arg.Concept]; !ok {
			return fmt.Errorf("没有列表“%s”", t.Arg.Concept)
		}
	}
	return nil
}

func (c *slotCheck) operand(o Operand, sc scope) error {
	if o.Concept == "" || (sc == inList || sc == inPhrase) && o.Concept == "项" {
		return nil
	}
	if sc == inPhrase && slices.Contains([]string{"本数", "基数"}, o.Concept) {
		return nil
	}
	if x := c.t.Concepts.ByName(o.Concept); x == nil || x.Name != o.Concept {
		return fmt.Errorf("“%s”不在 concepts.yaml 中", o.Concept)
	}
	return nil
}

func (c *slotCheck) slot(s *Slot, sc scope) error {
	if len(s.Args) == 0 {
		if w, ok := c.set.Words[s.Name]; ok {
			if c.depth++; c.depth > 9 {
				return fmt.Errorf("words“%s”绕回自己", s.Name)
			}
			defer func() { c.depth-- }()
			return c.pieces(w.Pieces, sc)
		}
		switch {
		case slices.Contains(SlotWords, s.Name), slices.Contains(ItemWords, s.Name):
			return nil
		case sc == inPhrase && slices.Contains(PhraseWords, s.Name):
			return nil
		}
		o, err := parseOperand(s.Name)
		if err != nil {
			return err
		}
		if err := c.operand(o, sc); err != nil {
			return fmt.Errorf("槽{%s}：%w", s.Name, err)
		}
		return nil
	}
	_, phrase := c.set.Phrases[s.Name]
	switch {
	case s.Name == "注":
		return nil
	case s.Name == "列" || s.Name == "个数":
		if _, ok := c.set.Lists[s.Args[0].Concept]; !ok || len(s.Args) != 1 {
			return fmt.Errorf("槽{%s %s}：没有这个列表", s.Name, s.Args[0])
		}
		return nil
	case !phrase && !slices.Contains(SlotFuncs, s.Name):
		var known []string
		known = append(known, SlotFuncs...)
		known = append(known, slices.Sorted(maps.Keys(c.set.Phrases))...)
		return fmt.Errorf("槽{%s …}：“%s”不认识，可用：%s", s.Name, s.Name, strings.Join(known, "、"))
	case len(s.Args) != 2 || s.Args[0].Concept == "":
		return fmt.Errorf("槽{%s …}应写两个量，例如{%s 本年收入合计 上年}", s.Name, s.Name)
	}
	for _, a := range s.Args {
		if err := c.operand(a, sc); err != nil {
			return fmt.Errorf("槽{%s %s %s}：%w", s.Name, s.Args[0], s.Args[1], err)
		}
	}
	return nil
}
