package html

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"juesuan/internal/document"
	"juesuan/internal/format/formattest"
)

func TestRead(t *testing.T) {
	long := strings.Repeat("本单位收入支出总体情况的说明，", 10) + "完。"
	tests := []struct{ name, in, want string }{
		{"paragraphs", "<h1>决算</h1><p>一、<b>收</b><span>入</span>\n<span>12</span>.<span>50</span>万元</p><div>甲<p>乙</p>丙</div>",
			"#1 决算\n¶ 一、收入 12.50万元\n¶ 甲\n¶ 乙\n¶ 丙\n"},
		{"breaks", "收入1.00万元。<br>支出1.00万元，<br>其中：<br/>\n基本支出<br>　　下一段", "¶ 收入1.00万元。\n¶ 支出1.00万元，⏎其中：\n¶ 基本支出\n¶ 下一段\n"},
		{"entities", "<p>&nbsp;&nbsp;收入&nbsp;1&lt;2&#19975;</p>", "¶ 收入 1<2万\n"},
		{"scripts", "<head><title>标题</title><style>p{}</style></head><body><script>x</script><p>正文</p><noscript>无</noscript><!-- 注 --></body>", "¶ 正文\n"},
		{"menu and imprint", `<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/a">公开</a></li></ul></div>` +
			"<div class='nav-content'><p>" + long + `</p><p><a href="a.xlsx">附件</a></p></div><div class="footer">版权所有</div><footer>备案号</footer>`,
			"¶ " + long + "\n¶ 附件\n"},
		{"link list", "<p>" + long + `</p><ul><li><a href="1">甲站</a></li><li><a href="2">乙站</a></li><li><a href="3">丙站</a></li><li><a href="4">丁站</a></li></ul>`,
			"¶ " + long + "\n"},
		{"a table under a header class", "<p>" + long + `</p><div class="header"><table><tr><td>收入</td><td>1.00</td></tr></table></div>`,
			"¶ " + long + "\n| 收入 | 1.00 |\n--\n"},
		{"content named footer", `<div class="footer"><p>` + long + `</p></div>`, "¶ " + long + "\n"},
		{"hidden", `<p>见</p><p style="display: none">不见</p>`, "¶ 见\n! 文件：网页中有不显示的文字，已忽略\n"},
		{"lists", "<ol><li>收入</li><li>支出</li></ol><ol start=3><li>其他</li></ol><ol><li>1、已有</li></ol><ul><li>点</li></ul>",
			"¶ 1. 收入\n¶ 2. 支出\n¶ 3. 其他\n¶ 1、已有\n¶ 点\n"},
		{"pre", "<pre>第一行。\n第二行</pre>", "¶ 第一行。\n¶ 第二行\n"},
		{"table", `<table><caption>收入决算表</caption><thead><tr><th rowspan=2>项目</th><th colspan=2>金额</th></tr><tr><th>上年</th><th>本年</th></tr></thead>` +
			`<tbody><tr><td>&nbsp;&nbsp;其中<br>：甲</td><td>1.00</td><td>2.00</td></tr><tr><td style="text-indent:2em">乙</td></tr></tbody></table>`,
			"¶ 收入决算表\n| 项目{2×1} | 金额{1×2} | ^ |\n| ^ | 上年 | 本年 |\n| >2 其中⏎：甲 | 1.00 | 2.00 |\n| >4 乙 |  |  |\n--\n"},
		{"wild spans", `<table><tr><td rowspan=99>甲</td><td colspan=999>乙</td></tr><tr><td rowspan=0>丙</td><td colspan=-1>丁</td></tr></table>`,
			"| 甲{2×1} | 乙{1×2} | ^ |\n| ^ | 丙 | 丁 |\n--\n"},
		{"overlap", `<table><tr><td>a</td><td rowspan=2>b</td></tr><tr><td colspan=2>c</td></tr><tr><td>d</td><td>e</td></tr></table>`,
			"| a | b{2×1} |\n| c | ^ |\n| d | e |\n--\n"},
		{"layout", `<table><tr><td>` + long + `</td></tr><tr><td><table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table></td></tr></table>`,
			"¶ " + long + "\n| a | 1 |\n| b | 2 |\n--\n"},
		{"layout of columns", `<table><tr><td>左</td><td><p>` + long + `</p><table><tr><td>a</td><td>1</td></tr></table></td></tr></table>`,
			"¶ 左\n¶ " + long + "\n| a | 1 |\n--\n"},
		{"nested in data", `<table><tr><td>1</td><td>2</td><td>3</td><td>4</td></tr><tr><td>5</td><td>6</td><td>7</td><td>8<table><tr><td>x</td><td>y</td></tr></table></td></tr></table>`,
			"| 1 | 2 | 3 | 4 |\n| 5 | 6 | 7 | 8 |\n--\n| x | y |\n--\n"},
		{"hidden row", `<table><tr><td>a</td><td>1</td></tr><tr style="display:none"><td>b</td><td>2</td></tr></table>`, "| a | 1 |\n| (b) | (2) |\n--\n"},
	}
	for _, tt := range tests {
		d, err := Read(context.Background(), "a.html", []byte("<html><body>"+tt.in+"</body></html>"), document.DefaultLimits())
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

func TestEncodings(t *testing.T) {
	for _, meta := range []string{`<meta charset="gb2312">`, `<meta http-equiv="Content-Type" content="text/html; charset=GBK">`, ""} {
		gb, err := simplifiedchinese.GB18030.NewEncoder().String("<html><head>" + meta + "</head><p>决算收入㐀１元</p></html>")
		if err != nil {
			t.Fatal(err)
		}
		d, err := Read(context.Background(), "a.html", []byte(gb), document.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Blocks[0].Text.S; got != "决算收入㐀１元" {
			t.Errorf("%s: %q", meta, got)
		}
	}
	// Saved by a browser: the bytes are UTF-8, the page still says GB2312.
	d, err := Read(context.Background(), "a.html", []byte(`<meta charset="gb2312"><p>决算</p>`), document.DefaultLimits())
	if err != nil || d.Blocks[0].Text.S != "决算" {
		t.Errorf("%v %v", d, err)
	}
	d, err = Read(context.Background(), "a.html", []byte("<meta charset=\"big5\"><p>\xa6\xac\xa4J</p>"), document.DefaultLimits())
	if err != nil || d.Blocks[0].Text.S != "收入" {
		t.Errorf("%v %v", d, err)
	}
}

func TestErrors(t *testing.T) {
	lim := document.DefaultLimits()
	few := lim
	few.Cells = 100
	tests := []struct {
		name, in string
		lim      document.Limits
		want     string
	}{
		{"empty", "<html><script>load()</script></html>", lim, "a.html：网页里没有文字。网页内容可能由脚本载入，请用浏览器打开后复制到 Word 文件再试"},
		{"deep", strings.Repeat("<div>", 3000) + "x", lim, "a.html：网页内容异常（元素嵌套太深），无法读取。请用浏览器打开后复制到 Word 文件再试"},
		{"spans", strings.Repeat("<table><tr><td colspan=900 rowspan=900>a</td><td>b</td></tr>"+strings.Repeat("<tr><td>c</td><td>d</td></tr>", 30)+"</table>", 1), few,
			"a.html：表格太大，单元格太多。请拆分文件后重试"},
		{"binary", "\x01\x02\x03\x04\x05\xff\xfe", lim, "a.html：网页的文字编码无法识别。请用浏览器打开后另存为 UTF-8 编码的网页再试"},
	}
	for _, tt := range tests {
		_, err := Read(context.Background(), "a.html", []byte(tt.in), tt.lim)
		var re *document.ReadError
		if !errors.As(err, &re) || err.Error() != tt.want {
			t.Errorf("%s: got %v\nwant %s", tt.name, err, tt.want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, "a.html", []byte("<p>甲</p>"), lim); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

func TestChongqing(t *testing.T) {
	data, err := os.ReadFile("../../../../shared/corpus/chongqing-xcb-budget-2026.html")
	if err != nil {
		t.Skip("SKIPPED: corpus not found: ", err)
	}
	d, err := Read(context.Background(), "cq.html", data, document.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	formattest.Check(t, d)
	all := formattest.Print(d)
	for _, want := range []string{"#1 中共重庆市委宣传部2026年部门预算情况说明", "37,891.58万元", "¶ 六、专业性名词解释"} {
		if !strings.Contains(all, want) {
			t.Errorf("lost: %s", want)
		}
	}
	for _, not := range []string{"ICP", "首都文明网", "searchOnBaidu", "区县交流"} {
		if strings.Contains(all, not) {
			t.Errorf("kept: %s", not)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("<table><tr><td rowspan=3 colspan=2>甲<table><tr><td>乙</table><tr><td>丙<p>丁<br>戊</table>"))
	f.Add([]byte("<ol><li>甲<ul><li>乙</ol><pre>丙\n\n丁</pre><h3>戊<div style='display:none'>己"))
	lim := document.DefaultLimits()
	lim.Cells = 10_000
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read(context.Background(), "f", data, lim)
		if err == nil {
			formattest.Check(t, d)
		}
	})
}

// Numbering and joining must not grow with the square of the page.
func TestEndlessList(t *testing.T) {
	in := "<ol>" + strings.Repeat("<li>甲", 50_000) + "</ol><p>" + strings.Repeat("乙，<br>", 50_000)
	d, err := Read(context.Background(), "a.html", []byte(in), document.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if got := d.Blocks[49_999].Text.S; got != "50000. 甲" {
		t.Errorf("last item %q", got)
	}
}
