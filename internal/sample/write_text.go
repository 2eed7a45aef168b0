package sample

import (
	"fmt"
	"html"
	"strings"

	"juesuan/internal/document"
)

// Text writes the paragraphs as UTF-8 text; the tables are left to a workbook.
func Text(d *document.Document) []byte {
	var b strings.Builder
	for _, bl := range narrativeBlocks(d) {
		b.WriteString(bl.Text.S + "\n")
	}
	return []byte(b.String())
}

// narrativeBlocks are the blocks outside the part that holds the tables.
func narrativeBlocks(d *document.Document) []document.Block {
	var out []document.Block
	tables := false
	for _, bl := range d.Blocks {
		if bl.Kind == document.Heading && bl.Level == 1 {
			tables = strings.HasPrefix(bl.Text.S, "第二部分")
		}
		if !tables {
			out = append(out, bl)
		}
	}
	return out
}

// HTML writes the disclosure as one web page.
func HTML(d *document.Document) []byte {
	var b strings.Builder
	title := html.EscapeString(d.Blocks[0].Text.S)
	b.WriteString("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + title + "</title>\n" +
		"<style>table{border-collapse:collapse}td{border:1px solid;padding:2px 6px}</style>\n</head>\n<body>\n")
	for _, bl := range d.Blocks {
		switch bl.Kind {
		case document.Heading:
			fmt.Fprintf(&b, "<h%d>%s</h%d>\n", bl.Level, html.EscapeString(bl.Text.S), bl.Level)
		case document.Paragraph:
			b.WriteString("<p>" + html.EscapeString(bl.Text.S) + "</p>\n")
		case document.TableBlock:
			htmlTable(&b, bl.Table)
		}
	}
	b.WriteString("</body>\n</html>\n")
	return []byte(b.String())
}

func htmlTable(b *strings.Builder, t *document.Table) {
	b.WriteString("<table>\n")
	for _, row := range t.Rows {
		b.WriteString("<tr>")
		for _, x := range row {
			if x.Covered {
				continue
			}
			b.WriteString("<td")
			if x.ColSpan > 1 {
				fmt.Fprintf(b, " colspan=\"%d\"", x.ColSpan)
			}
			if x.RowSpan > 1 {
				fmt.Fprintf(b, " rowspan=\"%d\"", x.RowSpan)
			}
			b.WriteString(">" + html.EscapeString(x.Text) + "</td>")
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</table>\n")
}
