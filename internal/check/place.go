package check

import (
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/report"
)

// place is where a figure stands, for people.
func (r *run) place(id report.ID) Place {
	f := r.rep.Get(id)
	if f == nil {
		return Place{}
	}
	p := r.docPlace(f.Place)
	p.Excerpt = f.Excerpt
	if f.Table >= 0 {
		if name := r.cellName(id); name != "" {
			if p.Cell != "" {
				name += "（" + p.Cell + "）"
			}
			p.Cell = name
		}
		p.Excerpt = strings.TrimSpace(f.Excerpt + " " + f.Text)
	}
	return p
}

// wordsPlace is where words stand; the words are the excerpt.
func (r *run) wordsPlace(w report.Words) Place {
	p := r.docPlace(w.Place)
	p.Excerpt = w.Text
	return p
}

// docPlace turns a place of the document into one for people.
func (r *run) docPlace(at document.Place) Place {
	p := Place{Page: at.Page}
	if files := r.rep.Document.Files; len(files) > 1 && at.File < len(files) {
		p.File = files[at.File].Name
	}
	if at.Sheet != "" {
		p.Cell = at.Sheet
		if at.Cell != "" {
			p.Cell += "!" + at.Cell
		}
	}
	return p
}

// cellName names a table cell: 表05 2080505 基本支出; "" for a figure in text.
func (r *run) cellName(id report.ID) string {
	f := r.rep.Get(id)
	if f == nil || f.Table < 0 || f.Table >= len(r.rep.Tables) {
		return ""
	}
	t := &r.rep.Tables[f.Table]
	var b strings.Builder
	b.WriteString("表" + t.ID)
	if f.Row >= 0 && f.Row < len(t.Rows) {
		row := t.Rows[f.Row]
		switch {
		case row.Code != "":
			b.WriteString(" " + row.Code + row.Name)
		case row.Key != "":
			b.WriteString(" " + row.Key)
		default:
			b.WriteString(" " + row.Name)
		}
	}
	if f.Col >= 0 && f.Col < len(t.Columns) {
		col := t.Columns[f.Col]
		if col.Key != "" {
			b.WriteString(" " + col.Key)
		} else if col.Header != "" {
			b.WriteString(" " + col.Header)
		}
	}
	return b.String()
}

// name of a figure in a message: its cell, or its concept, or its excerpt.
func (r *run) name(id report.ID) string {
	if n := r.cellName(id); n != "" {
		return n
	}
	f := r.rep.Get(id)
	switch {
	case f == nil:
		return ""
	case f.Fact.Name != "":
		return "文字“" + f.Fact.Name + "”"
	case f.Fact.Concept != "":
		return "文字“" + f.Fact.Concept + "”"
	}
	return "文字“" + f.Excerpt + "”"
}
