package check

import (
	"juesuan/internal/report"
)

// furtherSets tests the sets of tables behind the first (those of a unit in
// the file of its department), each by itself, and records a duty for each.
// The text is compared with the first set only.
func (r *run) furtherSets() {
	last := 0
	for i := range r.rep.Tables {
		last = max(last, r.rep.Tables[i].Set)
	}
	if last == 0 {
		return
	}
	tested := r.tested
	for r.set = 1; r.set <= last; r.set++ {
		r.grids, r.tested = map[string]*grid{}, map[string]int{}
		r.tables()
		r.duty(r.setDuty())
	}
	r.set, r.grids, r.tested = 0, map[string]*grid{}, tested
}

// setDuty is how the check of the present further set ended.
func (r *run) setDuty() Duty {
	n := itoa(r.set + 1)
	d := Duty{ID: setID(r.set), Status: NoData, Reason: "没有可检验的内容"}
	var first *report.Table
	for i := range r.rep.Tables {
		t := &r.rep.Tables[i]
		if t.Set != r.set || t.ID == "" {
			continue
		}
		if first == nil {
			first = t
		}
		if t.Problem != "" && d.Status != Unreadable {
			d.Status, d.Reason = Unreadable, "表"+t.ID+"："+t.Problem
		}
	}
	d.Title = "文件中第" + n + "套表的表内和表间关系"
	if first != nil && first.Place.Page > 0 {
		d.Title += "（从第" + itoa(first.Place.Page) + "页起）"
	}
	if d.Status != Unreadable && len(r.tested) > 0 {
		d.Status, d.Reason = Done, ""
	}
	return d
}

// tableKey names a table of the report by set and ID: 05 of the first set,
// 2:05 of the second.
func (r *run) tableKey(table int) string {
	t := &r.rep.Tables[table]
	if t.Set == 0 {
		return t.ID
	}
	return itoa(t.Set+1) + ":" + t.ID
}

// doubtSets says in the duty of a further set which of its tables were most
// likely misread.
func (r *run) doubtSets() {
	for i := range r.rep.Tables {
		t := &r.rep.Tables[i]
		why := r.unsure[r.tableKey(i)]
		if t.Set == 0 || why == "" {
			continue
		}
		for k := range r.duties {
			if d := &r.duties[k]; d.ID == setID(t.Set) {
				d.Status, d.Reason = Unreadable, "表"+t.ID+"："+why
			}
		}
	}
}

// setID is the ID of the duty of a further set.
func setID(set int) string { return "第" + itoa(set+1) + "套表" }
