package workbook

import (
	"context"
	"fmt"
	"slices"
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
