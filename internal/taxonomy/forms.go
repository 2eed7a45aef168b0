package taxonomy

import (
	"fmt"
	"slices"
	"strings"
)

// FormSet is how one place and era prints its tables; data/README.md
// describes the fields.
type FormSet struct {
	ID   string `yaml:"id"`
	Form string `yaml:"form"` // 通用, 上海, 新疆 …: what a unit chooses
	From int    `yaml:"from"` // fiscal years, inclusive; 0: open
	To   int    `yaml:"to"`
	// Like names the set whose tables this one takes over, but for what it says itself.
	Like string `yaml:"like"`
	// UnitLine stands between title and table; a tab parts left and right.
	// {单位}, {范围} (部门 or 单位), {年度}, {金额单位}.
	UnitLine string `yaml:"unitline"`
	Zero     Zero   `yaml:"zero"`
	// Names are the words of lines by row key where they differ from the key.
	Names  map[string]string `yaml:"names"`
	Order  []string          `yaml:"order"`  // tables in print order; a table left out is not printed
	Remain string            `yaml:"remain"` // note when rounded parts do not add to their total (尾差)
	Tables []TableForm       `yaml:"tables"`
}

// Zero says how an amount of nothing is printed.
type Zero string

// Prints of nothing.
const (
	ZeroDigits Zero = "0.00" // the default
	ZeroBlank  Zero = "空"
)

// TableForm is the print of one table.
type TableForm struct {
	Table     string       `yaml:"table"` // canonical: "01" … "09"
	Tag       string       `yaml:"tag"`   // 公开01表
	Title     string       `yaml:"title"`
	Landscape bool         `yaml:"landscape"`
	Zero      Zero         `yaml:"zero"`
	Optional  bool         `yaml:"optional"` // not printed when it has no amount
	Numbers   string       `yaml:"numbers"`  // 栏次: a row below the header that numbers the amount columns; 序号: numbers alone; 无
	Columns   []FormColumn `yaml:"columns"`
	Total     string       `yaml:"total"`  // 前 (default) or 后: where 合计 stands in a table by code
	Sides     []FormSide   `yaml:"sides"`  // of 01 and 04
	Groups    []FormGroup  `yaml:"groups"` // of 06
	Sum       string       `yaml:"sum"`    // of 06: the words of a last row with the sum of both sides
	Rows      []FormRow    `yaml:"rows"`   // of 07
	Budget    string       `yaml:"budget"` // of 07: whether 预算数 is 年初预算 (default) or 全年预算
	Notes     []string     `yaml:"notes"`  // 注：…
	Empty     string       `yaml:"empty"`  // statement when it has no amount
}

// FormColumn is one column of the grid.
type FormColumn struct {
	Head string `yaml:"head"` // levels of the header joined with "/"; an empty level is merged with the one above
	// Key is the canonical column, or 编码, 类, 款, 项, 名称, 项目, 行次.
	Key      string  `yaml:"key"`
	Side     string  `yaml:"side"`     // of 01, 04; in 06 the number of the group from 1
	Item     string  `yaml:"item"`     // of 07: the row key it carries
	Width    float64 `yaml:"width"`    // relative
	Optional bool    `yaml:"optional"` // left out when it has no amount
}

// FormSide is one side of 01 or 04: lines from the top, class lines below
// them, and the foot whose rows stand level with those of the other side.
type FormSide struct {
	Side    string     `yaml:"side"`
	Lines   []FormLine `yaml:"lines"`
	Classes string     `yaml:"classes"` // 全部 (the list of the year) or 有数; "" none
	Unused  []string   `yaml:"unused"`  // 类 of the list that are printed only with an amount
	Foot    []FormLine `yaml:"foot"`
}

// FormLine is a named line; a zero line is blank. Name may begin with {序}:
// the Chinese number of the line.
type FormLine struct {
	Key      string `yaml:"key"`
	Name     string `yaml:"name"`
	Optional bool   `yaml:"optional"` // left out when it has no amount
	Center   bool   `yaml:"center"`
	Indent   int    `yaml:"indent"`
}

// FormGroup is one group of columns of 06.
type FormGroup struct {
	Classes []string `yaml:"classes"` // 经济分类 类; none: it goes on with those of the group before
	Full    []string `yaml:"full"`    // 类 of which every 款 of the year's list is printed, used or not
	Foot    string   `yaml:"foot"`    // row key of the sum at its foot, "" none
	Name    string   `yaml:"name"`    // words of the foot
}

// FormRow is a row of 07.
type FormRow struct {
	Item   string `yaml:"item"` // row key, when columns are measures
	Key    string `yaml:"key"`  // column key, when columns are items
	Name   string `yaml:"name"`
	Indent int    `yaml:"indent"`
}

// Forms are all sets.
type Forms struct{ sets []FormSet }

// All gives the sets. Do not change them.
func (x *Forms) All() []FormSet { return x.sets }

// GeneralForm is the form of a unit that chooses no other.
const GeneralForm = "通用"

// FormNames are the names of the sentence sets and table forms, the general
// one first. A form that has only tables takes the general sentences.
func (t *Taxonomy) FormNames() []string {
	out := []string{GeneralForm}
	add := func(form string) {
		if !slices.Contains(out, form) {
			out = append(out, form)
		}
	}
	for _, s := range t.Sentences.All() {
		add(s.Form)
	}
	for _, s := range t.Forms.All() {
		add(s.Form)
	}
	return out
}

// Choose finds the set of a form and fiscal year: 通用 when the form is not
// known, the nearest era when the year is not.
func (x *Forms) Choose(form string, year int) *FormSet {
	if len(x.sets) == 0 { // loaded for reading only
		return &FormSet{}
	}
	return nearest(x.sets, form, year, func(s *FormSet) (string, int, int) { return s.Form, s.From, s.To })
}

// nearest finds the set of a form whose years hold the fiscal year or come
// nearest to it: of 通用 when no set is of the form, the first when none is of
// that either. There must be a set.
func nearest[T any](sets []T, form string, year int, era func(*T) (form string, from, to int)) *T {
	for _, want := range []string{form, "通用"} {
		var found *T
		least := 0
		for i := range sets {
			name, from, to := era(&sets[i])
			away := max(0, from-year)
			if to != 0 {
				away = max(away, year-to)
			}
			if name == want && (found == nil || away < least) {
				found, least = &sets[i], away
			}
		}
		if found != nil {
			return found
		}
	}
	return &sets[0]
}

// Table finds the form of a table; nil when the set does not print it.
func (s *FormSet) Table(id string) *TableForm {
	for i := range s.Tables {
		if s.Tables[i].Table == id {
			return &s.Tables[i]
		}
	}
	return nil
}

// loadForms reads forms/*.yaml and resolves what each set takes over.
// Layouts must be loaded: forms may only use their keys.
func (t *Taxonomy) loadForms(s *source) error {
	sets, err := merge(s, "forms/*.yaml", func(f FormSet) string { return f.ID }, nil)
	if err != nil {
		return err
	}
	byID := map[string]FormSet{}
	for _, f := range sets {
		byID[f.ID] = f
	}
	// A user's layouts may have other keys than the embedded forms print: those
	// forms are then theirs to replace, too, and no reason to read nothing.
	strict := func(id string) bool { return true }
	if len(s.trees) > 1 {
		over := &source{trees: s.trees[1:]}
		own, _ := merge(over, "forms/*.yaml", func(f FormSet) string { return f.ID }, nil) // read above
		strict = func(id string) bool {
			return slices.ContainsFunc(own, func(f FormSet) bool { return f.ID == id })
		}
	}
	full := make([]FormSet, len(sets))
	for i := range sets {
		full[i], err = inherit(sets[i], byID, nil)
		if err != nil {
			return fmt.Errorf("forms：“%s”：%w", sets[i].ID, err)
		}
		if !strict(sets[i].ID) {
			continue
		}
		if err := full[i].check(&t.Layouts); err != nil {
			return fmt.Errorf("forms：“%s”：%w", sets[i].ID, err)
		}
	}
	t.Forms.sets = full
	return nil
}

// inherit fills what a set leaves out from the set it is like.
func inherit(f FormSet, byID map[string]FormSet, seen []string) (FormSet, error) {
	if f.Like == "" {
		return f.ordered(), nil
	}
	if slices.Contains(seen, f.ID) {
		return f, fmt.Errorf("like 循环")
	}
	base, ok := byID[f.Like]
	if !ok {
		return f, fmt.Errorf("like“%s”没有定义", f.Like)
	}
	base, err := inherit(base, byID, append(seen, f.ID))
	if err != nil {
		return f, err
	}
	out := f
	out.UnitLine = or(f.UnitLine, base.UnitLine)
	out.Zero = or(f.Zero, base.Zero)
	out.Remain = or(f.Remain, base.Remain)
	if f.Order == nil {
		out.Order = base.Order
	}
	out.Names = map[string]string{}
	for _, m := range []map[string]string{base.Names, f.Names} {
		for k, v := range m {
			out.Names[k] = v
		}
	}
	out.Tables = slices.Clone(base.Tables)
	for _, t := range f.Tables {
		if b := out.Table(t.Table); b != nil {
			*b = t.over(*b)
		} else {
			out.Tables = append(out.Tables, t)
		}
	}
	return out.ordered(), nil
}

// ordered puts the tables in print order and drops those not printed.
func (s FormSet) ordered() FormSet {
	if s.Order == nil {
		return s
	}
	var tables []TableForm
	for _, id := range s.Order {
		if t := s.Table(id); t != nil {
			tables = append(tables, *t)
		}
	}
	s.Tables = tables
	return s
}

// over is the table with what it leaves out taken from b.
func (t TableForm) over(b TableForm) TableForm {
	t.Tag, t.Title, t.Zero = or(t.Tag, b.Tag), or(t.Title, b.Title), or(t.Zero, b.Zero)
	t.Numbers, t.Total, t.Sum = or(t.Numbers, b.Numbers), or(t.Total, b.Total), or(t.Sum, b.Sum)
	t.Budget, t.Empty = or(t.Budget, b.Budget), or(t.Empty, b.Empty)
	t.Landscape = t.Landscape || b.Landscape
	t.Optional = t.Optional || b.Optional
	t.Columns, t.Sides = list(t.Columns, b.Columns), list(t.Sides, b.Sides)
	t.Groups, t.Rows, t.Notes = list(t.Groups, b.Groups), list(t.Rows, b.Rows), list(t.Notes, b.Notes)
	return t
}

func or[T ~string](a, b T) T {
	if a != "" {
		return a
	}
	return b
}

func list[T any](a, b []T) []T {
	if a != nil {
		return a
	}
	return b
}

// namesOf are the column keys that carry names and numbers instead of amounts.
var namesOf = []string{"编码", "类", "款", "项", "名称", "项目", "行次"}

// IsName reports a column without amounts.
func (c FormColumn) IsName() bool { return slices.Contains(namesOf, c.Key) }

func (s FormSet) check(layouts *Layouts) error {
	switch {
	case s.Form == "":
		return fmt.Errorf("没有 form")
	case len(s.Tables) == 0:
		return fmt.Errorf("没有 tables")
	case s.Zero != "" && s.Zero != ZeroBlank && s.Zero != ZeroDigits:
		return fmt.Errorf("zero“%s”应为“%s”或“%s”", s.Zero, ZeroDigits, ZeroBlank)
	}
	for _, t := range s.Tables {
		if err := t.check(layouts); err != nil {
			return fmt.Errorf("表%s：%w", t.Table, err)
		}
	}
	return nil
}

func (t TableForm) check(layouts *Layouts) error {
	cols, rows := layouts.Keys(t.Table)
	if cols == nil {
		return fmt.Errorf("layouts 中没有这张表")
	}
	for _, c := range t.Columns {
		if c.Key != "" && !c.IsName() && !cols[c.Key] {
			return fmt.Errorf("列“%s”不在 layouts 的 columns 中", c.Key)
		}
		if c.Item != "" && !rows[c.Item] {
			return fmt.Errorf("列的 item“%s”不在 layouts 的 rows 中", c.Item)
		}
	}
	foot := -1
	for _, s := range t.Sides {
		for _, l := range slices.Concat(s.Lines, s.Foot) {
			if l.Key != "" && !rows[l.Key] {
				return fmt.Errorf("行“%s”不在 layouts 的 rows 中", l.Key)
			}
		}
		if foot >= 0 && len(s.Foot) != foot {
			return fmt.Errorf("两侧的 foot 应一样长（空行写 {}）")
		}
		foot = len(s.Foot)
	}
	for _, r := range t.Rows {
		if r.Item != "" && !rows[r.Item] || r.Key != "" && !cols[r.Key] {
			return fmt.Errorf("行“%s%s”不在 layouts 中", r.Item, r.Key)
		}
	}
	switch {
	case t.Title == "" || len(t.Columns) == 0:
		return fmt.Errorf("没有 title 或 columns")
	case t.Total != "" && t.Total != "前" && t.Total != "后":
		return fmt.Errorf("total“%s”应为“前”或“后”", t.Total)
	case !slices.Contains([]string{"", "无", "栏次", "序号"}, t.Numbers):
		return fmt.Errorf("numbers“%s”应为“栏次”“序号”或“无”", t.Numbers)
	case len(layouts.Titled(t.Title)) == 0:
		return fmt.Errorf("layouts 认不出标题“%s”", t.Title)
	}
	return nil
}

// Keys gives the canonical columns and rows of a table over all its layouts;
// nil when there is no such table.
func (x *Layouts) Keys(table string) (columns, rows map[string]bool) {
	for _, l := range x.All {
		if l.Table != table {
			continue
		}
		if columns == nil {
			columns, rows = map[string]bool{}, map[string]bool{}
		}
		for _, s := range l.Sides {
			for _, k := range s.Columns {
				columns[k.Key] = true
			}
			for _, k := range s.Rows {
				rows[k.Key] = true
			}
		}
	}
	return columns, rows
}

// Fill puts values for the {names} of a unit line, note or statement.
func Fill(pattern string, values map[string]string) string {
	var pairs []string
	for k, v := range values {
		pairs = append(pairs, "{"+k+"}", v)
	}
	return strings.NewReplacer(pairs...).Replace(pattern)
}
