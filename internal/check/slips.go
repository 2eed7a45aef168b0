package check

import (
	"math"
	"strconv"

	"juesuan/internal/figure"
)

// maxSlack is how many units of its last digit a figure's needed value may be
// uncertain by for a slip to be looked for: in a wide interval there always is one.
const maxSlack = 10

// leastSlip is the least coefficient that a slip leads to: of one or two
// digits everything is a slip away.
const leastSlip = 100

// slipped gives the value nearest to the middle of the interval that is one
// slip of the pen away from the print: a digit more, less or other, two
// neighbours swapped, the point or the unit moved, the sign. ok is false when
// the interval has none.
func slipped(f figure.Figure, need figure.Interval) (best figure.Figure, ok bool) {
	if f.Coef == 0 || f.Coef == math.MinInt64 {
		return best, false
	}
	one := f
	one.Coef = 1
	if need.Hi.Sub(need.Lo).Cmp(one.Value().Abs().Mul(figure.Int(maxSlack))) > 0 || need.Has(f.Value()) {
		return best, false
	}
	mid := need.Lo.Add(need.Hi).Mul(figure.Ratio(1, 2))
	var gap figure.Number
	try := func(coef int64) {
		g := f
		g.Coef = coef
		if v := g.Value(); abs64(coef) >= leastSlip && need.Has(v) {
			if d := v.Sub(mid).Abs(); !ok || d.Cmp(gap) < 0 {
				best, gap, ok = g, d, true
			}
		}
	}
	try(-f.Coef)
	sign := int64(1)
	if f.Coef < 0 {
		sign = -1
	}
	digits := strconv.FormatInt(sign*f.Coef, 10)
	for len(digits) <= f.Decimals {
		digits = "0" + digits // 0.05 is three digits
	}
	for _, s := range oneSlip(digits) {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			try(sign * n)
		}
	}
	return best, ok
}

// oneSlip are the digits that one slip makes of some digits.
func oneSlip(s string) []string {
	var out []string
	for i := range len(s) + 1 {
		for d := byte('0'); d <= '9'; d++ {
			out = append(out, s[:i]+string(d)+s[i:])
			if i < len(s) && s[i] != d {
				out = append(out, s[:i]+string(d)+s[i+1:])
			}
		}
		if i < len(s) && len(s) > 1 {
			out = append(out, s[:i]+s[i+1:])
		}
		if i+1 < len(s) && s[i] != s[i+1] {
			out = append(out, s[:i]+s[i+1:i+2]+s[i:i+1]+s[i+2:])
		}
	}
	zeros := ""
	for range 4 { // the point moved; 元 for 万元
		zeros += "0"
		out = append(out, s+zeros)
		if n := len(s) - len(zeros); n > 0 && s[n:] == zeros {
			out = append(out, s[:n])
		}
	}
	return out
}
