package pdf

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"juesuan/internal/document"
)

// Indents of names, which tell the level of a 科目 where codes are missing.

// edge is where the text of a cell begins, for the indents of a name column.
type edge struct {
	x, size float64
	left    bool // set flush left: more room on its right than on its left
}

func edgeOf(ls []line, box document.Box) edge {
	l := ls[0]
	em := 0.0
	for _, c := range l.Chars {
		em = max(em, c.X1-c.X0)
	}
	room := box.X1 - l.X1
	flush := room > 1.6*(l.X0-box.X0)+em
	if len(ls) > 1 {
		flush = room < 1.5*em && l.X0-box.X0 < 4*em // a name that fills its first line
	}
	return edge{x: l.X0, size: em, left: flush}
}

const minNames = 5 // of a column, for its indents to mean levels

// indent sets Indent of the cells of each column from how far their text
// begins right of the leftmost: names without codes show their level so.
func indent(rows [][]document.Cell, edges map[[2]int]edge) {
	if len(rows) == 0 {
		return
	}
	for c := range rows[0] {
		var flush []float64
		for r := range rows {
			if e, ok := edges[[2]int{r, c}]; ok && e.left && isName(rows[r][c].Text) {
				flush = append(flush, e.x)
			}
		}
		if len(flush) < minNames {
			continue
		}
		least := slices.Min(flush)
		for r := range rows {
			// A long name leaves no room to tell; it stands where others do.
			e, ok := edges[[2]int{r, c}]
			if ok && e.size > 0 && isName(rows[r][c].Text) &&
				slices.ContainsFunc(flush, func(x float64) bool { return math.Abs(x-e.x) < 1.5 }) {
				rows[r][c].Indent = int((e.x-least)/e.size + 0.3)
			}
		}
	}
}

func isName(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Han, r) || r == '(' || r == '（' || r == '“'
}
