package typeset

import (
	"bytes"
	"context"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"juesuan/internal/document"
	"juesuan/internal/format/formattest"
)

// Poppler's extraction is compared whole, page by page: a writer that drops a
// character at a line break does so without an error.
func TestExtraction(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is absent")
	}
	d := formattest.Published()
	d.Blocks = append(d.Blocks, document.Block{Text: document.Text{S: "各字各符：①⑩②％‰（）“”‘’—…㎡《》〔〕·×÷≤≥℃￥、，；！？〇𬭎镕喆昇堃鿍，0123456789ABCxyz+-*/=%#@&。"}})
	p, err := layOut(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	data, err := write(context.Background(), d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("pdftotext", "-raw", "-", "-")
	cmd.Stdin = bytes.NewReader(data)
	var say bytes.Buffer
	cmd.Stderr = &say
	out, err := cmd.Output()
	if err != nil || say.Len() > 0 {
		t.Fatalf("pdftotext: %v %s", err, say.String())
	}
	pages := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	if len(pages) != len(p.pages) {
		t.Fatalf("%d pages of %d", len(pages), len(p.pages))
	}
	for i, g := range p.pages {
		var want strings.Builder
		for _, m := range g.marks {
			want.WriteString(m.s)
		}
		if a, b := letters(want.String()), letters(pages[i]); a != b {
			t.Errorf("page %d: set\n%s\nextracted\n%s", i+1, a, b)
		}
	}
}

// letters are the characters of s in the order of their codes.
func letters(s string) string {
	r := []rune(strings.Join(strings.Fields(s), ""))
	slices.Sort(r)
	return string(r)
}
