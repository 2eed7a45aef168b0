package chart

import (
	"bytes"
	"encoding/xml"
	"flag"
	"image/png"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files anew")

// charts are one of each kind; the amounts are made up.
var charts = map[string]Chart{
	"ring": {Kind: Ring, Title: "2024年度收入构成", Unit: "万元",
		Names:  []string{"一般公共预算财政拨款收入", "政府性基金预算财政拨款收入", "其他收入", "事业收入"},
		Series: []Series{{Values: []int64{160442000, 12650000, 1240000, 0}, Labels: []string{"1604.42", "126.50", "12.40", "0.00"}}}},
	"ring_one": {Kind: Ring, Title: "2024年度收入构成", Unit: "元", Names: []string{"财政拨款收入"},
		Series: []Series{{Values: []int64{100}, Labels: []string{"1.00"}}}},
	"ring_none": {Kind: Ring, Title: "2024年度收入构成", Unit: "元", Names: []string{"财政拨款收入"},
		Series: []Series{{Values: []int64{0}, Labels: []string{"0.00"}}}},
	"bars": {Kind: Bars, Title: "2024年度支出按功能分类", Unit: "万元", Shares: true,
		Names: []string{"农林水支出", "社会保障和就业支出", "国有土地使用权出让收入及对应专项债务收入安排的支出", "冲减上年"},
		Series: []Series{{Values: []int64{133930000, 11208000, 12000000, -500000},
			Labels: []string{"1339.30", "112.08", "120.00", "-5.00"}}}},
	"grouped": {Kind: Grouped, Title: "2024年度“三公”经费", Unit: "万元",
		Names: []string{"因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费"},
		Series: []Series{
			{Name: "年初预算", Values: []int64{0, 1800000, 1400000, 250000}, Labels: []string{"0.00", "18.00", "14.00", "2.50"}},
			{Name: "本年决算", Values: []int64{0, 1786000, 1158000, 126000}, Labels: []string{"0.00", "17.86", "11.58", "1.26"}},
			{Name: "上年决算", Values: []int64{0, 0, 1296000, 174000}, Labels: []string{"0.00", "0.00", "12.96", "1.74"}}}},
	"stacked": {Kind: Stacked, Title: "2024年度支出构成", Unit: "万元",
		Names: []string{"农林水支出", "卫生健康支出"},
		Series: []Series{
			{Name: "基本支出", Values: []int64{51408000, 4127000}, Labels: []string{"514.08", "41.27"}},
			{Name: "项目支出", Values: []int64{82522000, 0}, Labels: []string{"825.22", "0.00"}}}},
}

func TestSVG(t *testing.T) {
	for name, c := range charts {
		t.Run(name, func(t *testing.T) {
			d, err := c.Draw()
			if err != nil {
				t.Fatal(err)
			}
			got := d.SVG()
			if err := xml.Unmarshal(got, new(struct{})); err != nil {
				t.Fatalf("no XML: %v", err)
			}
			path := filepath.Join("testdata", name+".svg")
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("differs from %s; run with -update and look at it", path)
			}
			for _, s := range c.Series {
				for i, l := range s.Labels {
					if !strings.Contains(d.Desc, c.Names[i]) || !strings.Contains(d.Desc, l+c.Unit) {
						t.Errorf("the description lacks %s %s", c.Names[i], l)
					}
				}
			}
		})
	}
}

func TestShare(t *testing.T) {
	tests := []struct {
		v, sum int64
		want   string
	}{
		{1, 3, "33.33%"}, {2, 3, "66.67%"}, {1, 1, "100.00%"}, {0, 5, "0.00%"}, {1, 0, ""},
		{5, 100000, "0.01%"}, {4, 100000, "0.00%"}, {-5, 100000, "-0.01%"}, {1 << 62, 1 << 62, "100.00%"},
	}
	for _, tt := range tests {
		if got := share(tt.v, big.NewInt(tt.sum)); got != tt.want {
			t.Errorf("share(%d, %d) = %s, want %s", tt.v, tt.sum, got, tt.want)
		}
	}
}

func TestNoChart(t *testing.T) {
	for name, c := range map[string]Chart{
		"nothing":        {Title: "空"},
		"two rings":      {Names: []string{"甲"}, Series: []Series{{Values: []int64{1}, Labels: []string{"1"}}, {Values: []int64{1}, Labels: []string{"1"}}}},
		"negative share": {Names: []string{"甲"}, Series: []Series{{Values: []int64{-1}, Labels: []string{"-1"}}}},
		"short":          {Kind: Bars, Names: []string{"甲", "乙"}, Series: []Series{{Values: []int64{1}, Labels: []string{"1"}}}},
	} {
		if _, err := c.Draw(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestInside: whatever the amounts and names, all shapes lie on the paper.
func TestInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Chart{Kind: rapid.SampledFrom([]Kind{Ring, Bars, Grouped, Stacked}).Draw(t, "kind"), Title: "图", Unit: "万元", Shares: rapid.Bool().Draw(t, "shares")}
		n := rapid.IntRange(1, 12).Draw(t, "names")
		m := 1
		if c.Kind >= Grouped {
			m = rapid.IntRange(1, 4).Draw(t, "series")
		}
		for range n {
			c.Names = append(c.Names, strings.Repeat("支", rapid.IntRange(1, 40).Draw(t, "name")))
		}
		low := int64(0)
		if c.Kind == Bars || c.Kind == Grouped {
			low = -1 << 60
		}
		for k := range m {
			s := Series{Name: strings.Repeat("年", k)}
			for range n {
				s.Values = append(s.Values, rapid.Int64Range(low, 1<<60).Draw(t, "value"))
				s.Labels = append(s.Labels, "1234567.89")
			}
			c.Series = append(c.Series, s)
		}
		d, err := c.Draw()
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range d.Shapes {
			switch x := s.(type) {
			case Box:
				if x.X < -0.01 || x.Y < 0 || x.X+x.W > d.Width+0.01 || x.Y+x.H > d.Height+0.01 || x.W < 0 || x.H < 0 {
					t.Fatalf("box %+v outside %v×%v", x, d.Width, d.Height)
				}
			case Text:
				if x.Y < 0 || x.Y > d.Height {
					t.Fatalf("text %+v outside", x)
				}
			}
		}
	})
}

func TestPNG(t *testing.T) {
	for name, c := range charts {
		p, err := c.Picture()
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(p.PNG))
		if err != nil {
			t.Fatal(err)
		}
		dark := 0
		for y := range img.Bounds().Dy() {
			for x := range img.Bounds().Dx() {
				if r, _, _, _ := img.At(x, y).RGBA(); r < 0x6000 {
					dark++
				}
			}
		}
		if dark < 500 {
			t.Errorf("%s: an empty picture", name)
		}
		if dir := os.Getenv("JUESUAN_KEEP"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, name+".png"), p.PNG, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := ParseFont([]byte("no font"), nil); err == nil {
		t.Error("no error for what is no font")
	}
}

func BenchmarkPicture(b *testing.B) {
	c := charts["grouped"]
	for b.Loop() {
		if _, err := c.Picture(); err != nil {
			b.Fatal(err)
		}
	}
}
