package check

import (
	"testing"

	"pgregory.net/rapid"

	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// TestCheckNeverPanics: whatever a reader makes of a file, Check answers.
func TestCheckNeverPanics(t *testing.T) {
	tax := load(t)
	keys := []string{"", "合计", "合计（重复）", "本年收入合计", "收入总计", "支出总计", "201", "20101", "2010101", "301", "30101", "公务接待费", "年初结转和结余"}
	cols := []string{"", "决算数", "预算数", "合计", "基本支出", "项目支出", "本年支出", "本年收入", "本年支出合计", "一般公共预算"}
	ids := []string{"01", "02", "03", "04", "05", "05b", "06", "07", "08", "09", "信息", "B01", "B05", ""}
	units := []figure.Unit{figure.None, figure.Yuan, figure.WanYuan, figure.YiYuan, figure.Percent, figure.Vehicle}
	concepts := []string{"", "本年收入合计", "基本支出", "三公经费", "机关运行经费", "人员经费", "没有的概念"}
	kinds := []report.Kind{report.Final, report.Budget, report.Other}
	rapid.Check(t, func(rt *rapid.T) {
		rep := &report.Report{Document: &document.Document{}, TableText: map[int]int{}, Kind: rapid.SampledFrom(kinds).Draw(rt, "kind")}
		fig := func(table, row, col int) report.ID {
			return rep.Add(report.Figure{
				Figure: figure.Figure{
					Text: "x", Coef: rapid.Int64().Draw(rt, "coef"), Decimals: rapid.IntRange(0, 8).Draw(rt, "decimals"),
					Unit: rapid.SampledFrom(units).Draw(rt, "unit"), Nil: rapid.Bool().Draw(rt, "nil"),
				},
				Table: table, Row: row, Col: col,
				Fact: report.Fact{Concept: rapid.SampledFrom(concepts).Draw(rt, "concept"), Measure: report.Level, Period: report.ThisYear, Func: rapid.SampledFrom(keys).Draw(rt, "func")},
			})
		}
		for ti := range rapid.IntRange(0, 6).Draw(rt, "tables") {
			tab := report.Table{ID: rapid.SampledFrom(ids).Draw(rt, "id"), Unit: rapid.SampledFrom(units).Draw(rt, "table unit")}
			for range rapid.IntRange(0, 5).Draw(rt, "columns") {
				tab.Columns = append(tab.Columns, report.Column{Key: rapid.SampledFrom(cols).Draw(rt, "col"), Block: rapid.SampledFrom([]string{"", "收入", "支出", "人员"}).Draw(rt, "block")})
			}
			for ri := range rapid.IntRange(0, 8).Draw(rt, "rows") {
				row := report.Row{Key: rapid.SampledFrom(keys).Draw(rt, "row"), Level: rapid.IntRange(0, 3).Draw(rt, "level"), Block: rapid.SampledFrom([]string{"", "收入", "支出", "公用"}).Draw(rt, "side")}
				if row.Key != "" && row.Key[0] >= '0' && row.Key[0] <= '9' {
					row.Code = row.Key
				}
				for ci := range rapid.IntRange(0, len(tab.Columns)).Draw(rt, "cells") {
					c := report.Cell{Figure: report.None, Text: rapid.SampledFrom([]string{"", "无"}).Draw(rt, "text")}
					if rapid.Bool().Draw(rt, "number") {
						c.Figure = fig(ti, ri, ci)
					}
					row.Cells = append(row.Cells, c)
				}
				tab.Rows = append(tab.Rows, row)
			}
			rep.Tables = append(rep.Tables, tab)
		}
		for range rapid.IntRange(0, 5).Draw(rt, "said") {
			fig(-1, 0, 0)
		}
		res := checkTables(rep, tax)
		if n := res.Figures.Proved + res.Figures.Contradicted + res.Figures.Unproved; n != res.Figures.Total {
			rt.Errorf("%d figures by status, %d in all", n, res.Figures.Total)
		}
	})
}
