// Package charset turns the bytes of a text or web page into a string:
// published files come in UTF-8, UTF-16 and GB18030 (with GBK and GB2312 as
// its subsets), and often do not say which.
package charset

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// ErrBinary is returned by Decode for bytes that are no text in any encoding it knows.
var ErrBinary = errors.New("not a text file")

// Decode finds the encoding of data and returns its text with a byte order
// mark removed and line ends as "\n". name is "utf-8", "utf-16le", "utf-16be"
// or "gb18030". Bytes that are wrong in the encoding become U+FFFD; when they
// are many, the error is ErrBinary.
func Decode(data []byte) (s, name string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		s, name = strings.ToValidUTF8(string(data[3:]), "\uFFFD"), "utf-8"
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		s, name = fromUTF16(data[2:], unicode.LittleEndian), "utf-16le"
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		s, name = fromUTF16(data[2:], unicode.BigEndian), "utf-16be"
	case bytes.IndexByte(data, 0) >= 0:
		// Without a mark the zero bytes of ASCII characters tell the order.
		var zeros [2]int
		for i, b := range data[:min(len(data), 1<<16)] {
			if b == 0 {
				zeros[i&1]++
			}
		}
		if zeros[1] > zeros[0] {
			s, name = fromUTF16(data, unicode.LittleEndian), "utf-16le"
		} else {
			s, name = fromUTF16(data, unicode.BigEndian), "utf-16be"
		}
	case utf8.Valid(data):
		s, name = string(data), "utf-8"
	default:
		s, name = legacy(data)
	}
	if binary(s) {
		return "", name, ErrBinary
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	return s, name, nil
}

func fromUTF16(data []byte, e unicode.Endianness) string {
	out, err := unicode.UTF16(e, unicode.IgnoreBOM).NewDecoder().Bytes(data)
	if err != nil {
		return ""
	}
	return string(out)
}

// legacy decides between GB18030 and UTF-8 with some damaged bytes: the
// encoding with fewer wrong characters wins.
func legacy(data []byte) (s, name string) {
	utf := strings.ToValidUTF8(string(data), "\uFFFD")
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		return utf, "utf-8"
	}
	gb := string(out)
	if strings.Count(utf, "\uFFFD") < strings.Count(gb, "\uFFFD") {
		return utf, "utf-8"
	}
	return gb, "gb18030"
}

// binary reports whether s holds more characters that no text has than a
// damaged text would.
func binary(s string) bool {
	bad, n := 0, 0
	for _, r := range s {
		n++
		if r == utf8.RuneError || r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != '\v' {
			bad++
		}
	}
	return bad > 2+n/50
}
