package recognise

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// setting is what stands around a grid and says what it is.
type setting struct {
	layouts  []*taxonomy.Layout // of the title, nil without one
	title    string
	near     string // the nearest short line, for a table without a layout
	label    string
	unit     figure.Unit
	unitSaid string
	blocks   []int // indexes of these lines
	page     int
	apart    bool // running text stands between this grid and the table before it
}

const (
	lookBack = 8  // blocks above a grid that may belong to it
	titleMax = 70 // runes of a line that can be a title
)

// context reads the lines above a grid and its first rows.
func (t *tabler) context(block int, g *grid) setting {
	ctx := setting{page: g.t.Place.Page}
	g.split(t.lay, func(i int) bool { return t.front(g, i, &ctx) })
	titles := 0
	for i := block - 1; i >= t.last && block-i <= lookBack; i-- {
		b := t.r.Document.Blocks[i]
		if b.Table != nil {
			break
		}
		s := t.r.Folded[i].S
		if s == "" {
			continue
		}
		if b.Place.File != g.t.Place.File || b.Place.Sheet != g.t.Place.Sheet || utf8.RuneCountInString(s) > titleMax || strings.ContainsAny(s, "。；;") {
			ctx.apart = true
			break
		}
		title, lay := s, t.lay.Titled(s)
		if lay == nil { // title, label and unit on one line
			for _, part := range strings.Fields(b.Text.S) {
				if l := t.lay.Titled(part); l != nil {
					title, lay = part, l
				}
			}
		}
		if lay != nil {
			titles++
			if ctx.title == "" {
				ctx.title, ctx.layouts = title, lay
				ctx.blocks = append(ctx.blocks, i)
				t.unitOf(s, &ctx)
				t.labelOf(b.Text.S, &ctx)
			}
			continue
		}
		around := t.lay.Is("表号", s) || t.lay.Is("表头行", s)
		t.unitOf(s, &ctx)
		if around {
			t.labelOf(b.Text.S, &ctx)
		}
		if around && (ctx.title == "" || titles == 1) {
			ctx.blocks = append(ctx.blocks, i)
			continue
		}
		if ctx.title != "" {
			break
		}
		if ctx.near == "" {
			ctx.near = s
		}
		if b.Kind == document.Heading || !t.lay.Is("注", s) {
			ctx.apart = true
		}
	}
	if titles > 2 { // the end of a list of tables, not a title
		ctx.layouts, ctx.title, ctx.blocks, ctx.apart = nil, "", nil, true
	}
	if ctx.title == "" && g.t.Place.Sheet != "" {
		if lay := t.lay.Titled(g.t.Place.Sheet); lay != nil {
			ctx.title, ctx.layouts = g.t.Place.Sheet, lay
		}
	}
	for i := g.top; i < g.body; i++ { // 决算数（万元）
		for _, s := range g.texts(i) {
			if strings.HasSuffix(s, "元)") {
				t.unitOf(s, &ctx)
			}
		}
	}
	ctx.layouts = slices.DeleteFunc(ctx.layouts, func(l *taxonomy.Layout) bool { return !t.kind(l, ctx.title) })
	if ctx.near == "" {
		ctx.near = ctx.title
	}
	return ctx
}

// front reports whether a row at the top of a grid is a title, label or unit
// row, and takes what it says.
func (t *tabler) front(g *grid, i int, ctx *setting) bool {
	texts := g.texts(i)
	if len(texts) == 0 || len(texts) > 4 || i > 5 {
		return false
	}
	known := false
	for _, s := range texts {
		switch lay := t.lay.Titled(s); {
		case utf8.RuneCountInString(s) > titleMax:
			return false
		case lay != nil && len(texts) <= 2:
			ctx.title, ctx.layouts, known = s, lay, true
		case t.lay.Is("表号", s):
			ctx.label, known = s, true
		case t.lay.Is("表头行", s) && len(texts) < g.width:
			known = true
		case len(texts) == 1 && g.t.Rows[i][0].ColSpan > 1 && i == 0 && g.t.Rows[i][0].ColSpan >= g.width && (strings.HasSuffix(s, "表") || numbered.MatchString(s)):
			known = true
		default:
			return false
		}
		t.unitOf(s, ctx)
	}
	return known
}

// unitLine finds the unit; “单位：元谋县…” names a unit, not 元.
var unitLine = regexp.MustCompile(`(?:单位[:：]?(?:人民币)?|[(（])(万元|亿元|千元|元|万)(?:\P{Han}|$)`)

// unitOf reads “单位：万元”, also when it is cut (“单位：万”).
func (t *tabler) unitOf(s string, ctx *setting) {
	m := unitLine.FindStringSubmatch(s)
	if m == nil || ctx.unitSaid != "" {
		return
	}
	ctx.unitSaid = m[1]
	ctx.unit = figure.Unit(m[1])
	if m[1] == "万" {
		ctx.unit = figure.WanYuan
	}
}

// labelOf takes the label of a table (公开05表, 表5) out of a line: alone, beside
// other words, or in brackets behind the title.
func (t *tabler) labelOf(s string, ctx *setting) {
	if ctx.label != "" {
		return
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("()（）", r) })
	for _, p := range append([]string{s}, parts...) {
		if t.lay.Is("表号", p) {
			ctx.label = taxonomy.FoldName(p)
			return
		}
	}
}

// notes attaches the notes below a table, and the claims they make.
func (t *tabler) notes(table, from int) {
	tab := &t.r.Tables[table]
	for i := from; i < len(t.r.Document.Blocks) && i < from+6; i++ {
		b := t.r.Document.Blocks[i]
		s := t.r.Folded[i].S
		if b.Table != nil || b.Kind == document.Heading && i > from && !t.lay.Is("注", s) {
			return
		}
		if b.Place.File != tab.Place.File || b.Place.Sheet != tab.Place.Sheet {
			return
		}
		if s == "" {
			continue
		}
		if !t.lay.Is("注", s) || t.lay.Titled(s) != nil {
			return
		}
		t.r.TableText[i] = table
		t.last = i + 1
		t.note(table, t.r.Folded[i], i, b.Place)
	}
}

// note keeps a note and what it claims.
func (t *tabler) note(table int, text document.Text, block int, place document.Place) {
	tab := &t.r.Tables[table]
	tab.Notes = append(tab.Notes, text)
	if t.lay.Is("无数据", text.S) && !t.lay.Is("填写要求", text.S) {
		t.r.EmptyClaims = append(t.r.EmptyClaims, report.EmptyClaim{
			Table: tab.ID, Words: report.Words{Text: text.S, Block: block, Place: place},
		})
	}
	if t.open != nil && t.open.index == table {
		switch {
		case t.lay.Is("年初预算口径", text.S):
			t.open.period = report.InitialBudget
		case t.lay.Is("全年预算口径", text.S):
			t.open.period = report.FullBudget
		}
	}
}

// innerNotes takes the notes that are rows of the grid itself.
func (t *tabler) innerNotes(b *builder, block int, g *grid) {
	for i := g.body; i < len(g.own); i++ {
		if !t.noteRow(g, i) {
			continue
		}
		for c, cell := range g.t.Rows[i] {
			if g.own[i][c] != "" {
				t.note(b.index, document.Fold(document.Plain(cell.Text, cell.Place)), block, cell.Place)
			}
		}
	}
}

// noteRow reports whether a row of the grid is one note.
func (t *tabler) noteRow(g *grid, i int) bool {
	texts := g.texts(i)
	return len(texts) == 1 && t.lay.Is("注", texts[0])
}

// index takes a list of the tables (序号, 内容, 是否空表): it is no table of
// the disclosure, but it says which tables are empty.
func (t *tabler) index(block int, g *grid) bool {
	if len(g.own) == 0 {
		return false
	}
	head, empty := 0, -1
	for c, s := range g.own[0] {
		if t.lay.Is("目录表头", s) {
			head++
		}
		if t.lay.Is("空表栏", s) {
			empty = c
		}
	}
	titles := 0
	for i := 1; i < len(g.own); i++ {
		for _, s := range g.own[i] {
			lay := t.lay.Titled(s)
			if lay == nil {
				continue
			}
			titles++
			if empty >= 0 && strings.HasPrefix(g.own[i][empty], "是") {
				t.r.EmptyClaims = append(t.r.EmptyClaims, report.EmptyClaim{
					Table: lay[0].Table,
					Words: report.Words{Text: strings.Join(g.texts(i), " "), Block: block, Place: g.place(i)},
				})
			}
			break
		}
	}
	return titles >= 3 && (head > 0 || titles*2 >= len(g.own))
}
