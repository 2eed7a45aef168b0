package recognise

import (
	"strings"
	"unicode/utf8"

	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// narrator reads the narrative of one report. Its state is that of the
// section it is in: what is being spoken of, and the values said so far.
type narrator struct {
	r    *report.Report
	tax  *taxonomy.Taxonomy
	lex  *lexicon
	kin  *kinship
	rows *rowNames

	year    int             // fiscal year, or the one the text speaks of most
	classes map[string]bool // folded names of the 类 of the fiscal year

	kind    *taxonomy.Section // of the section, nil outside known ones
	key     string
	depth   int       // level of its heading
	scope   string    // what the section's words are within: its concept
	topic   about     // what the heading speaks of
	main    about     // the first total of the section
	subject about     // what the clause speaks of
	path    [3]string // 类, 款, 项 said last

	levels    []level // values said in this section
	lists     []*list // open lists, the innermost last
	lastLevel int     // index into levels of the value said last, -1 none
	changes   []int   // changes of this section, indexes into r.Changes
	dones     []int   // completions of this section

	p        *passage
	toks     []token
	passages int // counts passages of the document
	sentence int // counts sentences of the document
	from     int // start of the sentence in the passage

	frame       lastFrame // what a reason in the next sentence explains
	subjectIn   int       // the passage that named a 科目 last
	subjectOpen int       // the Subject that waits for its amount, -1 none
}

// about is what a clause speaks of.
type about struct {
	name string // canonical concept
	fn   string // functional code
	said string // 科目 name as printed
	fund string
	unit figure.Unit // of the concept: 元 for money
}

func (a about) none() bool { return a.name == "" && a.said == "" }

// level is a value said in the section.
type level struct {
	id       report.ID
	of       about
	period   report.Period
	passage  int
	sentence int
}

// narrative reads the sections and their sentences.
func narrative(r *report.Report, tax *taxonomy.Taxonomy) {
	n := &narrator{r: r, tax: tax, lex: newLexicon(tax), kin: newKinship(tax), rows: newRowNames(r), subjectOpen: -1}
	n.year = r.Year
	if n.year == 0 {
		n.year = n.usualYear()
	}
	hs := n.headings()
	n.sections(hs)
	n.enter(nil)
	i := 0
	begin := n.contents()
	for b := begin; b < len(r.Folded); b++ {
		if i < len(hs) && hs[i].block == b {
			h := hs[i]
			i++
			n.flush()
			n.open(h)
			if !h.inline {
				continue
			}
		}
		if r.Document.Blocks[b].Table != nil {
			n.flush()
		}
		if n.skip(b) || strings.TrimSpace(r.Folded[b].S) == "" {
			continue
		}
		n.take(b, i < len(hs) && hs[i].block == b+1)
	}
	n.flush()
	n.leave()
}

// usualYear is the calendar year the text names most, for a document that
// does not tell its fiscal year: bases are relative to it.
func (n *narrator) usualYear() int {
	count := map[int]int{}
	best := 0
	for b := range n.r.Folded {
		if n.skip(b) {
			continue
		}
		for _, t := range figure.Scan(n.line(b)) {
			y := int(t.Coef)
			if t.Unit != figure.Year || y < 1990 || y > 2100 {
				continue
			}
			count[y]++
			if count[y] > count[best] || count[y] == count[best] && y > best {
				best = y
			}
		}
	}
	return best
}

// open enters the section of a heading. A sub-heading of unknown kind, or of
// the kind we are in, only changes the topic.
func (n *narrator) open(h heading) {
	k := h.kind
	if k == nil || k.Key == "情况说明" || k.Key == "其他" {
		if h.level <= 1 || k != nil {
			n.leave()
			n.enter(k)
			n.depth = h.level
		} else {
			n.closeLists(0)
		}
	} else {
		narrow := n.kind != nil && h.level >= 3 && strings.HasPrefix(k.Key, n.kind.Key)
		if !narrow && !(n.kind != nil && n.kind.Figures != "" && h.level >= 3 && h.level > n.depth) && !(n.kind != nil && (n.kind.Figures == "无" || n.kind.Key == "职能") && h.level >= 2) {
			family := n.kind != nil && family(n.kind.Key) == family(k.Key)
			if family {
				n.closeLists(0)
				n.kind, n.key = k, k.Key
			} else {
				n.leave()
				n.enter(k)
				n.depth = h.level
			}
		}
	}
	// What the title names is the topic: “1.因公出国(境)费支出情况说明”.
	if h.inline {
		return
	}
	n.subject = n.sectionSubject()
	if k == nil || h.level >= 3 {
		for i := 0; i < len(h.title); {
			if c, w := n.lex.concepts.Match(h.title[i:]); w > 0 {
				n.topic = n.aboutConcept(c)
				n.subject = n.topic
				break
			}
			_, w := utf8.DecodeRuneInString(h.title[i:])
			i += w
		}
	}
	if strings.Contains(h.title, "(类)") || strings.Contains(h.title, "(款)") {
		p := &passage{}
		p.squeeze(h.block, h.title)
		n.subjects(p, nil)
	}
}

// family groups the parts of one section: 三公总体 and 三公具体 speak of the same values.
func family(key string) string {
	for _, f := range []string{"三公", "一般公共"} {
		if strings.HasPrefix(key, f) {
			return f
		}
	}
	return key
}

// enter starts a section with nothing said.
func (n *narrator) enter(k *taxonomy.Section) {
	n.kind, n.key, n.scope = k, "", ""
	n.topic, n.main, n.subject = about{}, about{}, about{}
	if k != nil {
		n.key = k.Key
		n.scope = k.Concept
		if c := n.tax.Concepts.ByName(k.Concept); c != nil {
			n.topic = about{name: c.Name, fund: c.Fund}
		}
	}
	n.subject = n.topic
	n.levels = n.levels[:0]
	n.lists = nil
	n.lastLevel = -1
	n.changes, n.dones = nil, nil
	n.path = [3]string{}
}

// leave closes what the section left open.
func (n *narrator) leave() {
	n.closeLists(0)
	n.equals()
}

// sectionSubject is what the section speaks of when a clause does not say.
func (n *narrator) sectionSubject() about {
	if !n.main.none() {
		return n.main
	}
	return n.topic
}

// take adds a block to the passage being gathered and reads the passage when
// it is whole: a block that ends without a stop goes on in the next one.
func (n *narrator) take(b int, headingNext bool) {
	text := n.r.Folded[b].S
	fresh := n.p == nil
	if !fresh {
		var q passage
		q.squeeze(b, text)
		if _, k, l := ordinal(q.s); k > 0 && l > 0 {
			n.flush()
			fresh = true
		}
	}
	if fresh {
		n.p = &passage{}
	}
	n.p.squeeze(b, text)
	if fresh {
		if _, w, _ := ordinal(n.p.s); w > 0 {
			n.p.cut(w)
			n.p.ordinal = true
		}
	}
	last, _ := utf8.DecodeLastRuneInString(n.p.s)
	if headingNext || strings.ContainsRune("。;:!?", last) || len(n.p.s) > 1<<16 || utf8.RuneCountInString(n.p.s) < 20 && !hasAmount(n.p.s) && !(last >= '0' && last <= '9') && !strings.ContainsRune("、,(的为", last) {
		n.flush()
	}
}

// flush reads the gathered passage.
func (n *narrator) flush() {
	p := n.p
	n.p = nil
	if p == nil || p.s == "" {
		return
	}
	n.passages++
	n.read(p)
}

// figures says which numbers of the section become figures.
func (n *narrator) figures() string {
	if n.kind == nil || n.kind.Figures == "" {
		return "全部"
	}
	return n.kind.Figures
}

// equals ties the totals of the section that must be one value.
func (n *narrator) equals() {
	find := func(name string) *level {
		for i := range n.levels {
			l := &n.levels[i]
			if l.of.name == name && l.of.fn == "" && l.period == report.ThisYear {
				return l
			}
		}
		return nil
	}
	for _, pair := range n.tax.Phrases.Equals {
		for k := 1; k < len(pair); k++ {
			a, b := find(pair[0]), find(pair[k])
			if a == nil || b == nil || a.id == b.id {
				continue
			}
			f := n.r.Get(b.id)
			n.r.Equals = append(n.r.Equals, report.Equal{A: a.id, B: b.id,
				Words: report.Words{Text: f.Excerpt, Block: f.Block, Start: f.Start, Place: f.Place}})
		}
	}
}

// kinship knows which quantities are parts of which. A whole may be divided
// in several ways; the parts of one list are all of one way.
type kinship struct {
	ways map[string][]map[string]bool // whole → parts, by way
	full map[string][][]string
}

// coded is the way of a list of 科目.
const codedWay = -1

func newKinship(tax *taxonomy.Taxonomy) *kinship {
	k := &kinship{ways: map[string][]map[string]bool{}, full: map[string][][]string{}}
	for _, e := range tax.Phrases.Kin {
		for _, w := range e.Whole {
			parts := map[string]bool{}
			for _, p := range e.Parts {
				parts[taxonomy.FoldName(p)] = true
			}
			w = taxonomy.FoldName(w)
			k.ways[w] = append(k.ways[w], parts)
			if len(e.Full) > 0 {
				var f []string
				for _, p := range e.Full {
					f = append(f, taxonomy.FoldName(p))
				}
				k.full[w] = append(k.full[w], f)
			}
		}
	}
	// Concepts name the whole they are a part of; one way more where the data has none.
	known := len(k.ways)
	rest := map[string]map[string]bool{}
	for _, c := range tax.Concepts.All() {
		w := taxonomy.FoldName(c.Part)
		if c.Part == "" || k.ways[w] != nil && known > 0 {
			continue
		}
		if rest[w] == nil {
			rest[w] = map[string]bool{}
		}
		rest[w][taxonomy.FoldName(c.Name)] = true
	}
	for w, parts := range rest {
		k.ways[w] = append(k.ways[w], parts)
	}
	return k
}

// part reports whether a quantity may be a part of another.
func (k *kinship) part(whole, part about) bool { return len(k.waysOf(whole, part)) > 0 }

// waysOf gives the ways of dividing the whole that have the part.
func (k *kinship) waysOf(whole, part about) []int {
	switch {
	case part.said != "" && part.fn == "":
		if whole.fn == "" && strings.Contains(whole.name, "支出") {
			return []int{codedWay}
		}
		return nil
	case part.fn != "":
		if whole.fn != "" && len(part.fn) > len(whole.fn) && strings.HasPrefix(part.fn, whole.fn) ||
			whole.fn == "" && strings.Contains(whole.name, "支出") {
			return []int{codedWay}
		}
		return nil
	}
	var out []int
	name := taxonomy.FoldName(part.name)
	for i, parts := range k.ways[taxonomy.FoldName(whole.name)] {
		if parts[name] {
			out = append(out, i)
		}
	}
	return out
}

// whole reports whether the names are all parts the whole has.
func (k *kinship) whole(name string, parts map[string]bool) bool {
next:
	for _, set := range k.full[taxonomy.FoldName(name)] {
		for _, p := range set {
			if !parts[p] {
				continue next
			}
		}
		return true
	}
	return false
}
