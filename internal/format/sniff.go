package format

import (
	"bytes"
	"strings"
	"unicode/utf16"

	"juesuan/internal/document"
	"juesuan/internal/format/archive"
	"juesuan/internal/format/charset"
)

// kind is a file format as the bytes tell it.
type kind int

const (
	kindUnknown kind = iota
	kindEmpty
	kindPDF
	kindDocx
	kindXlsx
	kindHTML
	kindText
	kindZip // of files
	kindDoc
	kindXls
	kindOLE
	kindEncrypted // Office file with a password
	kindXlsb
	kindPptx
	kindODF
	kindOFD
	kindRTF
	kindWordXML
	kindExcelXML
	kindMHTML
	kindImage
	kindArchive // rar, 7z, gz
)

var magics = []struct {
	prefix string
	kind   kind
}{
	{"%PDF-", kindPDF},
	{"{\\rtf", kindRTF},
	{"\x89PNG\r\n", kindImage}, {"\xff\xd8\xff", kindImage}, {"GIF8", kindImage},
	{"II*\x00", kindImage}, {"MM\x00*", kindImage},
	{"Rar!\x1a\x07", kindArchive}, {"7z\xbc\xaf\x27\x1c", kindArchive}, {"\x1f\x8b", kindArchive},
}

// sniff tells the format from the bytes.
func sniff(data []byte) kind {
	if len(bytes.TrimLeft(data, "\x00 \t\r\n\xef\xbb\xbf")) == 0 {
		return kindEmpty
	}
	for _, m := range magics {
		if bytes.HasPrefix(data, []byte(m.prefix)) {
			return m.kind
		}
	}
	if bytes.HasPrefix(data, []byte("RIFF")) && len(data) > 12 && string(data[8:12]) == "WEBP" {
		return kindImage
	}
	if bytes.HasPrefix(data, []byte("BM")) && bytes.IndexByte(data[:min(len(data), 64)], 0) > 0 {
		return kindImage
	}
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06")) {
		return sniffZip(data)
	}
	if bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) {
		return sniffOLE(data)
	}
	// Some servers put a line or a mark before the PDF proper.
	if i := bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-")); i >= 0 && bytes.Contains(data[max(0, len(data)-2048):], []byte("%%EOF")) {
		return kindPDF
	}
	return sniffText(data)
}

func sniffZip(data []byte) kind {
	z, err := archive.Open("", data, document.Limits{})
	if err != nil {
		return kindZip // its reader says what is wrong
	}
	switch {
	case z.Has("word/document.xml"):
		return kindDocx
	case z.Has("xl/workbook.xml"):
		return kindXlsx
	case z.Has("xl/workbook.bin"):
		return kindXlsb
	case z.Has("ppt/presentation.xml"):
		return kindPptx
	case z.Has("OFD.xml"):
		return kindOFD
	case z.Has("mimetype") && z.Has("content.xml"):
		return kindODF
	}
	if z.Has("[Content_Types].xml") { // an Office file whose parts are named otherwise
		for _, e := range z.Entries {
			switch n := strings.ToLower(e.Name); {
			case strings.HasPrefix(n, "word/"):
				return kindDocx
			case strings.HasPrefix(n, "xl/"):
				return kindXlsx
			}
		}
	}
	return kindZip
}

// sniffOLE looks for the names of the streams in an OLE2 compound file.
func sniffOLE(data []byte) kind {
	has := func(name string) bool {
		var b []byte
		for _, u := range utf16.Encode([]rune(name)) {
			b = append(b, byte(u), byte(u>>8))
		}
		return bytes.Contains(data, b)
	}
	switch {
	case has("EncryptedPackage"):
		return kindEncrypted
	case has("WordDocument"):
		return kindDoc
	case has("Workbook"), has("Book"):
		return kindXls
	}
	return kindOLE
}

func sniffText(data []byte) kind {
	head := data[:min(len(data), 4096)]
	// A cut in the middle of a character is no damage.
	s, _, err := charset.Decode(head)
	if err != nil {
		if _, _, err = charset.Decode(data); err != nil {
			return kindUnknown
		}
	}
	s = strings.ToLower(strings.TrimSpace(s))
	switch {
	case strings.HasPrefix(s, "<?xml") && strings.Contains(s, "word.document"), strings.Contains(s, "schemas.microsoft.com/office/word/2003/wordml"):
		return kindWordXML
	case strings.HasPrefix(s, "<?xml") && strings.Contains(s, "urn:schemas-microsoft-com:office:spreadsheet"):
		return kindExcelXML
	case strings.HasPrefix(s, "mime-version:"), strings.HasPrefix(s, "from: <saved by"):
		return kindMHTML
	case strings.HasPrefix(s, "<"):
		for _, t := range []string{"<html", "<!doctype html", "<head", "<body", "<table", "<meta", "<div", "<p>", "<p ", "<span", "<title", "<script", "<center", "<h1", "<h2"} {
			if strings.Contains(s, t) {
				return kindHTML
			}
		}
	case strings.Contains(s, "<!doctype html"), strings.Contains(s, "<html"):
		return kindHTML
	}
	return kindText
}

// refuse is the error for a format that is not read, with what to do instead.
func refuse(name string, k kind) error {
	e := &document.ReadError{File: name}
	switch k {
	case kindEmpty:
		e.Problem, e.Remedy = "文件是空的", "请检查是否选错了文件，或重新下载"
	case kindDoc:
		e.Problem, e.Remedy = "这是旧版 Word 文件（.doc 或 .wps），暂不支持", "请用 Word/WPS 另存为 .docx 后重试"
	case kindXls:
		e.Problem, e.Remedy = "这是旧版 Excel 文件（.xls 或 .et），暂不支持", "请用 Excel/WPS 另存为 .xlsx 后重试"
	case kindOLE:
		e.Problem, e.Remedy = "这是旧版 Office 文件，暂不支持", "请用 Word/WPS 另存为 .docx 或 .xlsx 后重试"
	case kindEncrypted:
		e.Problem, e.Remedy = "文件已加密，需要密码才能打开", "请用 Word/WPS 打开并去掉密码后重试"
	case kindXlsb:
		e.Problem, e.Remedy = "这是二进制 Excel 文件（.xlsb），暂不支持", "请用 Excel/WPS 另存为 .xlsx 后重试"
	case kindPptx:
		e.Problem, e.Remedy = "这是演示文稿（.pptx），不是决算公开文件", "请提供 Word、Excel、PDF、网页或文本文件"
	case kindODF:
		e.Problem, e.Remedy = "这是 OpenDocument 文件（.odt 或 .ods），暂不支持", "请另存为 .docx 或 .xlsx 后重试"
	case kindOFD:
		e.Problem, e.Remedy = "这是 OFD 版式文件（.ofd），暂不支持", "请用 OFD 阅读器导出为 PDF，或提供 Word 原件后重试"
	case kindRTF:
		e.Problem, e.Remedy = "这是 RTF 文件（.rtf），暂不支持", "请用 Word/WPS 另存为 .docx 后重试"
	case kindWordXML:
		e.Problem, e.Remedy = "这是 Word XML 文件（.xml），暂不支持", "请用 Word/WPS 另存为 .docx 后重试"
	case kindExcelXML:
		e.Problem, e.Remedy = "这是 XML 电子表格（.xml），暂不支持", "请用 Excel/WPS 另存为 .xlsx 后重试"
	case kindMHTML:
		e.Problem, e.Remedy = "这是单个文件网页（.mht），暂不支持", "请用浏览器另存为“网页，仅 HTML”后重试"
	case kindImage:
		e.Problem, e.Remedy = "这是图片，没有文字可读", "请提供 Word、Excel 原件或带文字的 PDF"
	case kindArchive:
		e.Problem, e.Remedy = "这是 rar、7z 或 gz 压缩包，暂不支持", "请解压后重试，或改用 zip 压缩"
	default:
		e.Problem, e.Remedy = "无法识别的文件格式", "请提供 Word（.docx）、Excel（.xlsx）、PDF、网页（.html）或文本（.txt）文件"
	}
	return e
}
