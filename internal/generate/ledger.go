package generate

import (
	"maps"
	"slices"

	"juesuan/internal/accounts"
	"juesuan/internal/taxonomy"
)

// ledger is one year's money of a unit in its smallest parts.
type ledger struct {
	detail map[string]accounts.Fen // 基本支出 of 一般公共预算 by 经济分类
	lines  []line                  // 财政拨款 by 项, without the 基本支出
	others []other

	opening, unspent, appropriated, closing accounts.Fen // of money beyond 财政拨款

	public  map[string]accounts.Fen // “三公” by item
	allowed map[string]accounts.Fen // its budget
}

// line is the money of one fund for one 项.
type line struct {
	code, fund                string
	project, opening, closing accounts.Fen
}

// other is money beyond 财政拨款 for one 项.
type other struct {
	code    string
	in      map[string]accounts.Fen // by source
	tuition accounts.Fen            // part of 事业收入
	out     map[string]accounts.Fen // by column of table 03
}

const (
	general = "general"
	govfund = "govfund"
	capital = "capital"
)

// tables of the funds.
var tableOf = map[string]string{general: "05", govfund: "08", capital: "09"}

// items of table 07 and the 经济分类 of their part in 基本支出.
var publicItems = []struct{ name, econ string }{
	{"公务接待费", "30217"}, {"公务用车运行维护费", "30231"}, {"公务用车购置费", ""}, {"因公出国（境）费", "30212"},
}

// ledger draws this year's money.
func (g *gen) ledger() *ledger {
	l := &ledger{detail: map[string]accounts.Fen{}, public: map[string]accounts.Fen{}, allowed: map[string]accounts.Fen{}}
	g.fresh = g.has(ZeroBase, 12)
	public := g.has(Public, 3) || !slices.Contains(g.opt.Without, Public) && !g.one(3, "没有三公")
	if !slices.Contains(g.opt.Without, Basic) && !g.one(15, "没有基本支出") || slices.Contains(g.opt.With, Basic) {
		g.staff(l, public)
	}
	g.projects(l)
	g.own(l)
	if public {
		g.publicCosts(l)
	}
	return l
}

// projects draws the projects of all funds.
func (g *gen) projects(l *ledger) {
	pool := g.below(g.run[:5], general)
	for _, p := range g.pools {
		for _, code := range g.below(p, general) {
			if !slices.Contains(pool, code) {
				pool = append(pool, code)
			}
		}
	}
	slices.Sort(pool)
	most := 8
	if g.sort == Township {
		most = 20
	}
	carry := g.has(Carry, 2)
	add := func(fund string, codes []string, most int, hi accounts.Fen) {
		for _, code := range some(g, "项目科目", codes, most) {
			x := line{code: code, fund: fund}
			x.project = g.money("项目支出", 1*wan, hi)
			if carry {
				if !g.fresh && g.one(3, "年初结转") {
					x.opening = g.upTo("年初结转和结余", x.project)
				}
				if g.one(3, "年末结转") {
					x.closing = g.upTo("年末结转和结余", x.project)
				}
				if fund == govfund && x.closing > 0 && x.opening == 0 && g.one(5, "全部结转") {
					x.project = 0
				}
			}
			l.lines = append(l.lines, x)
		}
	}
	if len(pool) > 0 && (len(l.detail) == 0 || !g.one(6, "没有项目")) {
		add(general, pool, most, 5000*wan)
	}
	if g.has(Fund, 4) {
		if codes := g.fundCodes(govfund); len(codes) > 0 {
			add(govfund, codes, 3, 20000*wan)
		}
	}
	if g.has(Capital, 6) {
		if codes := g.fundCodes(capital); len(codes) > 0 {
			add(capital, codes, 2, 500*wan)
		}
	}
}

// upTo draws an amount of at most f, all of it at times; 0 when f is too small.
func (g *gen) upTo(name string, f accounts.Fen) accounts.Fen {
	if f < 2*least || g.one(6, name+"全部") {
		return f
	}
	x := g.money(name, least, f)
	if f-x < least {
		return f
	}
	return x
}

// own draws money beyond 财政拨款.
func (g *gen) own(l *ledger) {
	if !g.has(Other, g.trade.other) {
		return
	}
	codes := []string{g.run}
	for _, x := range l.lines {
		if x.fund == general && !slices.Contains(codes, x.code) {
			codes = append(codes, x.code)
		}
	}
	special := g.living && g.has(Special, 4)
	hi := 300 * wan
	if g.sort == Hospital {
		hi = 30000 * wan
	}
	var in, out accounts.Fen
	for _, code := range some(g, "其他资金科目", codes, 3) {
		o := other{code: code, in: map[string]accounts.Fen{}, out: map[string]accounts.Fen{}}
		for _, s := range some(g, "收入来源", g.sources, 3) {
			o.in[s] = g.money(s, 1000*yuan, hi)
			in += o.in[s]
		}
		if g.sort == School && o.in["事业收入"] > 0 && g.one(2, "教育收费") {
			o.tuition = g.upTo("教育收费", o.in["事业收入"])
		}
		spend := func(col string, f accounts.Fen) {
			o.out[col] += f
			out += f
		}
		if g.living && !g.one(2, "其他资金不用于基本支出") {
			spend("基本支出", g.money("其他资金基本支出", 1000*yuan, hi))
		}
		if !g.one(3, "其他资金不用于项目") {
			spend("项目支出", g.money("其他资金项目支出", 1000*yuan, hi))
		}
		if special {
			for _, col := range some(g, "专门支出", []string{"上缴上级支出", "经营支出", "对附属单位补助支出"}, 2) {
				spend(col, g.money(col, 1000*yuan, hi/10))
			}
		}
		l.others = append(l.others, o)
	}
	if !g.fresh && g.one(2, "其他资金年初结转") {
		l.opening = g.money("其他资金年初结转和结余", 100*yuan, hi)
	}
	switch left := in + l.opening - out; {
	case left < 0 && !g.fresh && g.living && g.one(2, "动用结余"):
		l.unspent = -left
	case left < 0 && !g.fresh:
		l.opening -= left
	case left < 0: // a first year spends what it gets
		l.others[0].in[g.sources[0]] -= left
	case left > 0 && g.living && g.one(2, "结余分配"):
		l.appropriated = g.upTo("结余分配", left)
		l.closing = left - l.appropriated
	default:
		l.closing = left
	}
}

// publicCosts draws table 07: the part in 基本支出 and more from projects.
func (g *gen) publicCosts(l *ledger) {
	var room accounts.Fen
	for _, x := range l.lines {
		if x.fund == general {
			room += x.project
		}
	}
	for _, it := range publicItems {
		f := l.detail[it.econ]
		if it.name == "公务用车购置费" && l.public["公务用车运行维护费"] == 0 {
			room = 0 // a new car runs
		}
		more := min(room/4, 80*wan)
		if more > 1000*yuan && g.one(3, it.name+"用项目资金") {
			x := g.money(it.name, 500*yuan, more)
			f, room = f+x, room-x
		}
		l.public[it.name] = f
		switch {
		case f == 0 && g.one(6, it.name+"只有预算"):
			l.allowed[it.name] = g.money(it.name+"预算", 1000*yuan, 20*wan)
		case f == 0:
		case g.has(Over, 5):
			l.allowed[it.name] = f / 100 * accounts.Fen(g.between(it.name+"预算", 50, 99))
			if l.allowed[it.name] < least {
				l.allowed[it.name] = 0
			}
		default:
			l.allowed[it.name] = f / 100 * accounts.Fen(g.between(it.name+"预算", 100, 250))
			if l.allowed[it.name] < f {
				l.allowed[it.name] = f
			}
		}
	}
}

// lastYear draws the year before: what it left is what this year began with.
func (g *gen) lastYear() *ledger {
	if g.fresh {
		return nil
	}
	now := g.now
	l := &ledger{detail: map[string]accounts.Fen{}, public: map[string]accounts.Fen{}, allowed: map[string]accounts.Fen{}}
	for _, econ := range slices.Sorted(maps.Keys(now.detail)) {
		l.detail[econ] = g.vary("上年"+econ, now.detail[econ])
	}
	for _, x := range now.lines {
		y := line{code: x.code, fund: x.fund, project: g.vary("上年项目支出", x.project), closing: x.opening}
		if y.project > 0 && g.one(4, "上年年初结转") {
			y.opening = g.upTo("上年年初结转和结余", y.project)
		}
		l.lines = append(l.lines, y)
	}
	var in, out accounts.Fen
	for _, o := range now.others {
		p := other{code: o.code, in: map[string]accounts.Fen{}, out: map[string]accounts.Fen{}}
		for _, k := range slices.Sorted(maps.Keys(o.in)) {
			p.in[k] = g.vary("上年"+k, o.in[k])
			in += p.in[k]
		}
		for _, k := range slices.Sorted(maps.Keys(o.out)) {
			p.out[k] = g.vary("上年"+k, o.out[k])
			out += p.out[k]
		}
		l.others = append(l.others, p)
	}
	l.closing = now.opening
	switch left := in - out - l.closing; {
	case left < 0:
		l.opening = -left
	case left > 0:
		l.appropriated = left
	}
	for _, it := range publicItems {
		l.public[it.name] = max(g.vary("上年"+it.name, now.public[it.name]), l.detail[it.econ])
		l.allowed[it.name] = l.public[it.name]
	}
	return l
}

// plan draws the 年初预算: this year's money, without what nobody could know.
func (g *gen) plan() *ledger {
	now := g.now
	l := &ledger{detail: map[string]accounts.Fen{}, public: now.allowed, allowed: now.allowed}
	for _, econ := range slices.Sorted(maps.Keys(now.detail)) {
		l.detail[econ] = g.vary("预算"+econ, now.detail[econ])
	}
	for _, x := range now.lines {
		l.lines = append(l.lines, line{code: x.code, fund: x.fund, project: g.vary("预算项目支出", x.project)})
	}
	for _, o := range now.others {
		p := other{code: o.code, in: map[string]accounts.Fen{}, out: o.out}
		for _, f := range o.out {
			p.in[g.sources[0]] += f
		}
		l.others = append(l.others, p)
	}
	return l
}

// cells enters a ledger in the tables.
func (l *ledger) cells(g *gen) map[accounts.Cell]accounts.Fen {
	cells := map[accounts.Cell]accounts.Fen{}
	add := func(table, row, col string, f accounts.Fen) {
		if f != 0 {
			cells[accounts.Cell{Table: table, Row: row, Col: col}] += f
		}
	}
	const opening, closing, actual = "年初结转和结余", "年末结转和结余", "决算数"
	for econ, f := range l.detail {
		add("06", econ, actual, f)
		code := g.payer(econ)
		add("02", code, "财政拨款收入", f)
		add("03", code, "基本支出", f)
		add("05", code, "基本支出", f)
	}
	var open, end accounts.Fen
	for _, x := range l.lines {
		in := x.project - x.opening + x.closing
		add("02", x.code, "财政拨款收入", in)
		add("03", x.code, "项目支出", x.project)
		t := tableOf[x.fund]
		add(t, x.code, "项目支出", x.project)
		if x.fund == general {
			open += x.opening
			end += x.closing
			continue
		}
		add(t, x.code, opening, x.opening)
		add(t, x.code, "本年收入", in)
	}
	set := func(table, row, col string, f accounts.Fen) {
		cells[accounts.Cell{Table: table, Row: row, Col: col}] = f
	}
	set("04", "年初一般公共预算财政拨款", actual, open)
	set("04", "年末财政拨款结转和结余", "一般公共预算", end)
	for _, x := range l.lines {
		if x.fund != general {
			open += x.opening
			end += x.closing
		}
	}
	for _, o := range l.others {
		for k, f := range o.in {
			add("02", o.code, k, f)
		}
		add("02", o.code, "教育收费", o.tuition)
		for k, f := range o.out {
			add("03", o.code, k, f)
		}
	}
	set("01", opening, actual, open+l.opening)
	set("01", closing, actual, end+l.closing)
	add("01", "使用非财政拨款结余", actual, l.unspent)
	add("01", "结余分配", actual, l.appropriated)
	for _, it := range publicItems {
		set("07", it.name, actual, l.public[it.name])
		set("07", it.name, "预算数", l.allowed[it.name])
	}
	for _, x := range []struct{ name, econ string }{{"会议费", "30215"}, {"培训费", "30216"}} {
		if !g.prints(x.name) {
			continue
		}
		set("07", x.name, actual, l.detail[x.econ])
		set("07", x.name, "预算数", l.detail[x.econ])
	}
	return cells
}

// prints reports that the form's table 07 has the item.
func (g *gen) prints(item string) bool {
	for _, f := range g.tax.Forms.Choose(g.a.Form, g.a.Year).Tables {
		if f.Table == "07" {
			return slices.ContainsFunc(f.Columns, func(c taxonomy.FormColumn) bool { return c.Item == item }) ||
				slices.ContainsFunc(f.Rows, func(r taxonomy.FormRow) bool { return r.Item == item })
		}
	}
	return false
}
