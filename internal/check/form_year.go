package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"juesuan/internal/document"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// naming is one way the document names itself at one place: the groups of a
// profile pattern that fitted, and the words.
type naming struct {
	pattern          *taxonomy.ProfilePattern
	unit, kind, text string
	scope            string
	year             int
	words            report.Words
}

// lineRunes is the most a title has; openRunes is how much of a paragraph the
// sentence patterns see.
const (
	lineRunes = 80
	openRunes = 60
)

// namings finds every place where the document names its unit, year or kind.
func (r *run) namings() []naming {
	var out []naming
	pats := r.tax.Profile.Patterns
	for i, b := range r.rep.Document.Blocks {
		if b.Table != nil {
			continue
		}
		s := squash(r.folded(i).S)
		if s == "" {
			continue
		}
		n, open := utf8.RuneCountInString(s), first(s, openRunes)
		for j := range pats {
			q := &pats[j]
			text := open
			switch q.Where {
			case taxonomy.OnLine:
				if n > lineRunes {
					continue
				}
				text = s
			case taxonomy.OnSentence:
			default:
				continue
			}
			m := q.Regexp.FindStringSubmatch(text)
			if m == nil {
				continue
			}
			x := naming{pattern: q, text: s, words: r.words(i, 0, 0)}
			x.words.Text = clip(r.folded(i).S, 40)
			for g, name := range q.Regexp.SubexpNames() {
				switch name {
				case "unit":
					x.unit = m[g]
				case "kind":
					x.kind = m[g]
				case "scope":
					x.scope = m[g]
				case "year":
					x.year = taxonomy.YearOf(m[g])
				}
			}
			out = append(out, x)
		}
	}
	return r.inBody(out)
}

// inBody leaves out, for web pages, what stands before the first or after the
// last place that names this fiscal year: menus link to other years.
func (r *run) inBody(said []naming) []naming {
	if len(r.rep.Document.Files) == 0 || r.rep.Document.Files[0].Format != "html" {
		return said
	}
	first, last := -1, -1
	for _, x := range said {
		if x.year == r.rep.Year && r.rep.Year != 0 {
			if first < 0 {
				first = x.words.Block
			}
			last = x.words.Block
		}
	}
	return slices.DeleteFunc(said, func(x naming) bool { return x.words.Block < first || x.words.Block > last })
}

// squash takes the blanks out.
func squash(s string) string {
	if !strings.ContainsFunc(s, unicode.IsSpace) {
		return s
	}
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) {
			return -1
		}
		return c
	}, s)
}

// clip is the first n characters of s, with … where more follows.
func clip(s string, n int) string {
	if x := first(s, n); len(x) < len(s) {
		return x + "…"
	}
	return s
}

// first is the first n characters of s.
func first(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// fiscalYear looks for titles and sentences of another year where this year is
// meant (C04). A year that is only a base of comparison stands in a sentence
// that names this year too, or not at its start.
func (r *run) fiscalYear(said []naming) {
	if r.rep.Year == 0 || r.rep.Kind == report.Other {
		return
	}
	r.test("C04")
	titles, sentences := map[int][]report.Words{}, map[int][]report.Words{}
	for _, x := range said {
		if x.year == 0 || x.year == r.rep.Year || x.kind != "" && x.kind != string(r.rep.Kind) {
			continue
		}
		if x.pattern.Where == taxonomy.OnLine {
			titles[x.year] = addWords(titles[x.year], x.words)
			continue
		}
		this := strconv.Itoa(r.rep.Year)
		if x.unit == "" || strings.Contains(sentence(x.text, 0), this) || r.rep.Kind != report.Final {
			continue
		}
		if _, ok := r.tax.Profile.UnitName(x.unit); ok {
			sentences[x.year] = addWords(sentences[x.year], x.words)
		}
	}
	for i := range r.rep.Tables {
		t := &r.rep.Tables[i]
		if y := titleYear(t.Title); t.ID != "" && y != 0 && y != r.rep.Year && !slices.ContainsFunc(titles[y], func(w report.Words) bool { return strings.Contains(w.Text, t.Title) }) {
			titles[y] = append(titles[y], report.Words{Text: t.Title, Block: firstBlock(t), Place: t.Place})
		}
	}
	for _, y := range years(titles) {
		r.tell(Finding{
			Rule: "C04", Title: "标题的年度与全文不一致",
			Message: fmt.Sprintf("这里写的是%d年度，全文是%d年度%s。核对是不是上年材料没有改净。", y, r.rep.Year, r.rep.Kind),
			Suspect: strconv.Itoa(y), Expected: strconv.Itoa(r.rep.Year),
		}, titles[y]...)
	}
	for _, y := range years(sentences) {
		r.tell(Finding{
			Rule: "C04", Title: "正文的年度与全文不一致",
			Message: fmt.Sprintf("这句话说的应当是本年度（%d年度），却写作%d年度。核对是不是上年的文字没有改净。", r.rep.Year, y),
			Suspect: strconv.Itoa(y), Expected: strconv.Itoa(r.rep.Year),
		}, sentences[y]...)
	}
	r.staleYears()
}

// titleYear is the year at the start of a table's title, 0 for none.
func titleYear(title string) int {
	year, _, ok := strings.Cut(squash(document.FoldString(title)), "年")
	if !ok || utf8.RuneCountInString(year) != 4 {
		return 0
	}
	return taxonomy.YearOf(year)
}

// staleYears looks for dates that have to be of this year (taxonomy
// Profile.ThisYear) and are of the year before.
func (r *run) staleYears() {
	for k := range r.tax.Profile.ThisYear {
		p := &r.tax.Profile.ThisYear[k]
		if p.Kind != string(r.rep.Kind) {
			continue
		}
		g := p.Regexp.SubexpIndex("year")
		var places []report.Words
		suspect := ""
		for i := range r.rep.Document.Blocks {
			s := r.folded(i).S
			for _, m := range p.Regexp.FindAllStringSubmatchIndex(s, -1) {
				y := taxonomy.YearOf(s[m[2*g]:m[2*g+1]])
				if y != r.rep.Year-1 || strings.Contains(sentence(s, m[0]), strconv.Itoa(r.rep.Year)) {
					continue
				}
				places = append(places, r.words(i, m[0], m[1]))
				suspect = s[m[2*g]:m[2*g+1]]
			}
		}
		if len(places) > 0 {
			r.tell(Finding{
				Rule: "C04", Severity: Suspect, Title: p.Title,
				Message: fmt.Sprintf("%s：写的是%s年，本文件是%d年度%s。核对是不是上年的文字没有改净。", p.Title, suspect, r.rep.Year, r.rep.Kind),
				Suspect: suspect, Expected: strconv.Itoa(r.rep.Year),
			}, places...)
		}
	}
}

// wrongKind looks for titles of the other kind of disclosure (C10) and of the
// other scope (C09). The year must be this document's: a text may well speak
// of next year's budget.
func (r *run) wrongKind(said []naming) {
	if r.rep.Kind != report.Final && r.rep.Kind != report.Budget {
		return
	}
	r.test("C09")
	r.test("C10")
	kinds, scopes := map[string][]report.Words{}, map[string][]report.Words{}
	for _, x := range said {
		if x.pattern.Where != taxonomy.OnLine || x.year != r.rep.Year || x.scope == "" || !x.pattern.Title {
			continue
		}
		switch {
		case x.kind != "" && x.kind != string(r.rep.Kind):
			kinds[x.kind] = addWords(kinds[x.kind], x.words)
		case r.rep.Scope != "" && x.scope != r.rep.Scope:
			scopes[x.scope] = addWords(scopes[x.scope], x.words)
		}
	}
	for k, places := range kinds {
		r.tell(Finding{
			Rule: "C10", Title: "标题的文种与全文不一致",
			Message: fmt.Sprintf("全文是%d年度%s，这个标题写的是%s。核对后改为%s。", r.rep.Year, r.rep.Kind, k, r.rep.Kind),
			Suspect: k, Expected: string(r.rep.Kind),
		}, places...)
	}
	for s, places := range scopes {
		r.tell(Finding{
			Rule: "C09", Title: "“部门”与“单位”混用",
			Message: fmt.Sprintf("全文多称%s%s，这个标题称%s%s。部门决算包括所属单位，单位决算只含本单位，请统一。", r.rep.Scope, r.rep.Kind, s, r.rep.Kind),
			Suspect: s + string(r.rep.Kind), Expected: r.rep.Scope + string(r.rep.Kind),
		}, places...)
	}
}

// addWords appends words of a block that is not there yet.
func addWords(to []report.Words, w report.Words) []report.Words {
	if slices.ContainsFunc(to, func(o report.Words) bool { return o.Block == w.Block }) {
		return to
	}
	return append(to, w)
}

// years are the keys in order.
func years(m map[int][]report.Words) []int {
	var out []int
	for y := range m {
		out = append(out, y)
	}
	slices.Sort(out)
	return out
}
