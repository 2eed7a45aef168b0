package typeset

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"juesuan/internal/format/formattest"
)

// The structure tree as poppler reads it: headings, paragraphs whole over line
// and page breaks, tables with the rows of the document however many pages
// they fill.
func TestTags(t *testing.T) {
	d := formattest.Published()
	data, err := write(context.Background(), d, Options{Author: "青禾县河湖管理局"})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"/Lang(zh-CN)", "/Marked true", "/DisplayDocTitle true", "/StructTreeRoot", "/Outlines", "/Title <FEFF97527"} {
		if !bytes.Contains(data, []byte(s)) {
			t.Errorf("the file lacks %s", s)
		}
	}
	if _, err := exec.LookPath("pdfinfo"); err != nil {
		t.Skip("pdfinfo is absent")
	}
	path := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdfinfo", "-struct-text", path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	got := strings.ReplaceAll(string(out), "\"\n    \"", "") // pieces on two pages
	rows, heads := 0, 0
	for _, b := range d.Blocks {
		switch {
		case b.Table != nil:
			rows += len(b.Table.Rows)
			heads += b.Table.HeaderRows
		case b.Style == "" && b.Text.S != "" && !strings.Contains(got, "\n    \""+b.Text.S+"\"\n"):
			t.Errorf("not a whole: %s", b.Text.S)
		}
	}
	if n := strings.Count(got, "\n    TR\n"); n != rows {
		t.Errorf("%d rows of %d", n, rows)
	}
	if n := strings.Count(got, "\n      TH"); n < heads {
		t.Errorf("%d cells in %d header rows", n, heads)
	}
	if strings.Contains(got, "— 1 —") {
		t.Error("page numbers are read out")
	}
}
