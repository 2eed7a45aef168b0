// Package present shows what a check found: as text a clerk can act on, and
// as JSON for programs; and lists the facts of a report.
package present

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"juesuan/internal/check"
	"juesuan/internal/disclosure"
)

// Unreadable is the verdict shown for a disclosure that could not be read.
const Unreadable = "无法读取"

// Look says how the text is laid out.
type Look struct {
	Width   int  // columns; a Chinese character takes two
	Colour  bool // ANSI colours
	Verbose bool // show every duty, not only the unfinished ones
}

// Text writes the results for people, one disclosure after another.
func Text(w io.Writer, all []disclosure.Disclosure, look Look) error {
	p := &page{look: look}
	for i, d := range all {
		if i > 0 {
			p.line("", "")
		}
		p.disclosure(d)
	}
	if len(all) > 1 {
		p.line("", "")
		p.tally(all)
	}
	if _, err := io.WriteString(w, p.b.String()); err != nil {
		return fmt.Errorf("write text: %w", err)
	}
	return nil
}

// page is the text being laid out.
type page struct {
	b    strings.Builder
	look Look
}

func (p *page) disclosure(d disclosure.Disclosure) {
	if d.Err != nil {
		p.line("", p.paint(red, Unreadable)+"  "+safe(d.Path))
		p.line("  ", safe(d.Err.Error()))
		return
	}
	r := d.Result
	p.line("", p.paint(verdictColour(r.Verdict), string(r.Verdict))+"  "+safe(r.File))
	p.line("", profile(r))
	n := 0
	for _, s := range []check.Severity{check.Error, check.Suspect, check.Hint} {
		list := ofSeverity(r.Findings, s)
		if len(list) == 0 {
			continue
		}
		p.line("", "")
		p.line("", p.paint(severityColour(s), string(s))+fmt.Sprintf(" %d 项", len(list)))
		for _, f := range list {
			n++
			p.finding(n, f)
		}
	}
	p.line("", "")
	c := r.Figures
	p.line("", fmt.Sprintf("共 %d 个数：已证 %d，矛盾 %d，未证 %d", c.Total, c.Proved, c.Contradicted, c.Unproved))
	p.duties(r.Duties)
}

// profile is the line that says whose disclosure this is.
func profile(r *check.Result) string {
	s := safe(r.Unit)
	if s == "" {
		s = "单位名称未能判读"
	}
	if r.Year > 0 {
		s += fmt.Sprintf(" %d年度", r.Year)
	} else {
		s += " 年度未能判读"
	}
	if r.Kind == "" {
		return s + "（不像决算或预算公开）"
	}
	return s + r.Kind
}

func (p *page) finding(n int, f check.Finding) {
	head := fmt.Sprintf("%2d. ", n)
	f = clean(f)
	p.line(head, p.paint(bold, f.Title)+p.paint(faint, "〔"+f.Rule+"〕"))
	in := strings.Repeat(" ", 4)
	places := merge(f.Places)
	for i, pl := range places {
		if i == shownPlaces && !p.look.Verbose && len(places) > shownPlaces+1 {
			p.line(in, fmt.Sprintf("另有 %d 处，用 -v 列出", len(places)-i))
			break
		}
		p.line(in, placeText(pl))
	}
	if f.Arithmetic != "" {
		p.line(in, "算式："+f.Arithmetic)
	}
	switch {
	case strings.Contains(f.Message, f.Expected) && !strings.ContainsAny(f.Expected, "0123456789"):
		// an instruction that the message gives already
	case f.Suspect != "" && f.Expected != "":
		p.line(in, "应为："+p.paint(bold, f.Expected)+"（现为 "+f.Suspect+"）")
	case f.Expected != "":
		p.line(in, "应为："+p.paint(bold, f.Expected))
	}
	if f.Message != "" {
		p.line(in, f.Message)
	}
}

// clean makes the words of a finding safe for a terminal.
func clean(f check.Finding) check.Finding {
	for _, s := range []*string{&f.Title, &f.Message, &f.Arithmetic, &f.Suspect, &f.Expected} {
		*s = safe(*s)
	}
	places := make([]check.Place, len(f.Places))
	for i, pl := range f.Places {
		pl.File, pl.Cell, pl.Section, pl.Excerpt = safe(pl.File), safe(pl.Cell), safe(pl.Section), safe(pl.Excerpt)
		places[i] = pl
	}
	f.Places = places
	return f
}

// safe takes out control characters: a hostile file must not steer the terminal.
func safe(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return ' '
		}
		return r
	}, s)
}

// shownPlaces is how many places of one finding the text shows.
const shownPlaces = 6

// placeText is where, then the words there. The excerpt of a table cell names
// the cell again: only what it adds is shown.
func placeText(pl check.Place) string {
	var at []string
	if pl.File != "" {
		at = append(at, pl.File)
	}
	if pl.Page > 0 {
		at = append(at, fmt.Sprintf("第%d页", pl.Page))
	}
	if pl.Cell != "" {
		at = append(at, pl.Cell)
	}
	if pl.Page == 0 && pl.Cell == "" && pl.Section != "" {
		at = append(at, "“"+pl.Section+"”一节")
	}
	where := strings.Join(at, " ")
	if where == "" {
		where = "文中"
	}
	switch words := beyond(pl.Excerpt, pl.Cell); {
	case words == "":
		return where
	case words != pl.Excerpt:
		return where + "：" + words
	}
	return where + "：“" + pl.Excerpt + "”"
}

// merge joins places whose excerpts overlap, and drops those shown already.
func merge(places []check.Place) []check.Place {
	var out []check.Place
next:
	for _, pl := range places {
		for i := range out {
			o := &out[i]
			if o.File != pl.File || o.Page != pl.Page || o.Cell != pl.Cell || o.Section != pl.Section {
				continue
			}
			if s, ok := overlap(o.Excerpt, pl.Excerpt); ok {
				o.Excerpt = s
				continue next
			}
		}
		out = append(out, pl)
	}
	return out
}

// overlap joins two excerpts of one text that share their words at an end.
func overlap(a, b string) (string, bool) {
	ca, cb := strings.Trim(a, "…"), strings.Trim(b, "…")
	switch {
	case strings.Contains(ca, cb):
		return a, true
	case strings.Contains(cb, ca):
		return b, true
	}
	const least = 12 // bytes: four Chinese characters
	for n := min(len(ca), len(cb)); n >= least; n-- {
		if strings.HasSuffix(ca, cb[:n]) {
			return strings.TrimSuffix(a, "…") + strings.TrimPrefix(b, "…")[n:], true
		}
		if strings.HasSuffix(cb, ca[:n]) {
			return strings.TrimSuffix(b, "…") + strings.TrimPrefix(a, "…")[n:], true
		}
	}
	return "", false
}

// beyond is the excerpt without the name of its cell in front, however blanks are set.
func beyond(excerpt, cell string) string {
	name := strings.ReplaceAll(cell, " ", "")
	rest := excerpt
	for _, r := range name {
		rest = strings.TrimLeft(rest, " ")
		if !strings.HasPrefix(rest, string(r)) {
			return excerpt
		}
		rest = rest[len(string(r)):]
	}
	return strings.TrimSpace(rest)
}

func (p *page) duties(all []check.Duty) {
	var show []check.Duty
	open := 0
	for _, d := range all {
		undone := d.Status == check.Unreadable
		if undone {
			open++
		}
		if undone || p.look.Verbose {
			show = append(show, d)
		}
	}
	if len(show) == 0 {
		return
	}
	p.line("", "")
	if p.look.Verbose {
		p.line("", fmt.Sprintf("检查事项 %d 项，其中未能完成 %d 项", len(all), open))
	} else {
		p.line("", fmt.Sprintf("未能完成的检查 %d 项", open))
	}
	for _, g := range byReason(show) {
		s := string(g[0].Status) + "  "
		for i, d := range g {
			if i > 0 {
				s += "、"
			}
			s += safe(d.Title) + p.paint(faint, "〔"+d.ID+"〕")
		}
		if r := g[0].Reason; r != "" {
			s += "：" + safe(r)
		}
		p.line("    ", s)
	}
}

// byReason puts together the unfinished duties that have one reason, in the
// order of the first; the others stay alone.
func byReason(all []check.Duty) [][]check.Duty {
	var out [][]check.Duty
	at := map[string]int{}
	for _, d := range all {
		if i, ok := at[d.Reason]; ok && d.Status == check.Unreadable {
			out[i] = append(out[i], d)
			continue
		}
		if d.Reason != "" && d.Status == check.Unreadable {
			at[d.Reason] = len(out)
		}
		out = append(out, []check.Duty{d})
	}
	return out
}

// tally counts the verdicts of several disclosures.
func (p *page) tally(all []disclosure.Disclosure) {
	n := map[string]int{}
	for _, d := range all {
		if d.Err != nil {
			n[Unreadable]++
			continue
		}
		n[string(d.Result.Verdict)]++
	}
	p.line("", fmt.Sprintf("共 %d 份：通过 %d，有错误 %d，未能完整检查 %d，无法读取 %d", len(all),
		n[string(check.Passed)], n[string(check.HasErrors)], n[string(check.Incomplete)], n[Unreadable]))
}

func ofSeverity(all []check.Finding, s check.Severity) []check.Finding {
	var out []check.Finding
	for _, f := range all {
		if f.Severity == s {
			out = append(out, f)
		}
	}
	return out
}
