package check

// tables checks within and between tables (T, X).
func (r *run) tables() {
	r.formulas("T")
	r.formulas("X")
}
