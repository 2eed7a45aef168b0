package compare

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/sergi/go-diff/diffmatchpatch"

	"juesuan/internal/document"
	"juesuan/internal/report"
)

// line is one paragraph as it is compared.
type line struct {
	print   string // as printed, blanks at the ends cut
	mask    string // folded, numbers as #, years by their distance from the fiscal year
	numbers []number
}

// number of a line.
type number struct {
	digits     string
	understood bool // a figure of the report: compared by what it says
}

// section is a run of lines under one heading.
type section struct {
	id    string // the canonical key, else the folded title
	title string
	lines []line
}

// numberPattern takes the unit of an amount with it: 1万元 and 10000元 are one.
var numberPattern = regexp.MustCompile(`[0-9](?:[0-9,]*[0-9])?(?:\.[0-9]+)?(?:[万亿]?元)?`)

// texts lists the paragraphs that changed, by section in the order of B; the
// sections that only A has stand at their end.
func texts(a, b *report.Report) []Paragraph {
	sa, sb := sections(a), sections(b)
	rest := map[string][]*section{}
	for i := range sa {
		rest[sa[i].id] = append(rest[sa[i].id], &sa[i])
	}
	var out []Paragraph
	for i := range sb {
		was := &section{}
		if q := rest[sb[i].id]; len(q) > 0 {
			was, rest[sb[i].id] = q[0], q[1:]
		}
		out = append(out, diffSection(sb[i].title, was.lines, sb[i].lines)...)
	}
	for i := range sa {
		q := rest[sa[i].id]
		if len(q) > 0 && q[0] == &sa[i] {
			rest[sa[i].id] = q[1:]
			out = append(out, diffSection(sa[i].title, sa[i].lines, nil)...)
		}
	}
	return out
}

// sections splits the text of a disclosure; what stands in and around tables
// is left out, and so is the table of contents.
func sections(r *report.Report) []section {
	if r.Document == nil {
		return nil
	}
	known := figureStarts(r)
	titles := map[string]bool{}
	start := map[int]*report.Section{}
	first := len(r.Document.Blocks)
	for i := range r.Sections {
		s := &r.Sections[i]
		start[s.Block] = s
		titles[contentsLine(document.FoldString(r.Document.Blocks[s.Block].Text.S))] = true
		first = min(first, s.Block)
	}
	out := []section{{title: "封面"}}
	for i := range r.Document.Blocks {
		b := &r.Document.Blocks[i]
		if _, ok := r.TableText[i]; ok || b.Table != nil || b.Kind == document.PictureBlock {
			continue
		}
		l := newLine(r, i, known[i])
		if s := start[i]; s != nil {
			id := s.Key
			if id == "" {
				id = document.FoldString(s.Title)
			}
			out = append(out, section{id: id, title: s.Title})
			l.print, l.mask = s.Title, mask(document.FoldString(s.Title), r.Year)
		}
		if l.mask == "" || i < first && (titles[contentsLine(document.FoldString(b.Text.S))] || l.mask == "目录") {
			continue
		}
		cur := &out[len(out)-1]
		cur.lines = append(cur.lines, l)
	}
	return out
}

// sectionName is the title of the innermost section of a block.
func sectionName(r *report.Report, block int) string {
	name := ""
	for i := range r.Sections {
		if s := &r.Sections[i]; s.Block <= block && block < s.End {
			name = s.Key
			if name == "" {
				name = s.Title
			}
		}
	}
	return name
}

// contentsLine is a heading as the table of contents shows it: without leaders
// and page number.
func contentsLine(s string) string { return strings.TrimRight(s, "0123456789.…·\t -—") }

// figureStarts gives by block where the understood numbers begin.
func figureStarts(r *report.Report) map[int]map[int]bool {
	out := map[int]map[int]bool{}
	for i := range r.Figures {
		f := &r.Figures[i]
		if f.Table >= 0 || f.Fact.Concept == "" {
			continue
		}
		if out[f.Block] == nil {
			out[f.Block] = map[int]bool{}
		}
		out[f.Block][f.Start] = true
	}
	return out
}

func newLine(r *report.Report, block int, known map[int]bool) line {
	folded := document.FoldString(r.Document.Blocks[block].Text.S)
	if block < len(r.Folded) {
		folded = r.Folded[block].S
	}
	l := line{print: strings.TrimSpace(r.Document.Blocks[block].Text.S), mask: mask(folded, r.Year)}
	for _, at := range numberPattern.FindAllStringIndex(folded, -1) {
		l.numbers = append(l.numbers, number{
			digits:     strings.ReplaceAll(folded[at[0]:at[1]], ",", ""),
			understood: known[at[0]] || isYear(folded, at),
		})
	}
	return l
}

// isYear tells 2024年 from an amount.
func isYear(s string, at []int) bool {
	return at[1]-at[0] == 4 && strings.HasPrefix(s[at[0]:], "20") && strings.HasPrefix(s[at[1]:], "年")
}

// mask replaces numbers, so that two years of one sentence are alike.
func mask(s string, year int) string {
	var b strings.Builder
	end := 0
	for _, at := range numberPattern.FindAllStringIndex(s, -1) {
		b.WriteString(s[end:at[0]])
		end = at[1]
		if n, err := strconv.Atoi(s[at[0]:at[1]]); err == nil && isYear(s, at) && year > 0 {
			fmt.Fprintf(&b, "<%d>", n-year)
			continue
		}
		b.WriteByte('#')
	}
	b.WriteString(s[end:])
	return b.String()
}

// diffSection compares the lines of one section.
func diffSection(title string, a, b []line) []Paragraph {
	var out []Paragraph
	var gone, come []line
	flush := func() {
		out = append(out, pair(title, gone, come)...)
		gone, come = nil, nil
	}
	i, j := 0, 0
	for _, d := range diffLines(a, b) {
		for range []rune(d.Text) {
			switch d.Type {
			case diffmatchpatch.DiffDelete:
				gone = append(gone, a[i])
				i++
			case diffmatchpatch.DiffInsert:
				come = append(come, b[j])
				j++
			default:
				flush()
				if unlike(a[i].numbers, b[j].numbers) {
					out = append(out, changed(title, a[i], b[j]))
				}
				i, j = i+1, j+1
			}
		}
	}
	flush()
	return out
}

// unlike reports a changed number that no fact explains.
func unlike(a, b []number) bool {
	if len(a) != len(b) {
		return false // the masks are equal: cannot be
	}
	for i := range a {
		if !a[i].understood && !b[i].understood && a[i].digits != b[i].digits {
			return true
		}
	}
	return false
}

// engine has no time limit: the same files always give the same difference.
func engine() *diffmatchpatch.DiffMatchPatch {
	e := diffmatchpatch.New()
	e.DiffTimeout = 0
	return e
}

// diffLines aligns two runs of lines by their masks, one rune a line.
func diffLines(a, b []line) []diffmatchpatch.Diff {
	ids := map[string]rune{}
	runes := func(ls []line) []rune {
		out := make([]rune, len(ls))
		for i, l := range ls {
			id, ok := ids[l.mask]
			if !ok {
				id = rune(0x10000 + len(ids)) // beyond the surrogates
				ids[l.mask] = id
			}
			out[i] = id
		}
		return out
	}
	return engine().DiffMainRunes(runes(a), runes(b), false)
}

// ahead is how many lines pair looks at.
const ahead = 40

// pair matches the lines that went with those that came, in order, where they
// are more alike than not.
//
// Only the next few are tried: a whole text that was replaced has no pairs.
func pair(title string, gone, come []line) []Paragraph {
	var out []Paragraph
	j := 0
	for _, g := range gone {
		k := j
		for k < min(len(come), j+ahead) && !alike(g.mask, come[k].mask) {
			k++
		}
		if k == min(len(come), j+ahead) {
			out = append(out, Paragraph{Section: title, Before: g.print})
			continue
		}
		for ; j < k; j++ {
			out = append(out, Paragraph{Section: title, After: come[j].print})
		}
		out = append(out, changed(title, g, come[k]))
		j = k + 1
	}
	for ; j < len(come); j++ {
		out = append(out, Paragraph{Section: title, After: come[j].print})
	}
	return out
}

// alike reports whether half of the longer text is in the other.
func alike(a, b string) bool {
	ra, rb := []rune(a), []rune(b)
	n := max(len(ra), len(rb))
	if common(ra, rb)*2 < n {
		return false // cheap, and true of most pairs
	}
	if n > longest {
		return true
	}
	e := engine()
	return 2*e.DiffLevenshtein(e.DiffMainRunes(ra, rb, false)) <= n
}

// longest text that is compared rune by rune to see whether it is alike.
const longest = 4000

// common counts the runes that two texts share, in any order.
func common(a, b []rune) int {
	count := map[rune]int{}
	for _, r := range a {
		count[r]++
	}
	n := 0
	for _, r := range b {
		if count[r] > 0 {
			count[r]--
			n++
		}
	}
	return n
}

func changed(title string, a, b line) Paragraph {
	p := Paragraph{Section: title, Before: a.print, After: b.print}
	e := engine()
	for _, d := range e.DiffCleanupSemantic(e.DiffMain(a.print, b.print, false)) {
		op := Kept
		switch d.Type {
		case diffmatchpatch.DiffDelete:
			op = Removed
		case diffmatchpatch.DiffInsert:
			op = Added
		}
		p.Pieces = append(p.Pieces, Piece{op, d.Text})
	}
	return p
}
