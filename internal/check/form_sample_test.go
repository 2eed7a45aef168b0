package check

import (
	"context"
	"strings"
	"testing"

	"juesuan/internal/document"
	"juesuan/internal/format"
	"juesuan/internal/recognise"
)

// TestFormOnSample spoils our clean sample in one place at a time: the one
// finding that belongs to it has to come, and no other of the family.
func TestFormOnSample(t *testing.T) {
	tax := formTaxonomy(t)
	for _, c := range []struct {
		name, old, new string
		drop           string // paragraphs that contain it are taken out
		rule           string // "" for no finding
		severity       Severity
		suspect        string
	}{
		{name: "clean"},
		{name: "last year's title", old: "2024年度部门决算情况说明", new: "2023年度部门决算情况说明", rule: "C04", severity: Error, suspect: "2023"},
		{name: "last year's date", old: "截至2024年12月31日", new: "截至2023年12月31日", rule: "C04", severity: Suspect, suspect: "2023"},
		{name: "last year's sentence", old: "局2024年度没有国有", new: "局2023年度没有国有", rule: "C04", severity: Error, suspect: "2023"},
		{name: "a slip in the name", old: "青禾县河湖管理局2024年度没有国有", new: "青禾县河胡管理局2024年度没有国有", rule: "C05", severity: Suspect, suspect: "青禾县河胡管理局"},
		{name: "a character left out", old: "截至2024年12月31日，青禾县河湖管理局", new: "截至2024年12月31日，青禾县河湖理局", rule: "C05", severity: Suspect, suspect: "青禾县河湖理局"},
		{name: "another unit's title", old: "第二部分 青禾县河湖管理局", new: "第二部分 青禾县交通运输局", rule: "C05", severity: Suspect, suspect: "青禾县交通运输局"},
		{name: "budget for account", old: "2024年度部门决算情况说明", new: "2024年度部门预算情况说明", rule: "C10", severity: Suspect, suspect: "预算"},
		{name: "unit for department", old: "2024年度部门决算情况说明", new: "2024年度单位决算情况说明", rule: "C09", severity: Hint, suspect: "单位决算"},
		{name: "another 项", old: "水利工程建设（项）", new: "堤防施工（项）", rule: "C08", severity: Error, suspect: "堤防施工"},
		{name: "another 款", old: "住房改革支出（款）", new: "住房保障支出（款）", rule: "C08", severity: Error, suspect: "住房保障支出"},
		{name: "an old 类", old: "卫生健康支出（类）41.27", new: "医疗卫生与计划生育支出（类）41.27", rule: "C08", severity: Error, suspect: "医疗卫生与计划生育支出"},
		{name: "an old 项", old: "行政单位离退休（项）", new: "归口管理的行政单位离退休（项）", rule: "C08", severity: Error, suspect: "归口管理的行政单位离退休"},
		{name: "a short 项", old: "水资源节约管理与保护（项）", new: "水资源管理与保护（项）", rule: "C08", severity: Hint, suspect: "水资源管理与保护"},
		{name: "number twice", old: "九、国有资本经营", new: "八、国有资本经营", rule: "C02", severity: Hint, suspect: "八"},
		{name: "no glossary", drop: "名词解释", rule: "C01", severity: Suspect},
		{name: "empty table unexplained", drop: "没有国有资本经营", rule: "C03", severity: Suspect, suspect: "国有资本经营预算财政拨款支出决算表"},
		{name: "choice not made", old: "总计增加170.02万元", new: "总计增加（减少）170.02万元", rule: "C07", severity: Error, suspect: "增加(减少)"},
		{name: "no reason", old: "主要原因是压缩了会议和印刷支出。", new: "主要原因是。", rule: "C07", severity: Error, suspect: "主要原因是。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := format.Open(context.Background(), "../../samples/clean.docx", format.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var kept []document.Block
			touched := false
			for _, b := range doc.Blocks {
				if b.Table == nil {
					if c.drop != "" && strings.Contains(b.Text.S, c.drop) {
						touched = true
						continue
					}
					if c.old != "" && strings.Contains(b.Text.S, c.old) {
						touched = true
						b.Text = document.Plain(strings.ReplaceAll(b.Text.S, c.old, c.new), b.Place)
					}
				}
				kept = append(kept, b)
			}
			if doc.Blocks = kept; !touched && c.rule != "" {
				t.Fatalf("the sample has no %q", c.old+c.drop)
			}
			list := formFindings(tax, recognise.Report(doc, tax))
			if c.rule == "" {
				if len(list) > 0 {
					t.Errorf("unexpected: %+v", list)
				}
				return
			}
			if len(list) != 1 || list[0].Rule != c.rule || list[0].Severity != c.severity || c.suspect != "" && list[0].Suspect != c.suspect {
				t.Errorf("got %+v", list)
			}
		})
	}
}
