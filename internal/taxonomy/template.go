package taxonomy

import (
	"cmp"
	"fmt"
	"slices"
)

// TemplateSheet is one worksheet of the 填报模板, the workbook that the clerk
// fills in; data/README.md describes the fields. internal/workbook writes and
// reads it.
type TemplateSheet struct {
	Name string `yaml:"name"` // of the worksheet
	// Kind says how rows are read: 说明 words only; 单位 a field a row; 科目表
	// a 科目 a row, 行表 a line a row (both of a table); 数据 a quantity a row;
	// 科目 what is said of one 科目; 原因; 文字; 名词; 自评; 补充; 目录.
	Kind    string           `yaml:"kind"`
	Table   string           `yaml:"table"` // of 科目表 and 行表
	Hint    []string         `yaml:"hint"`  // below the title
	Columns []TemplateColumn `yaml:"columns"`
	Rows    []TemplateRow    `yaml:"rows"`
	Free    int              `yaml:"free"` // blank rows for more
	List    string           `yaml:"list"` // of 科目表: 科目 that are listed already: 经济分类款
	// Periods of 数据: what no row names and a sentence needs at them is added.
	Periods []string `yaml:"periods"`
}

// TemplateColumn is a column that is filled in.
type TemplateColumn struct {
	Key    string   `yaml:"key"`    // column of the table; or what the sheet's kind knows: 另用名称, 用途 …
	Head   string   `yaml:"head"`   // as printed; "": the key
	Period string   `yaml:"period"` // the values of this period
	Reason bool     `yaml:"reason"` // why the value differs from that of the period
	Sum    []string `yaml:"sum"`    // a formula: these columns together
	Note   string   `yaml:"note"`   // comment on the head: what goes in
	Width  float64  `yaml:"width"`
	Until  int      `yaml:"until"` // the last fiscal year that has it; 0: all
}

// Title is the head of the column.
func (c *TemplateColumn) Title() string { return cmp.Or(c.Head, c.Key) }

// TemplateRow is a row with its name.
type TemplateRow struct {
	Key     string   `yaml:"key"`     // line of the table, field of the unit, concept, section
	Label   string   `yaml:"label"`   // as printed; "": the key
	Group   string   `yaml:"group"`   // a heading in place of a row
	Note    string   `yaml:"note"`    // what goes in
	Options []string `yaml:"options"` // the only answers
	Columns []string `yaml:"columns"` // those that apply; none: all
	Count   bool     `yaml:"count"`   // of 行表: a count, which is a value and no cell of the table
	Sum     []string `yaml:"sum"`     // a formula: these rows together
	Times   int      `yaml:"times"`   // so many rows of it
}

// Title is the print of the row.
func (r *TemplateRow) Title() string { return cmp.Or(r.Label, r.Key) }

// Template is the 填报模板.
type Template struct{ Sheets []TemplateSheet }

// Kinds of worksheet of the template.
var templateKinds = []string{"说明", "单位", "科目表", "行表", "数据", "科目", "原因", "文字", "名词", "自评", "补充", "目录"}

func (t *Taxonomy) loadTemplate(s *source) error {
	list, err := merge(s, "template.yaml", func(x TemplateSheet) string { return x.Name }, func(x TemplateSheet) error {
		if !slices.Contains(templateKinds, x.Kind) {
			return fmt.Errorf("kind“%s”不认识", x.Kind)
		}
		for _, r := range x.Rows {
			if r.Key == "" || x.Kind != "数据" && !r.Count {
				continue
			}
			if c := t.Concepts.ByName(r.Key); c == nil || c.Name != r.Key {
				return fmt.Errorf("“%s”不在 concepts.yaml 中", r.Key)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	t.Template.Sheets = list
	return nil
}

// OutlayConcept is the concept of the outlay on one 功能分类 科目: that of the
// 财政拨款 which pays for it.
func (t *Taxonomy) OutlayConcept(code string) string {
	for _, i := range t.Codes.Func.Names(code) {
		switch i.Fund {
		case "govfund":
			return "政府性基金预算财政拨款支出"
		case "capital":
			return "国有资本经营预算财政拨款支出"
		}
	}
	return "一般公共预算财政拨款支出"
}

// Entry names the worksheet of the template where a value or a reason is
// entered, "" when none has a place for it.
func (t *Taxonomy) Entry(concept, period, code string, reason bool) string {
	for i := range t.Template.Sheets {
		s := &t.Template.Sheets[i]
		for k := range s.Columns {
			c := &s.Columns[k]
			if c.Period != period || c.Reason != reason {
				continue
			}
			if s.Kind == "科目" && code != "" && t.OutlayConcept(code) == concept {
				return s.Name
			}
			if s.Kind == "行表" && code == "" && s.line(concept) {
				return s.Name
			}
		}
		if s.Kind == "行表" && code == "" && !reason && period == "本年" {
			for _, r := range s.Rows {
				if r.Count && r.Key == concept {
					return s.Name
				}
			}
		}
	}
	for i := range t.Template.Sheets {
		s := &t.Template.Sheets[i]
		if s.Kind == "原因" && reason || s.Kind == "数据" && !reason && slices.Contains(s.Periods, period) {
			return s.Name
		}
	}
	return ""
}

// line reports whether a row of the sheet is the concept.
func (s *TemplateSheet) line(concept string) bool {
	return slices.ContainsFunc(s.Rows, func(r TemplateRow) bool { return s.Concept(&r) == concept })
}

// Concept is the concept whose values of other periods stand in a row of a 行表.
func (s *TemplateSheet) Concept(r *TemplateRow) string {
	if s.Kind == "行表" && s.Table == "07" && r.Key == "合计" {
		return "三公经费"
	}
	return r.Key
}

// All gives the names of a year in the order of their codes; 0 is any year.
func (l *CodeList) All(year int) []Item {
	var out []Item
	for code := range l.byCode {
		for _, i := range l.byCode[code] {
			if i.In(year) {
				out = append(out, i)
				break
			}
		}
	}
	slices.SortFunc(out, func(a, b Item) int { return cmp.Compare(a.Code, b.Code) })
	return out
}
