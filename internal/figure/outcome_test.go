package figure

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"pgregory.net/rapid"
)

func fig(t testing.TB, s string) Figure {
	t.Helper()
	f, err := Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// test does the operation of a claim. "rate" takes new value and signed change.
func test(op string, stated Figure, v []Figure) Outcome {
	switch op {
	case "rate":
		return GrowthNow(stated, v[0], v[1])
	case "rateb":
		return Growth(stated, v[0], v[1])
	case "share":
		return Share(stated, v[0], v[1])
	case "diff":
		return Diff(stated, v[0], v[1])
	}
	return Sum(stated, v...)
}

func TestOutcomes(t *testing.T) {
	for _, c := range []struct {
		op, stated string
		operands   []string
		want       Verdict
		arithmetic string
	}{
		{"diff", "25.23万元", []string{"362.78万元", "388.01万元"}, Agrees, "362.78 − 388.01 = −25.23"},
		{"diff", "27.23万元", []string{"362.78万元", "335.55万元"}, Agrees, "362.78 − 335.55 = 27.23"},
		{"diff", "25.23万元", []string{"362.78万元", "335.55万元"}, Contradicts, "362.78 − 335.55 = 27.23 ≠ 25.23"},
		{"rateb", "6.50%", []string{"362.78万元", "388.01万元"}, Agrees, "(362.78 − 388.01) ÷ 388.01 = −6.50%"},
		{"rateb", "6.95%", []string{"362.78万元", "388.01万元"}, Contradicts, "(362.78 − 388.01) ÷ 388.01 = −6.50% ≠ 6.95%"},
		{"share", "0.87%", []string{"1090", "125000"}, Agrees, "1090 ÷ 125000 = 0.87%"},
		{"share", "66.66%", []string{"2.00万元", "3.00万元"}, CutOff, "2.00 ÷ 3.00 = 66.67% ≠ 66.66%"},
		{"share", "0.6%", []string{"5000元", "80.00万元"}, Agrees, "5000元 ÷ 80.00万元 = 0.6%"},
		{"rate", "5.26%", []string{"20.00万元", "1.00万元"}, Agrees, "1.00 ÷ (20.00 − 1.00) = 5.26%"},
		{"rate", "4.76%", []string{"20.00万元", "-1.00万元"}, Agrees, "1.00 ÷ (20.00 + 1.00) = 4.76%"},
		{"rate", "100%", []string{"5.00万元", "5.00万元"}, ZeroBase, "基数为0，100%无从计算"},
		{"rate", "900%", []string{"0.02万元", "0.01万元"}, Rounding, "0.01 ÷ (0.02 − 0.01) = 100% ≠ 900%"},
		{"rate", "1055.4%", []string{"22.59", "20.63"}, Rounding, ""},
		{"rateb", "100%", []string{"4.79", "0"}, ZeroBase, ""},
		{"rateb", "0%", []string{"4.79", "-"}, ZeroBase, ""},
		{"sum", "30.01", []string{"10.00", "20.00"}, Rounding, "10.00 + 20.00 = 30.00 ≠ 30.01"},
		{"sum", "30.02", []string{"10.00", "20.00"}, Contradicts, ""},
		{"sum", "7.00", []string{"10.00", "-3.00"}, Agrees, "10.00 − 3.00 = 7.00"},
		{"sum", "1.5万元", []string{"10000元", "5000元"}, Agrees, "10000元 + 5000元 = 1.5万元"},
		{"rateb", "16倍", []string{"17.3", "1.0"}, Agrees, ""},
		{"share", "103%", []string{"-1.00", "10.00"}, Contradicts, "(−1.00) ÷ 10.00 = −10% ≠ 103%"},
	} {
		var v []Figure
		for _, s := range c.operands {
			v = append(v, fig(t, s))
		}
		got := test(c.op, fig(t, c.stated), v)
		if got.Verdict != c.want {
			t.Errorf("%s %s %v: %v, want %v (%s)", c.op, c.stated, c.operands, got.Verdict, c.want, got.Arithmetic)
		}
		if c.arithmetic != "" && got.Arithmetic != c.arithmetic {
			t.Errorf("%s %s %v: %q, want %q", c.op, c.stated, c.operands, got.Arithmetic, c.arithmetic)
		}
	}
}

func TestEqual(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want Verdict
	}{
		{"12.34万元", "12.34万元", Agrees}, {"12.34万元", "12.35万元", Contradicts}, {"12.3万元", "12.34万元", Agrees},
		{"12.34万元", "123400元", Agrees}, {"12.34万元", "123449.5元", Agrees}, {"12.34万元", "123499元", CutOff},
		{"0.00万元", "-", Agrees}, {"12.34万元", "-", Contradicts}, {"12.4万元", "12.35万元", Agrees},
	} {
		if got := Equal(fig(t, c.a), fig(t, c.b)); got.Verdict != c.want {
			t.Errorf("%s, %s: %v, want %v", c.a, c.b, got.Verdict, c.want)
		}
	}
}

func TestGrowthAll(t *testing.T) {
	for _, c := range []struct {
		rate, now, before, delta string
		want                     Verdict
	}{
		{"6.50%", "362.78", "388.01", "-25.23", Agrees},
		{"1.02%", "0.98", "0.97", "0.01", Rounding},
		{"1.53%", "0.98", "0.97", "0.01", Rounding},
		{"1.53%", "0.98", "0.97", "0.0100", Contradicts}, // the change is printed too finely for that
		{"100%", "5.00", "0", "5.00", ZeroBase},
	} {
		got := GrowthAll(fig(t, c.rate), fig(t, c.now), fig(t, c.before), fig(t, c.delta))
		if got.Verdict != c.want {
			t.Errorf("%+v: %v (%s)", c, got.Verdict, got.Arithmetic)
		}
	}
}

// A figure computed from true values and printed by rounding is never a
// contradiction of its operands, printed by rounding too.
func TestHonestPrintsNeverContradict(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		round := func(v Number, p int, u Unit) Figure {
			n := v.Mul(Dec(1, u.Exponent())).Round(p).Mul(Dec(1, -p))
			return Figure{Coef: n.rat().Num().Int64(), Decimals: p, Unit: u}
		}
		draw := func(name string) Number { return Dec(rapid.Int64Range(-1e9, 1e9).Draw(t, name), 2) }
		a, b, c := draw("a"), draw("b"), draw("c")
		p := rapid.IntRange(0, 4).Draw(t, "decimals")
		pr := rapid.IntRange(0, 4).Draw(t, "rate decimals")
		u := rapid.SampledFrom([]Unit{Yuan, WanYuan, YiYuan}).Draw(t, "unit")
		fa, fb, fc, fd := round(a, p, u), round(b, p, u), round(c, p, u), round(a.Sub(b), p, u)
		bad := func(what string, o Outcome) {
			if o.Verdict == Contradicts {
				t.Fatalf("%s: %s", what, o.Arithmetic)
			}
		}
		bad("sum", Sum(round(a.Add(b).Add(c), p, u), fa, fb, fc))
		bad("diff", Diff(fd, fa, fb))
		bad("equal", Equal(round(a, p, u), round(a, p+1, u)))
		if b.Sign() == 0 {
			return
		}
		g, _ := a.Sub(b).Quo(b)
		r := round(g, pr, Percent)
		bad("growth", Growth(r, fa, fb))
		bad("growth by new value", GrowthNow(r, fa, fd))
		bad("growth by old value", GrowthBefore(r, fb, fd))
		bad("growth by all", GrowthAll(r, fa, fb, fd))
		s, _ := a.Quo(b)
		bad("share", Share(round(s, pr, Percent), fa, fb))
	})
}

func TestSlip(t *testing.T) {
	for _, c := range []struct{ rate, now, before, want string }{
		{"6.95%", "362.78", "388.01", "除以了本年数，应除以上年数（基数）"},
		{"1.14%", "2.14", "1.00", "比值误作百分数（漏乘100）"},
		{"93.50%", "362.78", "388.01", "误把本年数占基数的比例作为增减率"},
		{"0.65%", "362.78", "388.01", "小了10倍，小数点错位"},
		{"6.05%", "362.78", "388.01", "相邻两位数字颠倒"},
		{"9.99%", "362.78", "388.01", ""},
	} {
		if got := GrowthSlip(fig(t, c.rate), fig(t, c.now), fig(t, c.before)); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
	for _, c := range []struct{ delta, now, before, want string }{
		{"11234.50", "11234.50", "10000.00", "误把本年数写作增减额"},
		{"11234.50", "1234.50", "0.00", "多写了一位数字"},
		{"12345.00", "1.2345", "0.00", "大了10000倍，元与万元混淆"},
		{"1243.50", "2234.50", "1000.00", "相邻两位数字颠倒"},
		{"234.50", "2234.50", "1000.00", "漏写了一位数字"},
	} {
		if got := DiffSlip(fig(t, c.delta), fig(t, c.now), fig(t, c.before)); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
	if got := ShareSlip(fig(t, "150%"), fig(t, "2"), fig(t, "3")); got != "分子与分母颠倒" {
		t.Errorf("share upside down: %q", got)
	}
}

// TestClaims replays published number claims; the verdicts were found by hand.
func TestClaims(t *testing.T) {
	f, err := os.Open("../../../shared/corpus/claims.jsonl")
	if err != nil {
		t.Skip("SKIPPED: no corpus of claims beside the repository: ", err)
	}
	defer f.Close()
	words := map[Verdict]string{
		Agrees: "ok", CutOff: "truncated", Rounding: "within input rounding",
		ZeroBase: "undefined (zero base)", Contradicts: "WRONG",
	}
	n := 0
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var page struct {
			ID     string
			Claims []struct {
				Claim, Op, Stated, Verdict string
				Operands                   []string
			}
		}
		if err := json.Unmarshal(lines.Bytes(), &page); err != nil {
			t.Fatal(err)
		}
		for _, c := range page.Claims {
			n++
			stated := fig(t, c.Stated)
			var v []Figure
			for _, s := range c.Operands {
				v = append(v, fig(t, s))
			}
			if c.Op != "sum" && c.Op != "diff" {
				stated.Unit = Percent
			}
			if got := test(c.Op, stated, v); words[got.Verdict] != c.Verdict {
				t.Errorf("%s %s: %v, want %s: %s", page.ID, c.Claim, got.Verdict, c.Verdict, got.Arithmetic)
			}
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if n != 140 {
		t.Errorf("%d claims, want 140", n)
	}
}

func BenchmarkGrowth(b *testing.B) {
	b.ReportAllocs()
	rate, now, before := fig(b, "6.50%"), fig(b, "362.78万元"), fig(b, "388.01万元")
	for b.Loop() {
		_ = Growth(rate, now, before)
	}
}
