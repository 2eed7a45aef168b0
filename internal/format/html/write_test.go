package html

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"juesuan/internal/document"
	"juesuan/internal/format/formattest"
)

func write(t testing.TB, d *document.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(context.Background(), d, &b, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// back is Print of what is read from what was written.
func back(t testing.TB, d *document.Document) string {
	t.Helper()
	got, err := Read(context.Background(), "x.html", write(t, d), document.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	formattest.Check(t, got)
	return formattest.Print(got)
}

// shown is Print of a document as a page shows it: without the line 目录,
// which is the navigation, and with a blank for a tab.
func shown(d *document.Document) string {
	var c document.Document
	for _, b := range d.Blocks {
		if b.Style == document.Contents || b.Kind == document.PictureBlock {
			continue
		}
		b.Text.S = strings.ReplaceAll(b.Text.S, "\t", " ")
		c.Blocks = append(c.Blocks, b)
	}
	return formattest.Print(&c)
}

func TestWriteSample(t *testing.T) {
	d := formattest.Published()
	if path := os.Getenv("JUESUAN_KEEP"); path != "" {
		if err := os.WriteFile(filepath.Join(path, "sample.html"), write(t, d), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(shown(d), back(t, d)); diff != "" {
		t.Errorf("read back differs: -written +read\n%s", diff)
	}
}
