package taxonomy

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"sort"
	"strconv"
)

// Evidence says how well a row of the code lists is known.
type Evidence string

// Evidence, strongest first; data/README.md says what may rest on each.
const (
	Seen   Evidence = "seen"   // code and name stood together in a document that was read
	Known  Evidence = "known"  // recalled from the official books, not checked against one
	Likely Evidence = "likely" // believed
)

// Item is one name of one 科目 for one span of years.
type Item struct {
	Code     string
	Name     string
	Parent   string // code, "" of a 类
	Level    int    // 1 类, 2 款, 3 项
	From, To int    // fiscal years, inclusive; 0: open
	Fund     string // of 功能分类: general, govfund, capital
	Evidence Evidence
	Note     string
}

// In reports whether the name is valid in a fiscal year. Year 0 is any year.
func (i Item) In(year int) bool {
	return year == 0 || (i.From == 0 || i.From <= year) && (i.To == 0 || year <= i.To)
}

// Codes are the 政府收支分类科目. A code that is not in the lists is not
// wrong: the lists are not complete.
type Codes struct {
	Func    CodeList // 支出功能分类
	Econ    CodeList // 部门预算支出经济分类
	classes map[int][]Item
	years   []int
}

// CodeList is one classification.
type CodeList struct {
	byCode   map[string][]Item
	byName   map[string][]Item // by FoldItem
	children map[string][]Item
}

func (x *Codes) load(s *source) error {
	for _, l := range []struct {
		name string
		list *CodeList
	}{{"codes/functional.csv", &x.Func}, {"codes/economic.csv", &x.Econ}} {
		rows, err := readCSV(s, l.name, []string{"code", "name", "parent", "level", "from_year", "to_year", "evidence", "note"})
		if err != nil {
			return err
		}
		if err := l.list.fill(rows); err != nil {
			return err
		}
	}
	rows, err := readCSV(s, "codes/classes-by-year.csv", []string{"year", "order", "code", "name"})
	if err != nil {
		return err
	}
	return x.fillClasses(rows)
}

func (l *CodeList) fill(rows []csvRow) error {
	l.byCode, l.byName, l.children = map[string][]Item{}, map[string][]Item{}, map[string][]Item{}
	levels := map[string]int{"类": 1, "款": 2, "项": 3}
	for _, r := range rows {
		i := Item{
			Code: r.get("code"), Name: r.get("name"), Parent: r.get("parent"), Level: levels[r.get("level")],
			Fund: r.get("fund"), Evidence: Evidence(r.get("evidence")), Note: r.get("note"),
		}
		var err error
		if i.From, err = r.year("from_year"); err != nil {
			return err
		}
		if i.To, err = r.year("to_year"); err != nil {
			return err
		}
		switch {
		case i.Name == "":
			return r.errorf("没有名称")
		case i.Level == 0 || len(i.Code) != 2*i.Level+1 || !digits(i.Code):
			return r.errorf("代码“%s”与级次“%s”不符", i.Code, r.get("level"))
		case i.Level > 1 && i.Parent != i.Code[:len(i.Code)-2]:
			return r.errorf("“%s”的上级应为%s", i.Code, i.Code[:len(i.Code)-2])
		case i.Evidence != Seen && i.Evidence != Known && i.Evidence != Likely:
			return r.errorf("evidence 应为 seen、known 或 likely")
		case i.From != 0 && i.To != 0 && i.From > i.To:
			return r.errorf("年份颠倒")
		}
		l.byCode[i.Code] = append(l.byCode[i.Code], i)
		l.byName[FoldItem(i.Name)] = append(l.byName[FoldItem(i.Name)], i)
		l.children[i.Parent] = append(l.children[i.Parent], i)
	}
	return nil
}

func (x *Codes) fillClasses(rows []csvRow) error {
	x.classes = map[int][]Item{}
	for _, r := range rows {
		y, err := r.year("year")
		if err != nil {
			return err
		}
		if y == 0 || r.get("code") == "" || r.get("name") == "" {
			return r.errorf("缺年份、代码或名称")
		}
		if len(x.classes[y]) == 0 {
			x.years = append(x.years, y)
		}
		x.classes[y] = append(x.classes[y], Item{Code: r.get("code"), Name: r.get("name"), Level: 1, From: y, To: y})
	}
	sort.Ints(x.years)
	return nil
}

// Names gives every name of a code, in the order of the list; nil when the
// code is not in the list.
func (l *CodeList) Names(code string) []Item { return l.byCode[code] }

// In gives the names of a code that are valid in a fiscal year. An empty
// result for a known code is a gap year: no name should be called wrong.
func (l *CodeList) In(code string, year int) []Item {
	var out []Item
	for _, i := range l.byCode[code] {
		if i.In(year) {
			out = append(out, i)
		}
	}
	return out
}

// ByName gives every item of a name; brackets, blanks and a last 支出 do not count.
func (l *CodeList) ByName(name string) []Item { return l.byName[FoldItem(name)] }

// Children gives the items right below a code, "" for the 类.
func (l *CodeList) Children(code string) []Item { return l.children[code] }

// Child finds the item of a name right below a code, "" for the 类; ok is
// false when there is none or the name has two codes there.
func (l *CodeList) Child(parent, name string) (Item, bool) { return l.ChildIn(parent, name, 0) }

// ChildIn is Child among the names of a fiscal year, and when there is none,
// among the names of any year.
func (l *CodeList) ChildIn(parent, name string, year int) (Item, bool) {
	for _, y := range []int{year, 0} {
		var found Item
		alone := true
		for _, i := range l.children[parent] {
			if !i.In(y) || !SameItem(i.Name, name) {
				continue
			}
			alone = alone && (found.Code == "" || found.Code == i.Code)
			found = i
		}
		if found.Code != "" {
			return found, alone
		}
	}
	return Item{}, false
}

// Parent gives the code above: 2080505 → 20805 → 208 → "".
func Parent(code string) string {
	if len(code) < 5 {
		return ""
	}
	return code[:len(code)-2]
}

// Classes gives the 类 rows of the 01 and 04 tables of a fiscal year in their
// printed order; of the nearest year when the year itself is not listed.
func (x *Codes) Classes(year int) []Item {
	if len(x.years) == 0 {
		return nil
	}
	best := x.years[0]
	for _, y := range x.years {
		if abs(y-year) < abs(best-year) {
			best = y
		}
	}
	return x.classes[best]
}

// ClassCode finds the 类 code of a class name as tables 01 and 04 print it:
// by the names of the year, then by those of any year.
func (x *Codes) ClassCode(name string, year int) string {
	for _, i := range x.Classes(year) {
		if SameItem(i.Name, name) {
			return i.Code
		}
	}
	for k := len(x.years) - 1; k >= 0; k-- {
		for _, i := range x.classes[x.years[k]] {
			if SameItem(i.Name, name) {
				return i.Code
			}
		}
	}
	for _, i := range x.Func.ByName(name) {
		if i.Level == 1 {
			return i.Code
		}
	}
	return ""
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

func digits(s string) bool {
	for _, c := range s {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

// csvRow is a row of a csv file that knows its columns and its line.
type csvRow struct {
	file   string
	line   int
	cells  []string
	column map[string]int
}

func (r csvRow) get(column string) string {
	if i, ok := r.column[column]; ok {
		return r.cells[i]
	}
	return ""
}

func (r csvRow) year(column string) (int, error) {
	s := r.get(column)
	if s == "" {
		return 0, nil
	}
	y, err := strconv.Atoi(s)
	if err != nil || y < 1990 || y > 2100 {
		return 0, r.errorf("%s“%s”不是年份", column, s)
	}
	return y, nil
}

func (r csvRow) errorf(format string, args ...any) error {
	return fmt.Errorf("%s：第%d行：%s", r.file, r.line, fmt.Sprintf(format, args...))
}

// readCSV reads one list. A list of the overlay replaces the embedded one whole:
// its rows have no key, a name may have several spans of years.
func readCSV(s *source, name string, need []string) ([]csvRow, error) {
	files, err := s.files(name)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, errors.New(name + "：没有数据")
	}
	f := files[len(files)-1]
	rd := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(f.data, []byte("\ufeff"))))
	head, err := rd.Read()
	if err != nil {
		return nil, fmt.Errorf("%s：读取表头失败：%w", f.name, err)
	}
	column := map[string]int{}
	for i, h := range head {
		column[h] = i
	}
	for _, n := range need {
		if _, ok := column[n]; !ok {
			return nil, fmt.Errorf("%s：表头缺少“%s”", f.name, n)
		}
	}
	var out []csvRow
	for {
		cells, err := rd.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s：%w", f.name, err)
		}
		line, _ := rd.FieldPos(0)
		out = append(out, csvRow{f.name, line, cells, column})
	}
}
