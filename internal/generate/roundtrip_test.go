package generate_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"juesuan/internal/accounts"
	"juesuan/internal/document"
	"juesuan/internal/format"
	"juesuan/internal/recognise"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// TestReadOfWrite: what a format writes is read back to the same facts, tables
// and statements. A workbook carries the tables only.
func TestReadOfWrite(t *testing.T) {
	each(t, units(12, 500), func(a *accounts.Accounts, tax *taxonomy.Taxonomy) []string {
		return readBack(a, tax, "docx", "html", "xlsx")
	})
}

// TestReadOfWritePDF is the law of TestReadOfWrite for pages.
func TestReadOfWritePDF(t *testing.T) {
	each(t, units(4, 100), func(a *accounts.Accounts, tax *taxonomy.Taxonomy) []string {
		return readBack(a, tax, "pdf")
	})
}

// TestReadOfWriteAccounts: accounts written as yaml or json are read back as they were.
func TestReadOfWriteAccounts(t *testing.T) {
	each(t, units(12, 500), func(a *accounts.Accounts, tax *taxonomy.Taxonomy) []string {
		b, _, _ := accounts.Complete(a, tax)
		var out []string
		for name, data := range map[string][]byte{"x.yaml": accounts.WriteYAML(a, tax), "x.json": accounts.WriteJSON(b)} {
			got, err := accounts.Read(name, data, tax)
			if err != nil {
				out = append(out, fmt.Sprintf("%s: %v", name, err))
				continue
			}
			if diff := gocmp.Diff(a, got, cmpopts.EquateEmpty()); diff != "" {
				out = append(out, name+" read back differs: -written +read\n"+diff[:min(len(diff), 3000)])
			}
		}
		return out
	})
}

// readBack writes and reads the disclosure of the accounts and compares what
// is understood of it with what is understood of it in memory.
func readBack(a *accounts.Accounts, tax *taxonomy.Taxonomy, formats ...string) []string {
	d, want, err := built(a, tax)
	if err != nil {
		return []string{err.Error()}
	}
	var out []string
	for _, name := range formats {
		got, err := through(d, name, tax)
		if err != nil {
			out = append(out, err.Error())
			continue
		}
		x, y := tables(want), tables(got)
		if name != "xlsx" { // whose it is stands in the name of the file
			x, y = words(want)+x, words(got)+y
		}
		if x != y {
			diff := gocmp.Diff(strings.Split(x, "\n"), strings.Split(y, "\n"))
			out = append(out, name+" read back differs: -built +read\n"+diff[:min(len(diff), 3000)])
		}
	}
	return out
}

// through writes a document and reads what was written.
func through(d *document.Document, name string, tax *taxonomy.Taxonomy) (*report.Report, error) {
	var b bytes.Buffer
	if err := format.Write(context.Background(), d, name, &b, format.Meta{}); err != nil {
		return nil, err
	}
	back, err := format.OpenBytes(context.Background(), "x."+name, b.Bytes(), format.Options{})
	if err != nil {
		return nil, err
	}
	return recognise.Report(back, tax), nil
}

// tables writes down every table, cell by cell, with what its figures mean.
func tables(r *report.Report) string {
	var b strings.Builder
	for _, t := range r.Tables {
		fmt.Fprintf(&b, "表 %s %s %s 空=%v\n", t.ID, t.Title, t.Unit, t.Empty)
		if t.Problem != "" {
			fmt.Fprintf(&b, "  %s\n", t.Problem)
		}
		for _, c := range t.Columns {
			fmt.Fprintf(&b, "  列 %s %s %s\n", c.Block, c.Key, c.Part)
		}
		// A page that cuts a table of two sides cuts each: the order of rows is
		// that of each side.
		rows := slices.Clone(t.Rows)
		slices.SortStableFunc(rows, func(x, y report.Row) int { return cmp.Compare(x.Block, y.Block) })
		for _, row := range rows {
			fmt.Fprintf(&b, "  行 %s %s %s %s %d %s", row.Block, row.Key, row.Code, row.Name, row.Level, row.Part)
			for _, c := range row.Cells {
				b.WriteString(" | " + c.Text)
				if f := r.Get(c.Figure); f != nil {
					fmt.Fprintf(&b, " %s %s", f.Fact, f.Unit)
				}
			}
			b.WriteString("\n")
		}
		for _, n := range t.Notes {
			fmt.Fprintf(&b, "  注 %s\n", n.S)
		}
	}
	return b.String()
}

// words writes down what the text says.
func words(r *report.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s %d\n", r.Kind, r.Scope, r.Unit, r.Year)
	for _, s := range r.Sections {
		fmt.Fprintf(&b, "节 %d %s %s %s\n", s.Level, s.Key, s.Number, s.Title)
	}
	for i := range r.Figures {
		if f := &r.Figures[i]; f.Table < 0 {
			fmt.Fprintf(&b, "数 %s %s %s\n", f.Figure.String(), f.Fact, f.Section)
		}
	}
	report.DumpFrames(&b, r)
	return b.String()
}
