// Package disclosure walks one disclosure down the whole road: the file or
// files become a Document, the Document a Report, the Report findings. What a
// front end needs is here; how a finding looks is internal/present's.
package disclosure

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"

	"golang.org/x/sync/errgroup"

	"juesuan/internal/check"
	"juesuan/internal/document"
	"juesuan/internal/format"
	"juesuan/internal/recognise"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// Disclosure is one disclosure and what became of it.
type Disclosure struct {
	Path   string         // as the user gave it
	Report *report.Report // nil when Err is set
	Result *check.Result  // nil when Err is set or only Read was asked for
	Err    error          // why it could not be read, in Chinese (usually a *document.ReadError)
}

// Read opens the file, folder or zip at path and recognises what it says.
// An error is the reader's: it names file, place and remedy.
func Read(ctx context.Context, path string, tax *taxonomy.Taxonomy) (d Disclosure) {
	defer guard(path, &d)
	doc, err := format.Open(ctx, path, format.Options{})
	if err != nil {
		return Disclosure{Path: path, Err: err}
	}
	return Disclosure{Path: path, Report: recognise.Report(doc, tax)}
}

// Check reads the disclosure at path and tests every relation in it.
func Check(ctx context.Context, path string, tax *taxonomy.Taxonomy) (d Disclosure) {
	defer guard(path, &d)
	d = Read(ctx, path, tax)
	if d.Err != nil {
		return d
	}
	d.Result = check.Check(d.Report, tax)
	d.Result.File = path
	return d
}

// guard turns a panic over one disclosure into its error: a mistake of ours on
// a strange file must not take the other files with it.
func guard(path string, d *Disclosure) {
	if p := recover(); p != nil {
		*d = Disclosure{Path: path, Err: &document.ReadError{
			File: path, Problem: "核对时程序内部出错", Remedy: "请把这个文件和版本号告诉开发者",
			Err: fmt.Errorf("panic: %v\n%s", p, debug.Stack()),
		}}
	}
}

// CheckAll checks the disclosures at paths, jobs of them at a time, and
// returns them in the order of paths. One that cannot be read does not stop
// the others. done, when not nil, is called once for each finished one, from
// one goroutine at a time.
func CheckAll(ctx context.Context, paths []string, tax *taxonomy.Taxonomy, jobs int, done func(Disclosure)) []Disclosure {
	out := make([]Disclosure, len(paths))
	var (
		crew errgroup.Group
		turn sync.Mutex
	)
	crew.SetLimit(max(1, jobs))
	for i := range paths {
		crew.Go(func() error {
			out[i] = Check(ctx, paths[i], tax)
			if done != nil {
				turn.Lock()
				defer turn.Unlock()
				done(out[i])
			}
			return nil // it stands in out
		})
	}
	_ = crew.Wait() // of no error
	return out
}
