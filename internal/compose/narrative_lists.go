package compose

import (
	"strings"

	"juesuan/internal/taxonomy"
)

// list writes an enumeration inline; elements that come out empty are left out.
func (c *composer) list(l *taxonomy.List, e env) string {
	var parts []string
	all := c.elements(l)
	for i, it := range all {
		inner := e
		inner.item, inner.seq, inner.last = &it, i+1, i+1 == len(all)
		if s := c.text(l.Item.Pieces, inner); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, l.Join)
}

// elements are what a list enumerates: what is not zero in print, or all.
func (c *composer) elements(l *taxonomy.List) []element {
	var all []element
	for _, name := range l.Of {
		all = append(all, element{concept: name})
	}
	if l.Rows != nil {
		for _, code := range c.codes(l.Rows) {
			all = append(all, element{l.Rows.Concept, code})
		}
	}
	var out []element
	sum := int64(0)
	for _, it := range all {
		v := c.value(it.concept, "本年", it.code)
		sum += v.printed
		keep := l.Keep == "全部" || !v.ok || v.printed != 0
		if !keep && l.Change != "" {
			old := c.value(it.concept, l.Change, it.code)
			keep = old.ok && old.printed != 0
		}
		if keep {
			out = append(out, it)
		}
	}
	if l.Whole != "" && len(out) > 0 {
		if w := c.value(l.Whole, "本年", ""); w.ok && w.printed != sum {
			c.uneven = true
		}
	}
	return out
}

// codes are the 科目 of a table that a list goes through.
func (c *composer) codes(r *taxonomy.Rows) []string {
	rows := c.b.Rows(r.Table)
	above := map[string]bool{}
	for _, x := range rows {
		above[taxonomy.Parent(x.Code)] = true
	}
	var out []string
	for _, x := range rows {
		switch {
		case x.Code == "" || r.Side != "" && x.Side != r.Side:
		case r.Level == 0 && !above[x.Code], r.Level != 0 && level(x.Code) == r.Level:
			out = append(out, x.Code)
		}
	}
	return out
}

// level of a code: 1 类, 2 款, 3 项.
func level(code string) int { return (len(code) - 1) / 2 }
