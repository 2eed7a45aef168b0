package pdf

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"juesuan/internal/document"
)

func BenchmarkRead30Pages(b *testing.B)  { benchRead(b, "putuo-ghzyj-2024.pdf") }
func BenchmarkRead171Pages(b *testing.B) { benchRead(b, "xian-wjw-2022.pdf") }

// benchRead reads a file and, where pdftotext is present, reports how many
// times longer than its -bbox-layout that takes.
func benchRead(b *testing.B, name string) {
	path := corpusFile(b, name)
	data, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := shared(); err != nil { // not the start of the engine
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(context.Background(), path, data, document.DefaultLimits()); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		return
	}
	b.StopTimer()
	const runs = 3
	start := time.Now()
	for range runs {
		if err := exec.Command("pdftotext", "-bbox-layout", path, os.DevNull).Run(); err != nil {
			b.Fatal(err)
		}
	}
	theirs := time.Since(start) / runs
	ours := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(float64(ours)/float64(theirs), "×pdftotext")
}
