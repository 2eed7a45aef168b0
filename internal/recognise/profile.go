package recognise

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"juesuan/internal/document"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// profile reads kind, scope, unit and year from what the document says of
// itself: cover, headings, table titles, first words of sentences. All of
// them vote (taxonomy.Profile), so that one stale cover or heading does not
// decide; the file name is asked only for what the content leaves open.
func profile(r *report.Report, tax *taxonomy.Taxonomy) {
	p := &tax.Profile
	b := newBallot(p)
	b.try(taxonomy.OnCover, b.covers(r)...)
	b.try(taxonomy.OnLine, lines(r)...)
	b.try(taxonomy.OnSentence, openings(r)...)
	b.settle(r)
	if r.Kind == report.Other || r.Year == 0 {
		b.try(taxonomy.OnName, names(r.Document)...)
		b.settle(r)
	}
	if isTemplate(r, &p.Template) {
		r.Kind, r.Unit = report.Template, ""
	}
}

const (
	coverBlocks = 12 // blocks a cover has at most
	lineRunes   = 80 // of a heading or title
	openRunes   = 60 // of the start of a sentence
	titleRows   = 4  // rows at the top of a table that may hold its title
)

// compact takes all blanks out.
func compact(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || c == '\u200b' || c == '\ufeff' {
			return -1
		}
		return c
	}, s)
}

// covers gives the cover of each file as one line: its first blocks, up to
// the table of contents, joined, because a name may be broken over two of
// them. A web page has menus above its title; so the join begins at the block
// that gives the longest unit name which the rest of the document uses too.
func (b *ballot) covers(r *report.Report) []string {
	var out []string
	var cover []string
	file, n := -1, 0
	flush := func() {
		if len(cover) > 0 {
			out = append(out, b.cover(r, cover))
		}
		cover = nil
	}
	for i, bl := range r.Document.Blocks {
		if bl.Place.File != file {
			flush()
			file, n = bl.Place.File, 0
		}
		s := compact(r.Folded[i].S)
		if n++; bl.Table != nil || n > coverBlocks || bl.Place.Page > 1 ||
			strings.HasPrefix(s, "目录") || strings.HasPrefix(s, "第一部分") || utf8.RuneCountInString(s) > lineRunes {
			n = coverBlocks
			continue
		}
		cover = append(cover, s)
	}
	flush()
	return out
}

func (b *ballot) cover(r *report.Report, blocks []string) string {
	whole := strings.Join(blocks, "")
	for i := range blocks {
		s := strings.Join(blocks[i:], "")
		u := b.unitOf(s)
		if u == "" {
			continue
		}
		for k := range r.Folded {
			if k > len(blocks) && strings.Contains(r.Folded[k].S, u) {
				return s
			}
		}
		if b.unitOf(blocks[i]) == u && i > 0 {
			return s
		}
	}
	return whole
}

// unitOf is the unit a cover names, "" when it names none.
func (b *ballot) unitOf(cover string) string {
	for i := range b.p.Patterns {
		q := &b.p.Patterns[i]
		g := q.Regexp.SubexpIndex("unit")
		if q.Where != taxonomy.OnCover || g < 0 {
			continue
		}
		if m := q.Regexp.FindStringSubmatch(cover); m != nil {
			if u, ok := b.p.UnitName(m[g]); ok {
				return u
			}
		}
	}
	return ""
}

// lines gives the headings, short paragraphs and title cells.
func lines(r *report.Report) []string {
	var out []string
	add := func(s string) {
		if s = compact(s); s != "" && utf8.RuneCountInString(s) <= lineRunes {
			out = append(out, s)
		}
	}
	for i, bl := range r.Document.Blocks {
		if bl.Table == nil {
			add(r.Folded[i].S)
			continue
		}
		for _, row := range bl.Table.Rows[:min(titleRows, len(bl.Table.Rows))] {
			for _, c := range row {
				if utf8.RuneCountInString(c.Text) >= 4 {
					add(document.Fold(document.Plain(c.Text, c.Place)).S)
				}
			}
		}
	}
	return out
}

// openings gives the first words of every paragraph.
func openings(r *report.Report) []string {
	var out []string
	for i, bl := range r.Document.Blocks {
		if bl.Table != nil {
			continue
		}
		s := compact(r.Folded[i].S)
		for j, n := 0, 0; j < len(s); n++ {
			if n == openRunes {
				s = s[:j]
				break
			}
			_, w := utf8.DecodeRuneInString(s[j:])
			j += w
		}
		out = append(out, s)
	}
	return out
}

// names gives the file names without their folders.
func names(d *document.Document) []string {
	out := []string{filepath.Base(d.Name)}
	for _, f := range d.Files {
		out = append(out, f.Name)
	}
	for i := range out {
		out[i] = compact(document.Fold(document.Plain(out[i], document.Place{})).S)
	}
	return out
}

// ballot counts the votes for each value.
type ballot struct {
	p                       *taxonomy.Profile
	kind, scope, unit, year tally
}

// tally is the votes for the values of one question, in order of appearance.
type tally struct {
	order []string
	votes map[string]int
}

func (t *tally) add(v string, n int) {
	if t.votes == nil {
		t.votes = map[string]int{}
	}
	if _, ok := t.votes[v]; !ok {
		t.order = append(t.order, v)
	}
	t.votes[v] += n
}

// best is the value with most votes, the first of equals; "" without votes.
func (t *tally) best() string {
	best := ""
	for _, v := range t.order {
		if best == "" || t.votes[v] > t.votes[best] {
			best = v
		}
	}
	return best
}

func newBallot(p *taxonomy.Profile) *ballot { return &ballot{p: p} }

// try lets every pattern of a place vote on the texts.
func (b *ballot) try(where string, texts ...string) {
	for i := range b.p.Patterns {
		q := &b.p.Patterns[i]
		if q.Where != where {
			continue
		}
		said := map[string]int{}
		for _, s := range texts {
			m := q.Regexp.FindStringSubmatch(s)
			if m == nil {
				continue
			}
			for g, name := range q.Regexp.SubexpNames() {
				if name == "" || m[g] == "" {
					continue
				}
				key := name + m[g]
				if said[key]++; said[key] <= max(q.Most, 1) {
					b.vote(name, m[g], q.Weight)
				}
			}
		}
	}
}

func (b *ballot) vote(group, value string, weight int) {
	switch group {
	case "kind":
		b.kind.add(value, weight)
	case "scope":
		b.scope.add(value, weight)
	case "year":
		if y := taxonomy.YearOf(value); y != 0 {
			b.year.add(strconv.Itoa(y), weight)
		}
	case "unit":
		if u, ok := b.p.UnitName(value); ok {
			b.unit.add(u, weight)
		}
	}
}

func (b *ballot) settle(r *report.Report) {
	r.Kind = report.Kind(b.kind.best())
	r.Scope = b.scope.best()
	r.Unit = b.unit.best()
	if y, err := strconv.Atoi(b.year.best()); err == nil {
		r.Year = y
	}
}

// isTemplate reports whether nobody has filled the form in: its unit is a
// blank, or the blanks outnumber the amounts.
func isTemplate(r *report.Report, t *taxonomy.TemplateMarks) bool {
	marks, blankUnit := 0, false
	for i := range r.Document.Blocks {
		s := compact(r.Folded[i].S)
		if !slices.ContainsFunc(t.With, func(w string) bool { return strings.Contains(s, w) }) {
			continue
		}
		marks += len(t.MarkRE.FindAllStringIndex(s, -1))
		blankUnit = blankUnit || utf8.RuneCountInString(s) <= lineRunes && t.UnitRE.MatchString(s)
	}
	if marks == 0 || marks < t.Least && !blankUnit {
		return false
	}
	amounts := 0
	for i := range r.Document.Blocks {
		if s := r.Folded[i].S; strings.Contains(s, "元") {
			amounts += len(t.AmountRE.FindAllStringIndex(s, -1))
		}
	}
	return marks > amounts
}
