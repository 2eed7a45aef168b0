package check

import (
	"strings"
	"testing"

	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/recognise"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

func formTaxonomy(t testing.TB) *taxonomy.Taxonomy {
	t.Helper()
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	return tax
}

// paragraphs is a document of one paragraph a line, page 1 for all.
func paragraphs(lines ...string) *document.Document {
	d := &document.Document{Name: "a.txt", Files: []document.File{{Name: "a.txt", Format: "txt"}}}
	for i, s := range lines {
		at := document.Place{Page: 1, Para: i + 1}
		d.Blocks = append(d.Blocks, document.Block{Text: document.Plain(s, at), Place: at})
	}
	return d
}

// formFindings are the findings of the family C on a text.
func formFindings(tax *taxonomy.Taxonomy, rep *report.Report) []Finding {
	r := newRun(rep, tax)
	r.form()
	return r.findings
}

func findingOf(list []Finding, rule string) *Finding {
	for i := range list {
		if list[i].Rule == rule {
			return &list[i]
		}
	}
	return nil
}

// The examples of the rules are texts: those that pass draw no finding of the
// rule, those that fail draw one.
func TestFormExamples(t *testing.T) {
	tax := formTaxonomy(t)
	for _, rule := range tax.Rules.All() {
		if rule.Family() != "C" {
			continue
		}
		for i, e := range append(append([]taxonomy.Example{}, rule.Pass...), rule.Fail...) {
			if e.Text == "" {
				continue
			}
			doc := paragraphs(strings.Split(strings.TrimSpace(e.Text), "\n")...)
			f := findingOf(formFindings(tax, recognise.Report(doc, tax)), rule.ID)
			switch {
			case i < len(rule.Pass) && f != nil:
				t.Errorf("%s: passing example draws: %s", rule.ID, f.Message)
			case i >= len(rule.Pass) && f == nil:
				t.Errorf("%s: failing example %d draws nothing", rule.ID, i-len(rule.Pass)+1)
			}
		}
	}
}

func TestResidueIsOneFindingWithAllPlaces(t *testing.T) {
	tax := formTaxonomy(t)
	doc := paragraphs("江北市交通局2024年度部门决算",
		"无政府性基金收支的,仍保留该表格式,并在本表下方作下述说明:", "无国有资本收支的,仍保留该表格式,并在本表下方作下述说明:")
	list := formFindings(tax, recognise.Report(doc, tax))
	f := findingOf(list, "C07")
	if f == nil || len(f.Places) != 2 || f.Severity != Error {
		t.Fatalf("got %+v", list)
	}
	for _, p := range f.Places {
		if p.Page != 1 || !strings.Contains(p.Excerpt, "仍保留该表格式") {
			t.Errorf("place %+v", p)
		}
	}
}

func TestTemplateIsOneFinding(t *testing.T) {
	tax := formTaxonomy(t)
	doc := paragraphs("江北市XX局2024年度部门决算", "江北市XX局2024年度收入支出总计XXX万元,与2023年度相比,增加(减少)XXX万元,增长(下降)XX%。(如持平作持平表述)")
	list := formFindings(tax, recognise.Report(doc, tax))
	if len(list) != 1 || !strings.Contains(list[0].Message, "模板") || !strings.Contains(list[0].Message, "XX") {
		t.Fatalf("got %+v", list)
	}
}

func TestVariants(t *testing.T) {
	const unit = "江北市临江区规划和自然资源局"
	for _, c := range []struct {
		other   string
		same    bool
		dropped string
	}{
		{"江北市规划和自然资源局", false, "临江区"},
		{"临江区规划和自然资源局", true, ""},
		{"市规划资源局", true, ""},
		{"江北市临江区规划和自然资源局执法大队", true, ""},
		{"江北市临江区规划与自然资源局", true, ""}, // reported as a variant
		{"江北市临江区教育局", false, ""},
	} {
		r := &run{}
		if got := r.sameUnit(unit, c.other); got != c.same {
			t.Errorf("sameUnit(%s) = %v", c.other, got)
		}
		if got := droppedLevel(unit, c.other); got != c.dropped {
			t.Errorf("droppedLevel(%s) = %q", c.other, got)
		}
	}
	for _, v := range variants("江北市公安局") {
		if v.name == "江北公安局" {
			t.Error("江北公安局 is a common short form")
		}
	}
}

// subjectReport has a table 05 with two 项 of one 款 and one of another, and
// the text's subjects.
func subjectReport(year int, subjects ...report.Subject) *report.Report {
	rep := &report.Report{Document: paragraphs(), Kind: report.Final, Year: year}
	amount := func(coef int64) report.ID {
		return rep.Add(report.Figure{Figure: figure.Figure{Coef: coef, Decimals: 2, Unit: "万元"}, Table: -1})
	}
	t := report.Table{ID: "05", Columns: []report.Column{{Key: "合计"}}}
	for _, row := range []struct {
		code, name string
		coef       int64
	}{
		{"208", "社会保障和就业支出", 9000}, {"20805", "行政事业单位养老支出", 9000},
		{"2080505", "机关事业单位基本养老保险缴费支出", 8912}, {"2080599", "其他行政事业单位养老支出", 88},
		{"221", "住房保障支出", 4000}, {"22102", "住房改革支出", 4000}, {"2210201", "住房公积金", 4000},
	} {
		t.Rows = append(t.Rows, report.Row{Key: row.code, Code: row.code, Name: row.name, Level: (len(row.code) - 1) / 2,
			Cells: []report.Cell{{Figure: amount(row.coef)}}})
	}
	rep.Tables = append(rep.Tables, t)
	for _, s := range subjects {
		if s.Amount > 0 {
			s.Amount = amount(int64(s.Amount))
		}
		rep.Subjects = append(rep.Subjects, s)
	}
	return rep
}

func TestSubjects(t *testing.T) {
	tax := formTaxonomy(t)
	for _, c := range []struct {
		name     string
		subject  report.Subject
		suspect  string // "" for no finding
		expected string
	}{
		{"as in the table", report.Subject{Names: [3]string{"社会保障和就业支出", "行政事业单位养老支出", "机关事业单位基本养老保险缴费支出"}, Amount: 8912}, "", ""},
		{"last 支出 does not count", report.Subject{Names: [3]string{"社会保障和就业", "行政事业单位养老", "机关事业单位基本养老保险缴费"}, Amount: 8912}, "", ""},
		{"another name, found by amount", report.Subject{Names: [3]string{"社会保障和就业支出", "行政事业单位养老支出", "退休人员活动费"}, Amount: 88}, "退休人员活动费", "其他行政事业单位养老支出"},
		{"the 款 has another name", report.Subject{Names: [3]string{"住房保障支出", "住房保障支出", "住房公积金"}, Amount: 4000}, "住房保障支出", "住房改革支出"},
		{"not in the tables and no such amount", report.Subject{Names: [3]string{"住房保障支出", "住房改革支出", "临时补贴"}, Amount: 123}, "", ""},
		{"by code", report.Subject{Code: "2080599", Names: [3]string{2: "退休人员活动费"}}, "退休人员活动费", "其他行政事业单位养老支出"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := findingOf(formFindings(tax, subjectReport(2024, c.subject)), "C08")
			switch {
			case c.suspect == "" && f != nil:
				t.Errorf("unexpected: %s", f.Message)
			case c.suspect != "" && (f == nil || f.Suspect != c.suspect || f.Expected != c.expected || f.Severity != Error):
				t.Errorf("got %+v", f)
			}
		})
	}
}

func TestItemNamesAgainstList(t *testing.T) {
	tax := formTaxonomy(t)
	for _, c := range []struct {
		name, code, item string
		year             int
		severity         Severity // "" for no finding
	}{
		{"right", "20805", "行政事业单位养老支出", 2024, ""},
		{"old name", "2200199", "其他国土资源事务支出", 2024, Hint},
		{"unknown code", "2991234", "某项支出", 2024, ""},
		{"cut by its cell", "2080505", "机关事业单位基本养老", 2024, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			rep := &report.Report{Document: paragraphs(), Kind: report.Final, Year: c.year}
			rep.Tables = []report.Table{{ID: "03", Rows: []report.Row{{Code: c.code, Name: c.item}}}}
			f := findingOf(formFindings(tax, rep), "C08")
			if c.severity == "" && f != nil || c.severity != "" && (f == nil || f.Severity != c.severity) {
				t.Errorf("got %+v", f)
			}
		})
	}
}

func TestEmptyTableNeedsStatement(t *testing.T) {
	tax := formTaxonomy(t)
	table := func(notes ...string) *report.Report {
		rep := &report.Report{Document: paragraphs(), Kind: report.Final, Year: 2024}
		x := report.Table{ID: "08", Title: "政府性基金预算财政拨款收入支出决算表", Empty: true, UnitSaid: "万元"}
		for _, n := range notes {
			x.Notes = append(x.Notes, document.Plain(n, document.Place{}))
		}
		rep.Tables = []report.Table{x}
		return rep
	}
	if f := findingOf(formFindings(tax, table("注:本表反映收支情况。")), "C03"); f == nil || f.Severity != Hint {
		t.Errorf("a table-only file: got %+v", f)
	}
	if f := findingOf(formFindings(tax, table("本年度没有这项收入和支出,故本表无数据。")), "C03"); f != nil {
		t.Errorf("unexpected: %s", f.Message)
	}
}

func TestUnitScale(t *testing.T) {
	tax := formTaxonomy(t)
	run := func(second figure.Unit) *Finding {
		rep := &report.Report{Document: paragraphs(), Kind: report.Final, Year: 2024}
		for i, u := range []figure.Unit{figure.WanYuan, second} {
			x := report.Table{ID: []string{"01", "03"}[i], Title: []string{"收入支出决算总表", "支出决算表"}[i], UnitSaid: string(u), Unit: u, Columns: []report.Column{{Key: "合计"}}}
			id := rep.Add(report.Figure{Figure: figure.Figure{Coef: 123456, Decimals: 2, Unit: u}, Table: i})
			x.Rows = []report.Row{{Key: "合计", Cells: []report.Cell{{Figure: id, Text: "1234.56"}}}}
			rep.Tables = append(rep.Tables, x)
		}
		return findingOf(formFindings(tax, rep), "C06")
	}
	if f := run(figure.WanYuan); f != nil {
		t.Errorf("unexpected: %s", f.Message)
	}
	if f := run(figure.Yuan); f == nil || f.Severity != Error || f.Suspect != "元" {
		t.Errorf("got %+v", f)
	}
}

func TestNumbering(t *testing.T) {
	tax := formTaxonomy(t)
	run := func(numbers ...string) *Finding {
		rep := &report.Report{Document: paragraphs(), Kind: report.Final, Year: 2024}
		keys := []string{"三公", "机关运行", "政府采购", "国有资产", "绩效"}
		for i, n := range numbers {
			rep.Sections = append(rep.Sections, report.Section{Key: keys[i%len(keys)], Number: n, Title: "说明", Level: 1})
		}
		return findingOf(formFindings(tax, rep), "C02")
	}
	if f := run("一", "二", "三", "四", "五", "六"); f != nil {
		t.Errorf("unexpected: %s", f.Message)
	}
	if f := run("一", "二", "三", "三", "四", "五"); f == nil || f.Expected != "四" {
		t.Errorf("got %+v", f)
	}
	if f := run("一", "三", "二", "五", "七", "六"); f != nil {
		t.Errorf("many breaks are the reader's: %s", f.Message)
	}
}

func TestLineNumbers(t *testing.T) {
	column := func(nums ...string) *document.Table {
		tab := &document.Table{Rows: [][]document.Cell{{{Text: "项目"}, {Text: "行次"}}}}
		for _, n := range nums {
			tab.Rows = append(tab.Rows, []document.Cell{{Text: "支出"}, {Text: n}})
		}
		return tab
	}
	for _, c := range []struct {
		nums []string
		odd  int // how many
	}{
		{[]string{"1", "2", "3", "4", "5", "6"}, 0},
		{[]string{"26", "27", "28", "39", "30", "31", "32"}, 1},
		{[]string{"1", "2", "", "5", "6", "7"}, 0},
		{[]string{"1", "9", "3", "7", "5"}, 0},
	} {
		tab := column(c.nums...)
		if got := oddLines(tab, 1, lineColumns(tab)[1]); len(got) != c.odd {
			t.Errorf("%v: %v", c.nums, got)
		}
	}
}

func TestExcerpt(t *testing.T) {
	s := "一二三四五六七八九十一二三四五六七八九十错误一二三四五六七八九十一二三四五六七八九十"
	i := strings.Index(s, "错误")
	got := excerpt(s, i, i+len("错误"))
	if want := "…七八九十一二三四五六七八九十错误一二三四五六七八九十一二三四…"; got != want {
		t.Errorf("got %s", got)
	}
	if got := excerpt("甲\n错误\n乙", 4, 10); got != "错误" {
		t.Errorf("got %q", got)
	}
}
