// Package recognise turns a Document into a Report: who speaks of which year
// (profile), the tables by their layout, the narrative by its clause grammar.
// It knows nothing of file formats.
package recognise

import (
	"juesuan/internal/document"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// Report understands a document. It never fails: what it does not understand
// stays in the Document, and tables it cannot read carry a Problem.
func Report(doc *document.Document, tax *taxonomy.Taxonomy) *report.Report {
	r := &report.Report{Document: doc, TableText: map[int]int{}}
	fold(r)
	profile(r, tax)
	tables(r, tax)
	narrative(r, tax)
	return r
}
