package formattest

import (
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/sample"
)

// Published is the sample as a disclosure is published: cover, contents,
// tables on pages of their own.
func Published() *document.Document {
	d := sample.Clean()
	out := &document.Document{}
	out.Blocks = append(out.Blocks,
		document.Block{Text: document.Text{S: "青禾县河湖管理局"}, Style: document.Title},
		document.Block{Text: document.Text{S: "2024年度部门决算"}, Style: document.Title},
		document.Block{Text: document.Text{S: "目录"}, Style: document.Contents, NewPage: true})
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
