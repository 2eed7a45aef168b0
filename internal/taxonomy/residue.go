package taxonomy

import (
	"fmt"
	"regexp"
	"strings"
)

// ResiduePattern is one thing a template leaves behind when it is not filled
// in with care: a choice not made, a blank, an instruction, a field code.
// All hits of one pattern in a disclosure are one finding.
type ResiduePattern struct {
	ID       string   `yaml:"id"`
	Pattern  string   `yaml:"pattern"`  // RE2 on the folded text; a group named hit narrows what is reported
	With     []string `yaml:"with"`     // texts one of which has to occur, to skip the rest quickly
	Not      string   `yaml:"not"`      // RE2 on the words around the hit that excuse it; "" for none
	Cells    bool     `yaml:"cells"`    // look into table cells too
	Title    string   `yaml:"title"`    // of the finding
	Severity string   `yaml:"severity"` // 错误, 疑似, 提示, 忽略
	Remedy   string   `yaml:"remedy"`   // what to do
	Pass     []string `yaml:"pass"`     // texts without a hit
	Fail     []string `yaml:"fail"`     // texts with a hit

	Regexp, NotRE *regexp.Regexp `yaml:"-"`
}

// Residue is all the residue patterns, from residue*.yaml.
type Residue struct{ list []ResiduePattern }

// All returns the patterns; the slice is shared, do not change it.
func (x *Residue) All() []ResiduePattern { return x.list }

func (x *Residue) load(s *source) error {
	list, err := merge(s, "residue*.yaml", func(p ResiduePattern) string { return p.ID }, ResiduePattern.validate)
	if err != nil {
		return err
	}
	for i := range list {
		p := &list[i]
		p.Regexp = regexp.MustCompile(p.Pattern)
		if p.Not != "" {
			p.NotRE = regexp.MustCompile(p.Not)
		}
	}
	x.list = list
	return nil
}

func (p ResiduePattern) validate() error {
	if _, err := regexp.Compile(p.Pattern); err != nil || p.Pattern == "" {
		return fmt.Errorf("pattern 不是正则表达式：%v", err)
	}
	if _, err := regexp.Compile(p.Not); err != nil {
		return fmt.Errorf("not 不是正则表达式：%w", err)
	}
	switch p.Severity {
	case SeverityError, SeveritySuspect, SeverityHint, SeverityOff:
	default:
		return fmt.Errorf("severity 是“%s”，应为 错误、疑似、提示 或 忽略", p.Severity)
	}
	if p.Title == "" || p.Remedy == "" {
		return fmt.Errorf("缺少 title 或 remedy")
	}
	if len(p.Pass) == 0 || len(p.Fail) == 0 {
		return fmt.Errorf("缺少例子：pass 和 fail 至少各一条")
	}
	return nil
}

// Find returns the byte ranges of the hits in a folded text.
func (p *ResiduePattern) Find(s string) [][2]int {
	if len(p.With) > 0 {
		found := false
		for _, w := range p.With {
			if strings.Contains(s, w) {
				found = true
				break
			}
		}
		if !found {
			return nil
		}
	}
	var out [][2]int
	hit := p.Regexp.SubexpIndex("hit")
	for _, m := range p.Regexp.FindAllStringSubmatchIndex(s, -1) {
		a, b := m[0], m[1]
		if hit >= 0 && m[2*hit] >= 0 {
			a, b = m[2*hit], m[2*hit+1]
		}
		if p.NotRE != nil && p.NotRE.MatchString(around(s, a, b)) {
			continue
		}
		out = append(out, [2]int{a, b})
	}
	return out
}

// around is the text from the last stop before the range to the first after it.
func around(s string, a, b int) string {
	if i := strings.LastIndexAny(s[:a], "。;；\n"); i >= 0 {
		a = i
	} else {
		a = 0
	}
	if i := strings.IndexAny(s[b:], "。;；\n"); i >= 0 {
		b += i
	} else {
		b = len(s)
	}
	return strings.ToValidUTF8(s[a:b], "")
}
