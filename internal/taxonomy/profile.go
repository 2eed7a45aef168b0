package taxonomy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Where a ProfilePattern is tried.
const (
	OnCover    = "cover"    // the lines before the table of contents, joined
	OnLine     = "line"     // a heading, a short paragraph, a title cell
	OnSentence = "sentence" // the start of a paragraph
	OnName     = "name"     // the file name
)

// Profile says how a disclosure names its kind, scope, unit and year.
// The files are profile*.yaml; a later file's pattern replaces the one of the
// same id, its other fields replace those it gives.
type Profile struct {
	Macros    map[string]string `yaml:"macros"`
	Patterns  []ProfilePattern  `yaml:"patterns"`
	UnitEnds  []string          `yaml:"unit_ends"`
	NotUnits  []string          `yaml:"not_units"`
	UnitMarks string            `yaml:"unit_marks"`
	UnitLead  []string          `yaml:"unit_lead"`    // words before a name that are not part of it
	UnitBars  []string          `yaml:"unit_without"` // words no name has
	Template  TemplateMarks     `yaml:"template"`
	ThisYear  []YearPattern     `yaml:"this_year"`

	Required   []RequiredPart `yaml:"required"`     // of a 决算
	MayBeEmpty []string       `yaml:"may_be_empty"` // IDs of the tables that are shown though empty
	EmptyWords []string       `yaml:"empty_words"`  // how a note says that a table has no data

	marks *regexp.Regexp
}

// ProfilePattern is one way to name the year, unit, scope or kind: its groups
// year, unit, scope, kind vote with Weight, at most Most times a value.
type ProfilePattern struct {
	ID      string `yaml:"id"`
	Where   string `yaml:"where"`
	Weight  int    `yaml:"weight"`
	Most    int    `yaml:"most"`  // 0: once
	Title   bool   `yaml:"title"` // a title of the document or of one of its parts, not of a table
	Pattern string `yaml:"pattern"`

	Regexp *regexp.Regexp `yaml:"-"`
}

// YearPattern is a phrase whose year has to be the fiscal year: group year.
type YearPattern struct {
	Title   string `yaml:"title"`
	Kind    string `yaml:"kind"` // of disclosure: 决算 or 预算
	Pattern string `yaml:"pattern"`

	Regexp *regexp.Regexp `yaml:"-"`
}

// RequiredPart is a table or section that a 决算 must have.
type RequiredPart struct {
	Title   string   `yaml:"title"`
	Table   string   `yaml:"table"`   // ID, "" for a section
	Section string   `yaml:"section"` // key in sections.yaml, "" for a table
	Names   []string `yaml:"names"`   // folded; one of them somewhere in the text shows that it is there
	From    int      `yaml:"from"`    // fiscal years, 0: open
	To      int      `yaml:"to"`
}

// TemplateMarks are the signs of a form nobody has filled in.
type TemplateMarks struct {
	Unit    string   `yaml:"unit"`    // a unit name that is a blank
	With    []string `yaml:"with"`    // texts one of which stands where a mark is
	Marks   []string `yaml:"marks"`   // blanks and choices in the text
	Amounts string   `yaml:"amounts"` // a filled-in amount
	Least   int      `yaml:"least"`   // so many marks at least, and more of them than amounts

	UnitRE, MarkRE, AmountRE *regexp.Regexp `yaml:"-"`
}

func (p *Profile) load(s *source) error {
	files, err := s.files("profile*.yaml")
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("profile.yaml：没有数据")
	}
	for _, f := range files {
		var next Profile
		if err := decode(f, &next); err != nil {
			return err
		}
		p.overlay(next)
		if err := p.compile(); err != nil {
			return fmt.Errorf("%s：%w", f.name, err)
		}
	}
	return nil
}

func (p *Profile) overlay(o Profile) {
	if p.Macros == nil {
		p.Macros = map[string]string{}
	}
	for k, v := range o.Macros {
		p.Macros[k] = v
	}
	for _, n := range o.Patterns {
		i := slices.IndexFunc(p.Patterns, func(q ProfilePattern) bool { return q.ID == n.ID })
		if i < 0 {
			p.Patterns = append(p.Patterns, n)
		} else {
			p.Patterns[i] = n
		}
	}
	if o.UnitEnds != nil {
		p.UnitEnds = o.UnitEnds
	}
	if o.NotUnits != nil {
		p.NotUnits = o.NotUnits
	}
	if o.UnitLead != nil {
		p.UnitLead = o.UnitLead
	}
	if o.UnitBars != nil {
		p.UnitBars = o.UnitBars
	}
	if o.UnitMarks != "" {
		p.UnitMarks = o.UnitMarks
	}
	if o.Required != nil {
		p.Required = o.Required
	}
	if o.MayBeEmpty != nil {
		p.MayBeEmpty = o.MayBeEmpty
	}
	if o.EmptyWords != nil {
		p.EmptyWords = o.EmptyWords
	}
	if o.ThisYear != nil {
		p.ThisYear = o.ThisYear
	}
	if o.Template.Unit != "" {
		p.Template = o.Template
	}
}

func (p *Profile) compile() error {
	for i := range p.Patterns {
		q := &p.Patterns[i]
		if q.ID == "" || q.Weight <= 0 {
			return fmt.Errorf("第%d个 pattern 缺少 id 或 weight", i+1)
		}
		switch q.Where {
		case OnCover, OnLine, OnSentence, OnName:
		default:
			return fmt.Errorf("“%s”：where 是“%s”，应为 cover、line、sentence 或 name", q.ID, q.Where)
		}
		var err error
		if q.Regexp, err = regexp.Compile(p.expand(q.Pattern)); err != nil {
			return fmt.Errorf("“%s”：正则表达式有误：%w", q.ID, err)
		}
	}
	for i := range p.ThisYear {
		q := &p.ThisYear[i]
		var err error
		if q.Regexp, err = regexp.Compile(p.expand(q.Pattern)); err != nil {
			return fmt.Errorf("“%s”：正则表达式有误：%w", q.Title, err)
		}
		if q.Regexp.SubexpIndex("year") < 0 {
			return fmt.Errorf("“%s”：pattern 里没有 {year}", q.Title)
		}
	}
	t := &p.Template
	for _, c := range []struct {
		to   **regexp.Regexp
		name string
		src  string
	}{
		{&p.marks, "unit_marks", p.UnitMarks},
		{&t.UnitRE, "template.unit", t.Unit},
		{&t.MarkRE, "template.marks", strings.Join(t.Marks, "|")},
		{&t.AmountRE, "template.amounts", t.Amounts},
	} {
		re, err := regexp.Compile(c.src)
		if err != nil {
			return fmt.Errorf("%s：正则表达式有误：%w", c.name, err)
		}
		*c.to = re
	}
	return nil
}

// expand puts the macros in.
func (p *Profile) expand(src string) string {
	for k, v := range p.Macros {
		src = strings.ReplaceAll(src, "{"+k+"}", v)
	}
	return src
}

// yearDigits are the digits a year is written with, by value.
var yearDigits = [10]string{"0〇○零O", "1一", "2二", "3三", "4四", "5五", "6六", "7七", "8八", "9九"}

// YearOf reads 2024 or 二〇二四; 0 when it is no year of this century.
func YearOf(s string) int {
	y := 0
next:
	for _, c := range s {
		for d, prints := range yearDigits {
			if strings.ContainsRune(prints, c) {
				y = y*10 + d
				continue next
			}
		}
		return 0
	}
	if y < 2000 || y > 2099 {
		return 0
	}
	return y
}

// UnitName cleans the name of a budget unit and reports whether it can be
// one: a name of four characters or more with a usual ending, such as
// 上海市普陀区规划和自然资源局. Marks like (本级) are taken off.
func (p *Profile) UnitName(s string) (string, bool) {
	s = p.marks.ReplaceAllString(strings.TrimSpace(s), "")
	for _, l := range p.UnitLead {
		s = strings.TrimPrefix(s, l)
	}
	if slices.ContainsFunc(p.UnitBars, func(w string) bool { return strings.Contains(s, w) }) {
		return "", false
	}
	if utf8.RuneCountInString(s) < 4 || slices.Contains(p.NotUnits, s) {
		return "", false
	}
	if strings.Count(s, "(") != strings.Count(s, ")") {
		return "", false
	}
	return s, p.EndsAsUnit(s)
}

// EndsAsUnit reports whether a name ends as budget units' names do.
func (p *Profile) EndsAsUnit(s string) bool {
	return slices.ContainsFunc(p.UnitEnds, func(e string) bool { return strings.HasSuffix(s, e) })
}
