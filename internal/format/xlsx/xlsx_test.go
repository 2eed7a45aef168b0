package xlsx

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"juesuan/internal/document"
	"juesuan/internal/format/formattest"
)

// book builds a workbook with the help of fill.
func book(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// rows sets cells from A1 on; nil leaves a cell out.
func rows(t testing.TB, f *excelize.File, sheet string, lines ...[]any) {
	t.Helper()
	for i, l := range lines {
		for j, v := range l {
			if v == nil {
				continue
			}
			at, _ := excelize.CoordinatesToCellName(j+1, i+1)
			if err := f.SetCellValue(sheet, at, v); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func frame(t testing.TB, f *excelize.File, from, to string) {
	t.Helper()
	border := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Style: 1, Color: "000000"})
	}
	id, err := f.NewStyle(&excelize.Style{Border: border})
	must(t, err)
	must(t, f.SetCellStyle("Sheet1", from, to, id))
}

func TestRead(t *testing.T) {
	tests := []struct {
		name string
		fill func(f *excelize.File)
		want string
	}{
		{"table with title and note", func(f *excelize.File) {
			rows(t, f, "Sheet1",
				[]any{"收入决算表"},
				[]any{nil, nil, "公开02表"},
				[]any{"部门：某局", nil, "金额单位：万元"},
				[]any{"项目", nil, "金额"},
				[]any{"编码", "名称", nil},
				[]any{"201", "一般公共服务支出", 12.5},
				[]any{"合计", nil, 12.5},
				[]any{"注：本表反映收入情况。"})
			must(t, f.MergeCell("Sheet1", "A1", "C1"))
			must(t, f.MergeCell("Sheet1", "A4", "B4"))
			must(t, f.MergeCell("Sheet1", "C4", "C5"))
		}, "¶ 收入决算表\n¶ 公开02表\n¶ 部门：某局\n¶ 金额单位：万元\n" +
			"| 项目{1×2} | ^ | 金额{2×1} |\n| 编码 | 名称 | ^ |\n| 201 | 一般公共服务支出 | 12.5[12.5] |\n| 合计 |  | 12.5[12.5] |\n--\n¶ 注：本表反映收入情况。\n"},
		{"formats", func(f *excelize.File) {
			rows(t, f, "Sheet1", []any{"甲", 41542752.479999997, 1234.5, 0.9167, 44196.0, 0}, []any{"乙", "346.81", 1e-7, 1e15, 3, true})
			for at, s := range map[string]excelize.Style{
				"B1": {NumFmt: 4}, "C1": {CustomNumFmt: ptr(`#,##0.00_ ;[Red]\-#,##0.00\ `)}, "D1": {NumFmt: 10}, "E1": {NumFmt: 14},
			} {
				id, err := f.NewStyle(&s)
				must(t, err)
				must(t, f.SetCellStyle("Sheet1", at, at, id))
			}
		}, "| 甲 | 41,542,752.48[41542752.48] | 1,234.50[1234.5] | 91.67%[0.9167] | 2020/12/31 | 0[0] |\n" +
			"| 乙 | 346.81 | 0.0000001[0.0000001] | 1000000000000000[1000000000000000] | 3[3] | TRUE |\n--\n"},
		{"two tables", func(f *excelize.File) {
			rows(t, f, "Sheet1", []any{"甲", "乙"}, []any{"a", 1}, []any{}, []any{"丙", "丁"}, []any{"b", 2}, []any{}, []any{"资产情况表"}, []any{"戊", "己"}, []any{"c", 3})
		}, "| 甲 | 乙 |\n| a | 1[1] |\n--\n| 丙 | 丁 |\n| b | 2[2] |\n--\n¶ 资产情况表\n| 戊 | 己 |\n| c | 3[3] |\n--\n"},
		{"framed blanks stay", func(f *excelize.File) {
			rows(t, f, "Sheet1", []any{"项目", "金额"}, []any{"a", 1}, []any{}, []any{"二、小计"}, []any{}, []any{"c", "无"}, []any{})
			frame(t, f, "A1", "B7")
		}, "| 项目 | 金额 |\n| a | 1[1] |\n|  |  |\n| 二、小计 |  |\n|  |  |\n| c | 无 |\n--\n"},
		{"note below the frame", func(f *excelize.File) {
			rows(t, f, "Sheet1", []any{"项目", "金额"}, []any{"a", 1}, []any{"以上数据未经审计"})
			frame(t, f, "A1", "B2")
		}, "| 项目 | 金额 |\n| a | 1[1] |\n--\n¶ 以上数据未经审计\n"},
		{"hidden", func(f *excelize.File) {
			rows(t, f, "Sheet1", []any{"内部编号"}, []any{"甲", "乙", "丙"}, []any{"a", 1, 2}, []any{"b", 3, 4})
			must(t, f.SetRowVisible("Sheet1", 1, false))
			must(t, f.SetRowVisible("Sheet1", 3, false))
			must(t, f.SetColVisible("Sheet1", "B", false))
		}, "| 甲 | (乙) | 丙 |\n| (a) | (1[1]) | (2[2]) |\n| b | (3[3]) | 4[4] |\n--\n! 工作表“Sheet1”A1：隐藏的行中有文字，已忽略\n"},
		{"years and an empty corner", func(f *excelize.File) {
			rows(t, f, "Sheet1", []any{"资产表"}, []any{nil, "2022年", "2023年"}, []any{"a", 1, 2}, []any{}, []any{nil, "金额"}, []any{"b", 3})
			frame(t, f, "A5", "B6")
		}, "¶ 资产表\n|  | 2022年 | 2023年 |\n| a | 1[1] | 2[2] |\n--\n|  | 金额 |\n| b | 3[3] |\n--\n"},
		{"indent", func(f *excelize.File) {
			rows(t, f, "Sheet1", []any{"合计", 1}, []any{"　其中：甲", 1}, []any{"  乙", 0}, []any{"丙", 0})
			id, err := f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Horizontal: "left", Indent: 2}})
			must(t, err)
			must(t, f.SetCellStyle("Sheet1", "A4", "A4", id))
		}, "| 合计 | 1[1] |\n| >2 其中：甲 | 1[1] |\n| >2 乙 | 0[0] |\n| >4 丙 | 0[0] |\n--\n"},
		{"narrative", func(f *excelize.File) {
			rows(t, f, "Sheet1", []any{"一、概况"}, []any{"收入1.00万元。\n支出1.00万元。"})
		}, "¶ 一、概况\n¶ 收入1.00万元。\n¶ 支出1.00万元。\n"},
	}
	for _, tt := range tests {
		d, err := Read(context.Background(), "a.xlsx", book(t, tt.fill), document.DefaultLimits())
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

func ptr(s string) *string { return &s }

func TestFormulasAndErrors(t *testing.T) {
	const sheet = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` +
		`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>` +
		`<row r="2"><c r="A2"><f>SUM(A1:B1)</f><v>3</v></c><c r="B2"><f>A1*2</f></c></row>` +
		`<row r="3"><c r="A3" t="e"><f>A1/0</f><v>#DIV/0!</v></c><c r="B3" t="inlineStr"><is><t>文字</t></is></c></row>` +
		`<row r="4"><c r="A4"><f t="shared" ref="A4:B4" si="0">A1+1</f><v>2</v></c><c r="B4"><f t="shared" si="0"/><v>3</v></c></row>` +
		`</sheetData></worksheet>`
	d, err := Read(context.Background(), "a.xlsx", parts(t, sheet), document.DefaultLimits())
	must(t, err)
	want := "| 1[1] | 2[2] |\n| 3[3][=SUM(A1:B1)] | [=A1*2] |\n| #DIV/0![=A1/0] | 文字 |\n| 2[2][=A1+1] | 3[3][=A1+1] |\n--\n" +
		"! 工作表“表一”B2：公式没有保存计算结果（B2 等），请用 Excel/WPS 打开并保存一次\n" +
		"! 工作表“表一”A3：单元格是错误值 #DIV/0!\n"
	if diff := cmp.Diff(want, formattest.Print(d)); diff != "" {
		t.Error(diff)
	}
	if p := d.Blocks[0].Table.Rows[1][0].Place; p.Sheet != "表一" || p.Cell != "A2" {
		t.Errorf("cell at %+v", p)
	}
	if diff := cmp.Diff([]document.Sheet{{Name: "表一"}, {Name: "表二", Hidden: true}}, d.Files[0].Sheets); diff != "" {
		t.Error(diff)
	}
}

// parts builds a workbook of one visible sheet and a hidden empty one.
func parts(t testing.TB, sheet string) []byte {
	t.Helper()
	const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	return formattest.Zip(t,
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
		"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="`+rel+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="`+rel+`"><sheets>`+
			`<sheet name="表一" sheetId="1" r:id="r1"/><sheet name="表二" sheetId="2" state="hidden" r:id="r2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+
			`<Relationship Id="r1" Type="`+rel+`/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="`+rel+`/worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", sheet,
		"xl/worksheets/sheet2.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>`)
}

func TestPlainNumber(t *testing.T) {
	for in, want := range map[string]string{
		"41542752.479999997": "41542752.48", "0.1": "0.1", "1234567890123456789": "1234567890123460000", "-0.5": "-0.5",
		"1.5E-3": "0.0015", "2E3": "2000", "0": "0", "-0": "0", "1e300": "", "NaN": "", "x": "", "346.81": "346.81", "100": "100",
		"0.30000000000000004": "0.3",
	} {
		if got := plainNumber(in); got != want {
			t.Errorf("plainNumber(%s) = %q, want %q", in, got, want)
		}
	}
}

func TestDateFormat(t *testing.T) {
	for code, want := range map[string]bool{
		"yyyy-mm-dd": true, `yyyy"年"m"月"`: true, "#,##0.00": false, `0.00"days"`: false, "General": false, `_(* #,##0.00_)`: false,
		`[Red]0.00`: false, "h:mm": true, `[DBNum1]General`: false, `0\d`: false,
	} {
		if got := dateFormat(164, code); got != want {
			t.Errorf("dateFormat(%s) = %v", code, got)
		}
	}
}

func TestErrors(t *testing.T) {
	lim := document.DefaultLimits()
	few := lim
	few.Cells = 3
	const open = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c>`
	tests := []struct {
		name string
		data []byte
		lim  document.Limits
		want string
	}{
		{"no zip", []byte("abcdefgh"), lim, "a.xlsx：压缩包（或 Office 文件）已损坏，无法打开。请重新下载或重新保存后重试"},
		{"no workbook", formattest.Zip(t, "a", "b"), lim, "a.xlsx：不是有效的 Excel 工作簿，或文件已损坏。请用 Excel/WPS 打开后另存为 .xlsx 再试"},
		{"empty", book(t, func(*excelize.File) {}), lim, "a.xlsx：工作簿是空的，没有内容。请检查是否选错了文件"},
		{"cut", parts(t, open), lim, "a.xlsx：工作表“表一”：工作表内容不完整或已损坏。请用 Excel/WPS 打开后另存为 .xlsx 再试"},
		{"cells", book(t, func(f *excelize.File) { rows(t, f, "Sheet1", []any{1, 2}, []any{3, 4}) }), few,
			"a.xlsx：工作表“Sheet1”：单元格太多。请用 Excel/WPS 打开后另存为 .xlsx 再试"},
	}
	for _, tt := range tests {
		_, err := Read(context.Background(), "a.xlsx", tt.data, tt.lim)
		var re *document.ReadError
		if !errors.As(err, &re) || err.Error() != tt.want {
			t.Errorf("%s: got %v\nwant %s", tt.name, err, tt.want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, "a.xlsx", book(t, func(f *excelize.File) { rows(t, f, "Sheet1", []any{1}) }), lim); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

// Sheet names are cut at 31 characters and say what the table is.
func TestTaiyuan(t *testing.T) {
	data, err := os.ReadFile("../../../../shared/corpus/taiyuan-fgw-2016.xlsx")
	if err != nil {
		t.Skip("SKIPPED: corpus not found: ", err)
	}
	d, err := Read(context.Background(), "taiyuan.xlsx", data, document.DefaultLimits())
	must(t, err)
	formattest.Check(t, d)
	if n := len(d.Files[0].Sheets); n != 9 {
		t.Fatalf("%d sheets, want 9", n)
	}
	seen := map[string]int{}
	for _, b := range d.Blocks {
		if b.Table != nil {
			seen[b.Place.Sheet]++
		} else if strings.Contains(b.Text.S, "\n") {
			t.Errorf("paragraph over lines: %q", b.Text.S)
		}
	}
	for _, s := range d.Files[0].Sheets {
		if seen[s.Name] != 1 {
			t.Errorf("sheet %s: %d tables, want 1", s.Name, seen[s.Name])
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`<worksheet><cols><col min="1" max="2" hidden="1"/></cols><sheetData><row r="1"><c r="A1" s="1"><v>1</v></c><c r="C1" t="inlineStr"><is><t>甲</t></is></c></row></sheetData><mergeCells><mergeCell ref="A1:B9"/></mergeCells></worksheet>`))
	f.Add([]byte(`<worksheet><sheetData><row r="2"><c r="B2"><f>A1</f></c></row><row r="1048576"><c r="XFD1048576"><v>9</v></c></row></sheetData></worksheet>`))
	lim := document.DefaultLimits()
	lim.Cells = 10_000
	f.Fuzz(func(t *testing.T, sheet []byte) {
		d, err := Read(context.Background(), "f", parts(t, string(sheet)), lim)
		if err == nil {
			formattest.Check(t, d)
		}
	})
}
