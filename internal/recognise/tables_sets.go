package recognise

import (
	"slices"

	"juesuan/internal/report"
)

// sets tells the sets of tables in one file apart (a department's and those
// of its units): a table that the set already has begins the next one. When
// what follows is no second set, only the repeated tables are set apart.
func sets(tables []report.Table) {
	var ids [][]string // table IDs by set
	in := make([]int, len(tables))
	for i, t := range tables {
		n := len(ids) - 1
		switch {
		case t.ID == "" || t.Layout == "": // not read: it belongs to no set
			continue
		case n < 0 || slices.Contains(ids[n], t.ID):
			ids = append(ids, nil)
			n++
		}
		ids[n] = append(ids[n], t.ID)
		in[i] = n
	}
	if whole(ids) {
		for i := range tables {
			tables[i].Set = in[i]
		}
		return
	}
	met := map[string]int{}
	for i := range tables {
		if id := tables[i].ID; id != "" && tables[i].Layout != "" {
			tables[i].Set = met[id]
			met[id]++
		}
	}
}

// whole reports whether each set after the first has most of its tables in
// common with the first.
func whole(ids [][]string) bool {
	for _, set := range ids[min(1, len(ids)):] {
		shared := 0
		for _, id := range set {
			if slices.Contains(ids[0], id) {
				shared++
			}
		}
		if len(set) < 3 || shared*3 < len(set)*2 {
			return false
		}
	}
	return true
}
