package check

import (
	"testing"

	"juesuan/internal/document"
	"juesuan/internal/report"
)

func TestErrorsOfUnruledTablesAreSuspicions(t *testing.T) {
	for _, ruled := range []bool{true, false} {
		doc := &document.Document{Blocks: []document.Block{{Kind: document.TableBlock, Table: &document.Table{Ruled: ruled}}}}
		rep := &report.Report{Document: doc, Tables: []report.Table{{ID: "05", Blocks: []int{0}}}}
		id := rep.Add(report.Figure{Table: 0})
		r := &run{rep: rep, findings: []Finding{{Severity: Error, Message: "甲", figures: []report.ID{id}}}}
		r.unruled()
		want := Error
		if !ruled {
			want = Suspect
		}
		if got := r.findings[0].Severity; got != want {
			t.Errorf("ruled %v: severity %s, want %s", ruled, got, want)
		}
	}
}
