// Package paged is what the writers of paged formats (docx, pdf) decide alike:
// where the numbered pages begin, what names a table, whether a table is a
// grid, and how wide its columns are.
package paged

import (
	"fmt"
	"math"

	"juesuan/internal/document"
)

// FrontMatter counts the blocks of cover and contents, which have no page
// number: up to the Contents, else a first page that holds a title.
func FrontMatter(doc *document.Document) int {
	for i, b := range doc.Blocks {
		if b.Style == document.Contents {
			return i + 1
		}
	}
	title := false
	for i, b := range doc.Blocks {
		if i > 0 && (b.NewPage || b.Landscape) {
			if title {
				return i
			}
			break
		}
		title = title || b.Style == document.Title
	}
	return 0
}

// CaptionOf names the table at block i for screen readers: the nearest heading
// or caption above it, "" when there is none.
func CaptionOf(doc *document.Document, i int) string {
	for k := i - 1; k >= 0 && k > i-5; k-- {
		b := &doc.Blocks[k]
		if b.Kind == document.TableBlock {
			return ""
		}
		if b.Kind == document.Heading || b.Style == document.Caption {
			return b.Text.S
		}
	}
	return ""
}

// CheckGrid makes sure that a table is a grid whose spans stay inside it.
func CheckGrid(t *document.Table) error {
	for r, row := range t.Rows {
		if len(row) != len(t.Rows[0]) {
			return fmt.Errorf("table row %d has %d cells, not %d", r+1, len(row), len(t.Rows[0]))
		}
		for c, x := range row {
			if r+x.RowSpan > len(t.Rows) || c+x.ColSpan > len(row) {
				return fmt.Errorf("table cell r%dc%d reaches out of the table", r+1, c+1)
			}
		}
	}
	return nil
}

// Columns shares a width among columns that need least and wish for more, by
// the relative widths when there is one for each column, else by content. All
// are lengths of one unit. It is false when not even the least fits; the
// columns are then narrower than they need.
func Columns(least, wish, widths []float64, width float64) (cols []float64, ok bool) {
	cols = make([]float64, len(least))
	sum := Total(least)
	switch {
	case sum > width:
		for c := range cols {
			cols[c] = least[c] * width / sum
		}
		return cols, false
	case len(widths) == len(cols) && Total(widths) > 0:
		if Total(wish) <= width {
			least = wish // no name has to wrap
		}
		given(cols, widths, least, width)
	default:
		byContent(cols, least, wish, width)
	}
	return cols, true
}

// given spreads the width by the relative widths, none below its least.
func given(cols, widths, least []float64, width float64) {
	fixed := make([]bool, len(cols))
	for range len(cols) + 1 {
		room, share := width, 0.0
		for c := range cols {
			if fixed[c] {
				room -= least[c]
			} else {
				share += max(widths[c], 1e-9)
			}
		}
		again := false
		for c := range cols {
			if fixed[c] {
				cols[c] = least[c]
				continue
			}
			cols[c] = room * max(widths[c], 1e-9) / share
			if cols[c] < least[c] {
				fixed[c], again = true, true
			}
		}
		if !again {
			return
		}
	}
}

// byContent gives every column what it wishes, or what it needs and a share
// of the rest by what it still wishes.
func byContent(cols, least, wish []float64, width float64) {
	if sum := Total(wish); sum <= width {
		for c := range cols {
			cols[c] = wish[c] + (width-sum)/float64(len(cols))
		}
		return
	}
	need := Total(least)
	more := 0.0
	for c := range cols {
		more += math.Sqrt(max(0, wish[c]-least[c])) // long names may wrap
	}
	for c := range cols {
		cols[c] = least[c]
		if more > 0 {
			cols[c] += (width - need) * math.Sqrt(max(0, wish[c]-least[c])) / more
		} else {
			cols[c] += (width - need) / float64(len(cols))
		}
	}
}

// Total adds lengths.
func Total(xs []float64) float64 {
	s := 0.0
	for _, x := range xs {
		s += x
	}
	return s
}
