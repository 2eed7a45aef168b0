package figure

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		in       string
		coef     int64
		decimals int
		unit     Unit
	}{
		{"1,234.50", 123450, 2, None}, {"1234.5", 12345, 1, None}, {"3，518.85", 351885, 2, None},
		{"1 234.56", 123456, 2, None}, {"0.00", 0, 2, None}, {"12,672\n.73", 1267273, 2, None},
		{"12,6\n72.73", 1267273, 2, None},
		{"-5.20", -520, 2, None}, {"－5.20", -520, 2, None}, {"−5.20", -520, 2, None},
		{"（1,234.50）", -123450, 2, None}, {"(12)", -12, 0, None}, {"△3.2%", -32, 1, Percent}, {"▲1", -1, 0, None},
		{"99.87%", 9987, 2, Percent}, {"99.87 ％", 9987, 2, Percent}, {"3‰", 3, 0, Permille},
		{"2.5个百分点", 25, 1, PercentPoint}, {"16倍", 16, 0, Times}, {"+3.5%", 35, 1, Percent},
		{"1.5亿元", 15, 1, YiYuan}, {"12千元", 12, 0, QianYuan}, {"8元", 8, 0, Yuan}, {"0.39 万", 39, 2, WanYuan},
		{"3辆", 3, 0, Vehicle}, {"12台（套）", 12, 0, Set}, {"12台/套", 12, 0, Set}, {"12台", 12, 0, Set},
		{"5批", 5, 0, Batch}, {"5批次", 5, 0, Batch}, {"36人次", 36, 0, PersonTime}, {"120(平方米)", 120, 0, SquareMetre},
		{"120㎡", 120, 0, SquareMetre}, {"六个", 6, 0, Item}, {"十二人", 12, 0, Person}, {"二十三家", 23, 0, Firm},
		{"一百零五项", 105, 0, Entry}, {"两名", 2, 0, Head}, {"12万人", 12, -4, Person},
	} {
		f, err := Parse(c.in)
		if err != nil || f.Coef != c.coef || f.Decimals != c.decimals || f.Unit != c.unit || f.Nil {
			t.Errorf("Parse(%q) = %+v, %v", c.in, f, err)
		}
		if c.in != f.Text && !strings.HasPrefix(c.in, f.Text) {
			t.Errorf("Parse(%q).Text = %q", c.in, f.Text)
		}
	}
	for _, in := range []string{"", " ", "-", "—", "--", "——", "－", "--（基数为0，不可比）", "--%", "— (无)"} {
		if f, err := Parse(in); err != nil || !f.Nil || f.Coef != 0 {
			t.Errorf("Parse(%q) = %+v, %v; want a print of nothing", in, f, err)
		}
	}
	for _, in := range []string{"合计", "2024年", "1.2.3", "A4", "12abc", "12 34", "约5", "((3))", "(-3)", "第3项", "1,2,3"} {
		if f, err := Parse(in); !errors.Is(err, ErrNotNumber) {
			t.Errorf("Parse(%q) = %+v, %v; want ErrNotNumber", in, f, err)
		}
	}
	if _, err := Parse("123456789012345678901234567890"); !errors.Is(err, ErrOverflow) {
		t.Errorf("overflow: %v", err)
	}
	if f, _ := Parse("0.39万"); !f.UnitCut {
		t.Error("0.39万: UnitCut not set")
	}
}

func TestScan(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"支出决算为1,362.78万元，比上年减少25.23万元，下降6.50%。", "1362.78万元 25.23万元 6.50%"},
		{"为3，518.85万元，其中：12，345元", "3518.85万元 12345元"},
		{"合计1 234.56万元", "1234.56万元"},
		{"201 08 01", "201 8 1"}, {"301 302 303", "301 302 303"},
		{"增加 4 107,573.11万元", "4 107573.11万元"},
		{"2019-2020年度", "2019 2020年"}, {"1-3月", "1 3月"}, {"增长-5.6%", "−5.6%"}, {"增长△5.6%", "−5.6%"},
		{"财预〔2016〕143号", "2016 143号"}, {"2024.10.12发布", ""}, {"A4纸，GB/T 9704", "9704"},
		{"3.2024年度收入", "2024年"}, {"1.基本支出5.00万元", "1 5.00万元"},
		{"增长 13.95。", "13.95"}, {"0.39 万（含税）", "0.39万元"}, {"公务接待12批次36人次（其中外事2批5人）", "12批次 36人次 2批次 5人"},
		{"设有六个科室、三家单位，第一批，十分重要", "6个 3家"}, {"二〇二四年", "2024年"}, {"提高2个百分点", "2个百分点"},
		{"价值100万以上设备3台（套）", "100万元 3台(套)"}, {"面积120（平方米）", "120平方米"}, {"3万人", "30000人"},
		{"服务三十五人次", "35人次"}, {"“十四五”规划", ""}, {"共１", ""},
		{"编号110101199003078888123", ""}, {"12,34", "12 34"}, {"1,234,567.8元", "1234567.8元"},
	} {
		var got []string
		for _, k := range Scan(c.in) {
			got = append(got, k.String())
			if !strings.HasPrefix(c.in[k.Start:k.End], k.Text) || k.Text == "" {
				t.Errorf("%q: token %q is at %q", c.in, k.Text, c.in[k.Start:k.End])
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("Scan(%q) = %s, want %s", c.in, s, c.want)
		}
	}
}

// What is printed can be read back: digits, separators, sign and unit.
func TestParseReadsPrints(t *testing.T) {
	units := []Unit{None, Yuan, QianYuan, WanYuan, YiYuan, Percent, Permille, PercentPoint, Times, Item, Person, PersonTime, Vehicle, Batch, Set, Point, SquareMetre, Group, Firm, Entry, Household, Head}
	rapid.Check(t, func(t *rapid.T) {
		want := Figure{
			Coef:     rapid.Int64Range(-1e15, 1e15).Draw(t, "coef"),
			Decimals: rapid.IntRange(0, 6).Draw(t, "decimals"),
			Unit:     rapid.SampledFrom(units).Draw(t, "unit"),
		}
		s := Dec(want.Coef, want.Decimals).Fixed(want.Decimals)
		if rapid.Bool().Draw(t, "separators") {
			s = separate(s)
		}
		s += string(want.Unit)
		got, err := Parse(s)
		if err != nil || got.Coef != want.Coef || got.Decimals != want.Decimals || got.Unit != want.Unit {
			t.Fatalf("Parse(%q) = %+v, %v", s, got, err)
		}
		k := Scan("其中：" + s + "。")
		if len(k) != 1 || k[0].Coef != want.Coef || k[0].Unit != want.Unit {
			t.Fatalf("Scan(%q) = %+v", s, k)
		}
		if !got.Interval().Has(got.Value()) {
			t.Fatal("a print does not allow its own value")
		}
	})
}

func separate(s string) string {
	whole, frac, _ := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if frac != "" {
		whole += "." + frac
	}
	return sign + whole
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{"1,234.5万元", "六个", "3.2024年", "--（基数为0）", "△3.2%", "1 234.56万元", "12万人", "〇", "9,999，999", "\xff1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, k := range Scan(s) {
			if k.Start < end || k.End <= k.Start || k.End > len(s) || !strings.HasPrefix(s[k.Start:k.End], k.Text) {
				t.Fatalf("token %+v of %q", k, s)
			}
			end = k.End
			_ = k.Interval()
			_ = fmt.Sprint(k.Figure)
		}
		_, _ = Parse(s)
	})
}

func BenchmarkScan(b *testing.B) {
	text := strings.Repeat("本年度支出总计1,362.78万元，与上年相比减少25.23万元，下降6.50%，主要原因是项目有所调整，其中基本支出为三个科室的经费。", 100)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		_ = Scan(text)
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = Parse("12,345.67")
	}
}
