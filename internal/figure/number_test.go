package figure

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// pair draws a Number with the big.Rat it must equal.
func pair(t *rapid.T, name string) (Number, *big.Rat) {
	switch rapid.IntRange(0, 3).Draw(t, name+" shape") {
	case 0:
		n := rapid.Int64().Draw(t, name)
		return Int(n), new(big.Rat).SetInt64(n)
	case 1:
		n, d := rapid.Int64().Draw(t, name), rapid.Int64().Filter(func(d int64) bool { return d != 0 }).Draw(t, name+" den")
		return Ratio(n, d), new(big.Rat).SetFrac(big.NewInt(n), big.NewInt(d))
	case 2:
		n := rapid.Int64Range(-1e9, 1e9).Draw(t, name)
		return Dec(n, 2), big.NewRat(n, 100)
	}
	n, p := rapid.Int64().Draw(t, name), rapid.IntRange(-20, 20).Draw(t, name+" decimals")
	r := new(big.Rat).SetInt64(n)
	if p >= 0 {
		r.Quo(r, new(big.Rat).SetInt(pow10(p)))
	} else {
		r.Mul(r, new(big.Rat).SetInt(pow10(-p)))
	}
	return Dec(n, p), r
}

func TestNumberAgreesWithRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, x := pair(t, "a")
		b, y := pair(t, "b")
		is := func(op string, got Number, want *big.Rat) {
			if got.rat().Cmp(want) != 0 {
				t.Fatalf("%s: %v, want %v", op, got.rat(), want)
			}
		}
		is("a", a, x)
		is("add", a.Add(b), new(big.Rat).Add(x, y))
		is("sub", a.Sub(b), new(big.Rat).Sub(x, y))
		is("mul", a.Mul(b), new(big.Rat).Mul(x, y))
		is("neg", a.Neg(), new(big.Rat).Neg(x))
		is("abs", a.Abs(), new(big.Rat).Abs(x))
		if y.Sign() != 0 {
			q, ok := a.Quo(b)
			if !ok {
				t.Fatal("quo: not ok")
			}
			is("quo", q, new(big.Rat).Quo(x, y))
		} else if _, ok := a.Quo(b); ok {
			t.Fatal("quo by 0: ok")
		}
		if a.Cmp(b) != x.Cmp(y) || a.Sign() != x.Sign() {
			t.Fatalf("cmp %d, want %d; sign %d, want %d", a.Cmp(b), x.Cmp(y), a.Sign(), x.Sign())
		}
		p := rapid.IntRange(0, 6).Draw(t, "decimals")
		want, _ := new(big.Rat).SetString(x.FloatString(p))
		is("round", a.Round(p), want)
		if a.Fixed(p) != x.FloatString(p) {
			t.Fatalf("fixed %s, want %s", a.Fixed(p), x.FloatString(p))
		}
		c := a.Cut(p)
		if c.Abs().Cmp(a.Abs()) > 0 || a.Sub(c).Abs().Cmp(Dec(1, p)) >= 0 {
			t.Fatalf("cut of %v to %d decimals is %v", x, p, c.rat())
		}
	})
}

func TestNumberEdges(t *testing.T) {
	for _, n := range []Number{Int(math.MinInt64), Int(math.MaxInt64), Dec(math.MaxInt64, -18), Ratio(math.MaxInt64, math.MinInt64), {}} {
		if got := n.Add(n).Sub(n); got.Cmp(n) != 0 {
			t.Errorf("n + n − n = %v, n = %v", got.rat(), n.rat())
		}
		if got := n.Neg().Neg(); got.Cmp(n) != 0 {
			t.Errorf("−−n = %v, n = %v", got.rat(), n.rat())
		}
	}
	for _, c := range []struct {
		n    Number
		p    int
		want string
	}{
		{Dec(125, 2), 1, "1.3"}, {Dec(-125, 2), 1, "-1.3"}, {Dec(124, 2), 1, "1.2"},
		{Ratio(2, 3), 2, "0.67"}, {Int(1250), -2, "1300"}, {Number{}, 2, "0.00"},
	} {
		if got := c.n.Fixed(c.p); got != c.want {
			t.Errorf("Fixed(%d) = %s, want %s", c.p, got, c.want)
		}
	}
}

func BenchmarkNumberSum(b *testing.B) {
	b.ReportAllocs()
	x, y := Dec(36278, -2), Dec(38801, -2)
	for b.Loop() {
		_ = x.Sub(y).Add(y)
	}
}

func BenchmarkNumberQuoRound(b *testing.B) {
	b.ReportAllocs()
	x, y := Dec(36278, -2), Dec(38801, -2)
	for b.Loop() {
		q, _ := x.Sub(y).Quo(y)
		_ = q.Round(4)
	}
}

func BenchmarkRatQuo(b *testing.B) {
	b.ReportAllocs()
	x, y := big.NewRat(3627800, 1), big.NewRat(3880100, 1)
	for b.Loop() {
		d := new(big.Rat).Sub(x, y)
		_ = d.Quo(d, y)
	}
}
