package recognise

import (
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// profile reads kind, scope, unit and year.
func profile(r *report.Report, tax *taxonomy.Taxonomy) {}
