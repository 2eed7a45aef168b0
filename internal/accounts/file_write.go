package accounts

import (
	"cmp"
	"encoding/base64"
	"slices"
	"strconv"

	"juesuan/internal/figure"
	"juesuan/internal/taxonomy"
)

// WriteYAML writes accounts for people to edit. The same accounts always give
// the same bytes; Read gives the same accounts back.
func WriteYAML(a *Accounts, tax *taxonomy.Taxonomy) []byte { return tree(a, tax).yaml() }

// WriteJSON writes the accounts with the completed tables (决算表), in the
// shape of docs/accounts.schema.json. Read gives the same accounts back.
func WriteJSON(b *Books) []byte {
	n := tree(b.Accounts, b.tax)
	n.add(keyComplete, b.tree())
	return n.json()
}

// tree makes the file of accounts.
func tree(a *Accounts, tax *taxonomy.Taxonomy) *node {
	n := newMap()
	for _, x := range []struct{ key, value string }{
		{keyUnit, a.Unit}, {keyScope, a.Scope}, {keyKind, string(a.Kind)},
	} {
		if x.value != "" {
			n.add(x.key, newText(x.value))
		}
	}
	if a.Year != 0 {
		n.add(keyYear, newNumber(strconv.Itoa(a.Year)))
	}
	if a.Money != "" {
		n.add(keyMoney, newText(string(a.Money)))
	}
	if a.Form != "" {
		n.add(keyForm, newText(a.Form))
	}
	n.add(keyTables, a.tablesTree())
	n.add(keyNames, textTree(a.Names))
	n.add(keyValues, keyedTree(a.Values, tax, a.value))
	n.add(keyReasons, keyedTree(a.Reasons, tax, newText))
	n.add(keyUses, textTree(a.Uses))
	n.add(keyDuties, texts(a.Duties))
	n.add(keyOffices, texts(a.Offices))
	n.add(keySubordinates, texts(a.Subordinates))
	n.add(keyNotes, textTree(a.Notes))
	if len(a.Glossary) > 0 {
		list := &node{kind: sequence}
		for _, t := range a.Glossary {
			e := newMap()
			e.add("名词", newText(t.Name))
			e.add("解释", newText(t.Meaning))
			list.vals = append(list.vals, e)
		}
		n.add(keyGlossary, list)
	}
	if len(a.Sheets) > 0 {
		n.add(keySheets, newText(base64.StdEncoding.EncodeToString(a.Sheets)))
	}
	return n
}

func textTree(m map[string]string) *node {
	if len(m) == 0 {
		return nil
	}
	n := newMap()
	for _, k := range sorted(m, cmp.Compare[string]) {
		n.add(k, newText(m[k]))
	}
	return n
}

func (a *Accounts) tablesTree() *node {
	if len(a.Cells) == 0 {
		return nil
	}
	n := newMap()
	var table, row *node
	var at Cell
	for _, c := range sorted(a.Cells, compareCells) {
		if table == nil || c.Table != at.Table {
			table, row = newMap(), nil
			n.add(c.Table, table)
		}
		if row == nil || c.Row != at.Row {
			row = newMap()
			table.add(c.Row, row)
		}
		row.add(c.Col, newNumber(a.Cells[c].Exact(a.PrintUnit())))
		at = c
	}
	return n
}

// value writes a quantity: money in the stated unit as a number, the rest and
// money that was entered otherwise with its unit.
func (a *Accounts) value(q Quantity) *node {
	if q.Unit == figure.Yuan && q.Decimals == 2 {
		return newNumber(Fen(q.Coef).Exact(a.PrintUnit()))
	}
	return newText(q.Digits() + string(q.Unit))
}

// keyedTree writes concept, period and then one value or one for each 科目.
func keyedTree[T any](m map[Key]T, tax *taxonomy.Taxonomy, leaf func(T) *node) *node {
	if len(m) == 0 {
		return nil
	}
	rank := map[string]int{}
	for i, c := range tax.Concepts.All() {
		rank[c.Name] = i
	}
	split := map[[2]string]bool{} // these have values by 科目
	for k := range m {
		if k.Func != "" {
			split[[2]string{k.Concept, k.Period}] = true
		}
	}
	keys := sorted(m, func(x, y Key) int {
		return cmp.Or(
			cmp.Compare(rank[x.Concept], rank[y.Concept]), cmp.Compare(x.Concept, y.Concept),
			cmp.Compare(slices.Index(periods, x.Period), slices.Index(periods, y.Period)), cmp.Compare(x.Period, y.Period),
			cmp.Compare(x.Func, y.Func))
	})
	n := newMap()
	var concept, period *node
	var at Key
	for _, k := range keys {
		if concept == nil || k.Concept != at.Concept {
			concept, period = newMap(), nil
			n.add(k.Concept, concept)
		}
		switch {
		case !split[[2]string{k.Concept, k.Period}]:
			concept.add(k.Period, leaf(m[k]))
			period = nil
		default:
			if period == nil || k.Period != at.Period {
				period = newMap()
				concept.add(k.Period, period)
			}
			name := k.Func
			if name == "" {
				name = whole
			}
			period.add(name, leaf(m[k]))
		}
		at = k
	}
	return n
}

func sorted[K comparable, V any](m map[K]V, less func(a, b K) int) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, less)
	return keys
}

// compareCells orders cells as the tables print them: the lines of 合计, codes, other lines.
func compareCells(x, y Cell) int {
	rank := func(r string) int {
		switch {
		case isCode(r):
			return 1000
		case r == total:
			return -1
		}
		if i := slices.Index(lineOrder, r); i >= 0 {
			return i
		}
		return 2000
	}
	col := func(c string) int {
		if i := slices.Index(columnOrder, c); i >= 0 {
			return i
		}
		return 2000
	}
	return cmp.Or(cmp.Compare(x.Table, y.Table), cmp.Compare(rank(x.Row), rank(y.Row)), cmp.Compare(x.Row, y.Row),
		cmp.Compare(col(x.Col), col(y.Col)), cmp.Compare(x.Col, y.Col))
}

// tree makes the completed tables: for each its name and rows in print order.
func (b *Books) tree() *node {
	n := newMap()
	for _, t := range []string{"01", "02", "03", "04", "05", "06", "07", "08", "09"} {
		table := newMap()
		for _, l := range b.tax.Layouts.All {
			if l.Table == t {
				table.add("名称", newText(l.Name))
				break
			}
		}
		rows := &node{kind: sequence}
		byRow := map[string][]Cell{}
		for c := range b.cells {
			if c.Table == t {
				byRow[c.Row] = append(byRow[c.Row], c)
			}
		}
		for _, r := range b.Rows(t) {
			row := newMap()
			if r.Side != "" {
				row.add("侧", newText(r.Side))
			}
			row.add("行", newText(r.Key))
			if r.Code != "" {
				row.add("名称", newText(r.Name))
			}
			amounts := newMap()
			cells := byRow[r.Key]
			slices.SortFunc(cells, compareCells)
			for _, c := range cells {
				amounts.add(c.Col, newNumber(b.cells[c].Exact(b.PrintUnit())))
			}
			row.add("数", amounts)
			rows.vals = append(rows.vals, row)
		}
		table.add("行", rows)
		n.add(t, table)
	}
	return n
}

// lineOrder and columnOrder are the canonical keys in the order of the forms.
var (
	lineOrder = slices.Concat(
		[]string{fiscal},
		[]string{"一般公共预算财政拨款收入", "政府性基金预算财政拨款收入", "国有资本经营预算财政拨款收入"},
		sources[1:],
		[]string{"一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款", allIncome, unspent, opening},
		openingParts,
		[]string{fOpening, "年初一般公共预算财政拨款", "年初政府性基金预算财政拨款", "年初国有资本经营预算财政拨款", incomeSum},
		[]string{allOutlay, appropriat}, appropriationParts, []string{closing}, closingParts, []string{fClosing, outlaySum},
		[]string{staffSum, runningSum}, publicItems, []string{"会议费", "培训费"},
	)
	columnOrder = slices.Concat(
		[]string{allIncome}, sources, []string{allOutlay, opening, income, spending, total}, outlays,
		[]string{"人员经费", "公用经费", generalCol, fundCol, capitalCol, closing, budgeted, actual, "上年决算数"},
	)
)
