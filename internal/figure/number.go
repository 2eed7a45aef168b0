// Package figure knows printed numbers: what digits were printed, in which
// unit, and which true values those digits allow. All arithmetic is exact.
package figure

import (
	"math"
	"math/big"
	"math/bits"
	"strings"
)

// Number is an exact rational. The zero value is 0. Numbers are immutable.
//
// Almost every number of a disclosure fits a quotient of two int64; r is set
// only when it does not. A quotient is kept as it comes out, not reduced: the
// denominators are powers of ten, and reducing costs more than it saves.
type Number struct {
	n, d int64    // n/d with d > 0, or d = 0 for a denominator of 1; |n| ≤ MaxInt64
	r    *big.Rat // not nil: the value is r
}

// Int makes the whole number n.
func Int(n int64) Number {
	if n == math.MinInt64 {
		return Number{r: new(big.Rat).SetInt64(n)}
	}
	return Number{n: n, d: 1}
}

// Ratio makes n/d; d must not be 0.
func Ratio(n, d int64) Number {
	if n == math.MinInt64 || d == math.MinInt64 {
		return wide(big.NewRat(n, d))
	}
	if d < 0 {
		n, d = -n, -d
	}
	return Number{n: n, d: d}
}

// Dec makes coef × 10^-decimals; decimals may be negative.
func Dec(coef int64, decimals int) Number {
	if coef != math.MinInt64 {
		switch {
		case decimals >= 0 && decimals < len(tens):
			return Number{n: coef, d: tens[decimals]}
		case decimals < 0 && -decimals < len(tens):
			if n, ok := mul(coef, tens[-decimals]); ok {
				return Number{n: n, d: 1}
			}
		}
	}
	if decimals <= 0 {
		return wide(new(big.Rat).SetInt(new(big.Int).Mul(big.NewInt(coef), pow10(-decimals))))
	}
	return wide(new(big.Rat).SetFrac(big.NewInt(coef), pow10(decimals)))
}

// tens are the powers of ten that an int64 holds.
var tens = [...]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}

func pow10(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

// wide takes over r, as a quotient of two int64 when it is one.
func wide(r *big.Rat) Number {
	if n, d := r.Num(), r.Denom(); n.IsInt64() && d.IsInt64() && n.Int64() != math.MinInt64 {
		return Number{n: n.Int64(), d: d.Int64()}
	}
	return Number{r: r}
}

func (a Number) den() int64 {
	if a.d == 0 {
		return 1
	}
	return a.d
}

func (a Number) rat() *big.Rat {
	if a.r != nil {
		return a.r
	}
	return big.NewRat(a.n, a.den())
}

// add and mul report ok = false on overflow.
func add(a, b int64) (int64, bool) {
	s := a + b
	return s, (s > a) == (b > 0) && s != math.MinInt64
}

func mul(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(uabs(a), uabs(b))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(lo), true
	}
	return int64(lo), true
}

func uabs(a int64) uint64 {
	if a < 0 {
		return uint64(-a)
	}
	return uint64(a)
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// Add is a + b.
func (a Number) Add(b Number) Number {
	if a.r == nil && b.r == nil {
		if n, d, ok := sum(a.n, a.den(), b.n, b.den()); ok {
			return Number{n: n, d: d}
		}
	}
	return wide(new(big.Rat).Add(a.rat(), b.rat()))
}

func sum(an, ad, bn, bd int64) (n, d int64, ok bool) {
	if ad == bd {
		n, ok = add(an, bn)
		return n, ad, ok
	}
	g := gcd(ad, bd)
	x, ok1 := mul(an, bd/g)
	y, ok2 := mul(bn, ad/g)
	d, ok3 := mul(ad, bd/g)
	n, ok = add(x, y)
	return n, d, ok && ok1 && ok2 && ok3
}

// Sub is a − b.
func (a Number) Sub(b Number) Number { return a.Add(b.Neg()) }

// Mul is a × b.
func (a Number) Mul(b Number) Number {
	if a.r == nil && b.r == nil {
		n, ok1 := mul(a.n, b.n)
		d, ok2 := mul(a.den(), b.den())
		if ok1 && ok2 {
			return Number{n: n, d: d}
		}
	}
	return wide(new(big.Rat).Mul(a.rat(), b.rat()))
}

// Quo is a ÷ b; ok is false when b is 0.
func (a Number) Quo(b Number) (q Number, ok bool) {
	if b.Sign() == 0 {
		return Number{}, false
	}
	if a.r == nil && b.r == nil {
		bn, bd := b.n, b.den()
		if bn < 0 {
			bn, bd = -bn, -bd
		}
		n, ok1 := mul(a.n, bd)
		d, ok2 := mul(a.den(), bn)
		if ok1 && ok2 {
			return Number{n: n, d: d}, true
		}
	}
	return wide(new(big.Rat).Quo(a.rat(), b.rat())), true
}

// Neg is −a.
func (a Number) Neg() Number {
	if a.r == nil {
		return Number{n: -a.n, d: a.d}
	}
	return wide(new(big.Rat).Neg(a.r))
}

// Abs is |a|.
func (a Number) Abs() Number {
	if a.Sign() < 0 {
		return a.Neg()
	}
	return a
}

// Sign is −1, 0 or +1.
func (a Number) Sign() int {
	switch {
	case a.r != nil:
		return a.r.Sign()
	case a.n < 0:
		return -1
	case a.n > 0:
		return 1
	}
	return 0
}

// Cmp compares a with b: −1, 0 or +1.
func (a Number) Cmp(b Number) int {
	if a.r != nil || b.r != nil {
		return a.rat().Cmp(b.rat())
	}
	x, y := a.Sign(), b.Sign()
	if x != y {
		if x < y {
			return -1
		}
		return 1
	}
	h1, l1 := bits.Mul64(uabs(a.n), uint64(b.den()))
	h2, l2 := bits.Mul64(uabs(b.n), uint64(a.den()))
	switch {
	case h1 == h2 && l1 == l2:
		return 0
	case h1 < h2 || h1 == h2 && l1 < l2:
		return -x
	}
	return x
}

// Min is the smaller of a and b.
func (a Number) Min(b Number) Number {
	if b.Cmp(a) < 0 {
		return b
	}
	return a
}

// Max is the larger of a and b.
func (a Number) Max(b Number) Number {
	if b.Cmp(a) > 0 {
		return b
	}
	return a
}

// Round is a rounded half away from zero to the given decimals, which may be negative.
func (a Number) Round(decimals int) Number { return a.snap(decimals, true) }

// Cut is a with the digits after the given decimals cut off (towards zero).
func (a Number) Cut(decimals int) Number { return a.snap(decimals, false) }

func (a Number) snap(decimals int, round bool) Number {
	s := a.Mul(Dec(1, -decimals))
	if s.r == nil {
		n, d := s.n, s.den()
		q, rem := n/d, uabs(n%d)
		if round && rem >= uint64(d)-rem {
			if n < 0 {
				q--
			} else {
				q++
			}
		}
		return Dec(q, decimals)
	}
	q, rem := new(big.Int).QuoRem(s.r.Num(), s.r.Denom(), new(big.Int))
	if round && rem.Lsh(rem.Abs(rem), 1).Cmp(s.r.Denom()) >= 0 {
		q.Add(q, big.NewInt(int64(s.r.Sign())))
	}
	return wide(new(big.Rat).SetInt(q)).Mul(Dec(1, decimals))
}

// Fixed prints a with the given decimals, rounded half away from zero, with
// an ASCII hyphen before a negative one.
func (a Number) Fixed(decimals int) string {
	if decimals < 0 {
		return a.Round(decimals).rat().FloatString(0)
	}
	return a.rat().FloatString(decimals)
}

// In gives a, a value in the base of a kind, as the digits of the unit:
// 36278000 元 in 万元 with 2 decimals is "3627.80". A minus is printed as −.
func (a Number) In(u Unit, decimals int) string {
	return minus(a.Mul(Dec(1, u.Exponent())).Fixed(max(decimals, 0)))
}

// minus prints the sign as Chinese typesetting does.
func minus(s string) string {
	if t, ok := strings.CutPrefix(s, "-"); ok {
		if strings.Trim(t, "0.") == "" {
			return t
		}
		return "−" + t
	}
	return s
}
