package recognise

import (
	"testing"

	"pgregory.net/rapid"

	"juesuan/internal/document"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// TestTablesNeverPanic feeds grids of every shape, ragged, covered at random
// and filled with the words of real tables. Whatever comes out is consistent.
func TestTablesNeverPanic(t *testing.T) {
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	words := []string{
		"", "", "合计", "总计", "项目", "栏次", "行次", "科目编码", "功能分类科目编码", "科目名称", "类", "款", "项", "决算数", "预算数",
		"小计", "本年支出", "本年收入", "基本支出", "项目支出", "公务接待费", "公务用车购置及运行维护费", "收入", "支出", "一、教育支出",
		"其中：政府性基金预算财政拨款", "201", "20101", "2010101", "01", "  01", "301 2", "[2010301]行政运行", "2010801-行政运行",
		"1", "2", "3=1+2", "12.50", "1,234.00", "12,6\n72.73", "-", "────", "**", "本年收入合计", "年初结转和结余", "注：无", "人员经费合计",
	}
	titles := []string{
		"", "收入支出决算总表", "收入决算表", "支出决算表", "财政拨款收入支出决算总表", "一般公共预算财政拨款支出决算表",
		"一般公共预算财政拨款基本支出决算表", "财政拨款“三公”经费支出决算表", "政府性基金预算财政拨款收入支出决算表", "单位：万元", "公开01表", "部门收支预算总表", "说明：本表无数据。",
	}
	rapid.Check(t, func(t *rapid.T) {
		doc := &document.Document{Files: []document.File{{}}}
		for range rapid.IntRange(1, 4).Draw(t, "tables") {
			for range rapid.IntRange(0, 3).Draw(t, "lines") {
				doc.Blocks = append(doc.Blocks, document.Block{Text: document.Plain(rapid.SampledFrom(titles).Draw(t, "title"), document.Place{Page: 1})})
			}
			grid := &document.Table{Ruled: rapid.Bool().Draw(t, "ruled"), Place: document.Place{Page: 1}}
			for range rapid.IntRange(0, 7).Draw(t, "rows") {
				var row []document.Cell
				for range rapid.IntRange(0, 9).Draw(t, "cells") {
					row = append(row, document.Cell{
						Text:    rapid.SampledFrom(words).Draw(t, "word"),
						RowSpan: rapid.IntRange(0, 3).Draw(t, "down"), ColSpan: rapid.IntRange(0, 12).Draw(t, "right"),
						Covered: rapid.IntRange(0, 5).Draw(t, "covered") == 0,
					})
				}
				grid.Rows = append(grid.Rows, row)
			}
			doc.Blocks = append(doc.Blocks, document.Block{Kind: document.TableBlock, Table: grid, Place: grid.Place})
		}
		r := tablesOf(doc, tax)
		for i, tab := range r.Tables {
			for n, row := range tab.Rows {
				if len(row.Cells) != len(tab.Columns) && tab.ID != "" {
					t.Fatalf("table %d row %d: %d cells, %d columns", i, n, len(row.Cells), len(tab.Columns))
				}
				for c, cell := range row.Cells {
					if f := r.Get(cell.Figure); f != nil && (f.Table != i || f.Row != n || f.Col != c) {
						t.Fatalf("figure %d says table %d row %d column %d", cell.Figure, f.Table, f.Row, f.Col)
					}
				}
			}
		}
		for id := range r.Figures {
			f := r.Figures[id]
			if got := r.Tables[f.Table].Rows[f.Row].Cells[f.Col].Figure; got != report.ID(id) {
				t.Fatalf("figure %d is not in its cell", id)
			}
		}
	})
}

// TestTablesHostileGrid: a grid of one huge span, of spans over spans, of
// nothing but header rows, is done in linear time.
func TestTablesHostileGrid(t *testing.T) {
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	const n = 200
	for name, fill := range map[string]func(i, c int) document.Cell{
		"spans":   func(int, int) document.Cell { return document.Cell{Text: "合计", RowSpan: 1 << 30, ColSpan: 1 << 30} },
		"headers": func(int, int) document.Cell { return document.Cell{Text: "本年支出", RowSpan: 1, ColSpan: 1} },
		"amounts": func(int, int) document.Cell { return document.Cell{Text: "1.00", RowSpan: 1, ColSpan: 1} },
		"codes": func(i, c int) document.Cell {
			return document.Cell{Text: []string{"201", "1.00"}[min(c, 1)], RowSpan: 1, ColSpan: 1}
		},
	} {
		t.Run(name, func(t *testing.T) {
			doc := &document.Document{Files: []document.File{{}}}
			for _, title := range []string{"支出决算表", "收入支出决算总表", "财政拨款“三公”经费支出决算表"} {
				grid := &document.Table{}
				for i := range n {
					var row []document.Cell
					for c := range n {
						row = append(row, fill(i, c))
					}
					grid.Rows = append(grid.Rows, row)
				}
				doc.Blocks = append(doc.Blocks,
					document.Block{Text: document.Plain(title, document.Place{})},
					document.Block{Kind: document.TableBlock, Table: grid})
			}
			tablesOf(doc, tax)
		})
	}
}
