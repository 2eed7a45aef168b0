package taxonomy

import "slices"

// Need is something that the sentences of a set may ask the accounts for.
type Need struct {
	Concept, Period string // of a quantity, or what a reason compares
	Reason          bool   // why Concept changed against Period
	Note            string // free words by this key, in place of a quantity
}

// Needs lists what the sentences of a set speak of, each once, in the order
// of the sections. Quantities of single 科目 are left out.
func (s *SentenceSet) Needs() []Need {
	n := &needs{set: s, seen: map[Need]bool{}}
	var section func(keys []string)
	section = func(keys []string) {
		for _, k := range keys {
			x := s.Sections[k]
			n.condition(x.When, nil)
			n.pieces(x.Title.Pieces, nil)
			n.paras(x.Text, nil)
			section(x.Sections)
		}
	}
	for _, p := range s.Outline {
		section(p.Sections)
	}
	return n.out
}

type needs struct {
	set  *SentenceSet
	seen map[Need]bool
	out  []Need
}

func (n *needs) add(x Need) {
	if !n.seen[x] {
		n.seen[x] = true
		n.out = append(n.out, x)
	}
}

// quantity adds an operand; the element of a list is each of of.
func (n *needs) quantity(o Operand, of []string, reason bool) {
	period := o.Period
	if period == "" {
		period = "本年"
	}
	names := []string{o.Concept}
	if o.Concept == "项" {
		names = of
	}
	for _, c := range names {
		if c != "" {
			n.add(Need{Concept: c, Period: period, Reason: reason})
		}
	}
}

func (n *needs) paras(ps []Para, of []string) {
	for i := range ps {
		p := &ps[i]
		inner := of
		if p.Each != "" {
			inner = n.set.Lists[p.Each].Of
		}
		n.condition(p.When, inner)
		if p.Note != "" {
			n.add(Need{Note: p.Note})
		}
		if p.Text != nil {
			n.pieces(p.Text.Pieces, inner)
		}
		n.paras(p.Group, inner)
		n.paras(p.Else, inner)
	}
}

func (n *needs) condition(c Condition, of []string) {
	for _, g := range c {
		for _, t := range g {
			switch t.Verb {
			case "有", "无", "有值":
				n.quantity(t.Arg, of, false)
			case "列有":
				n.list(t.Arg.Concept)
			case "注":
				n.add(Need{Note: t.Arg.Concept})
			}
		}
	}
}

func (n *needs) list(name string) {
	l := n.set.Lists[name]
	for _, c := range l.Of {
		n.quantity(Operand{Concept: c}, nil, false)
	}
	n.pieces(l.Item.Pieces, l.Of)
}

func (n *needs) pieces(ps []Piece, of []string) {
	for _, p := range ps {
		switch {
		case p.Choice != nil:
			n.condition(p.Choice.If, of)
			n.pieces(p.Choice.Then, of)
			n.pieces(p.Choice.Else, of)
		case p.Slot != nil:
			n.slot(p.Slot, of)
		}
	}
}

func (n *needs) slot(s *Slot, of []string) {
	if w, ok := n.set.Words[s.Name]; ok && len(s.Args) == 0 {
		n.pieces(w.Pieces, of)
		return
	}
	switch {
	case len(s.Args) == 0:
		o, err := parseOperand(s.Name)
		if err != nil || slices.Contains(SlotWords, s.Name) || slices.Contains(ItemWords, s.Name) {
			return
		}
		n.quantity(o, of, false)
	case s.Name == "列" || s.Name == "个数":
		n.list(s.Args[0].Concept)
	case s.Name == "注":
		n.add(Need{Note: s.Args[0].Concept})
	case len(s.Args) == 2:
		base := s.Args[1]
		if base.Concept == "" {
			base.Concept = s.Args[0].Concept
		}
		n.quantity(s.Args[0], of, false)
		n.quantity(base, of, false)
		if p, ok := n.set.Phrases[s.Name]; ok && p.Ask != "" && s.Args[1].Concept == "" {
			n.quantity(base, of, true)
		}
	}
}
