package typeset

// finish.go completes what gopdf draws: character maps that hold any
// character, the structure tree that screen readers follow, bookmarks, links,
// page labels, language and title; and packs it.

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"juesuan/internal/document"
	"juesuan/internal/typeface"
)

// file is a PDF being put together: object n is objects[n-1].
type file struct {
	objects []object
	pages   []int // their object numbers
}

// object is the body of an object; small ones are packed together.
type object struct {
	body []byte
	pack bool
}

func (f *file) add(body string, pack bool) int {
	f.objects = append(f.objects, object{[]byte(body), pack})
	return len(f.objects)
}

func (f *file) body(n int) []byte { return f.objects[n-1].body }

func (f *file) set(n int, body []byte) { f.objects[n-1].body = body }

// finish completes the pages that paint drew.
func finish(raw []byte, p *setter, opt Options) ([]byte, error) {
	f, err := parse(raw)
	if err != nil {
		return nil, fmt.Errorf("complete the file: %w", err)
	}
	if len(f.pages) != len(p.pages) {
		return nil, fmt.Errorf("complete the file: %d pages drawn of %d", len(f.pages), len(p.pages))
	}
	f.nameFonts()
	if err := f.maps(p.pages); err != nil {
		return nil, fmt.Errorf("complete the file: %w", err)
	}
	f.links(p)
	root := f.add("", true)
	owners := make([][]*element, len(p.pages)) // by page and number of marked content
	for i, g := range p.pages {
		if owners[i], err = f.markUp(i, g); err != nil {
			return nil, fmt.Errorf("complete page %d: %w", i+1, err)
		}
	}
	f.tree(root, p.root, owners)
	f.catalog(root, p)
	// No date: equal documents are equal files.
	info := f.add("<</Title "+hexText(opt.Title)+author(opt.Author)+"/Producer(juesuan)>>", false)
	return f.pack(info), nil
}

func author(s string) string {
	if s == "" {
		return ""
	}
	return "/Author " + hexText(s)
}

// hexText is a text string in UTF-16.
func hexText(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String() + ">"
}

var errForm = errors.New("unexpected form of the drawn file")

// parse takes the drawn file apart by its table of offsets.
func parse(raw []byte) (*file, error) {
	k := bytes.LastIndex(raw, []byte("startxref\n"))
	if k < 0 {
		return nil, errForm
	}
	at, err := strconv.Atoi(string(bytes.TrimSpace(bytes.TrimSuffix(bytes.TrimSpace(raw[k+10:]), []byte("%%EOF")))))
	if err != nil || at <= 0 || at > k {
		return nil, errForm
	}
	table := bytes.Split(raw[at:k], []byte("\n"))
	if len(table) < 4 || string(table[0]) != "xref" {
		return nil, errForm
	}
	f := &file{}
	var offsets []int
	for _, line := range table[3:] {
		if len(line) < 18 || !bytes.HasSuffix(line, []byte(" 00000 n ")) {
			break
		}
		n, err := strconv.Atoi(string(line[:10]))
		if err != nil || n > at {
			return nil, errForm
		}
		offsets = append(offsets, n)
	}
	offsets = append(offsets, at)
	for i := range offsets[1:] {
		s := raw[offsets[i]:offsets[i+1]]
		head := fmt.Sprintf("%d 0 obj\n", i+1)
		s = bytes.TrimSuffix(bytes.TrimSpace(s), []byte("endobj"))
		if !bytes.HasPrefix(s, []byte(head)) {
			return nil, errForm
		}
		f.objects = append(f.objects, object{body: bytes.TrimSpace(s[len(head):])})
		if bytes.Contains(s, []byte("/Type /Page\n")) {
			f.pages = append(f.pages, i+1)
		}
	}
	return f, nil
}

// stream is a packed stream object.
func stream(dict string, data []byte) []byte {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_, _ = w.Write(data) // a Buffer never fails
	_ = w.Close()
	return fmt.Appendf(nil, "<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream", dict, z.Len(), z.Bytes())
}

var (
	fontName  = regexp.MustCompile(`/BaseFont /(\S+)`)
	toUnicode = regexp.MustCompile(`/ToUnicode\s+(\d+) 0 R`)
	// gopdf names the contents of a page even where there are none.
	emptyContents = regexp.MustCompile(`(?m)^\s*/Contents\s*$`)
	contentsN     = regexp.MustCompile(`/Contents\s+(\d+) 0 R`)
)

var ascent = regexp.MustCompile(`/(Ascent|Descent) -?\d+`)

// nameFonts gives the fonts the names that tell that they are reduced, and
// the body of the characters as their height: what they reach to in the font
// is room for accents, by which readers would take type for larger.
func (f *file) nameFonts() {
	for n, o := range f.objects {
		if bytes.Contains(o.body, []byte("/Type /FontDescriptor")) {
			o.body = ascent.ReplaceAllFunc(o.body, func(s []byte) []byte {
				if s[1] == 'A' {
					return []byte("/Ascent 880")
				}
				return []byte("/Descent -120")
			})
			f.set(n+1, o.body)
		}
		for _, fc := range faces() {
			for _, key := range []string{"/BaseFont /", "/FontName /"} {
				if k := bytes.Index(o.body, []byte(key+fc.Name+"\n")); k >= 0 {
					k += len(key)
					o.body = bytes.Join([][]byte{o.body[:k], o.body[k:]}, []byte("JUESUA+"))
					f.set(n+1, o.body)
				}
			}
		}
	}
}

// maps writes the tables that tell which character a glyph shows. gopdf's own
// spoil characters outside the first plane and have more entries in a block
// than the format allows.
func (f *file) maps(pages []*page) error {
	used := map[string]map[rune]bool{}
	for _, fc := range faces() {
		used[fc.Name] = map[rune]bool{}
	}
	for _, g := range pages {
		for _, m := range g.marks {
			for _, r := range m.s {
				used[m.face.Name][r] = true
			}
		}
	}
	for n := range f.objects {
		to, name := toUnicode.FindSubmatch(f.objects[n].body), fontName.FindSubmatch(f.objects[n].body)
		if to == nil || name == nil {
			continue
		}
		id, _ := strconv.Atoi(string(to[1]))
		if id < 1 || id > len(f.objects) {
			return errForm
		}
		for _, fc := range faces() {
			if strings.HasSuffix(string(name[1]), fc.Name) {
				f.set(id, stream("", characterMap(fc, used[fc.Name])))
			}
		}
	}
	return nil
}

func characterMap(f *typeface.Face, used map[rune]bool) []byte {
	of := map[uint16]rune{}
	for r := range used {
		if g := f.Glyph(r); of[g] == 0 || r < of[g] {
			of[g] = r
		}
	}
	var lines []string
	for _, g := range slices.Sorted(maps.Keys(of)) {
		var u strings.Builder
		for _, x := range utf16.Encode([]rune{of[g]}) {
			fmt.Fprintf(&u, "%04X", x)
		}
		lines = append(lines, fmt.Sprintf("<%04X> <%s>\n", g, u.String()))
	}
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	const most = 100 // entries in a block
	for len(lines) > 0 {
		n := min(most, len(lines))
		fmt.Fprintf(&b, "%d beginbfchar\n%sendbfchar\n", n, strings.Join(lines[:n], ""))
		lines = lines[n:]
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}

// links adds the links of the contents.
func (f *file) links(p *setter) {
	index := map[*page]int{}
	for i, g := range p.pages {
		index[g] = i
	}
	next := len(p.pages) // in the parent tree, after the pages
	for i, g := range p.pages {
		entry := fmt.Sprintf("/StructParents %d/Tabs/S", i)
		if len(g.links) > 0 {
			entry += "/Annots["
			for _, l := range g.links {
				s, ok := p.spots[l.block]
				if !ok {
					continue
				}
				n := f.add(fmt.Sprintf("<</Type/Annot/Subtype/Link/Border[0 0 0]/F 4/StructParent %d/Rect[%s %s %s %s]/Dest %s/Contents %s>>", next,
					number(l.box.X0), number(g.geo.h-l.box.Y1), number(l.box.X1), number(g.geo.h-l.box.Y0),
					f.dest(index[s.page], s), hexText(p.doc.Blocks[l.block].Text.S)), true)
				entry += fmt.Sprintf("%d 0 R ", n)
				l.of.link, l.of.linkPage = n, i
				next++
			}
			entry += "]"
		}
		body := bytes.TrimSuffix(f.body(f.pages[i]), []byte(">>"))
		f.set(f.pages[i], append(bytes.Clone(body), entry+">>"...))
		f.objects[f.pages[i]-1].pack = true
	}
}

// dest is a place to go to: a little above the heading.
func (f *file) dest(page int, s spot) string {
	return fmt.Sprintf("[%d 0 R/XYZ 0 %s null]", f.pages[page], number(s.page.geo.h-s.y+6))
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }

// node is a bookmark.
type node struct {
	title string
	dest  string
	level int
	kids  []*node
	id    int
}

// outline adds the bookmarks and gives their root, 0 without any.
func (f *file) outline(p *setter) int {
	index := map[*page]int{}
	for i, g := range p.pages {
		index[g] = i
	}
	top := &node{}
	path := []*node{top}
	for i := range p.doc.Blocks {
		b := &p.doc.Blocks[i]
		s, ok := p.spots[i]
		if !ok || b.Kind != document.Heading || strings.TrimSpace(b.Text.S) == "" {
			continue
		}
		level := max(1, min(9, b.Level))
		for len(path) > 1 && path[len(path)-1].level >= level {
			path = path[:len(path)-1]
		}
		n := &node{title: strings.ReplaceAll(b.Text.S, "\n", " "), dest: f.dest(index[s.page], s), level: level}
		above := path[len(path)-1]
		above.kids = append(above.kids, n)
		path = append(path, n)
	}
	if len(top.kids) == 0 {
		return 0
	}
	var reserve func(n *node)
	reserve = func(n *node) {
		n.id = f.add("", true)
		for _, k := range n.kids {
			reserve(k)
		}
	}
	reserve(top)
	var write func(n, parent, prev, next *node)
	write = func(n, parent, prev, next *node) {
		var b strings.Builder
		b.WriteString("<<")
		if parent != nil {
			fmt.Fprintf(&b, "/Title %s/Parent %d 0 R/Dest %s", hexText(n.title), parent.id, n.dest)
		} else {
			b.WriteString("/Type/Outlines")
		}
		if prev != nil {
			fmt.Fprintf(&b, "/Prev %d 0 R", prev.id)
		}
		if next != nil {
			fmt.Fprintf(&b, "/Next %d 0 R", next.id)
		}
		if m := len(n.kids); m > 0 {
			count := m
			if parent != nil {
				count = -m // shut
			}
			fmt.Fprintf(&b, "/First %d 0 R/Last %d 0 R/Count %d", n.kids[0].id, n.kids[m-1].id, count)
		}
		b.WriteString(">>")
		f.set(n.id, []byte(b.String()))
		for i, k := range n.kids {
			var before, after *node
			if i > 0 {
				before = n.kids[i-1]
			}
			if i+1 < len(n.kids) {
				after = n.kids[i+1]
			}
			write(k, n, before, after)
		}
	}
	write(top, nil, nil, nil)
	return top.id
}

// catalog completes object 1, the root of the file.
func (f *file) catalog(tree int, p *setter) {
	s := fmt.Sprintf("<</Type/Catalog/Pages 2 0 R/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R", tree)
	if n := f.outline(p); n > 0 {
		s += fmt.Sprintf("/PageMode/UseOutlines/Outlines %d 0 R", n)
	}
	// Pages in front count in small Roman numbers.
	s += "/PageLabels<</Nums["
	for i, g := range p.pages {
		switch {
		case g.number == 1:
			s += fmt.Sprintf("%d<</S/D>>", i)
		case i == 0:
			s += "0<</S/r>>"
		}
	}
	f.set(1, []byte(s+"]>>>>"))
}
