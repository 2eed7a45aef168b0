package paged

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"juesuan/internal/document"
)

// Columns fill the width and none is below its least, however they are shared.
func TestColumnsFillTheWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "columns")
		length := rapid.Float64Range(1, 200)
		least := rapid.SliceOfN(length, n, n).Draw(t, "least")
		wish := rapid.SliceOfN(length, n, n).Draw(t, "wish") // a merged number may need more than its columns wish
		var widths []float64
		if rapid.Bool().Draw(t, "given") {
			widths = rapid.SliceOfN(rapid.Float64Range(0, 9), n, n).Draw(t, "widths")
		}
		width := rapid.Float64Range(50, 2000).Draw(t, "width")
		cols, ok := Columns(least, wish, widths, width)
		if ok != (Total(least) <= width) {
			t.Fatalf("ok %v with %v of %v", ok, Total(least), width)
		}
		if math.Abs(Total(cols)-width) > 1e-6 {
			t.Fatalf("%v wide, want %v: %v", Total(cols), width, cols)
		}
		for c := range cols {
			if ok && Total(wish) > width && cols[c] < least[c]-1e-6 {
				t.Fatalf("column %d is %v, needs %v", c, cols[c], least[c])
			}
		}
	})
}

func TestFrontMatter(t *testing.T) {
	title, text := document.Block{Style: document.Title}, document.Block{}
	next := document.Block{NewPage: true}
	for want, blocks := range map[int][]document.Block{
		0: {text, next, text},
		1: {title, next, text},
		2: {title, {Style: document.Contents}, next, text},
	} {
		if got := FrontMatter(&document.Document{Blocks: blocks}); got != want {
			t.Errorf("%d blocks before the numbered pages, want %d", got, want)
		}
	}
}

func TestCheckGrid(t *testing.T) {
	one := document.Cell{RowSpan: 1, ColSpan: 1}
	for name, rows := range map[string][][]document.Cell{
		"":       {{one, one}, {one, one}},
		"ragged": {{one, one}, {one}},
		"wide":   {{one, {RowSpan: 1, ColSpan: 2}}},
	} {
		if err := CheckGrid(&document.Table{Rows: rows}); (err == nil) != (name == "") {
			t.Errorf("%q: %v", name, err)
		}
	}
}
