package docx

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"juesuan/internal/document"
	"juesuan/internal/format/formattest"
	"juesuan/internal/sample"
)

// published is the sample as a disclosure is published: cover, contents,
// tables on pages of their own.
func published() *document.Document {
	d := sample.Clean()
	out := &document.Document{}
	first := d.Blocks[0]
	out.Blocks = append(out.Blocks,
		document.Block{Text: document.Text{S: "青禾县河湖管理局"}, Style: document.Title},
		document.Block{Text: document.Text{S: "2024年度部门决算"}, Style: document.Title},
		document.Block{Text: document.Text{S: "目录"}, Style: document.Contents, NewPage: true})
	_ = first
	wide := false
	for i, b := range d.Blocks[1:] {
		i++
		at := func(k int) document.BlockKind {
			if k < 0 || k >= len(d.Blocks) {
				return document.Paragraph
			}
			return d.Blocks[k].Kind
		}
		switch {
		case b.Kind == document.Heading && at(i+3) == document.TableBlock:
			b.Style, b.NewPage = document.Caption, at(i-1) != document.Heading
			wide = len(d.Blocks[i+3].Table.Rows[0]) > 7
			if wide && !b.NewPage {
				out.Blocks[len(out.Blocks)-1].Landscape = true
			}
			b.Landscape = wide
		case b.Kind == document.Heading && b.Level == 1:
			b.NewPage, wide = true, false
		case at(i+2) == document.TableBlock && b.Kind == document.Paragraph:
			b.Style, b.Landscape = document.TableTag, wide
		case at(i+1) == document.TableBlock && b.Kind == document.Paragraph:
			b.Style, b.Landscape = document.Unitline, wide
			b.Text.S = strings.Replace(b.Text.S, "　　", "\t", 1)
		case b.Kind == document.TableBlock:
			b.Landscape = wide
			t := *b.Table
			for r := range min(4, len(t.Rows)) {
				if t.Rows[r][0].Text == "栏次" {
					t.HeaderRows = r + 1
				}
			}
			b.Table = &t
		case at(i-1) == document.TableBlock || at(i-2) == document.TableBlock:
			b.Style, b.Landscape = document.Note, wide
		}
		out.Blocks = append(out.Blocks, b)
	}
	return out
}

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
	d := published()
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

func TestKeepPages(t *testing.T) {
	p, err := newWriter(context.Background(), published())
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range p.toc {
		t.Log(p.pages[h], p.doc.Blocks[h].Text.S)
	}
}
