package conformance

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"juesuan/internal/check"
	"juesuan/internal/disclosure"
	"juesuan/internal/taxonomy"
)

func TestUnprovedSums(t *testing.T) {
	tax, _ := taxonomy.Load("")
	es, _ := os.ReadDir(corpus)
	for _, e := range es {
		d := disclosure.Read(context.Background(), filepath.Join(corpus, e.Name()), tax)
		if d.Err != nil || d.Report == nil {
			continue
		}
		res := check.Check(d.Report, tax)
		for i := range d.Report.Figures {
			f := &d.Report.Figures[i]
			if f.Table < 0 && res.Status[i] == check.Unproved {
				t.Logf("%s %s%s %s %s", e.Name()[:8], f.Text, f.Unit, f.Fact, f.Excerpt)
			}
		}
	}
}
