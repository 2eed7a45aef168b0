package typeset_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"juesuan/internal/document"
	"juesuan/internal/format/formattest"
	"juesuan/internal/format/pdf/typeset"
)

func write(t testing.TB, d *document.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := typeset.Write(context.Background(), d, &b, typeset.Options{}); err != nil {
		t.Fatal(err)
	}
	if path := os.Getenv("JUESUAN_KEEP"); path != "" {
		if err := os.WriteFile(filepath.Join(path, filepath.Base(t.Name())+".pdf"), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func TestSample(t *testing.T) {
	d := formattest.Published()
	if !bytes.Equal(write(t, d), write(t, d)) {
		t.Error("two writes differ")
	}
}

func BenchmarkWrite(b *testing.B) {
	d := formattest.Published()
	for b.Loop() {
		write(b, d)
	}
}
