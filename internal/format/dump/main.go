// Command dump prints what a reader makes of a file: the blocks of the
// Document with their places, tables with pipes between the cells. It is for
// people who work on the readers.
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/format"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "用法：go run ./internal/format/dump 文件…")
		os.Exit(3)
	}
	out := bufio.NewWriter(os.Stdout)
	code := 0
	for _, path := range os.Args[1:] {
		doc, err := format.Open(context.Background(), path, format.Options{})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 3
			continue
		}
		dump(out, doc)
	}
	if err := out.Flush(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 3
	}
	os.Exit(code)
}

func dump(out *bufio.Writer, doc *document.Document) {
	fmt.Fprintf(out, "== %s\n", doc.Name)
	for i, f := range doc.Files {
		fmt.Fprintf(out, "== file %d %s %s pages=%d sheets=%v\n", i, f.Name, f.Format, f.Pages, f.Sheets)
	}
	for _, w := range doc.Warnings {
		fmt.Fprintf(out, "== 注意 %s：%s\n", w.Place, w.Message)
	}
	flat := strings.NewReplacer("\n", "⏎", "|", "¦")
	for i, b := range doc.Blocks {
		switch b.Kind {
		case document.TableBlock:
			rows, cols := len(b.Table.Rows), 0
			if rows > 0 {
				cols = len(b.Table.Rows[0])
			}
			fmt.Fprintf(out, "%d [table %d×%d ruled=%v] f%d %s\n", i, rows, cols, b.Table.Ruled, b.Place.File, b.Place)
			for _, r := range b.Table.Rows {
				for _, c := range r {
					s := flat.Replace(c.Text)
					if c.Covered {
						s = "^"
					}
					if c.RowSpan > 1 || c.ColSpan > 1 {
						s += fmt.Sprintf("{%d×%d}", c.RowSpan, c.ColSpan)
					}
					if c.Indent > 0 {
						s = fmt.Sprintf("<%d>", c.Indent) + s
					}
					if c.Number != "" && c.Number != c.Text {
						s += "[" + c.Number + "]"
					}
					if c.Formula != "" {
						s += "[=" + c.Formula + "]"
					}
					if c.Hidden {
						s = "(" + s + ")"
					}
					fmt.Fprintf(out, "|%s", s)
				}
				fmt.Fprintln(out, "|")
			}
		case document.Heading:
			fmt.Fprintf(out, "%d [h%d] f%d %s: %s\n", i, b.Level, b.Place.File, b.Place, flat.Replace(b.Text.S))
		default:
			fmt.Fprintf(out, "%d f%d %s: %s\n", i, b.Place.File, b.Place, strings.ReplaceAll(b.Text.S, "\n", "⏎"))
		}
	}
}
