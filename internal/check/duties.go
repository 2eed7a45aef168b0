package check

import (
	"slices"
	"strconv"
	"strings"

	"juesuan/internal/document"
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

// ended is how one duty ended, and why when it was not done.
func (r *run) ended(d taxonomy.Duty) (DutyStatus, string) {
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
		}
	}
	if r.done(d) {
		return Done, ""
	}
	switch {
	case lacking != "":
		return NotApplicable, lacking
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
			r.touched[rule[:1]+r.rep.Tables[t].ID]++
			last = t
		}
	}
}

// hasTables reports whether the document has any table.
func (r *run) hasTables() bool {
	return slices.ContainsFunc(r.rep.Document.Blocks, func(b document.Block) bool { return b.Table != nil })
}
