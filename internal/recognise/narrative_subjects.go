package recognise

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// subject is a 科目 named in a passage: “2010301行政运行”, “…(类)…(款)…(项)”
// or “教育支出”科目.
type subject struct {
	start, end int
	code       string
	names      [3]string
	full       [3]string // the names with those said before: (款) below a (类) of the heading
}

// marks of the three levels of the functional classification.
var levelMarks = [...]string{"(类)", "(款)", "(项)"}

// subjects finds the 科目 of a passage in order.
func (n *narrator) subjects(p *passage, nums []figure.Token) []subject {
	s := p.s
	var out []subject
	floor := 0 // no name begins before it
	ni := 0
	for i := 0; i < len(s); {
		for ni < len(nums) && nums[ni].End <= i {
			floor = max(floor, nums[ni].End)
			ni++
		}
		if ni < len(nums) && nums[ni].Start == i {
			if sub, ok := n.class(s, floor, i); ok {
				out = append(out, sub)
				floor = i
			}
			if sub, ok := coded(s, nums[ni]); ok {
				out = append(out, sub)
				i, floor = sub.end, sub.end
				continue
			}
			if nums[ni].End > i {
				i = nums[ni].End
				floor = i
				continue
			}
		}
		r, w := utf8.DecodeRuneInString(s[i:])
		if strings.ContainsRune("。;:,“”‘’\"《》", r) {
			if r == '“' {
				if end := quotedPart(s, i); end > 0 {
					i = end
					continue
				}
			}
			floor = i + w
			if r == '“' {
				if sub, ok := quoted(s, i); ok {
					out = append(out, sub)
					i, floor = sub.end, sub.end
					continue
				}
			}
		}
		if r == '(' {
			if lv := levelAt(s[i:]); lv >= 0 {
				name := strings.TrimLeft(s[floor:i], "、和及与.")
				at := i - len(name)
				if utf8.RuneCountInString(name) > 40 {
					name = "" // no name is that long
				}
				end := i + len(levelMarks[lv])
				if name != "" {
					// (款) right behind (类) goes on with the same subject.
					if k := len(out) - 1; k >= 0 && out[k].code == "" && out[k].end == at && deeper(out[k], lv) {
						out[k].names[lv] = name
						out[k].end = end
					} else {
						sub := subject{start: at, end: end}
						sub.names[lv] = name
						out = append(out, sub)
					}
				}
				floor = end
				i = end
				continue
			}
		}
		i += w
	}
	for i := range out {
		n.inherit(&out[i])
	}
	return out
}

func levelAt(s string) int {
	for i, m := range levelMarks {
		if strings.HasPrefix(s, m) {
			return i
		}
	}
	return -1
}

func deeper(s subject, lv int) bool {
	for k := lv; k < 3; k++ {
		if s.names[k] != "" {
			return false
		}
	}
	return true
}

// class reads the name of a 类 right before a number: “教育支出9.30万元”.
func (n *narrator) class(s string, floor, i int) (subject, bool) {
	before := s[floor:i]
	if !strings.HasSuffix(before, "支出") {
		return subject{}, false
	}
	if n.classes == nil {
		n.classes = map[string]bool{}
		for _, it := range n.tax.Codes.Classes(n.r.Year) {
			n.classes[taxonomy.FoldName(it.Name)] = true
		}
	}
	// The longest name wins: 其他社会保障支出 is no 类.
	for k := range before {
		name := before[k:]
		if n.classes[taxonomy.FoldName(name)] {
			if c, w := n.lex.concepts.Match(name); c != nil && w == len(name) && c.Unit == figure.Yuan {
				return subject{}, false
			}
			if prev := strings.TrimRight(before[:k], "、,"); prev != before[:k] || k == 0 || strings.HasSuffix(prev, "括") || strings.HasSuffix(prev, "中") || strings.HasSuffix(prev, "为") {
				sub := subject{start: floor + k, end: i}
				sub.names[0] = name
				return sub, true
			}
			return subject{}, false
		}
	}
	return subject{}, false
}

// coded reads “2010301行政运行” at a number token.
func coded(s string, t figure.Token) (subject, bool) {
	end := t.Start
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	digits := s[t.Start:end]
	if l := len(digits); l != 7 && l != 5 && l != 3 || digits[0] != '2' || end < t.End && t.Unit.Kind() != figure.Bare && len(digits) < 7 {
		return subject{}, false
	}
	i := end
	if i < len(s) && (s[i] == '-' || s[i] == ' ') {
		i++
	}
	from := i
	depth := 0
	for i < len(s) {
		r, w := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '(':
			depth++
		case r == ')' && depth > 0:
			depth--
		case r == '“' && quotation(s[i:]) > 0:
			i += quotation(s[i:])
			continue
		case unicode.Is(unicode.Han, r), r == '、':
		default:
			goto done
		}
		i += w
	}
done:
	name := strings.TrimRight(s[from:i], "、(")
	if utf8.RuneCountInString(name) < 2 || utf8.RuneCountInString(name) > 40 {
		return subject{}, false
	}
	// A 3- or 5-digit code must be followed by a name, not by a unit.
	if len(digits) < 7 && (strings.HasPrefix(name, "万") || strings.HasPrefix(name, "元") || strings.HasPrefix(name, "个") || strings.HasPrefix(name, "人") || strings.HasPrefix(name, "年")) {
		return subject{}, false
	}
	for _, stop := range []string{"支出决算", "年初预算", "预算数", "决算数", "预算", "决算"} {
		if k := strings.Index(name, stop); k > 0 {
			name = name[:k]
		}
	}
	sub := subject{start: t.Start, end: from + len(name), code: digits}
	sub.names[(len(digits)-3)/2] = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "(类)"), "(款)"), "(项)")
	return sub, true
}

// quoted reads “教育支出”科目 at its opening quotation mark.
func quoted(s string, i int) (subject, bool) {
	open := len("“")
	j := strings.Index(s[i:], "”")
	if j < 0 || j > 90 {
		return subject{}, false
	}
	name := s[i+open : i+j]
	end := i + j + len("”")
	if strings.Contains(name, "(类)") || !strings.HasPrefix(s[end:], "科目") || strings.ContainsAny(name, "0123456789,") {
		return subject{}, false
	}
	sub := subject{start: i, end: end + len("科目")}
	sub.names[0] = name
	return sub, true
}

// quotedPart gives the end of a quotation that is a part of a 科目's name:
// “三供一业”移交补助支出(项). 0 when it is none.
func quotedPart(s string, i int) int {
	end := i + quotation(s[i:])
	if end == i {
		return 0
	}
	if k := hanLen(s[end:]); k > 0 && k < 90 && levelAt(s[end+k:]) >= 0 {
		return end
	}
	return 0
}

// quotation gives the length of the short quotation of plain words that s
// begins with, 0 when it begins with none.
func quotation(s string) int {
	rest, ok := strings.CutPrefix(s, "“")
	j := strings.Index(rest, "”")
	if !ok || j <= 0 || j > 60 || hanLen(rest) != j {
		return 0
	}
	return len("“") + j + len("”")
}

// hanLen is how many bytes of Chinese words s begins with.
func hanLen(s string) int {
	return len(s) - len(strings.TrimLeftFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) || r == '、' }))
}

// inherit completes the names of a 款 or 项 with the levels said above it.
func (n *narrator) inherit(s *subject) {
	s.full = s.names
	top := 0
	for top < 3 && s.names[top] == "" {
		top++
	}
	for k := 0; k < top && top < 3; k++ {
		s.full[k] = n.path[k]
	}
	if top == 0 {
		n.path = [3]string{}
	}
	for k := range s.names {
		if s.names[k] != "" {
			n.path[k] = s.names[k]
			for j := k + 1; j < 3; j++ {
				n.path[j] = s.names[j]
			}
		}
	}
}

// codeOf finds the functional code of a subject: as printed, by the names in
// the document's own tables, or by the code list. "" when none is certain.
func (n *narrator) codeOf(s *subject) string {
	if s.code != "" {
		return s.code
	}
	lv := 2
	for lv >= 0 && s.names[lv] == "" {
		lv--
	}
	if lv < 0 {
		return ""
	}
	names := s.full
	if code := n.rows.find(names, lv); code != "" {
		return code
	}
	codes := &n.tax.Codes
	class := codes.ClassCode(names[0], n.r.Year)
	if lv == 0 || class == "" {
		return class
	}
	if it, ok := codes.Func.ChildIn(class, names[1], n.r.Year); ok {
		if lv == 1 {
			return it.Code
		}
		if leaf, ok := codes.Func.ChildIn(it.Code, names[2], n.r.Year); ok {
			return leaf.Code
		}
	}
	if lv == 1 {
		return ""
	}
	// The 款 may be misnamed: a 项 name that has one code in the class is that code.
	found := ""
	for _, it := range codes.Func.ByName(names[2]) {
		if len(it.Code) == 7 && strings.HasPrefix(it.Code, class) {
			if found != "" && found != it.Code {
				return ""
			}
			found = it.Code
		}
	}
	return found
}

// rowNames are the coded rows of the document's functional tables.
type rowNames struct {
	name map[string]string // code → folded name
	all  []string          // codes in order
}

func newRowNames(r *report.Report) *rowNames {
	x := &rowNames{name: map[string]string{}}
	for _, t := range r.Tables {
		switch t.ID {
		case "02", "03", "05", "08", "09":
		default:
			continue
		}
		for _, row := range t.Rows {
			if row.Code == "" || row.Name == "" {
				continue
			}
			if _, ok := x.name[row.Code]; !ok {
				x.name[row.Code] = taxonomy.FoldItem(row.Name)
				x.all = append(x.all, row.Code)
			}
		}
	}
	return x
}

// find gives the one code whose name and parents' names agree; a 项 whose 款
// is named otherwise counts when the name is alone in its class.
func (x *rowNames) find(names [3]string, lv int) string {
	want := taxonomy.FoldItem(names[lv])
	best, loose := "", ""
	for _, code := range x.all {
		if len(code) != 3+2*lv || x.name[code] != want {
			continue
		}
		ok := true
		for k := 0; k < lv; k++ {
			if names[k] == "" {
				continue
			}
			up, known := x.name[code[:3+2*k]]
			if known && up != taxonomy.FoldItem(names[k]) {
				ok = false
				if k == 1 && lv == 2 { // only the 款 differs
					if loose != "" && loose != code {
						loose = "?"
					} else {
						loose = code
					}
				}
				break
			}
		}
		if !ok {
			continue
		}
		if best != "" && best != code {
			return ""
		}
		best = code
	}
	if best == "" && loose != "?" {
		return loose
	}
	return best
}
