// Command dump prints the disclosure of a made-up unit as text, for the eye:
//
//	go run ./internal/generate/dump SEED
//
// With -check it adds what a check finds in it. With -many N -o DIR it writes
// the accounts of N units into DIR, one project folder each, for measuring:
//
//	go run ./internal/generate/dump -many 1000 -o units && juesuan build units
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"juesuan/internal/accounts"
	"juesuan/internal/check"
	"juesuan/internal/compose"
	"juesuan/internal/generate"
	"juesuan/internal/recognise"
	"juesuan/internal/taxonomy"
)

func main() {
	checked := flag.Bool("check", false, "add the findings")
	form := flag.String("form", "", "form: 通用, 新疆, 上海 …")
	many := flag.Int("many", 0, "write the accounts of so many units")
	dir := flag.String("o", "units", "folder for -many")
	flag.Parse()
	do := func() error { return run(flag.Arg(0), *form, *checked) }
	if *many > 0 {
		do = func() error { return folders(*many, *dir, *form) }
	}
	if err := do(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// folders writes the accounts of n units.
func folders(n int, dir, form string) error {
	tax, err := taxonomy.Load("")
	if err != nil {
		return err
	}
	for i := range n {
		a, err := generate.Accounts(uint64(i), tax, generate.Options{Form: form})
		if err != nil {
			return err
		}
		one := filepath.Join(dir, fmt.Sprintf("%04d", i))
		if err := os.MkdirAll(one, 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(one, "决算.yaml"), accounts.WriteYAML(a, tax), 0o644); err != nil {
			return err
		}
	}
	return nil
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
