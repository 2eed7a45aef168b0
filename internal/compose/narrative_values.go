package compose

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"juesuan/internal/accounts"
	"juesuan/internal/figure"
)

// value is a quantity of the books as the text prints it.
type value struct {
	concept, period, code string
	q                     accounts.Quantity
	ok                    bool
	digits                string // as printed, without unit
	unit                  figure.Unit
	printed               int64 // the printed digits as a whole number
}

// value finds a quantity: as entered or carried by a table; under another
// name of the same value; as the sum of all its parts, or as the part that is
// left of a total. Nothing else is concluded.
func (c *composer) value(concept, period, code string) *value {
	v := &value{concept: concept, period: period, code: code}
	if v.q, v.ok = c.find(concept, period, code, 0); !v.ok {
		return v
	}
	c.dress(v)
	return v
}

// dress adds the print.
func (c *composer) dress(v *value) {
	if f, ok := v.q.Fen(); ok {
		v.unit = c.b.PrintUnit()
		v.digits, v.printed = f.Print(v.unit), f.Hundredths(v.unit)
		return
	}
	v.digits, v.unit, v.printed = v.q.Digits(), v.q.Unit, v.q.Coef
}

func (c *composer) find(concept, period, code string, depth int) (accounts.Quantity, bool) {
	if q, ok := c.b.Value(concept, period, code); ok {
		return q, true
	}
	if code != "" || depth > 2 {
		return accounts.Quantity{}, false
	}
	for _, other := range c.set.Same[concept] {
		if q, ok := c.b.Value(other, period, code); ok {
			return q, true
		}
	}
	if parts, ok := c.set.Sums[concept]; ok {
		if q, left := c.add(parts, period, depth); left == "" {
			return q, true
		}
	}
	for whole, parts := range c.set.Sums {
		if q, ok := c.rest(whole, parts, concept, period); ok {
			return q, true
		}
	}
	return accounts.Quantity{}, false
}

// add adds up parts; left names the first that is not known.
func (c *composer) add(parts []string, period string, depth int) (sum accounts.Quantity, left string) {
	for i, p := range parts {
		q, ok := c.find(p, period, "", depth+1)
		if !ok {
			return sum, p
		}
		if i == 0 {
			sum = q
		} else if sum, ok = plus(sum, q, 1); !ok {
			return sum, p
		}
	}
	return sum, ""
}

// plus is a + n·b; ok is false when they measure different things.
func plus(a, b accounts.Quantity, n int64) (accounts.Quantity, bool) {
	if x, ok := a.Fen(); ok {
		if y, ok := b.Fen(); ok {
			return (x + accounts.Fen(n)*y).Quantity(), true
		}
	}
	if a.Unit != b.Unit || max(a.Decimals, b.Decimals) > 6 {
		return a, false
	}
	for ; a.Decimals < b.Decimals; a.Decimals++ {
		a.Coef *= 10
	}
	for ; b.Decimals < a.Decimals; b.Decimals++ {
		b.Coef *= 10
	}
	a.Coef += n * b.Coef
	return a, true
}

// rest is what a total leaves for a part: nothing when the parts that are
// known make it up, all that is left when it is the only unknown one.
func (c *composer) rest(whole string, parts []string, part, period string) (accounts.Quantity, bool) {
	if !slices.Contains(parts, part) {
		return accounts.Quantity{}, false
	}
	left, ok := c.b.Value(whole, period, "")
	unknown := 0
	for _, p := range parts {
		if !ok {
			return left, false
		}
		if q, known := c.b.Value(p, period, ""); known {
			left, ok = plus(left, q, -1)
		} else {
			unknown++
		}
	}
	if !ok || left.Coef < 0 || left.Coef > 0 && unknown > 1 {
		return left, false
	}
	return left, true
}

// print is the quantity with its unit, or the mark of its absence.
func (c *composer) print(v *value) string {
	if !v.ok {
		return c.lack(v)
	}
	s := v.digits + strings.NewReplacer("(", "（", ")", "）").Replace(string(v.unit))
	c.facts = append(c.facts, fact{concept: v.concept, measure: "数额", period: v.period, code: v.code, print: s})
	return s
}

// lack asks for a quantity, or for the parts it is the sum of.
func (c *composer) lack(v *value) string {
	if slices.Contains(c.set.AskParts, v.concept) && v.code == "" {
		asked := false
		for _, p := range c.set.Sums[v.concept] {
			if x := c.value(p, v.period, ""); !x.ok {
				c.lack(x)
				asked = true
			}
		}
		if asked {
			return "【待填：" + c.what(v) + "】"
		}
	}
	return c.ask(accounts.Missing{What: c.what(v), Kind: "数额", Key: accounts.Key{Concept: v.concept, Period: v.period, Func: v.code}}, v.period)
}

// quoted is a concept's name in one pair of quotation marks.
func quoted(concept string) string {
	return "“" + strings.NewReplacer("“", "", "”", "").Replace(concept) + "”"
}

// what names a quantity in the list of what is missing.
func (c *composer) what(v *value) string {
	what := v.period + quoted(v.concept)
	if v.code != "" {
		what = fmt.Sprintf("“%s %s”的%s数", v.code, c.b.Name(v.code), v.period)
	}
	return what
}

// sums compares entered totals with the sum of their parts where the text
// uses all of them.
func (c *composer) sums() {
	for _, whole := range slices.Sorted(maps.Keys(c.set.Sums)) {
		for _, period := range []string{"本年", "上年", "年初预算", "全年预算"} {
			total, ok := c.b.Value(whole, period, "")
			if !ok {
				continue
			}
			sum, left := c.add(c.set.Sums[whole], period, 0)
			if left != "" || sum.Number().Cmp(total.Number()) == 0 {
				continue
			}
			a, b := value{q: total}, value{q: sum}
			c.dress(&a)
			c.dress(&b)
			c.conflicts = append(c.conflicts, accounts.Conflict{
				Text: fmt.Sprintf("%s%s填的是%s%s，各分项之和是%s%s", period, quoted(whole), a.digits, a.unit, b.digits, b.unit),
			})
		}
	}
}

// pair is a quantity and what it is compared with.
type pair struct{ x, y *value }

// number is a quantity as it is calculated with.
func (v *value) number() figure.Number { return v.q.Number() }

// kindOf tells the case of a comparison. What print cannot tell apart is 近:
// no reader could follow a change there.
func (p *pair) kindOf() string {
	switch {
	case p.x.printed == 0 && p.y.printed == 0:
		return "零"
	case p.y.printed == 0:
		return "新"
	case p.x.printed == 0:
		return "清"
	}
	switch s := p.x.number().Cmp(p.y.number()); {
	case s == 0:
		return "平"
	case p.x.printed == p.y.printed || p.flat():
		return "近"
	case s > 0:
		return "增"
	}
	return "减"
}

// flat reports a difference that prints as nothing.
func (p *pair) flat() bool {
	d := p.x.number().Sub(p.y.number())
	if p.x.unit.Kind() != figure.Money {
		return d.Sign() == 0
	}
	return d.Mul(figure.Dec(1, p.x.unit.Exponent())).Round(2).Sign() == 0
}

// steep reports a change that is always explained: above a tenth, or from nothing.
func (p *pair) steep() bool {
	d := p.x.number().Sub(p.y.number()).Abs()
	return p.y.printed == 0 || d.Mul(figure.Int(10)).Cmp(p.y.number().Abs()) > 0
}
