package check

import (
	"testing"

	"juesuan/internal/report"
)

// TestDetailsLeavePartsOut: what is part of another row with amounts is not
// summed again, whether the form says 其中 or not; parts of a blank row are.
func TestDetailsLeavePartsOut(t *testing.T) {
	row := func(key, part string, printed bool) report.Row {
		id := report.None
		if printed {
			id = 0
		}
		return report.Row{Key: key, Name: key, Part: part, Block: "收入", Cells: []report.Cell{{Figure: id}}}
	}
	for _, whole := range []bool{true, false} {
		g := newGrid(&report.Table{Columns: []report.Column{{Key: "决算数"}}, Rows: []report.Row{
			row("财政拨款收入", "", whole), row("一般公共预算财政拨款收入", "财政拨款收入", true),
			row("事业收入", "", true), row("教育收费", "事业收入", true), row("本年收入合计", "", true),
		}})
		want := 2
		if !whole {
			want = 3
		}
		if got := g.details("收入"); len(got) != want {
			t.Errorf("whole printed %v: rows %v, want %d", whole, got, want)
		}
	}
}
