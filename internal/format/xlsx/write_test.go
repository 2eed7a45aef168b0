package xlsx

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"juesuan/internal/accounts"
	"juesuan/internal/compose"
	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/format/formattest"
	"juesuan/internal/taxonomy"
)

func written(t testing.TB, d *document.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(context.Background(), d, &b, WriteOptions{Title: "决算", Author: "青禾县河湖管理局"}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func reread(t testing.TB, data []byte) *document.Document {
	t.Helper()
	got, err := Read(context.Background(), "决算.xlsx", data, document.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	formattest.Check(t, got)
	return got
}

// TestWriteReadsBack: what is printed is read back, whatever its decimals.
func TestWriteReadsBack(t *testing.T) {
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		a := someAccounts(rt)
		b, _, _ := accounts.Complete(a, tax)
		d := &document.Document{}
		var want []*document.Table
		for _, p := range compose.Tables(b, tax) {
			d.Blocks = append(d.Blocks, p.Blocks...)
			want = append(want, p.Grid)
		}
		data := written(t, d)
		if !bytes.Equal(data, written(t, d)) {
			rt.Fatal("not the same bytes twice")
		}
		got := reread(t, data)
		n := 0
		for _, bl := range got.Blocks {
			if bl.Table == nil {
				continue
			}
			if n == len(want) {
				rt.Fatalf("more tables than %d:\n%s", len(want), formattest.Print(got))
			}
			same(rt, want[n], bl.Table)
			n++
		}
		if n != len(want) {
			rt.Fatalf("%d tables of %d:\n%s", n, len(want), formattest.Print(got))
		}
	})
}

func same(t *rapid.T, want, got *document.Table) {
	if len(want.Rows) < len(got.Rows) || len(want.Rows[0]) != len(got.Rows[0]) {
		t.Fatalf("%d×%d read as %d×%d", len(want.Rows), len(want.Rows[0]), len(got.Rows), len(got.Rows[0]))
	}
	for r := range want.Rows {
		for c, w := range want.Rows[r] {
			var g document.Cell
			if r < len(got.Rows) {
				g = got.Rows[r][c]
			}
			if g.Text != w.Text || w.Text != "" && (g.Number != w.Number || (g.Formula == "") != (w.Sum == "")) {
				t.Fatalf("row %d column %d: %q [%s] =%s read as %q [%s] =%s", r, c, w.Text, w.Number, w.Sum, g.Text, g.Number, g.Formula)
			}
		}
	}
}

// someAccounts are tables with all kinds of amounts, not all of them sensible.
func someAccounts(t *rapid.T) *accounts.Accounts {
	a := &accounts.Accounts{
		Unit: "青禾县河湖管理局", Scope: "部门", Year: rapid.IntRange(2016, 2025).Draw(t, "year"),
		Money: rapid.SampledFrom([]figure.Unit{figure.WanYuan, figure.Yuan}).Draw(t, "money"),
		Form:  rapid.SampledFrom([]string{"通用", "上海", "新疆"}).Draw(t, "form"),
		Cells: map[accounts.Cell]accounts.Fen{},
	}
	amount := rapid.OneOf(rapid.Int64Range(-1e6, 1e12), rapid.Map(rapid.Int64Range(0, 1e6), func(n int64) int64 { return n*10000 + 5000 }))
	for _, x := range []accounts.Cell{
		{Table: "02", Row: "2080505", Col: "财政拨款收入"}, {Table: "02", Row: "2130301", Col: "事业收入"},
		{Table: "03", Row: "2080505", Col: "基本支出"}, {Table: "03", Row: "2130301", Col: "项目支出"},
		{Table: "05", Row: "2080505", Col: "基本支出"}, {Table: "05", Row: "2130305", Col: "项目支出"},
		{Table: "06", Row: "30101", Col: "决算数"}, {Table: "06", Row: "30201", Col: "决算数"}, {Table: "06", Row: "30211", Col: "决算数"},
		{Table: "07", Row: "公务接待费", Col: "决算数"}, {Table: "08", Row: "2120804", Col: "项目支出"},
	} {
		if rapid.IntRange(0, 4).Draw(t, "given") > 0 {
			a.Cells[x] = accounts.Fen(amount.Draw(t, fmt.Sprint(x)))
		}
	}
	return a
}

// TestWriteInOffice: LibreOffice calculates what the cells carry.
func TestWriteInOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed: the formulas are not proved by another program")
	}
	dir := t.TempDir()
	in := filepath.Join(dir, "in.xlsx")
	d := formattest.Published()
	if err := os.WriteFile(in, written(t, d), 0o644); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	cmd := exec.Command(office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "xlsx", "--outdir", out, in)
	if msg, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("LibreOffice does not run here: %v %s", err, msg)
	}
	data, err := os.ReadFile(filepath.Join(out, "in.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	want, got := tables(reread(t, written(t, d))), tables(reread(t, data))
	if len(want) != len(got) || len(want) == 0 {
		t.Fatalf("%d tables of %d", len(got), len(want))
	}
	for i := range want {
		for r := range want[i].Rows {
			for c, w := range want[i].Rows[r] {
				if g := got[i].Rows[r][c]; g.Text != w.Text {
					t.Errorf("table %d row %d column %d: %q, LibreOffice says %q", i+1, r, c, w.Text, g.Text)
				}
			}
		}
	}
}

func tables(d *document.Document) []*document.Table {
	var out []*document.Table
	for _, b := range d.Blocks {
		if b.Table != nil {
			out = append(out, b.Table)
		}
	}
	return out
}
