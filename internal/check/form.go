package check

// form checks completeness and form (C).
func (r *run) form() {}
