// Package figure knows printed numbers: what digits were printed, in which
// unit, and which true values those digits allow. All arithmetic is exact.
package figure

import "math/big"

// Number is an exact rational. The zero value is 0. Numbers are immutable.
type Number struct{ r *big.Rat }

// Int makes the whole number n.
func Int(n int64) Number { return Number{big.NewRat(n, 1)} }

// Ratio makes n/d; d must not be 0.
func Ratio(n, d int64) Number { return Number{big.NewRat(n, d)} }

// Dec makes coef × 10^-decimals; decimals may be negative.
func Dec(coef int64, decimals int) Number {
	if decimals <= 0 {
		return Number{new(big.Rat).SetInt(new(big.Int).Mul(big.NewInt(coef), pow10(-decimals)))}
	}
	return Number{new(big.Rat).SetFrac(big.NewInt(coef), pow10(decimals))}
}

func pow10(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

func (a Number) rat() *big.Rat {
	if a.r == nil {
		return new(big.Rat)
	}
	return a.r
}

// Add is a + b.
func (a Number) Add(b Number) Number { return Number{new(big.Rat).Add(a.rat(), b.rat())} }

// Sub is a − b.
func (a Number) Sub(b Number) Number { return Number{new(big.Rat).Sub(a.rat(), b.rat())} }

// Mul is a × b.
func (a Number) Mul(b Number) Number { return Number{new(big.Rat).Mul(a.rat(), b.rat())} }

// Quo is a ÷ b; ok is false when b is 0.
func (a Number) Quo(b Number) (q Number, ok bool) {
	if b.Sign() == 0 {
		return Number{}, false
	}
	return Number{new(big.Rat).Quo(a.rat(), b.rat())}, true
}

// Neg is −a.
func (a Number) Neg() Number { return Number{new(big.Rat).Neg(a.rat())} }

// Abs is |a|.
func (a Number) Abs() Number { return Number{new(big.Rat).Abs(a.rat())} }

// Sign is −1, 0 or +1.
func (a Number) Sign() int { return a.rat().Sign() }

// Cmp compares a with b: −1, 0 or +1.
func (a Number) Cmp(b Number) int { return a.rat().Cmp(b.rat()) }

// Fixed prints a with the given decimals, rounded half away from zero.
func (a Number) Fixed(decimals int) string { return a.rat().FloatString(decimals) }
