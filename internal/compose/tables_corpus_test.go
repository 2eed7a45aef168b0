package compose

import (
	"context"
	"path/filepath"
	"testing"

	"juesuan/internal/accounts"
	"juesuan/internal/format"
	"juesuan/internal/recognise"
	"juesuan/internal/report"
)

// TestPublishedTables: the tables of published accounts, entered cell by cell
// as they are printed, make books that say the same, and nothing disagrees
// that the rounding explains.
func TestPublishedTables(t *testing.T) {
	const corpus = "../../../shared/corpus"
	files := []string{"putuo-ghzyj-2024.pdf", "putuo-shgzb-2024.pdf", "foshan-gdjtj-2019.pdf", "xian-wjw-2022.pdf", "taiyuan-fgw-2016.xlsx"}
	if found, _ := filepath.Glob(filepath.Join(corpus, "*.pdf")); len(found) == 0 {
		t.Skip("SKIPPED: no corpus of published accounts")
	}
	tax := load(t)
	for _, name := range files {
		t.Run(name, func(t *testing.T) {
			doc, err := format.Open(context.Background(), filepath.Join(corpus, name), format.Options{})
			if err != nil {
				t.Fatal(err)
			}
			r := recognise.Report(doc, tax)
			a := &accounts.Accounts{Unit: r.Unit, Year: r.Year, Cells: printed(r)}
			if len(a.Cells) < 150 {
				t.Fatalf("only %d cells read", len(a.Cells))
			}
			b, _, conflicts := accounts.Complete(a, tax)
			for _, c := range conflicts {
				t.Error(c.Text)
			}
			for c, f := range a.Cells {
				if g, ok := b.Cell(c.Table, c.Row, c.Col); !ok || g-f > 10_000 || f-g > 10_000 {
					t.Errorf("%v printed %s, books %s", c, b.Print(f), b.Print(g))
				}
			}
		})
	}
}

// printed gives the amounts of the nine tables as they are printed.
func printed(r *report.Report) map[accounts.Cell]accounts.Fen {
	out := map[accounts.Cell]accounts.Fen{}
	for _, t := range r.Tables {
		for _, row := range t.Rows {
			for c, cell := range row.Cells {
				if cell.Figure == report.None || c >= len(t.Columns) || len(t.ID) != 2 {
					continue
				}
				f := r.Figures[cell.Figure].Figure
				if v, ok := (accounts.Quantity{Coef: f.Coef, Decimals: f.Decimals, Unit: f.Unit}).Fen(); ok {
					out[accounts.Cell{Table: t.ID, Row: row.Key, Col: t.Columns[c].Key}] = v
				}
			}
		}
	}
	return out
}
