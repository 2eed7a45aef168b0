package pdf

import (
	"strings"
	"testing"

	"juesuan/internal/document"
)

// A page of 600 by 800 with text from 100 to 500, 40 characters of 10 a line.

type setLine struct {
	x    float64
	text string
}

// pageOf sets lines 20 apart from y.
func pageOf(n int, y float64, lines ...setLine) pageText {
	var cs []char
	for _, l := range lines {
		cs = append(cs, set(l.text, l.x, y, 10)...)
		y += 20
	}
	return pageText{Page: n, W: 600, H: 800, Lines: makeLines(cs)}
}

func texts(blocks []document.Block) string {
	var out []string
	for _, b := range blocks {
		s := b.Text.S
		if b.Kind == document.Heading {
			s = "# " + s
		}
		out = append(out, s)
	}
	return strings.Join(out, "\n")
}

func solid(head string) string   { return head + strings.Repeat("字", 40-len([]rune(head))) }
func opening(head string) string { return head + strings.Repeat("字", 38-len([]rune(head))) }

func TestParagraphs(t *testing.T) {
	const left, in = 100, 120
	filler := []setLine{{in, opening("首")}, {left, solid("次")}, {left, solid("三")}, {left, "末。"}}
	fill := opening("首") + solid("次") + solid("三") + "末。"
	for name, c := range map[string]struct {
		lines []setLine
		want  string
	}{
		"a short line ends": {
			[]setLine{{in, "短。"}, {in, "又一段。"}}, "短。\n又一段。"},
		"an indent begins": {
			[]setLine{{in, opening("甲")}, {in, "乙。"}}, opening("甲") + "\n乙。"},
		"headings stay apart": {
			[]setLine{{in, "一、收入决算情况说明"}, {in, "本年收入合计"}}, "# 一、收入决算情况说明\n本年收入合计"},
		"a number moved down whole": {
			[]setLine{{in, "字" + strings.Repeat("字", 32)}, {left, "107,573.11万元。"}}, strings.Repeat("字", 33) + "107,573.11万元。"},
		"a title over two lines": {
			[]setLine{{105, "第三部分" + strings.Repeat("字", 35)}, {290, "情况"}}, "# 第三部分" + strings.Repeat("字", 35) + "情况"},
		"a line set right stands alone": {
			[]setLine{{450, "公开一表格"}, {left, "某局说明"}}, "公开一表格\n某局说明"},
		"unit and department": {
			[]setLine{{left, "部门：" + strings.Repeat("字", 37)}, {left, "说明"}}, "部门：" + strings.Repeat("字", 37) + "\n说明"},
		"an open end without indent goes on": {
			[]setLine{{in, strings.Repeat("字", 33) + "，"}, {left, "主要原因。"}}, strings.Repeat("字", 33) + "，主要原因。"},
		"a contents line ends": {
			[]setLine{{in, "一、概况" + strings.Repeat(".", 60) + "3"}, {in, "二、说明" + strings.Repeat(".", 60) + "5"}},
			"一、概况" + strings.Repeat(".", 60) + "3\n二、说明" + strings.Repeat(".", 60) + "5"},
	} {
		t.Run(name, func(t *testing.T) {
			p := pageOf(1, 60, append(append([]setLine{}, filler...), c.lines...)...)
			if got := texts(compose([]pageText{p})); got != fill+"\n"+c.want {
				t.Errorf("read\n%s\nwant\n%s", got, fill+"\n"+c.want)
			}
		})
	}
}

func TestParagraphOverPages(t *testing.T) {
	a := pageOf(1, 60, setLine{120, opening("首")}, setLine{100, solid("次")}, setLine{100, solid("三")})
	b := pageOf(2, 60, setLine{100, solid("四")}, setLine{100, "末。"}, setLine{120, "新段。"})
	blocks := compose([]pageText{a, b})
	if got, want := texts(blocks), opening("首")+solid("次")+solid("三")+solid("四")+"末。\n新段。"; got != want {
		t.Fatalf("read\n%s\nwant\n%s", got, want)
	}
	x := blocks[0].Text
	if len(x.Spans) != 5 || x.Spans[2].Place.Page != 1 || x.Spans[3].Place.Page != 2 {
		t.Errorf("spans %+v", x.Spans)
	}
	if p := x.At(len(x.S)-3, len(x.S)); p.Page != 2 || p.Box.Y0 < 60 || p.Box.Y1 > 90 {
		t.Errorf("the last character is at %+v", p)
	}
}

func TestFirstToken(t *testing.T) {
	for s, want := range map[string]float64{"主要原因": 10, "99.29%；其他": 40, "107,573.11万元": 50, "（类）": 30, "增长，": 10, "长，增": 20} {
		ls := makeLines(set(s, 0, 10, 10))
		if got := firstToken(ls[0]); got != want {
			t.Errorf("first token of %s is %g wide, want %g", s, got, want)
		}
	}
}

func TestPageNumberForms(t *testing.T) {
	for s, want := range map[string]bool{
		"3": true, "- 3 -": true, "— 10 —": true, "—10—": true, "第3页": true, "第 3 页 共 10 页": true, "3/10": true,
		"第3页，共10页": true, "12.50": false, "表3": false, "2024年": false, "3万元": false, "": false,
	} {
		if got := pageNumber.MatchString(s); got != want {
			t.Errorf("%q as a page number: %v", s, got)
		}
	}
}
