package recognise

import (
	"regexp"
	"strconv"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/taxonomy"
)

// grid is a document.Table prepared for recognition.
type grid struct {
	t     *document.Table
	width int
	own   [][]string // folded text by cell; "" where a merged cell covers it
	over  [][]string // the same with the covering cell's text repeated
	top   int        // first row of the header, behind title and unit rows
	body  int        // first row behind the header
	// count holds the header rows that number the columns; of them only 类, 款
	// and 项 are header.
	count map[int]bool
	known [][]numericity // by cell, filled as asked
}

func newGrid(t *document.Table) *grid {
	g := &grid{t: t}
	for _, row := range t.Rows {
		g.width = max(g.width, len(row))
	}
	for _, row := range t.Rows {
		own := make([]string, g.width)
		for c, cell := range row {
			if !cell.Covered {
				own[c] = cellText(cell)
			}
		}
		g.own = append(g.own, own)
		g.over = append(g.over, append([]string(nil), own...))
	}
	work := 8*len(t.Rows)*g.width + 64 // spans of a sound grid do not overlap
	for i, row := range t.Rows {
		for c, cell := range row {
			down, right := min(cell.RowSpan, len(g.over)-i), min(cell.ColSpan, g.width-c)
			for k := 1; k < down*right && work > 0; k++ {
				work--
				if di, dc := k/right, k%right; g.own[i+di][c+dc] == "" {
					g.over[i+di][c+dc] = g.own[i][c]
				}
			}
		}
	}
	return g
}

// cellText is the folded text of a cell: lines joined, blanks removed.
func cellText(c document.Cell) string {
	if c.Text == "" {
		return ""
	}
	return document.Fold(document.Plain(c.Text, c.Place)).S
}

// amount reads a cell as a printed number; ok is false for text. A blank cell
// is no number. A number broken over two lines of its cell is joined.
func amount(c document.Cell) (f figure.Figure, ok bool) {
	if c.Covered || strings.TrimSpace(c.Text) == "" || ruledOut.MatchString(strings.TrimSpace(c.Text)) {
		return f, false
	}
	f, err := figure.Parse(strings.ReplaceAll(c.Text, "\n", ""))
	if err != nil {
		f, err = figure.Parse(cellText(c))
	}
	if err != nil && c.Number != "" { // a display that is no number: #####, 1.2E+06
		f, err = figure.Parse(c.Number)
	}
	if err != nil || f.Unit.Kind() == figure.Rate && !strings.ContainsAny(c.Text, "%％") {
		return f, false
	}
	f.Text = strings.TrimSpace(cellText(c))
	return f, true
}

// numeric reports whether a cell prints a number (a dash is none). Every
// layout asks for the same cells, so the answer is kept.
func (g *grid) numeric(i, c int) bool {
	if g.known == nil {
		g.known = make([][]numericity, len(g.t.Rows))
	}
	if g.known[i] == nil {
		g.known[i] = make([]numericity, g.width)
	}
	if k := g.known[i][c]; k != unasked {
		return k == isNumber
	}
	g.known[i][c] = noNumber
	if g.prints(i, c) {
		g.known[i][c] = isNumber
	}
	return g.known[i][c] == isNumber
}

// numericity of a cell, once asked.
type numericity uint8

const (
	unasked numericity = iota
	isNumber
	noNumber
)

func (g *grid) prints(i, c int) bool {
	if c >= len(g.t.Rows[i]) {
		return false
	}
	f, ok := amount(g.t.Rows[i][c])
	return ok && !f.Nil
}

// amounts reports whether the grid prints any number with decimals.
func (g *grid) amounts() bool {
	for i := range g.t.Rows {
		for c := range g.t.Rows[i] {
			if f, ok := amount(g.t.Rows[i][c]); ok && f.Decimals > 0 {
				return true
			}
		}
	}
	return false
}

// blank reports whether a row prints nothing.
func (g *grid) blank(i int) bool { return len(g.texts(i)) == 0 }

// texts are the cells of a row that print something.
func (g *grid) texts(i int) []string {
	var out []string
	for _, s := range g.own[i] {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (g *grid) place(i int) document.Place {
	var p document.Place
	for _, c := range g.t.Rows[i] {
		if c.Covered {
			continue
		}
		if p == (document.Place{}) {
			p = c.Place
			continue
		}
		p.Box = p.Box.Union(c.Place.Box)
	}
	return p
}

// path is the header above a column, top level first, without repeats.
func (g *grid) path(c int) []string {
	var out []string
	for i := g.top; i < g.body; i++ {
		s := g.over[i][c]
		if g.count[i] && s != "类" && s != "款" && s != "项" {
			continue
		}
		if s != "" && (len(out) == 0 || out[len(out)-1] != s) {
			out = append(out, s)
		}
	}
	return out
}

// headText is the whole header in one line, for messages.
func (g *grid) headText() string { return strings.Join(g.heads(), "/") }

// heads is the header by rows, to know it again on the next page; rows that
// number the columns are left out.
func (g *grid) heads() []string {
	var out []string
	for i := g.top; i < g.body; i++ {
		if t := strings.Join(g.texts(i), "|"); t != "" && !g.count[i] {
			out = append(out, t)
		}
	}
	return out
}

// rehead moves the end of the header up to the rows that stand in heads: what
// stands below them is data.
func (g *grid) rehead(heads []string) {
	n := 0
	for i := g.top; i < g.body; i++ {
		t := strings.Join(g.texts(i), "|")
		switch {
		case t == "" || g.count[i]:
		case n < len(heads) && t == heads[n]:
			n++
		default:
			g.body = i
			return
		}
	}
}

var (
	// ruledOut is a cell struck through because nothing belongs there.
	ruledOut  = regexp.MustCompile(`^[-—–─━－]{3,}$`)
	codeCell  = regexp.MustCompile(`^\d{3}(?:\d{2}){0,2}$`)
	numbered  = regexp.MustCompile(`^(?:[(（][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+[、,.．]|[(（]?\d{1,2}[)）、.．])`)
	countCell = regexp.MustCompile(`^\d{1,2}(?:[=＝].*)?$`)
)

// headMax is the number of rows a header can have; what is taller is none.
const headMax = 12

// split finds header and body: title and unit rows, header rows, the row that
// numbers the columns, then the first row of data.
func (g *grid) split(lay *taxonomy.Layouts, front func(i int) bool) {
	g.top, g.count = 0, map[int]bool{}
	for g.top < len(g.own) && (g.blank(g.top) || front(g.top) || g.banner(lay, g.top)) {
		g.top++
	}
	g.body = g.top
	for g.body < len(g.own) {
		switch {
		case g.counts(lay, g.body):
			g.count[g.body] = true
		case g.data(lay, g.body):
			return
		}
		g.body++
		if g.body-g.top > headMax {
			g.body, g.count = g.top, map[int]bool{}
			return
		}
	}
}

// banner reports whether a row is one numbered heading over all the columns,
// with the header below it: “一、政府采购情况” above 项目|行次|….
func (g *grid) banner(lay *taxonomy.Layouts, i int) bool {
	texts := g.texts(i)
	return len(texts) == 1 && numbered.MatchString(texts[0]) && i+1 < len(g.own) &&
		len(g.texts(i+1)) > 1 && !g.data(lay, i+1) && !g.counts(lay, i+1)
}

// counts reports whether a row numbers the columns (栏次: 1, 2, 3=1+2 …).
func (g *grid) counts(lay *taxonomy.Layouts, i int) bool {
	n, next, said := 0, 0, false
	for _, s := range g.texts(i) {
		switch {
		case lay.Is("栏次", s), strings.Trim(s, "*") == "":
			said = said || strings.Contains(s, "次") || s[0] == '*'
		case countCell.MatchString(s):
			v, _ := strconv.Atoi(strings.TrimRight(strings.FieldsFunc(s, func(r rune) bool { return r == '=' || r == '＝' })[0], " "))
			if n == 0 && v > 2 || n > 0 && v != next {
				return false
			}
			next = v + 1
			n++
		default:
			return false
		}
	}
	return n >= 3 || said && n >= 1 || said && len(g.texts(i)) <= 2
}

// data reports whether a row is data rather than header.
func (g *grid) data(lay *taxonomy.Layouts, i int) bool {
	first, at := "", 0
	others := 0
	for c, s := range g.own[i] {
		if s == "" {
			continue
		}
		if first == "" {
			first, at = s, c
		} else {
			others++
		}
		if g.numeric(i, c) {
			return true
		}
	}
	switch {
	case first == "":
		return i > g.top
	case codeCell.MatchString(first), numbered.MatchString(first):
		return true
	case i == g.top || others > 0 || at > 3:
		return false
	}
	// A lone word in a name column under a header: 合计 of an empty table.
	if lay.Is("科目编码", first) || lay.Is("名称", first) || lay.Is("序号", first) || lay.Is("类款项", first) {
		return false
	}
	for c := at; c >= 0; c-- {
		if p := g.over[i-1][c]; lay.Is("科目编码", p) || lay.Is("名称", p) || lay.Is("栏次", p) {
			return true
		}
	}
	return false
}

// headAgain reports whether a row below the header repeats it or numbers the columns.
func (g *grid) headAgain(lay *taxonomy.Layouts, i int) bool {
	if g.counts(lay, i) {
		return true
	}
	here := strings.Join(g.texts(i), "|")
	for j := g.top; j < g.body; j++ {
		if t := g.texts(j); len(t) > 1 && strings.Join(t, "|") == here {
			return true
		}
	}
	return false
}
