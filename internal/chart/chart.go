// Package chart draws the charts of a disclosure: shares of a whole, amounts
// side by side. A chart becomes a Drawing of a few plain shapes, which is
// written as SVG for pages and painted as PNG for what cannot show SVG. The
// amounts only decide lengths and shares; what is printed beside them is the
// caller's exact text.
package chart

import (
	"fmt"
	"math/big"
	"strings"

	"juesuan/internal/document"
)

// Kind of chart.
type Kind int

// Kinds.
const (
	Ring    Kind = iota // shares of a whole, with a legend: one series, no negative values
	Bars                // one bar for each name, with its share where Shares is set
	Grouped             // for each name a bar for each series
	Stacked             // for each name one bar of all series
)

// Chart is what is to be drawn. Values are exact amounts of any one unit
// (分); Labels are printed as they stand.
type Chart struct {
	Kind   Kind
	Title  string
	Unit   string   // of the labels: 万元
	Names  []string // what is compared: 财政拨款收入, 其他收入 …
	Series []Series // Ring and Bars: one
	Shares bool     // Bars: print each bar's share of the whole
}

// Series is one run of values, as many as the chart has names.
type Series struct {
	Name   string // 本年, 年初预算; may be "" in a chart of one series
	Values []int64
	Labels []string // as printed, without the unit
}

// check makes sure that the chart is one.
func (c *Chart) check() error {
	if len(c.Names) == 0 || len(c.Series) == 0 {
		return fmt.Errorf("chart %q has nothing to show", c.Title)
	}
	if c.Kind <= Bars && len(c.Series) != 1 {
		return fmt.Errorf("chart %q has %d series, not one", c.Title, len(c.Series))
	}
	if len(c.Series) > len(palette) {
		return fmt.Errorf("chart %q has more series than colours", c.Title)
	}
	for _, s := range c.Series {
		if len(s.Values) != len(c.Names) || len(s.Labels) != len(c.Names) {
			return fmt.Errorf("chart %q: series %q has %d values and %d labels for %d names", c.Title, s.Name, len(s.Values), len(s.Labels), len(c.Names))
		}
		for _, v := range s.Values {
			if v < 0 && (c.Kind == Ring || c.Kind == Stacked) {
				return fmt.Errorf("chart %q: a share cannot be negative", c.Title)
			}
		}
	}
	return nil
}

// total of a series; exact whatever the amounts.
func total(values []int64) *big.Int {
	sum := new(big.Int)
	for _, v := range values {
		sum.Add(sum, big.NewInt(v))
	}
	return sum
}

// share prints v ÷ sum in per cent, rounded half away from zero to two
// digits; "" for a share of nothing.
func share(v int64, sum *big.Int) string {
	if sum.Sign() <= 0 {
		return ""
	}
	n := new(big.Int).Mul(big.NewInt(v), big.NewInt(20000))
	sign := ""
	if n.Sign() < 0 {
		sign = "-"
		n.Neg(n)
	}
	n.Add(n, sum)
	n.Quo(n, new(big.Int).Lsh(sum, 1))
	q, r := new(big.Int).QuoRem(n, big.NewInt(100), new(big.Int))
	return fmt.Sprintf("%s%s.%02d%%", sign, q, r.Int64())
}

// part is v ÷ sum for the geometry.
func part(v int64, sum *big.Int) float64 {
	if sum.Sign() <= 0 {
		return 0
	}
	f, _ := new(big.Rat).SetFrac(big.NewInt(v), sum).Float64()
	return f
}

// Alt says in words all that the chart shows: the text of the picture for
// those who cannot see it.
func (c *Chart) Alt() string {
	var b strings.Builder
	b.WriteString(c.Title)
	b.WriteString("。")
	for i, name := range c.Names {
		if i > 0 {
			b.WriteString("；")
		}
		b.WriteString(name)
		for k, s := range c.Series {
			if k > 0 {
				b.WriteString("，")
			}
			b.WriteString(s.Name + s.Labels[i] + c.Unit)
			if c.Kind == Ring || c.Kind == Bars && c.Shares {
				if x := share(s.Values[i], total(s.Values)); x != "" {
					b.WriteString("，占" + x)
				}
			}
		}
	}
	b.WriteString("。")
	return b.String()
}

// Picture draws the chart for a document: SVG, and PNG at 200 dots an inch.
func (c *Chart) Picture() (*document.Picture, error) {
	d, err := c.Draw()
	if err != nil {
		return nil, err
	}
	p := &document.Picture{SVG: d.SVG(), Width: d.Width, Height: d.Height, Alt: d.Desc}
	font, err := house()
	if err != nil {
		return nil, err
	}
	if p.PNG, err = d.PNG(font, 200); err != nil {
		return nil, fmt.Errorf("chart %q: %w", c.Title, err)
	}
	return p, nil
}
