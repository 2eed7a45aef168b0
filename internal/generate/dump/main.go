// Command dump prints the disclosure of a made-up unit as text, for the eye:
//
//	go run ./internal/generate/dump SEED
//
// With -check it adds what a check finds in it.
package main

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"

	"juesuan/internal/check"
	"juesuan/internal/compose"
	"juesuan/internal/generate"
	"juesuan/internal/recognise"
	"juesuan/internal/taxonomy"
)

func main() {
	checked := flag.Bool("check", false, "add the findings")
	form := flag.String("form", "", "form: 通用, 新疆, 上海 …")
	flag.Parse()
	if err := run(flag.Arg(0), *form, *checked); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(seed, form string, checked bool) error {
	n, err := strconv.ParseUint(seed, 10, 64)
	if err != nil {
		return fmt.Errorf("seed: %w", err)
	}
	tax, err := taxonomy.Load("")
	if err != nil {
		return err
	}
	a, err := generate.Accounts(n, tax, generate.Options{Form: form})
	if err != nil {
		return err
	}
	d, err := compose.Disclosure(a, tax, compose.Options{})
	if err != nil {
		return err
	}
	for _, b := range d.Blocks {
		if b.Table == nil {
			fmt.Printf("%s%s\n", strings.Repeat("#", b.Level), b.Text.S)
			continue
		}
		for _, row := range b.Table.Rows {
			for _, c := range row {
				fmt.Printf("%s\t", strings.ReplaceAll(c.Text, "\n", "⏎"))
			}
			fmt.Println()
		}
	}
	if !checked {
		return nil
	}
	res := check.Check(recognise.Report(d, tax), tax)
	fmt.Printf("%+v\n", res.Figures)
	for _, f := range res.Findings {
		fmt.Printf("%s %s %s：%s %s\n", f.Rule, f.Severity, f.Title, f.Message, f.Arithmetic)
	}
	return nil
}
