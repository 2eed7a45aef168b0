package workbook

import (
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"juesuan/internal/accounts"
	"juesuan/internal/figure"
	"juesuan/internal/taxonomy"
)

// unitSheet writes 单位情况: a field or an item of a list a row.
func (w *writer) unitSheet(s *taxonomy.TemplateSheet) {
	year := ""
	if w.a.Year != 0 {
		year = strconv.Itoa(w.a.Year)
	}
	single := map[string]string{
		fieldUnit: w.a.Unit, fieldScope: w.a.Scope, fieldKind: string(w.a.Kind), fieldYear: year,
		fieldMoney: string(w.a.Money), fieldInput: string(w.input), fieldForm: w.a.Form,
	}
	lists := map[string][]string{fieldDuty: w.a.Duties, fieldOffice: w.a.Offices, fieldSubordinates: w.a.Subordinates}
	row := firstRow
	line := func(r *taxonomy.TemplateRow, value string) {
		w.text(1, row, r.Title(), lookLabel)
		w.text(2, row, value, lookWords)
		w.text(3, row, r.Note, lookNote)
		w.do(w.f.SetRowHeight(w.sheet, row, max(height(value, 70), height(r.Note, 46))))
		if len(r.Options) > 0 {
			w.choices(2, row, row, w.options(r), r.Note)
		}
		row++
	}
	for i := range s.Rows {
		r := &s.Rows[i]
		list, ok := lists[r.Key]
		if !ok {
			line(r, single[r.Key])
			continue
		}
		for k := range max(r.Times, len(list)) {
			v := ""
			switch {
			case k < len(list):
				v = list[k]
			case r.Key == fieldOffice && list != nil && k == 0:
				v = none
			}
			line(r, v)
		}
	}
}

// options are the answers of a field; 样式 are those that the data have.
func (w *writer) options(r *taxonomy.TemplateRow) []string {
	if r.Key != fieldForm {
		return r.Options
	}
	var out []string
	for _, s := range w.tax.Sentences.All() {
		if !slices.Contains(out, s.Form) {
			out = append(out, s.Form)
		}
	}
	for _, s := range w.tax.Forms.All() {
		if !slices.Contains(out, s.Form) {
			out = append(out, s.Form)
		}
	}
	return out
}

// lookup is the formula of a 科目's name.
func (w *writer) lookup(col, row int, code string) {
	sheet := ""
	for i := range w.tax.Template.Sheets {
		if w.tax.Template.Sheets[i].Kind == "目录" {
			sheet = w.tax.Template.Sheets[i].Name
		}
	}
	cell := at(col-1, row)
	f := fmt.Sprintf(`IF(%s="","",IFERROR(VLOOKUP(%s&"",'%s'!$A$%d:$B$%d,2,FALSE),"目录中没有"))`,
		cell, cell, sheet, firstRow, firstRow+len(w.catalogue().codes))
	name := ""
	if code != "" {
		if name = w.catalogue().names[code]; name == "" {
			name = "目录中没有"
		}
	}
	w.formula(col, row, f, name, lookName)
}

func (w *writer) catalogue() *catalogue {
	if w.cat == nil {
		w.cat = newCatalogue(w.tax, w.a.Year)
	}
	return w.cat
}

// coded writes a table with a 科目 a row and 合计 above them.
func (w *writer) coded(s *taxonomy.TemplateSheet) {
	codes := map[string]bool{}
	for c := range w.left.cells {
		if c.Table == s.Table && isCode(c.Row) && slices.ContainsFunc(s.Columns, func(x taxonomy.TemplateColumn) bool { return x.Key == c.Col }) {
			codes[c.Row] = true
		}
	}
	entered := slices.Sorted(maps.Keys(codes))
	leaf := map[string]bool{}
	for i, c := range entered {
		leaf[c] = i+1 == len(entered) || !strings.HasPrefix(entered[i+1], c)
	}
	if s.List != "" {
		for _, i := range w.tax.Codes.Econ.All(w.a.Year) {
			if i.Level == 2 {
				codes[i.Code] = true
			}
		}
	}
	list := slices.Sorted(maps.Keys(codes))
	end := firstRow + max(len(list)+s.Free/4, s.Free)
	if s.List != "" {
		end = firstRow + len(list) + s.Free
	}
	// 合计: the lowest 科目 only.
	w.text(1, firstRow, total, lookLabel)
	w.text(2, firstRow, "", lookDead)
	w.text(3, firstRow, "", lookDead)
	for i := range s.Columns {
		c := &s.Columns[i]
		col := first(s) + i
		var sum accounts.Fen
		for _, k := range entered {
			if leaf[k] {
				sum += w.rowSum(s, c, k)
			}
		}
		if f, ok := take(w.left.cells, accounts.Cell{Table: s.Table, Row: total, Col: c.Key}); ok {
			w.money(col, firstRow, f) // entered: it stands in place of the formula
			continue
		}
		w.formula(col, firstRow, fmt.Sprintf(`SUMIF($C$%d:$C$%d,"末级",%s%d:%s%d)`,
			firstRow+1, end, column(col), firstRow+1, column(col), end), sum.Exact(w.input), lookCalc)
	}
	for row := firstRow + 1; row <= end; row++ {
		k := ""
		if n := row - firstRow - 1; n < len(list) {
			k = list[n]
		}
		w.text(1, row, k, lookCode)
		w.lookup(2, row, k)
		level := ""
		switch {
		case leaf[k] || k != "" && !slices.Contains(entered, k):
			level = "末级"
		case k != "":
			level = "上级"
		}
		w.formula(3, row, fmt.Sprintf(`IF(A%d="","",IF(SUMPRODUCT(--($A$%d:$A$%d&""=A%d&""))>1,"重复",IF(SUMPRODUCT(--(LEFT($A$%d:$A$%d&"",LEN(A%d))=A%d&""))>1,"上级","末级")))`,
			row, firstRow+1, end, row, firstRow+1, end, row, row), level, lookName)
		for i := range s.Columns {
			w.codedCell(s, i, row, k)
		}
	}
}

// codedCell writes an amount of a 科目, or its formula.
func (w *writer) codedCell(s *taxonomy.TemplateSheet, i, row int, k string) {
	c := &s.Columns[i]
	col := first(s) + i
	if f, ok := take(w.left.cells, accounts.Cell{Table: s.Table, Row: k, Col: c.Key}); ok && k != "" {
		w.money(col, row, f)
		return
	}
	if len(c.Sum) == 0 {
		w.text(col, row, "", lookMoney)
		return
	}
	var parts []string
	for j := range s.Columns {
		if slices.Contains(c.Sum, s.Columns[j].Key) {
			parts = append(parts, at(first(s)+j, row))
		}
	}
	value := ""
	if k != "" {
		value = w.rowSum(s, c, k).Exact(w.input)
	}
	w.formula(col, row, fmt.Sprintf(`IF(A%d="","",SUM(%s))`, row, strings.Join(parts, ",")), value, lookCalc)
}

// rowSum is an amount of a 科目 as it was entered, or as its formula gives it.
func (w *writer) rowSum(s *taxonomy.TemplateSheet, c *taxonomy.TemplateColumn, k string) accounts.Fen {
	if f, ok := w.a.Cells[accounts.Cell{Table: s.Table, Row: k, Col: c.Key}]; ok || len(c.Sum) == 0 {
		return f
	}
	var sum accounts.Fen
	for _, p := range c.Sum {
		sum += w.a.Cells[accounts.Cell{Table: s.Table, Row: k, Col: p}]
	}
	return sum
}

// lines writes a table with a line a row.
func (w *writer) lines(s *taxonomy.TemplateSheet) {
	rowOf := map[string]int{}
	for i := range s.Rows {
		rowOf[s.Rows[i].Key] = firstRow + i
	}
	for i := range s.Rows {
		r := &s.Rows[i]
		row := firstRow + i
		if r.Group != "" {
			w.group(row, len(s.Columns)+2, r.Group)
			continue
		}
		w.text(1, row, r.Title(), lookLabel)
		for j := range s.Columns {
			c := &s.Columns[j]
			col := first(s) + j
			switch {
			case !applies(r, c):
				w.text(col, row, "", lookDead)
			case len(r.Sum) > 0 && !w.entered(s, r, c):
				var parts []string
				var sum accounts.Fen
				for _, p := range r.Sum {
					parts = append(parts, at(col, rowOf[p]))
					sum += w.lineAmount(s, c, p)
				}
				w.formula(col, row, strings.Join(parts, "+"), sum.Exact(w.input), lookCalc)
			default:
				w.lineCell(s, r, c, col, row)
			}
		}
		w.text(first(s)+len(s.Columns), row, r.Note, lookNote)
	}
}

// target is what a cell of a 行表 says: a cell of the table or a value.
func target(s *taxonomy.TemplateSheet, r *taxonomy.TemplateRow, c *taxonomy.TemplateColumn) (accounts.Cell, accounts.Key) {
	switch {
	case c.Period != "":
		return accounts.Cell{}, accounts.Key{Concept: s.Concept(r), Period: c.Period}
	case r.Count:
		return accounts.Cell{}, accounts.Key{Concept: r.Key, Period: "本年"}
	}
	return accounts.Cell{Table: s.Table, Row: r.Key, Col: c.Key}, accounts.Key{}
}

// applies reports whether a line of a 行表 has the column.
func applies(r *taxonomy.TemplateRow, c *taxonomy.TemplateColumn) bool {
	return len(r.Columns) == 0 || slices.Contains(r.Columns, c.Key) || slices.Contains(r.Columns, c.Title())
}

// entered reports a total that the accounts have themselves: it stands in
// place of the formula.
func (w *writer) entered(s *taxonomy.TemplateSheet, r *taxonomy.TemplateRow, c *taxonomy.TemplateColumn) bool {
	cell, key := target(s, r, c)
	_, a := w.a.Cells[cell]
	_, b := w.a.Values[key]
	return a || b
}

func (w *writer) lineCell(s *taxonomy.TemplateSheet, r *taxonomy.TemplateRow, c *taxonomy.TemplateColumn, col, row int) {
	cell, key := target(s, r, c)
	if cell.Table != "" {
		if f, ok := take(w.left.cells, cell); ok {
			w.money(col, row, f)
			return
		}
		w.text(col, row, "", lookMoney)
		return
	}
	if q, ok := take(w.left.values, key); ok {
		w.quantity(col, row, q, key.Concept)
		return
	}
	w.text(col, row, "", w.inputLook(key.Concept))
}

func (w *writer) inputLook(concept string) string {
	if unit(w.tax, concept).Kind() == figure.Money {
		return lookMoney
	}
	return lookCount
}

// lineAmount is what a line adds to the formula above it.
func (w *writer) lineAmount(s *taxonomy.TemplateSheet, c *taxonomy.TemplateColumn, key string) accounts.Fen {
	for i := range s.Rows {
		r := &s.Rows[i]
		if r.Key != key {
			continue
		}
		var sum accounts.Fen
		for _, p := range r.Sum {
			sum += w.lineAmount(s, c, p)
		}
		if len(r.Sum) > 0 && !w.entered(s, r, c) {
			return sum
		}
		cell, k := target(s, r, c)
		if cell.Table != "" {
			return w.a.Cells[cell]
		}
		f, _ := w.a.Values[k].Fen()
		return f
	}
	return 0
}

func (w *writer) group(row, cols int, s string) {
	for c := 1; c <= cols; c++ {
		w.text(c, row, "", lookGroup)
	}
	w.text(1, row, s, lookGroup)
}

// data writes quantities, a concept a row and a period a column.
func (w *writer) data(s *taxonomy.TemplateSheet) {
	row := firstRow
	line := func(r *taxonomy.TemplateRow, k accounts.Key, free bool) {
		label, codeLook := lookLabel, lookDead
		if free {
			label, codeLook = lookWords, lookCode
		}
		w.text(1, row, r.Key, label)
		w.text(2, row, k.Func, codeLook)
		w.lookup(3, row, k.Func)
		u := ""
		if r.Key != "" {
			if u = string(unit(w.tax, r.Key)); u == string(figure.Yuan) {
				w.formula(4, row, w.inputCell(), string(w.input), lookName)
			}
		}
		if u != string(figure.Yuan) {
			w.text(4, row, u, lookDead)
		}
		for j := range s.Columns {
			key := accounts.Key{Concept: r.Key, Period: s.Columns[j].Period, Func: k.Func}
			if q, ok := take(w.left.values, key); ok && r.Key != "" {
				w.quantity(first(s)+j, row, q, r.Key)
				continue
			}
			w.text(first(s)+j, row, "", w.inputLook(r.Key))
		}
		w.text(first(s)+len(s.Columns), row, r.Note, lookNote)
		row++
	}
	list := rows(s, w.tax, w.a.Form, w.a.Year)
	for i := range list {
		if r := &list[i]; r.Group != "" {
			w.group(row, first(s)+len(s.Columns), r.Group)
			row++
		} else {
			line(r, accounts.Key{}, false)
		}
	}
	// Further values of these periods, those of 科目 among them.
	from := row
	for _, k := range keysInOrder(w.left.values, w.tax) {
		if _, ok := w.left.values[k]; ok && slices.Contains(s.Periods, k.Period) {
			line(&taxonomy.TemplateRow{Key: k.Concept}, k, true)
		}
	}
	for row < from+s.Free {
		line(&taxonomy.TemplateRow{}, accounts.Key{}, true)
	}
}

// subjects writes what is said of single 科目.
func (w *writer) subjects(s *taxonomy.TemplateSheet) {
	codes := map[string]bool{}
	for c := range w.a.Names {
		codes[c] = true
	}
	for c := range w.a.Uses {
		codes[c] = true
	}
	mine := func(k accounts.Key, reason bool) bool {
		return isCode(k.Func) && k.Concept == w.tax.OutlayConcept(k.Func) &&
			slices.ContainsFunc(s.Columns, func(c taxonomy.TemplateColumn) bool { return c.Period == k.Period && c.Reason == reason })
	}
	for k := range w.left.values {
		if mine(k, false) {
			codes[k.Func] = true
		}
	}
	for k := range w.left.reasons {
		if mine(k, true) {
			codes[k.Func] = true
		}
	}
	// The 科目 whose outlay is explained wait here for their words.
	for c := range w.a.Cells {
		if slices.Contains([]string{"05", "08", "09"}, c.Table) && len(c.Row) == 7 && isCode(c.Row) {
			codes[c.Row] = true
		}
	}
	list := slices.Sorted(maps.Keys(codes))
	for n := range max(len(list)+s.Free/4, s.Free) {
		row, k := firstRow+n, ""
		if n < len(list) {
			k = list[n]
		}
		w.text(1, row, k, lookCode)
		w.lookup(2, row, k)
		for j := range s.Columns {
			c := &s.Columns[j]
			col := first(s) + j
			key := accounts.Key{Concept: w.tax.OutlayConcept(k), Period: c.Period, Func: k}
			switch {
			case k == "" && c.Period != "" && !c.Reason: // a free row: the entries without a code are totals
				w.text(col, row, "", lookMoney)
			case k == "":
				w.text(col, row, "", lookWords)
			case c.Reason:
				v, _ := take(w.left.reasons, key)
				w.text(col, row, v, lookWords)
			case c.Period != "":
				if q, ok := take(w.left.values, key); ok {
					w.quantity(col, row, q, key.Concept)
				} else {
					w.text(col, row, "", lookMoney)
				}
			case c.Key == "另用名称":
				v, _ := take(w.left.names, k)
				w.text(col, row, v, lookWords)
			default:
				v, _ := take(w.left.uses, k)
				w.text(col, row, v, lookWords)
			}
		}
	}
}

// reasons writes why totals changed.
func (w *writer) reasons(s *taxonomy.TemplateSheet) {
	row := firstRow
	line := func(k accounts.Key, value string, free bool) {
		label, c := lookLabel, lookDead
		if free {
			label, c = lookWords, lookCode
		}
		w.text(1, row, k.Concept, label)
		w.text(2, row, k.Func, c)
		w.lookup(3, row, k.Func)
		w.text(4, row, k.Period, label)
		w.text(5, row, value, lookWords)
		w.do(w.f.SetRowHeight(w.sheet, row, height(value, 80)))
		row++
	}
	for _, r := range rows(s, w.tax, w.a.Form, w.a.Year) {
		k := accounts.Key{Concept: r.Key, Period: r.Label}
		v, _ := take(w.left.reasons, k)
		line(k, v, false)
	}
	from := row
	for _, k := range keysInOrder(w.left.reasons, w.tax) {
		v, _ := take(w.left.reasons, k)
		line(k, v, true)
	}
	for row < from+s.Free {
		line(accounts.Key{}, "", true)
	}
	w.choices(4, from, row-1, periods, "比较的对象：上年、年初预算等")
}

// pairs writes 文字说明 or 名词解释.
func (w *writer) pairs(s *taxonomy.TemplateSheet) {
	row := firstRow
	line := func(name, text string, free bool) {
		look := lookLabel
		if free {
			look = lookWords
		}
		w.text(1, row, name, look)
		w.text(2, row, text, lookWords)
		w.do(w.f.SetRowHeight(w.sheet, row, height(text, 80)))
		row++
	}
	if s.Kind == "文字" {
		for _, r := range rows(s, w.tax, w.a.Form, w.a.Year) {
			v, _ := take(w.left.notes, r.Key)
			line(r.Key, v, false)
		}
		for _, k := range slices.Sorted(maps.Keys(w.left.notes)) {
			line(k, w.left.notes[k], true)
		}
	} else {
		for _, t := range w.a.Glossary {
			line(t.Name, t.Meaning, true)
		}
	}
	for range s.Free {
		line("", "", true)
	}
}

// more writes what has no place elsewhere.
func (w *writer) more(s *taxonomy.TemplateSheet) {
	row := firstRow
	line := func(a, b, c, d string) {
		for i, v := range []string{a, b, c, d} {
			w.text(i+1, row, v, lookCode)
		}
		w.text(5, row, "", lookCount)
		row++
	}
	for _, c := range slices.SortedFunc(maps.Keys(w.left.cells), compareCells) {
		line("表", c.Table, c.Row, c.Col)
		w.money(5, row-1, w.left.cells[c])
	}
	for _, k := range keysInOrder(w.left.values, w.tax) {
		line("数值", k.Concept, k.Func, k.Period)
		w.quantity(5, row-1, w.left.values[k], k.Concept)
	}
	for range s.Free {
		line("", "", "", "")
	}
	w.choices(1, firstRow, row-1, []string{"表", "数值", "原因"}, "类别：表、数值、原因")
}

// sheets keeps the self-evaluation sheets, which come with a later version.
func (w *writer) sheets() {
	const piece = 30000 // a cell holds 32767 characters
	s := base64.StdEncoding.EncodeToString(w.a.Sheets)
	for row := firstRow; s != ""; row++ {
		n := min(piece, len(s))
		w.text(1, row, s[:n], lookDead)
		s = s[n:]
	}
}

// codes writes the catalogue of 科目.
func (w *writer) codes() {
	for i, c := range w.catalogue().codes {
		w.text(1, firstRow+i, c, lookLabel)
		w.text(2, firstRow+i, w.catalogue().names[c], lookLabel)
	}
}
