package check

import (
	"slices"
	"strconv"
	"strings"

	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

func itoa(n int) string { return strconv.Itoa(n) }

// settleDuties says for every duty of this kind of disclosure how it ended.
// Duties that a rule recorded itself stay.
func (r *run) settleDuties() {
	kind := string(r.rep.Kind)
	if kind == "" {
		kind = "其他"
	}
	own := r.duties
	r.duties = nil
	for _, d := range r.tax.Duties.List {
		if !slices.Contains(d.Kinds, kind) {
			continue
		}
		out := Duty{ID: d.ID, Title: d.Title}
		out.Status, out.Reason = r.ended(d)
		r.duties = append(r.duties, out)
	}
	for _, d := range own {
		r.duty(d)
	}
}

// A table in which so many relations fail was not read right, more likely than
// not: one wrong figure breaks half a dozen.
const (
	doubtfulFails = 10 // more failing relations than this
	doubtfulShare = 4  // and more than one in so many
)

// doubt takes back the findings of tables that were most likely misread and
// says so in their duties.
func (r *run) doubt() {
	fails := map[string]int{}
	for i := range r.findings {
		f := &r.findings[i]
		if len(f.figures) == 0 || f.Rule == "" || f.Rule[0] != 'T' {
			continue
		}
		if t := r.rep.Figures[f.figures[0]].Table; t >= 0 {
			fails[r.tableKey(t)]++
		}
	}
	for id, n := range fails {
		if tested := r.touched["T"+id]; n > doubtfulFails && n*doubtfulShare > tested {
			r.unsure[id] = itoa(tested) + "处关系中有" + itoa(n) + "处不成立，很可能是表格没有读对，请核对表格的版式"
		}
	}
	if len(r.unsure) == 0 {
		return
	}
	r.doubtSets()
	r.findings = slices.DeleteFunc(r.findings, func(f Finding) bool {
		return slices.ContainsFunc(f.figures, func(id report.ID) bool {
			t := r.rep.Figures[id].Table
			return t >= 0 && r.unsure[r.tableKey(t)] != ""
		})
	})
	for i := range r.rep.Figures {
		if t := r.rep.Figures[i].Table; t >= 0 && r.unsure[r.tableKey(t)] != "" {
			r.holds[i] = 0
		}
	}
}

// unreadText reports whether the text has amounts of which none was recognised.
func (r *run) unreadText() bool {
	for i := range r.rep.Figures {
		if r.rep.Figures[i].Table < 0 {
			return false
		}
	}
	n := 0
	for i := range r.rep.Folded {
		if _, isTable := r.rep.TableText[i]; !isTable {
			n += strings.Count(r.rep.Folded[i].S, string(figure.WanYuan))
		}
	}
	return n >= 3
}

// shows reports whether a table of the file shows one of the words.
func (r *run) shows(words []string) bool {
	for _, b := range r.rep.Document.Blocks {
		if b.Table == nil {
			continue
		}
		for _, row := range b.Table.Rows {
			for _, c := range row {
				text := strings.ReplaceAll(c.Text, "\n", "")
				if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) }) {
					return true
				}
			}
		}
	}
	return false
}

// ended is how one duty ended, and why when it was not done.
func (r *run) ended(d taxonomy.Duty) (DutyStatus, string) {
	if len(d.Shown) > 0 && !r.shows(d.Shown) {
		return NotApplicable, "文件里没有" + d.Shown[0]
	}
	if d.Rest {
		return r.otherTables(d)
	}
	if d.Reason != "" {
		if d.ID != "文种" && !r.hasTables() {
			return NotApplicable, "文件里没有表"
		}
		return DutyStatus(d.Status), d.Reason
	}
	lacking := ""
	for _, id := range d.Tables {
		t := r.rep.TableByID(id)
		switch {
		case t == nil && d.Since > 0 && r.rep.Year > 0 && r.rep.Year < d.Since:
			return NotApplicable, strconv.Itoa(d.Since) + "年度起才有此表"
		case t == nil && r.instead(d) != "":
			return NotApplicable, "以表" + r.instead(d) + "代替"
		case t == nil && d.Required:
			return Unreadable, "没有找到表" + id
		case t == nil:
			lacking = "没有找到表" + id
		case t.Problem != "":
			return Unreadable, "表" + id + "：" + t.Problem
		case r.unsure[id] != "":
			return Unreadable, "表" + id + "：" + r.unsure[id]
		}
	}
	if r.done(d) {
		return Done, ""
	}
	switch {
	case lacking != "" && r.expects(d.Tables):
		return Unreadable, lacking
	case lacking != "":
		return NotApplicable, lacking
	case d.ID == "文字" && r.unreadText():
		return Unreadable, "文字中有金额，却一个也没有读懂"
	case len(d.Tables) == 0:
		return NoData, "没有可检验的内容"
	}
	t := r.rep.TableByID(d.Tables[0])
	switch {
	case t.Empty:
		return NoData, "表" + t.ID + "为空表"
	case d.Required:
		return Unreadable, "表" + t.ID + "中没有读出可以检验的关系"
	}
	return NoData, "没有可检验的内容"
}

// expects reports whether one of the tables is not there although this kind
// of disclosure of this year has to have it.
func (r *run) expects(tables []string) bool {
	for _, d := range r.tax.Duties.List {
		if !d.Required || !slices.Contains(d.Kinds, string(r.rep.Kind)) || d.Since > 0 && r.rep.Year > 0 && r.rep.Year < d.Since || r.instead(d) != "" {
			continue
		}
		if slices.ContainsFunc(d.Tables, func(id string) bool {
			return slices.Contains(tables, id) && r.rep.TableByID(id) == nil
		}) {
			return true
		}
	}
	return false
}

// instead is the table of another form that stands for the duty's, "" for none.
func (r *run) instead(d taxonomy.Duty) string {
	for _, id := range d.Instead {
		if r.grid(id) != nil {
			return id
		}
	}
	return ""
}

// done reports whether any rule of the duty was tested on its tables.
func (r *run) done(d taxonomy.Duty) bool {
	for _, rule := range d.Rules {
		if len(rule) > 1 {
			if r.tested[rule] > 0 {
				return true
			}
			continue
		}
		if len(d.Tables) > 0 {
			if r.touched[rule+d.Tables[0]] > 0 {
				return true
			}
			continue
		}
		for id, n := range r.tested {
			if n > 0 && strings.HasPrefix(id, rule) {
				return true
			}
		}
	}
	// A family that does not count its tests has still been at work when it
	// found something.
	return slices.ContainsFunc(r.findings, func(f Finding) bool {
		return slices.Contains(d.Rules, f.Rule) || len(d.Tables) == 0 && f.Rule != "" && slices.Contains(d.Rules, f.Rule[:1])
	})
}

// touch counts a relation of a rule on the tables of its figures.
func (r *run) touch(rule string, ids []report.ID) {
	r.tested[rule]++
	last := -1
	for _, id := range ids {
		if t := r.rep.Figures[id].Table; t >= 0 && t != last {
			r.touched[rule[:1]+r.tableKey(t)]++
			last = t
		}
	}
}

// hasTables reports whether the document has any table.
func (r *run) hasTables() bool {
	return slices.ContainsFunc(r.rep.Document.Blocks, func(b document.Block) bool { return b.Table != nil })
}
