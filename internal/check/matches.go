package check

// matches checks text against tables (M).
func (r *run) matches() {}
