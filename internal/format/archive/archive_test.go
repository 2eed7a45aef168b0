package archive

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"juesuan/internal/document"
	"juesuan/internal/format/formattest"
)

func TestNames(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("公开\\附表.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	z, err := Open("a.zip", formattest.Zip(t, gbk, "1", "说明.docx", "2", "Word/Document.xml", "3", "dir/", ""), document.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range z.Entries {
		names = append(names, e.Name)
	}
	if got := strings.Join(names, "|"); got != "公开/附表.xlsx|说明.docx|Word/Document.xml" {
		t.Errorf("names %s", got)
	}
	if b, err := z.Part("/word/../word/document.xml"); err != nil || string(b) != "3" {
		t.Errorf("Part = %q, %v", b, err)
	}
	if b, err := z.Part("none"); err != nil || b != nil {
		t.Errorf("Part of a missing file = %q, %v", b, err)
	}
}

// What is unpacked over several reads counts together.
func TestUnpacked(t *testing.T) {
	lim := document.DefaultLimits()
	lim.Unpacked = 15
	z, err := Open("a.zip", formattest.Zip(t, "a", "0123456789"), lim)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := z.Part("a"); err != nil {
		t.Fatal(err)
	}
	if _, err := z.Part("a"); err == nil || !strings.Contains(err.Error(), "解压后总量太大") {
		t.Errorf("second read: %v", err)
	}
}
