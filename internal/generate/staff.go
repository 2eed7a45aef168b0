package generate

import (
	"slices"

	"juesuan/internal/accounts"
)

// cost is a 经济分类 款 and what it costs a head and year, in 元; items of the
// same place are other years' codes for one thing.
type cost struct {
	codes  []string
	lo, hi int64
	always bool
}

var wages = []cost{
	{[]string{"30101"}, 30_000, 60_000, true},
	{[]string{"30102"}, 10_000, 60_000, false},
	{[]string{"30103"}, 2_000, 30_000, false},
	{[]string{"30107"}, 10_000, 50_000, false},
	{[]string{"30108"}, 8_000, 20_000, true},
	{[]string{"30109"}, 4_000, 10_000, false},
	{[]string{"30110", "30104"}, 4_000, 12_000, false},
	{[]string{"30111"}, 500, 3_000, false},
	{[]string{"30112"}, 100, 1_500, false},
	{[]string{"30113", "30311"}, 6_000, 18_000, true},
	{[]string{"30199"}, 200, 9_000, false},
	{[]string{"30301"}, 100, 5_000, false},
	{[]string{"30302"}, 200, 20_000, false},
	{[]string{"30304"}, 100, 4_000, false},
	{[]string{"30305"}, 50, 3_000, false},
	{[]string{"30309"}, 10, 500, false},
	{[]string{"30399"}, 10, 800, false},
}

var running = []cost{
	{[]string{"30201"}, 500, 9_000, true},
	{[]string{"30202"}, 50, 1_500, false},
	{[]string{"30205"}, 20, 600, false},
	{[]string{"30206"}, 100, 2_500, false},
	{[]string{"30207"}, 100, 2_000, false},
	{[]string{"30208"}, 100, 2_000, false},
	{[]string{"30209"}, 100, 4_000, false},
	{[]string{"30211"}, 200, 5_000, false},
	{[]string{"30213"}, 100, 4_000, false},
	{[]string{"30214"}, 100, 3_000, false},
	{[]string{"30215"}, 50, 900, false},
	{[]string{"30216"}, 50, 1_500, false},
	{[]string{"30218"}, 50, 2_500, false},
	{[]string{"30226"}, 50, 5_000, false},
	{[]string{"30227"}, 50, 5_000, false},
	{[]string{"30228"}, 500, 3_000, false},
	{[]string{"30229"}, 200, 2_500, false},
	{[]string{"30239"}, 500, 9_000, false},
	{[]string{"30299"}, 50, 5_000, false},
	{[]string{"31002"}, 100, 3_000, false},
	{[]string{"31003"}, 100, 3_000, false},
	{[]string{"31007"}, 100, 2_000, false},
}

var publicCosts = []cost{
	{[]string{"30217"}, 20, 900, false},
	{[]string{"30231"}, 300, 4_000, false},
	{[]string{"30212"}, 100, 2_000, false},
}

// staff draws 基本支出 by 经济分类: people and the running of their offices.
func (g *gen) staff(l *ledger, public bool) {
	heads := g.between("在职人数", 3, 60)
	if g.one(3, "大单位") {
		heads *= 8
	}
	g.heads(heads)
	costs := slices.Concat(wages, running)
	if public {
		costs = slices.Concat(costs, publicCosts)
	}
	rare := g.draw("科目多少", 4)
	for _, c := range costs {
		if !c.always && g.draw("有"+c.codes[0], 4) <= rare-1 {
			continue
		}
		for _, code := range c.codes {
			if g.spendable(code) {
				l.detail[code] = g.money(code, accounts.Fen(heads*c.lo)*yuan, accounts.Fen(heads*c.hi)*yuan)
				break
			}
		}
	}
}

// spendable tells whether the year's books have an 经济分类 code under a sure name.
func (g *gen) spendable(code string) bool { return len(g.tax.Codes.Econ.In(code, g.a.Year)) > 0 }

// payers are the 项 that pay for an 经济分类, by sort of unit.
var payers = map[string][2]string{ // office, institution
	"30108": {"2080505", "2080505"},
	"30109": {"2080506", "2080506"},
	"30110": {"2101101", "2101102"},
	"30111": {"2101103", "2101103"},
	"30113": {"2210201", "2210201"},
	"30311": {"2210201", "2210201"},
	"30301": {"2080501", "2080502"},
	"30302": {"2080501", "2080502"},
}

// payer is the 项 that an 经济分类 of the 基本支出 is paid from.
func (g *gen) payer(econ string) string {
	p, ok := payers[econ]
	if !ok || econ == "30311" && g.a.Year >= 2018 {
		return g.run
	}
	code := p[0]
	if g.kind == accounts.Institution {
		code = p[1]
	}
	if !g.valid(code) {
		return g.run
	}
	return code
}
