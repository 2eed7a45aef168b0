package check

import (
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// restNamed is how many unknown tables a duty names.
const restNamed = 3

// otherTables is how the duty on the tables that no layout knows ended: it names
// those with amounts.
func (r *run) otherTables(d taxonomy.Duty) (DutyStatus, string) {
	n, names := 0, []string(nil)
	for i := range r.rep.Tables {
		t := &r.rep.Tables[i]
		if t.ID != "" || !r.hasAmounts(t) {
			continue
		}
		n++
		name := t.Title
		if name == "" && t.Place.Page > 0 {
			name = "第" + itoa(t.Place.Page) + "页的表"
		}
		if name != "" && len(names) < restNamed {
			names = append(names, "“"+name+"”")
		}
	}
	if n == 0 {
		return NotApplicable, "没有其他的表"
	}
	return DutyStatus(d.Status), strings.Join(names, "、") + "等" + itoa(n) + "张表" + d.Reason
}

// hasAmounts reports whether a table prints numbers with decimals or of more
// than three digits.
func (r *run) hasAmounts(t *report.Table) bool {
	for _, b := range t.Blocks {
		if g := r.rep.Document.Blocks[b].Table; g != nil && printsAmounts(g) {
			return true
		}
	}
	return false
}

func printsAmounts(g *document.Table) bool {
	for _, row := range g.Rows {
		for _, c := range row {
			s := strings.TrimSpace(c.Text)
			if s == "" || strings.Trim(s, "0123456789,.") != "" {
				continue
			}
			if strings.ContainsAny(s, ".,") || len(s) > 7 {
				return true
			}
		}
	}
	return false
}
