package check

import (
	"slices"
	"strings"
	"testing"

	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// say adds a stated amount in 万元 to the report.
func say(t testing.TB, rep *report.Report, concept, print string) report.ID {
	t.Helper()
	f := number(t, print)
	f.Unit = figure.WanYuan
	return rep.Add(report.Figure{
		Figure: f, Table: -1, Excerpt: concept + print,
		Fact: report.Fact{Concept: concept, Measure: report.Level, Period: report.ThisYear},
	})
}

func withCells(t testing.TB, cells ...string) *report.Report {
	return tables(t, taxonomy.Example{Facts: cells})
}

func TestLevels(t *testing.T) {
	tax := load(t)
	cells := []string{
		"03.合计.本年支出合计 = 600.00", "03.合计.基本支出 = 510.00", "03.合计.项目支出 = 90.00",
		"05.合计.合计 = 580.00", "05.合计.基本支出 = 500.00", "05.合计.项目支出 = 80.00",
		"06.人员.人员经费合计.决算数 = 400.00", "06.公用.公用经费合计.决算数 = 100.00",
	}
	for _, c := range []struct {
		name, concept, print, rule string // rule "" when nothing is wrong
	}{
		{"all outlay", "基本支出", "510.00", ""},
		{"rounded to the whole 万元", "基本支出", "510", ""},
		{"of the general budget", "一般公共预算财政拨款基本支出", "500.00", ""},
		{"the other money's amount", "一般公共预算财政拨款基本支出", "510.00", "M05"},
		{"two digits swapped", "人员经费", "4000.00", "M06"},
		{"a concept no table carries", "委托业务费", "7.00", ""},
	} {
		rep := withCells(t, cells...)
		id := say(t, rep, c.concept, c.print)
		res := checkTables(rep, tax)
		var rules []string
		for _, f := range res.Findings {
			rules = append(rules, f.Rule)
			if !strings.Contains(f.Suspect, c.print) {
				t.Errorf("%s: suspect %q, want the text's %s", c.name, f.Suspect, c.print)
			}
		}
		if c.rule == "" && len(rules) > 0 || c.rule != "" && !slices.Equal(rules, []string{c.rule}) {
			t.Errorf("%s: findings %v, want %q", c.name, rules, c.rule)
		}
		if c.rule != "" && res.Status[id] != Contradicted {
			t.Errorf("%s: the stated figure is not contradicted", c.name)
		}
	}
}

// TestOneWrongTotalIsOneFinding: a text total repeated with the same slip in
// two sections is one cause with all its places.
func TestOneWrongTotalIsOneFinding(t *testing.T) {
	rep := withCells(t,
		"01.支出.本年支出合计 = 321.00", "01.支出.201 = 123.00", "01.支出.208 = 198.00",
		"03.合计.本年支出合计 = 231.00", "03.201.本年支出合计 = 123.00", "03.208.本年支出合计 = 108.00")
	res := checkTables(rep, load(t))
	for _, f := range res.Findings {
		t.Logf("%s %s | %s | suspect %s expected %s", f.Rule, f.Message, f.Arithmetic, f.Suspect, f.Expected)
	}
	if len(res.Findings) > 2 {
		t.Errorf("%d findings, want at most the two causes", len(res.Findings))
	}
}

func TestNameLists(t *testing.T) {
	tax := load(t)
	cells := []string{
		"06.人员.301.决算数 = 30.00", "06.人员.30101.决算数 = 20.00", "06.人员.30199.决算数 = 10.00", "06.人员.30107.决算数 = 0.00",
		"06.公用.302.决算数 = 5.00", "06.公用.30201.决算数 = 5.00",
	}
	names := map[string]string{"30101": "基本工资", "30199": "其他工资福利支出", "30107": "绩效工资", "30201": "办公费", "301": "工资福利支出", "302": "商品和服务支出"}
	for _, c := range []struct {
		names []string
		text  string
		want  []string // words of the findings
	}{
		{[]string{"基本工资", "其他工资福利"}, "", nil},
		{[]string{"基本工资"}, "", []string{"没有列出“其他工资福利支出”"}},
		{[]string{"基本工资"}, "基本工资等", nil},
		{[]string{"基本工资", "其他工资福利支出", "绩效工资"}, "", []string{"列有“绩效工资”，而表06没有该项支出"}},
		{[]string{"基本工资", "其他工资福利支出", "住房公积金"}, "", []string{"列有“住房公积金”，而表06没有该项支出"}},
		{[]string{"基本工资", "其他工资福利支出", "节日慰问"}, "", nil},
	} {
		rep := withCells(t, cells...)
		for i := range rep.Tables[0].Rows {
			row := &rep.Tables[0].Rows[i]
			row.Name = names[row.Code]
		}
		rep.NameLists = []report.NameList{{Concept: "人员经费", Names: c.names, Words: report.Words{Text: c.text}}}
		got := found2(tax, rep, "M10")
		if len(got) != len(c.want) {
			t.Errorf("%v: %d findings, want %d: %v", c.names, len(got), len(c.want), got)
			continue
		}
		for i, w := range c.want {
			if !strings.Contains(got[i].Message, w) {
				t.Errorf("%v: %q, want %q", c.names, got[i].Message, w)
			}
		}
	}
}

// found2 are the findings of a text rule, before clustering.
func found2(tax *taxonomy.Taxonomy, rep *report.Report, rule string) []Finding {
	r := newRun(rep, tax)
	r.matches()
	return slices.DeleteFunc(r.findings, func(f Finding) bool { return f.Rule != rule })
}

func TestEmptyClaims(t *testing.T) {
	tax := load(t)
	rep := withCells(t, "08.合计.本年支出 = 12.00")
	rep.EmptyClaims = []report.EmptyClaim{{Table: "08", Words: report.Words{Text: "没有政府性基金"}}}
	if got := found2(tax, rep, "M12"); len(got) != 1 {
		t.Errorf("claim against a full table: %d findings, want 1", len(got))
	}
	rep = withCells(t, "08.合计.本年支出 = 0.00")
	rep.Tables[0].Empty = true
	rep.EmptyClaims = []report.EmptyClaim{{Table: "08"}}
	if got := found2(tax, rep, "M12"); len(got) != 0 {
		t.Errorf("claim about an empty table: %v", got)
	}
}

// TestUnreadTableIsNotPassed: a 决算 whose tables are not there, or not read,
// is 未能完整检查.
func TestUnreadTableIsNotPassed(t *testing.T) {
	tax := load(t)
	rep := withCells(t, "05.合计.合计 = 5.00", "05.合计.基本支出 = 5.00", "05.合计.项目支出 = 0.00")
	rep.Year = 2023
	rep.Tables = append(rep.Tables, report.Table{ID: "03", Problem: "表头不全"})
	res := checkTables(rep, tax)
	if res.Verdict != Incomplete {
		t.Errorf("verdict %s, want %s", res.Verdict, Incomplete)
	}
	want := map[string]DutyStatus{"表01": Unreadable, "表03": Unreadable, "表05": Done, "表09": Unreadable}
	for _, d := range res.Duties {
		if w, ok := want[d.ID]; ok && d.Status != w {
			t.Errorf("%s: %s %s, want %s", d.ID, d.Status, d.Reason, w)
		}
	}
	rep.Year = 2018
	for _, d := range checkTables(rep, tax).Duties {
		if d.ID == "表09" && d.Status != NotApplicable {
			t.Errorf("表09 in 2018: %s, want %s", d.Status, NotApplicable)
		}
	}
}
