// Package formattest helps the tests of the readers: it prints a Document as
// text that a test can compare, checks the laws every Document obeys, and
// builds zip files.
package formattest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"juesuan/internal/document"
)

// Print writes the blocks one a line, tables with a line a row:
//
//	¶ text · #2 heading · | a | b{1×2} | ^ |
//
// ^ is a covered cell, {r×c} a span, [n] a stored number, (…) hidden, >n an indent.
func Print(d *document.Document) string {
	var b strings.Builder
	for _, x := range d.Blocks {
		switch x.Kind {
		case document.TableBlock:
			for _, r := range x.Table.Rows {
				for _, c := range r {
					s := strings.ReplaceAll(c.Text, "\n", "⏎")
					if c.Covered {
						s += "^"
					}
					if c.RowSpan != 1 || c.ColSpan != 1 {
						s += fmt.Sprintf("{%d×%d}", c.RowSpan, c.ColSpan)
					}
					if c.Number != "" {
						s += "[" + c.Number + "]"
					}
					if c.Formula != "" {
						s += "[=" + c.Formula + "]"
					}
					if c.Indent > 0 {
						s = fmt.Sprintf(">%d %s", c.Indent, s)
					}
					if c.Hidden {
						s = "(" + s + ")"
					}
					b.WriteString("| " + s + " ")
				}
				b.WriteString("|\n")
			}
			b.WriteString("--\n")
		case document.Heading:
			fmt.Fprintf(&b, "#%d %s\n", x.Level, x.Text.S)
		default:
			b.WriteString("¶ " + strings.ReplaceAll(x.Text.S, "\n", "⏎") + "\n")
		}
	}
	for _, w := range d.Warnings {
		fmt.Fprintf(&b, "! %s：%s\n", w.Place, w.Message)
	}
	return b.String()
}

// Check tests what every Document must be: rectangular tables whose merged
// cells cover what they should and no more, texts whose spans cover them.
func Check(t testing.TB, d *document.Document) {
	t.Helper()
	for i, b := range d.Blocks {
		if (b.Kind == document.TableBlock) != (b.Table != nil) {
			t.Fatalf("block %d: kind %v, table %v", i, b.Kind, b.Table != nil)
		}
		if b.Table == nil {
			end := 0
			for _, s := range b.Text.Spans {
				if s.Start != end || s.End < s.Start {
					t.Fatalf("block %d: spans %v of %q", i, b.Text.Spans, b.Text.S)
				}
				end = s.End
			}
			if end != len(b.Text.S) || b.Text.S == "" {
				t.Fatalf("block %d: spans %v of %q", i, b.Text.Spans, b.Text.S)
			}
			continue
		}
		checkTable(t, i, b.Table)
	}
}

func checkTable(t testing.TB, n int, tab *document.Table) {
	t.Helper()
	if len(tab.Rows) == 0 || len(tab.Rows[0]) == 0 {
		t.Fatalf("block %d: empty table", n)
	}
	w := len(tab.Rows[0])
	covered := make([][]bool, len(tab.Rows))
	for i := range covered {
		covered[i] = make([]bool, w)
	}
	for i, r := range tab.Rows {
		if len(r) != w {
			t.Fatalf("block %d: row %d has %d cells, not %d", n, i, len(r), w)
		}
		for j, c := range r {
			if c.RowSpan < 1 || c.ColSpan < 1 || i+c.RowSpan > len(tab.Rows) || j+c.ColSpan > w {
				t.Fatalf("block %d: cell %d,%d spans %d×%d in %d×%d", n, i, j, c.RowSpan, c.ColSpan, len(tab.Rows), w)
			}
			if c.Covered && (c.Text != "" || c.RowSpan != 1 || c.ColSpan != 1) {
				t.Fatalf("block %d: covered cell %d,%d has content %q", n, i, j, c.Text)
			}
			for y := i; y < i+c.RowSpan; y++ {
				for x := j; x < j+c.ColSpan; x++ {
					if y != i || x != j {
						covered[y][x] = true
					}
				}
			}
		}
	}
	for i, r := range tab.Rows {
		for j, c := range r {
			if c.Covered != covered[i][j] {
				t.Fatalf("block %d: cell %d,%d covered=%v, by spans %v", n, i, j, c.Covered, covered[i][j])
			}
		}
	}
}

// Zip builds a zip file of name, content pairs.
func Zip(t testing.TB, pairs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(pairs); i += 2 {
		w, err := z.Create(pairs[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(pairs[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
