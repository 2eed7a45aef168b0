package check

import (
	"slices"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// residue looks for what a template left behind (C07): one finding for each
// pattern, with all its places.
func (r *run) residue() {
	r.test("C07")
	patterns := r.tax.Residue.All()
	for i := range patterns {
		p := &patterns[i]
		if p.Severity == taxonomy.SeverityOff {
			continue
		}
		places, said := r.hits(p)
		if len(places) == 0 {
			continue
		}
		r.tell(Finding{
			Rule: "C07", Severity: Severity(p.Severity), Title: p.Title,
			Message: "这里写着" + quoteAll(said) + "。" + p.Remedy + "。",
			Suspect: said[0], Expected: p.Remedy,
		}, places...)
	}
}

// hits finds the places of a pattern, and the different words it met there.
func (r *run) hits(p *taxonomy.ResiduePattern) (places []report.Words, said []string) {
	note := func(w report.Words, hit string) {
		places = append(places, w)
		if !slices.Contains(said, hit) {
			said = append(said, hit)
		}
	}
	forms := r.sheets()
	for i, b := range r.rep.Document.Blocks {
		if forms[i] {
			continue
		}
		if b.Table == nil {
			s := r.folded(i).S
			for _, m := range p.Find(s) {
				note(r.words(i, m[0], m[1]), strings.TrimSpace(s[m[0]:m[1]]))
			}
			continue
		}
		if !p.Cells {
			continue
		}
		for _, row := range b.Table.Rows {
			for _, c := range row {
				if c.Text == "" {
					continue
				}
				s := document.FoldString(c.Text)
				for _, m := range p.Find(s) {
					note(report.Words{Text: excerpt(s, m[0], m[1]), Block: i, Place: c.Place}, strings.TrimSpace(s[m[0]:m[1]]))
				}
			}
		}
	}
	return places, said
}

// sheets are the blocks of self-evaluation sheets: forms of their own, with
// their own instructions in print.
func (r *run) sheets() map[int]bool {
	out := map[int]bool{}
	for _, s := range r.rep.Sections {
		if s.Key == "自评表" {
			for i := s.Block; i < s.End; i++ {
				out[i] = true
			}
		}
	}
	return out
}

// quoteAll quotes the first few of the words: “甲”、“乙”等.
func quoteAll(said []string) string {
	const most = 3
	s := "“" + strings.Join(said[:min(most, len(said))], "”、“") + "”"
	if len(said) > most {
		s += "等"
	}
	return s
}
