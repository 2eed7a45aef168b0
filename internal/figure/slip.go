package figure

import "strings"

// Alternative is another computation a writer may have done by mistake, and
// what to call it: “除以了本年数”.
type Alternative struct {
	Value  Number // in the base of the kind
	Phrase string
}

// Slip names the known mistake that turns the computed value into the stated
// figure, or "" when none does. Wrong computations (alts) are tried before
// slips of the pen; a slip has to give every printed digit, so figures of
// fewer than three digits are only tried for sign and scale.
func Slip(stated Figure, computed Number, alts ...Alternative) string {
	p := stated.places()
	is := func(n Number) bool { return n.Abs().Round(p).Cmp(stated.Value().Abs()) == 0 }
	if stated.Coef == 0 || computed.Sign() == 0 {
		return ""
	}
	for _, a := range alts {
		if a.Value.Sign() != 0 && is(a.Value) {
			return a.Phrase
		}
	}
	if is(computed) {
		if stated.Value().Sign() != computed.Sign() {
			return "正负号相反"
		}
		return ""
	}
	for _, x := range scales {
		if is(computed.Mul(x.by)) {
			if stated.Unit.Kind() == Rate && x.rate != "" {
				return x.rate
			}
			return x.phrase
		}
	}
	return pen(stated, computed.Abs())
}

// scales are the wrong powers of ten.
var scales = []struct {
	by           Number
	phrase, rate string
}{
	{Dec(1, 2), "小了100倍", "比值误作百分数（漏乘100）"},
	{Int(100), "大了100倍", "百分数多乘了100"},
	{Dec(1, 1), "小了10倍，小数点错位", ""},
	{Int(10), "大了10倍，小数点错位", ""},
	{Dec(1, 3), "小了1000倍，小数点错位", ""},
	{Int(1000), "大了1000倍，小数点错位", ""},
	{Dec(1, 4), "小了10000倍，元与万元混淆", ""},
	{Int(10000), "大了10000倍，元与万元混淆", ""},
}

// pen finds a digit added, dropped or two neighbours swapped.
func pen(stated Figure, computed Number) string {
	want := computed.Mul(Dec(1, stated.Unit.Exponent())).Fixed(max(stated.Decimals, 0))
	got := Dec(stated.Abs().Coef, max(stated.Decimals, 0)).Fixed(max(stated.Decimals, 0))
	w, g := strings.ReplaceAll(want, ".", ""), strings.ReplaceAll(got, ".", "")
	if len(w) < 3 || len(g) < 3 {
		return ""
	}
	switch {
	case len(g) == len(w)+1 && dropped(g, w):
		return "多写了一位数字"
	case len(g)+1 == len(w) && dropped(w, g):
		return "漏写了一位数字"
	case len(g) == len(w):
		var diff []int
		for i := range w {
			if w[i] != g[i] {
				diff = append(diff, i)
			}
		}
		switch {
		case len(diff) == 2 && diff[1] == diff[0]+1 && w[diff[0]] == g[diff[1]] && w[diff[1]] == g[diff[0]]:
			return "相邻两位数字颠倒"
		case len(diff) == 1 && len(w) >= 4:
			return "写错了一位数字"
		}
	}
	return ""
}

// dropped reports whether short is long without one digit.
func dropped(long, short string) bool {
	i := 0
	for i < len(short) && long[i] == short[i] {
		i++
	}
	return long[i+1:] == short[i:]
}

// GrowthSlip names the mistake behind a stated rate of growth.
func GrowthSlip(rate, now, before Figure) string {
	n, b := now.Value(), before.Value()
	d := n.Sub(b)
	real, ok := d.Quo(b)
	if !ok {
		return ""
	}
	var alts []Alternative
	if v, ok := d.Quo(n); ok {
		alts = append(alts, Alternative{v, "除以了本年数，应除以上年数（基数）"})
	}
	if v, ok := n.Quo(b); ok {
		alts = append(alts, Alternative{v, "误把本年数占基数的比例作为增减率"})
	}
	if v, ok := b.Quo(n); ok {
		alts = append(alts, Alternative{v, "误把基数占本年数的比例作为增减率"})
	}
	return Slip(rate, real, alts...)
}

// ShareSlip names the mistake behind a stated share or completion.
func ShareSlip(rate, part, whole Figure) string {
	p, w := part.Value(), whole.Value()
	real, ok := p.Quo(w)
	if !ok {
		return ""
	}
	alts := []Alternative{{real.Sub(Int(1)), "误把差异率作为比例"}}
	if v, ok := w.Quo(p); ok {
		alts = append(alts, Alternative{v, "分子与分母颠倒"})
	}
	return Slip(rate, real, alts...)
}

// DiffSlip names the mistake behind a stated change.
func DiffSlip(delta, now, before Figure) string {
	return Slip(delta.Abs(), now.Value().Sub(before.Value()).Abs(),
		Alternative{now.Value(), "误把本年数写作增减额"},
		Alternative{before.Value(), "误把上年数（基数）写作增减额"})
}
