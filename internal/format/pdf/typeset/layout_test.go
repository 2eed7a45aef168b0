package typeset

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"juesuan/internal/document"
	"juesuan/internal/format/formattest"
	"juesuan/internal/format/paged"
	"juesuan/internal/typeface"
)

func para(s string) document.Block { return document.Block{Text: document.Text{S: s}} }

func table(header int, rows ...[]string) document.Block {
	t := &document.Table{HeaderRows: header}
	for _, r := range rows {
		var row []document.Cell
		for _, s := range r {
			row = append(row, document.Cell{Text: s, RowSpan: 1, ColSpan: 1})
		}
		t.Rows = append(t.Rows, row)
	}
	return document.Block{Kind: document.TableBlock, Table: t}
}

// set lays the blocks out, proves that nothing stands outside the paper or
// its cell, that the file can be made, and gives the pages.
func set(t *testing.T, blocks ...document.Block) []*page {
	t.Helper()
	d := &document.Document{Blocks: blocks}
	p, err := layOut(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	checkLayout(t, p)
	data, err := write(context.Background(), d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if path := os.Getenv("JUESUAN_KEEP"); path != "" {
		if err := os.WriteFile(filepath.Join(path, filepath.Base(t.Name())+".pdf"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return p.pages
}

func checkLayout(t interface {
	Helper()
	Errorf(string, ...any)
}, p *setter) {
	t.Helper()
	const eps = 0.1
	for i, g := range p.pages {
		for _, m := range g.marks {
			w, top, foot := m.w, m.y, m.y+m.h
			if m.picture == nil {
				w, top, foot = emWidth(m.face, m.s)*m.size+m.spread*float64(len([]rune(m.s))-1), m.y-0.88*m.size, m.y+0.12*m.size
			}
			low := g.geo.h - g.geo.bottom
			if m.of == nil && strings.HasPrefix(m.s, "— ") {
				low = g.geo.h
			}
			if m.x < g.geo.left-eps || m.x+w > g.geo.w-g.geo.right+eps || top < g.geo.top-eps || foot > low+eps {
				t.Errorf("page %d: %q at %.1f,%.1f, %.2f wide, leaves the type area", i+1, m.s, m.x, m.y, w)
			}
		}
		for _, r := range g.rules {
			if r.y1 > g.geo.h-g.geo.bottom+eps || r.x1 > g.geo.w-g.geo.right+eps {
				t.Errorf("page %d: line to %.1f,%.1f leaves the type area", i+1, r.x1, r.y1)
			}
		}
	}
	for i, g := range p.tables {
		tab := p.doc.Blocks[i].Table
		for r, row := range tab.Rows {
			for c, x := range row {
				if x.Covered {
					continue
				}
				room := g.span(c, x) - 2*cellSide - indentOf(x, g.span(c, x), g.size)
				for _, l := range g.cells[r][c] {
					if l.width > room+eps {
						t.Errorf("block %d r%dc%d: a line of %.1f in %.1f", i+1, r+1, c+1, l.width, room)
					}
				}
				if h := paged.Total(g.rows[r : r+x.RowSpan]); float64(len(g.cells[r][c]))*g.line > h+eps {
					t.Errorf("block %d r%dc%d: %d lines in %.1f", i+1, r+1, c+1, len(g.cells[r][c]), h)
				}
			}
		}
	}
}

// shownText is what the pages show, page numbers left out.
func shownText(pages []*page) string {
	var b strings.Builder
	for _, g := range pages {
		for _, m := range g.marks {
			if m.of != nil {
				b.WriteString(m.s)
			}
		}
	}
	return b.String()
}

func TestEdges(t *testing.T) {
	long := strings.Repeat("项目绩效目标完成情况说明。", 400)
	t.Run("empty document", func(t *testing.T) {
		if err := Write(context.Background(), &document.Document{}, &bytes.Buffer{}, Options{}); err == nil {
			t.Error("no error")
		}
	})
	t.Run("empty table", func(t *testing.T) {
		set(t, para("以下空表。"), document.Block{Kind: document.TableBlock}, document.Block{Kind: document.TableBlock, Table: &document.Table{}}, para("完。"))
		set(t, table(1, []string{"", ""}, []string{"", ""}))
		set(t, document.Block{Kind: document.TableBlock, Table: &document.Table{}})
	})
	t.Run("no grid", func(t *testing.T) {
		b := table(0, []string{"甲", "乙"}, []string{"丙"})
		if err := Write(context.Background(), &document.Document{Blocks: []document.Block{b}}, &bytes.Buffer{}, Options{}); err == nil {
			t.Error("no error")
		}
	})
	t.Run("row longer than a page", func(t *testing.T) {
		pages := set(t, para("说明。"), table(1, []string{"指标", "情况"}, []string{"产出", "好"}, []string{"效益", long}, []string{"合计", "1.00"}))
		if len(pages) < 2 {
			t.Errorf("%d pages", len(pages))
		}
		if got := shownText(pages); strings.Count(got, "项目绩效目标完成情况说明。")+8 < 400 || len([]rune(got)) != len([]rune("说明。指标情况产出好效益合计1.00"))+len([]rune(long)) {
			t.Errorf("%d characters are shown", len([]rune(got)))
		}
	})
	t.Run("merged cell over pages", func(t *testing.T) {
		b := table(1, []string{"指标", "名称", "分值"})
		for i := range 120 {
			b.Table.Rows = append(b.Table.Rows, []document.Cell{
				{Covered: true, RowSpan: 1, ColSpan: 1}, {Text: fmt.Sprint("指标", i), RowSpan: 1, ColSpan: 1}, {Text: "1.00", RowSpan: 1, ColSpan: 1}})
		}
		b.Table.Rows[1][0] = document.Cell{Text: "产出指标" + long[:len("项目绩效目标完成情况说明。")*40], RowSpan: 120, ColSpan: 1}
		pages := set(t, b)
		if n := strings.Count(shownText(pages), "指标"); n != 122 {
			t.Errorf("指标 %d times", n)
		}
		if len(pages) < 3 {
			t.Errorf("%d pages", len(pages))
		}
	})
	t.Run("many columns", func(t *testing.T) {
		row := make([]string, 40)
		for c := range row {
			row[c] = "1234567.89"
		}
		set(t, table(0, row, row))
	})
	t.Run("narrow cell and long words", func(t *testing.T) {
		set(t, table(0, []string{strings.Repeat("9", 300), "甲"}, []string{strings.Repeat("www.example.gov.cn/", 30), "（" + strings.Repeat("）", 90)}),
			para(strings.Repeat("https://example.gov.cn/", 20)))
	})
	t.Run("blanks and controls", func(t *testing.T) {
		pages := set(t, para("  甲\u200b乙\u00a0丙\x01\r\n\n丁  \t "), para(" "), para(""), para("\n"))
		if got := strings.Join(strings.Fields(shownText(pages)), ""); got != "甲乙丙丁" {
			t.Errorf("%q is shown", got)
		}
	})
	t.Run("contents alone", func(t *testing.T) {
		set(t, document.Block{Style: document.Contents, Text: document.Text{S: "目录"}})
	})
}

func TestMissingGlyph(t *testing.T) {
	d := &document.Document{Blocks: []document.Block{para("𠀀字与😀号"), table(0, []string{"甲", "鿖"})}}
	err := Write(context.Background(), d, &bytes.Buffer{}, Options{})
	var g *GlyphError
	if !errors.As(err, &g) || !strings.Contains(err.Error(), "“😀”（U+1F600）") {
		t.Fatalf("error is %v", err)
	}
	// The compatible form of what is missing is set in its place.
	if pages := set(t, para("㍻㎞⼀")); !strings.Contains(shownText(pages), "平成㎞一") {
		t.Errorf("%q is shown", shownText(pages))
	}
}

func TestPicture(t *testing.T) {
	img := image.NewNRGBA64(image.Rect(0, 0, 300, 200)) // 16 bits, with alpha
	for x := range 300 {
		img.Set(x, x/2, color.NRGBA64{R: 0xffff, A: 0x8000})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	pages := set(t, para("图一 收入构成"), document.Block{Kind: document.PictureBlock, Picture: &document.Picture{PNG: b.Bytes(), Width: 900, Height: 600, Alt: "收入构成"}},
		document.Block{Kind: document.PictureBlock}, para("图下文字。"))
	if len(pages) != 1 || len(pages[0].marks) != 4 {
		t.Errorf("%d pages, %d marks", len(pages), len(pages[0].marks))
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Write(ctx, formattest.Published(), &bytes.Buffer{}, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

// Headings and captions never stand at the foot of a page alone, header rows
// never without a row.
func TestNoOrphans(t *testing.T) {
	for n := 1; n < 40; n++ {
		var blocks []document.Block
		for range n {
			blocks = append(blocks, para("一行。"))
		}
		h := para("一、标题")
		h.Kind, h.Level = document.Heading, 2
		c := para("表一")
		c.Style = document.Caption
		tab := table(2, []string{"甲头", "乙头"}, []string{"1", "2"}, []string{"丙", "1.00"}, []string{"丁", "2.00"})
		note := para("注：本表。")
		note.Style = document.Note
		p, err := layOut(context.Background(), &document.Document{Blocks: append(blocks, h, para("两行。"), h, c, tab, note)})
		if err != nil {
			t.Fatal(err)
		}
		for i, g := range p.pages {
			var last, first string
			for _, m := range g.marks {
				if m.of == nil {
					continue
				}
				if first == "" {
					first = m.s
				}
				last = m.s
			}
			if last == "一、标题" || last == "表一" || last == "2" || first == "注：本表。" {
				t.Errorf("%d lines before: page %d begins with %s, ends with %s", n, i+1, first, last)
			}
		}
	}
}

func TestLines(t *testing.T) {
	f := typeface.Text()
	for _, c := range []struct {
		s     string
		width float64
		want  string
	}{
		{"本年收入，支出", 4, "本年收|入，支出"},
		{"支出（款）", 3, "支出|（款）"},
		{"增长10.25%的", 4, "增长|10.25%|的"},
		{"见《条例》。", 3, "见《条|例》。"},
		{"甲 乙", 1, "甲|乙"},
		{"甲\n\n乙", 9, "甲||乙"},
		{"", 9, ""},
		{"12345678", 2, "123|456|78"},
		{"完成率98.7％。", 5, "完成率|98.7％。"},
	} {
		var got []string
		for _, l := range setLines(c.s, f, 10, c.width*10, 0, false) {
			s := ""
			for _, r := range l.runs {
				s += r.s
			}
			got = append(got, s)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%q at %v: %s, not %s", c.s, c.width, s, c.want)
		}
	}
}

// Whatever the text, its lines fit, lose nothing but blanks, and break where
// Chinese text may break.
func TestLinesHold(t *testing.T) {
	f := typeface.Text()
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"预", "算", "支", "出", "，", "。", "、", "（", "）", "《", "》", "“", "”", "12.34", "%", "A", " B", "、", "…", "—"}), 0, 120).Draw(t, "text"), "")
		width := float64(rapid.IntRange(1, 30).Draw(t, "width"))
		lines := setLines(s, f, 10, width*10, 0, rapid.Bool().Draw(t, "spread"))
		got := ""
		for i, l := range lines {
			text, end := "", 0.0
			for _, r := range l.runs {
				if r.x < end-0.6 { // squeezed
					t.Fatalf("run %q begins at %v before %v", r.s, r.x, end)
				}
				end = r.x + emWidth(f, r.s)*10 + r.spread*float64(len([]rune(r.s))-1)
				text += r.s
			}
			got += text
			if end > width*10+0.01 && len([]rune(text)) > 1 {
				t.Fatalf("line %q of %v is wider than %v", text, end, width*10)
			}
			rs := []rune(text)
			if len(rs) == 0 {
				continue
			}
			// Long rows of marks have to break somewhere.
			if width > 12 && i > 0 && strings.ContainsRune("，。、）》”%", rs[0]) && !strings.ContainsRune("，。、）》”%…—", last(lines[i-1])) {
				t.Fatalf("line begins with %q after %v", text, lines[i-1].runs)
			}
			if width > 12 && i+1 < len(lines) && strings.ContainsRune("（《“", rs[len(rs)-1]) && !strings.ContainsRune("（《“", first(lines[i+1])) {
				t.Fatalf("line ends with %q", text)
			}
		}
		if strings.Join(strings.Fields(got), "") != strings.Join(strings.Fields(s), "") {
			t.Fatalf("%q became %q", s, got)
		}
	})
}

func last(l textLine) rune {
	if len(l.runs) == 0 {
		return 0
	}
	rs := []rune(l.runs[len(l.runs)-1].s)
	return rs[len(rs)-1]
}

func first(l textLine) rune {
	if len(l.runs) == 0 {
		return 0
	}
	return []rune(l.runs[0].s)[0]
}
