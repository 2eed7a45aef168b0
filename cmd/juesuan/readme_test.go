package main

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the sample output in README.md")

// TestReadme: the output that README.md shows is the program's own.
func TestReadme(t *testing.T) {
	t.Chdir("../..")
	var out, errs bytes.Buffer
	if code := run([]string{"check", "samples/demo.docx"}, &out, &errs); code != exitErrors {
		t.Fatalf("exit code %d, want %d: %s", code, exitErrors, errs.String())
	}
	const shown = 24 // lines from the top
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) <= shown {
		t.Fatalf("only %d lines of output", len(lines))
	}
	want := strings.Join(lines[:shown], "\n") + "\n    ……\n\n" + lines[len(lines)-1] + "\n"

	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(data), "```text\n")
	got, after, ok2 := strings.Cut(rest, "```\n")
	if !ok || !ok2 {
		t.Fatal("README.md has no text block")
	}
	if got == want {
		return
	}
	if !*update {
		t.Fatalf("README.md does not show what the program prints: run go test ./cmd/juesuan -run Readme -update\ngot:\n%s\nwant:\n%s", got, want)
	}
	if err := os.WriteFile("README.md", []byte(before+"```text\n"+want+"```\n"+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestReadmeBuild: the newcomer's path of README.md ends as it says there.
func TestReadmeBuild(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	var out, errs bytes.Buffer
	for _, args := range [][]string{{"init", "demo"}, {"build", "demo"}} {
		out.Reset()
		if code := run(args, &out, &errs); code != exitPassed {
			t.Fatalf("%q: exit code %d: %s%s", args, code, out.String(), errs.String())
		}
	}
	if want := "```\n" + out.String() + "```\n"; !strings.Contains(string(readme), want) {
		t.Errorf("README.md does not show what the program prints:\n%s", out.String())
	}
}
