package check

import (
	"cmp"
	"slices"

	"juesuan/internal/report"
)

// result diagnoses the failing relations, clusters the findings, settles the
// statuses, the duties and the verdict.
func (r *run) result() *Result {
	r.doubt()
	r.tableUnits()
	contradicted := r.diagnose()
	r.unruled()
	r.merge()
	r.order()
	r.settleDuties()
	res := &Result{
		File: r.rep.Document.Name, Kind: string(r.rep.Kind), Unit: r.rep.Unit, Year: r.rep.Year,
		Verdict: r.verdict(), Findings: r.findings, Duties: r.duties,
		Status: make([]Status, len(r.rep.Figures)),
	}
	for i := range r.rep.Figures {
		switch {
		case contradicted[report.ID(i)]:
			res.Status[i] = Contradicted
			res.Figures.Contradicted++
		case r.holds[i] > 0:
			res.Status[i] = Proved
			res.Figures.Proved++
		default:
			res.Figures.Unproved++
		}
	}
	res.Figures.Total = len(r.rep.Figures)
	return res
}

// unruled lowers the errors that rest on a table whose columns were told by
// alignment alone: a number read into a neighbour's column looks like an error.
func (r *run) unruled() {
	loose := make([]bool, len(r.rep.Tables))
	for i := range r.rep.Tables {
		for _, b := range r.rep.Tables[i].Blocks {
			t := r.rep.Document.Blocks[b].Table
			loose[i] = loose[i] || t != nil && !t.Ruled
		}
	}
	for i := range r.findings {
		f := &r.findings[i]
		if f.Severity != Error || !slices.ContainsFunc(f.figures, func(id report.ID) bool {
			g := r.rep.Get(id)
			return g != nil && g.Table >= 0 && loose[g.Table]
		}) {
			continue
		}
		f.Severity = Suspect
		f.Message += "这张表没有框线，列是按对齐判断的，请先对照原表看有没有读错。"
	}
}

// verdict on the whole: errors first, then what could not be checked.
func (r *run) verdict() Verdict {
	for _, f := range r.findings {
		if f.Severity == Error {
			return HasErrors
		}
	}
	for _, d := range r.duties {
		if d.Status == Unreadable {
			return Incomplete
		}
	}
	return Passed
}

// merge joins findings that say the same words about several places: one
// cause repeated, as a template's sentence left in four paragraphs.
func (r *run) merge() {
	type key struct{ rule, message, arithmetic string }
	at := map[key]int{}
	var out []Finding
	for _, f := range r.findings {
		k := key{f.Rule, f.Message, f.Arithmetic}
		if j, ok := at[k]; ok {
			out[j].Places = addPlaces(out[j].Places, f.Places)
			continue
		}
		at[k] = len(out)
		out = append(out, f)
	}
	r.findings = out
}

// addPlaces appends the places that are not there yet.
func addPlaces(to, more []Place) []Place {
	for _, p := range more {
		if !slices.Contains(to, p) {
			to = append(to, p)
		}
	}
	return to
}

var severityRank = map[Severity]int{Error: 0, Suspect: 1, Hint: 2}

// order sorts by severity, then by place in the document.
func (r *run) order() {
	slices.SortStableFunc(r.findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(severityRank[a.Severity], severityRank[b.Severity]),
			cmp.Compare(a.block, b.block),
			cmp.Compare(a.start, b.start),
		)
	})
}
