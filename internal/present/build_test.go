package present

import (
	"bytes"
	"errors"
	"testing"

	"juesuan/internal/accounts"
	"juesuan/internal/check"
	"juesuan/internal/compare"
	"juesuan/internal/project"
	"juesuan/internal/report"
)

func built() []project.Result {
	proof := &check.Result{Verdict: check.Passed}
	proof.Figures.Total, proof.Figures.Proved, proof.Figures.Unproved = 704, 700, 4
	return []project.Result{
		{Path: "各单位/甲", Unit: "甲局", Year: 2024, Files: []string{"公开/甲局2024年度部门决算.docx"}, Check: proof},
		{Path: "各单位/乙", Unit: "乙局", Year: 2024, Missing: []accounts.Missing{
			{Kind: "数额", What: "上年“收入支出总计”", Where: "填报模板“上年数”表"},
			{Kind: "原因", What: "“公务接待费”较上年减少0.48万元（27.59%）的原因", Where: "决算.yaml的“原因” → 公务接待费 → 上年"},
			{Kind: "数额", What: "上年“本年收入合计”", Where: "填报模板“上年数”表"},
		}},
		{
			Path: "各单位/丙", Unit: "丙局", Year: 2024, Files: []string{"公开/丙局2024年度部门决算（草稿）.docx"},
			Problems:  []string{"工作表“表02 收入决算表”C9：“十二万”不是数字"},
			Conflicts: []accounts.Conflict{{Text: "收入总计10.00万元，支出总计9.00万元，两者应当相等"}},
			Warnings:  []string{"上年公开文件的单位是“丁局”，本年是“丙局”。请确认是同一单位"},
		},
		{Path: "各单位/丁", Err: errors.New("各单位/丁/决算.yaml：第3行：不认识“瞎\x1b填”")},
	}
}

func TestBuild(t *testing.T) {
	for name, all := range map[string][]project.Result{"built.txt": built()[:1], "missing.txt": built()[1:2], "builds.txt": built()} {
		var b bytes.Buffer
		if err := Build(&b, all, Look{Width: 80}); err != nil {
			t.Fatal(err)
		}
		if bytes.ContainsRune(b.Bytes(), '\x1b') {
			t.Errorf("%s: a control character reached the terminal", name)
		}
		golden(t, name, b.Bytes())
	}
}

func TestDiff(t *testing.T) {
	d := &compare.Difference{
		A: compare.Side{Name: "旧.docx", Kind: "决算", Unit: "甲局", Year: 2024},
		B: compare.Side{Name: "新.docx", Kind: "决算", Unit: "甲局", Year: 2024},
		Figures: []compare.Figure{
			{
				Fact:  report.Fact{Concept: "本年支出合计", Measure: report.Level, Period: report.ThisYear, Func: "2130309"},
				Label: "水利执法监督", Before: "26.35万元", After: "36.35万元", Change: "+10.00万元",
				Places: []compare.Place{{Table: "03", Row: "2130309", Col: "本年支出合计"}},
			},
			{
				Fact:   report.Fact{Concept: "公务接待费", Measure: report.Growth, Period: report.ThisYear, Base: report.LastYear},
				Before: "27.59%", Places: []compare.Place{{Section: "三公总体"}, {Section: "三公具体"}},
			},
			{After: "3", Label: "其中：培训费", Places: []compare.Place{{Table: "05", Row: "其中：培训费", Col: "合计"}}},
		},
		Text: []compare.Paragraph{
			{Section: "主要职能", Before: "审批。", After: "监督。", Pieces: []compare.Piece{{Op: compare.Removed, Text: "审批"}, {Op: compare.Added, Text: "监督"}, {Op: compare.Kept, Text: "。"}}},
			{Section: "主要职能", Before: "\x1b去掉的一段。"},
			{Section: "机构设置", After: "新的一段。"},
		},
	}
	schema := compile(t, "../../docs/diff.schema.json")
	for name, x := range map[string]*compare.Difference{"diff": d, "same": {A: d.A, B: d.B}} {
		var text, js bytes.Buffer
		if err := Diff(&text, x, Look{Width: 80}); err != nil {
			t.Fatal(err)
		}
		if bytes.ContainsRune(text.Bytes(), '\x1b') {
			t.Errorf("%s: a control character reached the terminal", name)
		}
		golden(t, name+".txt", text.Bytes())
		if err := DiffJSON(&js, x); err != nil {
			t.Fatal(err)
		}
		valid(t, schema, js.Bytes())
		golden(t, name+".json", js.Bytes())
	}
}
