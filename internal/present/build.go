package present

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"juesuan/internal/accounts"
	"juesuan/internal/check"
	"juesuan/internal/project"
)

// Build writes what became of the projects, for people: of one project all of
// it, of many those that need somebody's hand, and a summary.
func Build(w io.Writer, all []project.Result, look Look) error {
	p := &page{look: look}
	shown := 0
	for i := range all {
		r := &all[i]
		if len(all) > 1 && (errors.Is(r.Err, context.Canceled) || !look.Verbose && quiet(r)) {
			continue
		}
		if shown++; shown > 1 {
			p.line("", "")
		}
		p.built(r)
	}
	if len(all) > 1 {
		if shown > 0 {
			p.line("", "")
		}
		p.buildTally(all)
	}
	if _, err := io.WriteString(w, p.b.String()); err != nil {
		return fmt.Errorf("write text: %w", err)
	}
	return nil
}

// quiet tells a result about which there is nothing to say.
func quiet(r *project.Result) bool {
	return r.Outcome() == project.Built && len(r.Warnings) == 0 && (r.Check == nil || r.Check.Verdict == check.Passed && len(r.Check.Findings) == 0)
}

func outcomeColour(o project.Outcome) colour {
	switch o {
	case project.Built:
		return verdictColour(check.Passed)
	case project.Wrong, project.Failed:
		return red
	}
	return verdictColour(check.Incomplete)
}

func (p *page) built(r *project.Result) {
	o := r.Outcome()
	p.line("", p.paint(outcomeColour(o), string(o))+"  "+safe(r.Path))
	if r.Unit != "" {
		p.line("", fmt.Sprintf("%s %d年度", safe(r.Unit), r.Year))
	}
	if r.Err != nil {
		p.line("  ", safe(r.Err.Error()))
	}
	for _, f := range r.Files {
		p.line("  ", safe(f))
	}
	if n := len(r.Problems); n > 0 {
		p.line("", "")
		p.line("", p.paint(red, "填得不对")+fmt.Sprintf(" %d 处", n))
		for i, x := range r.Problems {
			p.line(fmt.Sprintf("%2d. ", i+1), safe(x))
		}
	}
	if n := len(r.Conflicts); n > 0 {
		p.line("", "")
		p.line("", p.paint(red, "对不上")+fmt.Sprintf(" %d 处", n))
		for i, c := range r.Conflicts {
			p.line(fmt.Sprintf("%2d. ", i+1), safe(c.Text))
		}
	}
	p.missing(r.Missing)
	if n := len(r.Warnings); n > 0 {
		p.line("", "")
		p.line("", p.paint(bold, "请核对")+fmt.Sprintf(" %d 处", n))
		for i, x := range r.Warnings {
			p.line(fmt.Sprintf("%2d. ", i+1), safe(x))
		}
	}
	if n := len(r.Missing) + len(r.Conflicts) + len(r.Problems); n > 0 {
		p.line("", "")
		if len(r.Files) > 0 {
			p.line("", "草稿里缺的地方标为【待填：……】，填得不对、对不上的列在封面之后；改好后不加 --draft 重新生成。")
		} else {
			p.line("", "改好后重新生成；想先看样子，加 --draft 生成草稿。")
		}
	}
	if r.Check != nil && r.Err == nil {
		p.proof(r.Check)
	}
}

// missing lists what is missing by where it has to be entered.
func (p *page) missing(list []accounts.Missing) {
	if len(list) == 0 {
		return
	}
	p.line("", "")
	p.line("", p.paint(bold, "还缺")+fmt.Sprintf(" %d 项", len(list)))
	var order []string
	by := map[string][]accounts.Missing{}
	for _, m := range list {
		place, _, _ := strings.Cut(m.Where, " → ")
		head := m.Kind + "，填在" + place
		if _, ok := by[head]; !ok {
			order = append(order, head)
		}
		by[head] = append(by[head], m)
	}
	n := 0
	for _, head := range order {
		p.line("  ", safe(head))
		for _, m := range by[head] {
			n++
			s := safe(m.What)
			if _, key, ok := strings.Cut(m.Where, " → "); ok {
				s += p.paint(faint, "〔"+safe(key)+"〕")
			}
			p.line(fmt.Sprintf("%4d. ", n), s)
		}
	}
}

// proof is what the check said of what was built.
func (p *page) proof(r *check.Result) {
	c := r.Figures
	s := fmt.Sprintf("自检：共 %d 个数，已证 %d，矛盾 %d，未证 %d；", c.Total, c.Proved, c.Contradicted, c.Unproved)
	if len(r.Findings) == 0 && r.Verdict == check.Passed {
		p.line("", s+"没有发现问题")
		return
	}
	if len(r.Findings) == 0 {
		p.line("", s+"有的内容未能核对")
	} else {
		p.line("", s+fmt.Sprintf("有 %d 项要看", len(r.Findings)))
	}
	for i, f := range r.Findings {
		p.finding(i+1, f)
	}
	p.duties(r.Duties)
}

// buildTally counts the projects by outcome.
func (p *page) buildTally(all []project.Result) {
	count := map[project.Outcome]int{}
	dirs := map[string]bool{}
	files, stopped := 0, 0
	for i := range all {
		if errors.Is(all[i].Err, context.Canceled) {
			stopped++
			continue
		}
		count[all[i].Outcome()]++
		for _, f := range all[i].Files {
			files++
			dirs[filepath.Dir(f)] = true
		}
	}
	var parts []string
	for _, o := range []project.Outcome{project.Built, project.Drafted, project.Incomplete, project.Wrong, project.Failed} {
		if n := count[o]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", o, n))
		}
	}
	if stopped > 0 {
		parts = append(parts, fmt.Sprintf("中断而没有做 %d", stopped))
	}
	p.line("", fmt.Sprintf("共 %d 个单位：%s；写出 %d 个文件，在 %d 个文件夹里", len(all), strings.Join(parts, "，"), files, len(dirs)))
}
