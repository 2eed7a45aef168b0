package sample

import (
	"fmt"
	"strings"

	"juesuan/internal/document"
)

// Clean is the sample disclosure without errors.
func Clean() *document.Document {
	a := newAccounts()
	b := &builder{}
	b.add(para{1, fmt.Sprintf("%s%d年度部门决算", unit, year)})
	b.add(profile()...)
	b.add(h(1, "第二部分 %s%d年度部门决算表", unit, year))
	for _, s := range a.sheets() {
		b.add(h(2, "%s", s.title), p("公开%s表", s.no), p("部门：%s　　金额单位：万元", unit))
		b.doc.Blocks = append(b.doc.Blocks, document.Block{Kind: document.TableBlock, Table: s.table})
		for _, n := range s.notes {
			b.add(p("%s", n))
		}
	}
	b.add(a.narrative()...)
	b.add(glossary()...)
	return &b.doc
}

// Demo is the sample with the errors of Planted.
func Demo() (*document.Document, error) {
	d := Clean()
	for _, e := range Planted {
		if err := e.plant(d); err != nil {
			return nil, err
		}
	}
	return d, nil
}

type builder struct{ doc document.Document }

func (b *builder) add(list ...para) {
	for _, x := range list {
		k := document.Paragraph
		if x.level > 0 {
			k = document.Heading
		}
		b.doc.Blocks = append(b.doc.Blocks, document.Block{Kind: k, Level: x.level, Text: document.Text{S: x.text}})
	}
}

// Error is one mistake of the demo sample, and what the check has to say of it.
type Error struct {
	In       string   // words of the paragraph, or the title of the table
	Row      string   // first cell of the table row; "" for a paragraph
	Old, New string   // the print and what stands there instead
	Severity string   // 错误, 疑似 or 提示; alternatives joined with |
	Must     []string // regular expressions that one finding meets
}

// Planted lists the mistakes of the demo sample: each is of a kind that was
// seen in a published disclosure.
var Planted = []Error{
	{ // two digits swapped against table 02
		In: "本年收入合计", Old: "本年收入合计1743.32万元，其中：财政拨款", New: "本年收入合计1734.32万元，其中：财政拨款",
		Severity: "错误", Must: []string{"1734.32", "1743.32"}},
	{ // a rate divided by this year's total
		In: "财政拨款收入支出总计", Old: "增长10.43%", New: "增长9.45%",
		Severity: "错误", Must: []string{"9.45", "10.43"}},
	{ // a choice of the template left in
		In: "比2023年度增加16.00万元", Old: "增长108.84%", New: "下降（增长）108.84%",
		Severity: "错误", Must: []string{"下降[（(]增长[）)]"}},
	{ // a direction word against its rate
		In: "公务接待费支出决算减少0.48万元", Old: "公务接待费支出决算减少0.48万元", New: "公务接待费支出决算增加0.48万元",
		Severity: "错误", Must: []string{"0.48", "增加"}},
	{ // 小微 above 中小
		In: "授予小微企业合同金额", Old: "小微企业合同金额214.06万元，占政府采购支出总额的55.40%", New: "小微企业合同金额360.41万元，占政府采购支出总额的93.28%",
		Severity: "错误", Must: []string{"360.41", "352.18"}},
	{ // the old name of a 科目
		In: "行政单位离退休（项）", Old: "行政单位离退休（项）", New: "归口管理的行政单位离退休（项）",
		Severity: "错误|提示", Must: []string{"归口管理的行政单位离退休", "“行政单位离退休"}},
	{ // one digit wrong in a 项 of table 03
		In: "支出决算表", Row: "2130309", Old: "26.35", New: "36.35",
		Severity: "错误", Must: []string{"36.35", "26.35"}},
}

// plant puts the mistake where the clean sample has the right print; it is an
// error when the place is not found exactly once.
func (e Error) plant(d *document.Document) error {
	n := 0
	title := ""
	for i := range d.Blocks {
		b := &d.Blocks[i]
		switch {
		case b.Kind == document.Heading:
			title = b.Text.S
		case b.Kind == document.TableBlock && e.Row != "" && title == e.In:
			n += e.plantRow(b.Table)
		case b.Kind == document.Paragraph && e.Row == "" && strings.Contains(b.Text.S, e.In) && strings.Contains(b.Text.S, e.Old):
			b.Text.S = strings.Replace(b.Text.S, e.Old, e.New, 1)
			n++
		}
	}
	if n != 1 {
		return fmt.Errorf("plant %q for %q: %d places", e.New, e.Old, n)
	}
	return nil
}

// plantRow changes the first cell of the row that has the old print.
func (e Error) plantRow(t *document.Table) int {
	for _, row := range t.Rows {
		if row[0].Text != e.Row {
			continue
		}
		for i := range row {
			if row[i].Text == e.Old {
				row[i].Text = e.New
				return 1
			}
		}
	}
	return 0
}
