package typeset_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"juesuan/internal/document"
	"juesuan/internal/format/formattest"
	"juesuan/internal/format/pdf"
)

// The law: what is written is read back, text and cells, by the reader of
// this program, which knows nothing of how the pages were made.

func read(t tester, data []byte) *document.Document {
	t.Helper()
	d, err := pdf.Read(context.Background(), "x.pdf", data, document.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if x, ok := t.(testing.TB); ok {
		formattest.Check(x, d)
	}
	return d
}

// bare is text without blanks, in the form in which texts are compared.
func bare(s string) string {
	return strings.Join(strings.Fields(norm.NFKC.String(document.FoldString(s))), "")
}

var leaders = regexp.MustCompile(`\.{4,}\s*\d+$`)

// sameBlocks reports the first difference between what was written and what
// was read: headings are told by their numbers alone in a PDF, entries of the
// contents are new, and a table is several where it fills several pages.
func sameBlocks(want, got *document.Document) error {
	w := shownBlocks(want)
	g := shownBlocks(got)
	k := 0
	for _, b := range w {
		if k >= len(g) {
			return fmt.Errorf("nothing is left for %q", describe(b))
		}
		if b.Table == nil {
			if g[k].Table != nil || bare(g[k].Text.S) != bare(b.Text.S) {
				return fmt.Errorf("wrote\n  %s\nread\n  %s", describe(b), describe(g[k]))
			}
			k++
			continue
		}
		var rows [][]document.Cell
		for len(rows) < len(b.Table.Rows) {
			if k >= len(g) || g[k].Table == nil {
				return fmt.Errorf("%d rows of %d are read of\n%s", len(rows), len(b.Table.Rows), describe(b))
			}
			next := g[k].Table.Rows
			if h := b.Table.HeaderRows; len(rows) > 0 && h > 0 {
				if len(next) < h || sameRows(b.Table.Rows[:h], next[:h]) != nil {
					return fmt.Errorf("no header on the next page of\n%s", describe(b))
				}
				next = next[h:]
			}
			rows = append(rows, next...)
			k++
		}
		if err := sameRows(b.Table.Rows, rows); err != nil {
			return fmt.Errorf("%w in\n%s", err, describe(b))
		}
	}
	if k < len(g) {
		return fmt.Errorf("read %s beyond the end", describe(g[k]))
	}
	return nil
}

func shownBlocks(d *document.Document) []document.Block {
	var out []document.Block
	for _, b := range d.Blocks {
		if b.Kind == document.PictureBlock || b.Table == nil && (bare(b.Text.S) == "" || leaders.MatchString(b.Text.S)) {
			continue
		}
		if b.Table != nil && !strings.ContainsFunc(describe(b), func(r rune) bool { return !strings.ContainsRune("|\n0123456789{}×^ ", r) }) {
			if bare(strings.NewReplacer("|", "", "^", "", "-", "").Replace(describe(b))) == "" {
				continue
			}
		}
		out = append(out, b)
	}
	return out
}

func sameRows(want, got [][]document.Cell) error {
	if len(want) != len(got) {
		return fmt.Errorf("%d rows are read of %d", len(got), len(want))
	}
	for r := range want {
		if len(want[r]) != len(got[r]) {
			return fmt.Errorf("row %d: %d cells are read of %d", r+1, len(got[r]), len(want[r]))
		}
		for c, x := range want[r] {
			y := got[r][c]
			if bare(x.Text) != bare(y.Text) || x.Covered != y.Covered || !x.Covered && (x.RowSpan != y.RowSpan || x.ColSpan != y.ColSpan) {
				return fmt.Errorf("r%dc%d: wrote %q %d×%d %v, read %q %d×%d %v", r+1, c+1,
					x.Text, x.RowSpan, x.ColSpan, x.Covered, y.Text, y.RowSpan, y.ColSpan, y.Covered)
			}
		}
	}
	return nil
}

func describe(b document.Block) string {
	s := formattest.Print(&document.Document{Blocks: []document.Block{b}})
	if rs := []rune(s); len(rs) > 3000 {
		s = string(rs[:3000]) + "…"
	}
	return strings.TrimSpace(s)
}
