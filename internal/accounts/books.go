package accounts

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"juesuan/internal/figure"
	"juesuan/internal/taxonomy"
)

// Books are the accounts with every computed cell of the nine tables filled
// in. They are read-only after Complete and safe for concurrent use.
type Books struct {
	*Accounts
	tax   *taxonomy.Taxonomy
	cells map[Cell]Fen
	parts map[Cell][][]Cell
	codes map[string][]string // rows with a code by table, parents before children
}

// Row of a table of the books, in print order.
type Row struct {
	Key   string // canonical key: code, or 合计, 本年收入合计 …
	Code  string // 科目 code, "" of a named line
	Name  string // of the 科目 or the line
	Side  string // 收入, 支出 (01, 04); 人员, 公用 (06); "" else
	Level int    // 1 类, 2 款, 3 项; 0 without a code
}

// Keys of rows and columns that several files use.
const (
	total      = "合计"
	actual     = "决算数"
	budgeted   = "预算数"
	basic      = "基本支出"
	project    = "项目支出"
	opening    = "年初结转和结余"
	income     = "本年收入"
	spending   = "本年支出"
	closing    = "年末结转和结余"
	allIncome  = "本年收入合计"
	allOutlay  = "本年支出合计"
	fiscal     = "财政拨款收入"
	incomeSum  = "收入总计"
	outlaySum  = "支出总计"
	unspent    = "使用非财政拨款结余"
	appropriat = "结余分配"
	fOpening   = "年初财政拨款结转和结余"
	fClosing   = "年末财政拨款结转和结余"
	generalCol = "一般公共预算"
	fundCol    = "政府性基金"
	capitalCol = "国有资本经营"
	staffSum   = "人员经费合计"
	runningSum = "公用经费合计"
)

// Sources are the income columns of table 02, in the order of the form.
var sources = []string{fiscal, "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"}

// outlays are the columns of table 03.
var outlays = []string{basic, project, "上缴上级支出", "经营支出", "对附属单位补助支出"}

// fund is one of the three kinds of 财政拨款.
type fund struct {
	col     string // of the outlay side of 04
	source  string // income row of 04; the row of 01 adds 收入
	opening string // row of 04
	table   string // its own table
	spent   string // column of that table that holds all outlay
}

var funds = []fund{
	{generalCol, "一般公共预算财政拨款", "年初一般公共预算财政拨款", "05", total},
	{fundCol, "政府性基金预算财政拨款", "年初政府性基金预算财政拨款", "08", spending},
	{capitalCol, "国有资本经营预算财政拨款", "年初国有资本经营预算财政拨款", "09", spending},
}

// publicItems are the rows of table 07, parents before parts.
var publicItems = []string{
	total, "因公出国（境）费", "公务用车购置及运行维护费", "公务用车购置费", "公务用车运行维护费", "公务接待费",
}

// staffClasses are the 经济分类 类 of 人员经费; all others are 公用经费.
var staffClasses = []string{"301", "303"}

// Cell gives an amount of the completed tables. ok is false for a row or
// column that the table does not have in these accounts.
func (b *Books) Cell(table, row, col string) (f Fen, ok bool) {
	f, ok = b.cells[Cell{table, row, col}]
	return f, ok
}

// Cells gives a copy of the completed tables.
func (b *Books) Cells() map[Cell]Fen { return maps.Clone(b.cells) }

// Parts gives the ways in which a computed cell is the sum of other cells of
// its table: by rows, by columns, by the rows of another era. Empty for a
// leaf. Parts that a print leaves out are zero or another way has them.
func (b *Books) Parts(c Cell) [][]Cell { return b.parts[c] }

// Empty reports whether a table has no amount but zeros.
func (b *Books) Empty(table string) bool {
	for c, f := range b.cells {
		if c.Table == table && f != 0 {
			return false
		}
	}
	return true
}

// Taxonomy the books were completed with.
func (b *Books) Taxonomy() *taxonomy.Taxonomy { return b.tax }

// Rows of a table in print order: 合计 first and then the codes (02, 03, 05,
// 08, 09), income side and then outlay side (01, 04), 人员 and then 公用 (06),
// the items (07).
func (b *Books) Rows(table string) []Row {
	var out []Row
	line := func(side string, keys ...string) {
		for _, k := range keys {
			if !b.hasRow(table, k) {
				continue
			}
			name := strings.TrimPrefix(strings.TrimPrefix(k, "收入"), "支出")
			if k != incomeSum && k != outlaySum {
				name = k
			}
			out = append(out, Row{Key: k, Name: name, Side: side})
		}
	}
	code := func(side, k string) {
		out = append(out, Row{Key: k, Code: k, Name: b.Name(k), Side: side, Level: len(k) / 2})
	}
	switch table {
	case "01":
		line("收入", fiscal)
		for _, f := range funds {
			line("收入", f.source+"收入")
		}
		line("收入", sources[1:]...)
		line("收入", allIncome, unspent, opening)
		line("收入", openingParts...)
		line("收入", incomeSum)
		for _, k := range b.codes[table] {
			code("支出", k)
		}
		line("支出", allOutlay, appropriat)
		line("支出", appropriationParts...)
		line("支出", closing)
		line("支出", closingParts...)
		line("支出", outlaySum)
	case "04":
		for _, f := range funds {
			line("收入", f.source)
		}
		line("收入", allIncome, fOpening)
		for _, f := range funds {
			line("收入", f.opening)
		}
		line("收入", incomeSum)
		for _, k := range b.codes[table] {
			code("支出", k)
		}
		line("支出", allOutlay, fClosing, "年末基本支出结转", "年末项目支出结转和结余", outlaySum)
	case "06", "05b":
		for _, staff := range []bool{true, false} {
			side, sum := "公用", runningSum
			if staff {
				side, sum = "人员", staffSum
			}
			for _, k := range b.codes[table] {
				if isStaff(k) == staff {
					code(side, k)
				}
			}
			line(side, sum)
		}
		line("", total)
	case "07":
		line("", publicItems...)
		line("", "会议费", "培训费")
	default:
		line("", total)
		for _, k := range b.codes[table] {
			code("", k)
		}
	}
	return out
}

func (b *Books) hasRow(table, row string) bool {
	for _, col := range []string{actual, total, budgeted} {
		if _, ok := b.cells[Cell{table, row, col}]; ok {
			return true
		}
	}
	return row == total
}

// Name is the name of a 科目 in the fiscal year: the unit's own print, else
// the code list's. "" when neither has it.
func (b *Books) Name(code string) string { return b.Accounts.name(code, b.tax) }

func (a *Accounts) name(code string, tax *taxonomy.Taxonomy) string {
	if n := a.Names[code]; n != "" {
		return n
	}
	list := &tax.Codes.Func
	if isEcon(code) {
		list = &tax.Codes.Econ
	} else if len(code) == 3 {
		for _, i := range tax.Codes.Classes(a.Year) {
			if i.Code == code {
				return i.Name
			}
		}
	}
	if n := best(list.In(code, a.Year)); n != "" {
		return n
	}
	// A gap year: the name of the nearest years on record.
	all := slices.Clone(list.Names(code))
	slices.SortStableFunc(all, func(x, y taxonomy.Item) int { return distance(x, a.Year) - distance(y, a.Year) })
	switch {
	case len(all) > 0:
		return all[0].Name
	case len(code) == 7 && strings.HasSuffix(code, "00"): // a 款 without 项
		return a.name(code[:5], tax)
	}
	return ""
}

// best is the name with the strongest evidence.
func best(items []taxonomy.Item) string {
	for _, e := range []taxonomy.Evidence{taxonomy.Seen, taxonomy.Known, taxonomy.Likely} {
		for _, i := range items {
			if i.Evidence == e {
				return i.Name
			}
		}
	}
	return ""
}

func distance(i taxonomy.Item, year int) int {
	switch {
	case i.From != 0 && year < i.From:
		return i.From - year
	case i.To != 0 && year > i.To:
		return year - i.To
	}
	return 0
}

// isEcon tells 经济分类 codes (301–399) from 功能分类 codes (201–234).
func isEcon(code string) bool { return strings.HasPrefix(code, "3") }

func isStaff(code string) bool { return len(code) >= 3 && slices.Contains(staffClasses, code[:3]) }

func isCode(row string) bool {
	return (len(row) == 3 || len(row) == 5 || len(row) == 7) && strings.Trim(row, "0123456789") == ""
}

// Value gives a value of the narrative: what the clerk entered, else what the
// tables carry. code is a 功能分类 or 经济分类 code, "" for the whole. A 科目
// that a table has no row for has no value.
func (b *Books) Value(concept, period, code string) (q Quantity, ok bool) {
	if q, ok = b.Values[Key{concept, period, code}]; ok {
		return q, true
	}
	if _, f, ok := b.carried(concept, period, code); ok {
		return f.Quantity(), true
	}
	if period != "本年" {
		return Quantity{}, false
	}
	if cols, ok := derived[concept]; ok {
		row := code
		if row == "" {
			row = total
		}
		var sum Fen
		found := false
		for _, table := range []string{"05", "08", "09"} {
			v, ok := b.cells[Cell{table, row, cols}]
			sum += v
			found = found || ok
		}
		return sum.Quantity(), found
	}
	return Quantity{}, false
}

// carried finds the first cell that carries a value.
func (b *Books) carried(concept, period, code string) (Cell, Fen, bool) {
	f, e := code, ""
	if isEcon(code) {
		f, e = "", code
	}
	for _, r := range b.tax.Concepts.CellsOf(concept, f, e) {
		if r.Period != period && !(r.Period == "预算" && b.isBudget(period)) {
			continue
		}
		c := Cell{r.Table, r.Row, r.Col}
		if v, ok := b.cells[c]; ok {
			return c, v, true
		}
	}
	return Cell{}, 0, false
}

// derived are concepts of all 财政拨款 that no table prints: the column to
// add up over tables 05, 08 and 09.
var derived = map[string]string{"财政拨款基本支出": basic, "财政拨款项目支出": project}

// isBudget reports whether the budget column of table 07 is the budget of the
// period: the form of the unit says which it is.
func (b *Books) isBudget(period string) bool {
	switch period {
	case "预算":
		return true
	}
	said := "年初预算"
	if t := b.tax.Forms.Choose(b.Form, b.Year).Table("07"); t != nil && t.Budget != "" {
		said = t.Budget
	}
	return period == said
}

// Amount is Value as money.
func (b *Books) Amount(concept, period, code string) (Fen, bool) {
	q, ok := b.Value(concept, period, code)
	if !ok {
		return 0, false
	}
	return q.Fen()
}

// Print prints an amount as the tables and the text do.
func (b *Books) Print(f Fen) string { return f.Print(b.PrintUnit()) }

// PrintUnit is the unit of all printed amounts.
func (b *Books) PrintUnit() figure.Unit { return b.Accounts.PrintUnit() }

// All ranges over the completed cells, in no order.
func (b *Books) All() iter.Seq2[Cell, Fen] { return maps.All(b.cells) }
