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
	findings []Finding
	duties   []Duty
	tested   map[string]int    // by rule ID: relations tested, whether they held or not
	touched  map[string]int    // by family letter and table ID: relations tested
	unsure   map[string]string // tables most likely misread, by ID: why
	grids    map[string]*grid
	set      int // of tables, that the relations are tested on
}

// on reports whether the rule exists and is switched on.
func (r *run) on(id string) bool {
	rule, ok := r.tax.Rules.ByID(id)
	return ok && rule.Severity != taxonomy.SeverityOff
}

// hold records that a relation over these figures holds. Only relations that
// would notice a wrong digit belong here: an equality, not a “≤”.
func (r *run) hold(ids ...report.ID) {
	for _, id := range ids {
		if id >= 0 {
			r.holds[id]++
		}
	}
}

// test counts one relation of the rule as tested, for the duties.
func (r *run) test(rule string) { r.tested[rule]++ }

// fail records a relation that does not hold and the finding that says so.
// The finding needs Rule, Message and Arithmetic; Title and Severity come from
// the rule unless given, Places from the figures unless given, Suspect and
// Expected from the diagnosis unless given. The first figure is the stated one
// (the total, the rate).
func (r *run) fail(f Finding, ids ...report.ID) {
	if !r.dress(&f) {
		return
	}
	for _, id := range ids {
		if id >= 0 {
			f.figures = append(f.figures, id)
		}
	}
	if f.Places == nil {
		for _, id := range f.figures {
			f.Places = append(f.Places, r.place(id))
		}
	}
	if len(f.figures) > 0 {
		fig := r.rep.Get(f.figures[0])
		f.block, f.start = fig.Block, fig.Start
	}
	r.findings = append(r.findings, f)
}

// tell records a finding that rests on words, not on figures. The words give
// its places unless it has some.
func (r *run) tell(f Finding, words ...report.Words) {
	if !r.dress(&f) {
		return
	}
	if f.Places == nil {
		for _, w := range words {
			f.Places = append(f.Places, r.wordsPlace(w))
		}
	}
	if len(words) > 0 {
		f.block, f.start = words[0].Block, words[0].Start
	}
	r.findings = append(r.findings, f)
}

// dress fills in what the rule says and reports false when it is switched off.
func (r *run) dress(f *Finding) bool {
	rule, ok := r.tax.Rules.ByID(f.Rule)
	if !ok {
		return true // a rule without data: shown as it is
	}
	if rule.Severity == taxonomy.SeverityOff {
		return false
	}
	if f.Title == "" {
		f.Title = rule.Title
	}
	if f.Severity == "" {
		f.Severity = Severity(rule.Severity)
	}
	return true
}

// duty records how one duty ended; a later record of the same ID replaces it.
func (r *run) duty(d Duty) {
	for i := range r.duties {
		if r.duties[i].ID == d.ID {
			r.duties[i] = d
			return
		}
	}
	r.duties = append(r.duties, d)
}

// Check tests every relation and duty of the report.
func Check(rep *report.Report, tax *taxonomy.Taxonomy) *Result {
	r := newRun(rep, tax)
	r.furtherSets()
	r.tables()    // T, X
	r.sentences() // N, S
	r.matches()   // M
	r.form()      // C
	return r.result()
}

func newRun(rep *report.Report, tax *taxonomy.Taxonomy) *run {
	return &run{rep: rep, tax: tax, holds: make([]int, len(rep.Figures)), tested: map[string]int{}, touched: map[string]int{}, unsure: map[string]string{}, grids: map[string]*grid{}}
}
