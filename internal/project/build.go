package project

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"juesuan/internal/accounts"
	"juesuan/internal/check"
	"juesuan/internal/compose"
	"juesuan/internal/document"
	"juesuan/internal/format"
	"juesuan/internal/recognise"
	"juesuan/internal/taxonomy"
)

// Options of a build. The zero value builds every format into the folder 输出
// beside the input.
type Options struct {
	Formats []string // of Formats; none: all
	Output  string   // folder for the files, "": that of the project
	Last    string   // last year's disclosure, "": what lies in the folder 上年
	Draft   bool     // mark what is missing instead of stopping
	Jobs    int      // projects at a time, at least one
}

// Formats are the formats in which a disclosure can be built.
func Formats() []string { return append(format.Writable(), "json") }

// Outcome of one build.
type Outcome string

// Outcomes.
const (
	Built      Outcome = "已生成"
	Drafted    Outcome = "已生成草稿" // with what is missing marked
	Wrong      Outcome = "数据有误"  // what was entered cannot be right; as a draft it is built
	Incomplete Outcome = "还缺内容"
	Failed     Outcome = "未能生成" // nothing read or nothing written
)

// Result is what became of one project.
type Result struct {
	Path      string
	Unit      string
	Year      int
	Files     []string // written
	Missing   []accounts.Missing
	Conflicts []accounts.Conflict
	Problems  []string      // entries that could not be taken over, each with its place
	Warnings  []string      // what to look at; nothing stops for it
	Check     *check.Result // of what was built; nil for a draft with gaps
	Err       error         // why there is nothing, in Chinese
}

// Outcome sums the result up.
func (r *Result) Outcome() Outcome {
	switch {
	case r.Err != nil:
		return Failed
	case len(r.Conflicts)+len(r.Problems) > 0, r.Check != nil && r.Check.Verdict == check.HasErrors:
		return Wrong
	case len(r.Files) == 0:
		return Incomplete
	case len(r.Missing) > 0:
		return Drafted
	}
	return Built
}

// Build builds the disclosure of the project at path. Its files appear all
// together, when every one of them is written whole, or not at all.
func Build(ctx context.Context, path string, tax *taxonomy.Taxonomy, opt Options) (res Result) {
	return build(ctx, path, tax, opt, &claims{})
}

func build(ctx context.Context, path string, tax *taxonomy.Taxonomy, opt Options, taken *claims) (res Result) {
	res.Path = path
	defer func() { // a mistake of ours over one unit must not take the others with it
		if p := recover(); p != nil {
			res = Result{Path: path, Unit: res.Unit, Year: res.Year, Err: &document.ReadError{
				File: path, Problem: "生成时程序内部出错", Remedy: "请把这个文件和版本号告诉开发者",
				Err: fmt.Errorf("panic: %v\n%s", p, debug.Stack()),
			}}
		}
	}()
	p, err := Open(ctx, path, opt.Last, tax)
	if err != nil {
		res.Err = err
		return res
	}
	res.Unit, res.Year = p.Accounts.Unit, p.Accounts.Year
	res.Problems, res.Warnings = p.Problems, p.Warnings
	doc, err := compose.Disclosure(p.Accounts, tax, compose.Options{Charts: true})
	var lack *compose.IncompleteError
	if errors.As(err, &lack) {
		res.Missing, res.Conflicts = p.located(settled(lack.Missing)), lack.Conflicts
	}
	draft := lack != nil || len(p.Problems) > 0
	if draft && !opt.Draft {
		return res
	}
	if lack != nil {
		doc, err = compose.Disclosure(p.Accounts, tax, compose.Options{Charts: true, Draft: true})
	}
	if err != nil {
		res.Err = fmt.Errorf("%s：%w", path, err)
		return res
	}
	if draft {
		mark(doc, &res)
	} else {
		res.Check = proof(doc, tax)
	}
	dir := p.Output
	if opt.Output != "" {
		dir = opt.Output
	}
	base := fileName(p.Accounts, draft)
	if other := taken.claim(filepath.Join(dir, base), path); other != "" {
		res.Err = &document.ReadError{File: path, Problem: "单位和年度与 " + other + " 相同，生成的文件会互相覆盖", Remedy: "核对单位名称，或分开放在不同的文件夹"}
		return res
	}
	res.Files, res.Err = writeAll(ctx, dir, base, formats(opt.Formats), func(kind string, w io.Writer) error {
		if kind == "json" {
			books, _, _ := accounts.Complete(p.Accounts, tax)
			_, err := w.Write(accounts.WriteJSON(books))
			return err
		}
		return format.Write(ctx, doc, kind, w, format.Meta{Title: doc.Name, Author: p.Accounts.Unit})
	})
	return res
}

// mark says on the page before the contents of a draft what does not agree;
// what is missing is marked where it belongs.
func mark(doc *document.Document, res *Result) {
	at := max(0, slices.IndexFunc(doc.Blocks, func(b document.Block) bool { return b.Style == document.Contents }))
	var notes []document.Block
	note := func(s string) {
		notes = append(notes, document.Block{Style: document.Flush, NewPage: len(notes) == 0, Text: document.Plain(s, document.Place{})})
	}
	for _, x := range res.Problems {
		note("【填得不对：" + x + "】")
	}
	for _, c := range res.Conflicts {
		note("【对不上：" + c.Text + "】")
	}
	doc.Blocks = slices.Insert(doc.Blocks, at, notes...)
}

// formats gives the chosen formats in the order of Formats.
func formats(chosen []string) []string {
	if len(chosen) == 0 {
		return Formats()
	}
	return slices.DeleteFunc(Formats(), func(f string) bool { return !slices.Contains(chosen, f) })
}

// proof checks what was composed as if it had been read from a file: a finding
// is a contradiction in the accounts, or a mistake of ours that must not be
// published in silence.
func proof(doc *document.Document, tax *taxonomy.Taxonomy) *check.Result {
	d := *doc
	d.Files = []document.File{{Name: d.Name + ".docx", Format: "docx"}}
	return check.Check(recognise.Report(&d, tax), tax)
}

// fileName is {单位}{年度}年度部门决算, without what file systems refuse.
func fileName(a *accounts.Accounts, draft bool) string {
	scope := a.Scope
	if scope == "" {
		scope = "部门"
	}
	s := fmt.Sprintf("%s%d年度%s决算", strings.TrimSpace(a.Unit), a.Year, scope)
	if draft {
		s += "（草稿）"
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '_'
		}
		return r
	}, s)
}

// claims are the outputs of a run by the project that writes them.
type claims struct {
	mu sync.Mutex
	by map[string]string
}

// claim gives the project that writes out already, or "" and makes it path's.
func (c *claims) claim(out, path string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if other, ok := c.by[out]; ok {
		return other
	}
	if c.by == nil {
		c.by = map[string]string{}
	}
	c.by[out] = path
	return ""
}

// BuildAll builds the projects at paths (of Find), opt.Jobs of them at a time,
// and gives the results in the order of paths. One that cannot be built does
// not stop the others. Only what is to be told of a project stays in memory.
// begin and done, when not nil, are called for each, one at a time.
func BuildAll(ctx context.Context, paths []string, tax *taxonomy.Taxonomy, opt Options, begin func(path string), done func(Result)) []Result {
	out := make([]Result, len(paths))
	taken := &claims{}
	var (
		crew errgroup.Group
		turn sync.Mutex
	)
	crew.SetLimit(max(1, opt.Jobs))
	for i := range paths {
		crew.Go(func() error {
			if begin != nil {
				turn.Lock()
				begin(paths[i])
				turn.Unlock()
			}
			out[i] = build(ctx, paths[i], tax, opt, taken)
			if len(paths) > 1 {
				out[i].slim()
			}
			if done != nil {
				turn.Lock()
				defer turn.Unlock()
				done(out[i])
			}
			return nil // it stands in out
		})
	}
	_ = crew.Wait() // of no error
	return out
}

// slim drops what nobody asks of one project among many: the status of every
// figure and the duties that are done.
func (r *Result) slim() {
	if r.Check == nil {
		return
	}
	c := *r.Check
	c.Status = nil
	c.Duties = slices.DeleteFunc(slices.Clone(c.Duties), func(d check.Duty) bool { return d.Status != check.Unreadable })
	c.Findings = slices.Clone(c.Findings)
	r.Check = &c
}
