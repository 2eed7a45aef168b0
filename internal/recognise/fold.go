package recognise

import (
	"juesuan/internal/document"
	"juesuan/internal/report"
)

// fold prepares the folded text of every block once.
func fold(r *report.Report) {
	r.Folded = make([]document.Text, len(r.Document.Blocks))
	for i, b := range r.Document.Blocks {
		if b.Table == nil {
			r.Folded[i] = document.Fold(b.Text)
		}
	}
}
