package document

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Limits bound what a reader will take from one file: uploaded files are hostile.
type Limits struct {
	Bytes    int64         // size of a file, and of each file inside a zip
	Unpacked int64         // bytes of a whole container once unpacked
	ZipRatio int64         // unpacked : packed, per entry
	ZipFiles int           // entries in a container
	Pages    int           // pages of a PDF
	Cells    int           // cells of one table
	Depth    int           // nesting of elements, tables or containers
	Time     time.Duration // for one file
}

// DefaultLimits are generous for any published disclosure.
func DefaultLimits() Limits {
	return Limits{
		Bytes: 200 << 20, Unpacked: 1 << 30, ZipRatio: 200, ZipFiles: 10_000,
		Pages: 3000, Cells: 1_000_000, Depth: 256, Time: 2 * time.Minute,
	}
}

// Fits is nil when a file of so many bytes may be read, else the *ReadError
// that says it is too large.
func (l Limits) Fits(name string, size int64) error {
	if l.Bytes <= 0 || size <= l.Bytes {
		return nil
	}
	return &ReadError{File: name, Problem: fmt.Sprintf("文件太大（%d MB），上限为 %d MB", size>>20, l.Bytes>>20),
		Remedy: "请拆分文件，或去掉图片后重试"}
}

// ReadError is a file that cannot be read: it names the file, the place,
// what is wrong and what the user can do, in Chinese.
type ReadError struct {
	File    string // as the user gave it
	Place   string // "" or e.g. 第3页, word/document.xml
	Problem string // 文件是扫描件，没有文字层
	Remedy  string // 请用原始 Word 文件导出带文字的 PDF 后重试
	Err     error  // the cause, for developers
}

func (e *ReadError) Error() string {
	s := e.File + "："
	if e.Place != "" {
		s += e.Place + "："
	}
	s += e.Problem
	if e.Remedy != "" {
		s += fmt.Sprintf("。%s", e.Remedy)
	}
	return strings.Map(printable, s)
}

// printable keeps a message on one line and off the terminal's controls: the
// names of files and of what is inside them come from outside.
func printable(r rune) rune {
	if unicode.IsControl(r) || r == utf8.RuneError {
		return '·'
	}
	return r
}

func (e *ReadError) Unwrap() error { return e.Err }
