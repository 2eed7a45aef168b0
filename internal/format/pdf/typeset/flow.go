package typeset

// flow.go fills pages with blocks: chunks of like pages, headings kept with
// what follows, no line of a paragraph alone.

import (
	"context"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/format/paged"
)

// chunk is a run of blocks between forced page breaks.
type chunk struct {
	first, end int // doc.Blocks[first:end]
	geo        geometry
	front      bool // before the numbered pages
	pages      []*page
}

// setter is the state of one document being laid out.
type setter struct {
	doc    *document.Document
	front  int // blocks before the numbered pages
	chunks []*chunk
	tables map[int]*grid
	spots  map[int]spot // headings, by block
	pages  []*page
	root   *element
	owners []*element // the structure element of each block

	c   *chunk // being filled
	cur *page
	y   float64 // of the next line, from the top of the type area
}

func layOut(ctx context.Context, doc *document.Document) (*setter, error) {
	doc, err := prepare(doc)
	if err != nil {
		return nil, err
	}
	p := &setter{doc: doc, tables: map[int]*grid{}, spots: map[int]spot{}, root: &element{role: "Document"}}
	p.front = paged.FrontMatter(doc)
	p.cut()
	p.owners = make([]*element, len(doc.Blocks))
	for i := range doc.Blocks {
		p.owners[i] = p.elementOf(i)
	}
	// The contents come last: they tell the pages of the others. What they
	// fill does not depend on what they tell.
	for _, last := range []bool{false, true, true} {
		for _, c := range p.chunks {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if p.isContents(c) == last {
				if !last {
					p.layout(c)
				}
				p.fill(c)
			}
		}
		p.number()
	}
	for _, g := range p.pages {
		g.foot()
	}
	return p, nil
}

func (p *setter) isContents(c *chunk) bool {
	return p.doc.Blocks[c.first].Style == document.Contents
}

// cut finds the chunks.
func (p *setter) cut() {
	for i, b := range p.doc.Blocks {
		n := len(p.chunks)
		contents := b.Style == document.Contents
		if n == 0 || b.NewPage || contents || p.isContents(p.chunks[n-1]) && i > p.chunks[n-1].first || i == p.front || b.Landscape != p.chunks[n-1].geo.landscape {
			geo := portrait
			if b.Landscape {
				geo = wide
			}
			p.chunks = append(p.chunks, &chunk{first: i, geo: geo, front: i < p.front})
			n++
		}
		p.chunks[n-1].end = i + 1
	}
}

// layout lays out the tables of a chunk, on narrower margins when it holds
// nothing but tables that do not fit.
func (p *setter) layout(c *chunk) {
	if p.fit(c) || c.geo.landscape {
		return
	}
	for _, b := range p.doc.Blocks[c.first:c.end] {
		if b.Kind == document.Paragraph && b.Style == document.Body {
			return // text keeps the margins of the standard
		}
	}
	c.geo = narrow
	p.fit(c)
}

// fit lays out the tables and reports whether they are readable and, for a
// page with a single table of moderate length, on one page.
func (p *setter) fit(c *chunk) bool {
	rest, tables := 0.0, 0
	for i := c.first; i < c.end; i++ {
		if p.doc.Blocks[i].Kind == document.TableBlock {
			tables++
			continue
		}
		rest += p.heightOf(i, c)
	}
	ok := true
	for i := c.first; i < c.end; i++ {
		if p.doc.Blocks[i].Kind != document.TableBlock {
			continue
		}
		room := c.geo.room()
		if tables == 1 && rest < room/2 {
			room -= rest + 2
		}
		g := layTable(p.doc.Blocks[i].Table, c.geo.text(), room)
		p.tables[i] = g
		if g.size < sizeNote || g.height() > room && g.height() < room*1.25 {
			ok = false
		}
	}
	return ok
}

// lookAt is the look of block i as it is set here.
func (p *setter) lookAt(i int, c *chunk) look {
	b := &p.doc.Blocks[i]
	l := lookOf(b, c.front)
	switch {
	case b.Kind == document.Heading && b.Level <= 1 && b.Style == document.Body:
		// A last character alone on the second line looks torn off.
		if w := emWidth(l.face, b.Text.S); w*l.size > c.geo.text() && w*size3 <= c.geo.text() {
			l.size = size3
		}
	case b.Style == document.Unitline && strings.Contains(b.Text.S, "\t"):
		l.align = left
	case b.Style == document.Body && b.Kind == document.Paragraph && i+1 < c.end &&
		p.doc.Blocks[i+1].Kind == document.PictureBlock && len([]rune(b.Text.S)) < 40:
		l.keep = true // the lead of a picture
	case b.Style == document.Title && c.front && p.firstTitle(i, c):
		l.before = 180
	}
	return l
}

// firstTitle reports whether block i is the first title on its page.
func (p *setter) firstTitle(i int, c *chunk) bool {
	for k := c.first; k < i; k++ {
		if p.doc.Blocks[k].Style == document.Title {
			return false
		}
	}
	return true
}

// linesOf sets block i, which is no table.
func (p *setter) linesOf(i int, c *chunk, l look) []textLine {
	s := strings.ReplaceAll(p.doc.Blocks[i].Text.S, "\t", "  ")
	if s == "" {
		return nil
	}
	width := c.geo.text()
	if p.doc.Blocks[i].Style == document.Note {
		// All running text ends at one margin, or its lines cannot be told
		// from paragraphs.
		if !c.geo.landscape {
			width = c.geo.w - c.geo.left - portrait.right
		}
	}
	return setLines(s, l.face, l.size, width, l.indent*l.size, l.align == both)
}

// heightOf is the height of a block that is no table.
func (p *setter) heightOf(i int, c *chunk) float64 {
	b := &p.doc.Blocks[i]
	if b.Kind == document.PictureBlock {
		_, h := pictureSize(b.Picture, c.geo)
		if h == 0 {
			return 0
		}
		return h + 12
	}
	l := p.lookAt(i, c)
	return l.before + l.after + l.line*float64(len(p.linesOf(i, c, l)))
}

// lead is the room that block i needs to begin on a page: headings and
// captions take what follows with them.
func (p *setter) lead(i int, c *chunk) float64 {
	b := &p.doc.Blocks[i]
	switch b.Kind {
	case document.TableBlock:
		g := p.tables[i]
		first := min(max(g.header, 0), len(g.rows)-1)
		return min(paged.Total(g.rows[:g.ends[first]]), c.geo.room()/2)
	case document.PictureBlock:
		return p.heightOf(i, c)
	}
	h := p.heightOf(i, c)
	l := p.lookAt(i, c)
	if l.keep && i+1 < c.end {
		return h + p.lead(i+1, c)
	}
	if n := len(p.linesOf(i, c, l)); n > 3 {
		return l.before + 2*l.line // two lines at least on either page
	}
	return h
}

// fill sets the pages of a chunk.
func (p *setter) fill(c *chunk) {
	p.c, c.pages = c, nil
	p.turn()
	if p.isContents(c) {
		p.contents(c.first)
		return
	}
	if first := &p.doc.Blocks[c.first]; c.end == c.first+1 && first.Kind == document.Heading && first.Level <= 1 {
		p.y = c.geo.room() * 0.3 // a part's title on a page of its own
	}
	for i := c.first; i < c.end; i++ {
		need := p.lead(i, c)
		if p.afterTable(i) && p.doc.Blocks[i].Style != document.Note {
			need += tableGap
		}
		if p.y > 0 && p.y+need > c.geo.room()+0.01 {
			p.turn()
		}
		switch p.doc.Blocks[i].Kind {
		case document.TableBlock:
			p.table(i)
		case document.PictureBlock:
			p.picture(i)
		default:
			p.paragraph(i)
		}
	}
}

// turn begins a new page.
func (p *setter) turn() {
	p.cur = &page{geo: p.c.geo, front: p.c.front}
	p.c.pages = append(p.c.pages, p.cur)
	p.y = 0
}

func (p *setter) left() float64 { return p.c.geo.room() - p.y }

// number gives the pages their order and numbers.
func (p *setter) number() {
	p.pages = nil
	n := 0
	for _, c := range p.chunks {
		for _, g := range c.pages {
			if !c.front {
				n++
				g.number = n
			}
			p.pages = append(p.pages, g)
		}
	}
}

// paragraph sets block i, over as many pages as it takes.
func (p *setter) paragraph(i int) {
	l := p.lookAt(i, p.c)
	lines := p.linesOf(i, p.c, l)
	if len(lines) == 0 {
		return
	}
	if p.y > 0 || p.doc.Blocks[i].Style == document.Title {
		p.y += l.before
		if p.afterTable(i) && p.doc.Blocks[i].Style != document.Note {
			p.y += tableGap
		}
	}
	of := p.owners[i]
	if p.doc.Blocks[i].Kind == document.Heading {
		p.spots[i] = spot{p.cur, p.c.geo.top + p.y}
	}
	if p.doc.Blocks[i].Style == document.Unitline && p.spreadOut(strings.Split(p.doc.Blocks[i].Text.S, "\t"), l, of) {
		return
	}
	for k := 0; k < len(lines); {
		n := min(int((p.left()+0.01)/l.line), len(lines)-k)
		if rest := len(lines) - k - n; rest == 1 && n > 2 {
			n-- // no last line alone
		}
		if n < 1 && p.y == 0 {
			n = 1
		}
		for _, t := range lines[k : k+max(n, 0)] {
			x := p.c.geo.left + t.x
			switch free := p.c.geo.text() - t.x - t.width; l.align {
			case center:
				x += free / 2
			case right:
				x += free
			}
			p.cur.text(t, l.face, l.size, x, p.c.geo.top+p.y, l.line, of)
			p.y += l.line
		}
		if k += max(n, 0); k < len(lines) {
			p.turn()
		}
	}
	p.y += l.after
}

// tableGap stands between a table and what follows, but for its notes.
const tableGap = 10

func (p *setter) afterTable(i int) bool {
	return i > p.c.first && p.doc.Blocks[i-1].Kind == document.TableBlock
}

// spreadOut sets the parts of a line at its left, middle and right; false
// where they have no room side by side.
func (p *setter) spreadOut(parts []string, l look, of *element) bool {
	width, sum := p.c.geo.text(), 0.0
	for _, s := range parts {
		sum += (emWidth(l.face, s) + 2) * l.size
		if strings.Contains(s, "\n") {
			return false
		}
	}
	if len(parts) < 2 || sum > width {
		return false
	}
	if p.left()+0.01 < l.line {
		p.turn()
	}
	for k, s := range parts {
		free := width - emWidth(l.face, s)*l.size
		if k+1 < len(parts) {
			s += " " // parts the words where the text is copied or read out
		}
		x := p.c.geo.left + free*float64(k)/float64(len(parts)-1)
		p.cur.text(textLine{runs: []run{{s: s}}}, l.face, l.size, x, p.c.geo.top+p.y, l.line, of)
	}
	p.y += l.line + l.after
	return true
}

// pictureSize is the size of a picture on the page, zero without one.
func pictureSize(x *document.Picture, g geometry) (w, h float64) {
	if x == nil || len(x.PNG) == 0 {
		return 0, 0
	}
	w, h = x.Width, x.Height
	if w <= 0 || h <= 0 {
		w, h = g.text(), g.text()/2
	}
	k := min(1, g.text()/w, (g.room()-60)/h)
	return w * k, h * k
}

func (p *setter) picture(i int) {
	x := p.doc.Blocks[i].Picture
	w, h := pictureSize(x, p.c.geo)
	if h == 0 {
		return
	}
	p.cur.marks = append(p.cur.marks, mark{
		x: p.c.geo.left + (p.c.geo.text()-w)/2, y: p.c.geo.top + p.y + 6, w: w, h: h, picture: x, of: p.owners[i],
	})
	p.y += h + 12
}

// elementOf makes the structure element of block i.
func (p *setter) elementOf(i int) *element {
	b := &p.doc.Blocks[i]
	switch b.Kind {
	case document.TableBlock:
		e := p.root.add("Table")
		e.alt = paged.CaptionOf(p.doc, i)
		return e
	case document.PictureBlock:
		e := p.root.add("Figure")
		if b.Picture != nil {
			e.alt = b.Picture.Alt
		}
		return e
	}
	return p.root.add(lookOf(b, i < p.front).role)
}
