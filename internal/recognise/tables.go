package recognise

import (
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// tables recognises the tables by title and header shape.
func tables(r *report.Report, tax *taxonomy.Taxonomy) {}
