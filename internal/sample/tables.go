package sample

import (
	"fmt"
	"slices"
	"strings"

	"juesuan/internal/document"
)

// c is a cell to be: text and how many columns and rows it spans (0 means 1).
type c struct {
	t      string
	cs, rs int
}

// grid lays cells out as a rectangular table with merged cells.
func grid(width int, rows ...[]c) *document.Table {
	t := &document.Table{Ruled: true, Rows: make([][]document.Cell, len(rows))}
	for r := range t.Rows {
		t.Rows[r] = make([]document.Cell, width)
	}
	for r, row := range rows {
		col := 0
		for _, x := range row {
			for t.Rows[r][col].Covered {
				col++
			}
			cs, rs := max(1, x.cs), max(1, x.rs)
			for dr := range rs {
				for dc := range cs {
					t.Rows[r+dr][col+dc] = document.Cell{Covered: true, RowSpan: 1, ColSpan: 1}
				}
			}
			t.Rows[r][col] = document.Cell{Text: x.t, RowSpan: rs, ColSpan: cs}
			col += cs
		}
	}
	return t
}

// plain makes cells that span nothing.
func plain(texts ...string) []c {
	out := make([]c, len(texts))
	for i, s := range texts {
		out[i] = c{t: s}
	}
	return out
}

// blank prints a zero as an empty cell.
func blank(w wan) string {
	if w == 0 {
		return ""
	}
	return w.String()
}

// sheet is one of the nine tables with what is printed around it.
type sheet struct {
	no, title string
	table     *document.Table
	notes     []string
}

// classNames are the 类 rows of tables 01 and 04 for this year.
var classNames = []string{
	"一般公共服务支出", "外交支出", "国防支出", "公共安全支出", "教育支出", "科学技术支出", "文化旅游体育与传媒支出",
	"社会保障和就业支出", "卫生健康支出", "节能环保支出", "城乡社区支出", "农林水支出", "交通运输支出",
	"资源勘探工业信息等支出", "商业服务业等支出", "金融支出", "援助其他地区支出", "自然资源海洋气象等支出",
	"住房保障支出", "粮油物资储备支出", "国有资本经营预算支出", "灾害防治及应急管理支出", "其他支出",
	"债务还本支出", "债务付息支出", "抗疫特别国债安排的支出",
}

var ordinals = []string{
	"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六", "十七",
	"十八", "十九", "二十", "二十一", "二十二", "二十三", "二十四", "二十五", "二十六",
}

// classSpent is what a 类 spent of one fund.
func (a *accounts) classSpent(name string, keep func(item) bool) wan {
	var s wan
	for _, i := range a.items {
		if names[i.code[:3]] == name && keep(i) {
			s += i.spent()
		}
	}
	return s
}

// sheets are the nine tables.
func (a *accounts) sheets() []sheet {
	return []sheet{
		{"01", "收入支出决算总表", a.table01(), []string{"注：本表反映部门本年度的总收支和年末结转结余情况。"}},
		{"02", "收入决算表", a.table02(), []string{"注：本表反映部门本年度取得的各项收入情况。"}},
		{"03", "支出决算表", a.table03(), []string{"注：本表反映部门本年度各项支出情况。"}},
		{"04", "财政拨款收入支出决算总表", a.table04(), []string{"注：本表反映部门本年度财政拨款的总收支和年末结转结余情况。"}},
		{"05", "一般公共预算财政拨款支出决算表", a.table05(), []string{"注：本表反映部门本年度一般公共预算财政拨款支出情况。"}},
		{"06", "一般公共预算财政拨款基本支出决算表", a.table06(), []string{"注：本表反映部门本年度一般公共预算财政拨款基本支出明细情况。"}},
		{"07", "财政拨款“三公”经费支出决算表", table07(), []string{"注：本表反映部门本年度财政拨款“三公”经费支出预决算情况。"}},
		{"08", "政府性基金预算财政拨款收入支出决算表", a.table08(), []string{"注：本表反映部门本年度政府性基金预算财政拨款收入、支出及结转和结余情况。"}},
		{"09", "国有资本经营预算财政拨款支出决算表", table09(), []string{
			"注：本表反映部门本年度国有资本经营预算财政拨款支出情况。",
			"说明：" + unit + "本年度没有国有资本经营预算财政拨款收入和支出，故本表无数据。"}},
	}
}

func (a *accounts) table01() *document.Table {
	const lines = 31
	left := make([][2]string, lines)
	for i, s := range []string{"一般公共预算财政拨款收入", "政府性基金预算财政拨款收入", "国有资本经营预算财政拨款收入",
		"上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"} {
		left[i][0] = ordinals[i] + "、" + s
	}
	left[0][1], left[1][1], left[7][1] = blank(a.income[general]), blank(a.income[govFund]), blank(a.income[other])
	left[26] = [2]string{"本年收入合计", all(a.income).String()}
	left[27] = [2]string{"使用非财政拨款结余（含专用结余）", ""}
	left[28] = [2]string{"年初结转和结余", blank(all(a.opening))}
	total := all(a.income) + all(a.opening)
	left[30] = [2]string{"总计", total.String()}

	right := make([][2]string, lines)
	for i, s := range classNames {
		right[i] = [2]string{ordinals[i] + "、" + s, blank(a.classSpent(s, every))}
	}
	right[26] = [2]string{"本年支出合计", all(a.spent).String()}
	right[27] = [2]string{"结余分配", ""}
	right[28] = [2]string{"年末结转和结余", blank(all(a.closing))}
	right[30] = [2]string{"总计", (all(a.spent) + all(a.closing)).String()}

	rows := [][]c{
		{{t: "收入", cs: 3}, {t: "支出", cs: 3}},
		plain("项目", "行次", "决算数", "项目", "行次", "决算数"),
		plain("栏次", "", "1", "栏次", "", "2"),
	}
	for i := range lines {
		rows = append(rows, plain(left[i][0], fmt.Sprint(i+1), left[i][1], right[i][0], fmt.Sprint(i+1+lines), right[i][1]))
	}
	return grid(6, rows...)
}

func (a *accounts) table04() *document.Table {
	const lines = 32
	left := make([][2]string, lines)
	funds := []string{"一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"}
	for i, s := range funds {
		left[i][0] = ordinals[i] + "、" + s
		left[28+i][0] = s
	}
	left[0][1], left[1][1] = a.income[general].String(), a.income[govFund].String()
	left[26] = [2]string{"本年收入合计", fiscal(a.income).String()}
	left[27] = [2]string{"年初财政拨款结转和结余", blank(fiscal(a.opening))}
	left[28][1], left[29][1] = blank(a.opening[general]), blank(a.opening[govFund])
	left[31] = [2]string{"总计", (fiscal(a.income) + fiscal(a.opening)).String()}

	right := make([][5]string, lines)
	for i, s := range classNames {
		g, f := a.classSpent(s, of(general)), a.classSpent(s, of(govFund))
		right[i] = [5]string{ordinals[i] + "、" + s, blank(g + f), blank(g), blank(f), ""}
	}
	row := func(name string, m map[fund]wan) [5]string {
		return [5]string{name, fiscal(m).String(), blank(m[general]), blank(m[govFund]), ""}
	}
	right[26] = row("本年支出合计", a.spent)
	right[27] = row("年末财政拨款结转和结余", a.closing)
	sum := map[fund]wan{general: a.spent[general] + a.closing[general], govFund: a.spent[govFund] + a.closing[govFund]}
	right[31] = row("总计", sum)

	rows := [][]c{
		{{t: "收入", cs: 3}, {t: "支出", cs: 6}},
		plain("项目", "行次", "决算数", "项目", "行次", "合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"),
		plain("栏次", "", "1", "栏次", "", "2", "3", "4", "5"),
	}
	for i := range lines {
		r := right[i]
		rows = append(rows, plain(left[i][0], fmt.Sprint(i+1), left[i][1], r[0], fmt.Sprint(i+1+lines), r[1], r[2], r[3], r[4]))
	}
	return grid(9, rows...)
}

// coded builds a table by 功能分类: head rows, 合计, then 类/款/项 of the items
// that keep wants. values gives the amounts of one item.
func (a *accounts) coded(head [][]c, width int, keep func(item) bool, values func(item) []wan) *document.Table {
	sums := map[string][]wan{}
	var codes []string
	for _, i := range a.items {
		if !keep(i) {
			continue
		}
		v := values(i)
		for _, code := range []string{"", i.code[:3], i.code[:5], i.code} {
			if sums[code] == nil {
				sums[code] = make([]wan, len(v))
				codes = append(codes, code)
			}
			for k := range v {
				sums[code][k] += v[k]
			}
		}
	}
	slices.Sort(codes)
	rows := head
	for _, code := range codes {
		row := []c{{t: code}, {t: names[code]}}
		if code == "" {
			row = []c{{t: "合计", cs: 2}}
		}
		for _, v := range sums[code] {
			row = append(row, c{t: v.String()})
		}
		rows = append(rows, row)
	}
	return grid(width, rows...)
}

// codedHead is the header of a table by 功能分类 whose columns are single.
func codedHead(columns ...string) [][]c {
	top := []c{{t: "项目", cs: 2}}
	numbers := []c{{t: "栏次", cs: 2}}
	for i, s := range columns {
		top = append(top, c{t: s, rs: 2})
		numbers = append(numbers, c{t: fmt.Sprint(i + 1)})
	}
	return [][]c{top, plain("功能分类科目编码", "科目名称"), numbers}
}

func (a *accounts) table02() *document.Table {
	head := codedHead("本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
	return a.coded(head, 9, every, func(i item) []wan {
		v := []wan{i.income(), 0, 0, 0, 0, 0, 0}
		if i.fund == other {
			v[6] = i.income()
		} else {
			v[1] = i.income()
		}
		return v
	})
}

func (a *accounts) table03() *document.Table {
	head := codedHead("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
	return a.coded(head, 8, every, func(i item) []wan {
		return []wan{i.spent(), i.basic, i.project, 0, 0, 0}
	})
}

func (a *accounts) table05() *document.Table {
	head := [][]c{
		{{t: "项目", cs: 2}, {t: "本年支出", cs: 3}},
		plain("功能分类科目编码", "科目名称", "合计", "基本支出", "项目支出"),
		{{t: "栏次", cs: 2}, {t: "1"}, {t: "2"}, {t: "3"}},
	}
	return a.coded(head, 5, of(general), func(i item) []wan { return []wan{i.spent(), i.basic, i.project} })
}

func (a *accounts) table06() *document.Table {
	var sides [2][][]c
	for _, cl := range economyClasses {
		side := &sides[1]
		if cl.staff {
			side = &sides[0]
		}
		*side = append(*side, plain(cl.code, cl.name, classSum(cl.code).String()))
		for _, l := range economy {
			if strings.HasPrefix(l.code, cl.code) {
				*side = append(*side, plain(l.code, l.name, l.amount.String()))
			}
		}
	}
	rows := [][]c{
		{{t: "人员经费", cs: 3}, {t: "公用经费", cs: 3}},
		plain("经济分类科目编码", "科目名称", "决算数", "经济分类科目编码", "科目名称", "决算数"),
	}
	for i := range max(len(sides[0]), len(sides[1])) {
		var row []c
		for _, s := range sides {
			if i < len(s) {
				row = append(row, s[i]...)
			} else {
				row = append(row, plain("", "", "")...)
			}
		}
		rows = append(rows, row)
	}
	rows = append(rows, []c{{t: "人员经费合计", cs: 2}, {t: a.staff.String()}, {t: "公用经费合计", cs: 2}, {t: a.running.String()}})
	return grid(6, rows...)
}

func table07() *document.Table {
	cars := plus(carBuy, carRun)
	total := plus(plus(abroad, cars), reception)
	group := []c{{t: "合计", rs: 2}, {t: "因公出国（境）费", rs: 2}, {t: "公务用车购置及运行维护费", cs: 3}, {t: "公务接待费", rs: 2}}
	sub := plain("小计", "公务用车购置费", "公务用车运行维护费")
	var numbers, values []c
	for i := range 12 {
		numbers = append(numbers, c{t: fmt.Sprint(i + 1)})
	}
	parts := []pair{total, abroad, cars, carBuy, carRun, reception}
	for _, p := range parts {
		values = append(values, c{t: p.budget.String()})
	}
	for _, p := range parts {
		values = append(values, c{t: p.actual.String()})
	}
	return grid(12,
		[]c{{t: "预算数", cs: 6}, {t: "决算数", cs: 6}},
		slices.Concat(group, group), slices.Concat(sub, sub), numbers, values)
}

func (a *accounts) table08() *document.Table {
	head := [][]c{
		{{t: "项目", cs: 2}, {t: "年初结转和结余", rs: 2}, {t: "本年收入", rs: 2}, {t: "本年支出", cs: 3}, {t: "年末结转和结余", rs: 2}},
		plain("功能分类科目编码", "科目名称", "小计", "基本支出", "项目支出"),
		{{t: "栏次", cs: 2}, {t: "1"}, {t: "2"}, {t: "3"}, {t: "4"}, {t: "5"}, {t: "6"}},
	}
	return a.coded(head, 8, of(govFund), func(i item) []wan {
		return []wan{i.opening, i.income(), i.spent(), i.basic, i.project, i.closing}
	})
}

func table09() *document.Table {
	return grid(5,
		[]c{{t: "项目", cs: 2}, {t: "本年支出", cs: 3}},
		plain("功能分类科目编码", "科目名称", "合计", "基本支出", "项目支出"),
		[]c{{t: "栏次", cs: 2}, {t: "1"}, {t: "2"}, {t: "3"}},
		[]c{{t: "合计", cs: 2}, {}, {}, {}})
}
