package compose

import (
	"fmt"
	"slices"
	"strings"

	"juesuan/internal/accounts"
	"juesuan/internal/figure"
	"juesuan/internal/taxonomy"
)

// zeroBase stands for a rate on a base of nothing.
const zeroBase = "--（基数为0，不可比）"

// phrase words a comparison.
func (c *composer) phrase(ph *taxonomy.Phrase, p *pair, e env) string {
	if !p.x.ok {
		return c.lack(p.x)
	}
	if !p.y.ok {
		return c.lack(p.y)
	}
	kind := p.kindOf()
	pat := ph.Case(kind)
	if pat == nil {
		return ""
	}
	if slices.ContainsFunc(pat.Pieces, func(x taxonomy.Piece) bool { return x.Slot != nil && x.Slot.Name == "缘由" }) &&
		c.reason(p) == "" && !(ph.Ask == "必" || ph.Ask == "大" && p.steep()) {
		if pat = ph.Silent(kind); pat == nil {
			return ""
		}
	}
	e.pair = p
	s := c.text(pat.Pieces, e)
	if strings.Contains(s, "持平") || strings.Contains(s, "无增减变化") {
		c.flats = append(c.flats, fact{concept: p.x.concept, base: p.y.period, code: p.x.code, pair: p})
	}
	return s
}

// reason is why x changed against the period of y.
func (c *composer) reason(p *pair) string { return sentence(c.b.Reasons[p.key()]) }

func (p *pair) key() accounts.Key {
	return accounts.Key{Concept: p.x.concept, Period: p.y.period, Func: p.x.code}
}

// measure prints one measure of a comparison.
func (c *composer) measure(name string, p *pair) string {
	for _, v := range []*value{p.x, p.y} {
		if !v.ok {
			return c.lack(v)
		}
	}
	x, y := p.x.number(), p.y.number()
	note := func(measure, s string) string {
		f := fact{concept: p.x.concept, measure: measure, period: "本年", base: p.y.period, code: p.x.code, print: s, pair: p}
		if measure == "占比" {
			f.base = ""
		}
		c.facts = append(c.facts, f)
		return s
	}
	switch name {
	case "本数":
		return c.print(p.x)
	case "基数":
		return c.print(p.y)
	case "名称":
		return c.nameOf(&element{p.x.concept, p.x.code})
	case "差额", "增减额":
		return note("增减额", c.difference(p))
	case "增减率":
		return note("增减率", ratio(x.Sub(y), y, p.y.printed, true))
	case "差异率":
		return note("差异率", ratio(x.Sub(y), y, p.y.printed, false))
	case "占比", "完成率":
		return note(name, ratio(x, y, p.y.printed, false))
	case "缘由":
		if r := c.reason(p); r != "" {
			return r
		}
		return c.ask(accounts.Missing{What: c.change(p) + "的原因", Kind: "原因", Key: p.key()}, "原因")
	}
	return ""
}

// difference prints |x − y|.
func (c *composer) difference(p *pair) string {
	d := p.x.number().Sub(p.y.number()).Abs()
	if p.x.unit.Kind() != figure.Money {
		return d.Fixed(max(0, p.x.q.Decimals)) + string(p.x.unit)
	}
	return d.Mul(figure.Dec(1, p.x.unit.Exponent())).Fixed(2) + string(p.x.unit)
}

// ratio prints part ÷ whole in per cent, rounded half away from zero to two
// decimals; of a whole that prints as nothing there is none.
func ratio(part, whole figure.Number, wholePrinted int64, unsigned bool) string {
	q, ok := part.Quo(whole)
	if !ok || wholePrinted == 0 {
		return zeroBase
	}
	q = q.Mul(figure.Int(100)).Round(2)
	sign := ""
	if q.Sign() < 0 && !unsigned {
		sign = "-"
	}
	return sign + q.Abs().Fixed(2) + "%"
}

// change says a change in words, for the list of what is missing.
func (c *composer) change(p *pair) string {
	name := quoted(p.x.concept)
	if p.x.code != "" {
		name = "“" + p.x.code + " " + c.b.Name(p.x.code) + "”"
	}
	base := "较" + p.y.period
	if p.x.period != "本年" {
		base = p.x.period + base
	}
	way := "增加"
	if p.x.number().Cmp(p.y.number()) < 0 {
		way = "减少"
	}
	s := fmt.Sprintf("%s%s%s%s", name, base, way, c.difference(p))
	if p.y.printed != 0 {
		s += "（" + ratio(p.x.number().Sub(p.y.number()), p.y.number(), p.y.printed, true) + "）"
	}
	return s
}
