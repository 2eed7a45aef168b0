package recognise

import (
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// narrative reads the sections and their sentences.
func narrative(r *report.Report, tax *taxonomy.Taxonomy) {}
