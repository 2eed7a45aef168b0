package html

import (
	"errors"
	"fmt"
	"regexp"

	"juesuan/internal/document"
)

// amount is a number that must not be broken.
var amount = regexp.MustCompile(`^[-+−]?[0-9][0-9,.]*[%％]?$`)

// table writes the table of block i with the blocks from first on as its
// caption. It scrolls in a region of its own where the screen is narrow.
func (p *page) table(first, i int) error {
	t := p.doc.Blocks[i].Table
	if t == nil || len(t.Rows) == 0 || len(t.Rows[0]) == 0 {
		return errors.New("empty table")
	}
	label := ""
	if first == i {
		// The heading above names it.
		for k := i - 1; k >= 0 && k > i-5 && p.doc.Blocks[k].Kind != document.TableBlock; k-- {
			if p.doc.Blocks[k].Kind == document.Heading {
				label = ` aria-labelledby="` + anchor(k) + `"`
				break
			}
		}
	}
	region := label
	if first < i {
		region = ` aria-labelledby="` + anchor(i) + `c"`
	}
	if region != "" {
		region = ` role="region"` + region
	}
	p.put(`<div`, class("sheet", p.breaks()), region, ` tabindex="0"><table`, label, ">\n")
	if first < i {
		p.put(`<caption id="`, anchor(i), `c"><div>`)
		for k := first; k < i; k++ {
			if p.doc.Blocks[k].Kind == document.Heading {
				p.heading(k)
			} else {
				p.paragraph(k)
			}
		}
		p.put("</div></caption>\n")
	}
	p.columns(t)
	for r, row := range t.Rows {
		switch {
		case r == 0 && t.HeaderRows > 0:
			p.put("<thead>\n")
		case r == t.HeaderRows && r > 0:
			p.put("</thead>\n<tbody>\n")
		case r == 0:
			p.put("<tbody>\n")
		}
		if len(row) != len(t.Rows[0]) {
			return fmt.Errorf("table row %d has %d cells, not %d", r+1, len(row), len(t.Rows[0]))
		}
		p.put("<tr>")
		for c, x := range row {
			if !x.Covered {
				p.cell(t, r, c, x)
			}
		}
		p.put("</tr>\n")
	}
	if t.HeaderRows >= len(t.Rows) {
		p.put("</thead>\n")
	} else {
		p.put("</tbody>\n")
	}
	p.put("</table></div>\n")
	return nil
}

// columns gives the columns their relative widths.
func (p *page) columns(t *document.Table) {
	sum := 0.0
	for _, w := range t.Widths {
		sum += w
	}
	if len(t.Widths) != len(t.Rows[0]) || sum <= 0 {
		return
	}
	p.put("<colgroup>")
	for _, w := range t.Widths {
		p.put(fmt.Sprintf(`<col style="width:%.1f%%">`, w*100/sum))
	}
	p.put("</colgroup>\n")
}

func (p *page) cell(t *document.Table, r, c int, x document.Cell) {
	header := r < t.HeaderRows
	tag, attr := "td", ""
	switch {
	case header && x.Text != "":
		tag, attr = "th", ` scope="col"`
		if x.ColSpan > 1 {
			attr = ` scope="colgroup"`
		}
	case c == 0 && t.HeaderRows > 0 && x.Text != "":
		tag, attr = "th", ` scope="row"`
		if x.RowSpan > 1 {
			attr = ` scope="rowgroup"`
		}
	}
	if x.RowSpan > 1 {
		attr += fmt.Sprintf(` rowspan="%d"`, x.RowSpan)
	}
	if x.ColSpan > 1 {
		attr += fmt.Sprintf(` colspan="%d"`, x.ColSpan)
	}
	number := amount.MatchString(x.Text)
	names := []string{"", "", ""}
	switch {
	case x.Align == document.AlignRight, x.Align == document.AlignAuto && number && c > 0 && !header:
		names[0] = "r"
	case x.Align == document.AlignCenter:
		names[0] = "c"
	case x.Align == document.AlignLeft && header:
		names[0] = "l"
	}
	if number {
		names[1] = "n"
	}
	if x.Bold {
		names[2] = "b"
	}
	attr += class(names...)
	if x.Indent > 0 {
		attr += fmt.Sprintf(` style="text-indent:%gem"`, float64(x.Indent)/2)
	}
	p.put("<", tag, attr, ">", text(x.Text), "</", tag, ">")
}
