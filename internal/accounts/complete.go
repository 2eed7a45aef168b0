package accounts

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"juesuan/internal/figure"
	"juesuan/internal/taxonomy"
)

// Complete fills every computed cell of the nine tables from the leaves. What
// is entered twice, as leaf and as total, must agree to the 分: a Conflict
// names what does not, and what the tables cannot say together whatever the
// rounding. Missing names the amounts without which a table cannot be made;
// nothing is guessed. The books are usable in any case (for a draft): a
// computed total wins over an entered one.
//
// Accounts that were themselves copied from a print, all in hundredths of a
// 万元, are rounded: there an entered total that the rounding of its parts
// explains stands as it was entered, since it is nearer the truth than the sum.
func Complete(a *Accounts, tax *taxonomy.Taxonomy) (*Books, []Missing, []Conflict) {
	w := &work{
		Books: &Books{
			Accounts: a, tax: tax,
			cells: map[Cell]Fen{}, parts: map[Cell][][]Cell{}, codes: map[string][]string{},
		},
		in: map[Cell]Fen{},
	}
	w.rounded = a.PrintUnit() == figure.WanYuan
	for c, f := range a.Cells {
		w.in[c] = f
		w.rounded = w.rounded && f%(2*half) == 0
	}
	w.incomeTable()
	w.outlayTable()
	w.fundTable("08")
	w.fundTable("09")
	w.generalTable()
	w.economicTable("06")
	w.publicTable()
	w.fiscalSummary()
	w.summary()
	w.rest()
	w.compare()
	w.relations()
	w.names()
	return w.Books, w.missing, w.conflicts
}

// work is a Complete in progress.
type work struct {
	*Books
	in        map[Cell]Fen // as entered
	missing   []Missing
	conflicts []Conflict
	// onlyFiscal: all money is 财政拨款, so the tables of all money and those of
	// 财政拨款 carry the same amounts.
	onlyFiscal bool
	rounded    bool // every entered amount is a whole hundredth of a 万元
}

// slack is what the rounding of n printed amounts can make up; exact accounts
// have none.
func (w *work) slack(n int) Fen {
	if !w.rounded {
		return 0
	}
	return Fen(n) * half
}

// half is half a hundredth of a 万元.
const half = 5000

// set makes a cell.
func (w *work) set(table, row, col string, f Fen) { w.cells[Cell{table, row, col}] = f }

// get reads a made cell; a cell that is not there is zero.
func (w *work) get(table, row, col string) Fen { return w.cells[Cell{table, row, col}] }

// sum makes a cell from parts of its table and notes the formula.
func (w *work) sum(c Cell, parts ...Cell) {
	var s Fen
	n := 1
	for _, p := range parts {
		s += w.cells[p]
		if w.cells[p] != 0 {
			n++
		}
	}
	if f, ok := w.in[c]; ok && abs(f-s) <= w.slack(n) {
		s = f
	}
	w.cells[c] = s
	w.way(c, parts...)
}

// way notes one more way in which a cell is a sum.
func (w *work) way(c Cell, parts ...Cell) {
	if len(parts) > 0 {
		w.parts[c] = append(w.parts[c], parts)
	}
}

func rowsOf(table, col string, rows ...string) []Cell {
	out := make([]Cell, len(rows))
	for i, r := range rows {
		out[i] = Cell{table, r, col}
	}
	return out
}

func colsOf(table, row string, cols ...string) []Cell {
	out := make([]Cell, len(cols))
	for i, c := range cols {
		out[i] = Cell{table, row, c}
	}
	return out
}

// entered reports whether any cell of the table's column was entered ("": of
// any column).
func (w *work) entered(table, col string) bool {
	for c := range w.in {
		if c.Table == table && (col == "" || c.Col == col) {
			return true
		}
	}
	return false
}

// leaves are the entered rows with a code that no entered row refines, and
// all codes with those above them, in order.
func (w *work) leaves(table string) (leaves, all []string) {
	set := map[string]bool{}
	for c := range w.in {
		if c.Table == table && isCode(c.Row) {
			set[c.Row] = true
		}
	}
	above := map[string]bool{}
	for code := range set {
		for p := parentOf(code); p != ""; p = parentOf(p) {
			above[p] = true
		}
	}
	for code := range set {
		if !above[code] {
			leaves = append(leaves, code)
		}
	}
	maps.Copy(set, above)
	all = slices.Sorted(maps.Keys(set))
	slices.Sort(leaves)
	return leaves, all
}

func parentOf(code string) string { return taxonomy.Parent(code) }

// roll adds leaves up to 款, 类 and 合计 in the columns. spread gives the
// columns of a row that are the sum of other columns.
func (w *work) roll(table string, all []string, cols []string) {
	w.codes[table] = all
	children := map[string][]string{}
	for _, code := range all {
		children[parentOf(code)] = append(children[parentOf(code)], code)
	}
	for _, code := range upward(all) {
		kids := children[code]
		if len(kids) == 0 && code != "" {
			continue
		}
		row := code
		if row == "" {
			row = total
		}
		for _, col := range cols {
			w.sum(Cell{table, row, col}, rowsOf(table, col, kids...)...)
		}
	}
}

// optional gives the columns of the list that were entered anywhere.
func (w *work) optional(table string, cols ...string) []string {
	var out []string
	for _, c := range cols {
		if w.entered(table, c) {
			out = append(out, c)
		}
	}
	return out
}

// incomeTable makes table 02 from the sources of each 项.
func (w *work) incomeTable() {
	const t = "02"
	leaves, all := w.leaves(t)
	extra := w.optional(t, "教育收费", "一般公共预算财政拨款收入", "政府性基金预算财政拨款收入", "国有资本经营预算财政拨款收入")
	w.rowTotals(t, leaves, allIncome, sources, extra)
	w.roll(t, all, slices.Concat([]string{allIncome}, sources, extra))
	w.rowWays(t, all, allIncome, sources)
	w.bare(t, "各科目的收入", slices.Concat([]string{allIncome}, sources))
}

// outlayTable makes table 03.
func (w *work) outlayTable() {
	const t = "03"
	leaves, all := w.leaves(t)
	extra := w.optional(t, "人员经费", "公用经费")
	w.rowTotals(t, leaves, allOutlay, outlays, extra)
	w.roll(t, all, slices.Concat([]string{allOutlay}, outlays, extra))
	w.rowWays(t, all, allOutlay, outlays)
	w.bare(t, "各科目的支出", slices.Concat([]string{allOutlay}, outlays))
}

// rowTotals fills leaf rows: the parts as entered, blank ones zero, and the
// total as their sum; a total entered alone stands, and its parts are asked for.
func (w *work) rowTotals(table string, leaves []string, sum string, parts, extra []string) {
	for _, code := range leaves {
		any := false
		for _, p := range parts {
			f, ok := w.in[Cell{table, code, p}]
			if p == basic && !ok { // 人员经费 and 公用经费 make it
				s, okS := w.in[Cell{table, code, "人员经费"}]
				r, okR := w.in[Cell{table, code, "公用经费"}]
				f, ok = s+r, okS || okR
			}
			any = any || ok
			w.set(table, code, p, f)
		}
		for _, p := range extra {
			w.set(table, code, p, w.in[Cell{table, code, p}])
		}
		if f, ok := w.in[Cell{table, code, sum}]; ok && !any && f != 0 {
			w.set(table, code, sum, f)
			w.lack(table, fmt.Sprintf("“%s”的%s", w.label(code), strings.Join(parts[:min(2, len(parts))], "、")), "数额")
			continue
		}
		w.sum(Cell{table, code, sum}, colsOf(table, code, parts...)...)
	}
}

// rowWays notes for every row that its total is the sum of its columns.
func (w *work) rowWays(table string, all []string, sum string, parts []string) {
	for _, row := range append(slices.Clone(all), total) {
		c := Cell{table, row, sum}
		ways := colsOf(table, row, parts...)
		if !slices.ContainsFunc(w.parts[c], func(p []Cell) bool { return slices.Equal(p, ways) }) {
			w.way(c, ways...)
		}
	}
}

// bare takes the 合计 row as it was entered when the table has no other row.
func (w *work) bare(table, what string, cols []string) {
	if len(w.codes[table]) > 0 {
		return
	}
	found := false
	for _, col := range cols {
		if f, ok := w.in[Cell{table, total, col}]; ok {
			w.set(table, total, col, f)
			delete(w.parts, Cell{table, total, col})
			found = found || f != 0
		}
	}
	if found || !w.entered(table, "") {
		w.lack(table, what, "数额")
	}
}

// fundTable makes table 08 or 09. Of 年初 + 收入 = 支出 + 年末 one column may
// be left out whole; it is then what the other three give.
func (w *work) fundTable(t string) {
	leaves, all := w.leaves(t)
	hasIncome, hasClosing := w.entered(t, income), w.entered(t, closing)
	for _, code := range leaves {
		in := func(col string) Fen { return w.in[Cell{t, code, col}] }
		w.set(t, code, opening, in(opening))
		_, b := w.in[Cell{t, code, basic}]
		_, p := w.in[Cell{t, code, project}]
		switch f, ok := w.in[Cell{t, code, spending}]; {
		case ok && !b && !p:
			// 基金 and 国资 pay for projects unless the clerk says 基本支出.
			w.set(t, code, basic, 0)
			w.set(t, code, project, f)
		default:
			w.set(t, code, basic, in(basic))
			w.set(t, code, project, in(project))
		}
		w.sum(Cell{t, code, spending}, colsOf(t, code, basic, project)...)
		left := in(opening) - w.get(t, code, spending)
		got, end := in(income), in(closing)
		switch {
		case !hasIncome:
			got = end - left
		case !hasClosing:
			end = left + got
		}
		w.set(t, code, income, got)
		w.set(t, code, closing, end)
		if abs(left+got-end) > w.slack(4) {
			w.conflict(Cell{t, code, closing}, end, left+got, fmt.Sprintf(
				"表%s“%s”年初结转和结余%s加本年收入%s减本年支出%s是%s，填的年末结转和结余是%s",
				t, w.label(code), w.say(in(opening)), w.say(got), w.say(w.get(t, code, spending)), w.say(left+got), w.say(end)))
		}
	}
	w.roll(t, all, []string{opening, income, spending, basic, project, closing})
	w.rowWays(t, all, spending, []string{basic, project})
}

// generalTable makes table 05: as entered, or what is left of table 03 without
// 政府性基金 and 国有资本经营 when there is no other money.
func (w *work) generalTable() {
	const t = "05"
	var others Fen
	for _, s := range sources[1:] {
		others += abs(w.get("02", total, s))
	}
	for _, o := range outlays[2:] {
		others += abs(w.get("03", total, o))
	}
	own := w.in[Cell{"01", unspent, actual}]
	w.onlyFiscal = others == 0 && own == 0 && w.sameCarry() && w.sameOutlay()
	parts := []string{basic, project}
	if !w.entered(t, "") && w.onlyFiscal {
		w.codes[t] = nil
		var codes []string
		set := map[string]bool{}
		leaves, _ := w.leaves("03")
		for _, code := range leaves {
			rest := map[string]Fen{}
			for _, p := range parts {
				rest[p] = w.get("03", code, p) - w.get("08", code, p) - w.get("09", code, p)
			}
			if rest[basic] == 0 && rest[project] == 0 && w.spentByFund(code) {
				continue
			}
			for _, p := range parts {
				w.set(t, code, p, rest[p])
			}
			w.sum(Cell{t, code, total}, colsOf(t, code, parts...)...)
			for c := code; c != ""; c = parentOf(c) {
				set[c] = true
			}
		}
		codes = slices.Sorted(maps.Keys(set))
		w.roll(t, codes, append([]string{total}, parts...))
		w.rowWays(t, codes, total, parts)
		return
	}
	leaves, all := w.leaves(t)
	extra := w.optional(t, "人员经费", "公用经费", opening, income, closing)
	w.rowTotals(t, leaves, total, parts, extra)
	w.roll(t, all, slices.Concat([]string{total}, parts, extra))
	w.rowWays(t, all, total, parts)
	general := w.get("02", total, fiscal) - w.get("08", total, income) - w.get("09", total, income)
	if w.entered(t, "") || general != 0 || w.in[Cell{"04", funds[0].opening, actual}] != 0 {
		w.bare(t, "各科目的基本支出和项目支出", append([]string{total}, parts...))
	}
}

// spentByFund reports a row of 03 that 08 or 09 explain, or that spent nothing there.
func (w *work) spentByFund(code string) bool {
	_, fund := w.cells[Cell{"08", code, spending}]
	_, capital := w.cells[Cell{"09", code, spending}]
	return fund || capital
}

// sameCarry reports whether the entered carry-overs of all money and those of
// 财政拨款 do not contradict that they are the same money.
func (w *work) sameCarry() bool {
	all, a := w.in[Cell{"01", opening, actual}]
	fis, f := w.fiscalOpening()
	return !(a && f && all != fis)
}

// sameOutlay reports whether tables 05, 08 and 09, when 05 was entered, spend
// all that table 03 does: what they leave was paid from other money.
func (w *work) sameOutlay() bool {
	if !w.entered("05", "") {
		return true
	}
	var s Fen
	leaves, _ := w.leaves("05")
	for _, code := range leaves {
		f, ok := w.in[Cell{"05", code, total}]
		if !ok {
			f = w.in[Cell{"05", code, basic}] + w.in[Cell{"05", code, project}]
		}
		s += f
	}
	for _, f := range funds[1:] {
		s += w.get(f.table, total, f.spent)
	}
	return abs(s-w.get("03", total, allOutlay)) <= w.slack(len(leaves)+2)
}

// fiscalOpening is 年初财政拨款结转和结余 as far as it was entered.
func (w *work) fiscalOpening() (Fen, bool) {
	if f, ok := w.in[Cell{"04", fOpening, actual}]; ok {
		return f, true
	}
	var s Fen
	found := false
	for _, f := range funds {
		v, ok := w.in[Cell{"04", f.opening, actual}]
		if !ok && f.col != generalCol {
			v = w.get(f.table, total, opening)
		}
		s += v
		found = found || ok
	}
	return s, found
}

func abs(f Fen) Fen { return max(f, -f) }

// economicTable makes table 06 from its 款.
func (w *work) economicTable(t string) {
	_, all := w.leaves(t)
	leaves, _ := w.leaves(t)
	for _, code := range leaves {
		w.set(t, code, actual, w.in[Cell{t, code, actual}])
	}
	w.codes[t] = all
	var sides [2][]string
	for _, code := range all {
		if len(code) != 3 {
			continue
		}
		var kids []string
		for _, c := range all {
			if parentOf(c) == code {
				kids = append(kids, c)
			}
		}
		if len(kids) > 0 {
			w.sum(Cell{t, code, actual}, rowsOf(t, actual, kids...)...)
		}
		if isStaff(code) {
			sides[0] = append(sides[0], code)
		} else {
			sides[1] = append(sides[1], code)
		}
	}
	if len(all) == 0 {
		for _, row := range []string{staffSum, runningSum, total} {
			w.set(t, row, actual, w.in[Cell{t, row, actual}])
		}
		w.sum(Cell{t, total, actual}, rowsOf(t, actual, staffSum, runningSum)...)
		if w.get("05", total, basic) != 0 {
			w.lack(t, "各经济分类科目的决算数", "数额")
		}
		return
	}
	w.sum(Cell{t, staffSum, actual}, rowsOf(t, actual, sides[0]...)...)
	w.sum(Cell{t, runningSum, actual}, rowsOf(t, actual, sides[1]...)...)
	w.sum(Cell{t, total, actual}, rowsOf(t, actual, staffSum, runningSum)...)
}

// publicTable makes table 07 from its items.
func (w *work) publicTable() {
	const t = "07"
	for _, col := range []string{budgeted, actual} {
		for _, item := range publicItems[1:] {
			w.set(t, item, col, w.in[Cell{t, item, col}])
		}
		cars := Cell{t, publicItems[2], col}
		_, buy := w.in[Cell{t, publicItems[3], col}]
		_, run := w.in[Cell{t, publicItems[4], col}]
		if f, ok := w.in[cars]; ok && !buy && !run && f != 0 {
			w.lack(t, fmt.Sprintf("公务用车购置费和公务用车运行维护费的%s", col), "数额")
			w.set(t, publicItems[2], col, f)
		} else {
			w.sum(cars, rowsOf(t, col, publicItems[3], publicItems[4])...)
		}
		w.sum(Cell{t, total, col}, rowsOf(t, col, publicItems[1], publicItems[2], publicItems[5])...)
		for _, item := range []string{"会议费", "培训费"} {
			if f, ok := w.in[Cell{t, item, col}]; ok {
				w.set(t, item, col, f)
			}
		}
	}
	switch {
	case !w.entered(t, actual):
		w.lack(t, "“三公”经费各项的决算数（没有的填0）", "数额")
	case !w.entered(t, budgeted):
		w.lack(t, "“三公”经费各项的预算数（没有的填0）", "数额")
	}
}

// rest takes over entered cells that nothing computes.
func (w *work) rest() {
	for c, f := range w.in {
		if _, made := w.cells[c]; !made {
			w.cells[c] = f
		}
	}
}

// compare lists the entered cells that the leaves contradict.
func (w *work) compare() {
	cells := slices.SortedFunc(maps.Keys(w.in), func(a, b Cell) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col))
	})
	for _, c := range cells {
		if got := w.cells[c]; abs(got-w.in[c]) > w.slack(2) {
			w.conflict(c, w.in[c], got, fmt.Sprintf("表%s“%s”的“%s”填的是%s，由各分项算出的是%s，相差%s",
				c.Table, w.label(c.Row), c.Col, w.say(w.in[c]), w.say(got), w.say(abs(w.in[c]-got))))
		}
	}
}

func (w *work) conflict(c Cell, entered, computed Fen, text string) {
	w.conflicts = append(w.conflicts, Conflict{c, entered, computed, text})
}

// lack asks for something of a table.
func (w *work) lack(table, what, kind string) {
	w.missing = append(w.missing, Missing{What: what, Where: w.sheet(table), Kind: kind})
}

// sheet names a table as the 填报模板 does.
func (w *work) sheet(table string) string {
	for _, l := range w.tax.Layouts.All {
		if l.Table == table {
			return "表" + table + " " + l.Name
		}
	}
	return "表" + table
}

// label names a row in a message.
func (w *work) label(row string) string {
	if !isCode(row) {
		return row
	}
	return strings.TrimSpace(row + " " + w.Name(row))
}

// say prints an amount with its unit and all its decimals, at least two.
func (w *work) say(f Fen) string {
	s := f.Exact(w.PrintUnit())
	if _, frac, _ := strings.Cut(s, "."); len(frac) < 2 {
		s = f.Print(w.PrintUnit())
	}
	return s + string(w.PrintUnit())
}

// names asks for the names of 科目 that the code lists do not have.
func (w *work) names() {
	asked := map[string]bool{}
	for _, t := range []string{"02", "03", "05", "06", "08", "09"} {
		for _, code := range w.codes[t] {
			if w.Name(code) == "" && !asked[code] {
				asked[code] = true
				w.lack(t, fmt.Sprintf("科目%s的名称", code), "文字")
			}
		}
	}
}

// upward gives codes children before parents, and "" for 合计 at the end.
func upward(all []string) []string {
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return append(out, "")
}
