package html

import (
	"bytes"
	"context"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
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
	got, err := Read(context.Background(), "x.html", write(t, d), document.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	formattest.Check(t, got)
	return formattest.Print(got)
}

// shown is Print of a document as a page shows it: without the line 目录,
// which is the navigation, and with a blank for a tab.
func shown(d *document.Document) string {
	var c document.Document
	for _, b := range d.Blocks {
		if b.Style == document.Contents || b.Kind == document.PictureBlock {
			continue
		}
		b.Text.S = strings.ReplaceAll(b.Text.S, "\t", " ")
		c.Blocks = append(c.Blocks, b)
	}
	return formattest.Print(&c)
}

func TestWriteSample(t *testing.T) {
	d := formattest.Published()
	if path := os.Getenv("JUESUAN_KEEP"); path != "" {
		if err := os.WriteFile(filepath.Join(path, "sample.html"), write(t, d), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(shown(d), back(t, d)); diff != "" {
		t.Errorf("read back differs: -written +read\n%s", diff)
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
		got, err := Read(context.Background(), "x.html", b.Bytes(), document.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(formattest.Print(d), formattest.Print(got)); diff != "" {
			t.Fatalf("-written +read\n%s", diff)
		}
		sound(t, b.String())
	})
}

// sound tests what every page must be: one main region, links that lead
// somewhere, ids that are unique, no script and nothing from elsewhere.
func sound(t interface{ Fatalf(string, ...any) }, page string) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	ids, refs := map[string]bool{}, []string{}
	mains := 0
	for n := range root.Descendants() {
		switch n.DataAtom {
		case atom.Main:
			mains++
		case atom.Script, atom.Link, atom.Iframe:
			t.Fatalf("<%s> in the page", n.Data)
		}
		for _, a := range n.Attr {
			switch a.Key {
			case "id":
				if ids[a.Val] {
					t.Fatalf("id %s twice", a.Val)
				}
				ids[a.Val] = true
			case "href":
				refs = append(refs, strings.TrimPrefix(a.Val, "#"))
			case "aria-labelledby":
				refs = append(refs, strings.Fields(a.Val)...)
			case "src":
				if !strings.HasPrefix(a.Val, "data:") {
					t.Fatalf("loads %s", a.Val)
				}
			}
		}
	}
	if mains != 1 {
		t.Fatalf("%d main regions", mains)
	}
	for _, r := range refs {
		if !ids[r] {
			t.Fatalf("nothing has the id %q", r)
		}
	}
}

var update = flag.Bool("update", false, "write the golden file anew")

// TestWriteSmall shows the mark-up of every kind of block in a golden file.
func TestWriteSmall(t *testing.T) {
	tab := &document.Table{HeaderRows: 2, Widths: []float64{2, 3, 2}, Rows: [][]document.Cell{
		{{Text: "项目", RowSpan: 1, ColSpan: 2}, {RowSpan: 1, ColSpan: 1, Covered: true}, {Text: "决算数\n（万元）", RowSpan: 2, ColSpan: 1}},
		{{Text: "编码", RowSpan: 1, ColSpan: 1}, {Text: "名称", RowSpan: 1, ColSpan: 1}, {RowSpan: 1, ColSpan: 1, Covered: true}},
		{{Text: "213", RowSpan: 1, ColSpan: 1}, {Text: "农林水支出", RowSpan: 1, ColSpan: 1, Indent: 2, Bold: true}, {Text: "1,339.30", RowSpan: 1, ColSpan: 1}},
	}}
	block := func(kind document.BlockKind, level int, style document.Style, s string) document.Block {
		return document.Block{Kind: kind, Level: level, Style: style, Text: document.Text{S: s}}
	}
	d := &document.Document{Blocks: []document.Block{
		block(document.Paragraph, 0, document.Title, "某县水务局"), block(document.Paragraph, 0, document.Title, "2024年度部门决算"),
		block(document.Paragraph, 0, document.Contents, "目录"),
		block(document.Heading, 1, document.Body, "第一部分 概况"), block(document.Heading, 2, document.Body, "一、职能 <b>&"),
		block(document.Paragraph, 0, document.Body, "负责“河流”、湖泊与渠道。"),
		{Kind: document.PictureBlock, Picture: &document.Picture{SVG: []byte("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>\n"), Width: 440, Height: 100, Alt: "图"}},
		{Kind: document.PictureBlock, Picture: &document.Picture{PNG: []byte("png"), Width: 440, Height: 100, Alt: "图 \"二\""}},
		{Kind: document.Heading, Level: 1, Text: document.Text{S: "第二部分 决算表"}, NewPage: true},
		{Kind: document.Paragraph, Style: document.TableTag, Text: document.Text{S: "公开01表"}, NewPage: true, Landscape: true},
		{Kind: document.Paragraph, Style: document.Caption, Text: document.Text{S: "收入支出决算总表"}, Landscape: true},
		{Kind: document.Paragraph, Style: document.Unitline, Text: document.Text{S: "部门：某县水务局\t金额单位：万元"}, Landscape: true},
		{Kind: document.TableBlock, Table: tab, Landscape: true},
		{Kind: document.Paragraph, Style: document.Note, Text: document.Text{S: "注：本表反映收支。"}, Landscape: true},
		block(document.Heading, 3, document.Body, "（一）没有标题行的表"),
		{Kind: document.TableBlock, Table: &document.Table{Rows: tab.Rows}},
	}}
	if diff := cmp.Diff(shown(d), back(t, d)); diff != "" {
		t.Errorf("read back differs: -written +read\n%s", diff)
	}
	got := string(write(t, d))
	sound(t, got)
	got = strings.Replace(got, pageCSS, "/* page.css */\n", 1)
	golden := filepath.Join("testdata", "small.html")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("-golden +got\n%s", diff)
	}
}

func TestWriteErrors(t *testing.T) {
	cell := document.Cell{Text: "1", RowSpan: 1, ColSpan: 1}
	for name, d := range map[string]*document.Document{
		"no blocks": {},
		"no table":  {Blocks: []document.Block{{Kind: document.TableBlock}}},
		"ragged":    {Blocks: []document.Block{{Kind: document.TableBlock, Table: &document.Table{Rows: [][]document.Cell{{cell, cell}, {cell}}}}}},
	} {
		if err := Write(context.Background(), d, io.Discard, WriteOptions{}); err == nil {
			t.Errorf("%s: no error", name)
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
