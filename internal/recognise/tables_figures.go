package recognise

import (
	"strconv"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// figures turns the amounts of a finished table into figures of the report.
func (t *tabler) figures(b *builder) {
	tab := b.table(t.r)
	tab.Empty = true
	for n := range b.rows {
		l := &b.rows[n]
		l.row.Cells = make([]report.Cell, len(tab.Columns))
		for c := range tab.Columns {
			cell, ok := l.cells[c]
			if !ok {
				l.row.Cells[c] = report.Cell{Figure: report.None, Place: l.row.Place}
				continue
			}
			l.row.Cells[c] = report.Cell{Figure: report.None, Text: cellText(cell), Place: cell.Place}
			f, ok := l.amount[c]
			if !ok {
				continue
			}
			if f.Unit == figure.None {
				f.Unit = tab.Unit
				if l.unit != figure.None {
					f.Unit = l.unit
				}
			}
			if f.Coef != 0 {
				tab.Empty = false
			}
			l.row.Cells[c].Figure = t.r.Add(report.Figure{
				Figure: f, Fact: t.fact(b, tab, l, c), Table: b.index, Row: n, Col: c,
				Block: blockOf(tab, t.r.Document, cell.Place), Excerpt: excerpt(tab, l.row, tab.Columns[c]), Place: cell.Place,
			})
		}
		tab.Rows = append(tab.Rows, l.row)
	}
}

// fact says what a cell is about, by the concept that claims it.
func (t *tabler) fact(b *builder, tab *report.Table, l *line, c int) report.Fact {
	col := tab.Columns[c]
	f := report.Fact{Period: report.ThisYear}
	if col.Key == "" || l.row.Key == "" {
		return report.Fact{}
	}
	f.Measure = report.Level
	concept, period := t.tax.Concepts.OfCell(tab.ID, l.row.Key, col.Key, l.row.Code)
	if concept != nil {
		f.Concept, f.Fund, f.Period = concept.Name, concept.Fund, report.Period(period)
	}
	if f.Period == report.PlainBudget && b.period != "" {
		f.Period = b.period
	}
	if l.row.Code != "" {
		f.Name = l.row.Name
		if b.econ(l.row) {
			f.Econ = l.row.Code
		} else {
			f.Func = l.row.Code
		}
	}
	return f
}

func (b *builder) econ(r report.Row) bool {
	for _, s := range b.layout.Sides {
		if s.Block == r.Block {
			return s.Codes == "经济"
		}
	}
	return false
}

// excerpt names a cell for a reader: 表05 2080505 机关事业单位… 基本支出.
func excerpt(tab *report.Table, r report.Row, c report.Column) string {
	name := "表" + tab.ID
	if len(tab.ID) > 3 || tab.ID == "" {
		name = tab.Title
	}
	if tab.Set > 0 {
		name = "第" + strconv.Itoa(tab.Set+1) + "套" + name
	}
	parts := []string{name}
	if r.Code != "" {
		parts = append(parts, r.Code)
	}
	if r.Name != "" {
		parts = append(parts, r.Name)
	}
	col := c.Key
	if col == "" {
		col = c.Header
	}
	return strings.Join(append(parts, col), " ")
}

// blockOf finds the piece of the table a cell came from.
func blockOf(tab *report.Table, doc *document.Document, p document.Place) int {
	for _, i := range tab.Blocks {
		q := doc.Blocks[i].Place
		if q.File == p.File && q.Page == p.Page && q.Sheet == p.Sheet {
			return i
		}
	}
	return tab.Blocks[0]
}
