package conformance

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"juesuan/internal/check"
	"juesuan/internal/disclosure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// What share of single wrong digits in proved figures of the text is found,
// and what share with the wrong figure itself as the suspect, at least.
const (
	minCaught  = 0.95
	minAccused = 0.70
)

// TestMutations writes one wrong digit into each proved figure of the text in
// turn: a proved figure is one of which a wrong digit would be noticed.
func TestMutations(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: slow")
	}
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	var total, caught, accused int
	for _, name := range []string{"putuo-ghzyj-2024.pdf", "putuo-shgzb-2024.pdf", "foshan-gdjtj-2019.pdf", "seed-2020.txt"} {
		path := filepath.Join(corpus, name)
		if _, err := os.Stat(path); err != nil {
			t.Skipf("SKIPPED: no corpus at %s: wrong digits are not measured", corpus)
		}
		d := disclosure.Read(context.Background(), path, tax)
		if d.Err != nil {
			t.Fatal(d.Err)
		}
		before := check.Check(d.Report, tax)
		n, c, a := 0, 0, 0
		for i := range d.Report.Figures {
			f := &d.Report.Figures[i]
			if f.Table >= 0 || f.Coef < 100 || before.Status[i] != check.Proved {
				continue
			}
			n++
			right := f.Figure
			wrongDigit(f)
			after := check.Check(d.Report, tax)
			switch {
			case after.Status[i] == check.Contradicted:
				a++
				c++
			case len(after.Findings) > len(before.Findings) || after.Figures.Contradicted > before.Figures.Contradicted:
				c++
			default:
				t.Logf("%s: %s → %s not noticed: %s (%s)", name, right.Digits(), f.Digits(), f.Fact, f.Excerpt)
			}
			f.Figure = right
		}
		t.Logf("%s: %d proved figures of the text; a wrong digit is noticed in %d, and laid to the figure itself in %d", name, n, c, a)
		total, caught, accused = total+n, caught+c, accused+a
	}
	if got := float64(caught) / float64(total); got < minCaught {
		t.Errorf("%.3f of the wrong digits noticed, want %.2f", got, minCaught)
	}
	if got := float64(accused) / float64(total); got < minAccused {
		t.Errorf("%.3f of the wrong figures accused, want %.2f", got, minAccused)
	}
}

// wrongDigit changes the second digit of a figure by one.
func wrongDigit(f *report.Figure) {
	step := int64(1)
	for step*100 <= f.Coef {
		step *= 10
	}
	if f.Coef/step%10 == 9 {
		step = -step
	}
	f.Coef += step
	f.Text = f.Digits()
}
