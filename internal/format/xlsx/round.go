package xlsx

import (
	"math/big"
	"strings"
)

// exactDisplay corrects the last digit of a displayed number. Excel rounds
// the decimal number that it shows, half away from zero: 0.285 is 0.29 under
// 0.00. excelize rounds the double, which lies a little below the half.
// A text that is anything but the number, rounded, stays as it is.
func exactDisplay(text, number string) string {
	plain := strings.ReplaceAll(strings.TrimPrefix(text, "-"), ",", "")
	whole, frac, _ := strings.Cut(plain, ".")
	if whole == "" || strings.Trim(whole+frac, "0123456789") != "" {
		return text
	}
	shown, ok := new(big.Int).SetString(whole+frac, 10)
	if !ok {
		return text
	}
	x, y, _ := strings.Cut(strings.TrimPrefix(number, "-"), ".")
	if len(y) <= len(frac) || y[len(frac)] != '5' || strings.Trim(y[len(frac)+1:], "0") != "" {
		return text // no half
	}
	want, ok := new(big.Int).SetString(x+y[:len(frac)], 10)
	if !ok || shown.Cmp(want) != 0 {
		return text
	}
	want.Add(want, big.NewInt(1))
	s := want.String()
	if pad := len(frac) + 1 - len(s); pad > 0 {
		s = strings.Repeat("0", pad) + s
	}
	whole, frac = s[:len(s)-len(frac)], s[len(s)-len(frac):]
	if strings.Contains(text, ",") {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + "," + whole[i:]
		}
	}
	if frac != "" {
		whole += "." + frac
	}
	if strings.HasPrefix(text, "-") {
		whole = "-" + whole
	}
	return whole
}
