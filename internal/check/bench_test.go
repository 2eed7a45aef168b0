package check

import (
	"fmt"
	"testing"

	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// big is a consistent disclosure of the usual size: 60 items in the tables by
// 功能分类.
func big(t testing.TB) *report.Report {
	m := &made{cents: map[string]int64{}}
	var total, basic int64
	for c := range 6 {
		for g := range 3 {
			for i := range 4 {
				b, p := int64(1000*c+100*g+i+7), int64(500*c+30*g+i)
				class := fmt.Sprintf("2%02d", c+1)
				group := fmt.Sprintf("%s%02d", class, g+1)
				item := fmt.Sprintf("%s%02d", group, i+1)
				for _, row := range []string{"合计", class, group, item} {
					for _, cell := range []struct {
						path string
						v    int64
					}{
						{"03." + row + ".本年支出合计", b + p}, {"03." + row + ".基本支出", b}, {"03." + row + ".项目支出", p},
						{"03." + row + ".上缴上级支出", 0}, {"03." + row + ".经营支出", 0}, {"03." + row + ".对附属单位补助支出", 0},
						{"05." + row + ".合计", b + p}, {"05." + row + ".基本支出", b}, {"05." + row + ".项目支出", p},
						{"02." + row + ".本年收入合计", b + p}, {"02." + row + ".财政拨款收入", b + p}, {"02." + row + ".其他收入", 0},
						{"02." + row + ".上级补助收入", 0}, {"02." + row + ".事业收入", 0}, {"02." + row + ".经营收入", 0},
					} {
						m.set(cell.path, cell.v)
					}
				}
				m.set("01.支出."+class, b+p)
				m.set("04.支出."+class+".合计", b+p)
				m.set("04.支出."+class+".一般公共预算", b+p)
				total, basic = total+b+p, basic+b
			}
		}
	}
	m.set("01.支出.本年支出合计", total)
	m.set("04.支出.本年支出合计.合计", total)
	m.set("04.支出.本年支出合计.一般公共预算", total)
	m.set("06.合计.决算数", basic)
	rep, _ := m.report(t)
	for range 300 {
		rep.Add(report.Figure{
			Figure: figure.Figure{Text: "1.00", Coef: total, Decimals: 2, Unit: figure.WanYuan}, Table: -1,
			Fact: report.Fact{Concept: "本年支出合计", Measure: report.Level, Period: report.ThisYear},
		})
	}
	rep.Document = &document.Document{}
	return rep
}

func BenchmarkCheck(b *testing.B) {
	tax, rep := load(b), big(b)
	b.ReportMetric(float64(len(rep.Figures)), "figures")
	b.ReportAllocs()
	for b.Loop() {
		if res := Check(rep, tax); res.Figures.Contradicted > 0 {
			b.Fatal("a consistent report is contradicted")
		}
	}
}
