package document

import "testing"

// Names from outside cannot break a message over lines or move the cursor.
func TestReadErrorOnOneLine(t *testing.T) {
	e := &ReadError{File: "甲\n乙.zip", Place: "word\x1b[2J/\xffdocument.xml", Problem: "已损坏", Remedy: "请重新下载"}
	if got, want := e.Error(), "甲·乙.zip：word·[2J/·document.xml：已损坏。请重新下载"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
