package check

import (
	"slices"
	"strings"
	"testing"

	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// TestSentenceExamples tries every rule of the families N and S on the
// examples of its declaration: pass gives no finding of the rule, fail gives one.
func TestSentenceExamples(t *testing.T) {
	tax := load(t)
	for _, rule := range tax.Rules.All() {
		if !strings.Contains("NS", rule.Family()) {
			continue
		}
		if len(rule.Pass) == 0 || len(rule.Fail) == 0 {
			t.Errorf("%s has no passing or no failing example", rule.ID)
		}
		for i, ex := range rule.Pass {
			for _, f := range sentenceFindings(t, tax, ex) {
				if f.Rule == rule.ID || f.Severity == Error {
					t.Errorf("%s pass %d: %s %s %s", rule.ID, i+1, f.Rule, f.Message, f.Arithmetic)
				}
			}
		}
		for i, ex := range rule.Fail {
			all := sentenceFindings(t, tax, ex)
			mine := slices.DeleteFunc(slices.Clone(all), func(f Finding) bool { return f.Rule != rule.ID })
			if len(mine) != 1 {
				t.Errorf("%s fail %d: %d findings, want 1; all: %+v", rule.ID, i+1, len(mine), all)
				continue
			}
			f := mine[0]
			if f.Message == "" || f.Severity != Severity(rule.Severity) || f.Arithmetic == "" && len(f.Places) == 0 {
				t.Errorf("%s fail %d: incomplete finding %+v", rule.ID, i+1, f)
			}
			if strings.Contains(f.Message+f.Arithmetic, "-") && !strings.Contains(f.Message+f.Arithmetic, "--（") {
				t.Errorf("%s fail %d: a hyphen for a minus: %s %s", rule.ID, i+1, f.Message, f.Arithmetic)
			}
		}
	}
}

func sentenceFindings(t *testing.T, tax *taxonomy.Taxonomy, ex taxonomy.Example) []Finding {
	t.Helper()
	r := newRun(said(t, ex), tax)
	r.sentences()
	return r.findings
}

// said makes a report of the statements of an example; rules/n.yaml says what
// the names mean. A name that was given already begins a new statement.
func said(t *testing.T, ex taxonomy.Example) *report.Report {
	t.Helper()
	b := &statements{t: t, rep: &report.Report{Document: &document.Document{}, Kind: report.Final, TableText: map[int]int{}}}
	b.begin()
	for _, fact := range ex.Facts {
		name, val, _ := strings.Cut(fact, "=")
		b.add(strings.TrimSpace(name), strings.TrimSpace(val))
	}
	b.end()
	return b.rep
}

type statements struct {
	t     *testing.T
	rep   *report.Report
	have  map[string]bool
	about report.Fact
	c     report.Change
	m     report.Completion
	s     report.Share
	sum   report.Sum
	e     report.Equal
	n     report.CountClaim
}

func (b *statements) begin() {
	b.have = map[string]bool{}
	none := report.None
	b.about = report.Fact{Concept: "示例支出", Period: report.ThisYear}
	b.c = report.Change{Fact: b.about, Now: none, Before: none, Delta: none, Rate: none, Base: b.c.Base}
	b.m = report.Completion{Fact: b.about, Base: report.InitialBudget, Actual: none, Budget: none, Rate: none, Delta: none}
	b.s = report.Share{Part: none, Whole: none, Rate: none, PartFact: b.about}
	b.sum = report.Sum{Whole: none, All: true}
	b.e = report.Equal{A: none, B: none}
	b.n = report.CountClaim{Stated: none}
}

// end records the statement that the names given so far make.
func (b *statements) end() {
	h := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return b.have[n] })
	}
	switch {
	case h("actual", "budget"):
		b.rep.Completions = append(b.rep.Completions, b.m)
	case h("part", "share"):
		b.rep.Shares = append(b.rep.Shares, b.s)
	case h("total"):
		b.rep.Sums = append(b.rep.Sums, b.sum)
	case h("a"):
		b.rep.Equals = append(b.rep.Equals, b.e)
	case h("stated"):
		b.rep.CountClaims = append(b.rep.CountClaims, b.n)
	case h("now", "before", "delta"):
		b.rep.Changes = append(b.rep.Changes, b.c)
	}
}

func (b *statements) put(val string, m report.Measure, p report.Period, f report.Fact) report.ID {
	b.t.Helper()
	fig, err := figure.Parse(val)
	if err != nil {
		b.t.Fatalf("example: %v", err)
	}
	f.Measure, f.Period = m, p
	return b.rep.Add(report.Figure{Figure: fig, Fact: f, UnitMissing: fig.UnitCut, Table: -1, Section: "示例", Excerpt: val, Start: len(b.rep.Figures)})
}

var ways = map[string]report.Direction{
	"增加": report.Up, "增长": report.Up, "大于": report.Up, "减少": report.Down, "下降": report.Down, "小于": report.Down,
	"持平": report.Flat, "基本持平": report.Flat, "等于": report.Flat,
}

func (b *statements) add(name, val string) {
	b.t.Helper()
	if b.have[name] && name != "item" && name != "level" && name != "base" {
		b.end()
		b.begin()
	}
	b.have[name] = true
	other := report.Fact{}
	switch name {
	case "now":
		b.c.Now = b.put(val, "示例", report.ThisYear, b.about)
	case "before":
		b.c.Before = b.put(val, "示例", report.LastYear, b.about)
	case "delta":
		b.c.Delta = b.put(val, report.Delta, report.ThisYear, b.about)
		b.m.Delta = b.c.Delta
	case "way":
		b.c.Direction, b.c.DirWords.Text = ways[val], val
	case "rate":
		b.c.Rate = b.put(val, report.Growth, report.ThisYear, b.about)
		b.m.Rate, b.s.Rate = b.c.Rate, b.c.Rate
	case "rateway":
		b.c.RateDirection, b.c.RateWords.Text = ways[val], val
	case "base":
		b.c.Base, b.m.Base = report.Period(val), report.Period(val)
	case "reason":
		b.c.Reason = val
	case "actual":
		b.m.Actual = b.put(val, "示例", report.ThisYear, b.about)
	case "budget":
		b.m.Budget = b.put(val, report.Level, report.InitialBudget, b.about)
	case "full":
		b.put(val, report.Level, report.FullBudget, b.about)
	case "variance":
		b.m.Rate, b.m.Variance = b.put(val, report.Variance, report.ThisYear, b.about), true
	case "more":
		b.m.Direction, b.m.DirWords.Text = ways[val], val
	case "part":
		b.s.Part = b.put(val, "示例", report.ThisYear, b.about)
	case "whole":
		for i := range b.rep.Figures {
			if b.rep.Figures[i].String() == val && b.rep.Figures[i].Fact.Concept == "示例合计" {
				b.s.Whole = report.ID(i)
				return
			}
		}
		b.s.Whole = b.put(val, "示例", report.ThisYear, report.Fact{Concept: "示例合计"})
	case "share":
		b.s.Rate = b.put(val, report.ShareOf, report.ThisYear, b.about)
	case "elsewhere":
		b.s.WholeFact = report.Fact{Concept: "示例合计"}
		b.put(val, report.Level, report.ThisYear, b.s.WholeFact)
	case "total":
		b.sum.Whole = b.put(val, "示例", report.ThisYear, b.about)
	case "whole concept":
		b.about.Concept = val
	case "item":
		b.sum.Parts = append(b.sum.Parts, b.put(val, "示例", report.ThisYear, other))
	case "list":
		b.sum.All, b.sum.Deltas = val != "部分", val == "增减"
	case "a":
		b.e.A = b.put(val, "示例", report.ThisYear, other)
	case "b":
		b.e.B = b.put(val, "示例", report.ThisYear, other)
	case "level":
		b.put(val, report.Level, report.ThisYear, b.about)
	case "stated":
		b.n.Stated = b.put(val, "示例", report.ThisYear, other)
	case "listed":
		for range number(b.t, val).Coef {
			b.n.Listed = append(b.n.Listed, "某科")
		}
	case "concept":
		b.about.Concept, b.m.Fact.Concept = val, val
	default:
		if path := strings.Split(name, "."); len(path) > 1 {
			put(b.t, b.rep, path, val, figure.WanYuan)
			return
		}
		b.put(val, report.Level, report.ThisYear, report.Fact{Concept: name})
	}
}

// TestSentenceWords looks at what single findings say.
func TestSentenceWords(t *testing.T) {
	tax := load(t)
	for _, c := range []struct {
		rule  string
		facts []string
		want  []string
	}{
		{"N01", []string{"now = 362.78万元", "before = 335.55万元", "delta = 25.23万元", "way = 增加"},
			[]string{"362.78 − 335.55 = 27.23 ≠ 25.23", "增加25.23万元"}},
		{"N02", []string{"now = 362.78万元", "before = 388.01万元", "rate = 6.95%", "rateway = 下降"},
			[]string{"(362.78 − 388.01) ÷ 388.01 = −6.50% ≠ 6.95%", "除以了本年数"}},
		{"N02", []string{"now = 2.14万元", "before = 1.00万元", "rate = 1.14%", "rateway = 增长"}, []string{"漏乘100", "114.00%"}},
		{"N02", []string{"now = 3666.00万元", "delta = 21.80万元", "way = 增加", "rate = 0.06%", "rateway = 增长"},
			[]string{"10倍", "0.60%"}},
		{"N17", []string{"budget = 5384.70万元", "actual = 5377.64万元", "rate = 99.86%"}, []string{"截断"}},
		{"N12b", []string{"now = 1668.14万元", "delta = 1668.14万元", "way = 增加", "rate = 0%", "rateway = 增长"},
			[]string{"1668.14", "增长0%"}},
		{"N12c", []string{"budget = 0万元", "actual = 0.16万元", "rate = 0%"}, []string{"0.16", "完成预算"}},
		{"N04b", []string{"base = 年初预算", "budget = 0万元", "full = 321.02万元", "actual = 307.82万元", "rate = 95.89%"},
			[]string{"95.89%", "321.02", "全年预算"}},
		{"N21", []string{"now = 114.00万元", "delta = 14.00万元", "way = 增加", "rate = 13.95", "rateway = 增长"}, []string{"13.95%", "百分号"}},
	} {
		ok := false
		for _, f := range sentenceFindings(t, tax, taxonomy.Example{Facts: c.facts}) {
			if f.Rule != c.rule {
				continue
			}
			ok = true
			for _, w := range c.want {
				if !strings.Contains(f.Message+" "+f.Arithmetic, w) {
					t.Errorf("%s %v: no %q in %s %s", c.rule, c.facts, w, f.Message, f.Arithmetic)
				}
			}
		}
		if !ok {
			t.Errorf("%s %v: no finding", c.rule, c.facts)
		}
	}
}

// A digit that is wrong makes the figure that holds it contradicted, and a
// relation that holds proves its figures.
func TestSentenceStatuses(t *testing.T) {
	tax := load(t)
	rep := said(t, taxonomy.Example{Facts: []string{
		"now = 362.78万元", "before = 335.55万元", "delta = 27.23万元", "way = 增加", "rate = 8.11%", "rateway = 增长",
	}})
	res := Check(rep, tax)
	if res.Figures.Proved != 4 {
		t.Errorf("%+v, want all four proved", res.Figures)
	}
	// The rate fits now and before, so the change is the odd one.
	rep = said(t, taxonomy.Example{Facts: []string{
		"now = 362.78万元", "before = 335.55万元", "delta = 25.23万元", "way = 增加", "rate = 8.11%", "rateway = 增长",
	}})
	res = Check(rep, tax)
	if res.Status[2] != Contradicted || res.Figures.Contradicted != 1 {
		t.Errorf("status %v, want only the change contradicted", res.Status)
	}
	for _, f := range res.Findings {
		if f.Rule == "N01" && (f.Suspect != "25.23万元" || f.Expected != "27.23万元") {
			t.Errorf("suspect %s, expected %s", f.Suspect, f.Expected)
		}
	}
}

// A relation is not called wrong when another amount of the paragraph fits it.
func TestMeantAmounts(t *testing.T) {
	tax := load(t)
	for _, facts := range [][]string{
		{"公务用车运行维护费 = 424.80万元", "now = 846.10万元", "delta = 32.00万元", "way = 减少", "rate = 7.0%", "rateway = 下降"},
		{"会议费 = 335.55万元", "now = 362.78万元", "before = 300.00万元", "delta = 27.23万元", "way = 增加"},
		{"本年支出合计 = 307.82万元", "part = 264.87万元", "whole = 400.00万元", "rate = 86.05%"},
		{"本年支出合计 = 30.50万元", "total = 90.00万元", "item = 10.25万元", "item = 20.25万元"},
		{"total = 30.50万元", "item = 10.25万元", "item = 20.25万元", "item = 7.00万元"},
	} {
		for _, f := range sentenceFindings(t, tax, taxonomy.Example{Facts: facts}) {
			t.Errorf("%v: %s %s", facts, f.Rule, f.Message)
		}
	}
}
