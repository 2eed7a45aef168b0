package taxonomy

import (
	"fmt"
	"strings"

	"juesuan/internal/figure"
)

// Concept is one thing a disclosure gives a figure for: 本年收入合计,
// 公务接待费, 公务用车保有量. Its table cells say where the same value is
// printed, so text can be compared with tables and a cell knows its concept.
type Concept struct {
	Name    string   `yaml:"name"`
	Aliases []string `yaml:"aliases"` // other wordings, era variants; Name itself need not be repeated
	// Unit is 元 for any amount of money, else the counting unit (个, 人, 辆 …) or %.
	Unit figure.Unit `yaml:"unit"`
	Fund string      `yaml:"fund"` // 一般公共预算, 政府性基金, 国有资本经营 or 财政拨款 when the concept is of that money only
	// Part names the concept this one is a part of, "" when none:
	// 公务接待费 is a part of 三公经费.
	Part string `yaml:"part"`
	// Cells carry the value of the whole; Coded carry it for one 科目, with
	// {func} or {econ} standing for its code.
	Cells []CellRef `yaml:"-"`
	Coded []CellRef `yaml:"-"`
	// CellNames and CodedNames are Cells and Coded as the data writes them.
	CellNames  []string `yaml:"cells"`
	CodedNames []string `yaml:"coded"`
	// Within says what the same words mean inside the scope of another
	// concept: 基本支出 within 一般公共预算财政拨款支出 is 一般公共预算财政拨款基本支出.
	Within map[string]string `yaml:"within"`
}

// CellRef names a cell of a recognised table by canonical keys. In the data
// it is written "表/行/列" or "表/行/列@期间"; without a period it is 本年.
type CellRef struct {
	Table, Row, Col string
	Period          string // a report.Period
}

// String gives the form of the data files.
func (c CellRef) String() string {
	s := c.Table + "/" + c.Row + "/" + c.Col
	if c.Period != "本年" {
		s += "@" + c.Period
	}
	return s
}

// cellRefs reads “表/行/列@期间”.
func cellRefs(names []string) ([]CellRef, error) {
	var out []CellRef
	for _, n := range names {
		s, period, said := strings.Cut(n, "@")
		if !said {
			period = "本年"
		}
		p := strings.SplitN(s, "/", 3)
		if len(p) != 3 || p[0] == "" || p[1] == "" || p[2] == "" || period == "" {
			return nil, fmt.Errorf("“%s”应写成“表/行/列”或“表/行/列@期间”", n)
		}
		out = append(out, CellRef{Table: p[0], Row: p[1], Col: p[2], Period: period})
	}
	return out, nil
}

// Concepts are all concepts, in the order of the data.
type Concepts struct {
	all    []Concept
	byName map[string]int  // name and every alias, folded
	trie   *trieNode       // of the folded aliases
	byCell map[CellRef]int // Cells and Coded with placeholders; the period is left out
}

func (x *Concepts) load(s *source) error {
	all, err := merge(s, "concepts*.yaml", func(c Concept) string { return c.Name }, checkConcept)
	if err != nil {
		return err
	}
	for i := range all { // checked by checkConcept
		all[i].Cells, _ = cellRefs(all[i].CellNames)
		all[i].Coded, _ = cellRefs(all[i].CodedNames)
	}
	x.all = all
	x.byName = map[string]int{}
	x.byCell = map[CellRef]int{}
	x.trie = &trieNode{concept: -1}
	for i, c := range all {
		for _, a := range append([]string{c.Name}, c.Aliases...) {
			k := FoldName(a)
			if j, taken := x.byName[k]; taken && j != i {
				return fmt.Errorf("concepts.yaml：“%s”的别名“%s”已属于“%s”", c.Name, a, all[j].Name)
			}
			x.byName[k] = i
			x.trie.add(k, i)
		}
		for _, r := range append(append([]CellRef{}, c.Cells...), c.Coded...) {
			if _, taken := x.byCell[r]; !taken {
				x.byCell[r] = i // the first entry that claims a cell names it
			}
		}
	}
	for _, c := range all {
		for _, n := range append([]string{c.Part}, values(c.Within)...) {
			if _, ok := x.byName[FoldName(n)]; n != "" && !ok {
				return fmt.Errorf("concepts.yaml：“%s”提到的“%s”没有定义", c.Name, n)
			}
		}
	}
	return nil
}

func values(m map[string]string) []string {
	var out []string
	for _, v := range m {
		out = append(out, v)
	}
	return out
}

func checkConcept(c Concept) error {
	switch c.Unit.Kind() {
	case figure.Bare:
		return fmt.Errorf("没有 unit（金额写“元”）")
	case figure.Money:
		if c.Unit != figure.Yuan {
			return fmt.Errorf("unit 应写“元”")
		}
	}
	if _, err := cellRefs(c.CellNames); err != nil {
		return err
	}
	coded, err := cellRefs(c.CodedNames)
	if err != nil {
		return err
	}
	for _, r := range coded {
		if !strings.HasPrefix(r.Row, "{") {
			return fmt.Errorf("coded 的行应为 {func} 或 {econ}：%s", r)
		}
	}
	return nil
}

// All gives the concepts in the order of the data. Do not change them.
func (x *Concepts) All() []Concept { return x.all }

// ByName finds a concept by its canonical name or an alias, folded; nil when unknown.
func (x *Concepts) ByName(name string) *Concept {
	if i, ok := x.byName[FoldName(name)]; ok {
		return &x.all[i]
	}
	return nil
}

// Match finds the longest alias that begins at s[0]; n is how many bytes of s
// it takes (0: none). Blanks, quotation marks and the width and shape of
// brackets in s do not matter: “三公” 经费 is 三公经费.
func (x *Concepts) Match(s string) (c *Concept, n int) {
	i, n := x.trie.longest(s)
	if i < 0 {
		return nil, 0
	}
	return &x.all[i], n
}

// Within says what a concept's words mean inside the scope of another
// concept; without an entry the concept itself.
func (x *Concepts) Within(c *Concept, scope string) *Concept {
	if n, ok := c.Within[scope]; ok {
		return x.ByName(n)
	}
	return c
}

// CellsOf gives the table cells that carry the concept. With a code only the
// cells of that 科目; a 款 or 项 has no row in the tables that list 类 only:
// looking the cell up in the report then finds nothing.
func (x *Concepts) CellsOf(name, funcCode, econCode string) []CellRef {
	c := x.ByName(name)
	if c == nil {
		return nil
	}
	if funcCode == "" && econCode == "" {
		return c.Cells
	}
	var out []CellRef
	for _, r := range c.Coded {
		switch {
		case r.Row == "{func}" && funcCode != "":
			r.Row = funcCode
		case r.Row == "{econ}" && econCode != "":
			r.Row = econCode
		default:
			continue
		}
		out = append(out, r)
	}
	return out
}

// OfCell says which concept a cell of a recognised table carries, and for
// which period. code is the row's 科目 code, "" when it has none.
func (x *Concepts) OfCell(table, row, col, code string) (c *Concept, period string) {
	rows := []string{row}
	if code != "" {
		rows = append(rows, "{func}", "{econ}")
	}
	for _, r := range rows {
		for _, p := range []string{"本年", "预算", "年初预算", "全年预算", "上年", "上年预算", "上年执行"} {
			if i, ok := x.byCell[CellRef{table, r, col, p}]; ok {
				return &x.all[i], p
			}
		}
	}
	return nil, ""
}
