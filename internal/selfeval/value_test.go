package selfeval

import (
	"testing"

	"pgregory.net/rapid"

	"juesuan/internal/figure"
)

func TestParseValue(t *testing.T) {
	for _, c := range []struct {
		text string
		kind Kind
		cmp  Comparison
		num  string // printed digits of Low
		unit string
		word string
	}{
		{"=1家", Quantity, Equals, "1", "家", ""},
		{"=1 家", Quantity, Equals, "1", "家", ""},
		{"≥95%", Quantity, AtLeast, "95", "%", ""},
		{">2次", Quantity, Above, "2", "次", ""},
		{"＞2 次", Quantity, Above, "2", "次", ""},
		{"≤10天", Quantity, AtMost, "10", "天", ""},
		{"< = 10天", Quantity, AtMost, "10", "天", ""},
		{">=98%", Quantity, AtLeast, "98", "%", ""},
		{"＜3个工作日", Words, "", "", "", "<3个工作日"},
		{"=200000元", Quantity, Equals, "200000", "元", ""},
		{"=20490 元", Quantity, Equals, "20490", "元", ""},
		{"≥100元", Quantity, AtLeast, "100", "元", ""},
		{"85900元", Quantity, Unsaid, "85900", "元", ""},
		{"1090.00", Quantity, Unsaid, "1090.00", "", ""},
		{"1,090.00元", Quantity, Unsaid, "1,090.00", "元", ""},
		{"=11250", Quantity, Equals, "11250", "", ""},
		{"100%", Quantity, Unsaid, "100", "%", ""},
		{"=100%", Quantity, Equals, "100", "%", ""},
		{"0", Quantity, Unsaid, "0", "", ""},
		{"0 起", Quantity, Unsaid, "0", "起", ""},
		{"优", Words, "", "", "", "优"},
		{"达到预期", Words, "", "", "", "达到预期"},
		{"=0 效果显著", Words, "", "", "", "效果显著"},
		{"=0 增进民族团结", Words, "", "", "", "增进民族团结"},
		{"2020年12月底前", Date, "", "", "", "2020年12月底前"},
		{"2020年12月31日", Date, "", "", "", "2020年12月31日"},
		{"2020年底", Date, "", "", "", "2020年底"},
		{"", Blank, "", "", "", ""},
		{" — ", Blank, "", "", "", ""},
		{"90%-95%", Words, "", "", "", "90%-95%"},
		{"5所学校各3次", Words, "", "", "", "5所学校各3次"},
	} {
		v := ParseValue(c.text)
		if v.Kind != c.kind || v.Low.Comparison != c.cmp || v.Low.Unit != c.unit || v.Words != c.word || v.String() != c.text {
			t.Errorf("ParseValue(%q) = %+v", c.text, v)
		}
		if c.kind == Quantity && v.Low.Figure.Text != c.num {
			t.Errorf("ParseValue(%q): number %q, want %q", c.text, v.Low.Figure.Text, c.num)
		}
	}
}

func TestParseRange(t *testing.T) {
	for _, text := range []string{"≥1月&&≤12月", "≥1月 &&≤12 月", "≤12月&&≥1月", "≥1月且≤12月"} {
		v := ParseValue(text)
		if v.Kind != Range || v.Low.Comparison != AtLeast || v.Low.Figure.Coef != 1 ||
			v.High.Comparison != AtMost || v.High.Figure.Coef != 12 || v.Low.Unit != "月" || v.High.Unit != "月" {
			t.Errorf("ParseValue(%q) = %+v", text, v)
		}
	}
	if v := ParseValue("≥1月&&≥12月"); v.Kind == Range {
		t.Errorf("two lower bounds are no range: %+v", v)
	}
}

func TestReaches(t *testing.T) {
	for _, c := range []struct {
		target, actual string
		want           Verdict
	}{
		{">2次", "2 次", Missed},
		{">2次", "3次", Reached},
		{"≥2次", "0", Missed},
		{"≥2次", "2次", Reached},
		{"=100%", "10%", Missed},
		{"=100%", "100%", Reached},
		{"≥95%", "=100%", Reached},
		{"≥95%", "96", Reached},
		{"≤10天", "10天", Reached},
		{"<10天", "10天", Missed},
		{"≤10天", "2周", Unclear},
		{"≥4人", "4家", Unclear},
		{"≤2万元", "19999元", Reached},
		{"≤2万元", "20001元", Missed},
		{"=200000元", "5000", Unclear},
		{"=200000元", "20万元", Reached},
		{"≥1月&&≤12月", "≥1月&& ≤12月", Reached},
		{"≥1月&&≤12月", "13月", Missed},
		{"≥1月&&≤12月", "6月", Reached},
		{"优", "优", Unclear},
		{"≥95%", "", Unclear},
		{"≥95%", "≥95%", Unclear},
	} {
		if got := Reaches(ParseValue(c.target), ParseValue(c.actual)); got != c.want {
			t.Errorf("%s against %s: %d, want %d", c.actual, c.target, got, c.want)
		}
	}
}

// More is never worse for a target with ≥ or >, nor less for one with ≤ or <.
func TestReachesMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sign := rapid.SampledFrom([]string{"≥", ">", "≤", "<"}).Draw(t, "sign")
		at := func(name string) string {
			n := figure.Dec(rapid.Int64Range(0, 1_000_000).Draw(t, name), 2)
			return n.Fixed(2) + "%"
		}
		target, a, b := ParseValue(sign+at("target")), ParseValue(at("a")), ParseValue(at("b"))
		if a.Low.Figure.Value().Cmp(b.Low.Figure.Value()) > 0 {
			a, b = b, a
		}
		if sign == "≤" || sign == "<" {
			a, b = b, a
		}
		if Reaches(target, a) == Reached && Reaches(target, b) != Reached {
			t.Fatalf("%s: %s reaches, %s does not", target, a, b)
		}
	})
}

func FuzzParseValue(f *testing.F) {
	for _, s := range []string{"=1家", "≥1月&&≤12月", "=0 效果显著", "2020年12月底前", "", "<=", "&&", "99999999999999999999元", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v := ParseValue(s)
		if v.String() != s {
			t.Fatalf("%q is shown as %q", s, v)
		}
		if got := Reaches(v, v); got == Missed && v.Low.Comparison == Unsaid {
			t.Fatalf("%q misses itself", s)
		}
	})
}
