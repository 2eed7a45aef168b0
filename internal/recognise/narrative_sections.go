package recognise

import (
	"strings"
	"unicode/utf8"

	"juesuan/internal/document"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// heading is a block (or the start of one) that opens a section.
type heading struct {
	block  int
	level  int // 0 part, 1 一、, 2 （一）, 3 1.
	number string
	title  string
	kind   *taxonomy.Section // nil when the title is not known
	inline bool              // its text goes on in the same block
}

// maxTitle is the longest title in runes; a longer line is text.
const maxTitle = 60

// headings finds the sections of the body; blocks of the table of contents
// and of tables are passed over.
func (n *narrator) headings() []heading {
	from := n.contents()
	var out []heading
	var kinds [5]*taxonomy.Section // by level: the kind of the heading we are below
	closed := -1                   // level of a section that has no sections of its own: 职能, 名词解释
	for b := from; b < len(n.r.Folded); b++ {
		if n.skip(b) {
			continue
		}
		h, ok := n.heading(b)
		if !ok || closed >= 0 && h.level > closed && h.number != "" {
			continue
		}
		closed = -1
		// Below a section of a known kind, 1. names what it speaks of next.
		for l := h.level; l < len(kinds); l++ {
			kinds[l] = h.kind
		}
		if h.level >= 3 && h.kind != nil {
			if up := kinds[2]; up != nil && up.Key != "情况说明" && up.Key != "其他" && up.Key != "绩效" && up.Key != "附件" {
				h.kind = nil
			}
		}
		if h.kind != nil && (h.kind.Figures == "无" && h.kind.Key != "自评表" || h.kind.Key == "职能") {
			closed = h.level
			if h.number == "" {
				closed = 0 // 一、… below a title without a number
			}
		}
		out = append(out, h)
	}
	if len(out) > 1 && out[0].number == "" && out[1].level == 0 && n.cover(from, out[1].block) {
		out = out[1:] // the title of the document, above its first part
	}
	return out
}

// cover reports that the blocks from the first up to the next have titles only.
func (n *narrator) cover(from, to int) bool {
	for b := from; b < to; b++ {
		s := n.line(b)
		if n.skip(b) || utf8.RuneCountInString(s) > maxTitle || strings.HasSuffix(s, "。") {
			return false
		}
	}
	return true
}

// skip reports blocks the narrative leaves out.
func (n *narrator) skip(b int) bool {
	if _, tied := n.r.TableText[b]; tied {
		return true
	}
	return n.r.Document.Blocks[b].Table != nil
}

// line gives a block as one line without blanks.
func (n *narrator) line(b int) string {
	var p passage
	p.squeeze(b, n.r.Folded[b].S)
	return p.s
}

// part reads “第三部分…” at the start of a line.
func part(s string) (number string, w int) {
	if !strings.HasPrefix(s, "第") {
		return "", 0
	}
	i := strings.Index(s, "部分")
	if i < 0 || i > 12 {
		return "", 0
	}
	return s[len("第"):i], i + len("部分")
}

// heading reads the heading a block is or begins with.
func (n *narrator) heading(b int) (heading, bool) {
	s := n.line(b)
	h := heading{block: b, level: -1}
	marked := n.r.Document.Blocks[b].Kind == document.Heading
	s = strings.TrimLeft(s, "#-*·")
	rest := s
	if num, w := part(s); w > 0 {
		h.number, h.level, rest = num, 0, strings.TrimLeft(s[w:], "、:.")
	} else if num, w, lv := ordinal(s); w > 0 {
		h.number, h.level, rest = num, lv, s[w:]
	}
	title, tail := rest, ""
	if i := strings.IndexAny(rest, "。:"); i >= 0 {
		_, w := utf8.DecodeRuneInString(rest[i:])
		title, tail = rest[:i], rest[i+w:]
	}
	if title == "" || utf8.RuneCountInString(title) > maxTitle {
		return h, false
	}
	if hasAmount(title) {
		return h, false
	}
	h.title = title
	h.kind = n.tax.Sections.Find(title)
	if h.kind == nil && tail == "" {
		h.kind = n.tax.Sections.Find(rest)
	}
	switch {
	case h.level == 0:
		return h, utf8.RuneCountInString(rest) <= maxTitle
	case tail != "":
		// A title and its text in one line count only when the title is known
		// and short: any numbered item has a colon or a full stop.
		h.inline = true
		return h, h.level >= 1 && h.level <= 3 && h.kind != nil && utf8.RuneCountInString(title) <= 24 && !strings.Contains(title, ",") && n.sectionTitle(title)
	case h.level >= 1 && h.level <= 2:
		if strings.HasSuffix(rest, ";") || strings.Contains(rest, "(类)") || strings.Contains(rest, "(款)") {
			return h, false
		}
		return h, marked || h.kind != nil || !strings.ContainsAny(title, ",;") && utf8.RuneCountInString(title) <= 30
	case h.level == 3 || h.level == 4:
		if strings.HasSuffix(rest, ";") || strings.Contains(rest, "(类)") || strings.Contains(rest, "(款)") || strings.ContainsAny(title, ",;") {
			return h, false
		}
		if c, _ := n.lex.concepts.Match(title); c != nil && utf8.RuneCountInString(title) <= 30 && (strings.HasSuffix(s, ":") || strings.HasSuffix(s, "。")) || marked {
			return h, true
		}
		return h, h.kind != nil && utf8.RuneCountInString(title) <= 30 && n.sectionTitle(title)
	}
	// No number: a heading by its format or by a known title that is all of the line.
	h.level = 1
	if h.kind != nil && h.kind.Key == "自评表" && utf8.RuneCountInString(s) <= 40 {
		return h, true
	}
	if marked && h.kind != nil {
		return h, true
	}
	if h.kind == nil || tail != "" || utf8.RuneCountInString(s) > 40 || strings.ContainsAny(s, ",;、。《") {
		return h, false
	}
	for _, w := range n.tax.Phrases.Cues["无号标题词"] {
		if strings.HasSuffix(s, w) {
			return h, true
		}
	}
	return h, false
}

// sectionTitle reports a title that is said as one: it names a 情况, 说明 or a
// kind of money, and is no sentence.
func (n *narrator) sectionTitle(s string) bool {
	for _, w := range n.tax.Phrases.Cues["标题词"] {
		if strings.HasSuffix(s, w) || strings.Contains(s, w) && strings.HasSuffix(s, ")") {
			return true
		}
	}
	return false
}

// hasAmount reports a number with a money unit or percent sign.
func hasAmount(s string) bool {
	for i := 0; i+1 < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			t := s[i+1:]
			if strings.HasPrefix(t, "万元") || strings.HasPrefix(t, "元") || strings.HasPrefix(t, "%") || strings.HasPrefix(t, "亿元") {
				return true
			}
		}
	}
	return false
}

// contents finds where the body begins: behind the table of contents. The
// entries of a table of contents are short lines that come again in the body;
// it ends where its first entry returns.
func (n *narrator) contents() int {
	blocks := len(n.r.Folded)
	for b := 0; b < blocks && b < 60; b++ {
		s := n.line(b)
		if s == "目" && b+1 < blocks && n.line(b+1) == "录" {
			s = "目录"
			b++
		}
		if s != "目录" && s != "目次" && !strings.HasPrefix(s, "目录第") && !strings.HasPrefix(s, "目录一、") {
			continue
		}
		first := ""
		if s != "目录" && s != "目次" {
			first = entryKey(strings.TrimPrefix(s, "目录"))
		}
		last := b
		for e := b + 1; e < blocks && e < b+150; e++ {
			if n.r.Document.Blocks[e].Table != nil {
				break
			}
			line := strings.TrimLeft(n.line(e), "#-*·")
			if line == "" {
				continue
			}
			if n.r.Document.Blocks[e].Kind == document.Heading && !n.returns(e) {
				return e // a heading by its format: an entry would come again
			}
			key := entryKey(line)
			if first == "" {
				first = key
				last = e
				continue
			}
			if key != "" && key == first {
				return e
			}
			if utf8.RuneCountInString(line) > 80 && !strings.Contains(line, "....") && !strings.Contains(line, "……") || strings.HasSuffix(line, "。") {
				break
			}
			last = e
		}
		// The first entry did not come back: the headings right above the text belong to the body.
		for last > b+1 {
			if key := entryKey(n.line(last)); key == "" || !strings.HasPrefix(key, "一") && !strings.HasPrefix(key, "第") {
				break
			}
			last--
		}
		return last + 1
	}
	return 0
}

// returns reports that the line of block e, or its part's number, comes again
// soon.
func (n *narrator) returns(e int) bool {
	key := entryKey(n.line(e))
	for k := e + 1; k < len(n.r.Folded) && k < e+150; k++ {
		if n.skip(k) {
			continue
		}
		if s := n.line(k); s == n.line(e) || strings.HasPrefix(key, "第") && entryKey(s) == key {
			return true
		}
	}
	return false
}

// entryKey is the number of a line of the table of contents.
func entryKey(s string) string {
	if num, w := part(s); w > 0 {
		return "第" + num
	}
	if mark, w, lv := ordinal(s); w > 0 && lv <= 2 {
		return mark + strings.Repeat(")", lv-1)
	}
	return ""
}

// sections fills Report.Sections from the headings, with their ends.
func (n *narrator) sections(hs []heading) {
	ends := make([]int, len(hs))
	var last [5]int // by level: first block of the next heading of that level or above
	for l := range last {
		last[l] = len(n.r.Folded)
	}
	for i := len(hs) - 1; i >= 0; i-- {
		ends[i] = last[hs[i].level]
		for l := hs[i].level; l < len(last); l++ {
			last[l] = hs[i].block
		}
	}
	for i, h := range hs {
		end := ends[i]
		key := ""
		if h.kind != nil {
			key = h.kind.Key
		}
		n.r.Sections = append(n.r.Sections, report.Section{
			Key: key, Number: h.number, Title: h.title, Level: h.level,
			Block: h.block, End: end, Place: n.r.Document.Blocks[h.block].Place,
		})
	}
}
