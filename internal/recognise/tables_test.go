package recognise

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"juesuan/internal/document"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestTables reads the documents of testdata/tables: text and grids above the
// line of equal signs, the tables that come out below it.
func TestTables(t *testing.T) {
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob("testdata/tables/*.txt")
	if len(files) == 0 {
		t.Fatal("no cases")
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txt"), func(t *testing.T) {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			in, want, _ := strings.Cut(string(b), "\n====\n")
			r := tablesOf(sketch(t, in), tax)
			got := dumpTables(r)
			if *update {
				if err := os.WriteFile(f, []byte(in+"\n====\n"+got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

// tablesOf runs the table recogniser alone.
func tablesOf(doc *document.Document, tax *taxonomy.Taxonomy) *report.Report {
	r := &report.Report{Document: doc, TableText: map[int]int{}}
	fold(r)
	profile(r, tax)
	tables(r, tax)
	return r
}

var (
	sketchSpan   = regexp.MustCompile(`\{(\d+)×(\d+)\}$`)
	sketchIndent = regexp.MustCompile(`^<(\d+)>`)
)

// sketch makes a document from a drawing: a line is a paragraph, “# ” a
// heading, “-- ” a new page, lines with bars are the rows of a grid. In a cell
// ⏎ breaks the line, {2×3} merges rows and columns, ^ is covered, <2> indents,
// what follows ⇒ is the stored number. “@ 表名” names a worksheet.
func sketch(t *testing.T, text string) *document.Document {
	t.Helper()
	doc := &document.Document{Name: "sketch", Files: []document.File{{Name: "sketch", Format: "pdf"}}}
	page, sheet := 1, ""
	var grid *document.Table
	for _, line := range strings.Split(text, "\n") {
		place := document.Place{Page: page, Sheet: sheet}
		if !strings.HasPrefix(strings.TrimSpace(line), "|") {
			grid = nil
		}
		switch {
		case strings.TrimSpace(line) == "":
		case strings.HasPrefix(line, "-- "):
			page++
		case strings.HasPrefix(line, "@ "):
			sheet, page = line[len("@ "):], 0
		case strings.HasPrefix(line, "# "):
			doc.Blocks = append(doc.Blocks, document.Block{Kind: document.Heading, Text: document.Plain(line[2:], place), Place: place})
		case strings.HasPrefix(strings.TrimSpace(line), "|"):
			if grid == nil {
				grid = &document.Table{Ruled: true, Place: place}
				doc.Blocks = append(doc.Blocks, document.Block{Kind: document.TableBlock, Table: grid, Place: place})
			}
			var row []document.Cell
			cells := strings.Split(strings.TrimSpace(line), "|")
			for _, s := range cells[1 : len(cells)-1] {
				row = append(row, sketchCell(strings.TrimSuffix(strings.TrimPrefix(s, " "), " "), place))
			}
			grid.Rows = append(grid.Rows, row)
		default:
			doc.Blocks = append(doc.Blocks, document.Block{Text: document.Plain(line, place), Place: place})
		}
	}
	return doc
}

func sketchCell(s string, place document.Place) document.Cell {
	c := document.Cell{RowSpan: 1, ColSpan: 1, Place: place}
	if s == "^" {
		c.Covered = true
		return c
	}
	if m := sketchSpan.FindStringSubmatch(s); m != nil {
		c.RowSpan, _ = strconv.Atoi(m[1])
		c.ColSpan, _ = strconv.Atoi(m[2])
		s = strings.TrimSuffix(s, m[0])
	}
	if m := sketchIndent.FindStringSubmatch(s); m != nil {
		c.Indent, _ = strconv.Atoi(m[1])
		s = strings.TrimPrefix(s, m[0])
	}
	s, c.Number, _ = strings.Cut(s, "⇒")
	c.Text = strings.ReplaceAll(s, "⏎", "\n")
	return c
}

// dumpTables prints what was recognised.
func dumpTables(r *report.Report) string {
	var b strings.Builder
	for _, t := range r.Tables {
		id := t.ID
		if id == "" {
			id = "—"
		}
		fmt.Fprintf(&b, "表%s “%s”", id, t.Title)
		for _, s := range []struct{ name, value string }{
			{"标签", t.Label}, {"单位", string(t.Unit)}, {"印为", t.UnitSaid}, {"问题", t.Problem},
		} {
			if s.value != "" {
				fmt.Fprintf(&b, " %s=%s", s.name, s.value)
			}
		}
		if t.Empty {
			b.WriteString(" 空表")
		}
		b.WriteString("\n")
		if t.ID == "" {
			continue
		}
		b.WriteString("  列")
		for _, c := range t.Columns {
			b.WriteString(" ")
			if c.Block != "" {
				b.WriteString(c.Block + "/")
			}
			if c.Key == "" {
				b.WriteString("?" + c.Header)
			}
			b.WriteString(c.Key)
			if c.Part != "" {
				b.WriteString("<" + c.Part)
			}
		}
		b.WriteString("\n")
		for _, row := range t.Rows {
			b.WriteString("  " + row.Block + "|" + row.Key)
			if row.Level > 0 {
				fmt.Fprintf(&b, " L%d", row.Level)
			}
			if row.Part != "" {
				b.WriteString(" <" + row.Part)
			}
			if row.Name != row.Key {
				b.WriteString(" “" + row.Name + "”")
			}
			b.WriteString(":")
			for _, c := range row.Cells {
				if f := r.Get(c.Figure); f != nil {
					b.WriteString(" " + f.Digits())
					if f.Unit != t.Unit {
						b.WriteString(string(f.Unit))
					}
				} else {
					b.WriteString(" " + strings.ReplaceAll("·"+c.Text, " ", ""))
				}
			}
			b.WriteString("\n")
		}
		for _, n := range t.Notes {
			b.WriteString("  注 " + n.S + "\n")
		}
	}
	for _, e := range r.EmptyClaims {
		fmt.Fprintf(&b, "空表说明 表%s “%s”\n", e.Table, e.Words.Text)
	}
	return b.String()
}
