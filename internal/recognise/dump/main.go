// Command dump prints what the reader of the narrative understands of files:
// sections, figures with their facts, and frames. It is for people who work
// on the reader.
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"

	"juesuan/internal/format"
	"juesuan/internal/recognise"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "用法：go run ./internal/recognise/dump 文件…")
		os.Exit(3)
	}
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
}

func run(paths []string) error {
	tax, err := taxonomy.Load("")
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	for _, path := range paths {
		doc, err := format.Open(context.Background(), path, format.Options{})
		if err != nil {
			return err
		}
		report.Dump(out, recognise.Report(doc, tax))
	}
	return out.Flush()
}
