package check

import (
	"slices"
	"strings"

	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// unitRule is the rule of table units (X40).
const unitRule = "X40"

// tableUnits (X40): when a table disagrees with the others and the text by
// exactly ten thousand, its unit label is wrong, not each of its numbers. The
// findings that the label explains become one.
func (r *run) tableUnits() {
	if !r.on(unitRule) {
		return
	}
	for ti := range r.rep.Tables {
		t := &r.rep.Tables[ti]
		scale, ok := map[figure.Unit]int{figure.WanYuan: -4, figure.Yuan: 4}[t.Unit]
		if !ok {
			continue
		}
		var explained []int
		other := false // a relation to other tables that the label does not explain
		for i := range r.findings {
			f := &r.findings[i]
			if f.linear == nil || f.linear.op != "=" || !strings.Contains("XM", f.Rule[:1]) || !r.mixes(f, r.tableKey(ti)) {
				continue
			}
			if r.satisfiedScaled(*f.linear, r.tableKey(ti), scale) {
				explained = append(explained, i)
			} else {
				other = true
			}
		}
		if len(explained) >= 2 && !other {
			r.unitFinding(ti, scale, explained)
		}
	}
}

// mixes reports whether the finding has figures of the table and others.
func (r *run) mixes(f *Finding, table string) bool {
	in, out := false, false
	for _, id := range f.figures {
		if r.tableOf(id) == table {
			in = true
		} else {
			out = true
		}
	}
	return in && out
}

func (r *run) tableOf(id report.ID) string {
	if f := r.rep.Get(id); f != nil && f.Table >= 0 {
		return r.tableKey(f.Table)
	}
	return ""
}

// satisfiedScaled is satisfied with the table's figures times 10^scale.
func (r *run) satisfiedScaled(l linear, table string, scale int) bool {
	sum := figure.Interval{}
	k := figure.Dec(1, -scale)
	nonZero := false
	for _, t := range l.all() {
		iv := times(r.rep.Figures[t.id].Interval(), t.coef)
		if r.tableOf(t.id) == table {
			iv = figure.Interval{Lo: iv.Lo.Mul(k), Hi: iv.Hi.Mul(k)}
			nonZero = nonZero || r.rep.Figures[t.id].Coef != 0
		}
		sum = sum.Add(iv)
	}
	return nonZero && sum.Lo.Sign() <= 0 && sum.Hi.Sign() >= 0
}

// unitFinding replaces the findings by the one about the unit label.
func (r *run) unitFinding(ti, scale int, explained []int) {
	t := &r.rep.Tables[ti]
	first := r.findings[explained[0]]
	right := figure.Yuan
	if scale > 0 {
		right = figure.WanYuan
	}
	said := t.UnitSaid
	if said == "" {
		said = string(t.Unit)
	}
	f := Finding{
		Rule: unitRule,
		Message: "表" + t.ID + "的金额单位标为“" + said + "”，但表中的数与其他表、文字恰好相差一万倍，按“" + string(right) +
			"”才相符（共" + itoa(len(explained)) + "处）。请改正表的金额单位或数额。",
		Arithmetic: first.Arithmetic, Places: first.Places, Suspect: said, Expected: string(right),
		block: first.block, start: first.start,
	}
	r.findings = slices.DeleteFunc(r.findings, func(x Finding) bool {
		return x.linear != nil && strings.Contains("XM", x.Rule[:1]) && r.mixes(&x, r.tableKey(ti))
	})
	r.tell(f)
}
