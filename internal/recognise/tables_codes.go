package recognise

import (
	"regexp"
	"strings"

	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// stack remembers the codes above a row, for codes of which only the new part
// is printed and for names without codes.
type stack struct {
	class, section string // 3 and 5 digits
	other          string // key of a 款 above that is not in the list
	x              [3]float64
	indent         [3]int
	met            [3]bool // a row of the level was met
}

func (s *stack) put(code string, raw rawLine) {
	switch len(code) {
	case 3:
		s.class, s.section, s.other = code, "", ""
	case 5, 7:
		s.class, s.section, s.other = code[:3], code[:5], ""
	}
	s.at((len(code)-1)/2, raw)
}

// at notes where rows of a level begin.
func (s *stack) at(level int, raw rawLine) {
	s.x[level-1], s.indent[level-1], s.met[level-1] = raw.x, raw.indent, true
}

// depth is the level that the indent of a name gives it below the rows above,
// 0 where names are not indented.
func (s *stack) depth(raw rawLine) int {
	switch {
	case !s.met[0] || raw.indent == 0 && s.indent[0] == 0 && s.indent[1] == 0:
		return 0
	case raw.indent <= s.indent[0]:
		return 1
	case !s.met[1] || raw.indent <= s.indent[1]:
		return 2
	}
	return 3
}

// unknown places a name that is not in the list below the rows above it.
func (s *stack) unknown(row *report.Row, raw rawLine) {
	if raw.level < 2 {
		return
	}
	row.Key, row.Level, row.Part = taxonomy.FoldName(bareName(row.Name)), raw.level, s.class
	if raw.level == 2 {
		s.section, s.other = "", row.Key
	} else if row.Part = s.section; s.section == "" {
		row.Part = s.other
	}
	s.at(raw.level, raw)
}

// page forgets where rows began: the next page has another left edge.
func (s *stack) page() { s.met = [3]bool{} }

var (
	codeDigits = regexp.MustCompile(`^[\d\s]+$`)
	// [2010301]名称, 2010801-行政运行, 2010801 行政运行
	codeName = regexp.MustCompile(`^[\[【(（]?(\d{3}(?:\d{2}){0,2})[\]】)）]?\s*[-－—:：]?\s*(\p{Han}.*)$`)
	lostZero = regexp.MustCompile(`^(\d{3})\s+(\d)$`)
)

// codeLike reports whether a folded cell of a code column is a code or a part
// of one.
func codeLike(s string) bool { return codeDigits.MatchString(s) && len(s) <= 12 }

// code normalises what is printed as code and name of a row: one cell or
// three, the whole or only the new part (staircase), code and name in one
// cell, a lost zero (301 2), or a name alone.
func (t *tabler) code(b *builder, raw *rawLine, side *taxonomy.Side) (code, name string) {
	name = raw.name
	if side.Codes == "" || side.Codes == "类" {
		return "", name
	}
	st := &b.above[raw.side]
	code = joinCode(raw.codes)
	switch {
	case code == "" && len(raw.codes) == 0:
		if m := codeName.FindStringSubmatch(name); m != nil {
			code, name = m[1], m[2]
		} else {
			code, raw.level = t.byName(st, *raw, name, side)
		}
	case code == "":
		if m := codeName.FindStringSubmatch(name); m != nil {
			code, name = m[1], m[2]
		}
	case len(code) < 3 || len(raw.codes) > 1 && filled(raw.codes) < len(raw.codes) && raw.codes[0] == "":
		code = st.complete(code, *raw, t.list(side.Codes), name)
	}
	if side.Codes == "经济" && len(code) == 5 && strings.HasSuffix(code, "00") {
		code = code[:3] // 30700: the 类 row, filled up to five digits
	}
	if n := len(code); n != 3 && n != 5 && n != 7 {
		return "", name // 125001 …局: a unit, not a 科目
	}
	st.put(code, *raw)
	return code, name
}

func filled(s []string) int {
	n := 0
	for _, x := range s {
		if x != "" {
			n++
		}
	}
	return n
}

// joinCode joins the cells of a code; a cell that repeats the whole so far
// (201 | 20101 | 2010101) replaces it.
func joinCode(cells []string) string {
	code := ""
	for _, c := range cells {
		c = strings.TrimSpace(c)
		if m := lostZero.FindStringSubmatch(c); m != nil {
			c = m[1] + "0" + m[2]
		}
		c = strings.Join(strings.Fields(c), "")
		if len(c) > 2 && code != "" && strings.HasPrefix(c, code) {
			code = c
			continue
		}
		if code != "" && len(c) == 1 {
			c = "0" + c // 201|8|1: zeros lost in a spreadsheet
		}
		code += c
	}
	return code
}

// complete puts the codes above before a code of which only the new part is
// printed. Of one column the indent says whether a part is a 款 or a 项; of
// three columns the blank cells to the left do.
func (s *stack) complete(part string, raw rawLine, list *taxonomy.CodeList, name string) string {
	if len(part) == 1 {
		part = "0" + part
	}
	if n := len(raw.codes); n > 1 {
		blank := 0
		for blank < n && raw.codes[blank] == "" {
			blank++
		}
		switch {
		case blank == 1 && s.class != "":
			return s.class + part
		case blank == 2 && s.section != "":
			return s.section + part
		}
		return part
	}
	switch {
	case s.class == "":
		return part
	case s.section == "":
		return s.class + part
	case !s.met[1] && !s.met[2]: // a new page: no row tells what an indent means
		for _, above := range []string{s.section, s.class} {
			for _, i := range list.Names(above + part) {
				if taxonomy.SameItem(i.Name, name) {
					return above + part
				}
			}
		}
	}
	if s.deeper(raw) {
		return s.section + part
	}
	return s.class + part
}

// deeper reports whether a part stands further right than the 款 above it.
func (s *stack) deeper(raw rawLine) bool {
	if raw.indent != s.indent[1] {
		return raw.indent > s.indent[1]
	}
	return raw.x > s.x[1]+1
}

// byName finds the code of a row that prints a name only, below the rows
// above it: 项 of the 款, 款 of the 类, or a 类. level is what the indent says
// of a name that is not in the list, 0 where it says nothing.
func (t *tabler) byName(s *stack, raw rawLine, name string, side *taxonomy.Side) (code string, level int) {
	list := t.list(side.Codes)
	bare := bareName(name)
	if list == nil || bare == "" || side.Row(bare, nil) != nil {
		return "", 0
	}
	var under []string // where to look, in this order
	depth := s.depth(raw)
	switch {
	case bare != name && strings.HasSuffix(numbered.FindString(name), "、"): // 一、: a 类
		depth, under = 1, []string{""}
	case depth == 1:
		under = []string{""}
	case depth == 2:
		under = []string{s.class, ""}
	case depth == 3:
		under = []string{s.section, ""}
	default:
		under = []string{s.section, s.class, ""}
	}
	for i, parent := range under {
		if parent == "" && i < len(under)-1 {
			continue // nothing of that level stands above
		}
		if item, ok := list.ChildIn(parent, bare, t.r.Year); ok {
			return item.Code, item.Level
		}
	}
	return "", depth
}

func (t *tabler) list(kind string) *taxonomy.CodeList {
	switch kind {
	case "功能", "类":
		return &t.tax.Codes.Func
	case "经济":
		return &t.tax.Codes.Econ
	}
	return nil
}
