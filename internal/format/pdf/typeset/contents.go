package typeset

// contents.go sets the table of contents.

import (
	"strconv"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/typeface"
)

// lineTOC are the heights of a line, the first one best: on one page if it
// can be.
var lineTOC = []float64{26, 24, 22, 20}

// contents sets the heading of the contents and a line for each heading of
// the first two levels after it.
func (p *setter) contents(i int) {
	of := p.owners[i]
	if strings.TrimSpace(p.doc.Blocks[i].Text.S) != "" {
		p.paragraph(i)
	}
	toc := &element{role: "TOC"}
	of.kids = nil
	var entries []int
	lines := 0
	for h := range p.doc.Blocks {
		b := &p.doc.Blocks[h]
		if h < p.front || b.Kind != document.Heading || b.Style == document.Title || b.Level > 2 || strings.TrimSpace(b.Text.S) == "" {
			continue
		}
		entries = append(entries, h)
		_, _, set := p.entryLines(h)
		lines += len(set)
	}
	line := lineTOC[0]
	for _, l := range lineTOC {
		if float64(lines)*l <= p.left() {
			line = l
			break
		}
	}
	for _, h := range entries {
		p.entry(h, line, toc)
	}
	if len(toc.kids) > 0 {
		p.toc(of, toc)
	}
}

// toc puts the contents after their heading in the structure tree.
func (p *setter) toc(of, toc *element) {
	kids := p.root.kids[:0:0]
	for _, k := range p.root.kids {
		if k.role == "TOC" {
			continue
		}
		kids = append(kids, k)
		if k == of {
			kids = append(kids, toc)
		}
	}
	p.root.kids = kids
}

// entryLines sets the heading of an entry, so that its page number has room.
func (p *setter) entryLines(h int) (l look, shift float64, lines []textLine) {
	b := &p.doc.Blocks[h]
	l = look{face: typeface.Bold(), size: size4}
	if b.Level > 1 {
		l.face, shift = typeface.Text(), l.size
	}
	const numbers = 40 // for the number and some dots
	s := strings.ReplaceAll(b.Text.S, "\n", " ")
	return l, shift, setLines(s, l.face, l.size, p.c.geo.text()-shift-numbers, 0, false)
}

// entry is one line of the contents: the heading, dots, its page.
func (p *setter) entry(h int, line float64, toc *element) {
	l, shift, lines := p.entryLines(h)
	l.line = line
	width := p.c.geo.text()
	if p.y > 0 && p.left() < float64(len(lines))*l.line {
		p.turn()
	}
	item := toc.add("TOCI").add("Link")
	number := ""
	if s, ok := p.spots[h]; ok && s.page.number > 0 {
		number = strconv.Itoa(s.page.number)
	}
	top := p.c.geo.top + p.y
	for k, t := range lines {
		y := p.c.geo.top + p.y
		p.cur.text(t, l.face, l.size, p.c.geo.left+shift, y, l.line, item)
		p.y += l.line
		if k+1 < len(lines) {
			continue
		}
		text := typeface.Text()
		dot, _ := text.Advance('.')
		dot *= l.size
		end := width - emWidth(text, number)*l.size
		room := end - shift - t.width - 0.6*l.size
		if n := int(room / dot); n > 0 {
			dots := textLine{runs: []run{{s: strings.Repeat(".", n)}}}
			// Dots of all lines stand under each other, before the number.
			p.cur.text(dots, text, l.size, p.c.geo.left+end-0.3*l.size-float64(n)*dot, y, l.line, item)
		}
		if number != "" {
			p.cur.text(textLine{runs: []run{{s: number}}}, text, l.size, p.c.geo.left+end, y, l.line, item)
		}
	}
	p.cur.links = append(p.cur.links, link{
		box:   document.Box{X0: p.c.geo.left, Y0: top, X1: p.c.geo.left + width, Y1: p.c.geo.top + p.y},
		block: h, of: item,
	})
}
