package workbook

import (
	"cmp"
	"maps"
	"slices"

	"juesuan/internal/accounts"
	"juesuan/internal/taxonomy"
)

// rest is what of the accounts has not been written yet. What no worksheet
// has a place for ends in 补充数据, so that Fill loses nothing.
type rest struct {
	cells   map[accounts.Cell]accounts.Fen
	values  map[accounts.Key]accounts.Quantity
	reasons map[accounts.Key]string
	names   map[string]string
	uses    map[string]string
	notes   map[string]string
}

func newRest(a *accounts.Accounts) *rest {
	return &rest{
		cells: maps.Clone(a.Cells), values: maps.Clone(a.Values), reasons: maps.Clone(a.Reasons),
		names: maps.Clone(a.Names), uses: maps.Clone(a.Uses), notes: maps.Clone(a.Notes),
	}
}

// take gives an entry and strikes it off.
func take[K comparable, V any](m map[K]V, k K) (V, bool) {
	v, ok := m[k]
	delete(m, k)
	return v, ok
}

func compareCells(x, y accounts.Cell) int {
	return cmp.Or(cmp.Compare(x.Table, y.Table), cmp.Compare(x.Row, y.Row), cmp.Compare(x.Col, y.Col))
}

// keysInOrder are the keys in the order of the concepts and periods.
func keysInOrder[V any](m map[accounts.Key]V, tax *taxonomy.Taxonomy) []accounts.Key {
	rank := map[string]int{}
	for i := range tax.Concepts.All() {
		rank[tax.Concepts.All()[i].Name] = i
	}
	return slices.SortedFunc(maps.Keys(m), func(x, y accounts.Key) int {
		return cmp.Or(cmp.Compare(rank[x.Concept], rank[y.Concept]), cmp.Compare(x.Concept, y.Concept), cmp.Compare(x.Func, y.Func),
			cmp.Compare(slices.Index(periods, x.Period), slices.Index(periods, y.Period)), cmp.Compare(x.Period, y.Period))
	})
}
