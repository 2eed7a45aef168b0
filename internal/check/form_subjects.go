package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// subjectTables are the tables whose rows are 功能分类 items, the best
// evidence for the text first.
var subjectTables = []string{"05", "03", "02", "08", "09"}

// ownItem is an item of the document's own tables.
type ownItem struct {
	code, name string
	table, row int // of its first print
}

// ownItems are the 功能分类 items of the document's own tables, by code.
func (r *run) ownItems() map[string]ownItem {
	out := map[string]ownItem{}
	for _, id := range subjectTables {
		for ti := range r.rep.Tables {
			t := &r.rep.Tables[ti]
			if t.ID != id {
				continue
			}
			for i, row := range t.Rows {
				if _, ok := out[row.Code]; row.Code != "" && row.Name != "" && !ok {
					out[row.Code] = ownItem{row.Code, row.Name, ti, i}
				}
			}
		}
	}
	return out
}

var levelNames = [3]string{"类", "款", "项"}

// subjects compares the 科目 that the text names with the document's own
// tables, and with the code list where the tables are silent (C08).
func (r *run) subjects() {
	if len(r.rep.Subjects) == 0 {
		return
	}
	r.test("C08")
	own := r.ownItems()
	for _, s := range r.rep.Subjects {
		if len(own) == 0 || !r.againstTables(s, own) {
			r.againstList(s)
		}
	}
}

// againstTables reports true when the tables decide on the subject.
func (r *run) againstTables(s report.Subject, own map[string]ownItem) bool {
	code, exact := r.rowOf(s, own)
	if code == "" {
		return false
	}
	// The names of the row and of what is above it, as the tables print them.
	bad := false
	for l := 2; l >= 0; l-- {
		n := 2*l + 3
		if s.Names[l] == "" || len(code) < n {
			continue
		}
		it, ok := own[code[:n]]
		if !ok || taxonomy.SameItem(it.name, s.Names[l]) {
			continue
		}
		bad = true
		severity := Error
		old := r.oldName(it.code, s.Names[l])
		if old == "" && partial(it.name, s.Names[l]) {
			severity = Hint // a short form
		}
		how := "按金额和上级科目"
		if exact {
			how = "按项级科目"
		}
		if s.Code != "" {
			how = "按代码"
		}
		msg := fmt.Sprintf("文字写作“%s（%s）”，%s对应表中的%s“%s”。请把文字改成与表一致的名称。", s.Names[l], levelNames[l], how, it.code, it.name)
		if old != "" {
			msg = fmt.Sprintf("文字写作“%s（%s）”，这是%s的旧名称，表中是“%s”。请把文字改成与表一致的名称。", s.Names[l], levelNames[l], it.code, it.name)
		}
		r.tell(Finding{
			Rule: "C08", Severity: severity, Title: "文字与表中的科目名称不一致",
			Message: msg, Suspect: s.Names[l], Expected: it.name,
		}, s.Words)
	}
	return bad || exact
}

// rowOf finds the code of the row a subject means: by its code; by its own
// name, the names above it and its amount; else by its amount among the rows
// of its 款. exact says that the deepest name itself was found.
func (r *run) rowOf(s report.Subject, own map[string]ownItem) (code string, exact bool) {
	if s.Code != "" {
		if _, ok := own[s.Code]; ok {
			return s.Code, true
		}
		return "", false
	}
	deep := 2
	for deep >= 0 && s.Names[deep] == "" {
		deep--
	}
	if deep == 0 {
		c := r.tax.Codes.ClassCode(s.Names[0], r.rep.Year)
		if _, ok := own[c]; ok {
			return c, true
		}
	}
	if deep < 1 {
		return "", false
	}
	var named []ownItem
	for _, it := range own {
		if len(it.code) == 2*deep+3 && taxonomy.SameItem(it.name, s.Names[deep]) {
			named = append(named, it)
		}
	}
	if best, ok := r.bestRow(s, named, own, deep); ok {
		return best, true
	} else if len(named) > 0 {
		return "", false
	}
	return r.rowByAmount(s, own, deep), false
}

// bestRow chooses among rows of the same name the one whose upper names fit
// best, then the one with the same amount; false when two are as good.
func (r *run) bestRow(s report.Subject, named []ownItem, own map[string]ownItem, deep int) (string, bool) {
	best, top, twice := "", -1, false
	for _, it := range named {
		score := 0
		for l := deep - 1; l >= 0; l-- {
			up, ok := own[it.code[:2*l+3]]
			if ok && s.Names[l] != "" && taxonomy.SameItem(up.name, s.Names[l]) {
				score += 2
			}
		}
		if r.hasAmount(it.code, s.Amount) {
			score++
		}
		switch {
		case score > top:
			best, top, twice = it.code, score, false
		case score == top:
			twice = true
		}
	}
	// One row of that name in all tables, or a clear winner.
	return best, best != "" && !twice && (top > 0 || len(named) == 1 && s.Amount == report.None)
}

// rowByAmount is the one row below the named 款 (or 类) that has the amount;
// "" when none or several have it.
func (r *run) rowByAmount(s report.Subject, own map[string]ownItem, deep int) string {
	f := r.rep.Get(s.Amount)
	if f == nil || f.IsZero() {
		return ""
	}
	found := ""
	for code, it := range own {
		if len(code) != 2*deep+3 || !r.hasAmount(code, s.Amount) {
			continue
		}
		up, ok := own[code[:2*deep+1]]
		if !ok || s.Names[deep-1] == "" || !taxonomy.SameItem(up.name, s.Names[deep-1]) {
			continue
		}
		if r.namedElsewhere(it) {
			continue // the text has this row under its right name too
		}
		if found != "" {
			return ""
		}
		found = code
	}
	return found
}

// namedElsewhere reports whether another subject of the text names the row.
func (r *run) namedElsewhere(it ownItem) bool {
	l := (len(it.code) - 3) / 2
	return slices.ContainsFunc(r.rep.Subjects, func(s report.Subject) bool {
		return s.Code == it.code || s.Names[l] != "" && taxonomy.SameItem(s.Names[l], it.name)
	})
}

// hasAmount reports whether the row of a code prints the amount in a total
// column of one of the tables.
func (r *run) hasAmount(code string, amount report.ID) bool {
	f := r.rep.Get(amount)
	if f == nil {
		return false
	}
	for _, id := range subjectTables {
		g := r.grid(id)
		if g == nil {
			continue
		}
		for i, row := range g.Rows {
			if row.Code != code {
				continue
			}
			for c := range row.Cells {
				cell := g.at(i, c)
				if cell.kind != readable || !isTotal(g.Columns[c].Key) {
					continue
				}
				if x := r.rep.Get(cell.id); x.Figure.Interval().Meets(f.Figure.Interval()) {
					return true
				}
			}
		}
	}
	return false
}

// isTotal reports whether a column adds the others of its row up.
func isTotal(key string) bool {
	return strings.Contains(key, "合计") || strings.Contains(key, "本年支出") || key == "小计" || key == "决算数"
}

// oldName is the name of a code in other years that the text uses; "" if none.
func (r *run) oldName(code, name string) string {
	for _, i := range r.tax.Codes.Func.Names(code) {
		if taxonomy.SameItem(i.Name, name) {
			return i.Name
		}
	}
	return ""
}

// againstList compares a subject with the code list alone.
func (r *run) againstList(s report.Subject) {
	class := r.tax.Codes.ClassCode(s.Names[0], r.rep.Year)
	codes := [3]string{class}
	if class == "" && s.Code == "" {
		return
	}
	if s.Code != "" {
		if class != "" && !strings.HasPrefix(s.Code, class) {
			return // the names belong to another code: not for the list to say
		}
		for l := range codes {
			codes[l] = ""
			if n := 2*l + 3; len(s.Code) >= n {
				codes[l] = s.Code[:n]
			}
		}
	} else {
		for l := 1; l < 3 && codes[l-1] != "" && s.Names[l] != ""; l++ {
			if it, ok := r.tax.Codes.Func.Child(codes[l-1], s.Names[l]); ok {
				codes[l] = it.Code
			}
		}
	}
	for l, code := range codes {
		if code != "" && s.Names[l] != "" {
			r.itemName(code, s.Names[l], &r.tax.Codes.Func, s.Words)
		}
	}
}

// itemNames compares the names of the rows of the document's tables with the
// code list, and with each other.
func (r *run) itemNames() {
	seen := map[string]report.Words{}
	names := map[string]string{}
	for ti := range r.rep.Tables {
		t := &r.rep.Tables[ti]
		list := &r.tax.Codes.Func
		switch {
		case slices.Contains(subjectTables, t.ID):
		case t.ID == "06":
			list = &r.tax.Codes.Econ
		default:
			continue
		}
		for _, row := range t.Rows {
			if row.Code == "" || row.Name == "" {
				continue
			}
			r.test("C08")
			at := report.Words{Text: row.Code + " " + row.Name, Place: row.Place}
			key := t.ID[:1] + row.Code
			if t.ID == "06" {
				key = "E" + row.Code
			}
			if first, ok := names[key]; ok {
				if !taxonomy.SameItem(first, row.Name) && !partial(first, row.Name) {
					r.tell(Finding{
						Rule: "C08", Severity: Suspect, Title: "同一代码有两个科目名称",
						Message: fmt.Sprintf("代码%s在一处是“%s”，在另一处是“%s”。核对后统一。", row.Code, first, row.Name),
						Suspect: row.Name, Expected: first,
					}, seen[key], at)
				}
				continue
			}
			names[key], seen[key] = row.Name, at
			r.itemName(row.Code, row.Name, list, at)
		}
	}
}

var yearInNote = regexp.MustCompile(`20[0-9]{2}`)

// itemName tests one name of one code against the list. What the list only
// recalls (known) is a hint; an error needs a row that was seen in a document
// near the year of this one; a gap year says nothing.
func (r *run) itemName(code, name string, list *taxonomy.CodeList, at report.Words) {
	valid := list.In(code, r.rep.Year)
	if len(valid) == 0 || slices.ContainsFunc(valid, func(i taxonomy.Item) bool { return taxonomy.SameItem(i.Name, name) }) {
		return
	}
	right := valid[0]
	if right.Evidence == taxonomy.Likely || partial(right.Name, name) {
		return
	}
	old := ""
	for _, i := range list.Names(code) {
		if taxonomy.SameItem(i.Name, name) {
			old = i.Name
		}
	}
	f := Finding{
		Rule: "C08", Severity: Hint, Title: "科目名称与代码不符",
		Message: fmt.Sprintf("代码%s的名称是“%s”，这里写作“%s”。按当年《政府收支分类科目》核对。", code, right.Name, name),
		Suspect: name, Expected: right.Name,
	}
	switch {
	case old != "":
		f.Title = "科目用了旧名称"
		f.Message = fmt.Sprintf("“%s”是%s的旧名称，%d年度的名称是“%s”。按当年《政府收支分类科目》核对。", name, code, r.rep.Year, right.Name)
	case right.Evidence == taxonomy.Seen && nearYear(right.Note, r.rep.Year):
		f.Severity = Error
	}
	r.tell(f, at)
}

// nearYear reports whether a note of evidence names a year within one of y.
func nearYear(note string, y int) bool {
	for _, s := range yearInNote.FindAllString(note, -1) {
		if d := taxonomy.YearOf(s) - y; d >= -1 && d <= 1 {
			return true
		}
	}
	return false
}

// partial reports whether one name is a piece of the other: a name cut by its
// cell or shortened, which is a matter of print and not of classification.
func partial(a, b string) bool {
	a, b = taxonomy.FoldItem(a), taxonomy.FoldItem(b)
	return strings.Contains(a, b) || strings.Contains(b, a) || subsequence(a, b) || subsequence(b, a)
}
