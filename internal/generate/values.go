package generate

import (
	"strings"

	"juesuan/internal/accounts"
	"juesuan/internal/figure"
)

func (g *gen) set(concept string, n int64, unit figure.Unit) {
	g.a.Values[accounts.Key{Concept: concept, Period: "本年"}] = accounts.Quantity{Coef: n, Unit: unit}
}

func (g *gen) pay(concept string, f accounts.Fen) {
	g.a.Values[accounts.Key{Concept: concept, Period: "本年"}] = f.Quantity()
}

// heads enters the people of the unit.
func (g *gen) heads(n int64) {
	g.set("在职人数", n, "人")
	gone := int64(0)
	if g.one(8, "有离休人员") {
		gone = g.between("离休人数", 1, 4)
	}
	g.set("离休人数", gone, "人")
	g.set("退休人数", g.between("退休人数", 0, n), "人")
}

// counts enters what no table and no other year says.
func (g *gen) counts() {
	spent := func(item string) bool { return g.now.public[item] != 0 }
	if spent("因公出国（境）费") {
		n := g.between("因公出国（境）团组数", 1, 6)
		g.set("因公出国（境）团组数", n, "个")
		g.set("因公出国（境）人次数", n+g.between("因公出国（境）人次数", 0, 12), "人次")
	}
	if spent("公务接待费") {
		n := g.between("国内公务接待批次", 1, 90)
		g.set("国内公务接待批次", n, "批次")
		g.set("国内公务接待人次", n+g.between("国内公务接待人次", 0, n*9), "人次")
	}
	if spent("公务用车购置费") {
		g.set("公务用车购置数", g.between("公务用车购置数", 1, 4), "辆")
	}
	g.cars(spent("公务用车运行维护费"), spent("公务用车购置费"))
	if g.a.Year < 2022 {
		g.set("单价50万元以上通用设备", g.between("通用设备", 0, 9), "台(套)")
		g.set("单价100万元以上专用设备", g.between("专用设备", 0, 9), "台(套)")
	} else {
		g.set("单价100万元以上设备", g.between("设备", 0, 9), "台(套)")
	}
	g.a.Values[accounts.Key{Concept: "房屋面积", Period: "本年"}] = accounts.Quantity{Coef: g.between("房屋面积", 0, 900_000), Decimals: 2, Unit: "平方米"}
	g.pay("房屋价值", g.orNothing("房屋价值", 5*wan, 3000*wan))
	g.pay("车辆价值", g.orNothing("车辆价值", 5*wan, 300*wan))
	if _, ok := g.a.Values[accounts.Key{Concept: "在职人数", Period: "本年"}]; !ok {
		g.heads(g.between("在职人数", 1, 30))
	}
	g.purchases()
	if !g.one(4, "没有绩效自评") {
		g.performance()
	}
}

// orNothing draws an amount, or none.
func (g *gen) orNothing(name string, lo, hi accounts.Fen) accounts.Fen {
	if g.one(3, "没有"+name) {
		return 0
	}
	return g.money(name, lo, hi)
}

var carKinds = []string{
	"其他用车", "机要通信用车", "应急保障用车", "执法执勤用车", "特种专业技术用车", "离退休干部用车",
	"主要负责人用车", "副部（省）级及以上领导用车",
}

// cars enters the vehicles by kind; those that 财政拨款 pays for are among them.
func (g *gen) cars(run, bought bool) {
	total := int64(0)
	for _, k := range carKinds {
		n := int64(0)
		if k != carKinds[len(carKinds)-1] && !g.one(2, "没有"+k) {
			n = g.between(k, 0, 6)
		}
		if k == carKinds[0] && (run || bought) {
			n++
		}
		if bought {
			n += g.a.Values[accounts.Key{Concept: "公务用车购置数", Period: "本年"}].Coef
			bought = false
		}
		g.set(k, n, "辆")
		total += n
	}
	g.set("车辆", total, "辆")
	held := total
	if !run { // others' money keeps them
		held = 0
	} else if total > 1 && g.one(3, "部分车辆由财政拨款开支") {
		held = g.between("公务用车保有量", total/2, total)
	}
	g.set("公务用车保有量", held, "辆")
}

// purchases enters 政府采购: goods, works, services, and the part of small firms.
func (g *gen) purchases() {
	var total accounts.Fen
	some := g.has(Purchase, 2) || !g.one(2, "没有政府采购")
	for _, c := range []string{"政府采购货物支出", "政府采购工程支出", "政府采购服务支出"} {
		f := accounts.Fen(0)
		if some {
			f = g.orNothing(c, 1000*yuan, 900*wan)
		}
		g.pay(c, f)
		total += f
	}
	g.pay("政府采购支出总额", total)
	medium := accounts.Fen(0)
	if total > 0 && !g.one(4, "没有中小企业合同") {
		medium = g.upTo("授予中小企业合同金额", total)
	}
	small := accounts.Fen(0)
	if medium > 0 && !g.one(4, "没有小微企业合同") {
		small = g.upTo("授予小微企业合同金额", medium)
	}
	g.pay("授予中小企业合同金额", medium)
	g.pay("授予小微企业合同金额", small)
	g.pay("面向中小企业预留采购额", medium)
	g.pay("面向小微企业预留采购额", small)
	g.pay("中小企业预留项目中标金额", small)
	g.pay("小微企业预留项目中标金额", small)
	g.pay("其他项目中小企业中标金额", medium-small)
}

// performance enters 预算绩效.
func (g *gen) performance() {
	total := int64(0)
	for _, k := range []string{"自评等次为优的项目数", "自评等次为良的项目数", "自评等次为合格的项目数", "自评等次为不合格的项目数"} {
		n := int64(0)
		if !g.one(2, "没有"+k) || k == "自评等次为优的项目数" {
			n = g.between(k, 0, 6)
		}
		if k == "自评等次为优的项目数" {
			n++
		}
		g.set(k, n, "个")
		total += n
	}
	money := g.money("绩效自评项目金额", 5*wan, 5000*wan)
	for _, k := range []string{"绩效自评", "绩效目标", "绩效跟踪"} {
		g.set(k+"项目数", total, "个")
		g.pay(k+"项目金额", money)
	}
	g.a.Values[accounts.Key{Concept: "绩效自评平均得分", Period: "本年"}] = accounts.Quantity{Coef: g.between("绩效自评平均得分", 6000, 10000), Decimals: 2, Unit: "分"}
}

// answer enters one thing that a disclosure asks for.
func (g *gen) answer(now *accounts.Books, m accounts.Missing) {
	switch {
	case m.Kind == "原因":
		g.a.Reasons[m.Key] = g.reason(now, m.Key)
	case m.Kind == "文字":
		if strings.HasSuffix(m.What, "的主要用途") {
			g.a.Uses[m.Key.Func] = pick(g, "用途", uses)
			return
		}
		g.a.Notes[strings.TrimSuffix(m.What, "的文字说明")] = pick(g, "文字", notes)
	case m.Key.Period == "本年" && (strings.HasPrefix(m.Key.Concept, "绩效") || strings.HasPrefix(m.Key.Concept, "自评")):
		if _, told := g.a.Values[m.Key]; !told {
			g.performance() // a form that tells it in any case
		}
	default:
		g.a.Values[m.Key] = g.value(now, m.Key)
	}
}

// value finds what another year's or the budget's books say; what they do not
// carry is made up from this year.
func (g *gen) value(now *accounts.Books, k accounts.Key) accounts.Quantity {
	unit := figure.Yuan
	if c := g.tax.Concepts.ByName(k.Concept); c != nil && c.Unit != "" {
		unit = c.Unit
	}
	nothing := accounts.Quantity{Unit: unit}
	if unit.Kind() == figure.Money {
		nothing = accounts.Fen(0).Quantity()
	}
	old := k.Period == "上年" || k.Period == "上年预算"
	books := g.past
	if !old {
		books = g.budget
	}
	if old && books == nil {
		return nothing
	}
	period := "本年"
	if k.Period == "上年预算" {
		period = "预算"
	}
	if q, ok := books.Value(k.Concept, period, k.Func); ok {
		return q
	}
	if k.Func != "" {
		return nothing // the other books have no such 科目
	}
	q, ok := now.Value(k.Concept, "本年", k.Func)
	if !ok {
		q, ok = g.a.Values[accounts.Key{Concept: k.Concept, Period: "本年"}]
	}
	switch {
	case ok && unit.Kind() == figure.Money:
		f, _ := q.Fen()
		return g.vary(k.Period+k.Concept, f).Quantity()
	case ok:
		q.Coef = g.between(k.Period+k.Concept, 0, q.Coef*2)
		return q
	case unit.Kind() == figure.Money:
		return g.orNothing(k.Concept, 1000*yuan, 100*wan).Quantity()
	}
	nothing.Coef = g.between(k.Concept, 0, 9)
	return nothing
}
