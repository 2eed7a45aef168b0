package accounts

import (
	"fmt"
	"strconv"
	"strings"

	"juesuan/internal/figure"
)

// Print gives the amount as the tables print it: in 万元 rounded to two
// decimals half away from zero, in 元 exactly with two decimals. Any unit but
// 元 is 万元. No separators, a minus as "-".
func (f Fen) Print(unit figure.Unit) string {
	n := int64(f)
	if unit != figure.Yuan {
		half := int64(5000)
		if n < 0 {
			half = -half
		}
		// 1e4 分 are a hundredth of a 万元; the remainder decides, so that
		// adding half cannot overflow.
		n = n/10000 + (n%10000+half)/10000
	}
	return fixed(n, 2)
}

// Exact gives the amount in the unit with all its decimals and no more:
// 53.45, 53.450001 (万元) or 534500 (元).
func (f Fen) Exact(unit figure.Unit) string {
	s := fixed(int64(f), places(unit))
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// Hundredths is the printed amount as a whole number of its last digits.
func (f Fen) Hundredths(unit figure.Unit) int64 {
	n, _ := strconv.ParseInt(strings.ReplaceAll(f.Print(unit), ".", ""), 10, 64)
	return n
}

// places are the decimals that a 分 needs in the unit.
func places(unit figure.Unit) int {
	if unit == figure.Yuan {
		return 2
	}
	return 6
}

// fixed writes n × 10^-decimals.
func fixed(n int64, decimals int) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	if decimals == 0 {
		return sign + s
	}
	if len(s) <= decimals {
		s = strings.Repeat("0", decimals-len(s)+1) + s
	}
	return sign + s[:len(s)-decimals] + "." + s[len(s)-decimals:]
}

// ParseFen reads a plain decimal in the unit (万元, else 元) exactly. More
// digits than a 分 has are an error, as is anything that is not a number.
// Separators are allowed: 1,234.50.
func ParseFen(s string, unit figure.Unit) (Fen, error) {
	if unit != figure.Yuan {
		unit = figure.WanYuan
	}
	coef, decimals, err := parseDecimal(s)
	if err != nil {
		return 0, err
	}
	for decimals < places(unit) {
		if coef > maxCoef || coef < -maxCoef {
			return 0, fmt.Errorf("“%s”太大", s)
		}
		coef *= 10
		decimals++
	}
	for ; decimals > places(unit); decimals-- {
		if coef%10 != 0 {
			return 0, fmt.Errorf("“%s”%s不足一分，金额最多精确到分", s, unit)
		}
		coef /= 10
	}
	return Fen(coef), nil
}

const maxCoef = (1<<63 - 1) / 10

// parseDecimal reads [-]digits[.digits] with separators as coef × 10^-decimals.
func parseDecimal(s string) (coef int64, decimals int, err error) {
	bad := fmt.Errorf("“%s”不是数字", s)
	t := strings.TrimSpace(s)
	neg := strings.HasPrefix(t, "-")
	t = strings.TrimPrefix(t, "-")
	whole, frac, point := strings.Cut(t, ".")
	if strings.Contains(whole, ",") {
		for i, g := range strings.Split(whole, ",") {
			if len(g) > 3 || i > 0 && len(g) != 3 || g == "" {
				return 0, 0, bad
			}
		}
		whole = strings.ReplaceAll(whole, ",", "")
	}
	if whole == "" || point && frac == "" || strings.Trim(whole+frac, "0123456789") != "" {
		return 0, 0, bad
	}
	coef, err = strconv.ParseInt(whole+frac, 10, 64)
	if err != nil {
		return 0, 0, fmt.Errorf("“%s”太大", s)
	}
	if neg {
		coef = -coef
	}
	return coef, len(frac), nil
}

// Quantity of the amount, in 元.
func (f Fen) Quantity() Quantity { return Quantity{Coef: int64(f), Decimals: 2, Unit: figure.Yuan} }

// Fen is the quantity as money; ok is false when it is none or has less than a 分.
func (q Quantity) Fen() (f Fen, ok bool) {
	if q.Unit.Kind() != figure.Money {
		return 0, false
	}
	coef, d := q.Coef, q.Decimals-q.Unit.Exponent()
	for ; d < 2; d++ {
		if coef > maxCoef || coef < -maxCoef {
			return 0, false
		}
		coef *= 10
	}
	for ; d > 2; d-- {
		if coef%10 != 0 {
			return 0, false
		}
		coef /= 10
	}
	return Fen(coef), true
}

// Number is the value in the base of its kind: 元, 1 or pieces.
func (q Quantity) Number() figure.Number {
	return figure.Dec(q.Coef, q.Decimals-q.Unit.Exponent())
}

// Digits prints the quantity as it was entered, without its unit.
func (q Quantity) Digits() string { return fixed(q.Coef, max(0, q.Decimals)) }

// PrintUnit is the unit that tables and text print: 万元 unless the accounts say 元.
func (a *Accounts) PrintUnit() figure.Unit {
	if a.Money == figure.Yuan {
		return figure.Yuan
	}
	return figure.WanYuan
}
