package compose

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"juesuan/internal/accounts"
	"juesuan/internal/document"
)

// TestCharts: a picture says what the tables print, and stands only where
// there is something to compare.
func TestCharts(t *testing.T) {
	tax := load(t)
	rapid.Check(t, func(t *rapid.T) {
		b, _, _ := accounts.Complete(draw(t), tax)
		c := newComposer(b, tax)
		for section, cells := range map[string][]accounts.Cell{
			"收入":   row("02", "合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"),
			"支出":   row("03", "合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"),
			"三公总体": {{Table: "07", Row: "公务接待费", Col: "决算数"}, {Table: "07", Row: "公务用车运行维护费", Col: "决算数"}},
		} {
			blocks := c.charts(section)
			some := 0
			for _, x := range cells {
				if f, _ := b.Cell(x.Table, x.Row, x.Col); f != 0 {
					some++
				}
			}
			if len(blocks) == 0 {
				if section != "三公总体" && some > 1 {
					t.Fatalf("%s: no picture of %d amounts", section, some)
				}
				continue
			}
			p := blocks[0].Picture
			if blocks[0].Kind != document.PictureBlock || len(p.SVG) == 0 || len(p.PNG) == 0 || p.Alt == "" {
				t.Fatalf("%s: %+v", section, blocks[0])
			}
			for _, x := range cells {
				if f, _ := b.Cell(x.Table, x.Row, x.Col); f != 0 && !strings.Contains(p.Alt, b.Print(f)+string(b.PrintUnit())) {
					t.Fatalf("%s: %s lacks %s %s", section, p.Alt, x.Col, b.Print(f))
				}
			}
		}
		if c.charts("职能") != nil {
			t.Fatal("a picture of the duties")
		}
	})
}

func row(table, row string, cols ...string) []accounts.Cell {
	var out []accounts.Cell
	for _, c := range cols {
		out = append(out, accounts.Cell{Table: table, Row: row, Col: c})
	}
	return out
}
