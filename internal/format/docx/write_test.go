package docx

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"juesuan/internal/document"
	"juesuan/internal/format/formattest"
)

func write(t testing.TB, d *document.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(context.Background(), d, &b, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// back is Print of what is read from what was written.
func back(t testing.TB, d *document.Document) string {
	t.Helper()
	got, err := Read(context.Background(), "x.docx", write(t, d), document.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	formattest.Check(t, got)
	return formattest.Print(got)
}

func TestWriteSample(t *testing.T) {
	d := formattest.Published()
	if path := os.Getenv("JUESUAN_KEEP"); path != "" {
		if err := os.WriteFile(filepath.Join(path, "sample.docx"), write(t, d), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(formattest.Print(d), back(t, d)); diff != "" {
		t.Errorf("read back differs: -written +read\n%s", diff)
	}
	if !bytes.Equal(write(t, d), write(t, d)) {
		t.Error("two writes differ")
	}
}

// cell and spanned make cells of tables.
func cell(s string) document.Cell { return document.Cell{Text: s, RowSpan: 1, ColSpan: 1} }

func spanned(s string, rows, cols int) document.Cell {
	return document.Cell{Text: s, RowSpan: rows, ColSpan: cols}
}

var under = document.Cell{RowSpan: 1, ColSpan: 1, Covered: true}

func para(s string, style document.Style) document.Block {
	return document.Block{Text: document.Text{S: s}, Style: style}
}

// small has one of everything.
func small() *document.Document {
	indented := cell("行政运行")
	indented.Indent = 4
	total := cell("合计")
	total.Bold, total.Align = true, document.AlignCenter
	tab := &document.Table{HeaderRows: 2, Widths: []float64{2, 3, 2}, Rows: [][]document.Cell{
		{spanned("项目", 1, 2), under, spanned("决算数\n（万元）", 2, 1)},
		{cell("编码"), cell("名称"), under},
		{total, cell(""), cell("1,234.50")},
		{cell("2130301"), indented, cell("-8.00%")},
		{spanned("其中", 2, 1), cell("甲<乙>&“丙”"), cell("")},
		{under, cell("丁"), cell("0.00")},
	}}
	png := "\x89PNG\r\n\x1a\n"
	return &document.Document{Blocks: []document.Block{
		para("某县水务局", document.Title), para("2024年9月", document.Body),
		para("目录", document.Contents),
		{Kind: document.Heading, Level: 1, Text: document.Text{S: "第一部分 概况"}},
		{Kind: document.Heading, Level: 2, Text: document.Text{S: "一、职能"}},
		{Kind: document.Heading, Level: 3, Text: document.Text{S: "（一）管理"}},
		{Kind: document.Heading, Level: 6, Text: document.Text{S: "很深的标题"}},
		para("负责河流、湖泊与渠道。", document.Body), para("不缩进。", document.Flush),
		{Kind: document.PictureBlock, Picture: &document.Picture{PNG: []byte(png), SVG: []byte("<svg/>"), Width: 600, Height: 200, Alt: "图 <1>"}},
		{Kind: document.Heading, Level: 2, Text: document.Text{S: "收入支出决算总表"}, Style: document.Caption, NewPage: true, Landscape: true},
		{Text: document.Text{S: "公开01表"}, Style: document.TableTag, Landscape: true},
		{Text: document.Text{S: "部门：某县水务局\t金额单位：万元"}, Style: document.Unitline, Landscape: true},
		{Kind: document.TableBlock, Table: tab, Landscape: true},
		{Kind: document.TableBlock, Table: tab, Landscape: true},
		{Text: document.Text{S: "注：本表反映收支。"}, Style: document.Note, Landscape: true},
		para("结尾。", document.Body),
	}}
}

var update = flag.Bool("update", false, "write the golden files anew")

func TestWriteSmall(t *testing.T) {
	d := small()
	want := *d
	want.Blocks = nil
	for _, b := range d.Blocks {
		if b.Kind != document.PictureBlock {
			want.Blocks = append(want.Blocks, b)
		}
	}
	if diff := cmp.Diff(formattest.Print(&want), back(t, d)); diff != "" {
		t.Errorf("read back differs: -written +read\n%s", diff)
	}
	// The golden file has every part that holds text, a tag a line.
	file := write(t, d)
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&got, "-- %s --\n", f.Name)
		if strings.HasSuffix(f.Name, ".xml") || strings.HasSuffix(f.Name, ".rels") {
			if err := xml.Unmarshal(data, new(struct{})); err != nil {
				t.Errorf("%s is no XML: %v", f.Name, err)
			}
			got.WriteString(strings.ReplaceAll(string(data), "><", ">\n<") + "\n")
		}
	}
	golden := filepath.Join("testdata", "small.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want2, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want2), got.String()); diff != "" {
		t.Errorf("-golden +got\n%s", diff)
	}
}

func TestWriteErrors(t *testing.T) {
	bad := map[string]*document.Document{
		"no blocks":    {},
		"no table":     {Blocks: []document.Block{{Kind: document.TableBlock}}},
		"ragged table": {Blocks: []document.Block{{Kind: document.TableBlock, Table: &document.Table{Rows: [][]document.Cell{{cell("1"), cell("2")}, {cell("3")}}}}}},
		"wide cell":    {Blocks: []document.Block{{Kind: document.TableBlock, Table: &document.Table{Rows: [][]document.Cell{{spanned("1", 1, 2)}}}}}},
	}
	for name, d := range bad {
		if err := Write(context.Background(), d, io.Discard, WriteOptions{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Write(ctx, small(), io.Discard, WriteOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestWriteLaw: what is written is read back, whatever the document.
func TestWriteLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := formattest.Draw(t)
		var b bytes.Buffer
		if err := Write(context.Background(), d, &b, WriteOptions{}); err != nil {
			t.Fatal(err)
		}
		got, err := Read(context.Background(), "x.docx", b.Bytes(), document.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(formattest.Print(d), formattest.Print(got)); diff != "" {
			t.Fatalf("-written +read\n%s", diff)
		}
	})
}

// TestLayTable: whatever the cells, columns fill the width and no number is
// broken while any type is small enough.
func TestLayTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tab := formattest.DrawTable(t)
		g := layTable(tab, portrait.text(), portrait.height())
		sum := 0
		for _, w := range g.cols {
			if w <= 0 {
				t.Fatalf("column of width %d", w)
			}
			sum += w
		}
		if sum != portrait.text() || len(g.rows) != len(tab.Rows) {
			t.Fatalf("columns %v, %d rows", g.cols, len(g.rows))
		}
	})
}

// TestLibreOffice converts the sample with another program: it must open, and
// every entry of the contents must name the page its heading is on.
func TestLibreOffice(t *testing.T) {
	office, err1 := exec.LookPath("soffice")
	poppler, err2 := exec.LookPath("pdftotext")
	if err1 != nil || err2 != nil {
		t.Skip("LIBREOFFICE OR POPPLER ABSENT: that Word files open elsewhere is not tested")
	}
	if testing.Short() {
		t.Skip("short: LibreOffice takes seconds")
	}
	dir := t.TempDir()
	d := formattest.Published()
	if err := os.WriteFile(filepath.Join(dir, "a.docx"), write(t, d), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, office, "-env:UserInstallation=file://"+filepath.ToSlash(dir)+"/profile", "--headless", "--convert-to", "pdf", "--outdir", dir, filepath.Join(dir, "a.docx"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	text, err := exec.CommandContext(ctx, poppler, "-layout", filepath.Join(dir, "a.pdf"), "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	pages := strings.Split(string(text), "\f")
	p, err := newWriter(ctx, d)
	if err != nil {
		t.Fatal(err)
	}
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	front := -1
	for n, page := range pages { // the contents have dots
		if front < 0 && strings.Contains(squeeze(page), squeeze(d.Blocks[p.toc[0]].Text.S)) && !strings.Contains(page, "....") {
			front = n
		}
	}
	if front < 1 {
		t.Fatalf("the first heading is on page %d", front+1)
	}
	for _, i := range p.toc {
		n := front + p.pages[i] - 1
		if n >= len(pages) || !strings.Contains(squeeze(pages[n]), squeeze(d.Blocks[i].Text.S)) {
			t.Errorf("%q is not on page %d", d.Blocks[i].Text.S, p.pages[i])
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	d := formattest.Published()
	for b.Loop() {
		if err := Write(context.Background(), d, io.Discard, WriteOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
