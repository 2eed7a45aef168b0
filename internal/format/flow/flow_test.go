package flow

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"juesuan/internal/document"
	"juesuan/internal/format/formattest"
)

func TestSplit(t *testing.T) {
	tests := []struct{ in, want string }{
		{"收入1.00万元。\n支出2.00万元。", "收入1.00万元。|支出2.00万元。"},
		{"收入合计1.00万元，其中\n财政拨款1.00万元。", "收入合计1.00万元，其中\n财政拨款1.00万元。"},
		{"收入合计1.00万元，\n二、支出", "收入合计1.00万元，|二、支出"},
		{"一、收入情况\n本年收入1.00万元", "一、收入情况|本年收入1.00万元"},
		{"甲，乙\n　　丙", "甲，乙|丙"},
		{"\n \n", ""},
	}
	for _, tt := range tests {
		if got := strings.Join(Split(tt.in), "|"); got != tt.want {
			t.Errorf("Split(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestKinds(t *testing.T) {
	meta := []string{"公开01表", "财决公开02表", "单位：万元", "金额单位：元", "部门：某某局", "编制单位（盖章）：某某局", "（2023年度）", "表1", "附表3", "（单位：万元）"}
	note := []string{"注：本表反映收入。", "备注：无", "说明：1.本表", "— 12 —", "制表人：甲"}
	plain := []string{"合计", "项目", "行政运行", "2010301", "单位", "收入", "部门预算支出", "注册费", "12", "表彰支出", "2023年度"}
	for _, s := range meta {
		if !Meta(s) {
			t.Errorf("%s is a line about a table", s)
		}
	}
	for _, s := range note {
		if !Note(s) {
			t.Errorf("%s is a note", s)
		}
	}
	for _, s := range plain {
		if Meta(s) || Note(s) || TableTitle(s) {
			t.Errorf("%s is a cell like others", s)
		}
	}
}

// grid makes a table of lines of cells; "a/3" spans three columns.
func grid(lines ...string) *document.Table {
	t := &document.Table{}
	for _, l := range lines {
		var row []document.Cell
		for s := range strings.SplitSeq(l, "|") {
			span := 1
			if a, ok := strings.CutSuffix(s, "/3"); ok {
				s, span = a, 3
			}
			row = append(row, document.Cell{Text: s, RowSpan: 1, ColSpan: span})
			for range span - 1 {
				row = append(row, document.Cell{RowSpan: 1, ColSpan: 1, Covered: true})
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func TestPeel(t *testing.T) {
	tests := []struct {
		name string
		in   *document.Table
		want string
	}{
		{"title, unit, note", grid("收入支出决算总表/3", "||公开01表", "部门：某局||单位：万元", "||", "项目|上年|本年", "合计|1|2", "||", "注：本表反映收支。/3"),
			"¶ 收入支出决算总表\n¶ 公开01表\n¶ 部门：某局\n¶ 单位：万元\n| 项目 | 上年 | 本年 |\n| 合计 | 1 | 2 |\n--\n¶ 注：本表反映收支。\n"},
		{"numbered heading", grid("一、政府采购情况/3", "项目|预算|决算"), "¶ 一、政府采购情况\n| 项目 | 预算 | 决算 |\n--\n"},
		{"head over all columns", grid("2023年度决算数/3", "合计|购置|运行", "1|0|1"), "| 2023年度决算数{1×3} | ^ | ^ |\n| 合计 | 购置 | 运行 |\n| 1 | 0 | 1 |\n--\n"},
		{"years head columns", grid("|2022年|2023年", "收入|1|2"), "|  | 2022年 | 2023年 |\n| 收入 | 1 | 2 |\n--\n"},
		{"year with the unit", grid("2023年度||单位：元", "收入|1|2"), "¶ 2023年度\n¶ 单位：元\n| 收入 | 1 | 2 |\n--\n"},
		{"blank corner", grid("||决算数", "收入||1"), "|  |  | 决算数 |\n| 收入 |  | 1 |\n--\n"},
		{"nothing left", grid("单位：万元|公开02表"), "¶ 单位：万元\n¶ 公开02表\n"},
		{"blank rows stay without a note", grid("项目|1", "|"), "| 项目 | 1 |\n|  |  |\n--\n"},
	}
	for _, tt := range tests {
		d := &document.Document{Blocks: Peel(tt.in)}
		formattest.Check(t, d)
		if diff := cmp.Diff(tt.want, formattest.Print(d)); diff != "" {
			t.Errorf("%s: -want +got\n%s", tt.name, diff)
		}
	}
}
