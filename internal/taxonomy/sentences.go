package taxonomy

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// SentenceSet is how one place and era words its disclosures: the parts of the
// document in their order, the sections of the narrative with their sentences,
// and the meanings of terms; data/README.md describes the fields.
type SentenceSet struct {
	ID   string `yaml:"id"`
	Form string `yaml:"form"` // 通用, 上海, 新疆 …: what a unit chooses
	From int    `yaml:"from"` // fiscal years, inclusive; 0: open
	To   int    `yaml:"to"`
	Like string `yaml:"like"` // the set this one takes over, but for what it says itself

	Cover    []Pattern                  `yaml:"cover"`   // lines of the cover
	Outline  []OutlinePart              `yaml:"outline"` // parts in order
	Words    map[string]Pattern         `yaml:"words"`   // {word}: pieces of text used in many places
	Phrases  map[string]Phrase          `yaml:"phrases"` // {phrase X Y}: two quantities compared
	Lists    map[string]List            `yaml:"lists"`
	Sections map[string]SentenceSection `yaml:"sections"`
	Terms    []TermText                 `yaml:"terms"` // 名词解释, in order; those that the text uses are printed
	Names    map[string]string          `yaml:"names"` // what the text calls a concept where it is not its name
	// Sums are totals of whole lists of parts: what is missing of them follows.
	Sums map[string][]string `yaml:"sums"`
	// AskParts are the totals that are asked for by their parts.
	AskParts []string `yaml:"ask_parts"`
	// Same are further names of one value, tried in order when it was not entered.
	Same map[string][]string `yaml:"same"`
	// Where says where a missing thing is entered: by period, or 原因, 用途 ….
	Where map[string]string `yaml:"where"`
	// Remain is added below the narrative when rounded parts do not add to their total.
	Remain *Pattern `yaml:"remain"`
}

// OutlinePart is one part of the document.
type OutlinePart struct {
	Title    Pattern  `yaml:"title"`
	Sections []string `yaml:"sections"`
	Tables   bool     `yaml:"tables"`   // the nine tables stand here
	Glossary bool     `yaml:"glossary"` // 名词解释
	Plain    bool     `yaml:"plain"`    // without 第…部分
}

// SentenceSection is one section: its title without number and its text.
type SentenceSection struct {
	Title    Pattern   `yaml:"title"`
	When     Condition `yaml:"when"` // left out when false; the numbers close up
	Text     []Para    `yaml:"text"`
	Sections []string  `yaml:"sections"`
}

// Para is one paragraph or a group of them.
type Para struct {
	When   Condition
	Each   string   // name of a list: once for each element
	Text   *Pattern // of one paragraph
	Group  []Para   // in place of Text
	Else   []Para   // what stands when When is false
	Note   string   // free paragraphs of the accounts by this key
	Must   bool     // the note is asked for when missing
	Duties bool     // 主要职能 of the accounts
}

type paraFields struct {
	When   Condition `yaml:"when"`
	Each   string    `yaml:"each"`
	Text   ast.Node  `yaml:"text"`
	Else   ast.Node  `yaml:"else"`
	Note   string    `yaml:"note"`
	Must   bool      `yaml:"must"`
	Duties bool      `yaml:"duties"`
}

// UnmarshalYAML reads a string as one paragraph, a mapping as its fields.
func (p *Para) UnmarshalYAML(n ast.Node) error {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
	default:
		p.Text = &Pattern{}
		return p.Text.UnmarshalYAML(n)
	}
	var f paraFields
	if err := yaml.NodeToValue(n, &f, yaml.Strict()); err != nil {
		return err
	}
	p.When, p.Each, p.Note, p.Must, p.Duties = f.When, f.Each, f.Note, f.Must, f.Duties
	var err error
	if p.Text, p.Group, err = paras(f.Text); err != nil {
		return err
	}
	one, more, err := paras(f.Else)
	if one != nil {
		more = []Para{{Text: one}}
	}
	p.Else = more
	return err
}

// paras reads one paragraph or a list of them.
func paras(n ast.Node) (*Pattern, []Para, error) {
	switch n.(type) {
	case nil:
		return nil, nil, nil
	case *ast.SequenceNode:
		var list []Para
		err := yaml.NodeToValue(n, &list, yaml.Strict())
		return nil, list, err
	}
	p := &Pattern{}
	return p, nil, p.UnmarshalYAML(n)
}

// Phrase words the comparison of two quantities, X and Y, by case: 增, 减, 平
// (equal), 近 (equal in print), 新 (Y is nothing), 清 (X is nothing), 零 (both
// are); 文 is what stands when no case fits better.
type Phrase struct {
	Ask     string             `yaml:"ask"` // when the reason is asked for: 必 (any change), 大 (above 10%), "" never
	Cases   map[string]Pattern `yaml:"cases"`
	Without map[string]Pattern `yaml:"without"` // in place of a case with {缘由} when there is none and none is asked for
}

// phraseCases are the cases and what stands in for one that is not given.
var phraseCases = map[string]string{"增": "文", "减": "文", "平": "文", "近": "平", "新": "增", "清": "减", "零": "平", "文": ""}

// Case finds the pattern of a case; nil when the phrase says nothing there.
func (p *Phrase) Case(name string) *Pattern { return caseOf(p.Cases, name) }

// Silent finds the pattern of a case that has no reason.
func (p *Phrase) Silent(name string) *Pattern { return caseOf(p.Without, name) }

func caseOf(cases map[string]Pattern, name string) *Pattern {
	for name != "" {
		if x, ok := cases[name]; ok {
			return &x
		}
		name = phraseCases[name]
	}
	return nil
}

// List is an enumeration of quantities: {列 name}, or paragraphs by each.
type List struct {
	Of     []string `yaml:"of"`   // concepts
	Rows   *Rows    `yaml:"rows"` // or 科目 of a table
	Item   Pattern  `yaml:"item"`
	Join   string   `yaml:"join"`
	Keep   string   `yaml:"keep"`   // 有数 (default): those that are not zero in print; 全部
	Change string   `yaml:"change"` // period: also those that have a value there
	Whole  string   `yaml:"whole"`  // concept of their total: a rounding remark when print does not add up
}

// Rows are the 科目 of a table as elements of a list.
type Rows struct {
	Table   string `yaml:"table"`
	Concept string `yaml:"concept"`
	Level   int    `yaml:"level"` // 1 类, 2 款, 3 项; 0 those that have none below
	Side    string `yaml:"side"`  // of 06: 人员, 公用
}

// TermText is a term of the 名词解释.
type TermText struct {
	Name string    `yaml:"name"`
	When Condition `yaml:"when"` // besides its use
	Text Pattern   `yaml:"text"`
}

// Sentences are all sets.
type Sentences struct{ sets []SentenceSet }

// All gives the sets. Do not change them.
func (x *Sentences) All() []SentenceSet { return x.sets }

// Choose finds the set of a form and fiscal year: 通用 when the form is not
// known, the nearest era when the year is not.
func (x *Sentences) Choose(form string, year int) *SentenceSet {
	var found *SentenceSet
	for _, name := range []string{form, "通用"} {
		for i := range x.sets {
			s := &x.sets[i]
			if s.Form == name && (found == nil || s.away(year) < found.away(year)) {
				found = s
			}
		}
		if found != nil {
			return found
		}
	}
	return &x.sets[0]
}

func (s *SentenceSet) away(year int) int {
	switch {
	case s.From != 0 && year < s.From:
		return s.From - year
	case s.To != 0 && year > s.To:
		return year - s.To
	}
	return 0
}

// loadSentences reads sentences/*.yaml. A set of an overlay with the id of an
// embedded one is laid over it. Concepts must be loaded: slots name them.
func (t *Taxonomy) loadSentences(s *source) error {
	files, err := s.files("sentences/*.yaml")
	if err != nil {
		return err
	}
	byID := map[string]*SentenceSet{}
	var order []string
	for _, f := range files {
		var list []SentenceSet
		if err := decode(f, &list); err != nil {
			return err
		}
		for i := range list {
			x := &list[i]
			if x.ID == "" {
				return fmt.Errorf("%s：第%d条没有 id", f.name, i+1)
			}
			if err := x.patterns(func(p *Pattern, scope scope) error {
				p.File = f.name
				return nil
			}); err != nil {
				return err
			}
			if old := byID[x.ID]; old != nil {
				*old = x.over(*old)
				continue
			}
			byID[x.ID] = x
			order = append(order, x.ID)
		}
	}
	if len(order) == 0 {
		return fmt.Errorf("sentences：没有数据")
	}
	for _, id := range order {
		full, err := inheritSentences(byID[id], byID, nil)
		if err != nil {
			return fmt.Errorf("sentences：“%s”：%w", id, err)
		}
		if err := full.check(t); err != nil {
			return fmt.Errorf("sentences：“%s”：%w", id, err)
		}
		t.Sentences.sets = append(t.Sentences.sets, full)
	}
	return nil
}

func inheritSentences(s *SentenceSet, byID map[string]*SentenceSet, seen []string) (SentenceSet, error) {
	if s.Like == "" {
		return *s, nil
	}
	base := byID[s.Like]
	switch {
	case slices.Contains(seen, s.ID):
		return *s, fmt.Errorf("like 循环")
	case base == nil:
		return *s, fmt.Errorf("like“%s”没有定义", s.Like)
	}
	full, err := inheritSentences(base, byID, append(seen, s.ID))
	if err != nil {
		return *s, err
	}
	return s.over(full), nil
}

// over is the set with what it leaves out taken from b.
func (s SentenceSet) over(b SentenceSet) SentenceSet {
	s.Form, s.Like = or(s.Form, b.Form), or(s.Like, b.Like)
	s.Cover, s.Outline = list(s.Cover, b.Cover), list(s.Outline, b.Outline)
	s.Words, s.Phrases, s.Lists = both(b.Words, s.Words), both(b.Phrases, s.Phrases), both(b.Lists, s.Lists)
	s.Sections, s.Sums, s.Same, s.Where = both(b.Sections, s.Sections), both(b.Sums, s.Sums), both(b.Same, s.Same), both(b.Where, s.Where)
	s.Names = both(b.Names, s.Names)
	s.AskParts = list(s.AskParts, b.AskParts)
	if s.Remain == nil {
		s.Remain = b.Remain
	}
	terms := slices.Clone(b.Terms)
	for _, t := range s.Terms {
		if i := slices.IndexFunc(terms, func(x TermText) bool { return x.Name == t.Name }); i >= 0 {
			terms[i] = t
		} else {
			terms = append(terms, t)
		}
	}
	s.Terms = terms
	return s
}

func both[V any](base, own map[string]V) map[string]V {
	out := maps.Clone(base)
	if out == nil {
		out = map[string]V{}
	}
	maps.Copy(out, own)
	return out
}

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
