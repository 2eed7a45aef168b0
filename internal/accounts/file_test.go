package accounts

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"juesuan/internal/figure"
)

var update = flag.Bool("update", false, "rewrite docs/accounts.schema.json")

const schemaFile = "../../docs/accounts.schema.json"

const example = `单位: 青禾县河湖管理局
范围: 部门
类型: 行政单位
年度: 2024
金额单位: 万元
样式: 通用
表:
  "01":
    年初结转和结余: {决算数: 51.5}
  "02":
    "2080505": {财政拨款收入: 62.48}
    "2130399": {其他收入: 12.400001}
  "05":
    "2080505": {基本支出: 62.48}
科目名称:
  "2130399": "其他水利支出 (代管)"
数值:
  收入支出总计: {上年: 1624.8}
  一般公共预算财政拨款支出:
    年初预算: {合计: 1599.66, "2080505": 62.48}
  公务用车保有量:
    本年: "4辆"
  房屋面积:
    本年: "1280.50平方米"
原因:
  收入支出总计:
    上年: 东堤加固进入主要施工期
主要用途:
  "2080505": 缴纳职工养老保险的单位部分
职能:
  - "第一条: 管理河流"
  - 第二条
内设机构:
  - 办公室
文字:
  绩效: "“三公”经费：见附表 # 不是注释\n第二段"
名词解释:
  - 名词: 基本支出
    解释: 保障机构运转的支出。
自评表: "AAEC"
`

func TestFile(t *testing.T) {
	tax := load(t)
	a, err := Read("决算.yaml", []byte(example), tax)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(WriteYAML(a, tax)); got != example {
		t.Errorf("yaml is not written as it was read:\n%s", got)
	}
	if f := a.Cells[Cell{"02", "2130399", "其他收入"}]; f != 12400001 {
		t.Errorf("12.400001万元 read as %d 分", f)
	}
	if q := a.Values[Key{"公务用车保有量", "本年", ""}]; q != (Quantity{4, 0, figure.Vehicle}) {
		t.Errorf("4辆 read as %v", q)
	}
	if q := a.Values[Key{"一般公共预算财政拨款支出", "年初预算", ""}]; q != (Quantity{1599660000, 2, figure.Yuan}) {
		t.Errorf("合计 read as %v", q)
	}
	b, _, _ := Complete(a, tax)
	data := WriteJSON(b)
	again, err := Read("决算.json", data, tax)
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if !reflect.DeepEqual(a, again) {
		t.Errorf("json gives other accounts back: %+v", again)
	}
	bb, _, _ := Complete(again, tax)
	if !bytes.Equal(data, WriteJSON(bb)) {
		t.Error("json is not the same bytes when written again")
	}
}

func TestSchema(t *testing.T) {
	tax := load(t)
	want := Schema(tax)
	if *update {
		if err := os.WriteFile(schemaFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(schemaFile)
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%s is not what Schema gives; run with -update (%v)", schemaFile, err)
	}
	s, err := jsonschema.NewCompiler().Compile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	a, err := Read("x", []byte(example), tax)
	if err != nil {
		t.Fatal(err)
	}
	b, _, _ := Complete(a, tax)
	var v any
	data := WriteJSON(b)
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if err := s.Validate(v); err != nil {
		t.Error(err)
	}
	for _, bad := range []string{`{"单位名": "x"}`, `{"表": {"10": {}}}`, `{"表": {"02": {"甲": {}}}}`, `{"表": {"02": {"201": {"甲": 1}}}}`,
		`{"表": {"02": {"201": {"其他收入": "1"}}}}`, `{"数值": {"甲": {}}}`, `{"数值": {"收入支出总计": {"去年": 1}}}`} {
		if err := json.Unmarshal([]byte(bad), &v); err != nil {
			t.Fatal(err)
		}
		if s.Validate(v) == nil {
			t.Errorf("the schema takes %s", bad)
		}
	}
}

func TestReadComplains(t *testing.T) {
	tax := load(t)
	for _, x := range []struct{ in, want string }{
		{"", "文件是空的"},
		{"单位", "文件应以"},
		{"单位: 甲\n单位名: 乙", "第2行：不认识“单位名”"},
		{"单位: 甲\n单位: 乙", "重复"},
		{"年度: 二〇二四", "不是年份"},
		{"金额单位: 千元", "应为“万元”或“元”"},
		{"类型: 企业", "应为行政单位、参公事业单位、事业单位"},
		{"表:\n  \"11\":\n    合计: {决算数: 1}", "第2行：没有表“11”"},
		{"表:\n  02:\n    甲乙: {财政拨款收入: 1}", "第3行：表02没有“甲乙”这一行"},
		{"表:\n  02:\n    2080505: {财政拨款: 1}", "第3行：表02没有“财政拨款”这一列"},
		{"表:\n  02:\n    2080505: {财政拨款收入: 1.00000001}", "不足一分"},
		{"表:\n  02:\n    2080505: {财政拨款收入: 一百}", "“一百”不是数字"},
		{"表:\n  02:\n    2080505: {财政拨款收入: 1e5}", "不是数字"},
		{"数值:\n  总收支: {上年: 1}", "“总收支”请写作“收入支出总计”"},
		{"数值:\n  天气: {上年: 1}", "不认识“天气”"},
		{"数值:\n  收入支出总计: {去年: 1}", "“去年”应为"},
		{"数值:\n  公务用车保有量: {本年: 4量}", "不认识计量单位“量”"},
		{"职能: 甲", "应是列表"},
		{"名词解释:\n  - 词: 甲", "不认识“词”"},
		{"单位: 甲\n---\n单位: 乙", "只能有一个单位"},
		{"单位: [甲", "YAML 写法不对"},
		{"单位: &a 甲", "不支持这种写法"},
		{"{\"单位\": \"甲\",\n\"年度\": }", "第2行：JSON 写法不对"},
		{"{\"单位\": \"甲\"}\n}", "结尾有多余的内容"},
		{strings.Repeat("[", 100), ""},
		{"{\"a\":" + strings.Repeat("[", 100), "层次太深"},
	} {
		a, err := Read("某单位.yaml", []byte(x.in), tax)
		if err == nil || !strings.Contains(err.Error(), x.want) || !strings.HasPrefix(err.Error(), "某单位.yaml：") {
			t.Errorf("%q: %v, %v; want %s", x.in, a, err, x.want)
		}
	}
}

// TestRoundTrip: what is written is read back the same, from both languages.
func TestRoundTrip(t *testing.T) {
	tax := load(t)
	var concepts []string
	for _, c := range tax.Concepts.All() {
		concepts = append(concepts, c.Name)
	}
	words := rapid.OneOf(rapid.StringMatching(`[\p{Han}，。：“”#\-'"{}\[\]&*!|>%@ A-Za-z0-9\n]{1,20}`), rapid.SampledFrom([]string{
		"null", "true", "~", "12", "0x1f", "2024-01-01", "- 甲", "甲: 乙", "甲 #乙", " 甲", "甲 ", "\t", "甲\n\n乙\n", "😀", "\u2028", "1.5e3", "", "？", "甲\\n",
	}))
	rapid.Check(t, func(t *rapid.T) {
		a := &Accounts{
			Unit: words.Draw(t, "unit"), Year: rapid.IntRange(1990, 2100).Draw(t, "year"),
			Money: rapid.SampledFrom([]figure.Unit{"", figure.WanYuan, figure.Yuan}).Draw(t, "money"),
			Form:  rapid.SampledFrom([]string{"", "通用"}).Draw(t, "form"),
		}
		if n := rapid.IntRange(0, 5).Draw(t, "cells"); n > 0 {
			a.Cells = map[Cell]Fen{}
			for range n {
				c := rapid.SampledFrom([]Cell{{"02", "2080505", fiscal}, {"02", "208", allIncome}, {"01", incomeSum, actual}, {"07", "公务接待费", budgeted}, {"06", "30101", actual}}).Draw(t, "cell")
				a.Cells[c] = Fen(rapid.Int64Range(-1e17, 1e17).Draw(t, "fen"))
			}
		}
		if n := rapid.IntRange(0, 6).Draw(t, "values"); n > 0 {
			a.Values, a.Reasons = map[Key]Quantity{}, map[Key]string{}
			for range n {
				k := Key{rapid.SampledFrom(concepts).Draw(t, "concept"), rapid.SampledFrom(periods).Draw(t, "period"), rapid.SampledFrom([]string{"", "201", "2080505"}).Draw(t, "func")}
				a.Values[k] = Quantity{
					rapid.Int64Range(-1e17, 1e17).Draw(t, "coef"), rapid.IntRange(0, 6).Draw(t, "decimals"),
					rapid.SampledFrom(append(units, figure.Yuan, figure.WanYuan, figure.Percent, figure.None)).Draw(t, "unit"),
				}
				a.Reasons[k] = words.Draw(t, "reason")
			}
		}
		if rapid.Bool().Draw(t, "words") {
			a.Duties = rapid.SliceOfN(words, 1, 3).Draw(t, "duties")
			a.Notes = map[string]string{words.Draw(t, "section"): words.Draw(t, "note")}
			a.Uses = map[string]string{"2080505": words.Draw(t, "use")}
			a.Glossary = []Term{{words.Draw(t, "term"), words.Draw(t, "meaning")}}
			a.Sheets = rapid.SliceOfN(rapid.Byte(), 1, 9).Draw(t, "sheets")
		}
		b, _, _ := Complete(a, tax)
		for name, data := range map[string][]byte{"yaml": WriteYAML(a, tax), "json": WriteJSON(b)} {
			got, err := Read(name, data, tax)
			if err != nil {
				t.Fatalf("%s: %v\n%s", name, err, data)
			}
			if !reflect.DeepEqual(a, got) {
				t.Fatalf("%s:\n%s\nwant %#v\n got %#v", name, data, a, got)
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	tax := load(f)
	f.Add([]byte(example))
	f.Add([]byte(`{"单位": "甲", "表": {"02": {"2080505": {"财政拨款收入": 1.5}}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := Read("x", data, tax)
		if err != nil {
			return
		}
		again, err := Read("x", WriteYAML(a, tax), tax)
		if err != nil {
			t.Fatalf("%v\n%s", err, WriteYAML(a, tax))
		}
		if !bytes.Equal(WriteYAML(a, tax), WriteYAML(again, tax)) {
			t.Fatal("not stable")
		}
	})
}
