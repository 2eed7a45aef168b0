package pdf

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"juesuan/internal/document"
)

// From lines to paragraphs and headings, over line and page breaks.

var (
	partHead    = regexp.MustCompile(`^第[一二三四五六七八九十百]+(?:部分|章|篇)`)
	numberHead  = regexp.MustCompile(`^[一二三四五六七八九十]+\s*、`)
	bracketHead = regexp.MustCompile(`^[(（][一二三四五六七八九十]+[)）]`)
	listItem    = regexp.MustCompile(`^(?:\d{1,2}\s*[.、]\D|[(（]\d{1,2}[)）])`)
	headStop    = regexp.MustCompile(`(?:说明|情况|结果|概况|职责|机构)。$`)
	leaders     = regexp.MustCompile(`\.{4,}|…{2,}|·{4,}`)
)

// headLevel is the level numbering gives a line, 0 for none.
func headLevel(s string) int {
	switch {
	case partHead.MatchString(s):
		return 1
	case numberHead.MatchString(s):
		return 2
	case bracketHead.MatchString(s):
		return 3
	}
	return 0
}

// flow is one thing on the way down a page.
type flow struct {
	y     float64
	line  *line
	table *table
}

// para gathers the lines of one paragraph.
type para struct {
	lines []line
	pages []int
}

// metrics of the running text of a page.
type metrics struct {
	left, right float64
	size        float64
}

// compose turns pages into blocks: lines joined to paragraphs over line and
// page breaks, tables in their place.
func compose(pages []pageText) []document.Block {
	var out []document.Block
	var cur para
	body := bodyMetrics(pages)
	flush := func() {
		if len(cur.lines) > 0 {
			out = append(out, cur.block())
		}
		cur = para{}
	}
	for i := range pages {
		p := &pages[i]
		m := pageMetrics(*p, body)
		var items []flow
		for k := range p.Lines {
			items = append(items, flow{y: p.Lines[k].Base - 0.4*p.Lines[k].Size, line: &p.Lines[k]})
		}
		for k := range p.Tables {
			items = append(items, flow{y: p.Tables[k].Box.Y0, table: &p.Tables[k]})
		}
		slices.SortStableFunc(items, func(a, b flow) int { return cmp.Compare(a.y, b.y) })
		for _, it := range items {
			if it.table != nil {
				flush()
				out = append(out, it.table.block(p.Page))
				continue
			}
			l := *it.line
			if len(cur.lines) > 0 && !cur.takes(l, p.Page, m) {
				flush()
			}
			cur.lines = append(cur.lines, l)
			cur.pages = append(cur.pages, p.Page)
		}
	}
	flush()
	return out
}

// bodyMetrics are the size and the margins most lines of the file keep.
func bodyMetrics(pages []pageText) map[[2]int]metrics {
	type acc struct{ sizes, lefts, rights []float64 }
	m := map[[2]int]*acc{}
	for _, p := range pages {
		k := pageKind(p)
		a := m[k]
		if a == nil {
			a = &acc{}
			m[k] = a
		}
		for _, l := range p.Lines {
			if l.X1-l.X0 > 0.5*p.W {
				a.sizes = append(a.sizes, l.Size)
				a.lefts = append(a.lefts, l.X0)
				a.rights = append(a.rights, l.X1)
			}
		}
	}
	out := map[[2]int]metrics{}
	for k, a := range m {
		if len(a.sizes) == 0 {
			continue
		}
		out[k] = metrics{left: quantile(a.lefts, 0.25), right: quantile(a.rights, 0.75), size: median(a.sizes)}
	}
	return out
}

func pageKind(p pageText) [2]int { return [2]int{int(p.W + 0.5), int(p.H + 0.5)} }

func quantile(v []float64, q float64) float64 {
	slices.Sort(v)
	return v[int(q*float64(len(v)-1))]
}

// pageMetrics are the margins of one page; a page with few lines takes the file's.
func pageMetrics(p pageText, body map[[2]int]metrics) metrics {
	m, ok := body[pageKind(p)]
	if !ok {
		m = metrics{left: 0.12 * p.W, right: 0.88 * p.W, size: 14}
	}
	var sizes []float64
	for _, l := range p.Lines {
		if l.X1-l.X0 > 0.5*p.W {
			sizes = append(sizes, l.Size)
		}
	}
	if len(sizes) >= 3 {
		m.size = median(sizes)
	}
	left := math.Inf(1)
	var rights []float64
	for _, l := range p.Lines {
		if math.Abs(l.Size-m.size) > 0.15*m.size {
			continue
		}
		left = min(left, l.X0)
		if l.X1-l.X0 > 0.6*p.W {
			rights = append(rights, l.X1)
		}
	}
	// Some lines hang their punctuation out: with enough of them the bulk
	// tells the margin, with few the widest.
	switch n := len(rights); {
	case n >= 8:
		m.left, m.right = left, quantile(rights, 0.75)
	case n >= 3:
		widest := slices.Max(rights)
		if ok && widest > m.right && widest < m.right+2*m.size {
			widest = m.right + 0.5*m.size // the file's margin, which it exceeds a little
		}
		m.left, m.right = left, widest
	}
	return m
}

// takes reports whether l goes on the paragraph.
func (q *para) takes(l line, page int, m metrics) bool {
	a := q.lines[len(q.lines)-1]
	same := q.pages[len(q.pages)-1] == page
	size := max(a.Size, 1)
	if a.Han && l.Han && math.Abs(a.Size-l.Size) > 0.15*size {
		return false
	}
	if aboveTable.MatchString(a.Text) || aboveTable.MatchString(l.Text) {
		return false // 公开01表, 部门:…, 单位:万元
	}
	if same && (l.Base-a.Base > 2.4*q.pitch() || l.Base-a.Base < 0.4*size) {
		return false
	}
	if leaders.MatchString(a.Text) || leaders.MatchString(l.Text) || headLevel(l.Text) > 0 {
		return false
	}
	gap := m.right - a.X1
	full := gap <= firstToken(l)+0.7*size // the first word of l would not have fitted
	if centredLine(l, m) {
		// A title over two lines: the first fills the page, both share an axis.
		return same && gap < 1.2*size && math.Abs((a.X0-m.left)-gap) < 1.5*size && l.Base-a.Base < 2.4*size
	}
	if q.centred(m) {
		return false
	}
	indent := l.X0 - m.left
	if !full {
		// A line cut short goes on when the sentence is open and the next
		// line lacks the indent that paragraphs here begin with.
		open := endsOpen(a.Text)
		return open && q.lines[0].X0-m.left > 1.3*size && indent < 0.8*size && gap < 0.5*(m.right-m.left)
	}
	if len(q.lines) > 1 {
		return l.X0-a.X0 < 1.3*size
	}
	if indent > 1.3*size && l.X0-a.X0 > -0.5*size || a.X0-m.left > 5*size {
		return false // l has the indent of a new paragraph, or a was set right
	}
	return !(listItem.MatchString(l.Text) && endsSentence(a.Text) && indent > 0.5*size)
}

// pitch is the distance of the paragraph's lines, or a guess from their size.
func (q *para) pitch() float64 {
	n := len(q.lines)
	if n > 1 && q.pages[n-1] == q.pages[n-2] {
		return q.lines[n-1].Base - q.lines[n-2].Base
	}
	return 1.5 * q.lines[n-1].Size
}

func (q *para) centred(m metrics) bool {
	for _, l := range q.lines {
		if !centredLine(l, m) {
			return false
		}
	}
	return true
}

func centredLine(l line, m metrics) bool {
	left, right := l.X0-m.left, m.right-l.X1
	return left > 2.5*l.Size && math.Abs(left-right) < 1.5*l.Size
}

func endsSentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("。;；:：!！", r)
}

// endsOpen reports text that breaks off within a sentence.
func endsOpen(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(",，、", r)
}

// firstToken is the width of what may not be divided at the start of l: a
// number or word with what clings to it, or one Han character.
func firstToken(l line) float64 {
	w := 0.0
	for i, c := range l.Chars {
		if i == 0 {
			w = c.X1 - c.X0
			continue
		}
		p := l.Chars[i-1]
		cling := strings.ContainsRune(",.%:;、。，；：！？）)》”’％", c.R) || strings.ContainsRune("（(《“‘", p.R)
		if !cling && !(isWordRune(p.R) && isWordRune(c.R)) && !(strings.ContainsRune(",.", p.R) && isWordRune(c.R)) {
			break
		}
		if c.X0-p.X1 > 0.5*c.Size {
			break
		}
		w = c.X1 - l.X0
	}
	return w
}

// block joins the lines to one text, a span a line.
func (q *para) block() document.Block {
	var s strings.Builder
	var t document.Text
	var place document.Place
	for i, l := range q.lines {
		text := strings.TrimSpace(l.Text)
		if i > 0 && needsBlank(s.String(), text) {
			s.WriteByte(' ')
			t.Spans[len(t.Spans)-1].End++
		}
		p := document.Place{Page: q.pages[i], Box: l.box()}
		start := s.Len()
		s.WriteString(text)
		t.Spans = append(t.Spans, document.Span{Start: start, End: s.Len(), Place: p})
		if i == 0 {
			place = p
		} else if p.Page == place.Page {
			place.Box = place.Box.Union(p.Box)
		}
	}
	t.S = s.String()
	b := document.Block{Kind: document.Paragraph, Text: t, Place: place}
	if lv := headLevel(t.S); lv > 0 && isHead(t.S) {
		b.Kind, b.Level = document.Heading, lv
	}
	return b
}

// isHead tells a numbered heading from a numbered paragraph: short, no
// sentence in it.
func isHead(s string) bool {
	if headStop.MatchString(s) {
		s = strings.TrimSuffix(s, "。")
	}
	return utf8.RuneCountInString(s) <= 50 && !strings.ContainsAny(s, "。;；") && !leaders.MatchString(s)
}

// needsBlank reports that two lines meet between Latin words.
func needsBlank(a, b string) bool {
	p, _ := utf8.DecodeLastRuneInString(a)
	q, _ := utf8.DecodeRuneInString(b)
	return latin(p) && latin(q)
}

func latin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// block is the table as a block; its cells are named r1c1 and on.
func (t *table) block(page int) document.Block {
	pl := document.Place{Page: page, Box: t.Box}
	for r := range t.Rows {
		row := "r" + strconv.Itoa(r+1) + "c"
		for c := range t.Rows[r] {
			p := &t.Rows[r][c].Place
			p.Page, p.Cell = page, row+strconv.Itoa(c+1)
		}
	}
	return document.Block{Kind: document.TableBlock, Table: &document.Table{Rows: t.Rows, Ruled: t.Ruled, Place: pl}, Place: pl}
}
