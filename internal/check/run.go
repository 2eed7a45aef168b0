package check

import (
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// run is the state of one check: the report, and what the relations said so far.
type run struct {
	rep *report.Report
	tax *taxonomy.Taxonomy

	holds    []int // by report.ID: relations that hold
	fails    []int // by report.ID: relations that fail with the figure as a suspect
	findings []Finding
}

// hold records that a relation over these figures holds.
func (r *run) hold(ids ...report.ID) {
	for _, id := range ids {
		if id >= 0 {
			r.holds[id]++
		}
	}
}

// fail records a relation that does not hold and the finding that says so.
func (r *run) fail(f Finding, ids ...report.ID) {
	for _, id := range ids {
		if id >= 0 {
			r.fails[id]++
		}
	}
	f.figures = append(f.figures, ids...)
	r.findings = append(r.findings, f)
}

// tell records a finding that rests on words, not on figures.
func (r *run) tell(f Finding) { r.findings = append(r.findings, f) }

// Check tests every relation and duty of the report.
func Check(rep *report.Report, tax *taxonomy.Taxonomy) *Result {
	r := &run{rep: rep, tax: tax, holds: make([]int, len(rep.Figures)), fails: make([]int, len(rep.Figures))}
	r.tables()    // T, X
	r.sentences() // N, S
	r.matches()   // M
	r.form()      // C
	return r.result()
}
