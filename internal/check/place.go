package check

import (
	"strings"
	"unicode/utf8"

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
	if f.Table < 0 {
		p.Section = r.section(f.Block)
		p.Excerpt = r.printed(f.Excerpt, f.Block, f.Start)
	} else {
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
	p.Section = r.section(w.Block)
	p.Excerpt = r.printed(w.Text, w.Block, w.Start)
	return p
}

// section is the number and title of the innermost section that holds a block
// of text, "" outside sections.
func (r *run) section(block int) string {
	title := ""
	for _, s := range r.rep.Sections {
		if s.Block > block {
			break
		}
		if block < s.End && s.Title != "" {
			title = sectionName(s)
		}
	}
	return title
}

// sectionName is the heading as its level is numbered: 一、… （一）… 1.…
func sectionName(s report.Section) string {
	number := strings.Trim(s.Number, "()（）.．、")
	switch {
	case number == "":
		return s.Title
	case s.Level == 2:
		return "（" + number + "）" + s.Title
	case s.Level == 3:
		return number + "." + s.Title
	case strings.Contains(number, "部分"):
		return number + " " + s.Title
	}
	return number + "、" + s.Title
}

// clauseMarks end a clause.
const clauseMarks = "，。；：,;:"

// printed is an excerpt of the folded text of a block as the file prints it,
// widened to whole clauses where they are near.
func (r *run) printed(excerpt string, block, start int) string {
	core := strings.Trim(excerpt, "…")
	if block < 0 || block >= len(r.rep.Document.Blocks) || r.rep.Document.Blocks[block].Table != nil || core == "" {
		return excerpt
	}
	s := r.folded(block).S
	a := nearest(s, core, start)
	if a < 0 {
		return excerpt
	}
	const near = 14 // characters
	b := a + len(core)
	front, back := "…", "…"
	left := s[:a]
	for n := 0; ; n++ {
		c, w := utf8.DecodeLastRuneInString(left)
		if w == 0 || strings.ContainsRune(clauseMarks, c) {
			a, front = len(left), ""
			break
		}
		if n == near {
			break
		}
		left = left[:len(left)-w]
	}
	for k, n := b, 0; ; n++ {
		c, w := utf8.DecodeRuneInString(s[k:])
		if w == 0 || strings.ContainsRune(clauseMarks, c) {
			b, back = k, ""
			break
		}
		if n == near {
			break
		}
		k += w
	}
	words := document.Unfold(r.rep.Document.Blocks[block].Text, a, b)
	return front + strings.TrimSpace(strings.ReplaceAll(words, "\n", "")) + back
}

// nearest finds part in s, the occurrence closest to the byte offset near; -1 when there is none.
func nearest(s, part string, near int) int {
	best := -1
	for from := 0; ; {
		i := strings.Index(s[from:], part)
		if i < 0 {
			return best
		}
		at := from + i
		if best >= 0 && max(at-near, near-at) >= max(best-near, near-best) {
			return best
		}
		best = at
		_, w := utf8.DecodeRuneInString(s[at:])
		from = at + w
	}
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
	if t.Set > 0 {
		b.WriteString("第" + itoa(t.Set+1) + "套")
	}
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
