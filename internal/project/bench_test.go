package project

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"juesuan/internal/taxonomy"
)

// BenchmarkBuild builds the sample: from the filled in template to its files.
func BenchmarkBuild(b *testing.B) {
	tax, err := taxonomy.Load("")
	if err != nil {
		b.Fatal(err)
	}
	dir := filepath.Join(b.TempDir(), "demo")
	if _, _, err := Init(context.Background(), dir, InitOptions{Demo: true}, tax); err != nil {
		b.Fatal(err)
	}
	for _, formats := range append([][]string{nil}, [][]string{{"docx"}, {"pdf"}, {"html"}, {"xlsx"}, {"json"}}...) {
		name := "all"
		if len(formats) > 0 {
			name = formats[0]
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				res := Build(context.Background(), dir, tax, Options{Formats: formats})
				if res.Outcome() != Built {
					b.Fatal(res.Outcome(), res.Err)
				}
				for _, f := range res.Files {
					_ = os.Remove(f)
				}
			}
		})
	}
}
