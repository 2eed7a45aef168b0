package text

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"juesuan/internal/document"
	"juesuan/internal/format/formattest"
)

func TestRead(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"lines", "第一部分 概况\n一、职责\n本部门负责甲事。\n", "¶ 第一部分 概况\n¶ 一、职责\n¶ 本部门负责甲事。\n"},
		{"bom and cr", "\ufeff甲\r\n乙\r丙", "¶ 甲\n¶ 乙\n¶ 丙\n"},
		{"bullets", "- 一、收入\n- 5.00", "¶ 一、收入\n¶ - 5.00\n"},
		{"markdown heading", "## 二、支出\n正文。", "#2 二、支出\n¶ 正文。\n"},
		{"cut by a page", "全年采购支出5.00万元，其中：采购货\n\n物支出2.00万元、工程支出3.00万元。\n\n下一段。",
			"¶ 全年采购支出5.00万元，其中：采购货物支出2.00万元、工程支出3.00万元。\n¶ 下一段。\n"},
		{"cut after a comma", "预决算差异率-0.14%，\n\n主要原因是：没有接待。", "¶ 预决算差异率-0.14%，主要原因是：没有接待。\n"},
		{"title is no cut sentence", "某单位2023年度决算公开说明\n\n目录，说明和附表", "¶ 某单位2023年度决算公开说明\n¶ 目录，说明和附表\n"},
		{"item list", "支出10.00万元，其中：\n\n2010301行政运行4.00万元；\n\n2010350事业运行6.00万元。",
			"¶ 支出10.00万元，其中：\n¶ 2010301行政运行4.00万元；\n¶ 2010350事业运行6.00万元。\n"},
		{"page numbers", "甲单位支出1.00万元，增长\n— 12 —\n3.00%。\n第 3 页\n完。", "¶ 甲单位支出1.00万元，增长3.00%。\n¶ 完。\n"},
		{"tabs", "表\n项目\t金额\n基本支出\t1.00\t注\n\n项目支出\t2.00\n完。",
			"¶ 表\n| 项目 | 金额 |  |\n| 基本支出 | 1.00 | 注 |\n| 项目支出 | 2.00 |  |\n--\n¶ 完。\n"},
		{"leading empty cells", "甲\t乙\t丙\n\t　其中\t1\n", "| 甲 | 乙 | 丙 |\n|  | >2 其中 | 1 |\n--\n"},
		{"one cell to the right", "甲\t乙\t丙\n\t\t1\n丁\t2\n", "| 甲 | 乙 | 丙 |\n|  |  | 1 |\n| 丁 | 2 |  |\n--\n"},
		{"header again", "甲\t乙\n1\t2\n\n甲\t乙\n3\t4\n", "| 甲 | 乙 |\n| 1 | 2 |\n--\n| 甲 | 乙 |\n| 3 | 4 |\n--\n"},
		{"indented prose", "\t本年收入1.00万元。\n正文", "¶ 本年收入1.00万元。\n¶ 正文\n"},
		{"pipes", "| 项目 | 金额 |\n|---|---:|\n| 收入 | 1.00 |\n", "| 项目 | 金额 |\n| 收入 | 1.00 |\n--\n"},
	}
	for _, tt := range tests {
		d, err := Read(context.Background(), "a.txt", []byte(tt.in), document.DefaultLimits())
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		formattest.Check(t, d)
		if diff := cmp.Diff(tt.want, formattest.Print(d)); diff != "" {
			t.Errorf("%s: -want +got\n%s", tt.name, diff)
		}
	}
}

// Lines that a fixed page width broke are joined.
func TestWrapped(t *testing.T) {
	long := "本单位全年收入合计一千万元，与上年相比增加二百万元，增长百分之二十五，主要原因是新增了若干专项工作任务，相应经费增加，" +
		"其他各项收入与上年基本持平，没有发生大的变化，收支结构总体稳定，资金使用效益进一步提高。"
	var b strings.Builder
	for range 3 {
		rs := []rune(long)
		for len(rs) > 30 {
			b.WriteString(string(rs[:30]) + "\n")
			rs = rs[30:]
		}
		b.WriteString(string(rs) + "\n")
	}
	d, err := Read(context.Background(), "a.txt", []byte(b.String()), document.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Repeat("¶ "+long+"\n", 3); formattest.Print(d) != want {
		t.Errorf("got\n%s", formattest.Print(d))
	}
	if p := d.Blocks[1].Text.At(100, 101); p.Para != 6 {
		t.Errorf("byte 100 of the second paragraph is at %v, want line 6", p)
	}
}

func TestEncodings(t *testing.T) {
	const s = "收入１２.50万元，增长3.00%。\n支出“三公”经费，氹仔㐀。"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	le, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(s)
	be, _ := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(s)
	bare, _ := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(s)
	for name, in := range map[string]string{"utf-8": s, "utf-8 bom": "\ufeff" + s, "gb18030": gb, "utf-16le": le, "utf-16be": be, "utf-16 bare": bare} {
		d, err := Read(context.Background(), "a.txt", []byte(in), document.DefaultLimits())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := d.Blocks[0].Text.S + "\n" + d.Blocks[1].Text.S; got != s {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

func TestErrors(t *testing.T) {
	small := document.DefaultLimits()
	small.Bytes = 1 << 20
	few := document.DefaultLimits()
	few.Cells = 3
	tests := []struct {
		name, in string
		lim      document.Limits
		want     string
	}{
		{"empty", " \n\t\n", document.DefaultLimits(), "a.txt：文件是空的，没有文字。请检查是否选错了文件"},
		{"binary", "\x01\x02\x03\x04\x05\x06\x07\x08", document.DefaultLimits(), "a.txt：不是文本文件，或文字编码无法识别。请另存为 UTF-8 或 GB18030 编码的文本文件后重试"},
		{"big", strings.Repeat("甲", 1<<20), small, "a.txt：文件太大（3 MB），上限为 1 MB。请拆分文件，或去掉图片后重试"},
		{"cells", "a\tb\nc\td\n", few, "a.txt：第1行：表格太大，超过 3 个单元格。请拆分文件后重试"},
	}
	for _, tt := range tests {
		_, err := Read(context.Background(), "a.txt", []byte(tt.in), tt.lim)
		var re *document.ReadError
		if !errors.As(err, &re) || err.Error() != tt.want {
			t.Errorf("%s: got %v\nwant %s", tt.name, err, tt.want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, "a.txt", []byte("甲"), document.DefaultLimits()); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

// The seed of the corpus is a flattened PDF: cut sentences, cut tables.
func TestSeed(t *testing.T) {
	data, err := os.ReadFile("../../../../shared/corpus/seed-2020.txt")
	if err != nil {
		t.Skip("SKIPPED: corpus not found: ", err)
	}
	d, err := Read(context.Background(), "seed-2020.txt", data, document.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	formattest.Check(t, d)
	tables, whole := 0, false
	for _, b := range d.Blocks {
		if b.Table != nil {
			tables++
		}
		whole = whole || strings.Contains(b.Text.S, "政府采购货物支出0.00万元")
	}
	if tables != 6 || !whole {
		t.Errorf("%d tables, want 6; sentence cut by a page joined: %v", tables, whole)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("甲\t乙\n\n1\t2\n| a | b |\n|--|--|\n# 标题\n- 一、"))
	f.Add([]byte("\xff\xfe\x00\x4e"))
	f.Add([]byte("\xbc\xd7\xd2\xd2，\n\n\f12\n"))
	lim := document.DefaultLimits()
	lim.Cells = 10_000
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read(context.Background(), "f", data, lim)
		if err == nil {
			formattest.Check(t, d)
		}
	})
}

// Joining must not grow with the square of the file.
func TestEndlessSentence(t *testing.T) {
	d, err := Read(context.Background(), "a.txt", []byte(strings.Repeat("支出一万元，\n", 200_000)), document.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	formattest.Check(t, d)
	if len(d.Blocks) < 2 {
		t.Error("one paragraph of megabytes")
	}
}
