package recognise

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// tables recognises the tables of the disclosure by title and by the shape of
// their header, joins the pieces that page breaks made, and turns their
// amounts into figures. What has no layout stays a table with ID "".
func tables(r *report.Report, tax *taxonomy.Taxonomy) {
	t := &tabler{r: r, tax: tax, lay: &tax.Layouts}
	for i := range r.Document.Blocks {
		if r.Document.Blocks[i].Table != nil {
			t.piece(i)
		}
	}
	t.shut()
	t.settle()
	t.units()
	sets(t.r.Tables)
	for _, b := range t.built {
		t.figures(b)
	}
}

// tabler goes through the grids of a document.
type tabler struct {
	r    *report.Report
	tax  *taxonomy.Taxonomy
	lay  *taxonomy.Layouts
	open *builder   // the table that the next grid may continue
	last int        // index after the last block that belongs to a table
	all  []*builder // every table, in order
	// built are those of all that a layout recognised.
	built []*builder
}

// builder is a table that is being put together from its pieces.
type builder struct {
	index  int // in report.Tables
	layout *taxonomy.Layout
	cols   []column // of the last piece that had a header
	heads  []string // its header by rows, to know it again
	axes   []axis   // of an item table: what its columns mean
	rows   []line
	seen   []map[string]bool // row keys by side
	above  []stack           // codes above the next row, by side
	column map[string]int    // "block/key" → index into report.Table.Columns
	last   []int             // last row of each column group, for names that go on
	file   int
	page   int
	period report.Period // of 预算数 by the note below, "" when it does not say
	// guessed says that no title named the table, only its shape.
	guessed bool
}

// line is a row with its printed amounts, before they become figures.
type line struct {
	row    report.Row
	unit   figure.Unit // when it is not the table's
	cells  map[int]document.Cell
	amount map[int]figure.Figure
}

func (b *builder) table(r *report.Report) *report.Table { return &r.Tables[b.index] }

// piece takes one grid: a new table, a piece of the open one, or no table.
func (t *tabler) piece(block int) {
	g := newGrid(t.r.Document.Blocks[block].Table)
	if g.width == 0 {
		return
	}
	ctx := t.context(block, g)
	if t.index(block, g) {
		t.shut()
		t.last = block + 1
		return
	}
	if t.follows(g, ctx) {
		t.add(block, g, ctx)
		return
	}
	if lay := t.choose(g, ctx); lay != nil {
		cols := t.columns(g, lay)
		if t.goesOn(g, ctx, lay, cols) {
			t.open.cols, t.open.heads = cols, g.heads()
			t.add(block, g, ctx)
			return
		}
		t.shut()
		t.start(block, g, ctx, lay, cols)
		return
	}
	if t.lost(g, ctx) {
		t.open.table(t.r).Problem = lostPiece(g.t.Place.Page)
		t.generic(block, g, ctx)
		return
	}
	t.shut()
	if lay := t.shaped(g, ctx); lay != nil {
		t.start(block, g, ctx, lay, t.columns(g, lay))
		t.open.guessed = true
		return
	}
	if len(ctx.layouts) > 0 && g.amounts() {
		t.refuse(block, g, ctx)
		return
	}
	t.generic(block, g, ctx)
}

// start opens a new table.
func (t *tabler) start(block int, g *grid, ctx setting, lay *taxonomy.Layout, cols []column) {
	b := &builder{
		index: len(t.r.Tables), layout: lay, cols: cols, heads: g.heads(), column: map[string]int{},
		seen: make([]map[string]bool, len(lay.Sides)), above: make([]stack, len(lay.Sides)),
	}
	for i := range b.seen {
		b.seen[i] = map[string]bool{}
	}
	t.r.Tables = append(t.r.Tables, report.Table{
		ID: lay.Table, Layout: lay.ID, Title: ctx.title, Label: ctx.label, UnitSaid: ctx.unitSaid,
		Unit: ctx.unit, Place: g.t.Place,
	})
	t.open = b
	t.all = append(t.all, b)
	t.built = append(t.built, b)
	t.add(block, g, ctx)
}

// add reads a grid into the open table.
func (t *tabler) add(block int, g *grid, ctx setting) {
	b := t.open
	tab := b.table(t.r)
	tab.Blocks = append(tab.Blocks, block)
	if tab.UnitSaid == "" {
		tab.UnitSaid, tab.Unit = ctx.unitSaid, ctx.unit
	}
	if tab.Label == "" {
		tab.Label = ctx.label
	}
	for _, i := range ctx.blocks {
		t.r.TableText[i] = b.index
	}
	b.file, b.page = g.t.Place.File, g.t.Place.Page
	if b.layout.Form == taxonomy.ItemForm {
		t.items(b, g)
	} else {
		t.lines(b, g)
	}
	t.last = block + 1
	t.innerNotes(b, block, g)
	t.notes(b.index, block+1)
}

// refuse keeps a table whose title is known and whose header is not: the
// check then says that it could not be read.
func (t *tabler) refuse(block int, g *grid, ctx setting) {
	lay := ctx.layouts[0]
	problem := fmt.Sprintf("表名是“%s”，但表头的列名无法识别：%s", lay.Name, clipped(g.headText(), 40))
	if twoCodes(t.columns(g, lay)) {
		problem = "部门预算经济分类与政府预算经济分类并列在一行，同一科目分列多行，无法核对"
	}
	t.r.Tables = append(t.r.Tables, report.Table{
		ID: lay.Table, Title: ctx.title, Label: ctx.label, UnitSaid: ctx.unitSaid, Unit: ctx.unit,
		Problem: problem, Blocks: []int{block}, Place: g.t.Place,
	})
	t.keep(block, ctx)
}

// generic keeps a table without a layout: its cells as text, no figures.
func (t *tabler) generic(block int, g *grid, ctx setting) {
	tab := report.Table{Title: ctx.near, Label: ctx.label, UnitSaid: ctx.unitSaid, Unit: ctx.unit, Blocks: []int{block}, Place: g.t.Place}
	for c := 0; c < g.width; c++ {
		tab.Columns = append(tab.Columns, report.Column{Header: strings.Join(g.path(c), "/")})
	}
	for i := g.body; i < len(g.t.Rows); i++ {
		row := report.Row{Place: g.place(i)}
		for c := range g.t.Rows[i] {
			row.Cells = append(row.Cells, report.Cell{Figure: report.None, Text: g.own[i][c], Place: g.t.Rows[i][c].Place})
		}
		if len(row.Cells) > 0 {
			row.Name = row.Cells[0].Text
		}
		tab.Rows = append(tab.Rows, row)
	}
	t.r.Tables = append(t.r.Tables, tab)
	t.last = block + 1
}

// settle drops what refuse said of a table that another grid gives in full:
// then the unread grid is some other table with a similar title. A table known
// by its shape gives way to one with a title.
func (t *tabler) settle() {
	read := map[string]bool{}
	for _, b := range t.built {
		if !b.guessed {
			read[b.table(t.r).ID] = true
		}
	}
	t.built = slices.DeleteFunc(t.built, func(b *builder) bool {
		tab := b.table(t.r)
		if !b.guessed || !read[tab.ID] {
			read[tab.ID] = true
			return false
		}
		tab.ID, tab.Layout = "", ""
		return true
	})
	for i := range t.r.Tables {
		if tab := &t.r.Tables[i]; tab.Problem != "" && tab.Layout == "" && read[tab.ID] {
			tab.ID, tab.Problem = "", ""
		}
	}
}

// keep marks the text around the last table as its own.
func (t *tabler) keep(block int, ctx setting) {
	at := len(t.r.Tables) - 1
	for _, i := range ctx.blocks {
		t.r.TableText[i] = at
	}
	t.last = block + 1
	t.notes(at, block+1)
}

// shut ends the open table.
func (t *tabler) shut() { t.open = nil }

// units gives tables without a unit line the unit that most others say.
func (t *tabler) units() {
	votes := map[figure.Unit]int{}
	for _, b := range t.built {
		if u := b.table(t.r).Unit; u != figure.None {
			votes[u]++
		}
	}
	best := figure.WanYuan
	for _, u := range []figure.Unit{figure.WanYuan, figure.Yuan, figure.QianYuan, figure.YiYuan} {
		if votes[u] > votes[best] {
			best = u
		}
	}
	for _, b := range t.built {
		if tab := b.table(t.r); tab.Unit == figure.None {
			tab.Unit = best
		}
	}
}

// lostPiece says what is wrong with a table of which a piece was not read.
func lostPiece(page int) string {
	where := "表后的表格"
	if page > 0 {
		where = "第" + strconv.Itoa(page) + "页的表格"
	}
	return where + "像是它的续表，但列数或表头与它不同，没有读入"
}

func clipped(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
