package taxonomy

import (
	"errors"
	"strings"
)

// Sections are the kinds of section a disclosure has, in the order in which
// their titles are tried.
type Sections struct{ List []Section }

// Section is one kind of section of the narrative.
type Section struct {
	Key     string   `yaml:"key"`
	Titles  []string `yaml:"titles"`            // title patterns; * stands for any text, the rest must occur in order
	Not     []string `yaml:"not,omitempty"`     // words that a title of this kind does not have
	Concept string   `yaml:"concept,omitempty"` // what its sentences speak of when they do not say
	Fund    string   `yaml:"fund,omitempty"`    // 一般公共预算, 政府性基金预算 … when the section is about one
	Table   string   `yaml:"table,omitempty"`   // ID of the table it explains
	Figures string   `yaml:"figures,omitempty"` // 全部 (default), 识别 (only understood ones), 计数 (only 人员 and 机构 counts), 无
}

func (x *Sections) load(s *source) error {
	list, err := merge(s, "sections.yaml", func(e Section) string { return e.Key }, func(e Section) error {
		if len(e.Titles) == 0 {
			return errors.New("没有标题")
		}
		switch e.Figures {
		case "", "全部", "识别", "计数", "无":
			return nil
		}
		return errors.New("figures 只能是 全部、识别、计数、无")
	})
	x.List = list
	return err
}

// Find returns the first kind of section whose title pattern the title has, or nil.
// The title is without blanks and numbering, widths folded.
func (x *Sections) Find(title string) *Section {
	for i := range x.List {
		if x.List[i].matches(title) {
			return &x.List[i]
		}
	}
	return nil
}

// Get returns the section kind of a key, or nil.
func (x *Sections) Get(key string) *Section {
	for i := range x.List {
		if x.List[i].Key == key {
			return &x.List[i]
		}
	}
	return nil
}

func (e *Section) matches(title string) bool {
	for _, n := range e.Not {
		if strings.Contains(title, n) {
			return false
		}
	}
next:
	for _, t := range e.Titles {
		rest := title
		for _, piece := range strings.Split(t, "*") {
			i := strings.Index(rest, piece)
			if i < 0 {
				continue next
			}
			rest = rest[i+len(piece):]
		}
		return true
	}
	return false
}
