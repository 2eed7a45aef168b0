package check

import (
	"strings"
	"unicode/utf8"

	"juesuan/internal/document"
	"juesuan/internal/report"
)

// form checks completeness and form (C). A template that nobody has filled in
// is one finding: whatever else is said of it would only repeat that.
func (r *run) form() {
	if r.rep.Document == nil {
		return
	}
	if r.rep.Kind == report.Template {
		r.template()
		return
	}
	r.residue()
	said := r.namings()
	r.fiscalYear(said)
	r.unitName(said)
	r.wrongKind(said)
	r.subjects()
	r.itemNames()
	r.complete()
	r.emptyTables()
	r.moneyUnit()
	r.numbering()
	r.lineNumbers()
}

// template replaces all findings by the one that says what the file is.
func (r *run) template() {
	r.findings = nil
	r.test("C07")
	marks := &r.tax.Profile.Template
	var places []report.Words
	for i := range r.rep.Document.Blocks {
		s := r.folded(i)
		if m := marks.MarkRE.FindStringIndex(s.S); m != nil && len(places) < templatePlaces {
			places = append(places, r.words(i, m[0], m[1]))
		}
	}
	r.tell(Finding{
		Rule: "C07", Severity: Error, Title: "这是未填写的模板",
		Message:  "这是未填写的模板：名称、金额和增减方向还是XX等占位符和待选词，不是可以公开的决算。请用填写完成的文件重新检查。",
		Suspect:  "XX",
		Expected: "本单位的名称和数字",
	}, places...)
}

const (
	templatePlaces = 5  // places shown of an unfilled template
	excerptRunes   = 14 // shown on each side of the words in question
)

// folded is the folded text of a block; empty for a table.
func (r *run) folded(i int) document.Text {
	if i < len(r.rep.Folded) {
		return r.rep.Folded[i]
	}
	if b := r.rep.Document.Blocks[i]; b.Table == nil {
		return document.Fold(b.Text)
	}
	return document.Text{}
}

// words points at a piece of the folded text of a block, with some of the text
// around it as the excerpt.
func (r *run) words(block, start, end int) report.Words {
	t := r.folded(block)
	return report.Words{
		Text: excerpt(t.S, start, end), Block: block, Start: start,
		Place: t.At(start, end),
	}
}

// excerpt is s[start:end] with up to excerptRunes more on either side, within
// the line.
func excerpt(s string, start, end int) string {
	a, b := start, end
	for n := 0; n < excerptRunes && a > 0; n++ {
		_, w := utf8.DecodeLastRuneInString(s[:a])
		if s[a-w] == '\n' {
			break
		}
		a -= w
	}
	for n := 0; n < excerptRunes && b < len(s); n++ {
		if s[b] == '\n' {
			break
		}
		_, w := utf8.DecodeRuneInString(s[b:])
		b += w
	}
	x := s[a:b]
	if a > 0 && s[a-1] != '\n' {
		x = "…" + x
	}
	if b < len(s) && s[b] != '\n' {
		x += "…"
	}
	return x
}

// sentence is the part of s around start up to the stops on either side.
func sentence(s string, start int) string {
	a, b := 0, len(s)
	if i := strings.LastIndexAny(s[:start], "。;\n"); i >= 0 {
		_, w := utf8.DecodeRuneInString(s[i:])
		a = i + w
	}
	if i := strings.IndexAny(s[start:], "。;\n"); i >= 0 {
		b = start + i
	}
	return s[a:b]
}
