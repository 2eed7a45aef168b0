package conformance

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"juesuan/internal/format"
	"juesuan/internal/recognise"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// TestProfiles compares kind, scope, unit and year of every corpus file with
// what a person reads on it.
func TestProfiles(t *testing.T) {
	if _, err := os.Stat(corpus); err != nil {
		t.Skipf("SKIPPED: no corpus at %s: profiles are not measured against real disclosures", corpus)
	}
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file  string
		kind  report.Kind
		scope string
		unit  string
		year  int
	}{
		{"seed-2020.txt", report.Final, "部门", "乌鲁木齐市水磨沟区政府办公室", 2020},
		{"putuo-ghzyj-2024.pdf", report.Final, "部门", "上海市普陀区规划和自然资源局", 2024},
		{"putuo-shgzb-2024.pdf", report.Final, "部门", "中共上海市普陀区委社会工作部", 2024},
		{"putuo-template-2024.pdf", report.Template, "部门", "", 2024},
		{"putuo-wanli-budget-2024.pdf", report.Budget, "部门", "上海市普陀区人民政府万里街道办事处", 2024},
		{"putuo-sww-budget-2025.pdf", report.Budget, "部门", "上海市普陀区商务委员会", 2025},
		{"xian-wjw-2022.pdf", report.Final, "部门", "西安市卫生健康委员会", 2022},
		{"foshan-gdjtj-2019.pdf", report.Final, "部门", "佛山市轨道交通局", 2019},
		{"taiyuan-fgw-2016.xlsx", report.Final, "部门", "太原市发展和改革委员会", 2016},
		{"jiangsu-jcy-budget-2018.pdf", report.Budget, "部门", "江苏省人民检察院", 2018},
		{"chongqing-xcb-budget-2026.html", report.Budget, "部门", "中共重庆市委宣传部", 2026},
		{"beijing-sjj-budget-2026", report.Budget, "部门", "北京市审计局", 2026},
		{"beijing-sjj-budget-2026/text.pdf", report.Budget, "部门", "北京市审计局", 2026},
		{"shanghai-sjj-budget-2026.pdf", report.Budget, "单位", "上海市审计局", 2026},
		{"yantai-sjj-budget-2026.pdf", report.Budget, "部门", "烟台市审计局", 2026},
		{"hangzhou-jtj-budget-2026.pdf", report.Budget, "部门", "杭州市交通运输局", 2026},
	} {
		t.Run(c.file, func(t *testing.T) {
			doc, err := format.Open(context.Background(), filepath.Join(corpus, c.file), format.Options{})
			if err != nil {
				t.Fatal(err)
			}
			doc.Name = "2031年单位预算.pdf" // the name lies: only the content may decide
			for i := range doc.Files {
				doc.Files[i].Name = doc.Name
			}
			r := recognise.Report(doc, tax)
			if r.Kind != c.kind || r.Scope != c.scope || r.Unit != c.unit || r.Year != c.year {
				t.Errorf("got %q %q %q %d, want %q %q %q %d", r.Kind, r.Scope, r.Unit, r.Year, c.kind, c.scope, c.unit, c.year)
			}
		})
	}
}
