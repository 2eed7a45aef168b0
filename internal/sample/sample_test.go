package sample_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"juesuan/internal/check"
	"juesuan/internal/disclosure"
	"juesuan/internal/document"
	"juesuan/internal/report"
	"juesuan/internal/sample"
	"juesuan/internal/taxonomy"
)

const folder = "../../samples"

// formats are the endings of one sample in every format it is given in.
var formats = []string{".docx", ".html", ".pdf", "-xlsx-txt"}

func load(t *testing.T) *taxonomy.Taxonomy {
	t.Helper()
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	return tax
}

func checked(t *testing.T, tax *taxonomy.Taxonomy, name string) disclosure.Disclosure {
	t.Helper()
	d := disclosure.Check(context.Background(), filepath.Join(folder, name), tax)
	if d.Err != nil {
		t.Fatalf("%s: %v", name, d.Err)
	}
	return d
}

// TestFilesAreCurrent: the committed files are what the generator writes.
func TestFilesAreCurrent(t *testing.T) {
	demo, err := sample.Demo()
	if err != nil {
		t.Fatal(err)
	}
	for name, d := range map[string]*document.Document{"clean": sample.Clean(), "demo": demo} {
		word, err := sample.Word(d)
		if err != nil {
			t.Fatal(err)
		}
		for path, want := range map[string][]byte{
			name + ".docx":              word,
			name + ".html":              sample.HTML(d),
			name + "-xlsx-txt/决算说明.txt": sample.Text(d),
		} {
			got, err := os.ReadFile(filepath.Join(folder, path))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("samples/%s is not what the generator writes: run make sample", path)
			}
		}
	}
}

// TestCleanPasses: nothing is said of the clean sample, and nearly every
// number in it is proved.
func TestCleanPasses(t *testing.T) {
	tax := load(t)
	for _, ext := range formats {
		t.Run("clean"+ext, func(t *testing.T) {
			d := checked(t, tax, "clean"+ext)
			for _, f := range d.Result.Findings {
				t.Errorf("finding: %s", finding(f))
			}
			if d.Result.Verdict != check.Passed {
				t.Errorf("verdict %s", d.Result.Verdict)
				for _, u := range d.Result.Duties {
					if u.Status == check.Unreadable {
						t.Errorf("duty %s %s: %s", u.ID, u.Title, u.Reason)
					}
				}
			}
			c := d.Result.Figures
			t.Logf("figures %d, proved %d, unproved %d", c.Total, c.Proved, c.Unproved)
			if c.Total == 0 || c.Proved*100 < c.Total*90 {
				t.Errorf("only %d of %d figures proved", c.Proved, c.Total)
				unproved(t, d)
			}
		})
	}
}

// unproved lists what no relation reached.
func unproved(t *testing.T, d disclosure.Disclosure) {
	for i, s := range d.Result.Status {
		if s == check.Unproved {
			f := d.Report.Figures[i]
			t.Logf("  unproved %s %s: %+v %s", f.Text, f.Unit, f.Fact, f.Excerpt)
		}
	}
}

// TestPlanted: every planted error is found in every format, and no other
// 错误 or 疑似 is reported.
func TestPlanted(t *testing.T) {
	tax := load(t)
	for _, ext := range formats {
		t.Run("demo"+ext, func(t *testing.T) {
			d := checked(t, tax, "demo"+ext)
			met := make([]bool, len(sample.Planted))
			for _, f := range d.Result.Findings {
				explained := false
				for i, e := range sample.Planted {
					if shows(f, e.Must) {
						explained = true
						met[i] = met[i] || slices.Contains(strings.Split(e.Severity, "|"), string(f.Severity))
					}
				}
				if !explained && f.Severity != check.Hint {
					t.Errorf("false alarm: %s", finding(f))
				}
			}
			for i, ok := range met {
				if !ok {
					t.Errorf("not found as %s: %q", sample.Planted[i].Severity, sample.Planted[i].Must)
				}
			}
			if d.Result.Verdict != check.HasErrors {
				t.Errorf("verdict %s", d.Result.Verdict)
			}
		})
	}
}

// shows reports whether a finding meets all the expressions.
func shows(f check.Finding, pieces []string) bool {
	text := finding(f)
	for _, p := range pieces {
		if !regexp.MustCompile(p).MatchString(text) {
			return false
		}
	}
	return true
}

// TestFormatsAgree: one disclosure gives the same facts and findings in every
// format, whatever the places are.
func TestFormatsAgree(t *testing.T) {
	tax := load(t)
	for _, name := range []string{"clean", "demo"} {
		var wantFacts, wantFindings []string
		for i, ext := range formats {
			d := checked(t, tax, name+ext)
			fs, fi := facts(d.Report), findings(d.Result)
			if i == 0 {
				wantFacts, wantFindings = fs, fi
				continue
			}
			if diff := cmp.Diff(wantFacts, fs); diff != "" {
				t.Errorf("%s: facts differ from %s (-docx +%s):\n%s", name+ext, formats[0], ext, diff)
			}
			if diff := cmp.Diff(wantFindings, fi); diff != "" {
				t.Errorf("%s: findings differ from %s (-docx +%s):\n%s", name+ext, formats[0], ext, diff)
			}
		}
	}
}

// facts are the numbers of a report with all that they say, without places, sorted.
func facts(r *report.Report) []string {
	var out []string
	for _, f := range r.Figures {
		at := f.Section
		if f.Table >= 0 {
			t := r.Tables[f.Table]
			at = fmt.Sprintf("%s/%s/%s/%s", t.ID, t.Rows[f.Row].Block, t.Rows[f.Row].Key, t.Columns[f.Col].Key)
		}
		out = append(out, fmt.Sprintf("%s %s | %v | %s", f.Text, f.Unit, f.Fact, at))
	}
	slices.Sort(out)
	return out
}

// findings are the findings without places, sorted.
func findings(r *check.Result) []string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, fmt.Sprintf("%s %s %s | %s | %s | %s | %s", f.Rule, f.Severity, f.Title, f.Message, f.Arithmetic, f.Suspect, f.Expected))
	}
	slices.Sort(out)
	return out
}

func finding(f check.Finding) string {
	var at []string
	for _, p := range f.Places {
		at = append(at, fmt.Sprintf("%d %s “%s”", p.Page, p.Cell, p.Excerpt))
	}
	return fmt.Sprintf("%s %s %s | %s | %s | %s → %s | %s", f.Rule, f.Severity, f.Title, f.Message, f.Arithmetic, f.Suspect, f.Expected, strings.Join(at, " · "))
}

// TestCells: every amount of a coded row of the source stands in the same row
// and column of the report, in every format: totals alone do not show a shifted row.
func TestCells(t *testing.T) {
	tax := load(t)
	source := coded(sample.Clean())
	for _, ext := range formats {
		t.Run("clean"+ext, func(t *testing.T) {
			d := disclosure.Read(context.Background(), filepath.Join(folder, "clean"+ext), tax)
			if d.Err != nil {
				t.Fatal(d.Err)
			}
			for id, rows := range source {
				table := d.Report.TableByID(id)
				if table == nil {
					t.Errorf("table %s is not recognised", id)
					continue
				}
				got := map[string][]string{}
				for _, row := range table.Rows {
					if row.Code == "" {
						continue
					}
					for _, c := range row.Cells {
						if f := d.Report.Get(c.Figure); f != nil {
							got[row.Code] = append(got[row.Code], f.Text)
						}
					}
				}
				if diff := cmp.Diff(rows, got); diff != "" {
					t.Errorf("table %s (-source +read):\n%s", id, diff)
				}
			}
		})
	}
}

// coded are the amounts of each coded row of tables 02, 03, 05, 06 and 08 of the source.
func coded(d *document.Document) map[string]map[string][]string {
	out := map[string]map[string][]string{}
	for i, b := range d.Blocks {
		if b.Kind != document.TableBlock {
			continue
		}
		id := strings.TrimSuffix(strings.TrimPrefix(d.Blocks[i-2].Text.S, "公开"), "表")
		rows := map[string][]string{}
		for _, row := range b.Table.Rows {
			code := ""
			for _, c := range row {
				switch digits := strings.Trim(c.Text, "0123456789") == ""; {
				case c.Text != "" && digits && len(c.Text) >= 3:
					code = c.Text
				case code != "" && strings.Contains(c.Text, ".") && strings.Trim(c.Text, "0123456789.-") == "":
					rows[code] = append(rows[code], c.Text)
				}
			}
		}
		if len(rows) > 0 {
			out[id] = rows
		}
	}
	return out
}
