package check

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"juesuan/internal/document"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// unitName looks for other writings of the unit's own name (C05): joining
// words exchanged and slips of one character wherever they stand; another
// name where the document speaks of itself.
func (r *run) unitName(said []naming) {
	unit := r.rep.Unit
	if unit == "" {
		return
	}
	r.test("C05")
	texts := r.longTexts(len(unit) - utf8.UTFMax)
	for _, v := range variants(unit) {
		if places := r.findName(v.name, texts); len(places) > 0 {
			if v.severity == Suspect && len(places) > slips {
				v.severity = Hint
			}
			r.tell(Finding{
				Rule: "C05", Severity: v.severity, Title: "单位名称前后不一致",
				Message: fmt.Sprintf("单位全称是“%s”，这里写成“%s”（%s）。请统一为全称。", unit, v.name, v.why),
				Suspect: v.name, Expected: unit,
			}, places...)
		}
	}
	r.otherNames(unit, said)
}

// slips is how often one slip of the pen may occur; what occurs more often is
// a short form.
const slips = 3

// variant is a wrong way to write a name.
type variant struct {
	name, why string
	severity  Severity
}

// joiners are the words that join the parts of a name and are easily exchanged.
var joiners = []string{"与", "和", "及"}

// levels end the name of a place; names are often shortened there.
const levels = "省市区县州旗盟镇乡"

// variants makes the wrong writings of a name that can be nothing else: a
// joining word exchanged, one character left out or doubled inside the name,
// two neighbours exchanged.
func variants(unit string) []variant {
	var out []variant
	add := func(name, why string, s Severity) {
		if name != unit && !strings.Contains(unit, name) && !slices.ContainsFunc(out, func(v variant) bool { return v.name == name }) {
			out = append(out, variant{name, why, s})
		}
	}
	u := []rune(unit)
	for i, c := range u {
		if i == 0 || i == len(u)-1 || !slices.Contains(joiners, string(c)) {
			continue
		}
		for _, j := range joiners {
			if j != string(c) {
				add(string(u[:i])+j+string(u[i+1:]), fmt.Sprintf("“%c”写成“%s”", c, j), Error)
			}
		}
	}
	if len(u) < 6 {
		return out
	}
	for i := 1; i < len(u)-1; i++ {
		c := string(u[i])
		if strings.Contains(levels, c) || slices.Contains(joiners, c) {
			continue // 公安局 of 江北市 is 江北公安局 to many; 和 is left out in official short names
		}
		if u[i] != u[i-1] && u[i] != u[i+1] { // 中医院 is 中医医院 to many
			add(string(u[:i])+string(u[i+1:]), fmt.Sprintf("缺“%s”字", c), Suspect)
		}
		add(string(u[:i+1])+c+string(u[i+1:]), fmt.Sprintf("多“%s”字", c), Suspect)
		if i+1 < len(u)-1 && u[i] != u[i+1] {
			add(string(u[:i])+string(u[i+1])+c+string(u[i+2:]), fmt.Sprintf("“%s%c”颠倒", c, u[i+1]), Suspect)
		}
	}
	return out
}

// passage is one folded text of the document and where it stands.
type passage struct {
	text  string
	block int
	cell  *document.Cell // nil for a paragraph
}

// longTexts are the paragraphs and cells of at least n bytes, folded.
func (r *run) longTexts(n int) []passage {
	var out []passage
	for i, b := range r.rep.Document.Blocks {
		if b.Table == nil {
			if s := r.folded(i).S; len(s) >= n {
				out = append(out, passage{s, i, nil})
			}
			continue
		}
		for _, row := range b.Table.Rows {
			for k := range row {
				if len(row[k].Text) < n {
					continue
				}
				if s := squash(document.FoldString(row[k].Text)); len(s) >= n {
					out = append(out, passage{s, i, &row[k]})
				}
			}
		}
	}
	return out
}

// findName finds a name in the texts.
func (r *run) findName(name string, texts []passage) []report.Words {
	var out []report.Words
	for _, p := range texts {
		for at := 0; ; {
			k := strings.Index(p.text[at:], name)
			if k < 0 {
				break
			}
			k += at
			at = k + len(name)
			if p.cell == nil {
				out = append(out, r.words(p.block, k, at))
				continue
			}
			out = append(out, report.Words{Text: excerpt(p.text, k, at), Block: p.block, Place: p.cell.Place})
		}
	}
	return out
}

// otherNames looks where the document names itself and finds another unit
// there: in titles, and in sentences when the name is a slip of the pen.
func (r *run) otherNames(unit string, said []naming) {
	found := map[string][]report.Words{}
	var order []string
	for _, x := range said {
		if x.unit == "" || x.kind != "" && x.kind != string(r.rep.Kind) {
			continue
		}
		if x.year != 0 && x.year != r.rep.Year || x.scope != "" && x.scope != r.rep.Scope {
			continue
		}
		name, ok := r.tax.Profile.UnitName(x.unit)
		if !ok || r.sameUnit(unit, name) {
			continue
		}
		title := x.pattern.Where == taxonomy.OnLine
		if title && x.year == 0 && !nearName(unit, name) && droppedLevel(unit, name) == "" {
			continue // a chapter on another unit
		}
		if !title && !(slip(unit, name) && x.year == r.rep.Year) {
			continue // a sentence on another unit
		}
		if found[name] == nil {
			order = append(order, name)
		}
		found[name] = addWords(found[name], x.words)
	}
	for _, name := range order {
		severity, why := Suspect, "像是另一个单位的名称"
		if dropped := droppedLevel(unit, name); dropped != "" {
			severity, why = Error, fmt.Sprintf("缺“%s”", dropped)
		} else if r.listed(name) {
			continue
		}
		r.tell(Finding{
			Rule: "C05", Severity: severity, Title: "单位名称前后不一致",
			Message: fmt.Sprintf("单位全称是“%s”，这里写的是“%s”（%s）。请核对并统一为全称。", unit, name, why),
			Suspect: name, Expected: unit,
		}, found[name]...)
	}
}

// sameUnit reports whether other is the unit itself, a short form of it, or a
// unit under it; or a variant that is reported already.
func (r *run) sameUnit(unit, other string) bool {
	if other == unit || strings.Contains(other, unit) || strings.Contains(unit, other) {
		return true
	}
	if slices.ContainsFunc(variants(unit), func(v variant) bool { return v.name == other }) {
		return true
	}
	return subsequence(other, unit) && droppedLevel(unit, other) == ""
}

// droppedLevel is the district that a name leaves out of the middle of the
// unit's: 临江区 of 江北市临江区教育局 in 江北市教育局, which is the name of
// the superior. "" when other is no such name.
func droppedLevel(unit, other string) string {
	u, o := []rune(unit), []rune(other)
	gap := len(u) - len(o)
	if gap < 2 {
		return ""
	}
	i := 0
	for i < len(o) && u[i] == o[i] {
		i++
	}
	// The gap may begin anywhere in the run of equal characters; take the one
	// that begins and ends at a level of place.
	for k := i; k > 1; k-- {
		if string(u[k+gap:]) == string(o[k:]) &&
			strings.ContainsRune(levels, u[k+gap-1]) && strings.ContainsRune(levels, u[k-1]) {
			return string(u[k : k+gap])
		}
	}
	return ""
}

// subsequence reports whether all characters of short stand in long in order.
func subsequence(short, long string) bool {
	l := []rune(long)
	i := 0
	for _, c := range short {
		for i < len(l) && l[i] != c {
			i++
		}
		if i == len(l) {
			return false
		}
		i++
	}
	return true
}

// nearName reports whether two names begin alike and end alike, so that one is
// likely meant for the other.
func nearName(a, b string) bool {
	x, y := []rune(a), []rune(b)
	p, s := 0, 0
	for p < len(x) && p < len(y) && x[p] == y[p] {
		p++
	}
	for s < len(x)-p && s < len(y)-p && x[len(x)-1-s] == y[len(y)-1-s] {
		s++
	}
	return p+s >= max(len(x), len(y))-2
}

// slip reports whether two names differ in one character that is no number
// and no direction: 河湖 and 河胡, but not 第一中学 and 第二中学.
func slip(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) || len(x) < 6 {
		return false
	}
	n := 0
	for i := range x {
		if x[i] != y[i] {
			if n++; n > 1 || strings.ContainsRune(counted, x[i]) || strings.ContainsRune(counted, y[i]) {
				return false
			}
		}
	}
	return n == 1
}

// counted are the characters that tell sister units apart.
const counted = "一二三四五六七八九十0123456789东西南北中上下前后新老大小"

// listed reports whether the document lists the name as one of several units:
// in a table cell or in a short numbered line.
func (r *run) listed(name string) bool {
	for i, b := range r.rep.Document.Blocks {
		if b.Table == nil {
			s := squash(r.folded(i).S)
			if k := strings.Index(s, name); k >= 0 && k <= 8 && utf8.RuneCountInString(s) <= utf8.RuneCountInString(name)+10 &&
				strings.ContainsAny(s[:k], "0123456789.、)一二三四五六七八九十") {
				return true
			}
			continue
		}
		for _, row := range b.Table.Rows {
			for _, c := range row {
				if len(c.Text) >= len(name) && strings.Contains(squash(document.FoldString(c.Text)), name) {
					return true
				}
			}
		}
	}
	return false
}
