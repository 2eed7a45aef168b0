package disclosure

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"juesuan/internal/check"
	"juesuan/internal/document"
	"juesuan/internal/taxonomy"
)

const samples = "../../samples"

// TestCheckAll: many at once give what one at a time gives, in order, and a
// bad one stops none.
func TestCheckAll(t *testing.T) {
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, name := range []string{"clean.docx", "nowhere.docx", "demo.html", "demo.pdf", "clean-xlsx-txt", "clean.pdf", "demo.docx"} {
		paths = append(paths, filepath.Join(samples, name))
	}
	done := 0
	got := CheckAll(context.Background(), paths, tax, 4, func(Disclosure) { done++ })
	if done != len(paths) {
		t.Errorf("done was called %d times, want %d", done, len(paths))
	}
	for i, path := range paths {
		if got[i].Path != path {
			t.Fatalf("result %d is of %s, want %s", i, got[i].Path, path)
		}
		want := Check(context.Background(), path, tax)
		if (got[i].Err == nil) != (want.Err == nil) {
			t.Fatalf("%s: error %v, alone %v", path, got[i].Err, want.Err)
		}
		if d := cmp.Diff(want.Result, got[i].Result, cmpopts.IgnoreUnexported(check.Finding{})); d != "" {
			t.Errorf("%s (-alone +together):\n%s", path, d)
		}
	}
	if got[1].Err == nil {
		t.Error("a missing file has no error")
	}
	if all := CheckAll(context.Background(), nil, tax, 4, nil); len(all) != 0 {
		t.Errorf("no paths give %d results", len(all))
	}
}

// TestCanceled: a canceled context is an error of each file, not a hang.
func TestCanceled(t *testing.T) {
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, d := range CheckAll(ctx, []string{samples + "/clean.pdf", samples + "/demo.pdf"}, tax, 2, nil) {
		if d.Err == nil {
			t.Errorf("%s was checked though the run was canceled", d.Path)
		}
	}
}

// TestGuard: a panic over one file is that file's error.
func TestGuard(t *testing.T) {
	d := func() (d Disclosure) {
		defer guard("甲.docx", &d)
		var none []int
		return Disclosure{Path: string(rune(none[3]))}
	}()
	var re *document.ReadError
	if !errors.As(d.Err, &re) || !strings.Contains(d.Err.Error(), "甲.docx：核对时程序内部出错") || d.Path != "甲.docx" {
		t.Errorf("got %+v", d)
	}
	if re != nil && !strings.Contains(re.Err.Error(), "index out of range") {
		t.Errorf("the cause is lost: %v", re.Err)
	}
}
