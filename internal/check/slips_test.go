package check

import (
	"testing"

	"juesuan/internal/figure"
)

func TestSlipped(t *testing.T) {
	for _, c := range []struct{ print, lo, hi, want string }{
		{"362.87万元", "362.77", "362.79", "362.78"}, // swapped; the middle is the value
		{"388.01万元", "398.00", "398.04", "398.01"}, // one digit, not the middle of the interval
		{"41234.50万元", "1234.48", "1234.52", "1234.50"},
		{"123.40万元", "1233.99", "1234.01", "1234.00"},
		{"50000.00万元", "5.00", "5.00", "5.00"},
		{"-12.30万元", "12.30", "12.30", "12.30"},
		{"0.15万元", "1.50", "1.50", "1.50"},
		{"100.00万元", "777.70", "777.72", ""},
		{"100.00万元", "99.99", "100.01", ""},  // it fits already
		{"100.00万元", "150.00", "190.00", ""}, // so wide that everything is a slip away
		{"0.00万元", "10.00", "10.00", ""},
	} {
		parse := func(s string) figure.Figure {
			f, err := figure.Parse(s)
			if err != nil {
				t.Fatal(err)
			}
			return f
		}
		got := ""
		if f, ok := slipped(parse(c.print), figure.Interval{Lo: parse(c.lo + "万元").Value(), Hi: parse(c.hi + "万元").Value()}); ok {
			got = f.Digits()
		}
		if got != c.want {
			t.Errorf("%s in [%s, %s]: %q, want %q", c.print, c.lo, c.hi, got, c.want)
		}
	}
}
