package recognise

import (
	"testing"

	"juesuan/internal/document"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

func loadTaxonomy(t testing.TB) *taxonomy.Taxonomy {
	t.Helper()
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	return tax
}

// textDoc is a document of paragraphs.
func textDoc(name string, paras ...string) *document.Document {
	d := &document.Document{Name: name, Files: []document.File{{Name: name, Format: "txt"}}}
	for i, p := range paras {
		at := document.Place{Para: i + 1}
		d.Blocks = append(d.Blocks, document.Block{Text: document.Plain(p, at), Place: at})
	}
	return d
}

func TestProfile(t *testing.T) {
	tax := loadTaxonomy(t)
	for _, c := range []struct {
		name  string
		file  string
		paras []string
		kind  report.Kind
		scope string
		unit  string
		year  int
	}{
		{"name over two lines", "a.pdf", []string{"江北市临江区规划和自然", "资源局", "2024年度部门决算", "目录"},
			report.Final, "部门", "江北市临江区规划和自然资源局", 2024},
		{"year inside the broken cover", "a.pdf", []string{"中共江北市临江区委", "社会工作部2024年度", "部门决算", "目录"},
			report.Final, "部门", "中共江北市临江区委社会工作部", 2024},
		{"year first", "a.pdf", []string{"2019年江北市轨道交通局部门决算"}, report.Final, "部门", "江北市轨道交通局", 2019},
		{"Chinese year", "a.pdf", []string{"江北市档案馆", "二〇二二年度单位决算"}, report.Final, "单位", "江北市档案馆", 2022},
		{"aggregated", "a.pdf", []string{"江北市卫生健康委员会(汇总)", "2022年度部门决算"}, report.Final, "部门", "江北市卫生健康委员会", 2022},
		{"the file name lies", "2026年部门预算.pdf", []string{"江北市交通局", "2023年度部门决算"}, report.Final, "部门", "江北市交通局", 2023},
		{"only the file name", "2026年部门预算.pdf", []string{"收支情况"}, report.Budget, "", "", 2026},
		{"budget with a labelled unit", "a.pdf", []string{"江北市临江区2025年区级部门预算", "预算主管部门:江北市临江区商务委员会"},
			report.Budget, "部门", "江北市临江区商务委员会", 2025},
		{"web page", "a.html", []string{"首页", "信息公开", "中共江北市委宣传部2026年部门预算情况说明-江北网", "2026-02-01", "一、单位基本情况"},
			report.Budget, "部门", "中共江北市委宣传部", 2026},
		{"table titles only", "a.xlsx", []string{"2016年收入决算表", "编制单位:江北市发展和改革委员会 金额单位:元"},
			report.Final, "", "江北市发展和改革委员会", 2016},
		{"a stale cover is outvoted", "a.docx", []string{"江北市交通局2023年度部门决算", "目录", "第二部分江北市交通局2024年度部门决算表",
			"第三部分江北市交通局2024年度部门决算情况说明", "第二部分江北市交通局2024年度部门决算表",
			"第三部分江北市交通局2024年度部门决算情况说明", "江北市交通局2024年度收入支出总计9.00万元。", "江北市交通局2024年度财政拨款收入总计9.00万元。",
			"江北市交通局2024年度无政府性基金。"},
			report.Final, "部门", "江北市交通局", 2024},
		{"blank template", "a.docx", []string{"江北市XX局2024年度部门决算", "江北市XX局2024年度收入支出总计XXX万元。增加(减少)XXX万元。(如持平作持平表述)"},
			report.Template, "部门", "", 2024},
		{"a few redacted words are no template", "a.docx", []string{"江北市交通局2024年度部门决算", "收入12.00万元,支出12.00万元,某XX公司。"},
			report.Final, "部门", "江北市交通局", 2024},
		{"a notice", "a.docx", []string{"关于江北市交通局2023年度部门决算的公开说明", "一、部门概况"}, report.Final, "部门", "江北市交通局", 2023},
		{"year on a line of its own", "a.docx", []string{"江北市临江区", "人民政府办公室", "2021年度", "部门决算公开", "目录"}, report.Final, "部门", "江北市临江区人民政府办公室", 2021},
		{"unit only in the text", "a.txt", []string{"第三部分2022年度部门决算情况说明", "江北市水务局2022年度收入总计9.00万元。"}, report.Final, "部门", "江北市水务局", 2022},
		{"nothing", "a.txt", []string{"会议通知"}, report.Other, "", "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &report.Report{Document: textDoc(c.file, c.paras...)}
			fold(r)
			profile(r, tax)
			if r.Kind != c.kind || r.Scope != c.scope || r.Unit != c.unit || r.Year != c.year {
				t.Errorf("got %q %q %q %d, want %q %q %q %d", r.Kind, r.Scope, r.Unit, r.Year, c.kind, c.scope, c.unit, c.year)
			}
		})
	}
}
