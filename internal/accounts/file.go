package accounts

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// Keys of the file, in the order in which they are written.
const (
	keyUnit         = "单位"
	keyScope        = "范围"
	keyKind         = "类型"
	keyYear         = "年度"
	keyMoney        = "金额单位"
	keyForm         = "样式"
	keyTables       = "表"
	keyNames        = "科目名称"
	keyValues       = "数值"
	keyReasons      = "原因"
	keyUses         = "主要用途"
	keyDuties       = "职能"
	keyOffices      = "内设机构"
	keySubordinates = "下属单位"
	keyNotes        = "文字"
	keyGlossary     = "名词解释"
	keySheets       = "自评表"
	keyComplete     = "决算表" // output only: the completed tables
)

// whole is the key of the value that is of no single 科目.
const whole = "合计"

// Read reads accounts from yaml or json, as WriteYAML and WriteJSON write
// them. Errors are *document.ReadError in Chinese with the line. The completed
// tables that a json carries are not read: they follow from the entered cells.
func Read(name string, data []byte, tax *taxonomy.Taxonomy) (*Accounts, error) {
	n, err := parseTree(name, data)
	if err != nil {
		return nil, err
	}
	r := &reader{name: name, tax: tax, a: &Accounts{}}
	if err := r.all(n); err != nil {
		return nil, err
	}
	return r.a, nil
}

type reader struct {
	name string
	tax  *taxonomy.Taxonomy
	a    *Accounts
}

func (r *reader) errorf(line int, format string, args ...any) error {
	return problem(r.name, line, format, args...)
}

// each calls f for every pair of a mapping; a key twice is an error.
func (r *reader) each(n *node, what string, f func(k key, v *node) error) error {
	if n.kind == null {
		return nil
	}
	if n.kind != mapping {
		return r.errorf(n.line, "“%s”下面应是“名称: 值”", what)
	}
	seen := map[string]bool{}
	for i, k := range n.keys {
		if seen[k.name] {
			return r.errorf(k.line, "“%s”重复", k.name)
		}
		seen[k.name] = true
		if err := f(k, n.vals[i]); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) all(n *node) error {
	if n.kind != mapping {
		return r.errorf(n.line, "文件应以“%s: …”这样的行组成", keyUnit)
	}
	// Amounts are in the stated unit wherever it stands.
	for i, k := range n.keys {
		if k.name != keyMoney {
			continue
		}
		switch u := figure.Unit(n.vals[i].text); u {
		case figure.Yuan, figure.WanYuan:
			r.a.Money = u
		default:
			return r.errorf(k.line, "金额单位“%s”应为“万元”或“元”", u)
		}
	}
	return r.each(n, "文件", func(k key, v *node) error {
		switch k.name {
		case keyUnit:
			return r.text(k, v, &r.a.Unit)
		case keyScope:
			return r.choice(k, v, &r.a.Scope, "部门", "单位")
		case keyKind:
			var s string
			err := r.choice(k, v, &s, string(Administrative), string(Assimilated), string(Institution))
			r.a.Kind = UnitKind(s)
			return err
		case keyYear:
			y, err := strconv.Atoi(v.text)
			if err != nil || y < 1990 || y > 2100 {
				return r.errorf(k.line, "年度“%s”不是年份", v.text)
			}
			r.a.Year = y
			return nil
		case keyMoney, keyComplete:
			return nil
		case keyForm:
			return r.text(k, v, &r.a.Form)
		case keyTables:
			return r.tables(v)
		case keyNames:
			return r.byCode(k, v, &r.a.Names)
		case keyValues:
			return r.values(v)
		case keyReasons:
			return r.reasons(v)
		case keyUses:
			return r.byCode(k, v, &r.a.Uses)
		case keyDuties:
			return r.list(k, v, &r.a.Duties)
		case keyOffices:
			return r.list(k, v, &r.a.Offices)
		case keySubordinates:
			return r.list(k, v, &r.a.Subordinates)
		case keyNotes:
			return r.byName(k, v, &r.a.Notes)
		case keyGlossary:
			return r.glossary(k, v)
		case keySheets:
			b, err := base64.StdEncoding.DecodeString(v.text)
			if err != nil {
				return r.errorf(k.line, "“%s”不是 base64", keySheets)
			}
			r.a.Sheets = b
			return nil
		}
		return r.errorf(k.line, "不认识“%s”", k.name)
	})
}

// text reads a scalar as text.
func (r *reader) text(k key, v *node, into *string) error {
	if v.kind == mapping || v.kind == sequence {
		return r.errorf(k.line, "“%s”应是一段文字", k.name)
	}
	*into = v.text
	return nil
}

func (r *reader) choice(k key, v *node, into *string, options ...string) error {
	if err := r.text(k, v, into); err != nil {
		return err
	}
	if *into != "" && !slices.Contains(options, *into) {
		return r.errorf(k.line, "“%s”应为%s", k.name, strings.Join(options, "、"))
	}
	return nil
}

func (r *reader) list(k key, v *node, into *[]string) error {
	if v.kind != sequence && v.kind != null {
		return r.errorf(k.line, "“%s”应是列表，每项一行，以“- ”开头", k.name)
	}
	for _, e := range v.vals {
		var s string
		if err := r.text(key{k.name, e.line}, e, &s); err != nil {
			return err
		}
		*into = append(*into, s)
	}
	return nil
}

func (r *reader) byName(k key, v *node, into *map[string]string) error {
	return r.each(v, k.name, func(k key, v *node) error {
		var s string
		if err := r.text(k, v, &s); err != nil {
			return err
		}
		if *into == nil {
			*into = map[string]string{}
		}
		(*into)[k.name] = s
		return nil
	})
}

func (r *reader) byCode(k key, v *node, into *map[string]string) error {
	for _, c := range v.keys {
		if !isCode(c.name) {
			return r.errorf(c.line, "“%s”下的“%s”不是科目编码", k.name, c.name)
		}
	}
	return r.byName(k, v, into)
}

func (r *reader) glossary(k key, v *node) error {
	if v.kind != sequence && v.kind != null {
		return r.errorf(k.line, "“%s”应是列表", k.name)
	}
	for _, e := range v.vals {
		var t Term
		err := r.each(e, k.name, func(k key, v *node) error {
			switch k.name {
			case "名词":
				return r.text(k, v, &t.Name)
			case "解释":
				return r.text(k, v, &t.Meaning)
			}
			return r.errorf(k.line, "不认识“%s”，名词解释的每项是“名词”和“解释”", k.name)
		})
		if err != nil {
			return err
		}
		r.a.Glossary = append(r.a.Glossary, t)
	}
	return nil
}

// tables reads 表: table, row, column, amount.
func (r *reader) tables(n *node) error {
	return r.each(n, keyTables, func(table key, rows *node) error {
		cols, names := r.tax.Layouts.Keys(table.name)
		if cols == nil {
			return r.errorf(table.line, "没有表“%s”，应为 01 至 09", table.name)
		}
		return r.each(rows, "表"+table.name, func(row key, cells *node) error {
			if !names[row.name] && !isCode(row.name) {
				return r.errorf(row.line, "表%s没有“%s”这一行", table.name, row.name)
			}
			return r.each(cells, row.name, func(col key, v *node) error {
				if !cols[col.name] {
					return r.errorf(col.line, "表%s没有“%s”这一列", table.name, col.name)
				}
				if v.kind == null {
					return nil
				}
				f, err := ParseFen(v.text, r.a.PrintUnit())
				if err != nil || v.kind == mapping || v.kind == sequence {
					return r.errorf(col.line, "表%s“%s”的“%s”：%s", table.name, row.name, col.name, reason(err))
				}
				if r.a.Cells == nil {
					r.a.Cells = map[Cell]Fen{}
				}
				r.a.Cells[Cell{table.name, row.name, col.name}] = f
				return nil
			})
		})
	})
}

func reason(err error) string {
	if err == nil {
		return "应是数字"
	}
	return err.Error()
}

// periods that values and reasons may have.
var periods = []string{
	string(report.ThisYear), string(report.LastYear), string(report.LastBudget), string(report.LastExecution),
	string(report.InitialBudget), string(report.FullBudget), string(report.PlainBudget), string(report.OtherYear),
}

// keyed reads concept, period and then one value or one for each 科目.
func (r *reader) keyed(n *node, what string, f func(k Key, at key, v *node) error) error {
	return r.each(n, what, func(concept key, v *node) error {
		c := r.tax.Concepts.ByName(concept.name)
		switch {
		case c == nil:
			return r.errorf(concept.line, "“%s”下不认识“%s”", what, concept.name)
		case c.Name != concept.name:
			return r.errorf(concept.line, "“%s”请写作“%s”", concept.name, c.Name)
		}
		return r.each(v, concept.name, func(period key, v *node) error {
			if !slices.Contains(periods, period.name) {
				return r.errorf(period.line, "“%s”应为%s", period.name, strings.Join(periods, "、"))
			}
			if v.kind != mapping {
				return f(Key{concept.name, period.name, ""}, period, v)
			}
			return r.each(v, period.name, func(code key, v *node) error {
				k := Key{concept.name, period.name, code.name}
				if code.name == whole {
					k.Func = ""
				} else if !isCode(code.name) {
					return r.errorf(code.line, "“%s”不是科目编码", code.name)
				}
				return f(k, code, v)
			})
		})
	})
}

func (r *reader) values(n *node) error {
	return r.keyed(n, keyValues, func(k Key, at key, v *node) error {
		if v.kind == null {
			return nil
		}
		q, err := r.quantity(v)
		if err != nil {
			return r.errorf(at.line, "“%s”的%s：%s", k.Concept, k.Period, err)
		}
		if r.a.Values == nil {
			r.a.Values = map[Key]Quantity{}
		}
		r.a.Values[k] = q
		return nil
	})
}

func (r *reader) reasons(n *node) error {
	return r.keyed(n, keyReasons, func(k Key, at key, v *node) error {
		var s string
		if err := r.text(at, v, &s); err != nil {
			return err
		}
		if r.a.Reasons == nil {
			r.a.Reasons = map[Key]string{}
		}
		r.a.Reasons[k] = s
		return nil
	})
}

// quantity reads a number as money in the stated unit, or a text as a number
// with its unit: 4辆, 1280.5平方米, 12.5%.
func (r *reader) quantity(v *node) (Quantity, error) {
	if v.kind == number {
		f, err := ParseFen(v.text, r.a.PrintUnit())
		return f.Quantity(), err
	}
	if v.kind != text {
		return Quantity{}, fmt.Errorf("应是数字，或带计量单位的数字（如“4辆”）")
	}
	s := strings.TrimSpace(v.text)
	end := strings.IndexFunc(s, func(c rune) bool { return !strings.ContainsRune("-0123456789.,", c) })
	if end < 0 {
		end = len(s)
	}
	coef, decimals, err := parseDecimal(s[:end])
	if err != nil {
		return Quantity{}, err
	}
	unit := figure.Unit(strings.TrimSpace(s[end:]))
	if unit.Kind() == figure.Count && !slices.Contains(units, unit) {
		return Quantity{}, fmt.Errorf("不认识计量单位“%s”", unit)
	}
	return Quantity{coef, decimals, unit}, nil
}

// units that counts may have.
var units = []figure.Unit{
	figure.Item, figure.Person, figure.PersonTime, figure.Vehicle, figure.Batch, figure.Set, figure.Point,
	figure.SquareMetre, figure.Occasion, figure.Group, figure.Firm, figure.Entry, figure.Household, figure.Head,
}

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
