package check

import (
	"maps"
	"slices"
	"strings"

	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// nameLists (M10): the 经济分类 names listed for 人员经费 and 公用经费 are the
// non-zero details of table 06.
func (r *run) nameLists(rule taxonomy.Rule) {
	g := r.grid("06")
	if g == nil {
		return
	}
	for _, list := range r.rep.NameLists {
		rows := r.economicRows(g, list.Concept)
		if len(rows) == 0 || len(list.Names) == 0 {
			continue
		}
		r.test(rule.ID)
		open := strings.HasSuffix(strings.TrimRight(list.Words.Text, "。；;.， "), "等") ||
			strings.Contains(list.Names[len(list.Names)-1], "等")
		listed := map[string]bool{}
		var extra, lacking item // listed without money, money without being listed
		for k, name := range list.Names {
			name = strings.TrimSuffix(name, "等")
			row, known := rows[itemName(name)]
			listed[itemName(name)] = true
			w := list.Words
			if k < len(list.Places) {
				w = list.Places[k]
			}
			switch {
			case !known && r.economicItem(name) && coded(g, 5):
				extra.add(name, "没有该项", r.wordsPlace(w))
			case known && row.zero:
				extra.add(name, "为0", append([]Place{r.wordsPlace(w)}, row.places...)...)
			}
		}
		for _, name := range sortedNames(rows) {
			row := rows[name]
			if !open && !row.zero && !row.class && !listed[name] {
				lacking.add(row.name, "为"+row.print, append([]Place{r.wordsPlace(list.Words)}, row.places...)...)
			}
		}
		r.listFinding(rule, list, list.Concept+"的说明列有", "，而表06没有该项支出。", extra)
		r.listFinding(rule, list, list.Concept+"的说明没有列出", "，而表06该项有支出。", lacking)
	}
}

// item gathers the names of one finding about a list.
type item struct {
	names, sums []string
	places      []Place
}

func (i *item) add(name, found string, places ...Place) {
	i.names = append(i.names, name)
	i.sums = append(i.sums, name+"：表06"+found)
	i.places = addPlaces(i.places, places)
}

// listFinding records what is wrong with a list as one finding.
func (r *run) listFinding(rule taxonomy.Rule, list report.NameList, before, after string, it item) {
	if len(it.names) == 0 {
		return
	}
	r.tell(Finding{
		Rule: rule.ID, Message: before + "“" + strings.Join(it.names, "”“") + "”" + after + rule.Remedy,
		Arithmetic: strings.Join(it.sums, "；"), Places: it.places, Suspect: strings.Join(it.names, "、"),
		block: list.Words.Block, start: list.Words.Start,
	})
}

// economicItem reports whether the list of codes knows the name as a 款: what
// a list says beyond those names is description.
func (r *run) economicItem(name string) bool {
	for _, it := range r.tax.Codes.Econ.ByName(name) {
		if len(it.Code) == 5 {
			return true
		}
	}
	return false
}

// economic is one row of table 06 by name.
type economic struct {
	name, print string
	zero, class bool
	places      []Place
}

// economicRows are the rows of table 06 that 人员经费 or 公用经费 is made of,
// by folded name.
func (r *run) economicRows(g *grid, concept string) map[string]economic {
	out := map[string]economic{}
	for i, row := range g.Rows {
		if row.Code == "" || row.Name == "" {
			continue
		}
		personal := strings.HasPrefix(row.Code, "301") || strings.HasPrefix(row.Code, "303")
		if personal != (concept == "人员经费") {
			continue
		}
		e := economic{name: row.Name, zero: true, class: row.Level == 1 || len(row.Code) == 3}
		c := g.at(i, g.column(row, plainColumns))
		switch c.kind {
		case unread:
			continue
		case readable:
			f := r.rep.Get(c.id)
			e.zero, e.print = f.Coef == 0, printed(f)
			e.places = []Place{r.place(c.id)}
		}
		key := itemName(row.Name)
		if old, ok := out[key]; ok && !old.zero {
			continue // a 类 and a 款 of one name: the one with money counts
		}
		out[key] = e
	}
	return out
}

// coded reports whether the table prints codes of so many digits.
func coded(g *grid, digits int) bool {
	for _, row := range g.Rows {
		if len(row.Code) == digits {
			return true
		}
	}
	return false
}

// itemName is the form in which listed names are compared.
func itemName(s string) string {
	s = taxonomy.FoldItem(s)
	return strings.Trim(s, "()、,，。;；:：")
}

func sortedNames(rows map[string]economic) []string {
	return slices.Sorted(maps.Keys(rows))
}

// mentioned (M14): a 项 with money in table 05 is explained where the text
// goes through the items one by one.
func (r *run) mentioned(rule taxonomy.Rule) {
	g := r.grid("05")
	if g == nil || !coded(g, 7) {
		return
	}
	said := map[string]bool{}
	amounts := map[string]bool{} // an item under another name is another rule's matter
	detailed := 0
	for _, s := range r.rep.Subjects {
		code := r.subjectCode(s)
		if f := r.rep.Get(s.Amount); f != nil {
			amounts[f.Text] = true
		}
		if len(code) == 7 {
			detailed++
		}
		said[code] = true
		for _, n := range s.Names {
			if n != "" {
				said[itemName(n)] = true
			}
		}
	}
	for i := range r.rep.Figures {
		if f := &r.rep.Figures[i]; f.Table < 0 && f.Fact.Func != "" {
			said[f.Fact.Func] = true
		}
	}
	if detailed < 3 {
		return // the text does not go through the items
	}
	r.test(rule.ID)
	for i, row := range g.Rows {
		c := g.at(i, g.column(row, []string{"合计"}))
		if len(row.Code) != 7 || c.kind != readable || r.rep.Get(c.id).Coef == 0 || said[row.Code] || said[itemName(row.Name)] {
			continue
		}
		f := r.rep.Get(c.id)
		if amounts[f.Text] {
			continue
		}
		r.tell(Finding{
			Rule:    rule.ID,
			Message: "表05的" + row.Code + row.Name + "有支出" + printed(f) + "，文字说明没有提到。" + rule.Remedy,
			Places:  []Place{r.place(c.id)}, Suspect: row.Code + row.Name, block: f.Block, start: f.Start,
		})
	}
}
