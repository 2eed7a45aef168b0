package check

import (
	"slices"
	"strings"

	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// tables checks within and between tables (T, X).
func (r *run) tables() {
	r.formulas("T")
	r.predicates(map[string]func(taxonomy.Rule){
		"codeTree":      r.codeTree,
		"codeTwice":     r.codeTwice,
		"negative":      r.negativeAmounts,
		"repeatedTotal": r.repeatedTotal,
		"overBudget":    r.overBudget,
	})
	r.formulas("X")
	r.predicates(map[string]func(taxonomy.Rule){
		"publicCosts": r.publicCosts,
	})
}

// predicates runs the tests whose rules name them and are switched on.
func (r *run) predicates(tests map[string]func(taxonomy.Rule)) {
	for _, rule := range r.tax.Rules.All() {
		if test := tests[rule.Predicate]; test != nil && rule.Severity != taxonomy.SeverityOff && r.applies(rule) {
			test(rule)
		}
	}
}

// functional are the tables by 功能分类.
var functional = []string{"02", "03", "05", "08", "09"}

// codeTree (T12): a row's code begins with the code of the 款 or 类 above it.
// Only tables that print the level above are judged.
func (r *run) codeTree(rule taxonomy.Rule) {
	for _, id := range functional {
		g := r.grid(id)
		if g == nil {
			continue
		}
		var above [4]string // the last code seen of each level
		for _, row := range g.Rows {
			if row.Level < 1 || row.Level > 3 || row.Code == "" {
				continue
			}
			s := stem(row)
			if up := above[row.Level-1]; row.Level > 1 && up != "" {
				r.test(rule.ID)
				if !strings.HasPrefix(s, up) {
					r.tellRow(rule, g, row, "科目"+row.Code+row.Name+"排在"+up+"之下，编码却不以"+up+"开头。"+rule.Remedy)
				}
			}
			above[row.Level] = s
			for l := row.Level + 1; l < len(above); l++ {
				above[l] = ""
			}
		}
	}
}

// codeTwice (T13): no code stands twice in a table.
func (r *run) codeTwice(rule taxonomy.Rule) {
	for _, id := range append([]string{"06", "05b"}, functional...) {
		g := r.grid(id)
		if g == nil {
			continue
		}
		r.test(rule.ID)
		told := map[string]bool{}
		for _, row := range g.Rows {
			if g.twice[row.Code] && !told[row.Code] {
				told[row.Code] = true
				r.tellRow(rule, g, row, "科目"+row.Code+row.Name+"在表"+id+"中出现不止一次。"+rule.Remedy)
			}
		}
	}
}

// tellRow records a finding about a row of a table.
func (r *run) tellRow(rule taxonomy.Rule, g *grid, row report.Row, message string) {
	p := r.docPlace(row.Place)
	p.Cell = strings.TrimSpace("表" + g.ID + " " + row.Code + " " + p.Cell)
	p.Excerpt = row.Code + row.Name
	f := Finding{Rule: rule.ID, Message: message, Places: []Place{p}, Suspect: row.Code + row.Name}
	if len(g.Blocks) > 0 {
		f.block = g.Blocks[0]
	}
	r.tell(f)
}

// negativeAmounts (T14): amounts are not negative, carry-overs aside.
func (r *run) negativeAmounts(rule taxonomy.Rule) {
	for i := range r.rep.Figures {
		f := &r.rep.Figures[i]
		if f.Table < 0 || f.Coef >= 0 || f.Unit.Kind() != figure.Money {
			continue
		}
		t := &r.rep.Tables[f.Table]
		if t.Set != r.set || t.Problem != "" || r.grid(t.ID) == nil || f.Col >= len(t.Columns) || f.Row >= len(t.Rows) {
			continue
		}
		name := t.Rows[f.Row].Key + t.Rows[f.Row].Name + t.Columns[f.Col].Key
		if strings.Contains(name, "结转") || strings.Contains(name, "结余") || strings.Contains(name, "总计") {
			continue
		}
		id := report.ID(i)
		r.tell(Finding{
			Rule: rule.ID, Message: r.cellName(id) + "为负数" + f.Text + "。" + rule.Remedy,
			Places: []Place{r.place(id)}, Suspect: f.Text, block: f.Block, start: f.Start,
		})
	}
}

// repeatedTotal (T15): a 合计 row that a continued page repeats has the same
// numbers; the reader keeps it only when it has not.
func (r *run) repeatedTotal(rule taxonomy.Rule) {
	for ti := range r.rep.Tables {
		g := r.grid(r.rep.Tables[ti].ID)
		if g == nil || g.Table != &r.rep.Tables[ti] {
			continue
		}
		for _, row := range g.Rows {
			if row.Key != "合计（重复）" {
				continue
			}
			i := g.row("", []string{"合计"})
			if i < 0 {
				continue
			}
			for c := range g.Columns {
				a, b := g.at(i, c), r.cellOf(row, c)
				if a.kind == readable && b.kind == readable {
					r.relate(rule.ID, linear{"=", []term{{b.id, 1}}, []term{{a.id, 1}}}, func() string {
						return "表" + g.ID + "续页的合计行与首页不一致。" + rule.Remedy
					})
				}
			}
		}
	}
}

func (r *run) cellOf(row report.Row, c int) cell {
	if c < len(row.Cells) && row.Cells[c].Figure >= 0 {
		return cell{row.Cells[c].Figure, readable}
	}
	return cell{report.None, missing}
}

// accounted reports that the text says why a “三公” item, what it is a part of,
// or a part of it was above its budget.
func (r *run) accounted(item string) bool {
	const all, cars = "三公经费", "公务用车购置及运行维护费"
	names := []string{item, all}
	switch item {
	case "合计":
		names = append(names, "因公出国（境）费", "公务接待费", cars, "公务用车购置费", "公务用车运行维护费")
	case cars:
		names = append(names, "公务用车购置费", "公务用车运行维护费")
	case "公务用车购置费", "公务用车运行维护费":
		names = append(names, cars)
	}
	for i := range r.rep.Completions {
		c := &r.rep.Completions[i]
		if c.Reason == "" || !slices.Contains(names, c.Fact.Concept) {
			continue
		}
		actual, ok := r.said(c.Actual)
		budget, has := r.said(c.Budget)
		if c.Direction == report.Up || ok && has && actual.Value().Cmp(budget.Value()) > 0 {
			return true
		}
	}
	return false
}

// overBudget (T41): no “三公” item costs more than its budget.
func (r *run) overBudget(rule taxonomy.Rule) {
	g := r.grid("07")
	for i, row := range g.Rows {
		a, b := g.at(i, g.column(row, []string{"决算数"})), g.at(i, g.column(row, []string{"预算数"}))
		if a.kind != readable || b.kind != readable {
			continue
		}
		spent, budget := r.rep.Get(a.id), r.rep.Get(b.id)
		if spent.Unit.Kind() != figure.Money || budget.Nil {
			continue
		}
		if spent.Value().Cmp(budget.Value()) > 0 && r.accounted(row.Key) {
			r.test(rule.ID) // the text gives the reason that the hint would ask for
			continue
		}
		l := linear{"≤", []term{{a.id, 1}}, []term{{b.id, 1}}}
		r.relate(rule.ID, l, func() string {
			return r.disagreement(l) + rule.Remedy
		})
	}
}

// publicCosts (X31): where nothing is paid from 项目支出, the “三公” items of
// 基本支出 are the whole of the “三公” table.
func (r *run) publicCosts(rule taxonomy.Rule) {
	g05, g06, g07 := r.grid("05"), r.grid("06"), r.grid("07")
	if g05 == nil || g06 == nil || g07 == nil {
		return
	}
	p := r.lookup(g05, "合计", "项目支出")
	if p.kind != readable || r.rep.Get(p.id).Coef != 0 {
		return
	}
	for _, pair := range [][2]string{{"30212", "因公出国（境）费"}, {"30217", "公务接待费"}, {"30231", "公务用车运行维护费"}, {"31013", "公务用车购置费"}} {
		a, b := r.lookup(g06, pair[0], "决算数"), r.lookup(g07, pair[1], "决算数")
		if a.kind != readable || b.kind != readable {
			continue
		}
		r.relate(rule.ID, linear{"=", []term{{a.id, 1}}, []term{{b.id, 1}}}, func() string {
			return r.cellName(a.id) + "与" + r.cellName(b.id) + "不一致，而一般公共预算没有项目支出。" + rule.Remedy
		})
	}
}

// lookup finds a cell by canonical row and column.
func (r *run) lookup(g *grid, row, col string) cell {
	i := g.row("", []string{row})
	if i < 0 {
		return cell{report.None, missing}
	}
	return g.at(i, g.column(g.Rows[i], []string{col}))
}
