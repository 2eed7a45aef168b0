package workbook

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"juesuan/internal/accounts"
	"juesuan/internal/figure"
	"juesuan/internal/format/xlsx"
	"juesuan/internal/taxonomy"
)

// Options of a template: what is known of the unit before it is filled in.
type Options struct {
	Unit  string
	Scope string
	Kind  accounts.UnitKind
	Year  int
	Money figure.Unit // that is published: 万元 when ""
	Input figure.Unit // that is filled in: 元 when ""
	Form  string      // 通用 when ""
}

// Template makes an empty 填报模板. The same options give the same bytes.
func Template(tax *taxonomy.Taxonomy, opt Options) ([]byte, error) {
	a := &accounts.Accounts{Unit: opt.Unit, Scope: opt.Scope, Kind: opt.Kind, Year: opt.Year, Money: opt.Money, Form: opt.Form}
	if a.Money == "" {
		a.Money = figure.WanYuan
	}
	if a.Form == "" {
		a.Form = "通用"
	}
	return fill(a, tax, opt.Input)
}

// Fill makes a 填报模板 that says what the accounts say: Read gives the same
// accounts back. Amounts are filled in in 元.
func Fill(a *accounts.Accounts, tax *taxonomy.Taxonomy) ([]byte, error) {
	return fill(a, tax, figure.Yuan)
}

func fill(a *accounts.Accounts, tax *taxonomy.Taxonomy, input figure.Unit) ([]byte, error) {
	if input == "" {
		input = figure.Yuan
	}
	w := &writer{f: excelize.NewFile(), a: a, tax: tax, input: input, styles: map[string]int{}, left: newRest(a)}
	defer func() { _ = w.f.Close() }() // nothing on disk
	for i := range tax.Template.Sheets {
		s := tax.Template.Sheets[i]
		s.Columns = slices.DeleteFunc(slices.Clone(s.Columns), func(c taxonomy.TemplateColumn) bool {
			return c.Until != 0 && a.Year > c.Until
		})
		w.add(&s, i == 0)
		if w.err != nil {
			return nil, fmt.Errorf("write sheet %s: %w", tax.Template.Sheets[i].Name, w.err)
		}
	}
	w.f.SetActiveSheet(0)
	w.do(w.f.SetDocProps(&excelize.DocProperties{Title: "决算公开填报模板", Creator: "juesuan", Language: "zh-CN",
		Created: "1980-01-01T00:00:00Z", Modified: "1980-01-01T00:00:00Z"}))
	w.do(w.f.SetAppProps(&excelize.AppProperties{Application: "juesuan"}))
	if w.err != nil {
		return nil, fmt.Errorf("write template: %w", w.err)
	}
	var b bytes.Buffer
	if err := xlsx.Save(w.f, &b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// writer writes a template; the first error stays.
type writer struct {
	f      *excelize.File
	a      *accounts.Accounts
	tax    *taxonomy.Taxonomy
	input  figure.Unit
	sheet  string
	styles map[string]int
	left   *rest
	cat    *catalogue
	err    error
}

func (w *writer) do(err error) {
	if w.err == nil {
		w.err = err
	}
}

// looks of the template.
const (
	lookTitle = "title"
	lookHint  = "hint"
	lookUnit  = "unit"
	lookHead  = "head"
	lookGroup = "group"
	lookLabel = "label" // printed words
	lookNote  = "note"
	lookCalc  = "calc"  // a formula with an amount
	lookName  = "name"  // a formula with words
	lookDead  = "dead"  // nothing to fill in
	lookWords = "words" // to fill in
	lookCode  = "code"
	lookMoney = "money"
	lookCount = "count"
)

const (
	colourInput = "FFF8DC"
	colourCalc  = "EDEDED"
	colourHead  = "DCE6F1"
)

func (w *writer) style(name string) int {
	if id, ok := w.styles[name]; ok {
		return id
	}
	s := &excelize.Style{
		Font:       &excelize.Font{Family: "宋体", Size: 11},
		Alignment:  &excelize.Alignment{Vertical: "center", WrapText: true},
		Protection: &excelize.Protection{Locked: true},
	}
	border := true
	fill := ""
	format := ""
	switch name {
	case lookTitle:
		s.Font.Size, s.Font.Bold, border, s.Alignment.WrapText = 16, true, false, false
	case lookHint, lookUnit:
		s.Alignment.WrapText = name == lookHint
		s.Font.Size, s.Font.Color, border = 10, "595959", false
		s.Alignment.Vertical = "top"
	case lookHead:
		s.Font.Bold, s.Alignment.Horizontal, fill = true, "center", colourHead
	case lookGroup:
		s.Font.Bold, fill = true, colourHead
	case lookNote:
		s.Font.Size, s.Font.Color = 10, "595959"
	case lookCalc:
		fill, format, s.Alignment.Horizontal, s.Alignment.WrapText = colourCalc, "#,##0.00####", "right", false
	case lookName, lookDead:
		fill = colourCalc
	case lookWords:
		fill, s.Protection.Locked, format = colourInput, false, "@"
	case lookCode:
		fill, s.Protection.Locked, format = colourInput, false, "@"
	case lookMoney:
		fill, s.Protection.Locked, format, s.Alignment.WrapText = colourInput, false, "#,##0.00####", false
		s.Alignment.Horizontal = "right"
	case lookCount:
		fill, s.Protection.Locked, s.Alignment.Horizontal = colourInput, false, "right"
	}
	if format != "" {
		s.CustomNumFmt = &format
	}
	if fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
	}
	if border {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "A6A6A6", Style: 1})
		}
	}
	id, err := w.f.NewStyle(s)
	w.do(err)
	w.styles[name] = id
	return id
}

// text writes words; the empty text leaves a formatted blank.
func (w *writer) text(col, row int, s, look string) {
	if s != "" {
		w.do(w.f.SetCellStr(w.sheet, at(col, row), s))
	}
	w.do(w.f.SetCellStyle(w.sheet, at(col, row), at(col, row), w.style(look)))
}

// number writes a plain decimal as a number.
func (w *writer) number(col, row int, s, look string) {
	w.do(w.f.SetCellDefault(w.sheet, at(col, row), s))
	w.do(w.f.SetCellStyle(w.sheet, at(col, row), at(col, row), w.style(look)))
}

// formula writes a formula with the value it has now.
func (w *writer) formula(col, row int, f, value, look string) {
	w.do(xlsx.SetFormula(w.f, w.sheet, at(col, row), f, value))
	w.do(w.f.SetCellStyle(w.sheet, at(col, row), at(col, row), w.style(look)))
}

// money writes an amount in the unit of the workbook, as a number when a
// double holds it exactly.
func (w *writer) money(col, row int, f accounts.Fen) {
	s := f.Exact(w.input)
	if exact(s) {
		w.number(col, row, s, lookMoney)
		return
	}
	w.text(col, row, s, lookMoney)
}

// exact reports whether a double shows the number as it is written.
func exact(s string) bool {
	return len(strings.TrimLeft(strings.NewReplacer("-", "", ".", "").Replace(s), "0")) <= 15
}

// quantity writes a value of a concept: as a bare number where reading gives
// the same quantity back, else as text with its unit.
func (w *writer) quantity(col, row int, q accounts.Quantity, concept string) {
	u := unit(w.tax, concept)
	if u.Kind() == figure.Money && q.Unit == figure.Yuan && q.Decimals == 2 {
		w.money(col, row, accounts.Fen(q.Coef))
		return
	}
	digits := q.Digits()
	if u == q.Unit && u.Kind() != figure.Money {
		if exact(digits) && !strings.HasSuffix(digits, ".0") && (q.Decimals == 0 || q.Coef%10 != 0) {
			w.number(col, row, digits, lookCount)
			return
		}
		w.text(col, row, digits, lookCount)
		return
	}
	s := string(q.Unit)
	if s == "" {
		s = noUnit
	}
	w.text(col, row, digits+s, lookCount)
}

// noUnit marks a quantity without a unit where its concept has one.
const noUnit = "（无单位）"

// add writes one worksheet.
func (w *writer) add(s *taxonomy.TemplateSheet, only bool) {
	w.sheet = s.Name
	if only {
		w.do(w.f.SetSheetName("Sheet1", s.Name))
	} else {
		_, err := w.f.NewSheet(s.Name)
		w.do(err)
	}
	if w.err != nil {
		return
	}
	switch s.Kind {
	case "说明":
		w.words(s)
	case "单位":
		w.head(s)
		w.unitSheet(s)
	case "科目表":
		w.head(s)
		w.coded(s)
	case "行表":
		w.head(s)
		w.lines(s)
	case "数据":
		w.head(s)
		w.data(s)
	case "科目":
		w.head(s)
		w.subjects(s)
	case "原因":
		w.head(s)
		w.reasons(s)
	case "文字", "名词":
		w.head(s)
		w.pairs(s)
	case "补充":
		w.head(s)
		w.more(s)
	case "自评":
		w.head(s)
		w.sheets()
	case "目录":
		w.head(s)
		w.codes()
	}
	w.do(w.f.ProtectSheet(w.sheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true, AutoFilter: true, EditObjects: true,
	}))
	w.page(s)
}

// words writes the instructions.
func (w *writer) words(s *taxonomy.TemplateSheet) {
	w.text(1, titleRow, "决算公开填报模板", lookTitle)
	w.do(w.f.SetRowHeight(w.sheet, titleRow, 32))
	for i, h := range s.Hint {
		w.text(1, 2+i, fmt.Sprintf("%d. %s", i+1, h), lookLabel)
		w.do(w.f.SetRowHeight(w.sheet, 2+i, height(h, 96)))
	}
	w.do(w.f.SetColWidth(w.sheet, "A", "A", 100))
	n := 3 + len(s.Hint)
	w.text(1, n, "这种颜色的格子填写", lookWords)
	w.text(1, n+1, "这种颜色的格子自动计算，不用填", lookName)
}

// head writes title, hints, unit line and the heads of the columns.
func (w *writer) head(s *taxonomy.TemplateSheet) {
	list := heads(s)
	w.text(1, titleRow, s.Name, lookTitle)
	w.do(w.f.SetRowHeight(w.sheet, titleRow, 28))
	widths := 0.0
	for i, h := range list {
		wd := w.width(s, i, h)
		widths += wd
		w.do(w.f.SetColWidth(w.sheet, column(i+1), column(i+1), wd))
		w.text(i+1, headRow, h, lookHead)
	}
	hint := strings.Join(s.Hint, "\n")
	w.text(1, hintRow, hint, lookHint)
	if len(list) > 1 {
		w.do(w.f.MergeCell(w.sheet, at(1, hintRow), at(len(list), hintRow)))
	}
	w.do(w.f.SetRowHeight(w.sheet, hintRow, height(hint, widths)))
	if slices.Contains([]string{"科目表", "行表", "数据", "科目", "补充"}, s.Kind) {
		cell := w.inputCell()
		w.formula(1, unitRow, fmt.Sprintf(`"金额单位："&%s`, cell), "金额单位："+string(w.input), lookUnit)
	}
	w.do(w.f.SetRowHeight(w.sheet, headRow, 32))
	for i := range s.Columns {
		c := &s.Columns[i]
		note := c.Note
		if len(c.Sum) > 0 {
			note = "自动计算：" + strings.Join(c.Sum, "＋")
		}
		if note != "" && s.Kind != "单位" {
			w.comment(at(first(s)+i, headRow), note)
		}
	}
	split := 0
	switch s.Kind {
	case "科目表", "科目":
		split = 2
	case "行表", "数据":
		split = 1
	}
	w.do(w.f.SetPanes(w.sheet, &excelize.Panes{Freeze: true, XSplit: split, YSplit: headRow,
		TopLeftCell: at(split+1, firstRow), ActivePane: map[bool]string{true: "bottomRight", false: "bottomLeft"}[split > 0]}))
}

// inputCell is where the unit of amounts is chosen.
func (w *writer) inputCell() string {
	for i := range w.tax.Template.Sheets {
		s := &w.tax.Template.Sheets[i]
		for k, r := range s.Rows {
			if s.Kind == "单位" && r.Key == fieldInput {
				return fmt.Sprintf("'%s'!$B$%d", s.Name, firstRow+k)
			}
		}
	}
	return `"元"`
}

func (w *writer) width(s *taxonomy.TemplateSheet, i int, head string) float64 {
	if k := i + 1 - first(s); s.Kind != "单位" && k >= 0 && k < len(s.Columns) && s.Columns[k].Width > 0 {
		return s.Columns[k].Width
	}
	if s.Kind == "单位" && i < len(s.Columns) {
		return s.Columns[i].Width
	}
	switch head {
	case codeHead:
		return 12
	case nameHead:
		return 34
	case "级次":
		return 8
	case "计量单位":
		return 10
	case noteHead, "项目", "名词", "表号或项目":
		return 38
	case "与什么相比", "类别", "部分":
		return 18
	case "文字", "解释", "原因", "数据":
		return 80
	}
	return 24
}

func (w *writer) comment(cell, s string) {
	w.do(w.f.AddComment(w.sheet, excelize.Comment{Cell: cell, Author: "填报说明", Text: s, Width: 220, Height: 90}))
}

// height of a row that holds s in a width, in points.
func height(s string, width float64) float64 {
	n := 0
	for line := range strings.SplitSeq(s, "\n") {
		x := 0.0
		for _, r := range line {
			if r < 0x80 {
				x++
			} else {
				x += 2
			}
		}
		n += 1 + int(x/max(10, width-2))
	}
	return min(400, max(18, float64(n)*15.5))
}

func (w *writer) page(s *taxonomy.TemplateSheet) {
	one, none, a4 := 1, 0, 9
	landscape, fit := "landscape", true
	w.do(w.f.SetPageLayout(w.sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &one, FitToHeight: &none}))
	w.do(w.f.SetSheetProps(w.sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	if s.Kind != "说明" {
		w.do(w.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: w.sheet,
			RefersTo: fmt.Sprintf("'%s'!$%d:$%d", w.sheet, headRow, headRow)}))
	}
}

// choices lets a range be chosen from a list only.
func (w *writer) choices(col, from, to int, list []string, text string) {
	v := excelize.NewDataValidation(true)
	v.SetSqref(at(col, from) + ":" + at(col, to))
	w.do(v.SetDropList(list))
	v.SetError(excelize.DataValidationErrorStyleStop, "请从列表中选择", text)
	w.do(w.f.AddDataValidation(w.sheet, v))
}
