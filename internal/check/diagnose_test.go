package check

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// amounts of a made-up disclosure, in 分 of 万元 (two decimals), by cell path.
type made struct {
	paths []string
	cents map[string]int64
}

func (m *made) set(path string, v int64) {
	if _, ok := m.cents[path]; !ok {
		m.paths = append(m.paths, path)
	}
	m.cents[path] += v
}

// consistent draws a set of tables in which every relation holds exactly.
func consistent(t *rapid.T) *made {
	m := &made{cents: map[string]int64{}}
	classes := []string{"201", "208", "210", "221"}
	n := rapid.IntRange(1, len(classes)).Draw(t, "classes")
	var total, basic, project int64
	for _, class := range classes[:n] {
		for k := range rapid.IntRange(1, 2).Draw(t, "groups") {
			for i := range rapid.IntRange(1, 3).Draw(t, "items") {
				b := rapid.Int64Range(0, 500000).Draw(t, "basic")
				p := rapid.Int64Range(0, 500000).Draw(t, "project")
				group := fmt.Sprintf("%s%02d", class, k+1)
				item := fmt.Sprintf("%s%02d", group, i+1)
				for _, row := range []string{"合计", class, group, item} {
					m.set("03."+row+".本年支出合计", b+p)
					m.set("03."+row+".基本支出", b)
					m.set("03."+row+".项目支出", p)
					m.set("05."+row+".合计", b+p)
					m.set("05."+row+".基本支出", b)
					m.set("05."+row+".项目支出", p)
					m.set("02."+row+".本年收入合计", b+p)
					m.set("02."+row+".财政拨款收入", b+p)
				}
				m.set("01.支出."+class, b+p)
				m.set("04.支出."+class+".合计", b+p)
				m.set("04.支出."+class+".一般公共预算", b+p)
				total, basic, project = total+b+p, basic+b, project+p
			}
		}
	}
	m.set("01.支出.本年支出合计", total)
	m.set("01.支出.支出总计", total)
	m.set("01.收入.一般公共预算财政拨款收入", total)
	m.set("01.收入.本年收入合计", total)
	m.set("01.收入.收入总计", total)
	m.set("04.支出.本年支出合计.合计", total)
	m.set("04.支出.本年支出合计.一般公共预算", total)
	m.set("04.支出.支出总计.合计", total)
	m.set("04.支出.支出总计.一般公共预算", total)
	m.set("04.收入.一般公共预算财政拨款", total)
	m.set("04.收入.本年收入合计", total)
	m.set("04.收入.收入总计", total)
	wages := basic / 3
	m.set("06.人员.301", wages)
	m.set("06.人员.30101", wages/2)
	m.set("06.人员.30102", wages-wages/2)
	m.set("06.人员.人员经费合计", wages)
	m.set("06.公用.302", basic-wages)
	m.set("06.公用.30201", (basic-wages)/2)
	m.set("06.公用.30211", basic-wages-(basic-wages)/2)
	m.set("06.公用.公用经费合计", basic-wages)
	m.set("06.合计.决算数", basic)
	_ = project
	return m
}

// report makes the Report; ids gives the figure of each path.
func (m *made) report(t testing.TB) (*report.Report, map[string]report.ID) {
	ex := taxonomy.Example{}
	ids := map[string]report.ID{}
	for i, p := range m.paths {
		v := m.cents[p]
		ex.Facts = append(ex.Facts, fmt.Sprintf("%s = %d.%02d", p, v/100, v%100))
		ids[p] = report.ID(i)
	}
	return tables(t, ex), ids
}

// TestConsistentTablesAreSilent: relations that hold give no finding.
func TestConsistentTablesAreSilent(t *testing.T) {
	tax := load(t)
	rapid.Check(t, func(rt *rapid.T) {
		rep, _ := consistent(rt).report(t)
		res := checkTables(rep, tax)
		for _, f := range res.Findings {
			rt.Errorf("%s %s %s", f.Rule, f.Message, f.Arithmetic)
		}
		if res.Figures.Proved != res.Figures.Total {
			for i, s := range res.Status {
				if s != Proved {
					rt.Errorf("not proved: %s", newRun(rep, tax).cellName(report.ID(i)))
				}
			}
		}
	})
}

// TestChangedCellIsTheSuspect: one wrong cell gives one error that names it
// and the value it should have.
func TestChangedCellIsTheSuspect(t *testing.T) {
	tax := load(t)
	rapid.Check(t, func(rt *rapid.T) {
		m := consistent(rt)
		var inner []string // cells in two relations or more, so that the wrong one can be told
		for _, p := range m.paths {
			if strings.HasPrefix(p, "03.") && strings.Count(p, ".") == 2 && len(strings.Split(p, ".")[1]) == 7 ||
				strings.HasPrefix(p, "01.支出.本年") || p == "04.支出.本年支出合计.一般公共预算" {
				inner = append(inner, p)
			}
		}
		bad := rapid.SampledFrom(inner).Draw(rt, "cell")
		right := m.cents[bad]
		m.cents[bad] += rapid.Int64Range(1000, 90000).Draw(rt, "slip")
		rep, ids := m.report(t)
		res := checkTables(rep, tax)
		var errs []Finding
		for _, f := range res.Findings {
			if f.Severity == Error {
				errs = append(errs, f)
			}
		}
		if len(errs) != 1 {
			for _, f := range errs {
				rt.Logf("%s %s %s suspect %s", f.Rule, f.Message, f.Arithmetic, f.Suspect)
			}
			rt.Fatalf("%s changed: %d errors, want 1", bad, len(errs))
		}
		f := rep.Get(ids[bad])
		if want := f.Text + string(figure.WanYuan); errs[0].Suspect != want {
			rt.Errorf("%s changed: suspect %s, want %s (%s)", bad, errs[0].Suspect, want, errs[0].Arithmetic)
		}
		if want := fmt.Sprintf("%d.%02d万元", right/100, right%100); errs[0].Expected != want {
			rt.Errorf("%s changed: expected %s, want %s", bad, errs[0].Expected, want)
		}
		if res.Status[ids[bad]] != Contradicted || res.Figures.Contradicted != 1 {
			rt.Errorf("%s changed: %d contradicted", bad, res.Figures.Contradicted)
		}
	})
}

// checkTables runs the table families and the diagnosis.
func checkTables(rep *report.Report, tax *taxonomy.Taxonomy) *Result {
	r := newRun(rep, tax)
	r.tables()
	r.matches()
	return r.result()
}

// TestMisreadTableIsNoError: a table in which nearly every row fails was not
// read right; it is 无法判读, not a list of errors.
func TestMisreadTableIsNoError(t *testing.T) {
	m := &made{cents: map[string]int64{}}
	for i := range int64(20) {
		row := fmt.Sprintf("20101%02d", i+1)
		m.set("05."+row+".合计", 1000+i)
		m.set("05."+row+".基本支出", 70000-i*300)
		m.set("05."+row+".项目支出", 10+i)
	}
	rep, _ := m.report(t)
	res := checkTables(rep, load(t))
	for _, f := range res.Findings {
		t.Errorf("%s %s", f.Rule, f.Arithmetic)
	}
	for _, d := range res.Duties {
		if d.ID == "表05" && (d.Status != Unreadable || !strings.Contains(d.Reason, "没有读对")) {
			t.Errorf("表05: %s %s", d.Status, d.Reason)
		}
	}
	if res.Verdict != Incomplete {
		t.Errorf("verdict %s", res.Verdict)
	}
}

// TestWrongUnitLabelIsOneFinding: a table in 元 labelled 万元 is one finding
// about the label.
func TestWrongUnitLabelIsOneFinding(t *testing.T) {
	rep := tables(t, taxonomy.Example{Facts: []string{
		"03.合计.本年支出合计 = 500.00", "03.合计.基本支出 = 300.00", "03.合计.项目支出 = 200.00",
		"03.208.本年支出合计 = 500.00", "03.208.基本支出 = 300.00", "03.208.项目支出 = 200.00",
		"01.支出.208 = 5000000.00", "01.支出.本年支出合计 = 5000000.00",
	}})
	res := checkTables(rep, load(t))
	if len(res.Findings) != 1 || res.Findings[0].Rule != unitRule || res.Findings[0].Expected != "元" {
		for _, f := range res.Findings {
			t.Logf("%s %s expected %s", f.Rule, f.Message, f.Expected)
		}
		t.Fatalf("%d findings, want the one about the unit", len(res.Findings))
	}
}

// TestWordsFollowTheWrongFigure: a finding on words that rests on the wrong
// figure is a symptom of it; on right figures it stands alone.
func TestWordsFollowTheWrongFigure(t *testing.T) {
	for _, c := range []struct {
		stated string
		want   int
	}{{"4000.00", 1}, {"400.00", 1}} {
		rep := withCells(t, "06.人员.人员经费合计.决算数 = 400.00")
		id := say(t, rep, "人员经费", c.stated)
		r := newRun(rep, load(t))
		r.matches()
		r.tell(Finding{Rule: "N14", Severity: Error, Message: "决算数小于预算数", Arithmetic: "4000 > 500", about: []report.ID{id}})
		res := r.result()
		if len(res.Findings) != c.want {
			t.Errorf("stated %s: %d findings, want %d", c.stated, len(res.Findings), c.want)
		}
		if c.stated == "4000.00" && !strings.Contains(res.Findings[0].Arithmetic, "4000 > 500") {
			t.Errorf("the symptom's arithmetic is lost: %q", res.Findings[0].Arithmetic)
		}
	}
}
