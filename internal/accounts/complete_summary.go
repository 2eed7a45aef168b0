package accounts

import "slices"

// fiscalSummary makes table 04 from tables 02, 05, 08 and 09.
func (w *work) fiscalSummary() {
	const t = "04"
	var srcRows, openRows, cols []string
	for _, f := range funds {
		srcRows, openRows, cols = append(srcRows, f.source), append(openRows, f.opening), append(cols, f.col)
	}
	end := func(f fund) (Fen, bool) {
		v, ok := w.in[Cell{t, fClosing, f.col}]
		return v, ok
	}
	// The funds with a table of their own.
	var otherIncome, otherOpening, otherClosing Fen
	for _, f := range funds[1:] {
		w.set(t, f.source, actual, w.get(f.table, total, income))
		w.set(t, f.opening, actual, w.get(f.table, total, opening))
		w.set(t, fClosing, f.col, w.get(f.table, total, closing))
		otherIncome += w.get(f.table, total, income)
		otherOpening += w.get(f.table, total, opening)
		otherClosing += w.get(f.table, total, closing)
	}
	// 一般公共预算: income is what 02 has beyond them.
	g := funds[0]
	if _, ok := w.cells[Cell{"02", total, fiscal}]; ok && w.entered("02", "") {
		w.set(t, g.source, actual, w.get("02", total, fiscal)-otherIncome)
	} else {
		w.set(t, g.source, actual, w.in[Cell{t, g.source, actual}])
	}
	w.set(t, g.opening, actual, w.carry(
		Cell{t, g.opening, actual}, Cell{"05", total, opening}, Cell{t, fOpening, actual}, Cell{"01", opening, actual}, otherOpening))
	if v, ok := end(g); ok {
		w.set(t, fClosing, g.col, v)
	} else {
		w.set(t, fClosing, g.col, w.carry(
			Cell{t, fClosing, g.col}, Cell{"05", total, closing}, Cell{t, fClosing, total}, Cell{"01", closing, actual}, otherClosing))
	}
	w.sum(Cell{t, allIncome, actual}, rowsOf(t, actual, srcRows...)...)
	w.sum(Cell{t, fOpening, actual}, rowsOf(t, actual, openRows...)...)
	w.sum(Cell{t, incomeSum, actual}, rowsOf(t, actual, allIncome, fOpening)...)

	classes := w.classes("05", "08", "09")
	w.codes[t] = classes
	for _, code := range classes {
		for _, f := range funds {
			w.set(t, code, f.col, w.get(f.table, code, f.spent))
		}
		w.sum(Cell{t, code, total}, colsOf(t, code, cols...)...)
	}
	for _, f := range funds {
		w.sum(Cell{t, allOutlay, f.col}, rowsOf(t, f.col, classes...)...)
		if len(w.codes[f.table]) == 0 { // only a 合计 row was entered
			w.set(t, allOutlay, f.col, w.get(f.table, total, f.spent))
		}
		w.sum(Cell{t, outlaySum, f.col}, rowsOf(t, f.col, allOutlay, fClosing)...)
	}
	w.sum(Cell{t, allOutlay, total}, colsOf(t, allOutlay, cols...)...)
	w.way(Cell{t, allOutlay, total}, rowsOf(t, total, classes...)...)
	w.sum(Cell{t, fClosing, total}, colsOf(t, fClosing, cols...)...)
	w.sum(Cell{t, outlaySum, total}, rowsOf(t, total, allOutlay, fClosing)...)
	w.way(Cell{t, outlaySum, total}, colsOf(t, outlaySum, cols...)...)
}

// carry is the 一般公共预算 carry-over: as entered in its own cell or in 05, or
// the carry-over of all 财政拨款 less that of the other funds, or, when all
// money is 财政拨款, that of table 01 less theirs; else there is none.
func (w *work) carry(own, in05, fiscalAll, everything Cell, others Fen) Fen {
	if f, ok := w.in[own]; ok {
		return f
	}
	if f, ok := w.cells[in05]; ok {
		return f
	}
	if f, ok := w.in[fiscalAll]; ok {
		return f - others
	}
	if f, ok := w.in[everything]; ok && w.onlyFiscal {
		return f - others
	}
	return 0
}

// classes are the 类 of the year in printed order and those that the tables
// have beyond them.
func (w *work) classes(tables ...string) []string {
	var out []string
	for _, i := range w.tax.Codes.Classes(w.Year) {
		out = append(out, i.Code)
	}
	var more []string
	for _, t := range tables {
		for _, code := range w.codes[t] {
			if len(code) == 3 && !slices.Contains(out, code) && !slices.Contains(more, code) {
				more = append(more, code)
			}
		}
	}
	slices.Sort(more)
	return append(out, more...)
}

// summary makes table 01 from 02, 03, 04 and the carry-overs.
func (w *work) summary() {
	const t = "01"
	var byFund []string
	for _, f := range funds {
		w.set(t, f.source+"收入", actual, w.get("04", f.source, actual))
		byFund = append(byFund, f.source+"收入")
	}
	w.sum(Cell{t, fiscal, actual}, rowsOf(t, actual, byFund...)...)
	for _, s := range sources[1:] {
		w.set(t, s, actual, w.get("02", total, s))
	}
	if f, ok := w.cells[Cell{"02", total, "教育收费"}]; ok {
		w.set(t, "教育收费", actual, f)
	}
	w.sum(Cell{t, allIncome, actual}, rowsOf(t, actual, append(byFund, sources[1:]...)...)...)
	w.way(Cell{t, allIncome, actual}, rowsOf(t, actual, sources...)...)
	if len(w.codes["02"]) == 0 && w.entered("02", "") {
		w.set(t, allIncome, actual, w.get("02", total, allIncome))
	}
	w.set(t, unspent, actual, w.in[Cell{t, unspent, actual}])
	w.withParts(opening, openingParts, w.get("04", fOpening, actual))
	w.sum(Cell{t, incomeSum, actual}, rowsOf(t, actual, allIncome, unspent, opening)...)

	classes := w.classes("03")
	w.codes[t] = classes
	for _, code := range classes {
		w.set(t, code, actual, w.get("03", code, allOutlay))
	}
	w.sum(Cell{t, allOutlay, actual}, rowsOf(t, actual, classes...)...)
	if len(w.codes["03"]) == 0 {
		w.set(t, allOutlay, actual, w.get("03", total, allOutlay))
	}
	w.withParts(appropriat, appropriationParts, 0)
	w.withParts(closing, closingParts, w.get("04", fClosing, total))
	w.sum(Cell{t, outlaySum, actual}, rowsOf(t, actual, allOutlay, appropriat, closing)...)
}

// withParts makes a line of table 01 from its sub-lines, or as entered, or as
// the 财政拨款 part says when nothing is entered.
func (w *work) withParts(line string, parts []string, otherwise Fen) {
	const t = "01"
	any := false
	for _, p := range parts {
		f, ok := w.in[Cell{t, p, actual}]
		any = any || ok
		if ok {
			w.set(t, p, actual, f)
		}
	}
	if any {
		w.sum(Cell{t, line, actual}, rowsOf(t, actual, parts...)...)
		return
	}
	f, ok := w.in[Cell{t, line, actual}]
	if !ok {
		f = otherwise
	}
	w.set(t, line, actual, f)
}

var (
	openingParts       = []string{"年初基本支出结转", "年初项目支出结转和结余", "年初经营结余"}
	closingParts       = []string{"年末基本支出结转", "年末项目支出结转和结余", "年末经营结余"}
	appropriationParts = []string{"交纳所得税", "提取职工福利基金", "转入事业基金", "其他结余分配"}
)
