package conformance

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"juesuan/internal/disclosure"
	"juesuan/internal/taxonomy"
)

const samples = "../../samples"

// BenchmarkCheck reads and checks one disclosure from file to findings with
// the process warm. After each reading of a PDF it runs pdftotext -bbox-layout
// on the same file, so that both meet the same load, and reports the ratio.
func BenchmarkCheck(b *testing.B) {
	tax, err := taxonomy.Load("")
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range []struct{ name, path string }{
		{"sample-docx", samples + "/clean.docx"},
		{"sample-html", samples + "/clean.html"},
		{"sample-xlsx-txt", samples + "/clean-xlsx-txt"},
		{"sample-pdf-18-pages", samples + "/clean.pdf"},
		{"xlsx-and-20-pages-of-text", longText(b)},
		{"pdf-30-pages", corpus + "/putuo-ghzyj-2024.pdf"},
		{"pdf-171-pages", corpus + "/xian-wjw-2022.pdf"},
	} {
		b.Run(f.name, func(b *testing.B) {
			if _, err := os.Stat(f.path); err != nil {
				b.Skipf("SKIPPED: no %s", f.path)
			}
			mustCheck(b, f.path, tax) // the engine is started and compiled
			b.ResetTimer()
			tool, err := exec.LookPath("pdftotext")
			compare := err == nil && strings.HasSuffix(f.path, ".pdf")
			var theirs time.Duration
			for b.Loop() {
				mustCheck(b, f.path, tax)
				if compare {
					b.StopTimer()
					theirs += pdftotext(b, tool, f.path)
					b.StartTimer()
				}
			}
			if compare {
				b.ReportMetric(float64(b.Elapsed())/float64(theirs), "×pdftotext")
				b.ReportMetric(theirs.Seconds()*1000/float64(b.N), "pdftotext-ms")
			}
		})
	}
}

// pdftotext is how long the other program takes for the file.
func pdftotext(b *testing.B, tool, path string) time.Duration {
	b.Helper()
	start := time.Now()
	if err := exec.Command(tool, "-bbox-layout", path, os.DevNull).Run(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

func mustCheck(b *testing.B, path string, tax *taxonomy.Taxonomy) {
	b.Helper()
	if d := disclosure.Check(context.Background(), path, tax); d.Err != nil {
		b.Fatal(d.Err)
	}
}

// BenchmarkProgram runs the built program as a user does: a fresh process, the
// compilation cache of the PDF engine warm. It reports the peak memory.
func BenchmarkProgram(b *testing.B) {
	bin := filepath.Join(b.TempDir(), "juesuan")
	build := exec.Command("go", "build", "-trimpath", "-o", bin, "juesuan/cmd/juesuan")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("build: %v: %s", err, out)
	}
	for _, f := range []struct{ name, path string }{
		{"sample-docx", samples + "/clean.docx"},
		{"pdf-30-pages", corpus + "/putuo-ghzyj-2024.pdf"},
		{"pdf-171-pages", corpus + "/xian-wjw-2022.pdf"},
	} {
		b.Run(f.name, func(b *testing.B) {
			if _, err := os.Stat(f.path); err != nil {
				b.Skipf("SKIPPED: no %s", f.path)
			}
			program(b, bin, f.path) // fills the cache
			var peak int64
			b.ResetTimer()
			for b.Loop() {
				peak = max(peak, program(b, bin, f.path))
			}
			b.ReportMetric(float64(peak)/(1<<20), "peak-MB")
		})
	}
}

// program runs a check in a process of its own and gives its peak memory in
// bytes. The kernel's rusage would count the memory of this process too, from
// before the exec; so the high-water mark is read while the program runs.
func program(b *testing.B, bin, path string) int64 {
	b.Helper()
	cmd := exec.Command(bin, "check", path)
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	var peak int64
	for {
		select {
		case err := <-done:
			if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() > 2 {
				b.Fatalf("check %s: %v", path, err)
			}
			return peak
		case <-time.After(5 * time.Millisecond):
			peak = max(peak, highWater(cmd.Process.Pid))
		}
	}
}

// highWater is the peak resident memory of a process, 0 where /proc has none.
func highWater(pid int) int64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(data), "VmHWM:")
	var kb int64
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		return 0
	}
	return kb << 10
}

// longText is a folder with the nine tables in xlsx and about 20 pages of text
// (700 characters each): the sample's text, over and over.
func longText(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	for _, name := range []string{"决算表.xlsx", "决算说明.txt"} {
		data, err := os.ReadFile(filepath.Join(samples, "clean-xlsx-txt", name))
		if err != nil {
			b.Fatal(err)
		}
		if strings.HasSuffix(name, ".txt") {
			chars := len([]rune(string(data)))
			data = []byte(strings.Repeat(string(data), (20*700+chars-1)/chars))
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			b.Fatal(fmt.Errorf("write %s: %w", name, err))
		}
	}
	return dir
}
