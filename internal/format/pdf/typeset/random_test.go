package typeset_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"juesuan/internal/document"
)

// Documents at random: numbered headings, running text, tables of any shape.

var words = []string{"预算", "支出", "收入", "增加", "河道整治", "办公用房", "一般公共预算财政拨款", "主要原因是", "人员经费", "较上年", "同比",
	"支出12,345.67万元", "增长3.50%", "占100.00%", "与2024年", "为0.00万元", "（款）", "“三公”经费", "《条例》", "共15辆", "用A4", "㎡", "①", "完成年初预算的98.7％"}

func words1(t *rapid.T, least, most int, label string) string {
	var b strings.Builder
	for range rapid.IntRange(least, most).Draw(t, label) {
		b.WriteString(rapid.SampledFrom(words).Draw(t, "word"))
	}
	return b.String()
}

func sentence(t *rapid.T) string {
	var b strings.Builder
	n := rapid.IntRange(1, 8).Draw(t, "clauses")
	for i := range n {
		b.WriteString(words1(t, 1, 6, "clause"))
		if i+1 == n {
			b.WriteString("。")
		} else {
			b.WriteString(rapid.SampledFrom([]string{"，", "；", "、", "："}).Draw(t, "mark"))
		}
	}
	return "本部门" + b.String()
}

var names = []string{"合计", "一般公共服务支出", "行政运行", "其他社会保障和就业支出", "机关事业单位基本养老保险缴费支出", "基本支出", "办公费", "（类）农林水支出"}

func cellText(t *rapid.T, c int) string {
	if c == 0 {
		return rapid.SampledFrom(names).Draw(t, "name")
	}
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0:
		return ""
	case 1:
		return rapid.SampledFrom(names).Draw(t, "name")
	}
	return fmt.Sprintf("%d.%02d", rapid.IntRange(0, 9999999).Draw(t, "yuan"), rapid.IntRange(0, 99).Draw(t, "cents"))
}

func tableAt(t *rapid.T) *document.Table {
	n, m := rapid.IntRange(2, 60).Draw(t, "rows"), rapid.IntRange(2, 11).Draw(t, "columns")
	tab := &document.Table{}
	for range n {
		row := make([]document.Cell, m)
		for c := range row {
			row[c] = document.Cell{RowSpan: 1, ColSpan: 1, Text: cellText(t, c)}
		}
		tab.Rows = append(tab.Rows, row)
	}
	merge := func(r, c, h, w int) {
		if h > 1 && c+w == m || w > 1 && r+h == n {
			return // the last column shows every row, the last row every column
		}
		for i := r; i < r+h; i++ {
			for j := c; j < c+w; j++ {
				if x := tab.Rows[i][j]; x.Covered || x.RowSpan > 1 || x.ColSpan > 1 {
					return
				}
			}
		}
		for i := r; i < r+h; i++ {
			for j := c; j < c+w; j++ {
				tab.Rows[i][j] = document.Cell{RowSpan: 1, ColSpan: 1, Covered: true}
			}
		}
		tab.Rows[r][c] = document.Cell{RowSpan: h, ColSpan: w, Text: rapid.SampledFrom(names).Draw(t, "merged")}
	}
	// Without a header the first row of the next page can be taken for the end
	// of a cut row.
	if n > 15 || rapid.Bool().Draw(t, "header") && n > 3 {
		tab.HeaderRows = rapid.IntRange(1, 3).Draw(t, "header rows")
		for r := range tab.HeaderRows {
			for c := range m {
				tab.Rows[r][c].Text = rapid.SampledFrom([]string{"项目", "金额", "科目名称", "功能分类科目编码", "小计"}).Draw(t, "head")
			}
		}
		if tab.HeaderRows > 1 {
			merge(0, 0, tab.HeaderRows, 1)
			if m > 3 {
				merge(0, 1, 1, 2)
			}
		}
	}
	for range rapid.IntRange(0, 4).Draw(t, "merged cells") {
		r := rapid.IntRange(tab.HeaderRows, n-1).Draw(t, "row")
		c := rapid.IntRange(0, m-1).Draw(t, "column")
		merge(r, c, rapid.IntRange(1, min(4, n-r)).Draw(t, "high"), rapid.IntRange(1, min(3, m-c)).Draw(t, "wide"))
	}
	if rapid.Bool().Draw(t, "widths") {
		for range m {
			tab.Widths = append(tab.Widths, float64(rapid.IntRange(1, 5).Draw(t, "width")))
		}
	}
	return tab
}

func documentAt(t *rapid.T) *document.Document {
	d := &document.Document{}
	put := func(b document.Block) { d.Blocks = append(d.Blocks, b) }
	text := func(s string, style document.Style) document.Block {
		return document.Block{Text: document.Text{S: s}, Style: style}
	}
	if rapid.Bool().Draw(t, "cover") {
		put(text("青禾县某局", document.Title))
		put(text("2024年度部门决算", document.Title))
		b := text("目录", document.Contents)
		b.NewPage = true
		put(b)
	}
	for i := range rapid.IntRange(1, 8).Draw(t, "blocks") {
		switch rapid.IntRange(0, 4).Draw(t, "block") {
		case 0:
			b := text(fmt.Sprintf("第%s部分 %s说明", string([]rune("一二三四五六七八")[i]), rapid.SampledFrom(names).Draw(t, "title")), document.Body)
			b.Kind, b.Level, b.NewPage = document.Heading, 1, i > 0
			put(b)
		case 1:
			b := text("一、"+rapid.SampledFrom(names).Draw(t, "title")+"情况", document.Body)
			b.Kind, b.Level = document.Heading, 2
			put(b)
		case 2:
			for range rapid.IntRange(1, 6).Draw(t, "paragraphs") {
				put(text(sentence(t), document.Body))
			}
		default:
			wide := rapid.Bool().Draw(t, "landscape")
			from := len(d.Blocks)
			put(text(rapid.SampledFrom(names).Draw(t, "title")+"决算表", document.Caption))
			put(text("公开01表", document.TableTag))
			put(text("部门：青禾县某局\t金额单位：万元", document.Unitline))
			put(document.Block{Kind: document.TableBlock, Table: tableAt(t)})
			if rapid.Bool().Draw(t, "note") {
				put(text("注：本表反映"+sentence(t), document.Note))
			}
			d.Blocks[from].NewPage = from > 0
			for k := from; k < len(d.Blocks); k++ {
				d.Blocks[k].Landscape = wide
			}
		}
	}
	// The reader knows page numbers by their sequence: one alone, after a
	// cover, it takes for text; and margins by the lines that fill them.
	last := text(strings.Repeat("经与年初预算核对，支出按规定用途使用。", 40), document.Body)
	last.NewPage = true
	put(last)
	put(text(sentence(t), document.Body))
	return d
}

func TestReadBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := documentAt(rt)
		data := write(rt, d)
		if err := sameBlocks(d, read(rt, data)); err != nil {
			if path := os.Getenv("JUESUAN_KEEP"); path != "" {
				os.WriteFile(path+"/fail.pdf", data, 0o644)
			}
			rt.Fatal(err)
		}
	})
}
