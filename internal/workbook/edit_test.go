package workbook

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"juesuan/internal/accounts"
	"juesuan/internal/document"
	"juesuan/internal/figure"
)

func open(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

const (
	sheet02 = "表02 收入决算表"
	sheet07 = "表07 财政拨款“三公”经费支出决算表"
	sheetOf = "单位情况"
)

// edited is a template after a clerk's edits.
func edited(t testing.TB, template []byte, edit func(f *excelize.File)) []byte {
	t.Helper()
	f := open(t, template)
	defer f.Close()
	edit(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestEntries: what clerks type, in the ways they type it.
func TestEntries(t *testing.T) {
	tax := load(t)
	template, err := Template(tax, Options{Unit: "青禾县河湖管理局", Year: 2024})
	if err != nil {
		t.Fatal(err)
	}
	cell := func(table, row, col string) accounts.Cell { return accounts.Cell{Table: table, Row: row, Col: col} }
	for _, x := range []struct {
		name  string
		edit  func(f *excelize.File)
		cells map[accounts.Cell]accounts.Fen
		value map[accounts.Key]accounts.Quantity
	}{
		{name: "nothing", edit: func(*excelize.File) {}},
		{name: "numbers, text, separators, widths", edit: func(f *excelize.File) {
			f.SetCellValue(sheet02, "A6", "2080505")
			f.SetCellValue(sheet02, "E6", 1234.5)
			f.SetCellStr(sheet02, "F6", "1,234,567.89")
			f.SetCellStr(sheet02, "G6", " １２３．４０ ")
			f.SetCellStr(sheet02, "I6", "-0.01")
			f.SetCellValue(sheet02, "J6", 0)
			f.SetCellStr(sheet02, "K6", "  ")
		}, cells: map[accounts.Cell]accounts.Fen{
			cell("02", "2080505", "财政拨款收入"): 123450, cell("02", "2080505", "上级补助收入"): 123456789, cell("02", "2080505", "事业收入"): 12340,
			cell("02", "2080505", "经营收入"): -1, cell("02", "2080505", "附属单位上缴收入"): 0,
		}},
		{name: "the rest of a double", edit: func(f *excelize.File) {
			f.SetCellValue(sheet02, "A6", 2080505) // a pasted number
			f.SetCellValue(sheet02, "E6", 0.1+0.2)
			f.SetCellValue(sheet02, "F6", 4503599627370.49)
		}, cells: map[accounts.Cell]accounts.Fen{cell("02", "2080505", "财政拨款收入"): 30, cell("02", "2080505", "上级补助收入"): 450359962737049}},
		{name: "万元", edit: func(f *excelize.File) {
			f.SetCellStr(sheetOf, "B10", "万元")
			f.SetCellValue(sheet02, "A6", "2080505")
			f.SetCellValue(sheet02, "E6", 1.234567)
			f.SetCellValue(sheet07, "D6", 2)
			f.SetCellStr(sheet07, "D10", "3.5元")
		}, cells: map[accounts.Cell]accounts.Fen{cell("02", "2080505", "财政拨款收入"): 1234567}, value: map[accounts.Key]accounts.Quantity{
			{Concept: "因公出国（境）费", Period: "上年"}: {Coef: 2000000, Decimals: 2, Unit: figure.Yuan},
			{Concept: "公务接待费", Period: "上年"}:    {Coef: 35, Decimals: 1, Unit: figure.Yuan},
		}},
		{name: "a formula of the clerk", edit: func(f *excelize.File) {
			f.SetCellValue(sheet02, "A6", "2080505")
			f.SetCellValue(sheet02, "E6", 300)
			f.SetCellFormula(sheet02, "E6", "100+200")
		}, cells: map[accounts.Cell]accounts.Fen{cell("02", "2080505", "财政拨款收入"): 30000}},
		{name: "a total typed over its formula", edit: func(f *excelize.File) {
			f.SetCellValue(sheet02, "E5", 99)
		}, cells: map[accounts.Cell]accounts.Fen{cell("02", "合计", "财政拨款收入"): 9900}},
		{name: "counts", edit: func(f *excelize.File) {
			f.SetCellValue(sheet07, "C17", 4)
			f.SetCellStr(sheet07, "C18", "12 批次")
		}, value: map[accounts.Key]accounts.Quantity{
			{Concept: "公务用车保有量", Period: "本年"}:  {Coef: 4, Unit: figure.Vehicle},
			{Concept: "国内公务接待批次", Period: "本年"}: {Coef: 12, Unit: figure.Batch},
		}},
		{name: "further rows", edit: func(f *excelize.File) {
			f.SetCellStr(sheet02, "A400", "2130305")
			f.SetCellValue(sheet02, "E400", 1)
			f.SetCellStr("上年数", "A200", "公务接待费支出") // another name
			f.SetCellValue("上年数", "E200", 7)
		}, cells: map[accounts.Cell]accounts.Fen{cell("02", "2130305", "财政拨款收入"): 100},
			value: map[accounts.Key]accounts.Quantity{{Concept: "公务接待费", Period: "上年"}: {Coef: 700, Decimals: 2, Unit: figure.Yuan}}},
	} {
		a, problems := read(t, edited(t, template, x.edit), tax)
		for _, p := range problems {
			t.Errorf("%s: %s", x.name, p)
		}
		if len(a.Cells) != len(x.cells) || len(a.Values) != len(x.value) {
			t.Errorf("%s: read %v %v", x.name, a.Cells, a.Values)
		}
		for c, f := range x.cells {
			if g, ok := a.Cells[c]; !ok || g != f {
				t.Errorf("%s: %v is %d, want %d", x.name, c, g, f)
			}
		}
		for k, q := range x.value {
			if g := a.Values[k]; g != q {
				t.Errorf("%s: %v is %v, want %v", x.name, k, g, q)
			}
		}
	}
}

// TestProblems: what cannot be read is named with its worksheet and cell, all
// at once.
func TestProblems(t *testing.T) {
	tax := load(t)
	template, err := Template(tax, Options{Unit: "青禾县河湖管理局", Year: 2024})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		name string
		edit func(f *excelize.File)
		want []string
	}{
		{"less than a 分", func(f *excelize.File) {
			f.SetCellStr(sheet02, "A6", "2080505")
			f.SetCellValue(sheet02, "E6", 12.345)
			f.SetCellValue(sheet02, "F6", "一百")
		}, []string{"工作表“表02 收入决算表”E6：“12.345”元不足一分", "工作表“表02 收入决算表”F6：“一百”不是数字"}},
		{"amounts without 科目", func(f *excelize.File) { f.SetCellValue(sheet02, "E6", 1) }, []string{"表02 收入决算表”A6：有金额，但没有填科目编码"}},
		{"a wrong code", func(f *excelize.File) {
			f.SetCellStr(sheet02, "A6", "20805051")
			f.SetCellValue(sheet02, "E6", 1)
		}, []string{"A6：科目编码“20805051”不对。科目编码应是3、5或7位数字"}},
		{"a code twice", func(f *excelize.File) {
			for _, r := range []string{"6", "9"} {
				f.SetCellStr(sheet02, "A"+r, "2080505")
				f.SetCellStr(sheet02, "E"+r, r)
			}
		}, []string{"E9：表02“2080505”的“财政拨款收入”与工作表“表02 收入决算表”E6填的不一致"}},
		{"a sheet renamed", func(f *excelize.File) { f.SetSheetName(sheet07, "三公") }, []string{"缺少工作表“" + sheet07 + "”"}},
		{"a head changed", func(f *excelize.File) { f.SetCellStr(sheet02, "E4", "财政拨款") }, []string{"A4：表头中没有“财政拨款收入”这一列"}},
		{"no head", func(f *excelize.File) { f.SetCellStr(sheet02, "A4", "编码") }, []string{"表02 收入决算表”：找不到表头（第一列应是“科目编码”）"}},
		{"not one of the answers", func(f *excelize.File) { f.SetCellStr(sheetOf, "B7", "企业") }, []string{"单位情况”B7：单位类型“企业”不能用。应为行政单位、参公事业单位、事业单位"}},
		{"no year", func(f *excelize.File) { f.SetCellStr(sheetOf, "B8", "去年") }, []string{"B8：决算年度“去年”不是年份"}},
		{"half a car", func(f *excelize.File) { f.SetCellValue(sheet07, "C17", 1.5) }, []string{"C17：“1.5”应是整数"}},
		{"an unknown concept", func(f *excelize.File) {
			f.SetCellStr("上年数", "A40", "天气")
			f.SetCellValue("上年数", "E40", 1)
			f.SetCellValue("上年数", "E41", 1)
		}, []string{"上年数”A40：不认识项目“天气”", "上年数”E41：有数，但没有写是什么项目"}},
		{"a line renamed", func(f *excelize.File) {
			f.SetCellStr(sheet07, "A10", "接待")
			f.SetCellValue(sheet07, "C10", 1)
		}, []string{"C10：这一行“接待”不认识，没有读取"}},
		{"an error value", func(f *excelize.File) {
			f.SetCellStr(sheet02, "A6", "2080505")
			f.SetCellFormula(sheet02, "E6", "1/0")
		}, []string{"E6：公式没有保存计算结果。请用 Excel 或 WPS 打开并保存一次"}},
		{"reasons", func(f *excelize.File) {
			f.SetCellStr("变动原因", "A30", "公务接待费")
			f.SetCellStr("变动原因", "D30", "前年")
			f.SetCellStr("变动原因", "E30", "甲")
			f.SetCellStr("变动原因", "E31", "乙")
		}, []string{"D30：期间“前年”不认识", "E31：有原因，但没有写是什么项目"}},
		{"the last sheet", func(f *excelize.File) {
			f.SetCellStr("补充数据", "A5", "表")
			f.SetCellStr("补充数据", "B5", "12")
			f.SetCellValue("补充数据", "E5", 1)
			f.SetCellValue("补充数据", "E6", 1)
		}, []string{"B5：没有表“12”", "A6：类别“”不认识"}},
	} {
		_, problems := read(t, edited(t, template, x.edit), tax)
		if len(problems) != len(x.want) {
			t.Errorf("%s: %d problems %v, want %d", x.name, len(problems), problems, len(x.want))
			continue
		}
		for i, w := range x.want {
			if !strings.Contains(problems[i].String(), w) {
				t.Errorf("%s: %s\nwant %s", x.name, problems[i], w)
			}
		}
	}
	_, _, err = Read(context.Background(), "甲.xlsx", edited(t, template, func(f *excelize.File) { f.SetSheetName(sheetOf, "甲") }), tax)
	var re *document.ReadError
	if !errors.As(err, &re) || !strings.Contains(err.Error(), "不是填报模板") {
		t.Errorf("another workbook: %v", err)
	}
	if _, _, err := Read(context.Background(), "甲.xlsx", []byte("PK\x03\x04"), tax); !errors.As(err, &re) {
		t.Errorf("no workbook: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	tax := load(f)
	data, err := Template(small(tax), Options{Year: 2024})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		a, _, err := Read(context.Background(), "x.xlsx", data, tax)
		if (a == nil) == (err == nil) {
			t.Fatal("accounts or an error, not both")
		}
	})
}
