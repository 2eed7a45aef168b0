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
	"juesuan/internal/sample"
)

type tester interface {
	Helper()
	Fatal(...any)
	Name() string
}

func write(t tester, d *document.Document) []byte {
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
	for name, d := range map[string]*document.Document{"published": formattest.Published(), "plain": sample.Clean()} {
		t.Run(name, func(t *testing.T) {
			data := write(t, d)
			if !bytes.Equal(data, write(t, d)) {
				t.Error("two writes differ")
			}
			if err := sameBlocks(d, read(t, data)); err != nil {
				t.Error(err)
			}
		})
	}
}

func BenchmarkWrite(b *testing.B) {
	d := formattest.Published()
	for b.Loop() {
		write(b, d)
	}
}
