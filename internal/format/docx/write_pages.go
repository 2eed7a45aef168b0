package docx

// write_pages.go divides a document into sections of like pages and reckons
// on which page each block will stand, so that the table of contents is right
// before any program has updated it.

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/format/paged"
)

// geometry is a page in twentieths of a point.
type geometry struct {
	w, h                     int
	top, bottom, left, right int
	landscape                bool
}

// Pages: portrait has the type area of GB/T 9704 (margins 37, 35, 28 and 26
// mm, 156×225 mm of text); tables that do not fit it get narrower margins.
var (
	portrait = geometry{w: 11906, h: 16838, top: 2098, bottom: 1984, left: 1588, right: 1474}
	narrow   = geometry{w: 11906, h: 16838, top: 1418, bottom: 1304, left: 1134, right: 1134}
	wide     = geometry{w: 16838, h: 11906, top: 1474, bottom: 1304, left: 1304, right: 1304, landscape: true}
)

func (g geometry) text() int   { return g.w - g.left - g.right }
func (g geometry) height() int { return g.h - g.top - g.bottom }

// chunk is a run of blocks between forced page breaks.
type chunk struct {
	first, end int // doc.Blocks[first:end]
	geo        geometry
	front      bool // before the numbered pages
	section    bool // begins a section
}

// writer is the state of one Write.
type writer struct {
	doc    *document.Document
	chunks []chunk
	tables map[int]*grid // laid out, by block
	pages  []int         // by block, from 1 in the numbered part; 0 in front
	toc    []int         // headings and titles of tables for the contents
	front  int           // blocks before the numbered pages
	media  []media
	b      strings.Builder
	marks  map[int]int // heading block → bookmark
}

type media struct{ name, body string }

func mediaID(i int) string { return fmt.Sprintf("rIdMedia%d", i+1) }

func newWriter(ctx context.Context, doc *document.Document) (*writer, error) {
	p := &writer{doc: doc, tables: map[int]*grid{}, marks: map[int]int{}}
	if len(doc.Blocks) == 0 {
		return nil, errors.New("document without blocks")
	}
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		if b.Kind != document.TableBlock {
			continue
		}
		if b.Table == nil || len(b.Table.Rows) == 0 || len(b.Table.Rows[0]) == 0 {
			return nil, fmt.Errorf("block %d: empty table", i+1)
		}
		if err := paged.CheckGrid(b.Table); err != nil {
			return nil, fmt.Errorf("block %d: %w", i+1, err)
		}
	}
	p.front = paged.FrontMatter(doc)
	p.cut()
	for i := range p.chunks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p.layout(&p.chunks[i])
	}
	for i := range p.chunks {
		c := &p.chunks[i]
		c.section = i == 0 || c.geo != p.chunks[i-1].geo || c.front != p.chunks[i-1].front
	}
	for i, b := range doc.Blocks {
		if i >= p.front && (b.Kind == document.Heading && b.Style != document.Title && b.Level <= 2 || b.Kind == document.Paragraph && b.Style == document.Caption) {
			p.marks[i] = len(p.toc) + 1
			p.toc = append(p.toc, i)
		}
	}
	p.paginate()
	return p, nil
}

// cut finds the chunks.
func (p *writer) cut() {
	for i, b := range p.doc.Blocks {
		n := len(p.chunks)
		contents := b.Style == document.Contents && i > 0
		if n == 0 || b.NewPage || contents || i == p.front || b.Landscape != p.chunks[n-1].geo.landscape {
			geo := portrait
			if b.Landscape {
				geo = wide
			}
			p.chunks = append(p.chunks, chunk{first: i, geo: geo, front: i < p.front})
			n++
		}
		p.chunks[n-1].end = i + 1
	}
	// A page with nothing but headings is none: they go on the next, with
	// the table that follows.
	out := p.chunks[:0]
	for n := 0; n < len(p.chunks); n++ {
		c := p.chunks[n]
		for n+1 < len(p.chunks) && !c.front && p.bare(c) {
			n++
			c.end, c.geo = p.chunks[n].end, p.chunks[n].geo
		}
		out = append(out, c)
	}
	p.chunks = out
}

// bare reports a chunk of headings only.
func (p *writer) bare(c chunk) bool {
	for _, b := range p.doc.Blocks[c.first:c.end] {
		if b.Kind != document.Heading {
			return false
		}
	}
	return true
}

// layout lays out the tables of a chunk, on narrower margins when it holds
// nothing but tables and these are readable, or on one page, only there.
func (p *writer) layout(c *chunk) {
	readable, one := p.fit(c)
	if readable && one || c.geo.landscape {
		return
	}
	for _, b := range p.doc.Blocks[c.first:c.end] {
		if b.Kind != document.TableBlock && b.Style == document.Body && b.Kind == document.Paragraph {
			return // text keeps the margins of the standard
		}
	}
	c.geo = narrow
	if _, fits := p.fit(c); fits || !readable {
		return
	}
	c.geo = portrait
	p.fit(c)
}

// fit lays out the tables and reports whether all are in type of 小五 at least,
// and whether each is on one page.
func (p *writer) fit(c *chunk) (readable, one bool) {
	rest, tables := 0, 0
	for i := c.first; i < c.end; i++ {
		if p.doc.Blocks[i].Kind == document.TableBlock {
			tables++
			continue
		}
		rest += p.heightOf(i, c)
	}
	readable, one = true, true
	for i := c.first; i < c.end; i++ {
		t := p.doc.Blocks[i].Table
		if p.doc.Blocks[i].Kind != document.TableBlock {
			continue
		}
		room := c.geo.height()
		if tables == 1 && rest < room/2 {
			room -= rest + 40
		}
		g := layTable(t, c.geo.text(), room)
		p.tables[i] = g
		readable = readable && g.size >= sizeNote
		one = one && g.height() <= room
	}
	return readable, one
}

// heightOf is the height of a block that is no table.
func (p *writer) heightOf(i int, c *chunk) int {
	b := &p.doc.Blocks[i]
	if b.Kind == document.PictureBlock {
		if b.Picture == nil {
			return 0
		}
		_, h := pictureSize(b.Picture, c.geo)
		return h + lookByID(idPicture).before
	}
	id, _ := styleOf(b, c.front)
	l := lookByID(id)
	size, line := l.size, l.line
	if size == 0 {
		size = size3
	}
	if line == 0 {
		line = lineBody
	}
	if shrunk(b) {
		size = size3
	}
	indent := float64(l.indent)
	if id == "1" || b.Style == document.Caption {
		indent = 0
	}
	return l.before + l.after + line*linesOf(b.Text.S, float64(c.geo.text())/float64(size*10), indent)
}

// paginate reckons the page of every block.
func (p *writer) paginate() {
	p.pages = make([]int, len(p.doc.Blocks))
	page, y := 0, 0
	for n := range p.chunks {
		c := &p.chunks[n]
		if c.front {
			continue
		}
		page++
		y = 0
		room := c.geo.height()
		for i := c.first; i < c.end; i++ {
			b := &p.doc.Blocks[i]
			if b.Kind == document.TableBlock {
				p.pages[i] = page
				g := p.tables[i]
				for r, h := range g.rows {
					if y > 0 && y+h > room {
						page++
						y = 0
						if r >= b.Table.HeaderRows {
							for _, hh := range g.rows[:min(b.Table.HeaderRows, len(g.rows))] {
								y += hh
							}
						}
					}
					y += h
				}
				continue
			}
			h := p.heightOf(i, c)
			above := p.space(i, c).before
			if i > c.first { // of two spaces the larger counts
				h -= min(p.space(i-1, c).after, above)
				above = max(0, above-p.space(i-1, c).after)
			}
			need := h
			if b.Kind == document.Paragraph && b.Style == document.Body {
				// Two lines at least on either page.
				need = min(h, 2*lineBody)
				if h == 3*lineBody {
					need = h
				}
			}
			for j := i; j+1 < c.end && p.keeps(j, c); j++ { // with the next
				if p.doc.Blocks[j+1].Kind == document.TableBlock {
					for _, x := range p.tables[j+1].rows[:min(1+p.doc.Blocks[j+1].Table.HeaderRows, len(p.tables[j+1].rows))] {
						need += x
					}
					break
				}
				next := p.heightOf(j+1, c)
				if next > 3*lineBody && p.doc.Blocks[j+1].Kind != document.PictureBlock {
					next = 2 * lineBody
				}
				need += next
			}
			if y > 0 && y+need > room {
				page++
				y = 0
				h -= above // programs drop it at the head of a page
			}
			p.pages[i] = page
			if b.Kind != document.PictureBlock && h > 3*lineBody {
				page, y, h = runOver(page, y, h, room)
			}
			y += h
		}
	}
}

// space is the look of a block that is no table, for the space around it.
func (p *writer) space(i int, c *chunk) look {
	b := &p.doc.Blocks[i]
	switch b.Kind {
	case document.PictureBlock:
		return lookByID(idPicture)
	case document.TableBlock:
		return look{}
	}
	id, _ := styleOf(b, c.front)
	return lookByID(id)
}

// runOver sets the pages a long paragraph fills and gives its rest.
func runOver(page, y, h, room int) (int, int, int) {
	for y+h > room {
		lines := (room - y) / lineBody
		if h-lines*lineBody < 2*lineBody { // no last line alone
			lines--
		}
		if lines < 1 {
			return page, y, h
		}
		h -= lines * lineBody
		page++
		y = 0
	}
	return page, y, h
}

// keeps reports a block that stays on the page of the next.
func (p *writer) keeps(i int, c *chunk) bool {
	b := &p.doc.Blocks[i]
	if b.Kind == document.TableBlock || b.Kind == document.PictureBlock {
		return false
	}
	id, _ := styleOf(b, c.front)
	return lookByID(id).keep || p.leads(i)
}
