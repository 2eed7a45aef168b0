package docx

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"juesuan/internal/document"
	"juesuan/internal/format/formattest"
)

const (
	ns = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
		`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" ` +
		`xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"`
	head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	rels = head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`

	styles = head + `<w:styles ` + ns + `>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="我的标题"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Num"><w:name w:val="自动编号"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="x"/><w:basedOn w:val="Loop"/></w:style>
</w:styles>`

	numbers = head + `<w:numbering ` + ns + `>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl>
<w:lvl w:ilvl="4"><w:start w:val="3"/><w:numFmt w:val="chineseCounting"/><w:isLgl/><w:lvlText w:val="%1.%5"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="List"/></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="List"/><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>
<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>`
)

// file builds a docx of a body and further parts.
func file(t testing.TB, body string, more ...string) []byte {
	t.Helper()
	pairs := append([]string{"_rels/.rels", rels, "word/document.xml",
		head + `<w:document ` + ns + `><w:body>` + body + `</w:body></w:document>`, "word/styles.xml", styles, "word/numbering.xml", numbers}, more...)
	return formattest.Zip(t, pairs...)
}

func p(s string) string { return `<w:p><w:r><w:t xml:space="preserve">` + s + `</w:t></w:r></w:p>` }

func styled(id, s string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + id + `"/></w:pPr><w:r><w:t>` + s + `</w:t></w:r></w:p>`
}

func numbered(num, lvl int, s string) string {
	return fmt.Sprintf(`<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>`, lvl, num, s)
}

func tc(props, content string) string {
	return `<w:tc><w:tcPr>` + props + `</w:tcPr>` + content + `</w:tc>`
}

func tr(cells ...string) string { return `<w:tr>` + strings.Join(cells, "") + `</w:tr>` }

func tbl(rows ...string) string { return `<w:tbl>` + strings.Join(rows, "") + `</w:tbl>` }

func TestRead(t *testing.T) {
	field := func(code, result string) string {
		return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>` + code + `</w:instrText><w:t>code</w:t></w:r>` +
			`<w:r><w:fldChar w:fldCharType="separate"/></w:r>` + result + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	run := func(s string) string { return `<w:r><w:t xml:space="preserve">` + s + `</w:t></w:r>` }
	box := `<w:txbxContent>` + p("框内文字") + `</w:txbxContent>`
	tests := []struct{ name, body, want string }{
		{"paragraphs", p("甲") + p(" ") + p("乙"), "¶ 甲\n¶ 乙\n"},
		{"headings", styled("1", "第一部分") + styled("Own", "一、概况") + styled("T", "决算说明") + styled("Loop", "正文") +
			styled("1", "标题样式的整句话。不是标题。"), "#1 第一部分\n#1 一、概况\n#0 决算说明\n¶ 正文\n¶ 标题样式的整句话。不是标题。\n"},
		{"outline", `<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr>` + run("三级") + `</w:p>`, "#3 三级\n"},
		{"numbers", numbered(1, 0, "概况") + numbered(1, 1, "职责") + numbered(1, 1, "机构") + numbered(1, 2, "2023年支出") +
			numbered(1, 0, "收入") + numbered(1, 1, "总体") + numbered(1, 3, "点") + numbered(1, 4, "法定") + numbered(2, 0, "另起") + numbered(0, 0, "无号"),
			"¶ 一、概况\n¶ （一）职责\n¶ （二）机构\n¶ 1. 2023年支出\n¶ 二、收入\n¶ （一）总体\n¶ 点\n¶ 2.3 法定\n¶ 一、另起\n¶ 无号\n"},
		{"list style", numbered(3, 0, "甲") + numbered(3, 0, "乙") + numbered(9, 0, "无此编号"), "¶ IV)甲\n¶ V)乙\n¶ 无此编号\n"},
		{"numbers by style", styled("Num", "概况") + styled("Num", "收入") + styled("Num", ""), "¶ 一、概况\n¶ 二、收入\n"},
		{"runs and breaks", `<w:p>` + run("收入") + `<w:r><w:tab/><w:t>12</w:t><w:noBreakHyphen/></w:r>` + run("3") + `<w:r><w:br/></w:r>` + run("元，") +
			`<w:r><w:br/></w:r>` + run("二、支出") + `<w:r><w:br w:type="page"/></w:r></w:p>`, "¶ 收入\t12-3\n¶ 元，\n¶ 二、支出\n"},
		{"fields", `<w:p>` + run("第") + field(`PAGE `+`\* MERGEFORMAT`, run("3")) + run("页") +
			`<w:fldSimple w:instr="DATE">` + run("今天") + `</w:fldSimple></w:p>`, "¶ 第3页今天\n"},
		{"nested field", `<w:p>` + `<w:r><w:fldChar w:fldCharType="begin"/></w:r>` + field("X", run("no")) +
			`<w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run("yes") + `<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`, "¶ yes\n"},
		{"tracked changes", `<w:p>` + run("收入") + `<w:del><w:r><w:delText>1.00</w:delText></w:r></w:del><w:ins>` + run("2.00") + `</w:ins>` +
			`<w:moveFrom>` + run("旧") + `</w:moveFrom><w:moveTo>` + run("新") + `</w:moveTo></w:p>`, "¶ 收入2.00新\n"},
		{"deleted paragraph mark", `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>` + run("前半") + `</w:p>` + p("后半"), "¶ 前半后半\n"},
		{"text box once", `<w:p>` + run("正文") + `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>` + box +
			`</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>` + box +
			`</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`, "¶ 正文\n¶ 框内文字\n"},
		{"content control", `<w:sdt><w:sdtPr/><w:sdtContent>` + p("控件") + `</w:sdtContent></w:sdt><w:p><w:sdt><w:sdtContent>` + run("行内") + `</w:sdtContent></w:sdt></w:p>`,
			"¶ 控件\n¶ 行内\n"},
		{"hidden", `<w:p>` + run("见") + `<w:r><w:rPr><w:vanish/></w:rPr><w:t>不见</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>也见</w:t></w:r></w:p>`,
			"¶ 见也见\n! 文件：文件中有隐藏文字，已忽略\n"},
		{"symbols and math", `<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>` + run("是") + `<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>`, "¶ ☑是x=1\n"},
		{"hyperlink", `<w:p><w:hyperlink>` + run("链接") + `</w:hyperlink></w:p>`, "¶ 链接\n"},
		{"merged cells", tbl(
			tr(tc(`<w:vMerge w:val="restart"/>`, p("项目")), tc(`<w:gridSpan w:val="2"/>`, p("金额"))),
			tr(tc(`<w:vMerge/>`, p("")), tc("", p("上年")), tc("", p("本年"))),
			tr(tc("", p("　其中")+p("两行")), tc("", p("1.00")), tc("", p("2.00")))),
			"| 项目{2×1} | 金额{1×2} | ^ |\n| ^ | 上年 | 本年 |\n| >2 其中⏎两行 | 1.00 | 2.00 |\n--\n"},
		{"ragged", tbl(tr(tc("", p("甲")), tc("", p("乙"))), `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>`+tc("", p("丙"))+`</w:tr>`, tr(tc("", p("丁")))),
			"| 甲 | 乙 |\n|  | 丙 |\n| 丁 |  |\n--\n"},
		{"old horizontal merge", tbl(tr(tc(`<w:hMerge w:val="restart"/>`, p("甲")), tc(`<w:hMerge/>`, p(""))), tr(tc("", p("1")), tc("", p("2")))),
			"| 甲{1×2} | ^ |\n| 1 | 2 |\n--\n"},
		{"nested table", tbl(tr(tc("", p("外")+tbl(tr(tc("", p("内1")), tc("", p("内2"))))+p("")), tc("", p("右")))) + p("后"),
			"| 外 | 右 |\n--\n| 内1 | 内2 |\n--\n¶ 后\n"},
		{"frame", tbl(tr(tc("", p("框里的段落。")+tbl(tr(tc("", p("a")), tc("", p("b"))))))), "¶ 框里的段落。\n| a | b |\n--\n"},
		{"deleted row", tbl(tr(tc("", p("留")), tc("", p("1"))), `<w:tr><w:trPr><w:del/></w:trPr>`+tc("", p("删"))+`</w:tr>`), "| 留 | 1 |\n--\n"},
		{"indent", tbl(tr(tc("", `<w:p><w:pPr><w:ind w:left="420"/></w:pPr>`+run("行政运行")+`</w:p>`), tc("", p("1")))), "| >4 行政运行 | 1 |\n--\n"},
	}
	for _, tt := range tests {
		d, err := Read(context.Background(), "a.docx", file(t, tt.body), document.DefaultLimits())
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

func TestPlaces(t *testing.T) {
	d, err := Read(context.Background(), "a.docx", file(t, p("甲")+tbl(tr(tc("", p("1")), tc("", p("2"))))+p("乙")), document.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if c := d.Blocks[1].Table.Rows[0][1].Place; c.Para != 2 || c.Cell != "r1c2" {
		t.Errorf("cell at %+v", c)
	}
	if at := d.Blocks[2].Text.At(0, 1); at.Para != 3 {
		t.Errorf("last paragraph at %v", at)
	}
}

func TestNotesAndEmbedded(t *testing.T) {
	notes := head + `<w:footnotes ` + ns + `><w:footnote w:type="separator" w:id="0">` + p("线") + `</w:footnote><w:footnote w:id="2">` + p("数据含上年结转。") + `</w:footnote></w:footnotes>`
	data := file(t, `<w:p><w:r><w:t>收入</w:t><w:footnoteReference w:id="2"/></w:r></w:p>`+p("完"),
		"word/footnotes.xml", notes, "word/embeddings/Sheet1.xlsx", "x", "word/embeddings/oleObject1.bin", "x")
	d, err := Read(context.Background(), "a.docx", data, document.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	want := "¶ 收入\n¶ 完\n¶ 数据含上年结转。\n" +
		"! 文件：文件内嵌有 Excel 工作簿（Sheet1.xlsx），其中的表格未读取，请另存为单独的 .xlsx 文件一并检查\n" +
		"! 文件：文件内嵌有其他对象（oleObject1.bin），其中的内容未读取；如为表格，请另存为单独的 .xlsx 文件一并检查\n"
	if diff := cmp.Diff(want, formattest.Print(d)); diff != "" {
		t.Error(diff)
	}
}

// The strict form differs in its namespaces only.
func TestStrict(t *testing.T) {
	strict := strings.NewReplacer("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main",
		"http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")
	data := formattest.Zip(t, "_rels/.rels", strict.Replace(strings.Replace(rels, "word/document.xml", "/word/text.xml", 1)),
		"word/text.xml", strict.Replace(head+`<w:document `+ns+`><w:body>`+p("严格")+`</w:body></w:document>`))
	d, err := Read(context.Background(), "a.docx", data, document.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if got := formattest.Print(d); got != "¶ 严格\n" {
		t.Error(got)
	}
}

func TestOrdinal(t *testing.T) {
	tests := []struct {
		format string
		n      int
		want   string
	}{
		{"chineseCounting", 10, "十"}, {"chineseCountingThousand", 11, "十一"}, {"chineseCountingThousand", 20, "二十"},
		{"chineseCountingThousand", 105, "一百零五"}, {"chineseCountingThousand", 110, "一百一十"}, {"chineseCountingThousand", 2003, "二千零三"},
		{"chineseLegalSimplified", 12, "壹拾贰"}, {"ideographDigital", 10, "一〇"}, {"decimalEnclosedCircle", 3, "③"},
		{"decimalEnclosedCircle", 99, "99"}, {"decimalEnclosedParen", 2, "⑵"}, {"upperLetter", 28, "BB"}, {"lowerRoman", 14, "xiv"},
		{"ideographTraditional", 1, "甲"}, {"decimalZero", 7, "07"}, {"none", 1, ""}, {"unknown", -3, "-3"},
	}
	for _, tt := range tests {
		if got := ordinal(tt.format, tt.n); got != tt.want {
			t.Errorf("ordinal(%s, %d) = %q, want %q", tt.format, tt.n, got, tt.want)
		}
	}
}

func TestErrors(t *testing.T) {
	lim := document.DefaultLimits()
	few := lim
	few.Cells = 3
	deep := strings.Repeat(`<w:tbl><w:tr><w:tc>`, 200) + p("底") + strings.Repeat(`</w:tc></w:tr></w:tbl>`, 200)
	tests := []struct {
		name string
		data []byte
		lim  document.Limits
		want string
	}{
		{"no zip", []byte("abc"), lim, "a.docx：压缩包（或 Office 文件）已损坏，无法打开。请重新下载或重新保存后重试"},
		{"no part", formattest.Zip(t, "a", "b"), lim, "a.docx：不是有效的 Word 文件（缺少 word/document.xml）。请用 Word/WPS 打开后另存为 .docx 再试"},
		{"no text", file(t, p("")), lim, "a.docx：文件是空的，没有文字。请检查是否选错了文件；图片里的文字无法读取"},
		{"cut", formattest.Zip(t, "word/document.xml", head+`<w:document `+ns+`><w:body><w:p>`), lim,
			"a.docx：word/document.xml：Word 文件内容不完整或已损坏。请用 Word/WPS 打开后另存为 .docx 再试"},
		{"deep", file(t, deep), lim, "a.docx：word/document.xml：Word 文件内容不完整或已损坏。请用 Word/WPS 打开后另存为 .docx 再试"},
		{"cells", file(t, tbl(tr(tc("", p("1")), tc("", p("2"))), tr(tc("", p("3")), tc("", p("4"))))), few,
			"a.docx：word/document.xml：表格太大，单元格太多。请拆分文件后重试"},
		{"wide", file(t, tbl(tr(tc(`<w:gridSpan w:val="99999"/>`, p("1")), tc("", p("2"))))), few,
			"a.docx：word/document.xml：表格太大，单元格太多。请拆分文件后重试"},
	}
	for _, tt := range tests {
		_, err := Read(context.Background(), "a.docx", tt.data, tt.lim)
		var re *document.ReadError
		if !errors.As(err, &re) || err.Error() != tt.want {
			t.Errorf("%s: got %v\nwant %s", tt.name, err, tt.want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, "a.docx", file(t, strings.Repeat(p("甲"), 2000)), lim); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(p("甲") + numbered(1, 0, "乙") + tbl(tr(tc(`<w:gridSpan w:val="2"/><w:vMerge/>`, p("丙"))), tr(tc(`<w:hMerge/>`, p("丁"))))))
	f.Add([]byte(`<w:p><w:r><w:fldChar w:fldCharType="end"/><w:sym w:char="F0"/></w:r></w:p>`))
	lim := document.DefaultLimits()
	lim.Cells = 10_000
	f.Fuzz(func(t *testing.T, body []byte) {
		d, err := Read(context.Background(), "f", file(t, string(body)), lim)
		if err == nil {
			formattest.Check(t, d)
		}
	})
}
