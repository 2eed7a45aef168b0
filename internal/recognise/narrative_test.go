package recognise

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"juesuan/internal/document"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

var updateNarrative = flag.Bool("update-narrative", false, "rewrite the expected output of testdata/narrative")

// said makes a report of paragraphs, as the narrative meets it.
func said(t testing.TB, tax *taxonomy.Taxonomy, kind report.Kind, year int, text string) *report.Report {
	t.Helper()
	doc := &document.Document{Name: "test"}
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		p := document.Place{Para: i + 1}
		doc.Blocks = append(doc.Blocks, document.Block{Kind: document.Paragraph, Text: document.Plain(line, p), Place: p})
	}
	r := &report.Report{Document: doc, Kind: kind, Year: year, TableText: map[int]int{}}
	fold(r)
	narrative(r, tax)
	return r
}

// printed is the compact form of what was understood.
func printed(r *report.Report) string {
	var b strings.Builder
	for _, s := range r.Sections {
		fmt.Fprintf(&b, "节 %s %s\n", s.Key, s.Title)
	}
	for i := range r.Figures {
		f := &r.Figures[i]
		fmt.Fprintf(&b, "数 %s%s %s\n", r.Show(report.ID(i)), unitOf(f), f.Fact)
	}
	report.DumpFrames(&b, r)
	return b.String()
}

func unitOf(f *report.Figure) string {
	if f.UnitMissing || strings.HasSuffix(f.Text, string(f.Unit)) {
		return ""
	}
	return string(f.Unit)
}

// TestNarrative reads testdata/narrative/*.txt: cases “=== name | 决算 2024”,
// the paragraphs, “---”, and what must be understood.
func TestNarrative(t *testing.T) {
	tax := loadTaxonomy(t)
	files, err := filepath.Glob("testdata/narrative/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		for _, c := range strings.Split(string(data), "=== ")[1:] {
			head, body, _ := strings.Cut(c, "\n")
			text, want, _ := strings.Cut(body, "---\n")
			name, how, _ := strings.Cut(head, " | ")
			kind, yearText, _ := strings.Cut(how, " ")
			year, err := strconv.Atoi(strings.TrimSpace(yearText))
			if err != nil {
				t.Fatalf("%s: %s: %v", file, head, err)
			}
			got := printed(said(t, tax, report.Kind(kind), year, text))
			fmt.Fprintf(&out, "=== %s\n%s\n---\n%s\n", head, strings.TrimRight(text, "\n"), got)
			if *updateNarrative {
				continue
			}
			t.Run(name, func(t *testing.T) {
				if strings.TrimSpace(got) != strings.TrimSpace(want) {
					t.Errorf("%s\n--- got\n%s--- want\n%s", text, got, want)
				}
			})
		}
		if *updateNarrative {
			if err := os.WriteFile(file, []byte(out.String()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// FuzzNarrative reads arbitrary text: no panic, and every ID is in range.
func FuzzNarrative(f *testing.F) {
	tax := loadTaxonomy(f)
	files, err := filepath.Glob("testdata/narrative/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, c := range strings.Split(string(data), "=== ")[1:] {
			_, body, _ := strings.Cut(c, "\n")
			text, _, _ := strings.Cut(body, "---\n")
			f.Add(text, true, 2023)
		}
	}
	f.Add("其中:(含((类)(款)(项)“”科目比2022年--%(基数", false, 0)
	f.Fuzz(func(t *testing.T, text string, final bool, year int) {
		kind := report.Budget
		if final {
			kind = report.Final
		}
		r := said(t, tax, kind, year, text)
		sane(t, r)
		_ = printed(r)
	})
}

// sane checks what must hold of any narrative.
func sane(t testing.TB, r *report.Report) {
	t.Helper()
	id := func(ids ...report.ID) {
		for _, x := range ids {
			if x < report.None || int(x) >= len(r.Figures) {
				t.Fatalf("ID %d of %d", x, len(r.Figures))
			}
		}
	}
	words := func(w report.Words) {
		if w.Block < 0 || w.Block >= max(1, len(r.Folded)) || w.Start < 0 {
			t.Fatalf("words %+v", w)
		}
	}
	for i := range r.Figures {
		f := &r.Figures[i]
		if f.Table >= 0 {
			continue
		}
		if f.Block < 0 || f.Block >= len(r.Folded) || f.Start < 0 || f.Start >= len(r.Folded[f.Block].S) {
			t.Fatalf("figure %d lies outside its block: %+v", i, f)
		}
		if !strings.Contains(f.Excerpt, f.Text) {
			t.Fatalf("excerpt %q lacks %q", f.Excerpt, f.Text)
		}
	}
	for _, c := range r.Changes {
		id(c.Now, c.Before, c.Delta, c.Rate)
		id(c.Shared...)
		words(c.Words)
	}
	for _, s := range r.Shares {
		id(s.Part, s.Whole, s.Rate)
		words(s.Words)
	}
	for _, c := range r.Completions {
		id(c.Actual, c.Budget, c.Rate, c.Delta)
		words(c.Words)
	}
	for _, s := range r.Sums {
		id(s.Whole)
		id(s.Parts...)
		if s.Whole == report.None || len(s.Parts) == 0 {
			t.Fatal("empty sum")
		}
		for i, p := range s.Parts {
			if p == s.Whole {
				t.Fatal("whole among its parts")
			}
			for _, q := range s.Parts[:i] {
				if p == q {
					t.Fatal("part twice")
				}
			}
		}
	}
	for _, e := range r.Equals {
		id(e.A, e.B)
	}
	for _, s := range r.Subjects {
		id(s.Amount)
	}
	for _, c := range r.CountClaims {
		id(c.Stated)
	}
	for _, s := range r.Sections {
		if s.Block < 0 || s.End <= s.Block || s.End > len(r.Folded) {
			t.Fatalf("section %+v of %d blocks", s, len(r.Folded))
		}
	}
}

// TestNarrativeIsLinear reads long hostile text in reasonable steps.
func TestNarrativeIsLinear(t *testing.T) {
	tax := loadTaxonomy(t)
	for _, unit := range []string{
		"其中:", "(", "(类)", "“", "1.", "一、", "人员经费,主要包括:", "比2022年增加1万元,", "教育支出1万元、", "无政府性基金收入。", "下设2个科室,", "占1%;", "第",
	} {
		r := said(t, tax, report.Final, 2023, strings.Repeat(unit, 20000/len(unit)))
		sane(t, r)
	}
}
