package docx

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
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
	got, err := Read(context.Background(), "x.docx", write(t, d), document.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	formattest.Check(t, got)
	return formattest.Print(got)
}

func TestWriteSample(t *testing.T) {
	d := formattest.Published()
	if path := os.Getenv("JUESUAN_KEEP"); path != "" {
		if err := os.WriteFile(filepath.Join(path, "sample.docx"), write(t, d), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(formattest.Print(d), back(t, d)); diff != "" {
		t.Errorf("read back differs: -written +read\n%s", diff)
	}
	if !bytes.Equal(write(t, d), write(t, d)) {
		t.Error("two writes differ")
	}
}

func TestKeepPages(t *testing.T) {
	p, err := newWriter(context.Background(), formattest.Published())
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range p.toc {
		t.Log(p.pages[h], p.doc.Blocks[h].Text.S)
	}
}
