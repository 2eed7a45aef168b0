package compose

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"juesuan/internal/accounts"
	"juesuan/internal/taxonomy"
)

// env is what a pattern may speak of besides the books.
type env struct {
	item *element // of a list
	seq  int      // its number from 1
	last bool     // it is the last one
	pair *pair    // of a phrase
}

// element of a list: a concept, or one 科目 of a concept.
type element struct{ concept, code string }

// text fills a pattern.
func (c *composer) text(ps []taxonomy.Piece, e env) string {
	var b strings.Builder
	for _, p := range ps {
		switch {
		case p.Slot != nil:
			b.WriteString(c.slot(p.Slot, e))
		case p.Choice != nil:
			if c.holds(p.Choice.If, e) {
				b.WriteString(c.text(p.Choice.Then, e))
			} else {
				b.WriteString(c.text(p.Choice.Else, e))
			}
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// slot fills one slot. Names are those that the taxonomy let pass at load.
func (c *composer) slot(s *taxonomy.Slot, e env) string {
	if len(s.Args) == 0 {
		return c.word(s.Name, e)
	}
	arg := s.Args[0].Concept
	switch s.Name {
	case "列":
		l := c.set.Lists[arg]
		return c.list(&l, e)
	case "个数":
		l := c.set.Lists[arg]
		return strconv.Itoa(len(c.elements(&l)))
	case "注":
		if n := sentence(c.b.Notes[arg]); n != "" {
			return n
		}
		return c.ask(accounts.Missing{What: arg + "的文字说明", Kind: "文字"}, "文字")
	}
	x := c.operand(s.Args[0], e)
	o := s.Args[1]
	if o.Concept == "" { // a period: of the first quantity
		o.Concept = s.Args[0].Concept
	}
	y := c.operand(o, e)
	p := &pair{x: x, y: y}
	ph, named := c.set.Phrases[s.Name]
	if !named {
		return c.measure(s.Name, p)
	}
	return c.phrase(&ph, p, e)
}

// word fills a slot of one name.
func (c *composer) word(name string, e env) string {
	if e.pair != nil && slices.Contains(taxonomy.PhraseWords, name) {
		return c.measure(name, e.pair)
	}
	if e.item != nil {
		switch name {
		case "项名":
			return c.nameOf(e.item)
		case "科目":
			return c.path(e.item.code)
		case "代码":
			return e.item.code
		case "序":
			return strconv.Itoa(e.seq)
		case "用途":
			return c.use(e.item.code)
		}
	}
	switch name {
	case "单位":
		if c.b.Unit == "" {
			return c.ask(accounts.Missing{What: "单位名称", Kind: "文字"}, "职能")
		}
		return c.b.Unit
	case "年":
		return strconv.Itoa(c.b.Year)
	case "上年":
		return strconv.Itoa(c.b.Year - 1)
	case "范围":
		return c.scope()
	case "本部门":
		return "本" + c.scope()
	case "金额单位":
		return string(c.b.PrintUnit())
	case "内设机构":
		if c.b.Offices == nil {
			return c.ask(accounts.Missing{What: "内设机构", Kind: "文字"}, "职能")
		}
		return strings.Join(c.b.Offices, "、")
	case "内设机构数":
		return c.count("内设机构数", len(c.b.Offices))
	case "下属单位":
		return strings.Join(c.b.Subordinates, "、")
	case "下属单位数":
		return c.count("下属单位数", len(c.b.Subordinates))
	}
	if w, ok := c.set.Words[name]; ok {
		return c.text(w.Pieces, e)
	}
	concept, period, _ := strings.Cut(name, "@")
	return c.print(c.operand(taxonomy.Operand{Concept: concept, Period: period}, e))
}

// count prints how many there are of a list of the accounts.
func (c *composer) count(concept string, n int) string {
	s := strconv.Itoa(n) + "个"
	c.facts = append(c.facts, fact{concept: concept, measure: "数额", period: "本年", print: s})
	return s
}

func (c *composer) scope() string {
	if c.b.Scope == "单位" {
		return "单位"
	}
	return "部门"
}

// operand finds the quantity an operand names.
func (c *composer) operand(o taxonomy.Operand, e env) *value {
	period := o.Period
	if period == "" {
		period = "本年"
	}
	switch {
	case o.Concept == "项" && e.item != nil:
		return c.value(e.item.concept, period, e.item.code)
	case o.Concept == "本数" && e.pair != nil:
		return e.pair.x
	case o.Concept == "基数" && e.pair != nil:
		return e.pair.y
	}
	return c.value(o.Concept, period, "")
}

// nameOf is what the text calls an element.
func (c *composer) nameOf(it *element) string {
	if it.code != "" {
		return c.b.Name(it.code)
	}
	if n := c.set.Names[it.concept]; n != "" {
		return n
	}
	return spoken(it.concept)
}

// spoken is a concept's name as it is written: “三公” in quotation marks.
func spoken(concept string) string {
	return strings.Replace(concept, "三公经费", "“三公”经费", 1)
}

// path is the full name of a 科目: …（类）…（款）…（项）.
func (c *composer) path(code string) string {
	var b strings.Builder
	for i, mark := range []string{"（类）", "（款）", "（项）"} {
		if n := 3 + 2*i; len(code) >= n {
			b.WriteString(c.b.Name(code[:n]) + mark)
		}
	}
	return b.String()
}

// use is 主要用于 of a 科目.
func (c *composer) use(code string) string {
	if u := sentence(c.b.Uses[code]); u != "" {
		return u
	}
	return c.ask(accounts.Missing{
		What: fmt.Sprintf("“%s %s”的主要用途", code, c.b.Name(code)), Kind: "文字", Key: accounts.Key{Func: code}}, "用途")
}

// sentence is a user's words without what the sentence around them brings.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	for _, lead := range []string{"主要原因是", "主要原因为", "主要原因", "原因是", "主要用于", "用于", "由于", "因为"} {
		s = strings.TrimLeft(strings.TrimPrefix(s, lead), "：: ")
	}
	s = strings.Trim(s, "。；;，,. \n")
	// One sentence: what follows a full stop is no longer its reason or use.
	return strings.NewReplacer("。\n", "；", "。", "；", "\n", "，").Replace(s)
}

// holds decides a condition.
func (c *composer) holds(x taxonomy.Condition, e env) bool {
	for _, group := range x {
		all := true
		for _, t := range group {
			if c.test(t, e) == t.Not {
				all = false
				break
			}
		}
		if all {
			return true
		}
	}
	return false
}

func (c *composer) test(t taxonomy.Test, e env) bool {
	switch t.Verb {
	case "有", "无":
		v := c.operand(t.Arg, e)
		if !v.ok {
			c.lack(v)
			return t.Verb == "有"
		}
		return (v.printed != 0) == (t.Verb == "有")
	case "有值":
		return c.operand(t.Arg, e).ok
	case "空":
		return c.b.Empty(t.Arg.Concept)
	case "表":
		return c.tax.Forms.Choose(c.b.Form, c.b.Year).Table(t.Arg.Concept) != nil
	case "列有":
		l := c.set.Lists[t.Arg.Concept]
		return len(c.elements(&l)) > 0
	case "列文":
		l := c.set.Lists[t.Arg.Concept]
		known := len(c.facts)
		s := c.list(&l, e)
		c.facts = c.facts[:known]
		return s != ""
	case "注":
		return sentence(c.b.Notes[t.Arg.Concept]) != ""
	case "行政":
		return c.b.Kind == accounts.Administrative || c.b.Kind == accounts.Assimilated
	case "部门":
		return c.scope() == "部门"
	case "末":
		return e.last
	case "机构":
		return c.b.Offices == nil || len(c.b.Offices) > 0 // nil is asked for
	case "单独":
		return len(c.b.Subordinates) == 0
	}
	return false
}
