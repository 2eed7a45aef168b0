package compose

import (
	"fmt"
	"strings"

	"juesuan/internal/accounts"
	"juesuan/internal/figure"
)

// formulas gives every computed cell that prints an amount a formula over the
// cells of the grid, in the first way that the grid prints all parts of.
func (p *printer) formulas() {
	at := p.places()
	for r, row := range p.cells {
		for c, x := range row {
			if p.rows[r][c].Text == "" {
				continue // nothing is printed, so nothing may stand there
			}
			for _, way := range p.b.Parts(x) {
				parts := p.printed(way, at)
				if f := formula(parts, at); f != "" && p.adds(x, parts) {
					p.rows[r][c].Sum = f
					break
				}
			}
		}
	}
}

// place is a cell of the grid.
type place struct{ r, c int }

func (p *printer) places() map[accounts.Cell]place {
	at := map[accounts.Cell]place{}
	for r, row := range p.cells {
		for c, x := range row {
			if x != (accounts.Cell{}) {
				at[x] = place{r, c}
			}
		}
	}
	return at
}

// printed gives the parts of a way that the grid prints; nil when it leaves
// out one that is not zero.
func (p *printer) printed(way []accounts.Cell, at map[accounts.Cell]place) []accounts.Cell {
	var out []accounts.Cell
	for _, x := range way {
		if _, ok := at[x]; ok {
			out = append(out, x)
			continue
		}
		if f, _ := p.b.Cell(x.Table, x.Row, x.Col); f != 0 {
			return nil
		}
	}
	return out
}

// formula adds cells: B3+B4, or SUM(C5:C8,C12) for more than three.
func formula(parts []accounts.Cell, at map[accounts.Cell]place) string {
	var list []place
	for _, x := range parts {
		list = append(list, at[x])
	}
	if len(list) < 4 {
		var names []string
		for _, q := range list {
			names = append(names, excel(q))
		}
		return strings.Join(names, "+")
	}
	var names []string
	for i := 0; i < len(list); {
		j := i + 1
		for j < len(list) && list[j].c == list[i].c && list[j].r == list[j-1].r+1 {
			j++
		}
		if j-i > 1 {
			names = append(names, excel(list[i])+":"+excel(list[j-1]))
		} else {
			names = append(names, excel(list[i]))
		}
		i = j
	}
	return "SUM(" + strings.Join(names, ",") + ")"
}

// excel names a cell of the grid: B3.
func excel(q place) string {
	name := ""
	for n := q.c + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return fmt.Sprintf("%s%d", name, q.r+1)
}

// remains reports whether the rounded parts of some printed sum do not add to
// its print (尾差). Printed in 元 nothing is rounded.
func (p *printer) remains() bool {
	if p.b.PrintUnit() == figure.Yuan {
		return false
	}
	at := p.places()
	for x := range at {
		for _, way := range p.b.Parts(x) {
			parts := p.printed(way, at)
			if len(parts) == 0 {
				continue
			}
			whole, _ := p.b.Cell(x.Table, x.Row, x.Col)
			left := whole.Hundredths(p.b.PrintUnit())
			for _, y := range parts {
				f, _ := p.b.Cell(y.Table, y.Row, y.Col)
				left -= f.Hundredths(p.b.PrintUnit())
			}
			if left != 0 {
				return true
			}
		}
	}
	return false
}

// adds reports whether the exact parts are the cell: a total taken from a
// print is not the sum of its rounded parts.
func (p *printer) adds(x accounts.Cell, parts []accounts.Cell) bool {
	left, _ := p.b.Cell(x.Table, x.Row, x.Col)
	for _, y := range parts {
		f, _ := p.b.Cell(y.Table, y.Row, y.Col)
		left -= f
	}
	return left == 0
}
