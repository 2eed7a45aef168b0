package chart

import (
	"math"
	"math/big"
)

// palette runs from dark to light, so that the colours stay apart in grey
// print and for the colour-blind (blue to yellow).
var palette = []Color{0x1f2a6b, 0x1f6fa8, 0x3aa6b9, 0x6cc08b, 0xb5d96b, 0xf6d860, 0xfbe9b0, 0xd9d9d9}

const (
	ink   Color = 0x1f1f1f
	soft  Color = 0x595959
	rule  Color = 0xbfbfbf
	paper Color = 0xffffff
)

// Lengths in points: a chart is as wide as the text of a page.
const (
	width   = 440.0
	margin  = 8.0
	size    = 9.5
	small   = 8.5
	heading = 11.0
	keySide = 8.0 // of the square before a name in a legend
)

// Draw lays the chart out.
func (c *Chart) Draw() (*Drawing, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	d := &Drawing{Width: width, Title: c.Title, Desc: c.Alt()}
	d.add(Box{0, 0, width, 0, paper}) // its height is known at the end
	y := margin + heading
	d.add(Text{X: width / 2, Y: y, Size: heading, S: c.Title, Bold: true, Fill: ink, Anchor: Middle})
	y += 6
	if c.Unit != "" {
		d.add(Text{X: width - margin, Y: y + small, Size: small, S: "单位：" + c.Unit, Fill: soft, Anchor: End})
	}
	y += small + 8
	switch c.Kind {
	case Ring:
		y = c.ring(d, y)
	default:
		y = c.bars(d, y)
	}
	d.Height = math.Ceil(y + margin)
	d.Shapes[0] = Box{0, 0, width, d.Height, paper}
	return d, nil
}

func (d *Drawing) add(s ...Shape) { d.Shapes = append(d.Shapes, s...) }

// ring draws the shares clockwise from the top in the order of the legend.
func (c *Chart) ring(d *Drawing, y float64) float64 {
	s := c.Series[0]
	sum := total(s.Values)
	const line = 17.0
	const outer, inner = 62.0, 36.0
	nameAt := margin + 2*outer + 34
	names := make([][]string, len(c.Names))
	labels := make([]string, len(c.Names))
	room := 0.0
	for i := range c.Names {
		labels[i] = s.Labels[i]
		if x := share(s.Values[i], sum); x != "" {
			labels[i] += "（" + x + "）"
		}
		room = max(room, textWidth(labels[i], size))
	}
	lines := 0
	for i, n := range c.Names {
		names[i] = wrap(n, size, width-margin-room-10-nameAt-keySide-5)
		lines += len(names[i])
	}
	high := max(2*outer, float64(lines)*line)
	cx, cy := margin+14+outer, y+high/2
	turn := 0.0
	used := 0
	for _, v := range s.Values {
		if v > 0 {
			used++
		}
	}
	for i, v := range s.Values {
		p := part(v, sum)
		if p <= 0 {
			continue
		}
		gap := 0.0025 // of white between neighbours
		if used == 1 || p < 3*gap {
			gap = 0
		}
		d.add(Sector{cx, cy, inner, outer, turn + gap/2, turn + p - gap/2, colorOf(i)})
		turn += p
	}
	if sum.Sign() <= 0 {
		d.add(Sector{cx, cy, inner, outer, 0, 1, rule})
	}
	at := cy - float64(lines)*line/2
	for i := range c.Names {
		d.add(Box{nameAt, at + (line-keySide)/2, keySide, keySide, colorOf(i)})
		base := at + line/2 + size*0.36
		d.add(Text{X: width - margin, Y: base, Size: size, S: labels[i], Fill: ink, Anchor: End})
		for k, piece := range names[i] {
			d.add(Text{X: nameAt + keySide + 5, Y: base + float64(k)*line, Size: size, S: piece, Fill: ink})
		}
		at += line * float64(len(names[i]))
	}
	return y + high
}

// colorOf the i-th share; a chart of more shares than colours begins anew.
func colorOf(i int) Color { return palette[i%len(palette)] }

// seriesColor spreads few series over the palette.
func seriesColor(i, n int) Color {
	switch n {
	case 1:
		return palette[1]
	case 2:
		return palette[[]int{1, 4}[i]]
	case 3:
		return palette[[]int{0, 2, 5}[i]]
	}
	return palette[i]
}

// bars draws horizontal bars: Chinese names and long amounts need the width.
func (c *Chart) bars(d *Drawing, y float64) float64 {
	if len(c.Series) > 1 || c.Series[0].Name != "" {
		y = c.legend(d, y)
	}
	n := len(c.Series)
	thick, gap := 12.0, 10.0
	rows := 1
	if c.Kind == Grouped {
		thick, gap, rows = 10, 11, n
	}
	// Names to the left, labels behind the bars.
	nameRoom, labelRoom := 0.0, 0.0
	for i, name := range c.Names {
		nameRoom = max(nameRoom, min(textWidth(name, size), 15*size))
		for k := range c.Series {
			labelRoom = max(labelRoom, textWidth(c.label(k, i), small))
		}
		if c.Kind == Stacked {
			labelRoom = max(labelRoom, textWidth(c.stackLabel(i), small))
		}
	}
	x0 := margin + nameRoom + 8
	scale, zero := c.scale(width - margin - labelRoom - 6 - x0)
	zero += x0
	top := y
	for i, name := range c.Names {
		lines := wrap(name, size, nameRoom+0.5)
		high := max(float64(rows)*thick, float64(len(lines))*size*1.3)
		mid := y + high/2
		for k, piece := range lines {
			d.add(Text{X: x0 - 8, Y: mid + (float64(k)-float64(len(lines)-1)/2)*size*1.3 + size*0.36, Size: size, S: piece, Fill: ink, Anchor: End})
		}
		at := mid - float64(rows)*thick/2
		if c.Kind == Stacked {
			x := zero
			for k, s := range c.Series {
				w := float64(s.Values[i]) * scale
				if w > 0 {
					d.add(Box{x, at, max(w-0.5, 0.5), thick, seriesColor(k, n)})
				}
				x += w
			}
			d.add(Text{X: x + 4, Y: at + thick/2 + small*0.36, Size: small, S: c.stackLabel(i), Fill: ink})
		} else {
			for k, s := range c.Series {
				w := float64(s.Values[i]) * scale
				x := zero
				if w < 0 {
					x, w = zero+w, -w
				}
				if s.Values[i] != 0 {
					d.add(Box{x, at + 0.5, max(w, 0.8), thick - 1, seriesColor(k, n)})
				}
				d.add(Text{X: max(x+w, zero) + 4, Y: at + thick/2 + small*0.36, Size: small, S: c.label(k, i), Fill: ink})
				at += thick
			}
		}
		y += high + gap
	}
	y -= gap
	d.add(Box{zero - 0.4, top - 3, 0.8, y - top + 6, rule})
	return y + 3
}

// label is what stands behind a bar.
func (c *Chart) label(k, i int) string {
	s := c.Series[k]
	if c.Kind == Bars && c.Shares {
		if x := share(s.Values[i], total(s.Values)); x != "" {
			return s.Labels[i] + "（" + x + "）"
		}
	}
	return s.Labels[i]
}

// stackLabel lists the pieces of a bar.
func (c *Chart) stackLabel(i int) string {
	out := ""
	for _, s := range c.Series {
		if s.Values[i] == 0 {
			continue
		}
		if out != "" {
			out += " + "
		}
		out += s.Labels[i]
	}
	if out == "" {
		return c.Series[0].Labels[i]
	}
	return out
}

// scale is points a unit, and where zero lies, for bars over a room.
func (c *Chart) scale(room float64) (perUnit, zero float64) {
	room = max(room, 20)
	lo, hi := new(big.Int), new(big.Int)
	for i := range c.Names {
		sum := new(big.Int)
		for _, s := range c.Series {
			v := big.NewInt(s.Values[i])
			if c.Kind == Stacked {
				v = sum.Add(sum, v)
			}
			if v.Cmp(hi) > 0 {
				hi.Set(v)
			}
			if v.Cmp(lo) < 0 {
				lo.Set(v)
			}
		}
	}
	span, _ := new(big.Float).SetInt(new(big.Int).Sub(hi, lo)).Float64()
	if span == 0 {
		return 0, 0
	}
	down, _ := new(big.Float).SetInt(lo).Float64()
	return room / span, -down * room / span
}

// legend names the series.
func (c *Chart) legend(d *Drawing, y float64) float64 {
	w := 0.0
	for _, s := range c.Series {
		w += keySide + 5 + textWidth(s.Name, small) + 18
	}
	x := (width - w + 18) / 2
	for k, s := range c.Series {
		d.add(Box{x, y, keySide, keySide, seriesColor(k, len(c.Series))},
			Text{X: x + keySide + 5, Y: y + keySide - 0.8, Size: small, S: s.Name, Fill: ink})
		x += keySide + 5 + textWidth(s.Name, small) + 18
	}
	return y + keySide + 12
}

// textWidth reckons the width of s in a sans font.
func textWidth(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		switch {
		case r == '.' || r == ',' || r == ' ':
			w += 0.28
		case r == '%':
			w += 0.92
		case r < 0x2000:
			w += 0.56
		default:
			w++
		}
	}
	return w * size
}

// wrap cuts s into lines no wider than room, of like lengths.
func wrap(s string, size, room float64) []string {
	n := int(math.Ceil(textWidth(s, size)/max(room, size) - 1e-9))
	if n <= 1 {
		return []string{s}
	}
	goal := textWidth(s, size) / float64(n)
	var lines []string
	line := ""
	for _, r := range s {
		next := line + string(r)
		if line != "" && (textWidth(next, size) > room || textWidth(line, size) >= goal) && r != '）' && r != '”' && len(lines) < n {
			lines = append(lines, line)
			next = string(r)
		}
		line = next
	}
	return append(lines, line)
}
