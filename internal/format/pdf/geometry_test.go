package pdf

import (
	"strings"
	"testing"

	"juesuan/internal/document"
)

// Synthetic pages: text is set in square Han characters and half-wide others.

func set(s string, x, base, size float64) []char {
	var cs []char
	for _, r := range s {
		w := size
		if r < 0x2000 {
			w = size / 2
		}
		if r != ' ' {
			cs = append(cs, char{R: r, X0: x, X1: x + w, Base: base, Size: size})
		}
		x += w
	}
	return cs
}

// setRight ends the text at x.
func setRight(s string, x, base, size float64) []char {
	w := 0.0
	for _, r := range s {
		if r < 0x2000 {
			w += size / 2
		} else {
			w += size
		}
	}
	return set(s, x-w, base, size)
}

func h(y, a, b float64) ruling { return ruling{Pos: y, A: a, B: b} }
func v(x, a, b float64) ruling { return ruling{Vertical: true, Pos: x, A: a, B: b} }

func join(parts ...[]char) []char {
	var out []char
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// show writes tables as the dump does.
func show(rows [][]document.Cell) string {
	var b strings.Builder
	for _, row := range rows {
		for i, c := range row {
			if i > 0 {
				b.WriteString("|")
			}
			switch {
			case c.Covered:
				b.WriteString("·")
			default:
				b.WriteString(strings.ReplaceAll(c.Text, "\n", "⏎"))
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func wantTable(t *testing.T, rows [][]document.Cell, want string) {
	t.Helper()
	if got := show(rows); got != want {
		t.Errorf("table:\n%swant:\n%s", got, want)
	}
	for r, row := range rows {
		for c, cell := range row {
			if !cell.Covered && (r+cell.RowSpan > len(rows) || c+cell.ColSpan > len(row) || cell.RowSpan < 1 || cell.ColSpan < 1) {
				t.Errorf("r%dc%d spans %d×%d out of the table", r, c, cell.RowSpan, cell.ColSpan)
			}
		}
	}
}

func page(chars []char, lines ...ruling) *rawPage {
	return &rawPage{W: 600, H: 800, Chars: chars, Lines: lines}
}

func TestRuledTable(t *testing.T) {
	// A header over two rows with merged cells, lines in pieces and doubled.
	lines := []ruling{
		h(100, 50, 200), h(100.4, 199, 350), h(120, 150, 350), h(140, 50, 350), h(141.5, 50, 350), h(160, 50, 350),
		v(50, 100, 160), v(150, 100, 131), v(150, 130, 160), v(250, 120, 160), v(350, 100, 160),
	}
	chars := join(set("项目", 90, 125, 10), set("决算数", 235, 114, 10), set("本年", 190, 134, 10), set("上年", 290, 134, 10),
		set("本年收入合计", 55, 154, 10), setRight("1,234.50", 248, 154, 10), setRight("1,000.00", 348, 154, 10),
		set("单位:万元", 290, 90, 10))
	ts, rest := ruledTables(page(chars, lines...), 0)
	if len(ts) != 1 {
		t.Fatalf("%d tables, want 1", len(ts))
	}
	wantTable(t, ts[0].Rows, "项目|决算数|·\n·|本年|上年\n本年收入合计|1,234.50|1,000.00\n")
	if c := ts[0].Rows[0][0]; c.RowSpan != 2 || c.ColSpan != 1 {
		t.Errorf("项目 spans %d×%d, want 2×1", c.RowSpan, c.ColSpan)
	}
	if len(rest) != 5 {
		t.Errorf("%d characters left for the text, want the 5 of the unit", len(rest))
	}
}

func TestBrokenNumberKeepsItsCell(t *testing.T) {
	lines := []ruling{h(0, 0, 100), h(40, 0, 100), v(0, 0, 40), v(60, 0, 40), v(100, 0, 40)}
	chars := join(set("项目支出", 5, 24, 10), setRight("12,672", 98, 15, 10), setRight(".73", 98, 30, 10))
	ts, _ := ruledTables(page(chars, lines...), 0)
	wantTable(t, ts[0].Rows, "项目支出|12,672⏎.73\n")
}

func TestRowsWithoutRulings(t *testing.T) {
	// One ruled row holds three rows; a name of two lines straddles its number.
	lines := []ruling{h(0, 0, 300), h(20, 0, 300), h(120, 0, 300), v(0, 0, 120), v(80, 0, 120), v(220, 0, 120), v(300, 0, 120)}
	chars := join(set("编码", 10, 14, 10), set("名称", 130, 14, 10), set("决算数", 240, 14, 10),
		set("301", 10, 34, 10), set("工资福利支出", 90, 34, 10), setRight("20.00", 298, 34, 10),
		set("30108", 10, 60, 10), set("机关事业单位基本养老保险", 90, 54, 10), set("缴费", 90, 66, 10), setRight("12.00", 298, 60, 10),
		set("30109", 10, 86, 10), set("职业年金缴费", 90, 86, 10), setRight("8.00", 298, 86, 10))
	ts, _ := ruledTables(page(chars, lines...), 0)
	wantTable(t, ts[0].Rows, "编码|名称|决算数\n301|工资福利支出|20.00\n30108|机关事业单位基本养老保险⏎缴费|12.00\n30109|职业年金缴费|8.00\n")
}

func TestHeaderInTheSameRow(t *testing.T) {
	// Lines between the columns and around the table, none between the rows.
	lines := []ruling{h(0, 0, 300), h(100, 0, 300), v(0, 0, 100), v(100, 0, 100), v(200, 0, 100), v(300, 0, 100)}
	chars := join(set("项目", 30, 14, 10), set("预算数", 130, 14, 10), set("决算数", 230, 14, 10),
		set("人员经费", 5, 34, 10), setRight("10.00", 198, 34, 10), setRight("9.00", 298, 34, 10),
		set("公用经费", 5, 54, 10), setRight("20.00", 198, 54, 10),
		set("合计", 5, 74, 10), setRight("30.00", 198, 74, 10), setRight("28.00", 298, 74, 10))
	ts, _ := ruledTables(page(chars, lines...), 0)
	wantTable(t, ts[0].Rows, "项目|预算数|决算数\n人员经费|10.00|9.00\n公用经费|20.00|\n合计|30.00|28.00\n")
}

func TestBrokenNumberLikeACode(t *testing.T) {
	lines := []ruling{h(0, 0, 100), h(40, 0, 100), v(0, 0, 40), v(60, 0, 40), v(100, 0, 40)}
	chars := join(set("项目支出", 5, 24, 10), setRight("12345", 98, 15, 10), setRight("678.90", 98, 30, 10))
	ts, _ := ruledTables(page(chars, lines...), 0)
	wantTable(t, ts[0].Rows, "项目支出|12345⏎678.90\n")
}

func TestBlockHalfALineOff(t *testing.T) {
	// The right block's codes stand half a line above the left block's.
	lines := []ruling{h(0, 0, 400), h(80, 0, 400), v(0, 0, 80), v(50, 0, 80), v(150, 0, 80), v(200, 0, 80), v(250, 0, 80), v(350, 0, 80), v(400, 0, 80)}
	var cs []char
	for i, r := range []struct{ a, b, c, d, e, f string }{
		{"30101", "基本工资", "1.00", "30201", "办公费", "4.00"},
		{"30102", "津贴补贴", "2.00", "30202", "印刷费", ""},
		{"30103", "奖金", "3.00", "30203", "咨询费", "6.00"},
	} {
		y := 20 + 20*float64(i)
		cs = join(cs, set(r.a, 5, y, 10), set(r.b, 55, y, 10), setRight(r.c, 198, y, 10),
			set(r.d, 205, y-9, 10), set(r.e, 255, y-9, 10), setRight(r.f, 398, y-5, 10))
	}
	ts, _ := ruledTables(page(cs, lines...), 0)
	wantTable(t, ts[0].Rows, "30101|基本工资|1.00|30201|办公费|4.00\n30102|津贴补贴|2.00|30202|印刷费|\n30103|奖金|3.00|30203|咨询费|6.00\n")
}

func TestColumnsWithoutRulings(t *testing.T) {
	// Rows ruled, but no line between the amounts.
	lines := []ruling{h(0, 0, 300), h(20, 0, 300), h(40, 0, 300), h(60, 0, 300), v(0, 0, 60), v(100, 0, 60), v(300, 0, 60)}
	chars := join(set("项目", 30, 14, 10), set("合计", 150, 14, 10),
		set("基本支出", 5, 34, 10), setRight("10.00", 190, 34, 10), setRight("7.50", 290, 34, 10),
		set("项目支出", 5, 54, 10), setRight("20.00", 190, 54, 10), setRight("17.50", 290, 54, 10))
	ts, _ := ruledTables(page(chars, lines...), 0)
	wantTable(t, ts[0].Rows, "项目|合计|·\n基本支出|10.00|7.50\n项目支出|20.00|17.50\n")
}

func TestFrameIsNoTable(t *testing.T) {
	frame := []ruling{h(20, 20, 580), h(780, 20, 580), v(20, 20, 780), v(580, 20, 780)}
	text := join(set("本年收入合计9746.50万元,其中财政拨款", 60, 100, 12), set("收入9746.50万元。", 60, 120, 12))
	ts, rest := ruledTables(page(text, frame...), 0)
	if len(ts) != 0 || len(rest) != len(text) {
		t.Errorf("a frame made %d tables", len(ts))
	}
}

func TestTableInsideFrame(t *testing.T) {
	lines := []ruling{
		h(20, 20, 580), h(780, 20, 580), v(20, 20, 780), v(580, 20, 780),
		h(100, 100, 300), h(120, 100, 300), h(140, 100, 300), v(100, 100, 140), v(200, 100, 140), v(300, 100, 140),
	}
	chars := join(set("项目", 110, 114, 10), set("金额", 210, 114, 10), set("合计", 110, 134, 10), setRight("5.00", 298, 134, 10), set("说明文字", 60, 300, 10))
	ts, rest := ruledTables(page(chars, lines...), 0)
	if len(ts) != 1 || len(rest) != 4 {
		t.Fatalf("%d tables, %d characters left", len(ts), len(rest))
	}
	wantTable(t, ts[0].Rows, "项目|金额\n合计|5.00\n")
}

func TestThreeLineTable(t *testing.T) {
	lines := []ruling{h(100, 50, 350), h(120, 50, 350), h(180, 50, 350)}
	chars := join(set("项目", 60, 114, 10), setRight("预算数", 240, 114, 10), setRight("决算数", 340, 114, 10),
		set("基本支出", 60, 134, 10), setRight("10.00", 240, 134, 10), setRight("7.50", 340, 134, 10),
		set("项目支出", 60, 154, 10), setRight("20.00", 240, 154, 10), setRight("17.50", 340, 154, 10),
		set("合计", 60, 174, 10), setRight("30.00", 240, 174, 10), setRight("25.00", 340, 174, 10))
	ts, rest := ruledTables(page(chars, lines...), 0)
	if len(ts) != 1 || len(rest) != 0 {
		t.Fatalf("%d tables, %d characters left", len(ts), len(rest))
	}
	wantTable(t, ts[0].Rows, "项目|预算数|决算数\n基本支出|10.00|7.50\n项目支出|20.00|17.50\n合计|30.00|25.00\n")
}

func TestRulesOfThePage(t *testing.T) {
	// A rule under the head and one above the foot are no table around the text.
	lines := []ruling{h(50, 50, 350), h(700, 50, 350)}
	text := join(set("2024年度收入总计1234.50万元,与上年相比增加12", 52, 100, 10), set(".30万元,支出总计1234.50万元,与上年相比增加1", 52, 120, 10), set("2.30万元。", 52, 140, 10),
		set("项目", 60, 160, 10), set("决算数", 300, 160, 10),
		set("基本支出", 60, 174, 10), setRight("10.00", 330, 174, 10),
		set("项目支出", 60, 188, 10), setRight("20.00", 330, 188, 10),
		set("合计", 60, 202, 10), setRight("30.00", 330, 202, 10))
	ts, rest := ruledTables(page(text, lines...), 0)
	if len(ts) != 0 {
		t.Fatalf("the page made a table:\n%s", show(ts[0].Rows))
	}
	loose, left := looseTables(makeLines(rest))
	if len(loose) != 1 || len(left) != 3 {
		t.Errorf("%d tables, %d lines left", len(loose), len(left))
	}
}

func TestTwoTablesOfOneWidth(t *testing.T) {
	lines := []ruling{h(100, 50, 350), h(120, 50, 350), h(160, 50, 350), h(200, 50, 350), h(220, 50, 350), h(260, 50, 350)}
	var chars []char
	for _, y := range []float64{0, 100} {
		chars = join(chars, set("项目", 60, y+114, 10), setRight("决算数", 340, y+114, 10),
			set("基本支出", 60, y+134, 10), setRight("7.50", 340, y+134, 10), set("合计", 60, y+154, 10), setRight("25.00", 340, y+154, 10))
	}
	chars = join(chars, set("两表之间的说明。", 60, 184, 10))
	ts, rest := ruledTables(page(chars, lines...), 0)
	if len(ts) != 2 || len(rest) != 8 {
		t.Fatalf("%d tables, %d characters left", len(ts), len(rest))
	}
	wantTable(t, ts[1].Rows, "项目|决算数\n基本支出|7.50\n合计|25.00\n")
}

func TestNumberTooWideForItsCell(t *testing.T) {
	lines := []ruling{h(0, 0, 120), h(20, 0, 120), v(0, 0, 20), v(60, 0, 20), v(120, 0, 20)}
	chars := join(set("合计", 5, 14, 10), setRight("1,295,897,123.69", 121, 14, 10))
	ts, _ := ruledTables(page(chars, lines...), 0)
	wantTable(t, ts[0].Rows, "合计|1,295,897,123.69\n")
}

func TestHeadingsSideBySide(t *testing.T) {
	// The headings of the last two columns all but touch; the last is empty.
	chars := join(set("项目", 60, 100, 10), set("政府性基金预算", 150, 100, 10), set("国有资本经营预算", 222, 100, 10),
		set("栏次", 60, 114, 10), set("1", 180, 114, 10), set("2", 260, 114, 10),
		set("基本支出", 60, 128, 10), setRight("10.00", 218, 128, 10),
		set("项目支出", 60, 142, 10), setRight("20.00", 218, 142, 10),
		set("合计", 60, 156, 10), setRight("30.00", 218, 156, 10))
	ts, _ := looseTables(makeLines(chars))
	if len(ts) != 1 {
		t.Fatalf("%d tables", len(ts))
	}
	wantTable(t, ts[0].Rows, "项目|政府性基金预算|国有资本经营预算\n栏次|1|2\n基本支出|10.00|\n项目支出|20.00|\n合计|30.00|\n")
}

func TestUnitLineStaysOutside(t *testing.T) {
	chars := join(set("部门:示例局", 60, 80, 10), set("单位:万元", 280, 80, 10),
		set("项目", 60, 100, 10), set("决算数", 300, 100, 10),
		set("基本支出", 60, 114, 10), setRight("10.00", 330, 114, 10),
		set("项目支出", 60, 128, 10), setRight("20.00", 330, 128, 10),
		set("合计", 60, 142, 10), setRight("30.00", 330, 142, 10),
		set("注:本表反映支出。", 60, 156, 10))
	ts, rest := looseTables(makeLines(chars))
	if len(ts) != 1 || len(rest) != 2 {
		t.Fatalf("%d tables, %d lines left", len(ts), len(rest))
	}
	wantTable(t, ts[0].Rows, "项目|决算数\n基本支出|10.00\n项目支出|20.00\n合计|30.00\n")
}

func TestLooseTable(t *testing.T) {
	chars := join(set("本年支出情况如下表所示。", 60, 80, 10),
		set("项目", 60, 114, 10), set("本年支出", 180, 114, 10), set("上年支出", 290, 114, 10),
		set("机关事业单位基本养老", 60, 128, 10), set("保险缴费支出", 60, 140, 10), setRight("10.00", 220, 134, 10), setRight("7.50", 330, 134, 10),
		set("项目支出", 60, 164, 10), setRight("20.00", 220, 164, 10),
		set("合计", 60, 184, 10), setRight("30.00", 220, 184, 10), setRight("25.00", 330, 184, 10),
		set("以上数据与决算表一致,不再另行说明。", 60, 240, 10))
	ts, rest := looseTables(makeLines(chars))
	if len(ts) != 1 || len(rest) != 2 {
		t.Fatalf("%d tables, %d lines left", len(ts), len(rest))
	}
	wantTable(t, ts[0].Rows, "项目|本年支出|上年支出\n机关事业单位基本养老⏎保险缴费支出|10.00|7.50\n项目支出|20.00|\n合计|30.00|25.00\n")
}

func TestNoLooseTableInText(t *testing.T) {
	chars := join(
		set("部门:某某局", 60, 80, 10), set("单位:万元", 400, 80, 10),
		set("一、收入支出决算总表", 60, 100, 10), set("......", 170, 100, 10), set("5", 400, 100, 10),
		set("2024年度收入总计1234.50万元,与上年相比增加12.30万元。", 60, 120, 10))
	if ts, _ := looseTables(makeLines(chars)); len(ts) != 0 {
		t.Errorf("text made a table:\n%s", show(ts[0].Rows))
	}
}

func TestLineOfUnevenPieces(t *testing.T) {
	// A full stop off the baseline, a number from another font, in any order.
	chars := join(set("。", 160, 102.5, 10), set("增加", 60, 100, 10), set("12.30", 80, 98.8, 11), set("万元,增长", 105, 100, 10))
	ls := makeLines(chars)
	if len(ls) != 1 || ls[0].Text != "增加12.30万元,增长。" {
		t.Errorf("lines %+v", ls)
	}
}

func TestOverprint(t *testing.T) {
	chars := join(set("决算", 60, 100, 10), set("决算", 60.4, 100, 10), set("11.00", 90, 100, 10))
	if ls := makeLines(chars); len(ls) != 1 || ls[0].Text != "决算11.00" {
		t.Errorf("lines %+v", ls)
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[rune]string{'⼀': "一", '，': "，", '（': "（", '８': "8", '％': "%", '①': "①", '㎡': "m2", '“': "“", '决': "决"} {
		if got := foldRune(in); got != want {
			t.Errorf("fold %c: %q, want %q", in, got, want)
		}
	}
}

func TestSpread(t *testing.T) {
	// The last row of a table, alone on its page, has fewer column lines.
	first := table{Xs: []float64{0, 20, 40, 60, 100}, Box: document.Box{X1: 100, Y1: 700}, Rows: [][]document.Cell{{{Text: "201", RowSpan: 1, ColSpan: 1}, {Text: "08", RowSpan: 1, ColSpan: 1}, {Text: "01", RowSpan: 1, ColSpan: 1}, {Text: "1.00", RowSpan: 1, ColSpan: 1}}}}
	second := table{Xs: []float64{0.5, 60, 100}, Box: document.Box{X1: 100, Y0: 50, Y1: 70}, Rows: [][]document.Cell{{{Text: "合计", RowSpan: 1, ColSpan: 1}, {Text: "1.00", RowSpan: 1, ColSpan: 1}}}}
	pages := []pageText{{Page: 1, W: 600, H: 800, Tables: []table{first}}, {Page: 2, W: 600, H: 800, Tables: []table{second}}}
	alignContinued(pages)
	wantTable(t, pages[1].Tables[0].Rows, "合计|·|·|1.00\n")
}

func TestDropEmptyTracks(t *testing.T) {
	one := func(s string) document.Cell { return document.Cell{Text: s, RowSpan: 1, ColSpan: 1} }
	cov := document.Cell{RowSpan: 1, ColSpan: 1, Covered: true}
	rows := [][]document.Cell{
		{{Text: "a", RowSpan: 2, ColSpan: 2}, cov, one("b")},
		{cov, cov, {RowSpan: 1, ColSpan: 1, Covered: true}},
		{{Text: "c", RowSpan: 1, ColSpan: 2}, cov, one("d")},
	}
	rows[0][2].RowSpan = 2
	wantTable(t, dropEmptyTracks(rows), "a|b\nc|d\n")
}

func TestCutRow(t *testing.T) {
	cells := func(s ...string) []document.Cell {
		var out []document.Cell
		for _, x := range s {
			out = append(out, document.Cell{Text: x, RowSpan: 1, ColSpan: 1})
		}
		return out
	}
	full := map[int]tail{0: {98, 2, 10}}
	short := map[int]tail{0: {60, 40, 10}}
	for _, c := range []struct {
		last, first []document.Cell
		tails       map[int]tail
		want        bool
	}{
		{cells("十七、国土海洋气象等支", ""), cells("出", ""), full, true},
		{cells("事业运行", "1,855,755.2"), cells("", "4"), short, true},
		{cells("十七、国土海洋气象等支", ""), cells("出", ""), short, false},
		{cells("十七、国土海洋气象等支出", ""), cells("十八、住房保障支出", ""), full, false},
		{cells("事业运行", "1,855,755.24"), cells("", "4"), short, false},
		{cells("十七、国土海洋气象等支", "5.00"), cells("出", "3.00"), full, false},
		{cells("某一长名称正好写满", "5.00"), cells("", ""), full, false},
		{cells("某一长名称正好写满", "5.00"), cells("项目", "决算数"), full, false},
	} {
		if got := cutRow(c.last, c.first, c.tails); got != c.want {
			t.Errorf("%s then %s: cut %v", show([][]document.Cell{c.last}), show([][]document.Cell{c.first}), got)
		}
	}
}
