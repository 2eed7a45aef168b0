package check

// sentences checks inside sentences and paragraphs (N, S).
func (r *run) sentences() {}
