package taxonomy

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// Severities a rule may have in the data. Off switches the rule off.
const (
	SeverityError   = "错误"
	SeveritySuspect = "疑似"
	SeverityHint    = "提示"
	SeverityOff     = "忽略"
)

// Rule is one relation or duty: what must hold, on what basis, and what a
// clerk does when it does not. The files are rules/*.yaml, one list a file,
// one file a family: t (within a table), x (between tables), m (text against
// tables), n (within sentences), s (三公, 采购, 资产, 人员), c (form).
//
// A rule is tested either by its Formula (formula.go) or by the Predicate of
// that name in internal/check.
type Rule struct {
	ID        string    `yaml:"id"`        // T01: family letter and two digits, perhaps a small letter
	Title     string    `yaml:"title"`     // Chinese, one clause: what must hold
	Severity  string    `yaml:"severity"`  // 错误, 疑似, 提示; 忽略 switches the rule off
	Formula   string    `yaml:"formula"`   // of the formula language; "" for a predicate
	Predicate string    `yaml:"predicate"` // name of the test in internal/check; "" for a formula
	Tables    []string  `yaml:"tables"`    // IDs of the tables it needs
	When      []string  `yaml:"when"`      // cells that must be there for it to apply: 01.财政拨款收入
	Unless    []string  `yaml:"unless"`    // cells that must not be there
	Basis     string    `yaml:"basis"`     // regulation or form
	Remedy    string    `yaml:"remedy"`    // what the clerk should do
	Pass      []Example `yaml:"pass"`      // examples that satisfy it
	Fail      []Example `yaml:"fail"`      // examples that break it

	Parsed      *Formula `yaml:"-"` // of Formula
	WhenCells   []Ref    `yaml:"-"` // of When
	UnlessCells []Ref    `yaml:"-"` // of Unless
}

// Example is a small disclosure on which a rule is tried. Facts are
// "name = print" lines: for a table cell the name is 表.行.列 (02.合计.事业收入,
// 02.2010301.事业收入); other families name their operands (now, before,
// delta, rate …) as their tests read them. Text is read as the narrative.
type Example struct {
	Facts []string `yaml:"facts"`
	Text  string   `yaml:"text"`
	Unit  string   `yaml:"unit"` // of the table cells; 万元 when empty
}

// Family is the letter a rule's ID begins with: T, X, M, N, S, C.
func (r Rule) Family() string { return r.ID[:1] }

// Families of rules, in the order they are checked, with their Chinese names.
var families = [][2]string{
	{"T", "表内关系"}, {"X", "表间关系"}, {"M", "文表一致"}, {"N", "文字内关系"},
	{"S", "三公采购资产人员"}, {"C", "完整与格式"},
}

// FamilyName is the Chinese name of a family letter, "" when unknown.
func FamilyName(letter string) string {
	for _, f := range families {
		if f[0] == letter {
			return f[1]
		}
	}
	return ""
}

// Rules is all the rules, in file order (c, m, n, s, t, x).
type Rules struct {
	list []Rule
	at   map[string]int
}

// All returns the rules; the slice is shared, do not change it.
func (x *Rules) All() []Rule { return x.list }

// ByID returns the rule of an ID; ok is false when there is none.
func (x *Rules) ByID(id string) (Rule, bool) {
	i, ok := x.at[id]
	if !ok {
		return Rule{}, false
	}
	return x.list[i], true
}

// load reads rules/*.yaml. An overlay entry replaces only the fields it
// gives, so that `- {id: T01, severity: 忽略}` is enough to switch one off.
func (x *Rules) load(s *source) error {
	files, err := s.files("rules/*.yaml")
	if err != nil {
		return err
	}
	x.at = map[string]int{}
	for _, f := range files {
		var list []Rule
		if err := decode(f, &list); err != nil {
			return err
		}
		seen := map[string]bool{}
		for i, r := range list {
			if r.ID == "" {
				return fmt.Errorf("%s：第%d行：规则没有 id", f.name, itemLine(f, i))
			}
			if seen[r.ID] {
				return fmt.Errorf("%s：第%d行：规则%s重复", f.name, itemLine(f, i), r.ID)
			}
			seen[r.ID] = true
			j, known := x.at[r.ID]
			if known {
				r = x.list[j].overlaid(r)
			}
			if err := r.validate(); err != nil {
				return fmt.Errorf("%s：第%d行：规则%s：%w", f.name, itemLine(f, i), r.ID, err)
			}
			if known {
				x.list[j] = r
				continue
			}
			x.at[r.ID] = len(x.list)
			x.list = append(x.list, r)
		}
	}
	if len(x.list) == 0 {
		return errors.New("rules/*.yaml：没有规则")
	}
	return nil
}

// overlaid is r with the fields that o gives.
func (r Rule) overlaid(o Rule) Rule {
	set := func(to *string, from string) {
		if from != "" {
			*to = from
		}
	}
	set(&r.Title, o.Title)
	set(&r.Severity, o.Severity)
	set(&r.Basis, o.Basis)
	set(&r.Remedy, o.Remedy)
	if o.Formula != "" || o.Predicate != "" {
		r.Formula, r.Predicate = o.Formula, o.Predicate
	}
	if o.When != nil {
		r.When = o.When
	}
	if o.Unless != nil {
		r.Unless = o.Unless
	}
	if o.Tables != nil {
		r.Tables = o.Tables
	}
	if o.Pass != nil {
		r.Pass = o.Pass
	}
	if o.Fail != nil {
		r.Fail = o.Fail
	}
	return r
}

var ruleID = regexp.MustCompile(`^[A-Z][0-9]{2}[a-z]?$`)

func (r *Rule) validate() error {
	if !ruleID.MatchString(r.ID) {
		return fmt.Errorf("id 应为一个大写字母加两位数字，如 T01")
	}
	if FamilyName(r.Family()) == "" {
		return fmt.Errorf("没有“%s”这一类规则", r.Family())
	}
	switch r.Severity {
	case SeverityError, SeveritySuspect, SeverityHint, SeverityOff:
	default:
		return fmt.Errorf("severity 是“%s”，应为 错误、疑似、提示 或 忽略", r.Severity)
	}
	for _, need := range []struct{ name, val string }{{"title", r.Title}, {"basis", r.Basis}, {"remedy", r.Remedy}} {
		if strings.TrimSpace(need.val) == "" {
			return fmt.Errorf("缺少 %s", need.name)
		}
	}
	if (r.Formula == "") == (r.Predicate == "") {
		return fmt.Errorf("formula 与 predicate 应当有且只有一个")
	}
	if r.Formula != "" {
		p, err := ParseFormula(r.Formula)
		if err != nil {
			return err
		}
		r.Parsed = p
	}
	var err error
	if r.WhenCells, err = parseCells(r.When); err != nil {
		return err
	}
	if r.UnlessCells, err = parseCells(r.Unless); err != nil {
		return err
	}
	for _, t := range r.Tables {
		if !tableNo.MatchString(t) {
			return fmt.Errorf("tables 中的“%s”不是表的编号（应如 \"05\"）", t)
		}
	}
	for _, e := range append(append([]Example{}, r.Pass...), r.Fail...) {
		for _, f := range e.Facts {
			if !strings.Contains(f, "=") {
				return fmt.Errorf("例子“%s”应写成“名称 = 数”", f)
			}
		}
	}
	return nil
}

func parseCells(names []string) ([]Ref, error) {
	var out []Ref
	for _, n := range names {
		ref, err := ParseCell(n)
		if err != nil {
			return nil, err
		}
		out = append(out, ref)
	}
	return out, nil
}

// itemLine is the line at which the i-th entry of a yaml list begins: entries
// begin with "- " in the first column.
func itemLine(f file, i int) int {
	n := -1
	for k, l := range strings.Split(string(f.data), "\n") {
		if strings.HasPrefix(l, "- ") || l == "-" {
			if n++; n == i {
				return k + 1
			}
		}
	}
	return 1
}
