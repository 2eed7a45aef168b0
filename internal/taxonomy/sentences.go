package taxonomy

import (
	"fmt"
	"maps"
	"slices"

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
	return nearest(x.sets, form, year, func(s *SentenceSet) (string, int, int) { return s.Form, s.From, s.To })
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
