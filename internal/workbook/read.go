package workbook

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"juesuan/internal/accounts"
	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/format/xlsx"
	"juesuan/internal/taxonomy"
)

// IsTemplate reports whether the bytes are a 填报模板, empty or filled in.
func IsTemplate(ctx context.Context, name string, data []byte, tax *taxonomy.Taxonomy) bool {
	sheets, err := xlsx.Sheets(ctx, name, data, document.DefaultLimits(), func(sheet string) bool { return filled(tax, sheet, "单位") })
	return err == nil && known(sheets, tax) > 0
}

// filled reports a worksheet of the template that is filled in, of a kind if
// one is named.
func filled(tax *taxonomy.Taxonomy, name, kind string) bool {
	return slices.ContainsFunc(tax.Template.Sheets, func(s taxonomy.TemplateSheet) bool {
		return fold(s.Name) == fold(name) && (kind == s.Kind || kind == "" && s.Kind != "说明" && s.Kind != "目录")
	})
}

// known counts the worksheets of the template that a workbook has, but none
// when the one that says whose it is is not there.
func known(sheets []xlsx.Sheet, tax *taxonomy.Taxonomy) int {
	n, unit := 0, false
	for i := range tax.Template.Sheets {
		s := &tax.Template.Sheets[i]
		if sheet(sheets, s.Name) != nil {
			n++
			unit = unit || s.Kind == "单位"
		}
	}
	if !unit {
		return 0
	}
	return n
}

// sheet finds a worksheet; blanks and widths in its name do not matter.
func sheet(sheets []xlsx.Sheet, name string) *xlsx.Sheet {
	for i := range sheets {
		if fold(sheets[i].Name) == fold(name) {
			return &sheets[i]
		}
	}
	return nil
}

func fold(s string) string { return taxonomy.FoldName(s) }

// Read reads a filled in 填报模板. A blank cell is missing, never zero.
// Problems lists everything in it that cannot be taken over, each with its
// worksheet and cell; the accounts are what the rest says. The error is a
// *document.ReadError when the file is no such workbook at all.
func Read(ctx context.Context, name string, data []byte, tax *taxonomy.Taxonomy) (*accounts.Accounts, []Problem, error) {
	sheets, err := xlsx.Sheets(ctx, name, data, document.DefaultLimits(), func(sheet string) bool { return filled(tax, sheet, "") })
	if err != nil {
		return nil, nil, err
	}
	if known(sheets, tax) == 0 {
		return nil, nil, &document.ReadError{File: name, Problem: "不是填报模板：没有“单位情况”工作表",
			Remedy: "请用 juesuan init 生成的填报模板填写，不要改工作表的名称"}
	}
	r := &reader{tax: tax, a: &accounts.Accounts{}, input: figure.Yuan, seen: map[any]document.Place{}}
	for pass := range 2 { // the unit of amounts stands first
		for i := range tax.Template.Sheets {
			s := &tax.Template.Sheets[i]
			if (s.Kind == "单位") != (pass == 0) || s.Kind == "说明" || s.Kind == "目录" {
				continue
			}
			x := sheet(sheets, s.Name)
			if x == nil {
				r.problem(document.Place{}, fmt.Sprintf("缺少工作表“%s”", s.Name), "请从填报模板复制回来，没有数据的留空")
				continue
			}
			r.read(s, x)
		}
	}
	return r.a, r.problems, nil
}

type reader struct {
	tax      *taxonomy.Taxonomy
	a        *accounts.Accounts
	input    figure.Unit
	problems []Problem
	seen     map[any]document.Place // where each entry was read first

	s   *taxonomy.TemplateSheet
	x   *xlsx.Sheet
	col map[string]int // by head
}

func (r *reader) problem(p document.Place, text, remedy string) {
	r.problems = append(r.problems, Problem{p, text, remedy})
}

// read reads one worksheet.
func (r *reader) read(s *taxonomy.TemplateSheet, x *xlsx.Sheet) {
	r.s, r.x = s, x
	top := r.header()
	if top == 0 {
		return
	}
	for row := top + 1; row <= x.Last; row++ {
		switch s.Kind {
		case "单位":
			r.unitRow(row)
		case "科目表":
			r.codedRow(row)
		case "行表":
			r.lineRow(row)
		case "数据":
			r.dataRow(row)
		case "科目":
			r.subjectRow(row)
		case "原因":
			r.reasonRow(row)
		case "文字", "名词":
			r.pairRow(row)
		case "补充":
			r.moreRow(row)
		case "自评":
			r.sheetRow(row)
		}
	}
	switch s.Kind {
	case "单位":
		r.unitDone()
	case "自评":
		r.sheetsDone()
	}
}

// header finds the row with the heads of the columns; 0 when there is none.
func (r *reader) header() int {
	want := heads(r.s)
	for row := 1; row <= min(r.x.Last, headRow+10); row++ {
		if fold(r.word(1, row)) != fold(want[0]) {
			continue
		}
		r.col = map[string]int{}
		for c := range r.x.Rows[row] {
			r.col[fold(r.word(c, row))] = c
		}
		for _, h := range want {
			if _, ok := r.col[fold(h)]; !ok && !r.optional(h) {
				r.problem(place(r.x.Name, 1, row), fmt.Sprintf("表头中没有“%s”这一列", h), "请把表头改回填报模板的样子")
			}
		}
		return row
	}
	r.problem(document.Place{Sheet: r.x.Name}, fmt.Sprintf("找不到表头（第一列应是“%s”）", want[0]), "请把表头改回填报模板的样子")
	return 0
}

// optional reports a column that may be left out.
func (r *reader) optional(head string) bool {
	if head == noteHead || head == "级次" || head == nameHead || head == "计量单位" {
		return true
	}
	return slices.ContainsFunc(r.s.Columns, func(c taxonomy.TemplateColumn) bool { return c.Title() == head && c.Until != 0 })
}

func (r *reader) value(col, row int) xlsx.Value { return r.x.Rows[row][col] }

// word is the text of a cell; a stored number is its digits.
func (r *reader) word(col, row int) string {
	v := r.value(col, row)
	if v.Number != "" {
		return v.Number
	}
	return strings.TrimSpace(v.Text)
}

// by is the text of a cell by the head of its column.
func (r *reader) by(head string, row int) string { return r.word(r.col[fold(head)], row) }

// blank reports a cell without content. A formula that gives no text is blank.
func (r *reader) blank(col, row int) bool {
	v := r.value(col, row)
	return v.Number == "" && strings.TrimSpace(v.Text) == ""
}

// once reports whether an entry is new; a second one that differs is a problem.
func (r *reader) once(id any, same bool, what string, p document.Place) bool {
	old, ok := r.seen[id]
	if !ok {
		r.seen[id] = p
		return true
	}
	if !same {
		r.problem(p, fmt.Sprintf("%s与%s填的不一致", what, old), "请只填一处，或填成一样的")
	} else if old.Sheet == p.Sheet {
		r.problem(p, fmt.Sprintf("%s在%s已经填过", what, old), "请删去一处")
	}
	return false
}

// money reads an amount; ok is false for a blank and after a problem.
func (r *reader) money(col, row int) (accounts.Fen, bool) {
	v := r.value(col, row)
	p := place(r.x.Name, col, row)
	s := v.Number
	if s == "" {
		s = narrow(v.Text)
	}
	switch {
	case v.Error:
		r.problem(p, fmt.Sprintf("是错误值%s", strings.TrimSpace(v.Text)), "请改成数字")
		return 0, false
	case s == "" && v.Formula && r.x.Rows[row] != nil && strings.TrimSpace(v.Text) == "":
		r.problem(p, "公式没有保存计算结果", "请用 Excel 或 WPS 打开并保存一次")
		return 0, false
	case s == "":
		return 0, false
	}
	f, err := accounts.ParseFen(s, r.input)
	if err != nil {
		r.problem(p, err.Error(), fmt.Sprintf("请填以%s为单位、最多精确到分的数字", r.input))
		return 0, false
	}
	return f, true
}

// narrow folds full-width digits and signs, and drops blanks and signs of money.
func narrow(s string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= '０' && c <= '９':
			return c - '０' + '0'
		case c == '．':
			return '.'
		case c == '，', c == '﹐':
			return ','
		case c == '－', c == '−', c == '﹣':
			return '-'
		case c == ' ', c == '\u00a0', c == '\u3000', c == '\t', c == '\n', c == '\r', c == '¥', c == '￥':
			return -1
		}
		return c
	}, s)
}

// quantity reads a value of a concept.
func (r *reader) quantity(col, row int, concept string) (accounts.Quantity, bool) {
	u := unit(r.tax, concept)
	v := r.value(col, row)
	if v.Number != "" || v.Error || v.Formula || strings.Trim(narrow(v.Text), "-0123456789.,") == "" {
		if u.Kind() == figure.Money {
			f, ok := r.money(col, row)
			return f.Quantity(), ok
		}
	}
	s := v.Number
	if s == "" {
		s = narrow(v.Text)
	}
	if s == "" {
		return accounts.Quantity{}, false
	}
	p := place(r.x.Name, col, row)
	if v.Error {
		r.problem(p, fmt.Sprintf("是错误值%s", s), "请改成数字")
		return accounts.Quantity{}, false
	}
	bare := strings.TrimSuffix(s, noUnit)
	q, err := accounts.ParseQuantity(strings.NewReplacer("台（套）", "台(套)", "％", "%").Replace(bare))
	if err != nil {
		r.problem(p, err.Error(), "请填数字，需要时后面写计量单位")
		return accounts.Quantity{}, false
	}
	if q.Unit == figure.None && bare == s {
		q.Unit = u
	}
	if q.Decimals > 0 && whole[q.Unit] {
		r.problem(p, fmt.Sprintf("“%s”应是整数", s), "")
		return q, false
	}
	return q, true
}

// whole are units that nothing is a fraction of.
var whole = map[figure.Unit]bool{
	figure.Person: true, figure.PersonTime: true, figure.Vehicle: true, figure.Batch: true, figure.Set: true, figure.Group: true,
}

func (r *reader) setCell(c accounts.Cell, col, row int) {
	if c.Table == "" || r.calc(col, row) {
		return
	}
	f, ok := r.money(col, row)
	if !ok {
		return
	}
	if r.once(c, r.a.Cells[c] == f, fmt.Sprintf("表%s“%s”的“%s”", c.Table, c.Row, c.Col), place(r.x.Name, col, row)) {
		if r.a.Cells == nil {
			r.a.Cells = map[accounts.Cell]accounts.Fen{}
		}
		r.a.Cells[c] = f
	}
}

// calc reports a formula of the template: it is no entry.
func (r *reader) calc(col, row int) bool {
	if !r.value(col, row).Formula {
		return false
	}
	head := ""
	for h, c := range r.col {
		if c == col {
			head = h
		}
	}
	for i := range r.s.Columns {
		if c := &r.s.Columns[i]; fold(c.Title()) == head && len(c.Sum) > 0 {
			return true
		}
	}
	if r.s.Kind == "科目表" {
		return fold(r.word(1, row)) == total
	}
	l := r.line(row)
	return l != nil && len(l.Sum) > 0
}

func (r *reader) setValue(k accounts.Key, col, row int) {
	if r.calc(col, row) {
		return
	}
	q, ok := r.quantity(col, row, k.Concept)
	if !ok {
		return
	}
	if r.once(k, r.a.Values[k] == q, fmt.Sprintf("“%s”的%s数", said(k), k.Period), place(r.x.Name, col, row)) {
		if r.a.Values == nil {
			r.a.Values = map[accounts.Key]accounts.Quantity{}
		}
		r.a.Values[k] = q
	}
}

func said(k accounts.Key) string { return strings.TrimSpace(k.Concept + " " + k.Func) }

func (r *reader) setReason(k accounts.Key, s string, p document.Place) {
	if s == "" {
		return
	}
	if r.once("因"+fmt.Sprint(k), r.a.Reasons[k] == s, fmt.Sprintf("“%s”与%s相比的原因", said(k), k.Period), p) {
		r.a.Reasons = put(r.a.Reasons, k, s)
	}
}

func put[K comparable, V any](m map[K]V, k K, v V) map[K]V {
	if m == nil {
		m = map[K]V{}
	}
	m[k] = v
	return m
}

// code reads the 科目 of a row. A row with content and no valid code is a problem.
func (r *reader) code(row int) (string, bool) {
	s := strings.TrimSpace(narrow(r.by(codeHead, row)))
	if s == "" {
		return "", false
	}
	if !isCode(s) {
		r.problem(place(r.x.Name, r.col[fold(codeHead)], row), fmt.Sprintf("科目编码“%s”不对", s), "科目编码应是3、5或7位数字")
		return "", false
	}
	return s, true
}

// filled finds the first column with content in a row, from column from on.
func (r *reader) filled(row, from int) int {
	for c := from; c < from+len(r.s.Columns); c++ {
		if !r.blank(c, row) && !r.value(c, row).Formula {
			return c
		}
	}
	return 0
}

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
