package check

import "juesuan/internal/report"

// result clusters the findings, settles statuses and the verdict.
func (r *run) result() *Result {
	res := &Result{
		File: r.rep.Document.Name, Kind: string(r.rep.Kind), Unit: r.rep.Unit, Year: r.rep.Year,
		Verdict: Passed, Findings: r.findings, Status: make([]Status, len(r.rep.Figures)),
	}
	for i := range r.rep.Figures {
		switch {
		case r.fails[report.ID(i)] > 0:
			res.Status[i] = Contradicted
			res.Figures.Contradicted++
		case r.holds[report.ID(i)] > 0:
			res.Status[i] = Proved
			res.Figures.Proved++
		default:
			res.Figures.Unproved++
		}
	}
	res.Figures.Total = len(r.rep.Figures)
	return res
}
