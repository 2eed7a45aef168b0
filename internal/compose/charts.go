package compose

// charts.go draws what the text of a section says: where income came from,
// what it was spent on, what changed. A chart that would show one bar or
// nothing is left out.

import (
	"fmt"

	"juesuan/internal/accounts"
	"juesuan/internal/chart"
	"juesuan/internal/document"
)

// charts gives the pictures that stand at the end of a section.
func (c *composer) charts(section string) []document.Block {
	var x chart.Chart
	ok := false
	switch section {
	case "收支总体":
		x, ok = c.yearOnYear()
	case "收入":
		x, ok = c.columns("02", "收入构成", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
	case "支出":
		x, ok = c.columns("03", "支出构成", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
	case "一般公共结构":
		x, ok = c.classes()
	case "三公总体", "三公":
		if section == "三公" && len(c.set.Sections["三公"].Sections) > 0 {
			return nil // drawn in its first part
		}
		x, ok = c.publicItems()
	}
	if !ok {
		return nil
	}
	x.Unit = string(c.b.PrintUnit())
	x.Title = fmt.Sprintf("%d年度%s", c.b.Year, x.Title)
	p, err := x.Picture()
	if err != nil {
		return nil // no share of a negative amount can be drawn; the text has it all
	}
	return []document.Block{{Kind: document.PictureBlock, Picture: p}}
}

// put adds a bar or a share.
func (c *composer) put(x *chart.Chart, name string, amounts ...accounts.Fen) {
	x.Names = append(x.Names, name)
	for k, f := range amounts {
		s := &x.Series[k]
		s.Values = append(s.Values, int64(f))
		s.Labels = append(s.Labels, c.b.Print(f))
	}
}

// columns are the shares of the columns of a table in its 合计.
func (c *composer) columns(table, title string, cols ...string) (chart.Chart, bool) {
	x := chart.Chart{Kind: chart.Ring, Title: title, Series: make([]chart.Series, 1)}
	for _, col := range cols {
		f, _ := c.b.Cell(table, "合计", col)
		if f < 0 {
			x.Kind, x.Shares = chart.Bars, true
		}
		if f != 0 {
			c.put(&x, col, f)
		}
	}
	return x, len(x.Names) > 1
}

// classes are the 类 of table 05.
func (c *composer) classes() (chart.Chart, bool) {
	x := chart.Chart{Kind: chart.Bars, Title: "一般公共预算财政拨款支出结构", Shares: true, Series: make([]chart.Series, 1)}
	for _, r := range c.b.Rows("05") {
		if r.Level != 1 {
			continue
		}
		if f, _ := c.b.Cell("05", r.Key, "合计"); f != 0 {
			c.put(&x, r.Name, f)
		}
	}
	return x, len(x.Names) > 1
}

// yearOnYear sets the totals beside those of last year.
func (c *composer) yearOnYear() (chart.Chart, bool) {
	x := chart.Chart{Kind: chart.Grouped, Title: "收支与上年对比",
		Series: []chart.Series{{Name: fmt.Sprintf("%d年度", c.b.Year)}, {Name: fmt.Sprintf("%d年度", c.b.Year-1)}}}
	some := false
	for _, concept := range []string{"收入支出总计", "财政拨款收入支出总计", "一般公共预算财政拨款支出", "政府性基金预算财政拨款支出"} {
		now, ok := c.b.Amount(concept, "本年", "")
		last, known := c.b.Amount(concept, "上年", "")
		if ok && known && (now != 0 || last != 0) {
			c.put(&x, concept, now, last)
			some = true
		}
	}
	return x, some
}

// publicItems sets the “三公” spending beside its budget and last year's.
func (c *composer) publicItems() (chart.Chart, bool) {
	x := chart.Chart{Kind: chart.Grouped, Title: "“三公”经费对比", Series: []chart.Series{{Name: "预算"}, {Name: "决算"}, {Name: "上年决算"}}}
	budget, last, some := true, true, false
	items := []string{"因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费"}
	type row struct{ budget, now, last accounts.Fen }
	var rows []row
	for _, item := range items {
		var r row
		var hasBudget, hasLast bool
		r.budget, hasBudget = c.b.Cell("07", item, "预算数")
		r.now, _ = c.b.Cell("07", item, "决算数")
		r.last, hasLast = c.b.Amount(item, "上年", "")
		budget, last = budget && hasBudget, last && hasLast
		some = some || r != row{}
		rows = append(rows, r)
	}
	for i, r := range rows {
		c.put(&x, items[i], r.budget, r.now, r.last)
	}
	if !last { // nothing is drawn for what is not known
		x.Series = x.Series[:2]
	}
	if !budget {
		x.Series = x.Series[1:]
	}
	return x, some
}
