// Command dump prints what the PDF reader makes of a file: blocks with their
// pages, tables as rows divided by pipes. For developers.
//
//	go run ./internal/format/pdf/dump FILE [page]
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"juesuan/internal/document"
	"juesuan/internal/format/pdf"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: dump FILE [page]")
		os.Exit(2)
	}
	only := 0
	if len(os.Args) > 2 {
		only, _ = strconv.Atoi(os.Args[2])
	}
	data, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	start := time.Now()
	d, err := pdf.Read(context.Background(), os.Args[1], data, document.DefaultLimits())
	took := time.Since(start)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, w := range d.Warnings {
		fmt.Println("WARNING", w.Message)
	}
	for _, b := range d.Blocks {
		if only == 0 || touches(b, only) {
			show(b)
		}
	}
	fmt.Fprintln(os.Stderr, took)
}

func touches(b document.Block, page int) bool {
	if b.Place.Page == page {
		return true
	}
	for _, s := range b.Text.Spans {
		if s.Place.Page == page {
			return true
		}
	}
	return false
}

func show(b document.Block) {
	x := b.Place.Box
	at := fmt.Sprintf("p%d (%.0f,%.0f)-(%.0f,%.0f)", b.Place.Page, x.X0, x.Y0, x.X1, x.Y1)
	switch b.Kind {
	case document.Heading:
		fmt.Printf("# %d %s  [%s]\n", b.Level, b.Text.S, at)
	case document.Paragraph:
		fmt.Printf("¶ %s  [%s]\n", b.Text.S, at)
	case document.TableBlock:
		fmt.Printf("TABLE ruled=%v %d×%d [%s]\n", b.Table.Ruled, len(b.Table.Rows), len(b.Table.Rows[0]), at)
		for _, row := range b.Table.Rows {
			cells := make([]string, len(row))
			for i, c := range row {
				cells[i] = strings.ReplaceAll(c.Text, "\n", "⏎")
				switch {
				case c.Covered:
					cells[i] = "·"
				case c.RowSpan > 1 || c.ColSpan > 1:
					cells[i] += fmt.Sprintf("{%d×%d}", c.RowSpan, c.ColSpan)
				}
				if c.Indent > 0 {
					cells[i] = fmt.Sprintf("<%d>", c.Indent) + cells[i]
				}
			}
			fmt.Println("  | " + strings.Join(cells, " | ") + " |")
		}
	}
}
