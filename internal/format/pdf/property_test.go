package pdf

import (
	"slices"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"juesuan/internal/document"
)

// Whatever lines and characters a page has, the tables are well formed and no
// character is lost or read twice.
func TestNothingIsLost(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := &rawPage{W: 600, H: 800}
		at := func(max float64, name string) float64 { return rapid.Float64Range(0, max).Draw(rt, name) }
		for range rapid.IntRange(0, 12).Draw(rt, "lines") {
			a, b := at(600, "a"), at(600, "b")
			p.Lines = append(p.Lines, ruling{
				Vertical: rapid.Bool().Draw(rt, "vertical"), Pos: float64(rapid.IntRange(0, 12).Draw(rt, "pos")) * 50,
				A: min(a, b), B: max(a, b),
			})
		}
		if rapid.Bool().Draw(rt, "grid") {
			for i := range 4 {
				p.Lines = append(p.Lines, h(float64(100*i), 0, 300), v(float64(100*i), 0, 300))
			}
		}
		var want []rune
		y := 20.0
		for range rapid.IntRange(0, 12).Draw(rt, "rows") {
			y += float64(rapid.IntRange(9, 30).Draw(rt, "down"))
			for slot := range 5 { // apart, so that none overprints another
				s := rapid.SampledFrom([]string{"", "合计", "20801", "1,234.50", "12.00", "其他支出", "第二部分", "(一)", "-", "注:说明。"}).Draw(rt, "text")
				p.Chars = append(p.Chars, set(s, float64(slot*115), y+at(3, "off"), 10)...)
			}
		}
		for _, c := range p.Chars {
			want = append(want, []rune(foldRune(c.R))...)
		}
		pages := []pageText{layPage(1, p, document.Limits{})}
		d := &document.Document{Files: []document.File{{Pages: 1}}, Blocks: compose(pages)}
		checkModel(rt, d)
		var got []rune
		for _, b := range d.Blocks {
			got = append(got, []rune(b.Text.S)...)
			if b.Table != nil {
				for _, row := range b.Table.Rows {
					for _, c := range row {
						got = append(got, []rune(c.Text)...)
					}
				}
			}
		}
		tidy := func(rs []rune) string {
			rs = slices.DeleteFunc(rs, unicode.IsSpace)
			slices.Sort(rs)
			return string(rs)
		}
		if g, w := tidy(got), tidy(want); g != w {
			rt.Errorf("read %q of %q", g, w)
		}
	})
}
