package taxonomy

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"juesuan/internal/figure"
)

// Layout is one print of one table: its titles, and the words of its header
// and rows with the canonical key each stands for. data/README.md describes
// the fields; layouts/KEYS.md lists the keys.
type Layout struct {
	ID     string   `yaml:"id"`
	Table  string   `yaml:"table"` // canonical table: "01" … "09", or a layout's own
	Name   string   `yaml:"name"`  // canonical title
	Years  string   `yaml:"years"` // fiscal years it was seen in, for people
	Kind   string   `yaml:"kind"`  // 决算 or 预算: of a document that is the other kind the title must say this one
	Titles []string `yaml:"titles"`
	Form   Form     `yaml:"form"`
	Sides  []Side   `yaml:"sides"`

	titles []pattern
}

// Form says how rows and columns carry the keys.
type Form string

// Forms.
const (
	// RowForm: a row is a 科目 or a named line, a column one of its amounts.
	RowForm Form = "行"
	// ItemForm: items and measures may stand in rows or columns, nested or not;
	// the recognised table has items as rows and measures as columns (三公).
	ItemForm Form = "项目"
)

// Side is one side of a side-by-side table; other tables have one side.
type Side struct {
	Block string   `yaml:"block"` // 收入, 支出, 人员, 公用; "" for a table with one side
	Head  []string `yaml:"head"`  // words above its columns; without them sides go by order
	// Codes says what the rows are: 功能 or 经济 科目 with codes, 类 for the
	// class names of 01 and 04 without codes, "" for named lines only.
	Codes string `yaml:"codes"`
	// Own lists the 类 whose rows belong to this side wherever they are printed.
	Own     []string `yaml:"own"`
	Columns []Key    `yaml:"columns"`
	Rows    []Key    `yaml:"rows"`
	Default string   `yaml:"default"` // column of an amount whose header names no measure

	head []pattern
}

// Key is a canonical row or column with the words that are printed for it.
type Key struct {
	Key   string   `yaml:"key"`
	Match []string `yaml:"match"` // patterns; the key itself need not be repeated
	After string   `yaml:"after"` // of a row: only below the row of this key (sub-rows whose name repeats)
	Part  string   `yaml:"part"`  // the key it is a part of (其中：…)
	Unit  string   `yaml:"unit"`  // when it is not the table's unit: 辆, 个, 人次 …

	match []pattern
}

// Layouts are all layouts and the words common to them.
type Layouts struct {
	All   []Layout
	words map[string][]pattern
}

func (x *Layouts) load(s *source) error {
	all, err := merge(s, "layouts/[0-9A-Z]*.yaml", func(l Layout) string { return l.ID }, func(l Layout) error {
		if err := l.check(); err != nil {
			return fmt.Errorf("%s%w", entryLine(s, "layouts/*.yaml", l.ID), err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	words, err := merge(s, "layouts/words.yaml", func(k Key) string { return k.Key }, nil)
	if err != nil {
		return err
	}
	x.All = all
	for i := range x.All {
		x.All[i].compile()
	}
	x.words = map[string][]pattern{}
	for _, w := range words {
		x.words[w.Key] = patterns(w.Match)
	}
	return nil
}

// entryLine finds the line of the last list entry of an id, for a message:
// “第7行：”, or "" when it is not found.
func entryLine(s *source, glob, id string) string {
	files, err := s.files(glob)
	if err != nil {
		return ""
	}
	found := ""
	for _, f := range files {
		tree, err := parser.ParseBytes(f.data, 0)
		if err != nil {
			continue
		}
		for _, d := range tree.Docs {
			list, ok := d.Body.(*ast.SequenceNode)
			if !ok {
				continue
			}
			for _, v := range list.Values {
				var e struct{ ID string }
				if yaml.NodeToValue(v, &e) == nil && e.ID == id {
					found = fmt.Sprintf("第%d行：", v.GetToken().Position.Line)
				}
			}
		}
	}
	return found
}

func (l Layout) check() error {
	switch {
	case l.Table == "":
		return fmt.Errorf("没有 table")
	case len(l.Titles) == 0:
		return fmt.Errorf("没有 titles")
	case l.Form != "" && l.Form != RowForm && l.Form != ItemForm:
		return fmt.Errorf("form“%s”应为“%s”或“%s”", l.Form, RowForm, ItemForm)
	case l.Kind != "决算" && l.Kind != "预算":
		return fmt.Errorf("kind“%s”应为“决算”或“预算”", l.Kind)
	case len(l.Sides) == 0:
		return fmt.Errorf("没有 sides")
	case l.Form == ItemForm && len(l.Sides) != 1:
		return fmt.Errorf("form 为“%s”的表只有一个 side", ItemForm)
	}
	for _, s := range l.Sides {
		if err := s.check(); err != nil {
			if s.Block != "" {
				return fmt.Errorf("“%s”一侧：%w", s.Block, err)
			}
			return err
		}
	}
	return nil
}

func (s Side) check() error {
	switch s.Codes {
	case "", "功能", "经济", "类":
	default:
		return fmt.Errorf("codes“%s”应为“功能”“经济”或“类”", s.Codes)
	}
	if len(s.Columns) == 0 {
		return fmt.Errorf("没有 columns")
	}
	for kind, keys := range map[string][]Key{"columns": s.Columns, "rows": s.Rows} {
		seen := map[string]bool{}
		for _, k := range keys {
			if k.Key == "" {
				return fmt.Errorf("%s 中有一条没有 key", kind)
			}
			if seen[k.Key] {
				return fmt.Errorf("%s 中“%s”重复", kind, k.Key)
			}
			seen[k.Key] = true
			if k.Unit != "" && figure.Unit(k.Unit).Kind() == figure.Bare {
				return fmt.Errorf("“%s”的 unit“%s”不是计量单位", k.Key, k.Unit)
			}
		}
		for _, k := range keys {
			for _, other := range []string{k.After, k.Part} {
				if other != "" && !seen[other] {
					return fmt.Errorf("“%s”提到的“%s”不在 %s 中", k.Key, other, kind)
				}
			}
		}
	}
	if s.Default != "" && !slices.ContainsFunc(s.Columns, func(k Key) bool { return k.Key == s.Default }) {
		return fmt.Errorf("default“%s”不在 columns 中", s.Default)
	}
	return nil
}

func (l *Layout) compile() {
	if l.Form == "" {
		l.Form = RowForm
	}
	l.titles = patterns(append([]string{l.Name}, l.Titles...))
	for i := range l.Sides {
		s := &l.Sides[i]
		s.head = patterns(s.Head)
		for _, keys := range [][]Key{s.Columns, s.Rows} {
			for j := range keys {
				keys[j].match = patterns(append([]string{keys[j].Key}, keys[j].Match...))
			}
		}
	}
}

// pattern is a printed name with wildcards, by levels of a header:
// "本年支出/小计" is 小计 somewhere below 本年支出 in a header.
type pattern struct {
	levels []wildcard
	weight int // length without wildcards: the more is said, the better the match
}

var noWildcards = strings.NewReplacer("*", "", "#", "", "{", "", "}", "", "|", "", "/", "")

func patterns(list []string) []pattern {
	var out []pattern
	for _, s := range expand(list) {
		var p pattern
		for _, level := range strings.Split(s, "/") {
			p.levels = append(p.levels, newWildcard(level))
		}
		p.weight = utf8.RuneCountInString(noWildcards.Replace(s)) + 10*(len(p.levels)-1)
		out = append(out, p)
	}
	return out
}

// slashed finds alternatives of which one has several levels: 本年支出{/小计|/合计}.
var slashed = regexp.MustCompile(`\{[^{}]*/[^{}]*\}`)

// expand writes out the alternatives that have several levels.
func expand(list []string) []string {
	var out []string
	for _, s := range list {
		at := slashed.FindStringIndex(s)
		switch {
		case s == "":
		case at == nil:
			out = append(out, s)
		default:
			for _, alt := range strings.Split(s[at[0]+1:at[1]-1], "|") {
				out = append(out, expand([]string{s[:at[0]] + alt + s[at[1]:]})...)
			}
		}
	}
	return out
}

// fits reports whether the pattern names the last level of a header path and,
// in order, some of the levels above it. A level broken over several header
// rows is tried joined, too.
func (p pattern) fits(path []string) bool {
	last := p.levels[len(p.levels)-1]
	leaf := ""
	for i := len(path) - 1; i >= 0; i-- {
		leaf = path[i] + leaf
		if !last.MatchString(leaf) {
			continue
		}
		above, need := path[:i], p.levels[:len(p.levels)-1]
		for len(need) > 0 && len(above) > 0 {
			if need[len(need)-1].MatchString(above[len(above)-1]) {
				need = need[:len(need)-1]
			}
			above = above[:len(above)-1]
		}
		if len(need) == 0 {
			return true
		}
	}
	return false
}

// find gives the key whose pattern says most about a header path (folded, top
// level first).
func find(keys []Key, path []string, ok func(Key) bool) *Key {
	best, weight := -1, -1
	for i, k := range keys {
		if ok != nil && !ok(k) {
			continue
		}
		for _, p := range k.match {
			if p.weight > weight && p.fits(path) {
				best, weight = i, p.weight
			}
		}
	}
	if best < 0 {
		return nil
	}
	return &keys[best]
}

// Column finds the column of a header path, top level first; nil when the
// layout does not know it.
func (s *Side) Column(path []string) *Key {
	return find(s.Columns, foldAll(path), nil)
}

// Row finds the row of a printed name without its number. seen tells which
// rows stand above it: a sub-row with After counts only below that row, and
// then before a row of the same name without After.
func (s *Side) Row(name string, seen func(key string) bool) *Key {
	path := []string{FoldName(name)}
	var last *Key
	if seen != nil {
		last = find(s.Rows, path, func(k Key) bool { return k.After != "" && seen(k.After) })
	}
	if last != nil {
		return last
	}
	return find(s.Rows, path, func(k Key) bool { return k.After == "" })
}

// Item finds the row a header path names (for ItemForm), top level first.
func (s *Side) Item(path []string) *Key { return find(s.Rows, foldAll(path), nil) }

// Headed reports whether words above a column name this side.
func (s *Side) Headed(words string) bool {
	w := FoldName(words)
	for _, p := range s.head {
		if p.fits([]string{w}) {
			return true
		}
	}
	return false
}

// unitBehind is a unit in brackets behind a header: 决算数（万元）.
var unitBehind = regexp.MustCompile(`\((?:万元|元|千元|亿元)\)$`)

func foldAll(path []string) []string {
	out := make([]string, 0, len(path))
	for _, p := range path {
		if f := unitBehind.ReplaceAllString(FoldName(p), ""); f != "" {
			out = append(out, f)
		}
	}
	return out
}

// Titled gives the layouts a line of text is the title of, those of the
// longest title first; only layouts of the same length are given. The unit's
// name and the year may stand before the title.
func (x *Layouts) Titled(line string) []*Layout {
	if !strings.Contains(line, "表") || len(line) > 400 {
		return nil
	}
	t := x.bareTitle(line)
	type hit struct {
		l *Layout
		n int
	}
	var hits []hit
	for i := range x.All {
		l := &x.All[i]
		n := 0
		for _, p := range l.titles {
			n = max(n, x.suffix(t, p))
		}
		if n > 0 {
			hits = append(hits, hit{l, n})
		}
	}
	sort.SliceStable(hits, func(i, j int) bool { return hits[i].n > hits[j].n })
	var out []*Layout
	for _, h := range hits {
		if h.n == hits[0].n {
			out = append(out, h.l)
		}
	}
	return out
}

// bareTitle takes off what may stand behind a title: （公开01表）, （单位：万元）, （续）.
func (x *Layouts) bareTitle(line string) string {
	t := FoldName(line)
	for {
		i := strings.LastIndex(t, "(")
		if i <= 0 || !strings.HasSuffix(t, ")") || !x.Is("题后括注", t[i+1:len(t)-1]) {
			return t
		}
		t = t[:i]
	}
}

// suffix gives the length of the end of t that the pattern matches, 0 when it
// does not or when the words before it make it another table's title
// (财政拨款 before 收入支出决算总表).
func (x *Layouts) suffix(t string, p pattern) int {
	for i := range t {
		if !p.levels[0].MatchString(t[i:]) {
			continue
		}
		before := t[:i]
		for _, w := range x.words["题前词"] {
			for j := range before {
				if w.fits([]string{before[j:]}) {
					return 0
				}
			}
		}
		return utf8.RuneCountInString(t[i:])
	}
	return 0
}

// Is reports whether a text is one of the common words of a kind in
// layouts/words.yaml (科目编码, 行次, 注 …).
func (x *Layouts) Is(kind, text string) bool {
	f := FoldName(text)
	for _, p := range x.words[kind] {
		if p.levels[0].MatchString(f) {
			return true
		}
	}
	return false
}
