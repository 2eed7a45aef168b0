package format

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"juesuan/internal/document"
	"juesuan/internal/format/formattest"
)

const docxBody = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` +
	`<w:p><w:r><w:t>2023年度本年收入1.00万元，本年支出1.00万元，收支平衡，没有结余。</w:t></w:r></w:p></w:body></w:document>`

func wordFile(t testing.TB) []byte { return formattest.Zip(t, "word/document.xml", docxBody) }

func excelFile(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for at, v := range map[string]any{"A1": "收入决算表", "A2": "项目", "B2": "金额", "A3": "财政拨款", "B3": 1} {
		if err := f.SetCellValue("Sheet1", at, v); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// ole is the start of a compound file with a stream of the given name.
func ole(stream string) []byte {
	b := []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for _, c := range stream {
		b = append(b, byte(c), 0)
	}
	return b
}

func TestSniff(t *testing.T) {
	gb, _ := simplifiedchinese.GB18030.NewEncoder().String("部门决算公开说明")
	tests := []struct {
		name string
		data []byte
		want kind
	}{
		{"empty", nil, kindEmpty}, {"blank", []byte("\xef\xbb\xbf \r\n"), kindEmpty},
		{"pdf", []byte("%PDF-1.7\n"), kindPDF}, {"pdf with a line before", []byte("\r\n%PDF-1.4 x %%EOF"), kindPDF},
		{"docx", wordFile(t), kindDocx}, {"xlsx", excelFile(t), kindXlsx}, {"zip", formattest.Zip(t, "a.txt", "甲"), kindZip},
		{"xlsb", formattest.Zip(t, "xl/workbook.bin", ""), kindXlsb}, {"pptx", formattest.Zip(t, "ppt/presentation.xml", ""), kindPptx},
		{"ofd", formattest.Zip(t, "OFD.xml", ""), kindOFD}, {"odt", formattest.Zip(t, "mimetype", "", "content.xml", ""), kindODF},
		{"odd docx", formattest.Zip(t, "[Content_Types].xml", "", "word/doc2.xml", ""), kindDocx},
		{"html", []byte("\n<!-- saved --><!DOCTYPE HTML><html>"), kindHTML}, {"html piece", []byte("<div><p>甲</p></div>"), kindHTML},
		{"html after text", []byte("var x;\n<html><body>"), kindHTML}, {"xhtml", []byte(`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">`), kindHTML},
		{"text", []byte("部门决算"), kindText}, {"gb text", []byte(gb), kindText}, {"text with less-than", []byte("<2 次"), kindText},
		{"word xml", []byte(`<?xml version="1.0"?><?mso-application progid="Word.Document"?>`), kindWordXML},
		{"excel xml", []byte(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`), kindExcelXML},
		{"mht", []byte("MIME-Version: 1.0\nContent-Type: multipart/related"), kindMHTML}, {"rtf", []byte(`{\rtf1\ansi`), kindRTF},
		{"doc", ole("WordDocument"), kindDoc}, {"xls", ole("Workbook"), kindXls}, {"ole", ole("x"), kindOLE}, {"encrypted", ole("EncryptedPackage"), kindEncrypted},
		{"png", []byte("\x89PNG\r\n\x1a\n"), kindImage}, {"jpeg", []byte("\xff\xd8\xff\xe0"), kindImage}, {"rar", []byte("Rar!\x1a\x07\x00"), kindArchive},
		{"unknown", bytes.Repeat([]byte{1, 2, 3}, 99), kindUnknown},
	}
	for _, tt := range tests {
		if got := sniff(tt.data); got != tt.want {
			t.Errorf("%s: sniff = %d, want %d", tt.name, got, tt.want)
		}
	}
}

func TestRefused(t *testing.T) {
	dir := t.TempDir()
	tests := []struct {
		data []byte
		want string
	}{
		{nil, "文件是空的。请检查是否选错了文件，或重新下载"},
		{ole("WordDocument"), "这是旧版 Word 文件（.doc 或 .wps），暂不支持。请用 Word/WPS 另存为 .docx 后重试"},
		{ole("Workbook"), "这是旧版 Excel 文件（.xls 或 .et），暂不支持。请用 Excel/WPS 另存为 .xlsx 后重试"},
		{ole("EncryptedPackage"), "文件已加密，需要密码才能打开。请用 Word/WPS 打开并去掉密码后重试"},
		{formattest.Zip(t, "OFD.xml", "x"), "这是 OFD 版式文件（.ofd），暂不支持。请用 OFD 阅读器导出为 PDF，或提供 Word 原件后重试"},
		{[]byte("\x89PNG\r\n\x1a\n"), "这是图片，没有文字可读。请提供 Word、Excel 原件或带文字的 PDF"},
		{[]byte("Rar!\x1a\x07\x00"), "这是 rar、7z 或 gz 压缩包，暂不支持。请解压后重试，或改用 zip 压缩"},
		{bytes.Repeat([]byte{1, 2}, 50), "无法识别的文件格式。请提供 Word（.docx）、Excel（.xlsx）、PDF、网页（.html）或文本（.txt）文件"},
		{wordFile(t)[:100], "压缩包（或 Office 文件）已损坏，无法打开。请重新下载或重新保存后重试"},
		{formattest.Zip(t, ".DS_Store", "x", "__MACOSX/a.txt", "x"), "压缩包里没有可以读取的文件。请放入 Word（.docx）、Excel（.xlsx）、PDF、网页或文本文件"},
	}
	for _, tt := range tests {
		name := filepath.Join(dir, "公开.docx")
		if err := os.WriteFile(name, tt.data, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Open(context.Background(), name, Options{})
		var re *document.ReadError
		if !errors.As(err, &re) || err.Error() != name+"："+tt.want {
			t.Errorf("got %v\nwant %s", err, tt.want)
		}
	}
	for name, want := range map[string]string{
		filepath.Join(dir, "无.pdf"): "文件不存在。请检查路径和文件名",
		"/dev/null":                 "不是普通文件，无法读取。请检查路径",
		t.TempDir():                 "文件夹里没有可以读取的文件。请放入 Word（.docx）、Excel（.xlsx）、PDF、网页或文本文件",
	} {
		if _, err := Open(context.Background(), name, Options{}); err == nil || err.Error() != name+"："+want {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
}

// The format comes from the bytes, the name says nothing.
func TestNamesLie(t *testing.T) {
	for _, tt := range []struct {
		data []byte
		want string
	}{
		{[]byte("<html><p>甲</p></html>"), "html"}, {[]byte("甲"), "txt"}, {wordFile(t), "docx"}, {excelFile(t), "xlsx"},
	} {
		d, err := OpenBytes(context.Background(), "up/公开.pdf", tt.data, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]document.File{{Name: "公开.pdf", Format: tt.want, Sheets: d.Files[0].Sheets}}, d.Files); diff != "" || d.Name != "up/公开.pdf" {
			t.Error(d.Name, diff)
		}
	}
}

func checkBoth(t *testing.T, d *document.Document, word, excel string) {
	t.Helper()
	formattest.Check(t, d)
	if len(d.Files) != 2 || d.Files[0].Name != word || d.Files[0].Format != "docx" || d.Files[1].Name != excel || d.Files[1].Format != "xlsx" {
		t.Fatalf("files %+v", d.Files)
	}
	want := "¶ 2023年度本年收入1.00万元，本年支出1.00万元，收支平衡，没有结余。\n¶ 收入决算表\n| 项目 | 金额 |\n| 财政拨款 | 1[1] |\n--\n"
	if got := formattest.Print(d); !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s", got)
	}
	for i, b := range d.Blocks {
		f := min(i, 1)
		if b.Place.File != f || b.Table == nil && b.Text.At(0, 1).File != f || b.Table != nil && b.Table.Rows[1][1].Place.File != f {
			t.Errorf("block %d is at %+v, want file %d", i, b.Place, f)
		}
	}
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	for name, data := range map[string][]byte{
		"A表.xlsx": excelFile(t), "说明/说明.docx": wordFile(t), "说明/副本.docx": wordFile(t), ".DS_Store": []byte("x"), "~$说明.docx": []byte("x"),
		"旧.xls": ole("Workbook"), "__MACOSX/a.txt": []byte("甲"),
	} {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d, err := Open(context.Background(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkBoth(t, d, "副本.docx", "A表.xlsx") // the copy of the same bytes is read once
	want := []document.Warning{{Message: "旧.xls 未读取：这是旧版 Excel 文件（.xls 或 .et），暂不支持。请用 Excel/WPS 另存为 .xlsx 后重试"}}
	if diff := cmp.Diff(want, d.Warnings); diff != "" {
		t.Error(diff)
	}
}

func TestZip(t *testing.T) {
	gbk, _ := simplifiedchinese.GBK.NewEncoder().String("附表.xlsx")
	inner := formattest.Zip(t, gbk, string(excelFile(t)))
	data := formattest.Zip(t, "材料/说明.docx", string(wordFile(t)), "附件.zip", string(inner), "材料/.DS_Store", "x")
	d, err := OpenBytes(context.Background(), "公开.zip", data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkBoth(t, d, "说明.docx", "附表.xlsx")
}

func TestLimits(t *testing.T) {
	lim := document.DefaultLimits()
	read := func(data []byte, change func(*document.Limits)) string {
		l := lim
		change(&l)
		_, err := OpenBytes(context.Background(), "a.zip", data, Options{Limits: l})
		if err == nil {
			return ""
		}
		return err.Error()
	}
	bomb := formattest.Zip(t, "a.txt", strings.Repeat("0", 8<<20))
	many := formattest.Zip(t, "a.txt", "甲", "b.txt", "乙", "c.txt", "丙")
	deep := []byte("甲")
	for range 6 {
		deep = formattest.Zip(t, "a", string(deep))
	}
	for _, tt := range []struct{ name, got, want string }{
		{"size", read(bomb, func(l *document.Limits) { l.Bytes = 100 }), "a.zip：文件太大（0 MB），上限为 0 MB。请拆分文件，或去掉图片后重试"},
		{"ratio", read(bomb, func(l *document.Limits) {}), "a.zip：a.txt：压缩比异常，疑似压缩炸弹。请拆分文件，或重新保存后重试"},
		{"unpacked", read(bomb, func(l *document.Limits) { l.ZipRatio, l.Unpacked = 0, 1<<20 }), "a.zip：解压后总量太大，上限为 1 MB。请拆分文件，或重新保存后重试"},
		{"entry", read(bomb, func(l *document.Limits) { l.Bytes = 1 << 20 }), "a.zip：a.txt：解压后太大，上限为 1 MB。请拆分文件，或重新保存后重试"},
		{"entries", read(many, func(l *document.Limits) { l.ZipFiles = 2 }), "a.zip：压缩包内文件太多（3 个），上限为 2 个。请拆分文件，或重新保存后重试"},
		{"nesting", read(deep, func(l *document.Limits) {}), "a.zip/a/a/a：压缩包嵌套太深。请解压后重试"},
		{"in order", read(many, func(l *document.Limits) {}), ""},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %s\nwant %s", tt.name, tt.got, tt.want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := OpenBytes(ctx, "a.zip", many, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
	l := lim
	l.Time = 1 // a nanosecond
	_, err := OpenBytes(context.Background(), "a.txt", bytes.Repeat([]byte("甲\n"), 1<<20), Options{Limits: l})
	if want := "a.txt：读取超过 1ns，已停止。请拆分文件后重试"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// A zip whose directory lies about the size of an entry.
func TestLyingZip(t *testing.T) {
	data := formattest.Zip(t, "word/document.xml", strings.Repeat(docxBody, 50))
	i := bytes.LastIndex(data, []byte("PK\x01\x02"))
	copy(data[i+24:], []byte{10, 0, 0, 0}) // uncompressed size
	_, err := OpenBytes(context.Background(), "a.docx", data, Options{})
	var re *document.ReadError
	if !errors.As(err, &re) || re.Place != "word/document.xml" {
		t.Errorf("got %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(wordFile(f))
	f.Add(excelFile(f))
	f.Add(formattest.Zip(f, "a.txt", "甲\t乙", "b.html", "<p>丙"))
	f.Add([]byte("<table><tr><td>甲"))
	f.Add(ole("Workbook"))
	lim := document.DefaultLimits()
	lim.Cells, lim.Unpacked, lim.Pages = 10_000, 16<<20, 10
	f.Fuzz(func(t *testing.T, data []byte) {
		if sniff(data) == kindPDF {
			t.Skip() // the PDF reader has its own target
		}
		d, err := OpenBytes(context.Background(), "f", data, Options{Limits: lim})
		if err == nil {
			formattest.Check(t, d)
		} else if strings.ContainsAny(err.Error(), "\n") {
			t.Fatalf("error over lines: %q", err)
		}
	})
}
