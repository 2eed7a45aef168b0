// Package workbook is how a clerk's figures come in: the 填报模板 as a
// workbook, empty or filled, and back again as accounts; workbooks of the nine
// tables from other systems; what last year's disclosure says of this year.
package workbook

import (
	"fmt"
	"slices"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/taxonomy"
)

// Problem is something in an input that cannot be taken over as it stands.
type Problem struct {
	Place  document.Place // worksheet and cell
	Text   string         // what is wrong
	Remedy string         // what to do, "" when the text says it
}

// String is one line for the clerk: 工作表“表02 收入决算表”C9：…，….
func (p Problem) String() string {
	s := p.Text
	if p.Place != (document.Place{}) {
		s = p.Place.String() + "：" + s
	}
	if p.Remedy != "" {
		s += "。" + p.Remedy
	}
	return s
}

// Fields of the 单位情况 worksheet.
const (
	fieldUnit         = "单位名称"
	fieldScope        = "公开范围"
	fieldKind         = "单位类型"
	fieldYear         = "决算年度"
	fieldMoney        = "公开金额单位"
	fieldInput        = "填报金额单位"
	fieldForm         = "样式"
	fieldDuty         = "主要职能"
	fieldOffice       = "内设机构"
	fieldSubordinates = "下属单位"
)

// Rows of every worksheet.
const (
	titleRow = 1
	hintRow  = 2
	unitRow  = 3
	headRow  = 4
	firstRow = 5
)

const (
	codeHead = "科目编码"
	nameHead = "科目名称"
	noteHead = "说明"
	total    = "合计"
)

// heads are the heads of a worksheet's columns, in order.
func heads(s *taxonomy.TemplateSheet) []string {
	var out []string
	switch s.Kind {
	case "单位":
		return []string{"项目", "内容", noteHead}
	case "科目表":
		out = []string{codeHead, nameHead, "级次"}
	case "行表":
		out = []string{"项目"}
	case "数据":
		out = []string{"项目", codeHead, nameHead, "计量单位"}
	case "科目":
		out = []string{codeHead, nameHead}
	case "原因":
		return []string{"项目", codeHead, nameHead, "与什么相比", "原因"}
	case "文字":
		return []string{"部分", "文字"}
	case "名词":
		return []string{"名词", "解释"}
	case "补充":
		return []string{"类别", "表号或项目", "行或科目编码", "列或期间", "内容"}
	case "目录":
		return []string{codeHead, nameHead}
	case "自评":
		return []string{"数据"}
	}
	for i := range s.Columns {
		out = append(out, s.Columns[i].Title())
	}
	if s.Kind == "行表" || s.Kind == "数据" {
		out = append(out, noteHead)
	}
	return out
}

// first is the column (from 1) of the first of a sheet's own columns.
func first(s *taxonomy.TemplateSheet) int {
	switch s.Kind {
	case "科目表":
		return 4
	case "行表":
		return 2
	case "数据":
		return 5
	case "科目":
		return 3
	}
	return 1
}

// periods that values and reasons may have, and how they are said.
var periods = []string{"本年", "上年", "上年预算", "上年执行", "年初预算", "全年预算", "预算", "他年"}

// rows are the rows of a sheet: those of the data, and what the sentences of
// the unit's form need beyond them.
func rows(s *taxonomy.TemplateSheet, tax *taxonomy.Taxonomy, form string, year int) []taxonomy.TemplateRow {
	out := slices.Clone(s.Rows)
	set := tax.Sentences.Choose(form, year)
	needs := set.Needs()
	has := func(key, label string) bool {
		return slices.ContainsFunc(out, func(r taxonomy.TemplateRow) bool { return r.Key == key && (label == "" || r.Label == label) })
	}
	switch s.Kind {
	case "数据":
		var more []taxonomy.TemplateRow
		for _, n := range needs {
			if n.Note != "" || n.Reason || !slices.Contains(s.Periods, n.Period) || has(n.Concept, "") {
				continue
			}
			if carried(tax, n, form, year) || tax.Entry(n.Concept, n.Period, "", false) != s.Name {
				continue
			}
			if _, sum := set.Sums[n.Concept]; sum && n.Period == "本年" {
				continue
			}
			if !slices.ContainsFunc(more, func(r taxonomy.TemplateRow) bool { return r.Key == n.Concept }) {
				more = append(more, taxonomy.TemplateRow{Key: n.Concept})
			}
		}
		if len(more) > 0 && slices.ContainsFunc(out, func(r taxonomy.TemplateRow) bool { return r.Group != "" }) {
			out = append(out, taxonomy.TemplateRow{Group: "其他"})
		}
		out = append(out, more...)
	case "原因":
		for _, n := range needs {
			if n.Reason && !has(n.Concept, n.Period) {
				out = append(out, taxonomy.TemplateRow{Key: n.Concept, Label: n.Period})
			}
		}
	case "文字":
		for _, n := range needs {
			if n.Note != "" && !has(n.Note, "") {
				out = append(out, taxonomy.TemplateRow{Key: n.Note})
			}
		}
	}
	return out
}

// carried reports a value that the tables give.
func carried(tax *taxonomy.Taxonomy, n taxonomy.Need, form string, year int) bool {
	c := tax.Concepts.ByName(n.Concept)
	if c == nil || c.Fund == "财政拨款" && n.Period == "本年" {
		return true
	}
	budget := "年初预算"
	if t := tax.Forms.Choose(form, year).Table("07"); t != nil && t.Budget != "" {
		budget = t.Budget
	}
	for _, r := range c.Cells {
		if len(r.Table) == 2 && (r.Period == n.Period || r.Period == "预算" && n.Period == budget) {
			return true
		}
	}
	return false
}

// catalogue is the 科目 of a year by code: those of the lists of the year, and
// those of other years beyond them.
type catalogue struct {
	names map[string]string
	codes []string // in order, 功能分类 first
}

func newCatalogue(tax *taxonomy.Taxonomy, year int) *catalogue {
	c := &catalogue{names: map[string]string{}}
	for _, l := range []*taxonomy.CodeList{&tax.Codes.Func, &tax.Codes.Econ} {
		for _, y := range []int{year, 0} {
			for _, i := range l.All(y) {
				if c.names[i.Code] == "" {
					c.names[i.Code] = i.Name
				}
			}
		}
		for _, i := range l.All(0) {
			c.codes = append(c.codes, i.Code)
		}
	}
	return c
}

func isCode(s string) bool {
	return (len(s) == 3 || len(s) == 5 || len(s) == 7) && strings.Trim(s, "0123456789") == ""
}

// unit of a concept's values.
func unit(tax *taxonomy.Taxonomy, concept string) figure.Unit {
	if c := tax.Concepts.ByName(concept); c != nil {
		return c.Unit
	}
	return figure.None
}

func place(sheet string, col, row int) document.Place {
	return document.Place{Sheet: sheet, Cell: at(col, row)}
}

// at names a cell: B7.
func at(col, row int) string {
	name := ""
	for n := col; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return fmt.Sprintf("%s%d", name, row)
}

// column names a column: B.
func column(col int) string { return strings.TrimRight(at(col, 1), "1") }
