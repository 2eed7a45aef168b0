package taxonomy

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTitled(t *testing.T) {
	x := load(t)
	for title, want := range map[string]string{
		"收入支出决算总表":                    "01",
		"表1 收入支出决算总表":                 "01",
		"某市某局2024年度收入支出决算总表（公开01表）":   "01",
		"2016年收入支出决算表":                "01",
		"部门收支决算总表":                    "01",
		"收入决算表":                       "02",
		"三、支出决算表":                     "03",
		"财政拨款收入支出决算总表":                "04",
		"财政拨款收支决算总表（续）":               "04",
		"一般公共预算财政拨款支出决算表":             "05",
		"一般公共预算财政拨款支出决算表（一）":          "05",
		"一般公共预算财政拨款决算表（二）":            "05b",
		"一般公共预算财政拨款基本支出决算表":           "06",
		"基本支出决算明细表":                   "06",
		"一般公共预算财政拨款“三公”经费支出决算表":       "07",
		"财政拨款“三公”经费及会议费、培训费支出决算表":     "07",
		"财政拨款 \"三公\" 经费支出决算表":         "07",
		"政府性基金预算财政拨款收入支出决算表（单位：万元）":   "08",
		"国有资本经营预算财政拨款支出决算表":           "09",
		"国有资本经营预算财政拨款收入支出决算表":         "09",
		"部门决算公开相关信息统计表":               "信息",
		"项目支出决算表":                     "",
		"财政专户管理资金收入支出决算表":             "",
		"收入决算情况说明":                    "",
		"一般公共预算财政拨款支出决算情况说明":          "",
		"2024年度部门决算表":                 "",
		"政府采购情况表":                     "",
		"收入支出决算总体情况说明":                "",
		"一般公共预算财政拨款“三公”经费支出决算情况说明":    "",
		"其他收入决算表":                     "",
		"财政拨款“三公”经费支出决算情况表，决算数较上年减少。": "",
	} {
		got := ""
		if l := x.Layouts.Titled(title); len(l) > 0 {
			got = l[0].Table
		}
		if got != want {
			t.Errorf("Titled(%s) = %q, want %q", title, got, want)
		}
	}
}

func TestColumn(t *testing.T) {
	x := load(t)
	layout := func(id string) *Layout {
		for i := range x.Layouts.All {
			if x.Layouts.All[i].ID == id {
				return &x.Layouts.All[i]
			}
		}
		t.Fatalf("no layout %s", id)
		return nil
	}
	for _, c := range []struct{ id, path, want string }{
		{"05", "本年支出/小计", "合计"},
		{"05", "小计", "合计"},
		{"05", "基本支出/小计", "基本支出"},
		{"05", "基本支出/日常公用经费", "公用经费"},
		{"05", "本年支出合计", "合计"},
		{"08", "本年支出/合计", "本年支出"},
		{"08", "年初结转和结余", "年初结转和结余"},
		{"03", "对附属单位补/助支出", "对附属单位补助支出"}, // a level broken over two header rows
		{"03", "附属单位", ""},
	} {
		got := ""
		if k := layout(c.id).Sides[0].Column(strings.Split(c.path, "/")); k != nil {
			got = k.Key
		}
		if got != c.want {
			t.Errorf("%s %s = %q, want %q", c.id, c.path, got, c.want)
		}
	}
	s := layout("07").Sides[0]
	if k := s.Item([]string{"公务用车购置及运行维护费", "小计"}); k == nil || k.Key != "公务用车购置及运行维护费" {
		t.Errorf("小计 below 公务用车 is %v", k)
	}
	if k := s.Item([]string{"财政拨款安排的“三公”经费", "小计"}); k == nil || k.Key != "合计" {
		t.Errorf("小计 below 三公 is %v", k)
	}
}

// Every cell a concept names exists in the layouts of its table.
func TestConceptsNameKnownCells(t *testing.T) {
	x := load(t)
	type axis struct{ rows, cols map[string]bool }
	tables := map[string]axis{}
	for _, l := range x.Layouts.All {
		a, ok := tables[l.Table]
		if !ok {
			a = axis{map[string]bool{"{func}": true, "{econ}": true}, map[string]bool{}}
			tables[l.Table] = a
		}
		for _, s := range l.Sides {
			for _, k := range s.Rows {
				a.rows[k.Key] = true
			}
			for _, k := range s.Columns {
				a.cols[k.Key] = true
			}
		}
	}
	for _, c := range x.Concepts.All() {
		for _, r := range append(append([]CellRef{}, c.Cells...), c.Coded...) {
			a, ok := tables[r.Table]
			if !ok || !a.cols[r.Col] || !a.rows[r.Row] && !digits(r.Row) {
				t.Errorf("%s: no cell %s", c.Name, r)
			}
		}
	}
}

// An overlay adds a layout and replaces one; faults name file, line and entry.
func TestLayoutsOverlay(t *testing.T) {
	dir := t.TempDir()
	write := func(text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(dir, "layouts"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "layouts", "50-ours.yaml"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(`
- id: "专户"
  table: "10"
  name: 财政专户管理资金收入支出决算表
  kind: 决算
  titles: ["财政专户管理资金{收支|收入支出}决算表"]
  sides:
    - codes: 功能
      columns: [{key: 本年收入}, {key: 本年支出, match: ["支出/小计"]}]
- id: "02"
  table: "02"
  name: 收入决算表
  kind: 决算
  titles: ["收入决算表"]
  sides:
    - columns: [{key: 全年}]
`)
	x, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if l := x.Layouts.Titled("某省财政专户管理资金收支决算表"); len(l) != 1 || l[0].Table != "10" {
		t.Errorf("the new layout: %v", l)
	}
	if l := x.Layouts.Titled("收入决算表"); len(l) != 1 || l[0].Sides[0].Columns[0].Key != "全年" {
		t.Errorf("the replaced layout: %v", l)
	}

	ok := "- id: a\n  table: \"05\"\n  name: 甲表\n  kind: 决算\n  titles: [甲表]\n  sides: [{columns: [{key: 合计}]}]\n"
	for text, want := range map[string]string{
		ok + "- id: b\n  table: \"05\"\n": "50-ours.yaml：“b”：第7行：没有 titles",
		ok + "- id: b\n  table: \"05\"\n  titles: [乙表]\n  kind: 年报\n  sides: [{columns: [{key: 合计}]}]\n":                             "第7行：kind“年报”应为",
		ok + "- id: b\n  table: \"05\"\n  titles: [乙表]\n  kind: 决算\n  sides: [{columns: [{key: 合计}, {key: 合计}]}]\n":                  "columns 中“合计”重复",
		ok + "- id: b\n  table: \"05\"\n  titles: [乙表]\n  kind: 决算\n  sides: [{columns: [{key: 合计}], rows: [{key: 甲, after: 乙}]}]\n": "“甲”提到的“乙”不在 rows 中",
		ok + "- id: b\n  table: \"05\"\n  titles: [乙表]\n  kind: 决算\n  sides: [{codes: 部门, columns: [{key: 合计}]}]\n":                  "codes“部门”应为",
		ok + "- id: b\n  table: \"05\"\n  titles: [乙表]\n  kind: 决算\n  form: 项目\n  sides: [{columns: [{key: 合计}], default: 决算数}]\n":   "default“决算数”不在 columns 中",
		ok + "- id: b\n  tabel: \"05\"\n": "tabel",
		ok + ok:                           "“a”重复",
		"- table: \"05\"\n":               "第1条没有名称",
	} {
		write(text)
		if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "50-ours.yaml") {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
