package compose

import (
	"fmt"
	"slices"
	"strings"

	"juesuan/internal/accounts"
	"juesuan/internal/document"
	"juesuan/internal/taxonomy"
)

// TablePart is one of the nine tables with all that stands around it.
type TablePart struct {
	Table  string           // canonical: "01" … "09"
	Title  string           // as printed
	Tag    string           // 公开01表, "" where the place prints none
	Blocks []document.Block // 表号, title, unit line, the table, notes
	Grid   *document.Table  // the table among the blocks
	// Cells names the cell of the books that a cell of the grid prints; the
	// zero Cell is a label or a blank. Same shape as Grid.Rows.
	Cells [][]accounts.Cell
	Empty bool // printed without amounts, with its statement
}

// Tables prints the nine tables in the form that the accounts choose. A table
// always comes out, whatever is missing in the books.
func Tables(b *accounts.Books, tax *taxonomy.Taxonomy) []TablePart {
	set := tax.Forms.Choose(b.Form, b.Year)
	var out []TablePart
	for i := range set.Tables {
		f := &set.Tables[i]
		empty := b.Empty(f.Table)
		if empty && f.Optional {
			continue
		}
		p := &printer{b: b, set: set, form: f, zero: f.Zero, empty: empty}
		if p.zero == "" {
			p.zero = set.Zero
		}
		out = append(out, p.part())
	}
	return out
}

// printer prints one table.
type printer struct {
	b     *accounts.Books
	set   *taxonomy.FormSet
	form  *taxonomy.TableForm
	zero  taxonomy.Zero
	empty bool

	columns []taxonomy.FormColumn // those that are printed
	rows    [][]document.Cell
	cells   [][]accounts.Cell
}

func (p *printer) part() TablePart {
	p.choose()
	head := p.header()
	switch p.form.Table {
	case "01", "04":
		p.sides()
	case "06":
		p.groups()
	case "07":
		p.items()
	default:
		p.coded()
	}
	grid := &document.Table{Rows: p.rows, HeaderRows: head, Ruled: true}
	for _, c := range p.columns {
		grid.Widths = append(grid.Widths, c.Width)
	}
	p.formulas()
	out := TablePart{Table: p.form.Table, Title: p.form.Title, Grid: grid, Cells: p.cells, Empty: p.empty}
	if p.form.Tag != "无" {
		out.Tag = p.form.Tag
	}
	out.Blocks = p.blocks(out)
	return out
}

// blocks are the table and what is printed around it.
func (p *printer) blocks(t TablePart) []document.Block {
	text := func(style document.Style, s string) document.Block {
		return document.Block{Text: document.Text{S: s}, Style: style, Landscape: p.form.Landscape}
	}
	var out []document.Block
	if t.Tag != "" {
		out = append(out, text(document.TableTag, t.Tag))
	}
	out = append(out, text(document.Caption, t.Title))
	if p.set.UnitLine != "" {
		out = append(out, text(document.Unitline, p.fill(p.set.UnitLine)))
	}
	out[0].NewPage = true
	out = append(out, document.Block{Kind: document.TableBlock, Table: t.Grid, Landscape: p.form.Landscape})
	notes := slices.Clone(p.form.Notes)
	if p.set.Remain != "" && p.remains() {
		if len(notes) == 0 {
			notes = []string{"注："}
		}
		notes[0] += p.set.Remain
	}
	if p.empty && p.form.Empty != "" {
		notes = append(notes, p.form.Empty)
	}
	for _, n := range notes {
		out = append(out, text(document.Note, p.fill(n)))
	}
	return out
}

func (p *printer) fill(s string) string {
	scope := p.b.Scope
	if scope == "" {
		scope = "部门"
	}
	return taxonomy.Fill(s, map[string]string{
		"单位": p.b.Unit, "范围": scope, "年度": fmt.Sprint(p.b.Year), "金额单位": string(p.b.PrintUnit()),
	})
}

// choose drops the optional columns without amounts.
func (p *printer) choose() {
	for _, c := range p.form.Columns {
		if c.Optional && !p.used(func(x accounts.Cell) bool { return x.Col == c.Key }) {
			continue
		}
		p.columns = append(p.columns, c)
	}
	// A group of columns that shrank to one needs no second level.
	for i, c := range p.columns {
		top, rest, deep := strings.Cut(c.Head, "/")
		if !deep || rest != "小计" {
			continue
		}
		alone := true
		for j, o := range p.columns {
			alone = alone && (i == j || !strings.HasPrefix(o.Head, top+"/"))
		}
		if alone {
			p.columns[i].Head = top
		}
	}
}

// used reports whether the table has an amount in a cell.
func (p *printer) used(is func(accounts.Cell) bool) bool {
	for c, f := range p.b.All() {
		if c.Table == p.form.Table && f != 0 && is(c) {
			return true
		}
	}
	return false
}

// header lays out the header rows and the row of column numbers; it gives
// how many rows they take.
func (p *printer) header() int {
	var paths [][]string
	depth := 1
	for _, c := range p.columns {
		path := strings.Split(c.Head, "/")
		paths = append(paths, path)
		depth = max(depth, len(path))
	}
	for i := range paths {
		for len(paths[i]) < depth {
			paths[i] = append(paths[i], "")
		}
	}
	for l := range depth {
		p.addRow()
		for c := 0; c < len(paths); {
			if paths[c][l] == "" && l > 0 {
				c++
				continue
			}
			down := 1
			for l+down < depth && paths[c][l+down] == "" {
				down++
			}
			end := c + 1
			for end < len(paths) && l+down < depth && sameHead(paths[c], paths[end], l, down) && p.columns[c].Side == p.columns[end].Side {
				end++
			}
			// Groups of one side that go on over several groups of columns share their head.
			for end < len(paths) && l == 0 && l+down < depth && p.form.Groups != nil && sameHead(paths[c], paths[end], l, down) {
				end++
			}
			p.rows[l][c] = document.Cell{Text: paths[c][l], RowSpan: down, ColSpan: end - c, Align: document.AlignCenter, Bold: true}
			c = end
		}
	}
	for r := range p.rows {
		for c := range p.rows[r] {
			p.cover(r, c)
		}
	}
	if p.numbers() {
		depth++
	}
	return depth
}

// sameHead reports whether two header paths are one cell at the level.
func sameHead(a, b []string, level, down int) bool {
	if !slices.Equal(a[:level+down], b[:level+down]) {
		return false
	}
	return level+down >= len(b) || b[level+down] != ""
}

// numbers adds the row that numbers the amount columns.
func (p *printer) numbers() bool {
	if p.form.Numbers == "" || p.form.Numbers == "无" {
		return false
	}
	r := p.addRow()
	n := 0
	for c, col := range p.columns {
		text := ""
		switch {
		case !col.IsName():
			n++
			text = fmt.Sprint(n)
		case p.form.Numbers == "栏次" && (col.Key == "项目" || c == 0):
			text = "栏次"
		}
		p.rows[r][c] = document.Cell{Text: text, RowSpan: 1, ColSpan: 1, Align: document.AlignCenter}
	}
	if p.codeAndName() {
		p.span(r, 0, 2)
	}
	return true
}

// codeAndName reports whether the first two columns are 编码 and 名称.
func (p *printer) codeAndName() bool {
	return len(p.columns) > 1 && p.columns[0].Key == "编码" && p.columns[1].Key == "名称"
}

func (p *printer) addRow() int {
	row := make([]document.Cell, len(p.columns))
	for i := range row {
		row[i] = document.Cell{RowSpan: 1, ColSpan: 1}
	}
	p.rows = append(p.rows, row)
	p.cells = append(p.cells, make([]accounts.Cell, len(p.columns)))
	return len(p.rows) - 1
}

// span merges n cells of a row from column c.
func (p *printer) span(r, c, n int) {
	p.rows[r][c].ColSpan = n
	p.cover(r, c)
}

// cover marks the cells under a merged cell.
func (p *printer) cover(r, c int) {
	x := p.rows[r][c]
	if x.Covered || x.RowSpan*x.ColSpan < 2 {
		return
	}
	for i := range x.RowSpan {
		for j := range x.ColSpan {
			if i+j > 0 {
				p.rows[r+i][c+j] = document.Cell{Covered: true, RowSpan: 1, ColSpan: 1}
			}
		}
	}
}

// put prints an amount of the books.
func (p *printer) put(r, c int, x accounts.Cell) {
	f, ok := p.b.Cell(x.Table, x.Row, x.Col)
	cell := &p.rows[r][c]
	cell.Align = document.AlignRight
	if !ok && x.Table != "06" { // 06 may list 款 that the unit does not have
		return
	}
	p.cells[r][c] = x
	if f == 0 && (p.zero == taxonomy.ZeroBlank || p.empty) {
		return
	}
	cell.Text = p.b.Print(f)
	cell.Number = f.Exact(p.b.PrintUnit())
}

// label prints words.
func (p *printer) label(r, c int, s string, align document.Align, indent int, bold bool) {
	cell := &p.rows[r][c]
	cell.Text, cell.Align, cell.Indent, cell.Bold = s, align, indent, bold
}

// coded prints a table by 功能分类: 合计, then 类, 款 and 项.
func (p *printer) coded() {
	rows := p.b.Rows(p.form.Table)
	if p.form.Total == "后" && len(rows) > 1 {
		rows = append(rows[1:], rows[0])
	}
	for _, row := range rows {
		r := p.addRow()
		for c, col := range p.columns {
			switch {
			case row.Code == "" && col.IsName():
			case col.Key == "编码":
				p.label(r, c, row.Code, document.AlignLeft, 0, false)
			case col.Key == "类", col.Key == "款", col.Key == "项":
				p.label(r, c, piece(row.Code, col.Key), document.AlignCenter, 0, false)
			case col.Key == "名称", col.Key == "项目":
				p.label(r, c, row.Name, document.AlignLeft, 0, false)
			default:
				p.put(r, c, accounts.Cell{Table: p.form.Table, Row: row.Key, Col: col.Key})
				p.rows[r][c].Bold = row.Code == ""
			}
		}
		if row.Code == "" {
			n := 0
			for n < len(p.columns) && p.columns[n].IsName() {
				n++
			}
			p.label(r, 0, row.Name, document.AlignCenter, 0, true)
			p.span(r, 0, n)
		}
	}
}

// piece is the part of a code that a column 类, 款 or 项 prints.
func piece(code, key string) string {
	at := map[string][2]int{"类": {0, 3}, "款": {3, 5}, "项": {5, 7}}[key]
	if len(code) < at[1] {
		return ""
	}
	return code[at[0]:at[1]]
}

// sides prints 01 or 04: the lines of both sides from the top, their feet level.
func (p *printer) sides() {
	var tops, feet [2][]taxonomy.FormLine
	for i, s := range p.form.Sides {
		if i > 1 {
			break
		}
		tops[i] = p.lines(s)
		for _, l := range s.Foot {
			if l.Optional && !p.lineUsed(l.Key) {
				l = taxonomy.FormLine{}
			}
			feet[i] = append(feet[i], l)
		}
	}
	top := max(len(tops[0]), len(tops[1]))
	length := top + len(feet[0])
	first := len(p.rows)
	for range length {
		p.addRow()
	}
	for i, s := range p.form.Sides {
		if i > 1 {
			break
		}
		all := append(slices.Clone(tops[i]), make([]taxonomy.FormLine, top-len(tops[i]))...)
		all = append(all, feet[i]...)
		for n, l := range all {
			p.sideLine(first+n, s.Side, l, n+1+i*length)
		}
	}
}

func (p *printer) sideLine(r int, side string, l taxonomy.FormLine, number int) {
	for c, col := range p.columns {
		if col.Side != side {
			continue
		}
		switch {
		case col.Key == "行次":
			p.label(r, c, fmt.Sprint(number), document.AlignCenter, 0, false)
		case l.Key == "":
		case col.IsName():
			align := document.AlignLeft
			if l.Center {
				align = document.AlignCenter
			}
			p.label(r, c, p.name(l), align, l.Indent, l.Center)
		default:
			p.put(r, c, accounts.Cell{Table: p.form.Table, Row: l.Key, Col: col.Key})
			p.rows[r][c].Bold = l.Center
		}
	}
}

// name is the print of a line.
func (p *printer) name(l taxonomy.FormLine) string {
	switch {
	case l.Name != "":
		return l.Name
	case p.set.Names[l.Key] != "":
		return p.set.Names[l.Key]
	}
	return l.Key
}

func (p *printer) lineUsed(key string) bool {
	return p.used(func(c accounts.Cell) bool { return c.Row == key })
}

// lines are the top of a side, with class lines and numbers in place.
func (p *printer) lines(s taxonomy.FormSide) []taxonomy.FormLine {
	var out []taxonomy.FormLine
	n := 0
	for _, l := range s.Lines {
		if l.Optional && !p.lineUsed(l.Key) {
			continue
		}
		if strings.Contains(l.Name, "{序}") {
			n++
			l.Name = strings.ReplaceAll(l.Name, "{序}", chinese(n))
		}
		out = append(out, l)
	}
	if s.Classes == "" {
		return out
	}
	for _, row := range p.b.Rows(p.form.Table) {
		if row.Code == "" || row.Side != s.Side {
			continue
		}
		if (s.Classes == "有数" || slices.Contains(s.Unused, row.Code)) && !p.lineUsed(row.Key) {
			continue
		}
		n++
		out = append(out, taxonomy.FormLine{Key: row.Key, Name: chinese(n) + "、" + row.Name})
	}
	return out
}

// chinese writes 1 to 99 in Chinese.
func chinese(n int) string {
	const digits = "零一二三四五六七八九"
	d := []rune(digits)
	switch {
	case n < 10:
		return string(d[n])
	case n < 20:
		return "十" + strings.TrimPrefix(string(d[n%10]), "零")
	}
	return string(d[n/10]) + "十" + strings.TrimPrefix(string(d[n%10]), "零")
}

// groups prints 06: groups of 经济分类 lines side by side, their sums below.
func (p *printer) groups() {
	lists := p.groupLines()
	length := 0
	for _, l := range lists {
		length = max(length, len(l))
	}
	for n := range length {
		r := p.addRow()
		for c, col := range p.columns {
			l := lists[p.group(col)]
			if n >= len(l) {
				continue
			}
			switch {
			case col.Key == "编码":
				p.label(r, c, l[n], document.AlignLeft, 0, false)
			case col.IsName():
				p.label(r, c, p.b.Name(l[n]), document.AlignLeft, 0, false)
			default:
				p.put(r, c, accounts.Cell{Table: p.form.Table, Row: l[n], Col: col.Key})
			}
		}
	}
	p.groupFeet()
}

// group is the index of the group that a column belongs to.
func (p *printer) group(col taxonomy.FormColumn) int {
	for i := range p.form.Groups {
		if col.Side == fmt.Sprint(i+1) {
			return i
		}
	}
	return 0
}

// groupLines gives the codes of each group. A group without classes goes on
// with the lines of the one before.
func (p *printer) groupLines() [][]string {
	out := make([][]string, len(p.form.Groups))
	rows := p.b.Rows(p.form.Table)
	for i := 0; i < len(out); {
		g := p.form.Groups[i]
		var lines []string
		for _, class := range g.Classes {
			lines = append(lines, p.classLines(class, rows, slices.Contains(g.Full, class))...)
		}
		end := i + 1
		for end < len(out) && len(p.form.Groups[end].Classes) == 0 {
			end++
		}
		each := (len(lines) + end - i - 1) / (end - i)
		for k := i; k < end; k++ {
			n := min(each, len(lines))
			out[k], lines = lines[:n], lines[n:]
		}
		i = end
	}
	return out
}

// classLines gives the codes of one 经济分类 类: those with an amount, or also
// those of the year's list.
func (p *printer) classLines(class string, rows []accounts.Row, all bool) []string {
	var out []string
	for _, row := range rows {
		if row.Code != "" && row.Code[:3] == class && !p.nothing(row.Key) {
			out = append(out, row.Code)
		}
	}
	list := &p.b.Taxonomy().Codes.Econ
	if !all || len(list.In(class, p.b.Year)) == 0 {
		return out
	}
	out = append(out, class)
	for _, i := range list.Children(class) {
		if i.In(p.b.Year) && i.Evidence != taxonomy.Likely {
			out = append(out, i.Code)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// nothing reports a line of 06 without an amount: the print leaves it out.
func (p *printer) nothing(row string) bool {
	f, _ := p.b.Cell(p.form.Table, row, "决算数")
	return f == 0
}

// groupFeet prints the sums below the groups, and of both when the form has it.
func (p *printer) groupFeet() {
	r := p.addRow()
	start := 0
	for i, g := range p.form.Groups {
		end := start // columns up to the last of this group
		for c, col := range p.columns {
			if p.group(col) == i {
				end = c + 1
			}
		}
		if g.Foot == "" {
			continue // its columns belong to the foot of the next group
		}
		name := g.Name
		if name == "" {
			name = g.Foot
		}
		p.label(r, start, name, document.AlignCenter, 0, true)
		p.put(r, end-1, accounts.Cell{Table: p.form.Table, Row: g.Foot, Col: p.columns[end-1].Key})
		p.rows[r][end-1].Bold = true
		p.span(r, start, end-1-start)
		start = end
	}
	if p.form.Sum == "" {
		return
	}
	r = p.addRow()
	last := len(p.columns) - 1
	p.label(r, 0, p.form.Sum, document.AlignCenter, 0, true)
	p.put(r, last, accounts.Cell{Table: p.form.Table, Row: "合计", Col: p.columns[last].Key})
	p.span(r, 0, last)
}

// items prints 07: items and measures in rows or columns.
func (p *printer) items() {
	for n, row := range p.form.Rows {
		r := p.addRow()
		for c, col := range p.columns {
			item, key := row.Item, col.Key
			if col.Item != "" {
				item = col.Item
			}
			if row.Key != "" {
				key = row.Key
			}
			switch {
			case col.Key == "行次":
				p.label(r, c, fmt.Sprint(n+1), document.AlignCenter, 0, false)
			case col.IsName():
				p.label(r, c, row.Name, document.AlignLeft, row.Indent, false)
			default:
				p.put(r, c, accounts.Cell{Table: p.form.Table, Row: item, Col: key})
			}
		}
	}
}
