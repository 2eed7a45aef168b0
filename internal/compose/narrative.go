package compose

import (
	"fmt"
	"slices"
	"strings"

	"juesuan/internal/accounts"
	"juesuan/internal/document"
	"juesuan/internal/taxonomy"
)

// part is a part of the document.
type part struct {
	blocks []document.Block // its heading first
	tables bool             // the nine tables follow the heading
}

// composer writes one disclosure.
type composer struct {
	b       *accounts.Books
	tax     *taxonomy.Taxonomy
	set     *taxonomy.SentenceSet
	missing []accounts.Missing
	// conflicts are totals that their parts contradict.
	conflicts []accounts.Conflict
	asked     map[string]bool
	said      strings.Builder // all text so far: terms are explained when they are used
	uneven    bool            // printed parts of a list did not add up to their whole
	drawn     bool            // with charts
	facts     []fact          // every printed quantity, in the order of the text
	flats     []fact          // every comparison that says 持平
}

// fact is a quantity that the text prints: what the reader has to find there.
type fact struct {
	concept, measure, period, base, code string
	print                                string
	pair                                 *pair // what a measure of two quantities compares
}

func newComposer(b *accounts.Books, tax *taxonomy.Taxonomy) *composer {
	return &composer{b: b, tax: tax, set: tax.Sentences.Choose(b.Form, b.Year), asked: map[string]bool{}}
}

// parts writes the parts in order.
func (c *composer) parts() []part {
	var out []part
	n := 0
	for i := range c.set.Outline {
		o := &c.set.Outline[i]
		title := c.text(o.Title.Pieces, env{})
		if !o.Plain {
			n++
			title = "第" + ordinal(n) + "部分 " + title
		}
		p := part{tables: o.Tables, blocks: []document.Block{{Kind: document.Heading, Level: 1, Text: plain(title), NewPage: true}}}
		before := c.uneven
		p.blocks = append(p.blocks, c.sections(o.Sections, 2)...)
		if c.uneven && !before && c.set.Remain != nil {
			p.blocks = append(p.blocks, c.para(c.text(c.set.Remain.Pieces, env{})))
		}
		if o.Glossary {
			p.blocks = append(p.blocks, c.glossary()...)
		}
		out = append(out, p)
	}
	return out
}

// sections writes the sections that apply, numbered without a gap.
func (c *composer) sections(keys []string, level int) []document.Block {
	var out []document.Block
	n := 0
	for _, k := range keys {
		s := c.set.Sections[k]
		if len(s.When) > 0 && !c.holds(s.When, env{}) {
			continue
		}
		n++
		mark := ordinal(n) + "、"
		if level > 2 {
			mark = "（" + ordinal(n) + "）"
		}
		out = append(out, document.Block{Kind: document.Heading, Level: level, Text: plain(mark + c.text(s.Title.Pieces, env{}))})
		out = append(out, c.paras(s.Text, env{})...)
		if !hasNote(s.Text, k) { // the unit's own words of a section stand at its end
			out = append(out, c.note(&taxonomy.Para{Note: k})...)
		}
		if c.drawn {
			out = append(out, c.charts(k)...)
		}
		out = append(out, c.sections(s.Sections, level+1)...)
	}
	return out
}

// hasNote reports paragraphs that place the note of the key themselves.
func hasNote(list []taxonomy.Para, key string) bool {
	return slices.ContainsFunc(list, func(p taxonomy.Para) bool {
		return p.Note == key || hasNote(p.Group, key) || hasNote(p.Else, key)
	})
}

// paras writes paragraphs; what comes out empty is left out.
func (c *composer) paras(list []taxonomy.Para, e env) []document.Block {
	var out []document.Block
	for i := range list {
		p := &list[i]
		if p.Each != "" {
			l := c.set.Lists[p.Each]
			all := c.elements(&l)
			for k, it := range all {
				one := *p
				one.Each = ""
				inner := e
				inner.item, inner.seq, inner.last = &it, k+1, k+1 == len(all)
				out = append(out, c.paras([]taxonomy.Para{one}, inner)...)
			}
			continue
		}
		if len(p.When) > 0 && !c.holds(p.When, e) {
			out = append(out, c.paras(p.Else, e)...)
			continue
		}
		switch {
		case p.Note != "":
			out = append(out, c.note(p)...)
		case p.Duties:
			out = append(out, c.duties()...)
		case p.Text != nil:
			if s := c.text(p.Text.Pieces, e); s != "" {
				out = append(out, c.para(s))
			}
		default:
			out = append(out, c.paras(p.Group, e)...)
		}
	}
	return out
}

func (c *composer) para(s string) document.Block {
	c.said.WriteString(s)
	c.said.WriteByte('\n')
	return document.Block{Kind: document.Paragraph, Text: plain(s)}
}

func plain(s string) document.Text { return document.Plain(s, document.Place{}) }

// note writes free paragraphs of the accounts.
func (c *composer) note(p *taxonomy.Para) []document.Block {
	var out []document.Block
	for _, s := range strings.Split(c.b.Notes[p.Note], "\n") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, c.para(s))
		}
	}
	if len(out) == 0 && p.Must {
		out = append(out, c.para(c.ask(accounts.Missing{What: p.Note + "的文字说明", Kind: "文字"}, "文字")))
	}
	return out
}

// duties writes 主要职能, numbered when there are several.
func (c *composer) duties() []document.Block {
	var out []document.Block
	for i, s := range c.b.Duties {
		s = strings.TrimSpace(s)
		if len(c.b.Duties) > 1 && !strings.HasPrefix(s, "（") && !strings.HasPrefix(s, "(") {
			s = "（" + ordinal(i+1) + "）" + s
		}
		if !strings.HasSuffix(s, "。") && !strings.HasSuffix(s, "；") {
			s += "。"
		}
		out = append(out, c.para(s))
	}
	if len(out) == 0 {
		out = append(out, c.para(c.ask(accounts.Missing{What: "主要职能", Kind: "文字"}, "职能")))
	}
	return out
}

// ask notes something missing, once, and gives the mark for its place.
func (c *composer) ask(m accounts.Missing, where string) string {
	if k := m.Key; m.Where == "" && k.Concept != "" {
		if sheet := c.tax.Entry(k.Concept, k.Period, k.Func, m.Kind == "原因"); sheet != "" {
			m.Where = "填报模板“" + sheet + "”表"
		}
	}
	if m.Where == "" {
		m.Where = c.set.Where[where]
	}
	id := m.Kind + m.What
	if !c.asked[id] {
		c.asked[id] = true
		c.missing = append(c.missing, m)
	}
	return "【待填：" + m.What + "】"
}

// ordinal is 一, 二 … 九十九.
func ordinal(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n <= 0 || n > 99:
		return fmt.Sprint(n)
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n-10]
	}
	return digits[n/10] + "十" + digits[n%10]
}
