package check

import (
	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// matches checks text against tables (M).
func (r *run) matches() {
	r.levels()
	r.predicates(map[string]func(taxonomy.Rule){
		"nameLists":      r.nameLists,
		"operatingCosts": r.operatingCosts,
		"emptyClaims":    r.emptyClaims,
		"mentioned":      r.mentioned,
	})
}

// levelRules are the rules of text against a table, by table ID.
var levelRules = map[string]string{
	"01": "M01", "02": "M02", "03": "M03", "04": "M04", "05": "M05", "05b": "M05",
	"06": "M06", "07": "M07", "08": "M08", "09": "M09", "信息": "M13",
	"B01": "M15", "B02": "M15", "B03": "M15", "B04": "M15", "B05": "M15", "B06": "M15", "B07": "M15", "B08": "M15", "B09": "M15",
}

// carrier is a table cell that carries the value a sentence states.
type carrier struct {
	cell
	ref taxonomy.CellRef
}

// levels (M01–M09, M13): a stated amount or count equals its table cell. A
// concept may have several cells that legitimately differ; the text is
// contradicted only when none of them agrees.
func (r *run) levels() {
	subjects := r.subjectCodes()
	for i := range r.rep.Figures {
		f := &r.rep.Figures[i]
		if f.Table >= 0 || f.Fact.Measure != report.Level || f.Fact.Concept == "" {
			continue
		}
		id := report.ID(i)
		fact := f.Fact
		if fact.Func == "" && fact.Econ == "" {
			if code, ok := subjects[id]; ok {
				fact.Func = code
			} else if fact.Name != "" && r.tax.Concepts.ByName(fact.Name) == nil {
				continue // a 科目 or project that is not resolved
			}
		}
		r.level(id, f, r.carriers(fact))
	}
}

// subjectCodes resolves the 科目 named beside an amount to codes.
func (r *run) subjectCodes() map[report.ID]string {
	out := map[report.ID]string{}
	for _, s := range r.rep.Subjects {
		if s.Amount < 0 {
			continue
		}
		if code := r.subjectCode(s); code != "" {
			out[s.Amount] = code
		}
	}
	return out
}

// subjectCode is the code of a 科目 as named: its printed code, else its names
// followed down the list of codes, "" when that is not clear.
func (r *run) subjectCode(s report.Subject) string {
	if s.Code != "" {
		return s.Code
	}
	code := ""
	for level, name := range s.Names {
		if name == "" {
			continue
		}
		switch {
		case level == 0:
			code = r.tax.Codes.ClassCode(name, r.rep.Year)
		case code != "":
			item, ok := r.tax.Codes.Func.Child(code, name)
			if !ok {
				return ""
			}
			code = item.Code
		default:
			return "" // a 款 or 项 alone
		}
		if code == "" {
			return ""
		}
	}
	return code
}

// carriers are the cells of the tables that carry a fact.
func (r *run) carriers(fact report.Fact) []carrier {
	var out []carrier
	for _, ref := range r.tax.Concepts.CellsOf(fact.Concept, fact.Func, fact.Econ) {
		if !samePeriod(fact.Period, ref.Period) {
			continue
		}
		g := r.grid(ref.Table)
		if g == nil {
			continue
		}
		if c := r.lookup(g, ref.Row, ref.Col); c.kind == readable || c.kind == blank {
			out = append(out, carrier{c, ref})
		}
	}
	return out
}

// samePeriod reports whether a stated period is the one a cell is for. A
// table does not say which budget its 预算数 is.
func samePeriod(said report.Period, cell string) bool {
	switch said {
	case report.PlainBudget, report.InitialBudget, report.FullBudget:
		return cell == string(report.PlainBudget)
	}
	return string(said) == cell
}

// level compares one stated figure with its carriers.
func (r *run) level(id report.ID, f *report.Figure, carriers []carrier) {
	var wrong []carrier
	agreed := false
	for _, c := range carriers {
		l := linear{"=", []term{{id, 1}}, []term{{c.id, 1}}}
		if c.kind == readable && !comparable(f.Unit, r.rep.Get(c.id).Unit) {
			continue
		}
		if r.satisfied(l) || r.cutOff(f, c) {
			r.hold(id, c.id)
			agreed = true
			continue
		}
		wrong = append(wrong, c)
	}
	if len(carriers) > 0 {
		r.test(levelRules[carriers[0].ref.Table])
	}
	if agreed || len(wrong) == 0 {
		return
	}
	// Budgets are of several kinds and the table does not say which.
	if wrong[0].ref.Period != string(report.ThisYear) {
		return
	}
	if r.ofPart(id, f.Fact) {
		return // the sentence speaks of a part; the words for it were not understood
	}
	c := wrong[0]
	rule, ok := r.tax.Rules.ByID(levelRules[c.ref.Table])
	if !ok {
		return
	}
	if c.id < 0 {
		r.fail(Finding{
			Rule:       rule.ID,
			Message:    "文中" + r.saying(f) + "为" + printed(f) + "，而表" + c.ref.Table + "“" + c.ref.Row + "”" + c.ref.Col + "为空。" + rule.Remedy,
			Arithmetic: printed(f) + " ≠ 0",
		}, id)
		return
	}
	t := r.rep.Get(c.id)
	l := linear{"=", []term{{id, 1}}, []term{{c.id, 1}}}
	r.fail(Finding{
		Rule: rule.ID,
		Message: "文中" + r.saying(f) + "为" + printed(f) + "，而" + r.cellName(c.id) + "为" + printed(t) + "，两处不一致。" +
			r.scaleHint(f, t) + rule.Remedy,
		Arithmetic: unequal(f, t),
		needs:      r.needs(l),
		linear:     &l,
	}, id, c.id)
}

// cutOff reports whether a stated figure is its cell of more digits, cut
// instead of rounded.
func (r *run) cutOff(f *report.Figure, c carrier) bool {
	if c.kind != readable {
		return false
	}
	t := r.rep.Get(c.id)
	return t.Decimals-t.Unit.Exponent() > f.Decimals-f.Unit.Exponent() && f.Truncated().Has(t.Value())
}

// ofPart reports whether a stated figure is the value of a part of its
// concept: 公务用车购置费 where the reader took 三公经费 from the heading.
func (r *run) ofPart(id report.ID, fact report.Fact) bool {
	if r.rep.Get(id).Coef == 0 {
		return false
	}
	within := map[string]bool{fact.Concept: true}
	for range 2 { // parts of parts
		for _, c := range r.tax.Concepts.All() {
			if within[c.Part] {
				within[c.Name] = true
			}
		}
	}
	delete(within, fact.Concept)
	for name := range within {
		part := fact
		part.Concept = name
		for _, c := range r.carriers(part) {
			if c.kind == readable && r.satisfied(linear{"=", []term{{id, 1}}, []term{{c.id, 1}}}) {
				return true
			}
		}
	}
	return false
}

// comparable units are of one kind; a bare number compares with anything.
func comparable(a, b figure.Unit) bool {
	return a.Kind() == b.Kind() || a.Kind() == figure.Bare || b.Kind() == figure.Bare
}

// saying names what a stated figure is about.
func (r *run) saying(f *report.Figure) string {
	s := f.Fact.Concept
	if f.Fact.Name != "" && f.Fact.Name != s {
		s = f.Fact.Name + s
	}
	if f.Fact.Period != report.ThisYear && f.Fact.Period != "" {
		s += "（" + string(f.Fact.Period) + "）"
	}
	return "“" + s + "”"
}

// unequal writes two figures that differ, with their units when those do too.
func unequal(a, b *report.Figure) string {
	if a.Unit == b.Unit {
		return a.Text + " ≠ " + b.Text
	}
	return printed(a) + " ≠ " + printed(b)
}

func printed(f *report.Figure) string { return f.Text + string(f.Unit) }

// scaleHint says so when two amounts differ by exactly ten thousand.
func (r *run) scaleHint(a, b *report.Figure) string {
	x, y := a.Interval(), b.Interval()
	if times(x, 10000).Meets(y) || x.Meets(times(y, 10000)) {
		return "两数恰好相差一万倍，请核对金额单位。"
	}
	return ""
}

// operatingCosts (M11): 机关运行经费 of one 行政 or 参公 unit is its 公用经费.
// A department with 事业单位 has more 公用经费 than 机关运行经费.
func (r *run) operatingCosts(rule taxonomy.Rule) {
	g := r.grid("06")
	if g == nil {
		return
	}
	c := r.lookup(g, "公用经费合计", "决算数")
	if c.kind != readable {
		return
	}
	for i := range r.rep.Figures {
		f := &r.rep.Figures[i]
		if f.Table >= 0 || f.Fact.Concept != "机关运行经费" || f.Fact.Measure != report.Level || f.Fact.Period != report.ThisYear {
			continue
		}
		id := report.ID(i)
		l := linear{"=", []term{{id, 1}}, []term{{c.id, 1}}}
		r.test(rule.ID)
		if r.satisfied(l) {
			r.hold(id, c.id)
			continue
		}
		t := r.rep.Get(c.id)
		if r.rep.Scope != "单位" && f.Value().Cmp(t.Value()) < 0 {
			continue
		}
		r.fail(Finding{
			Rule:       rule.ID,
			Message:    "文中机关运行经费为" + printed(f) + "，表06公用经费合计为" + printed(t) + "。" + rule.Remedy,
			Arithmetic: unequal(f, t),
		}, id, c.id)
	}
}

// emptyClaims (M12): a table said to have no data has none.
func (r *run) emptyClaims(rule taxonomy.Rule) {
	for _, c := range r.rep.EmptyClaims {
		g := r.grid(c.Table)
		if g == nil {
			continue
		}
		r.test(rule.ID)
		if g.Empty {
			continue
		}
		ids, cell := r.nonZero(g)
		if len(ids) == 0 {
			continue
		}
		r.tell(Finding{
			Rule:    rule.ID,
			Message: "文字说明表" + c.Table + "没有数据，表中却有" + cell + "。" + rule.Remedy,
			Places:  []Place{r.wordsPlace(c.Words), r.place(ids[0])},
			Suspect: c.Words.Text, block: c.Words.Block, start: c.Words.Start,
		})
	}
}

// nonZero finds a non-zero amount in a table.
func (r *run) nonZero(g *grid) ([]report.ID, string) {
	for _, row := range g.Rows {
		for _, c := range row.Cells {
			if f := r.rep.Get(c.Figure); f != nil && f.Coef != 0 && !f.Nil {
				return []report.ID{c.Figure}, r.cellName(c.Figure) + " " + printed(f)
			}
		}
	}
	return nil, ""
}
