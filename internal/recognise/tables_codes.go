package recognise

import (
	"regexp"
	"strings"

	"juesuan/internal/taxonomy"
)

// stack remembers the codes above a row, for codes of which only the new part
// is printed and for names without codes.
type stack struct {
	class, section string // 3 and 5 digits
	x              [3]float64
	indent         [3]int
}

func (s *stack) put(code string, raw rawLine) {
	switch len(code) {
	case 3:
		s.class, s.section = code, ""
		s.x[0], s.indent[0] = raw.x, raw.indent
	case 5:
		s.class, s.section = code[:3], code
		s.x[1], s.indent[1] = raw.x, raw.indent
	case 7:
		s.class, s.section = code[:3], code[:5]
		s.x[2], s.indent[2] = raw.x, raw.indent
	}
}

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
func (t *tabler) code(b *builder, raw rawLine, side *taxonomy.Side) (code, name string) {
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
			code = t.byName(st, name, side)
		}
	case code == "":
		if m := codeName.FindStringSubmatch(name); m != nil {
			code, name = m[1], m[2]
		}
	case len(code) < 3 || len(raw.codes) > 1 && filled(raw.codes) < len(raw.codes) && raw.codes[0] == "":
		code = st.complete(code, raw)
	}
	if side.Codes == "经济" && len(code) == 5 && strings.HasSuffix(code, "00") {
		code = code[:3] // 30700: the 类 row, filled up to five digits
	}
	if n := len(code); n != 3 && n != 5 && n != 7 {
		return "", name // 125001 …局: a unit, not a 科目
	}
	st.put(code, raw)
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
func (s *stack) complete(part string, raw rawLine) string {
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
	case s.deeper(raw):
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
// above it: 项 of the 款, 款 of the 类, or a 类.
func (t *tabler) byName(s *stack, name string, side *taxonomy.Side) string {
	list := t.list(side.Codes)
	bare := bareName(name)
	if list == nil || bare == "" || side.Row(bare, nil) != nil {
		return ""
	}
	if s.section != "" {
		if i, ok := list.Child(s.section, bare); ok {
			return i.Code
		}
	}
	if s.class != "" {
		if i, ok := list.Child(s.class, bare); ok {
			return i.Code
		}
	}
	if i, ok := list.Child("", bare); ok {
		return i.Code
	}
	return ""
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
