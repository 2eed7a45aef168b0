package workbook

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"juesuan/internal/accounts"
	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/taxonomy"
)

// none says in 内设机构 that the unit has none.
const none = "无"

func (r *reader) unitRow(row int) {
	label := strings.TrimSpace(strings.TrimPrefix(r.word(1, row), "*"))
	v := r.value(2, row)
	text := strings.TrimSpace(v.Text)
	if v.Number != "" {
		text = v.Number
	}
	p := place(r.x.Name, 2, row)
	switch label {
	case fieldDuty, fieldOffice, fieldSubordinates:
		if text == "" {
			return
		}
		list := map[string]*[]string{fieldDuty: &r.a.Duties, fieldOffice: &r.a.Offices, fieldSubordinates: &r.a.Subordinates}[label]
		if text == none && label == fieldOffice {
			r.a.Offices = append([]string{}, r.a.Offices...)
			return
		}
		*list = append(*list, text)
		return
	case "":
		if text != "" {
			r.problem(p, "有内容，但没有写是什么项目", "请在A列写“主要职能”“内设机构”或“下属单位”")
		}
		return
	}
	var spec *taxonomy.TemplateRow
	for i := range r.s.Rows {
		if r.s.Rows[i].Key == label {
			spec = &r.s.Rows[i]
		}
	}
	if spec == nil {
		r.problem(place(r.x.Name, 1, row), fmt.Sprintf("不认识项目“%s”", label), "")
		return
	}
	if text == "" || !r.once(label, false, "“"+label+"”", p) {
		return
	}
	if len(spec.Options) > 0 && label != fieldForm && !slices.Contains(spec.Options, text) {
		r.problem(p, fmt.Sprintf("%s“%s”不能用", label, text), "应为"+strings.Join(spec.Options, "、"))
		return
	}
	switch label {
	case fieldUnit:
		r.a.Unit = text
	case fieldScope:
		r.a.Scope = text
	case fieldKind:
		r.a.Kind = accounts.UnitKind(text)
	case fieldYear:
		y, err := strconv.Atoi(strings.TrimRight(narrow(text), "年度"))
		if err != nil || y < 1990 || y > 2100 {
			r.problem(p, fmt.Sprintf("决算年度“%s”不是年份", text), "请填四位数字，如2024")
			return
		}
		r.a.Year = y
	case fieldMoney:
		r.a.Money = figure.Unit(text)
	case fieldInput:
		r.input = figure.Unit(text)
	case fieldForm:
		r.a.Form = text
	}
}

// unitDone asks for what nothing else can be read without.
func (r *reader) unitDone() {
	if _, ok := r.seen[fieldInput]; !ok {
		r.problem(document.Place{Sheet: r.x.Name}, "没有填“填报金额单位”，金额按元读取", "请选择“元”或“万元”")
	}
}

// codedRow reads a 科目 of a table.
func (r *reader) codedRow(row int) {
	key := total
	if fold(r.by(codeHead, row)) != total {
		s, ok := r.code(row)
		if !ok {
			if c := r.filled(row, first(r.s)); c > 0 && r.by(codeHead, row) == "" {
				r.problem(place(r.x.Name, 1, row), "有金额，但没有填科目编码", "请填科目编码，或删去金额")
			}
			return
		}
		key = s
	}
	for i := range r.s.Columns {
		c := &r.s.Columns[i]
		if col, ok := r.col[fold(c.Title())]; ok {
			r.setCell(accounts.Cell{Table: r.s.Table, Row: key, Col: c.Key}, col, row)
		}
	}
}

// line finds the line of a row by its label.
func (r *reader) line(row int) *taxonomy.TemplateRow {
	label := fold(r.word(1, row))
	for i := range r.s.Rows {
		if x := &r.s.Rows[i]; x.Group == "" && label != "" && fold(x.Title()) == label {
			return x
		}
	}
	return nil
}

func (r *reader) lineRow(row int) {
	l := r.line(row)
	if l == nil {
		label := r.word(1, row)
		group := slices.ContainsFunc(r.s.Rows, func(x taxonomy.TemplateRow) bool { return x.Group != "" && x.Group == label })
		if c := r.filled(row, first(r.s)); c > 0 && !group {
			r.problem(place(r.x.Name, c, row), fmt.Sprintf("这一行“%s”不认识，没有读取", label), "请把A列改回填报模板的样子；表里没有的行填在“补充数据”")
		}
		return
	}
	for i := range r.s.Columns {
		c := &r.s.Columns[i]
		col, ok := r.col[fold(c.Title())]
		if !ok {
			continue
		}
		if !applies(l, c) {
			if !r.blank(col, row) {
				r.problem(place(r.x.Name, col, row), "这一格不用填，没有读取", "请删去")
			}
			continue
		}
		if cell, key := target(r.s, l, c); cell.Table != "" {
			r.setCell(cell, col, row)
		} else {
			r.setValue(key, col, row)
		}
	}
}

// concept reads the name of a concept; the field's other names are taken, too.
func (r *reader) concept(col, row int) (string, bool) {
	name := r.word(col, row)
	c := r.tax.Concepts.ByName(name)
	if c == nil {
		r.problem(place(r.x.Name, col, row), fmt.Sprintf("不认识项目“%s”，没有读取", name), "请用填报模板里的名称，如“收入支出总计”“公务接待费”")
		return "", false
	}
	return c.Name, true
}

func (r *reader) dataRow(row int) {
	name := r.word(1, row)
	if name == "" {
		if c := r.filled(row, first(r.s)); c > 0 {
			r.problem(place(r.x.Name, c, row), "有数，但没有写是什么项目", "请在A列写项目的名称")
		}
		return
	}
	if !r.hasValue(row) {
		return
	}
	concept, ok := r.concept(1, row)
	if !ok {
		return
	}
	k := accounts.Key{Concept: concept}
	if r.by(codeHead, row) != "" {
		if k.Func, ok = r.code(row); !ok {
			return
		}
	}
	for i := range r.s.Columns {
		c := &r.s.Columns[i]
		if col, ok := r.col[fold(c.Title())]; ok {
			k.Period = c.Period
			r.setValue(k, col, row)
		}
	}
}

// hasValue reports a row with any value, formulas included.
func (r *reader) hasValue(row int) bool {
	for i := range r.s.Columns {
		if col, ok := r.col[fold(r.s.Columns[i].Title())]; ok && !r.blank(col, row) {
			return true
		}
	}
	return false
}

func (r *reader) subjectRow(row int) {
	k, ok := r.code(row)
	if !ok {
		if c := r.filled(row, first(r.s)); c > 0 && r.by(codeHead, row) == "" {
			r.problem(place(r.x.Name, 1, row), "有内容，但没有填科目编码", "请填科目编码，或删去内容")
		}
		return
	}
	for i := range r.s.Columns {
		c := &r.s.Columns[i]
		col, ok := r.col[fold(c.Title())]
		if !ok {
			continue
		}
		p := place(r.x.Name, col, row)
		key := accounts.Key{Concept: r.tax.OutlayConcept(k), Period: c.Period, Func: k}
		text := r.word(col, row)
		switch {
		case c.Reason:
			r.setReason(key, text, p)
		case c.Period != "":
			r.setValue(key, col, row)
		case text == "":
		case c.Key == "另用名称":
			if r.once("名"+k, r.a.Names[k] == text, "科目"+k+"的名称", p) {
				r.a.Names = put(r.a.Names, k, text)
			}
		default:
			if r.once("用"+k, r.a.Uses[k] == text, "科目"+k+"的主要用途", p) {
				r.a.Uses = put(r.a.Uses, k, text)
			}
		}
	}
}

func (r *reader) reasonRow(row int) {
	text := r.by("原因", row)
	if text == "" {
		return
	}
	p := place(r.x.Name, r.col[fold("原因")], row)
	if r.word(1, row) == "" {
		r.problem(p, "有原因，但没有写是什么项目", "请在A列写项目的名称")
		return
	}
	concept, ok := r.concept(1, row)
	if !ok {
		return
	}
	k := accounts.Key{Concept: concept, Period: r.by("与什么相比", row)}
	if !r.period(k.Period, "与什么相比", row) {
		return
	}
	if r.by(codeHead, row) != "" {
		if k.Func, ok = r.code(row); !ok {
			return
		}
	}
	r.setReason(k, text, p)
}

func (r *reader) period(s, head string, row int) bool {
	if slices.Contains(periods, s) {
		return true
	}
	r.problem(place(r.x.Name, r.col[fold(head)], row), fmt.Sprintf("期间“%s”不认识", s), "应为"+strings.Join(periods, "、"))
	return false
}

func (r *reader) pairRow(row int) {
	name, text := r.word(1, row), r.word(2, row)
	p := place(r.x.Name, 2, row)
	switch {
	case text == "":
	case name == "":
		r.problem(p, "有内容，但没有写名称", "请在A列写名称")
	case r.s.Kind == "名词":
		r.a.Glossary = append(r.a.Glossary, accounts.Term{Name: name, Meaning: text})
	default:
		if r.once("文"+name, r.a.Notes[name] == text, "“"+name+"”的文字", p) {
			r.a.Notes = put(r.a.Notes, name, text)
		}
	}
}

// moreRow reads 补充数据.
func (r *reader) moreRow(row int) {
	if r.blank(5, row) {
		return
	}
	a, b, c, d := r.word(1, row), r.word(2, row), r.word(3, row), r.word(4, row)
	switch a {
	case "表":
		b = strings.TrimPrefix(b, "表")
		if len(b) == 1 {
			b = "0" + b
		}
		cols, lines := r.tax.Layouts.Keys(b)
		switch {
		case cols == nil:
			r.problem(place(r.x.Name, 2, row), fmt.Sprintf("没有表“%s”", b), "表号应为01至09")
		case !lines[c] && !isCode(c):
			r.problem(place(r.x.Name, 3, row), fmt.Sprintf("表%s没有“%s”这一行", b, c), "")
		case !cols[d]:
			r.problem(place(r.x.Name, 4, row), fmt.Sprintf("表%s没有“%s”这一列", b, d), "")
		default:
			r.setCell(accounts.Cell{Table: b, Row: c, Col: d}, 5, row)
		}
	case "数值", "原因":
		concept, ok := r.concept(2, row)
		if !ok || !r.period(d, "列或期间", row) {
			return
		}
		if c != "" && !isCode(c) {
			r.problem(place(r.x.Name, 3, row), fmt.Sprintf("科目编码“%s”不对", c), "科目编码应是3、5或7位数字")
			return
		}
		k := accounts.Key{Concept: concept, Period: d, Func: c}
		if a == "数值" {
			r.setValue(k, 5, row)
		} else {
			r.setReason(k, r.word(5, row), place(r.x.Name, 5, row))
		}
	default:
		r.problem(place(r.x.Name, 1, row), fmt.Sprintf("类别“%s”不认识", a), "应为表、数值或原因")
	}
}

func (r *reader) sheetRow(row int) {
	r.a.Sheets = append(r.a.Sheets, r.word(1, row)...)
}

func (r *reader) sheetsDone() {
	b, err := base64.StdEncoding.DecodeString(string(r.a.Sheets))
	if err != nil {
		r.problem(document.Place{Sheet: r.x.Name}, "内容不认识，没有读取", "这张表现在不用填")
		b = nil
	}
	if len(b) == 0 {
		b = nil
	}
	r.a.Sheets = b
}
