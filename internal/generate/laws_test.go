package generate_test

import (
	"flag"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"juesuan/internal/accounts"
	"juesuan/internal/check"
	"juesuan/internal/compose"
	"juesuan/internal/document"
	"juesuan/internal/generate"
	"juesuan/internal/generate/rapidgen"
	"juesuan/internal/recognise"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

var loaded = sync.OnceValues(func() (*taxonomy.Taxonomy, error) { return taxonomy.Load("") })

func load(t testing.TB) *taxonomy.Taxonomy {
	t.Helper()
	tax, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return tax
}

var (
	from = flag.Uint64("from", 0, "first seed that the laws are tried on")
	many = flag.Int("units", 0, "how many accounts each law is tried on, in place of its own number")
	with = flag.String("with", "", "trait that all of them have")
)

// units is how many accounts a law is tried on; every run tries the same.
func units(short, long int) int {
	if *many > 0 {
		return *many
	}
	if testing.Short() {
		return short
	}
	return long
}

// each tries a law on the accounts of a range of seeds, on all processors.
func each(t *testing.T, n int, law func(*accounts.Accounts, *taxonomy.Taxonomy) []string) {
	tax := load(t)
	var next, failed atomic.Int64
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for {
				seed := *from + uint64(next.Add(1)-1)
				if seed >= *from+uint64(n) {
					return
				}
				opt := generate.Options{}
				if *with != "" {
					opt.With = append(opt.With, generate.Trait(*with))
				}
				a, err := generate.Accounts(seed, tax, opt)
				if err != nil {
					t.Errorf("%v", err)
					continue
				}
				if broken := law(a, tax); len(broken) > 0 {
					failed.Add(1)
					t.Errorf("seed %d, %s:\n  %s", seed, describe(a), strings.Join(broken, "\n  "))
				}
			}
		})
	}
	all.Wait()
	if k := failed.Load(); k > 0 {
		t.Errorf("%d of %d units", k, n)
	}
}

func describe(a *accounts.Accounts) string {
	return fmt.Sprintf("%s%d年度%s（%s，%s，%s）", a.Unit, a.Year, a.Scope, a.Form, a.Kind, a.Money)
}

// built is the disclosure of the accounts and what a reader understands of it.
func built(a *accounts.Accounts, tax *taxonomy.Taxonomy) (*document.Document, *report.Report, error) {
	d, err := compose.Disclosure(a, tax, compose.Options{})
	if err != nil {
		return nil, nil, err
	}
	return d, recognise.Report(d, tax), nil
}

// TestCheckOfBuildIsEmpty: a disclosure of valid accounts has no finding of
// any severity, and nearly every figure in it is proved.
func TestCheckOfBuildIsEmpty(t *testing.T) {
	var proved, total atomic.Int64
	each(t, units(60, 600), func(a *accounts.Accounts, tax *taxonomy.Taxonomy) []string {
		broken, c := checked(a, tax)
		proved.Add(int64(c.Proved))
		total.Add(int64(c.Total))
		return broken
	})
	t.Logf("%d of %d figures proved", proved.Load(), total.Load())
	if proved.Load()*100 < total.Load()*97 {
		t.Errorf("only %d of %d figures proved", proved.Load(), total.Load())
	}
}

// TestCheckOfBuildShrinks is the same law over accounts that shrink.
func TestCheckOfBuildShrinks(t *testing.T) {
	tax := load(t)
	rapid.Check(t, func(t *rapid.T) {
		a := rapidgen.Accounts(tax, generate.Options{}).Draw(t, "accounts")
		broken, _ := checked(a, tax)
		for _, s := range broken {
			t.Error(s)
		}
	})
}

func checked(a *accounts.Accounts, tax *taxonomy.Taxonomy) (broken []string, c check.Coverage) {
	_, r, err := built(a, tax)
	if err != nil {
		return []string{err.Error()}, c
	}
	res := check.Check(r, tax)
	for _, f := range res.Findings {
		s := fmt.Sprintf("%s %s %s：%s %s", f.Rule, f.Severity, f.Title, f.Message, f.Arithmetic)
		for _, p := range f.Places {
			s += " | " + p.Excerpt
		}
		broken = append(broken, s)
	}
	// What is said once and cannot be calculated (the area of houses) is unproved.
	if c := res.Figures; c.Proved*100 < c.Total*90 {
		broken = append(broken, fmt.Sprintf("only %d of %d figures proved: %s", c.Proved, c.Total, unproved(r, res)))
	}
	return broken, res.Figures
}

// unproved lists the figures in no relation.
func unproved(r *report.Report, res *check.Result) string {
	var out []string
	for id, s := range res.Status {
		if s == check.Unproved {
			f := r.Figures[id]
			out = append(out, fmt.Sprintf("%s（%s %s）", f.String(), f.Fact.Concept, f.Excerpt))
		}
	}
	return strings.Join(out, "；")
}

// TestRecogniseGivesTheAccounts: what a reader understands are the accounts'
// own values under their own concepts, in tables and text, and nothing that the
// tables print is missed.
func TestRecogniseGivesTheAccounts(t *testing.T) {
	each(t, units(60, 500), func(a *accounts.Accounts, tax *taxonomy.Taxonomy) (broken []string) {
		_, r, err := built(a, tax)
		if err != nil {
			return []string{err.Error()}
		}
		b, _, _ := accounts.Complete(a, tax)
		broken = append(broken, cellsOf(r, b)...)
		found, lost := 0, 0
		for i := range r.Figures {
			f := &r.Figures[i]
			if f.Table >= 0 || f.Fact.Measure != report.Level {
				continue
			}
			q, ok := b.Value(f.Fact.Concept, string(f.Fact.Period), f.Fact.Func+f.Fact.Econ)
			if !ok {
				lost++
				continue
			}
			found++
			want := q.Digits()
			if fen, money := q.Fen(); money {
				want = fen.Print(b.PrintUnit())
			}
			if f.Digits() != want {
				broken = append(broken, fmt.Sprintf("%s：read %s, is %s (%s)", f.Fact, f.Digits(), want, f.Excerpt))
			}
		}
		if found < lost*9 {
			broken = append(broken, fmt.Sprintf("%d values of the text are of the accounts, %d are of nothing in them", found, lost))
		}
		return broken
	})
}

// cellsOf compares the tables that were read with the books.
func cellsOf(r *report.Report, b *accounts.Books) (broken []string) {
	for _, t := range r.Tables {
		for _, row := range t.Rows {
			for i, c := range row.Cells {
				f := r.Get(c.Figure)
				if f == nil {
					continue
				}
				want, ok := b.Cell(t.ID, row.Key, t.Columns[i].Key)
				if f.IsZero() && want == 0 {
					continue // forms print rows that the books do not have
				}
				if got := f.Digits(); !ok || got != want.Print(b.PrintUnit()) {
					broken = append(broken, fmt.Sprintf("表%s %s %s：read %s, is %s (%v)", t.ID, row.Key, t.Columns[i].Key, got, want.Print(b.PrintUnit()), ok))
				}
			}
		}
	}
	return broken
}
