// Package compose writes a unit's accounts as a disclosure: the tables by
// their forms, the narrative by its sentences, the charts. It is the way back
// of internal/recognise and knows nothing of file formats.
package compose

import (
	"fmt"
	"strings"

	"juesuan/internal/accounts"
)

// Options of a build.
type Options struct {
	Draft  bool // mark what is missing instead of stopping
	Charts bool // draw charts
}

// IncompleteError lists everything the disclosure still needs, so that the
// clerk is asked once.
type IncompleteError struct {
	Unit      string
	Missing   []accounts.Missing
	Conflicts []accounts.Conflict
}

func (e *IncompleteError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s：还缺%d项，有%d处不一致，不能生成", e.Unit, len(e.Missing), len(e.Conflicts))
	for i, m := range e.Missing {
		fmt.Fprintf(&b, "\n  %d. %s：%s（填在%s）", i+1, m.Kind, m.What, m.Where)
	}
	for _, c := range e.Conflicts {
		fmt.Fprintf(&b, "\n  不一致：%s", c.Text)
	}
	return b.String()
}
