package accounts

import (
	"cmp"
	"fmt"
	"slices"
)

// relations lists what two tables cannot both say, whatever the rounding: the
// relations between tables that Complete does not make true by itself.
func (w *work) relations() {
	w.equal(Cell{"01", incomeSum, actual}, Cell{"01", outlaySum, actual},
		"收入总计%s，支出总计%s，两者应当相等：核对年初、年末结转和结余，使用非财政拨款结余和结余分配")
	w.fundIdentities()
	if len(w.codes["06"]) > 0 || w.get("06", total, actual) != 0 {
		w.equal(Cell{"05", total, basic}, Cell{"06", total, actual},
			"表05一般公共预算财政拨款基本支出合计%s，表06各经济分类合计%s，两者应当相等")
	}
	for _, c := range []string{"人员经费", "公用经费"} {
		if _, ok := w.cells[Cell{"05", total, c}]; ok {
			w.equal(Cell{"05", total, c}, Cell{"06", c + "合计", actual}, "表05"+c+"合计%s，表06"+c+"合计%s，两者应当相等")
		}
	}
	w.generalIdentities()
	w.withinAll()
	w.carryOvers()
	w.publicCosts()
	w.values()
}

// values: a value that the tables carry, too, is the same.
func (w *work) values() {
	keys := sorted(w.Values, func(x, y Key) int {
		return cmp.Or(cmp.Compare(x.Concept, y.Concept), cmp.Compare(x.Period, y.Period), cmp.Compare(x.Func, y.Func))
	})
	for _, k := range keys {
		said, ok := w.Values[k].Fen()
		c, f, found := w.carried(k.Concept, k.Period, k.Func)
		if ok && found && abs(said-f) > w.slack(2) {
			w.conflict(c, said, f, fmt.Sprintf("数值“%s”的%s填的是%s，表%s“%s”是%s",
				k.Concept, k.Period, w.say(said), c.Table, w.label(c.Row), w.say(f)))
		}
	}
}

// equal states that two cells must be the same.
func (w *work) equal(a, b Cell, text string) {
	x, y := w.cells[a], w.cells[b]
	if abs(x-y) > w.slack(2) {
		w.conflict(a, x, y, fmt.Sprintf(text, w.say(x), w.say(y)))
	}
}

// fundIdentities: for each fund, what came in and what was there is what was
// spent and what is left. 08 and 09 have been held to it row by row.
func (w *work) fundIdentities() {
	f := funds[0]
	in := w.get("04", f.source, actual) + w.get("04", f.opening, actual)
	out := w.get("04", outlaySum, f.col)
	if abs(in-out) > w.slack(3) {
		w.conflict(Cell{"04", outlaySum, f.col}, out, in, fmt.Sprintf(
			"一般公共预算财政拨款本年收入%s加年初结转和结余%s是%s，本年支出%s加年末结转和结余%s是%s，两者应当相等",
			w.say(w.get("04", f.source, actual)), w.say(w.get("04", f.opening, actual)), w.say(in),
			w.say(w.get("04", allOutlay, f.col)), w.say(w.get("04", fClosing, f.col)), w.say(out)))
	}
	if got := w.get("04", f.source, actual); got < 0 {
		w.conflict(Cell{"04", f.source, actual}, got, 0, fmt.Sprintf(
			"表08、表09的本年收入合计比表02的财政拨款收入多%s", w.say(-got)))
	}
}

// generalIdentities: the same of each 科目 of table 05, where the older form
// has the columns.
func (w *work) generalIdentities() {
	if !w.entered("05", income) {
		return
	}
	leaves, _ := w.leaves("05")
	for _, code := range leaves {
		in := w.get("05", code, opening) + w.get("05", code, income)
		out := w.get("05", code, total) + w.get("05", code, closing)
		if abs(in-out) > w.slack(4) {
			w.conflict(Cell{"05", code, income}, in, out, fmt.Sprintf(
				"表05“%s”年初结转和结余加本年收入是%s，本年支出加年末结转和结余是%s，两者应当相等", w.label(code), w.say(in), w.say(out)))
		}
	}
	w.equal(Cell{"05", total, income}, Cell{"04", funds[0].source, actual}, "表05本年收入合计%s，一般公共预算财政拨款收入%s，两者应当相等")
}

// withinAll: 财政拨款 outlay of a 科目 is part of its whole outlay.
func (w *work) withinAll() {
	if len(w.codes["03"]) == 0 {
		return
	}
	codes := slices.Concat(w.codes["05"], w.codes["08"], w.codes["09"])
	slices.Sort(codes)
	for _, code := range slices.Compact(codes) {
		for _, p := range []struct{ of, whole string }{{basic, basic}, {project, project}} {
			var part Fen
			for _, t := range []string{"05", "08", "09"} {
				part += w.get(t, code, p.of)
			}
			if _, ok := w.cells[Cell{"03", code, p.whole}]; !ok && part != 0 {
				w.conflict(Cell{"03", code, p.whole}, 0, part, fmt.Sprintf(
					"“%s”有财政拨款%s%s，表03没有这个科目", w.label(code), p.of, w.say(part)))
				continue
			}
			if whole := w.get("03", code, p.whole); part-whole > w.slack(4) && whole >= 0 {
				w.conflict(Cell{"03", code, p.whole}, whole, part, fmt.Sprintf(
					"“%s”的财政拨款%s%s多于表03的%s%s", w.label(code), p.of, w.say(part), p.whole, w.say(whole)))
			}
		}
	}
}

// carryOvers: the carry-overs of 财政拨款 are part of all.
func (w *work) carryOvers() {
	for _, p := range []struct {
		part, whole Cell
		name        string
	}{
		{Cell{"04", fOpening, actual}, Cell{"01", opening, actual}, "年初"},
		{Cell{"04", fClosing, total}, Cell{"01", closing, actual}, "年末"},
	} {
		x, y := w.cells[p.part], w.cells[p.whole]
		if x-y > w.slack(4) && y >= 0 || w.onlyFiscal && abs(x-y) > w.slack(4) {
			w.conflict(p.whole, y, x, fmt.Sprintf("表01%s结转和结余%s，其中财政拨款%s，不相符", p.name, w.say(y), w.say(x)))
		}
	}
}

// publicCosts: a “三公” item within 基本支出 is part of the item in 07, and all
// of it where 财政拨款 pays for no project.
func (w *work) publicCosts() {
	projects := w.get("05", total, project) != 0 || w.get("08", total, spending) != 0 || w.get("09", total, spending) != 0
	for _, p := range []struct{ econ, item string }{
		{"30212", publicItems[1]}, {"30217", publicItems[5]}, {"30231", publicItems[4]}, {"31013", publicItems[3]},
	} {
		if x, y := w.get("06", p.econ, actual), w.get("07", p.item, actual); x-y > w.slack(2) && w.entered("07", actual) {
			w.conflict(Cell{"07", p.item, actual}, y, x, fmt.Sprintf(
				"表06“%s”%s，多于表07“%s”%s", w.label(p.econ), w.say(x), p.item, w.say(y)))
		} else if y-x > w.slack(2) && !projects && len(w.codes["06"]) > 0 {
			w.conflict(Cell{"07", p.item, actual}, y, x, fmt.Sprintf(
				"表07“%s”%s，表06“%s”%s：财政拨款没有项目支出，两者应当相等", p.item, w.say(y), w.label(p.econ), w.say(x)))
		}
	}
}
