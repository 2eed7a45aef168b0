package docx

// numbering.go writes out automatic numbers (一、 （一） 1.): the numbers of
// the sections are not in the text of a paragraph.

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf8"
)

// level is one w:lvl of a numbering.
type level struct {
	start   int
	format  string // w:numFmt
	text    string // w:lvlText: "%1、", "（%2）", "%1.%2"
	legal   bool   // w:isLgl: all numbers in decimal
	restart int    // w:lvlRestart: -1 as usual, 0 never, else after that level
	style   string // w:pStyle: the paragraph style that stands for the level
}

type abstract struct {
	levels [9]level
	link   string // w:numStyleLink
}

type num struct {
	abstract string
	over     map[int]int    // level → start
	levels   map[int]*level // redefined levels
}

type numbering struct {
	abstracts map[string]*abstract
	nums      map[string]*num
	counts    map[string]*[9]int // by abstract numbering
	begun     map[string]bool    // numberings whose overrides were applied
	lists     map[string]string  // list style → the abstract numbering that defines it
}

func newLevel() level { return level{start: 1, format: "decimal", restart: -1} }

func (r *reader) readNumbering(part []byte) error {
	n := numbering{abstracts: map[string]*abstract{}, nums: map[string]*num{}, counts: map[string]*[9]int{}, begun: map[string]bool{}, lists: map[string]string{}}
	d := newDecoder(r.ctx, part, r.lim.Depth)
	err := d.children(func(t xml.StartElement) error {
		return d.children(func(t xml.StartElement) error {
			switch t.Name.Local {
			case "abstractNum":
				a := &abstract{}
				for i := range a.levels {
					a.levels[i] = newLevel()
				}
				id := attr(t, "abstractNumId")
				n.abstracts[id] = a
				return d.children(func(t xml.StartElement) error {
					switch t.Name.Local {
					case "lvl":
						l, err := readLevel(d)
						if i := atoi(attr(t, "ilvl"), -1); i >= 0 && i < 9 {
							a.levels[i] = l
						}
						return err
					case "numStyleLink":
						a.link = attr(t, "val")
					case "styleLink":
						n.lists[attr(t, "val")] = id
					}
					return d.skip()
				})
			case "num":
				x := &num{over: map[int]int{}, levels: map[int]*level{}}
				n.nums[attr(t, "numId")] = x
				return d.children(func(t xml.StartElement) error {
					switch t.Name.Local {
					case "abstractNumId":
						x.abstract = attr(t, "val")
					case "lvlOverride":
						i := atoi(attr(t, "ilvl"), -1)
						return d.children(func(t xml.StartElement) error {
							switch t.Name.Local {
							case "startOverride":
								x.over[i] = atoi(attr(t, "val"), 1)
							case "lvl":
								l, err := readLevel(d)
								x.levels[i] = &l
								return err
							}
							return d.skip()
						})
					}
					return d.skip()
				})
			}
			return d.skip()
		})
	})
	r.nums = n
	return err
}

func readLevel(d *decoder) (level, error) {
	l := newLevel()
	var walk func(t xml.StartElement) error
	walk = func(t xml.StartElement) error {
		switch t.Name.Local {
		case "start":
			l.start = atoi(attr(t, "val"), 1)
		case "numFmt":
			l.format = attr(t, "val")
		case "lvlText":
			l.text = attr(t, "val")
		case "isLgl":
			l.legal = on(t)
		case "lvlRestart":
			l.restart = atoi(attr(t, "val"), -1)
		case "pStyle":
			l.style = attr(t, "val")
		case "AlternateContent":
			return alternate(d, walk)
		}
		return d.skip()
	}
	err := d.children(walk)
	return l, err
}

// label advances the numbering of a paragraph and gives its number as
// printed, "" for a paragraph without one.
func (r *reader) label(styleID, numID, ilvl string) string {
	if numID == "" {
		r.chain(styleID, func(id string, s *style) bool {
			if s.numID != "" {
				numID = s.numID
				if ilvl == "" {
					ilvl = s.ilvl
				}
				if ilvl == "" {
					ilvl = r.nums.levelOf(numID, id)
				}
				return true
			}
			return false
		})
	}
	if numID == "" || numID == "0" {
		return ""
	}
	i := atoi(ilvl, 0)
	if i < 0 || i > 8 {
		return ""
	}
	return r.nums.next(numID, i, r.styles)
}

// levelOf finds the level of a numbering that stands for a paragraph style.
func (n *numbering) levelOf(numID, styleID string) string {
	x := n.nums[numID]
	if x == nil {
		return ""
	}
	if a := n.abstracts[x.abstract]; a != nil {
		for i, l := range a.levels {
			if l.style == styleID {
				return strconv.Itoa(i)
			}
		}
	}
	return ""
}

func (n *numbering) next(numID string, i int, styles map[string]*style) string {
	x := n.nums[numID]
	if x == nil {
		return ""
	}
	key := x.abstract
	a := n.abstracts[key]
	if a != nil && a.link != "" { // a list style holds the levels
		if k, ok := n.lists[a.link]; ok {
			key, a = k, n.abstracts[k]
		}
	}
	if a == nil {
		return ""
	}
	lv := func(k int) level {
		if l := x.levels[k]; l != nil {
			return *l
		}
		return a.levels[k]
	}
	c := n.counts[key]
	if c == nil {
		c = new([9]int)
		for k := range c {
			c[k] = lv(k).start - 1
		}
		n.counts[key] = c
	}
	if !n.begun[numID] {
		n.begun[numID] = true
		for k, s := range x.over {
			if k >= 0 && k < 9 {
				c[k] = s - 1
			}
		}
	}
	for k := range i { // a level that was never counted shows its start
		if c[k] < lv(k).start {
			c[k] = lv(k).start
		}
	}
	c[i]++
	for k := i + 1; k < 9; k++ {
		if rs := lv(k).restart; rs < 0 || rs > i {
			c[k] = lv(k).start - 1
		}
	}
	l := lv(i)
	if l.format == "bullet" || l.format == "none" && !strings.Contains(l.text, "%") {
		return ""
	}
	var b strings.Builder
	for s := l.text; s != ""; {
		if s[0] == '%' && len(s) > 1 && s[1] >= '1' && s[1] <= '9' {
			k := int(s[1] - '1')
			f := lv(k).format
			if l.legal {
				f = "decimal"
			}
			b.WriteString(ordinal(f, c[k]))
			s = s[2:]
			continue
		}
		_, w := utf8.DecodeRuneInString(s)
		b.WriteString(s[:w])
		s = s[w:]
	}
	return b.String()
}

// joinLabel sets a number before its text. A blank keeps “1.” and “2023年” apart.
func joinLabel(label, text string) string {
	if label == "" {
		return text
	}
	label = strings.TrimRight(label, " \t\u3000")
	text = strings.TrimLeft(text, " \t\u3000\u00a0")
	end, _ := utf8.DecodeLastRuneInString(label)
	if end == '.' || end == '．' || end >= '0' && end <= '9' || end >= 'A' && end <= 'z' {
		return label + " " + text
	}
	return label + text
}

// ordinal writes n in a w:numFmt (ECMA-376 17.18.59).
func ordinal(format string, n int) string {
	pick := func(s string) string {
		rs := []rune(s)
		if n >= 1 && n <= len(rs) {
			return string(rs[n-1])
		}
		return strconv.Itoa(n)
	}
	switch format {
	case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
		"taiwaneseCountingThousand", "koreanCounting":
		return counting(n, "零一二三四五六七八九", "十百千")
	case "chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal":
		s := counting(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟")
		if strings.HasPrefix(s, "拾") {
			s = "壹" + s
		}
		return s
	case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital":
		var b strings.Builder
		for _, r := range strconv.Itoa(n) {
			if r >= '0' && r <= '9' {
				b.WriteRune([]rune("〇一二三四五六七八九")[r-'0'])
			}
		}
		return b.String()
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return pick("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
	case "decimalEnclosedParen":
		return pick("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇")
	case "decimalEnclosedFullstop":
		return strconv.Itoa(n) + "."
	case "ideographEnclosedCircle":
		return pick("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉")
	case "ideographTraditional":
		return pick("甲乙丙丁戊己庚辛壬癸")
	case "ideographZodiac":
		return pick("子丑寅卯辰巳午未申酉戌亥")
	case "decimalZero":
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "upperLetter", "lowerLetter":
		if n < 1 || n > 26*26 {
			break
		}
		s := strings.Repeat(string(rune('A'+(n-1)%26)), (n-1)/26+1)
		if format == "lowerLetter" {
			s = strings.ToLower(s)
		}
		return s
	case "upperRoman", "lowerRoman":
		s := roman(n)
		if format == "lowerRoman" {
			s = strings.ToLower(s)
		}
		return s
	case "none":
		return ""
	}
	return strconv.Itoa(n)
}

// counting writes 1 to 9999 in Chinese: 十二, 二十, 一百零五.
func counting(n int, digits, units string) string {
	if n < 0 || n > 9999 {
		return strconv.Itoa(n)
	}
	d, u := []rune(digits), []rune(units)
	if n == 0 {
		return string(d[0])
	}
	var out []rune
	zero := false
	for p, div := 3, 1000; p >= 0; p, div = p-1, div/10 {
		x := n / div % 10
		if x == 0 {
			zero = len(out) > 0
			continue
		}
		if zero {
			out = append(out, d[0])
			zero = false
		}
		if !(x == 1 && p == 1 && len(out) == 0) { // 十二, not 一十二
			out = append(out, d[x])
		}
		if p > 0 {
			out = append(out, u[p-1])
		}
	}
	return string(out)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, x := range []struct {
		n int
		s string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= x.n {
			b.WriteString(x.s)
			n -= x.n
		}
	}
	return b.String()
}
