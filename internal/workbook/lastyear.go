package workbook

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"juesuan/internal/accounts"
	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// FromLastYear takes over what last year's disclosure says of this year: its
// amounts and counts as values of 上年, and, where the accounts have none of
// their own, 职能, 内设机构, what each 科目 is for and the terms. What the
// accounts have stays; where the disclosure says otherwise than its rounding
// explains, that is a problem.
func FromLastYear(rep *report.Report, into *accounts.Accounts, tax *taxonomy.Taxonomy) []Problem {
	l := &lastYear{rep: rep, a: into, tax: tax, from: map[accounts.Key]figure.Figure{}}
	switch {
	case rep.Kind != report.Final:
		return []Problem{{Text: fmt.Sprintf("“%s”不是决算公开文件，没有带入上年数", name(rep)), Remedy: "请换成本单位上年的决算公开文件"}}
	case rep.Year != 0 && into.Year != 0 && rep.Year != into.Year-1:
		return []Problem{{Text: fmt.Sprintf("“%s”是%d年度的，本年是%d年度，没有带入上年数", name(rep), rep.Year, into.Year),
			Remedy: fmt.Sprintf("请换成%d年度的决算公开文件", into.Year-1)}}
	}
	if into.Unit != "" && rep.Unit != "" && fold(into.Unit) != fold(rep.Unit) {
		l.problem(document.Place{}, fmt.Sprintf("上年公开文件的单位是“%s”，本年是“%s”", rep.Unit, into.Unit), "请确认是同一单位")
	}
	l.tables()
	l.text()
	l.words()
	return l.problems
}

func name(rep *report.Report) string {
	if rep.Document == nil {
		return ""
	}
	return rep.Document.Name
}

type lastYear struct {
	rep      *report.Report
	a        *accounts.Accounts
	tax      *taxonomy.Taxonomy
	from     map[accounts.Key]figure.Figure // what this disclosure gave
	problems []Problem
}

func (l *lastYear) problem(p document.Place, text, remedy string) {
	l.problems = append(l.problems, Problem{p, text, remedy})
}

// periodsOf says what a period of last year is called this year.
var periodsOf = map[string]string{"本年": "上年", "预算": "上年预算"}

// tables takes the values of the tables: of wholes, and of the outlay on each 科目.
func (l *lastYear) tables() {
	for i := range l.rep.Tables {
		t := &l.rep.Tables[i]
		if len(t.ID) != 2 && t.ID != "信息" {
			continue
		}
		for r, row := range t.Rows {
			for c, cell := range row.Cells {
				f := l.rep.Get(cell.Figure)
				if f == nil || c >= len(t.Columns) || f.Nil || row.Key == "" {
					continue
				}
				concept, period := l.tax.Concepts.OfCell(t.ID, row.Key, t.Columns[c].Key, row.Code)
				if concept == nil || periodsOf[period] == "" {
					continue
				}
				k := accounts.Key{Concept: concept.Name, Period: periodsOf[period]}
				if row.Code != "" && row.Key == row.Code {
					// Of the tables by 科目, and there of the lowest 科目.
					last := r+1 == len(t.Rows) || !strings.HasPrefix(t.Rows[r+1].Code, row.Code)
					if period != "本年" || concept.Name != l.tax.OutlayConcept(row.Code) || !last || f.Coef == 0 || t.ID == "04" {
						continue
					}
					k.Func = row.Code
				}
				l.value(k, f, true)
			}
		}
	}
	// One value under several names: each name is a value of its own.
	for i := range l.tax.Concepts.All() {
		c := &l.tax.Concepts.All()[i]
		for _, ref := range c.Cells {
			if period := periodsOf[ref.Period]; period != "" {
				if t := l.rep.TableByID(ref.Table); t != nil {
					if f := l.rep.Get(t.At(ref.Row, ref.Col)); f != nil && !f.Nil {
						l.value(accounts.Key{Concept: c.Name, Period: period}, f, true)
					}
				}
			}
		}
	}
}

// text takes the values that only sentences say.
func (l *lastYear) text() {
	for i := range l.rep.Figures {
		f := &l.rep.Figures[i]
		if f.Table >= 0 || f.Fact.Concept == "" || f.Fact.Measure != report.Level || f.Fact.Period != report.ThisYear ||
			f.Fact.Func != "" || f.Fact.Econ != "" || f.Fact.Name != "" || f.Nil || f.UnitMissing {
			continue
		}
		l.value(accounts.Key{Concept: f.Fact.Concept, Period: "上年"}, f, false)
	}
}

// value takes one value over, or compares it with what is there.
func (l *lastYear) value(k accounts.Key, f *report.Figure, table bool) {
	q := accounts.Quantity{Coef: f.Coef, Decimals: f.Decimals, Unit: f.Unit}
	u := unit(l.tax, k.Concept)
	switch {
	case u.Kind() == figure.Money:
		m, ok := q.Fen()
		if !ok {
			return
		}
		q = m.Quantity()
	case u != q.Unit || q.Decimals < 0:
		return // 批 for 人次: not the value of the concept
	}
	if old, ok := l.from[k]; ok {
		if !old.Interval().Meets(f.Interval()) && !table {
			l.problem(f.Place, fmt.Sprintf("上年公开文件里“%s”有两个数：%s%s和%s%s，用了前一个", said(k), old.Text, old.Unit, f.Text, f.Unit), "请核对上年文件")
		}
		return
	}
	l.from[k] = f.Figure
	entered, ok := l.a.Values[k]
	if !ok {
		l.a.Values = put(l.a.Values, k, q)
		return
	}
	if !f.Interval().Has(entered.Number()) {
		l.problem(f.Place, fmt.Sprintf("“%s”的%s数填的是%s%s，上年公开文件里是%s%s", said(k), k.Period, entered.Digits(), entered.Unit, f.Text, f.Unit),
			"用了填的数，请核对")
	}
}

var (
	itemNumber = regexp.MustCompile(`^[（(]?[一二三四五六七八九十0-9]+[）)、.．]\s*`)
	usedFor    = regexp.MustCompile(`主要用于[：:]?([^。；]+)[。；]`)
)

// words takes over the wording that stays from year to year.
func (l *lastYear) words() {
	for i := range l.rep.Sections {
		s := &l.rep.Sections[i]
		switch s.Key {
		case "职能":
			if len(l.a.Duties) == 0 {
				l.a.Duties = l.paragraphs(s)
			}
		case "名词解释":
			if len(l.a.Glossary) == 0 {
				l.a.Glossary = terms(l.paragraphs(s))
			}
		}
	}
	if len(l.a.Offices) == 0 {
		for _, c := range l.rep.CountClaims {
			if s := l.section(c.Words.Block); s != nil && (s.Key == "机构" || s.Key == "概况" || s.Key == "职能") && len(c.Listed) > 0 {
				l.a.Offices = slices.Clone(c.Listed)
				break
			}
		}
	}
	l.uses()
}

// paragraphs of a section, without numbering marks of their own list and
// without headings.
func (l *lastYear) paragraphs(s *report.Section) []string {
	var out []string
	for b := s.Block + 1; b < min(s.End, len(l.rep.Document.Blocks)); b++ {
		x := &l.rep.Document.Blocks[b]
		if x.Kind != document.Paragraph {
			if slices.ContainsFunc(l.rep.Sections, func(o report.Section) bool { return o.Block == b }) {
				break
			}
			continue
		}
		if _, table := l.rep.TableText[b]; table {
			continue
		}
		if t := strings.TrimSpace(x.Text.S); t != "" {
			out = append(out, strings.ReplaceAll(t, "\n", ""))
		}
	}
	return out
}

// terms reads 一、财政拨款收入：指…. A paragraph without a name goes on with the term before.
func terms(list []string) []accounts.Term {
	var out []accounts.Term
	for _, s := range list {
		t := itemNumber.ReplaceAllString(s, "")
		name, meaning, ok := strings.Cut(strings.Replace(t, ":", "：", 1), "：")
		if ok && len([]rune(name)) <= 30 && meaning != "" {
			out = append(out, accounts.Term{Name: strings.TrimSpace(name), Meaning: strings.TrimSpace(meaning)})
		} else if len(out) > 0 {
			out[len(out)-1].Meaning += s
		}
	}
	return out
}

// section is the narrowest section that holds a block.
func (l *lastYear) section(block int) *report.Section {
	var out *report.Section
	for i := range l.rep.Sections {
		if s := &l.rep.Sections[i]; s.Block <= block && block < s.End && (out == nil || s.Block > out.Block) {
			out = s
		}
	}
	return out
}

// uses takes 主要用于 of the paragraphs that speak of one 科目.
func (l *lastYear) uses() {
	count := map[int]int{}
	for _, s := range l.rep.Subjects {
		count[s.Words.Block]++
	}
	for _, s := range l.rep.Subjects {
		code := l.code(&s)
		if code == "" || count[s.Words.Block] != 1 || s.Words.Block >= len(l.rep.Document.Blocks) || l.a.Uses[code] != "" {
			continue
		}
		text := l.rep.Document.Blocks[s.Words.Block].Text.S
		m := usedFor.FindStringSubmatch(strings.ReplaceAll(text, "\n", ""))
		if m == nil {
			continue
		}
		l.a.Uses = put(l.a.Uses, code, strings.TrimSpace(m[1]))
	}
}

// code of a 科目 that is named: its own, or that of its names from 类 down.
func (l *lastYear) code(s *report.Subject) string {
	if len(s.Code) == 7 && isCode(s.Code) {
		return s.Code
	}
	class := l.tax.Codes.ClassCode(s.Names[0], l.rep.Year)
	for _, n := range s.Names[1:] {
		if class == "" || n == "" {
			return ""
		}
		i, ok := l.tax.Codes.Func.ChildIn(class, n, l.rep.Year)
		if !ok {
			return ""
		}
		class = i.Code
	}
	if len(class) != 7 {
		return ""
	}
	return class
}
