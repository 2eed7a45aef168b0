package taxonomy

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFormsChoose(t *testing.T) {
	x, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		form string
		year int
		want string
	}{
		{"", 2024, "通用2022"}, {"通用", 2022, "通用2022"}, {"通用", 2021, "通用2020"}, {"通用", 2019, "通用2019"},
		{"通用", 2018, "通用2016"}, {"通用", 2010, "通用2016"}, {"上海", 2018, "上海2022"}, {"新疆", 2020, "新疆2020"}, {"某省", 2023, "通用2022"},
	} {
		if got := x.Forms.Choose(c.form, c.year); got.ID != c.want {
			t.Errorf("%s %d: %s, want %s", c.form, c.year, got.ID, c.want)
		}
	}
	// 01 of an era is what its words say and else what the era it is like says.
	s := x.Forms.Choose("新疆", 2020)
	if s.Names["使用非财政拨款结余"] != "使用非财政拨款结余" || s.Zero != ZeroBlank || s.Table("06") == nil {
		t.Errorf("新疆2020: %+v", s)
	}
	if s := x.Forms.Choose("中央", 2024); s.Tables[6].Table != "08" || s.Tables[6].Tag != "公开07表" || len(s.Tables) != 9 {
		t.Errorf("the order of 中央: %+v", s.Tables[6])
	}
}

func TestFormsOverlay(t *testing.T) {
	dir := t.TempDir()
	write := func(text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(dir, "forms"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "forms", "ours.yaml"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const head = "- id: 某省2024\n  form: 某省\n  like: 通用2022\n"
	write(head + "  tables:\n    - {table: \"05\", tag: 表5, total: 后}\n")
	x, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	f := x.Forms.Choose("某省", 2024).Table("05")
	if f.Tag != "表5" || f.Total != "后" || len(f.Columns) != 5 || f.Title != "一般公共预算财政拨款支出决算表" {
		t.Errorf("%+v", f)
	}
	for text, want := range map[string]string{
		head + "  tables: [{table: \"10\", title: 某表}]":                                          "layouts 中没有这张表",
		head + "  tables: [{table: \"05\", columns: [{key: 甲}]}]":                                "列“甲”不在 layouts",
		head + "  tables: [{table: \"05\", total: 中}]":                                           "total“中”应为",
		head + "  tables: [{table: \"05\", title: 某某表}]":                                         "认不出标题“某某表”",
		head + "  tables: [{table: \"05\", numbers: 行}]":                                         "numbers“行”应为",
		head + "  tables: [{table: \"07\", rows: [{item: 甲}]}]":                                  "行“甲”不在 layouts",
		head + "  tables: [{table: \"01\", sides: [{side: 收入, foot: [{}]}, {side: 支出}]}]":        "一样长",
		head + "  tables: [{table: \"01\", sides: [{side: 收入, lines: [{key: 甲}]}, {side: 支出}]}]": "行“甲”不在 layouts",
		head + "  zero: 零":                                           "zero“零”应为",
		"- id: a\n  form: 某省\n  like: b\n":                           "like“b”没有定义",
		"- {id: a, form: 某省, like: b}\n- {id: b, form: 某省, like: a}": "like 循环",
		"- id: a\n  form: 某省\n":                                      "没有 tables",
		"- id: a\n  like: 通用2022\n":                                  "没有 form",
		"- id: a\n  fomr: 某省\n":                                      "fomr",
	} {
		write(text)
		if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", text, err, want)
		}
	}
}
