package taxonomy

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sentenceOverlay writes a file of sentences into a new overlay directory.
func sentenceOverlay(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "sentences"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "sentences", "local.yaml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestSentencesOverlay: a province says what it says otherwise, no more.
func TestSentencesOverlay(t *testing.T) {
	tax, err := Load(sentenceOverlay(t, `
- id: 江东
  form: 江东
  like: 通用
  phrases:
    因:
      ask: 必
      cases: {文: "，原因是{缘由}", 平: ""}
  sections:
    收入:
      title: 收入情况
      text:
        - "收入{本年收入合计}。"
  terms:
    - {name: 基本支出, text: 指日常支出。}
- id: 通用
  words:
    机构句: ""
`))
	if err != nil {
		t.Fatal(err)
	}
	own, base := tax.Sentences.Choose("江东", 2024), tax.Sentences.Choose("通用", 2024)
	if own.ID != "江东" || len(own.Sections["收入"].Text) != 1 || own.Sections["支出"].Title.Pieces == nil {
		t.Errorf("overlay set: %+v", own.Sections["收入"])
	}
	if p := own.Phrases["因"]; p.Ask != "必" {
		t.Errorf("phrase is asked %q", p.Ask)
	}
	if p := base.Phrases["因"]; p.Ask != "大" {
		t.Errorf("the base changed: asked %q", p.Ask)
	}
	if len(own.Terms) != len(base.Terms) {
		t.Errorf("%d terms, base has %d", len(own.Terms), len(base.Terms))
	}
	if len(base.Words["机构句"].Pieces) != 0 || len(base.Words["构成句"].Pieces) == 0 {
		t.Error("a set of the same id is not laid over the embedded one")
	}
	if tax.Sentences.Choose("没有", 2024).Form != "通用" {
		t.Error("an unknown form is not 通用")
	}
}

// TestSentencesComplain: what is wrong in a file of sentences is said with
// file and line.
func TestSentencesComplain(t *testing.T) {
	section := func(text string) string {
		return "- id: 江东\n  form: 江东\n  like: 通用\n  sections:\n    收入:\n      title: 收入情况\n      text:\n        - \"" + text + "\"\n"
	}
	for _, c := range []struct{ text, want string }{
		{section("收入{本年收入}。"), "local.yaml第8行：槽{本年收入}：“本年收入”不在 concepts.yaml 中"},
		{section("收入{本年收入合计。"), "第8行：“{”没有配对的“}”"},
		{section("收入本年收入合计}。"), "第8行：多了“}”"},
		{section("收入{本年收入合计@去年}。"), "第8行：期间“去年”不认识"},
		{section("{若 有 本年收入合计}收入"), "第8行：{若 …}没有{完}"},
		{section("{完}"), "第8行：{完}前面没有{若 …}"},
		{section("{若 大 本年收入合计}{完}"), "“大”不认识"},
		{section("{若 有 本年收入合计 且}{完}"), "不完整"},
		{section("{若 有 本年收入合计 和 行政}{完}"), "“和”处应为“且”或“或”"},
		{section("{列 没有}"), "没有这个列表"},
		{section("{多少 本年收入合计 上年}"), "“多少”不认识，可用："},
		{section("{增减 本年收入合计}"), "应写两个量"},
		{section("{}"), "空的槽"},
		{section("{项名}{项}"), "“项”不在 concepts.yaml 中"},
		{"- id: 江东\n  like: 没有\n", "like“没有”没有定义"},
		{"- id: 江东\n  form: 江东\n  like: 江东\n", "like 循环"},
		{"- id: 江东\n  form: 江东\n  like: 通用\n  colour: red\n", "colour"},
		{"- form: 江东\n", "第1条没有 id"},
		{"- id: 江东\n  form: 江东\n", "没有 form 或 outline"},
		{"- id: 江东\n  form: 江东\n  like: 通用\n  outline:\n    - {title: 概况, sections: [没有]}\n", "没有“没有”这一节"},
		{"- id: 江东\n  form: 江东\n  like: 通用\n  phrases:\n    因: {cases: {升: 增加}}\n", "情形“升”不认识"},
		{"- id: 江东\n  form: 江东\n  like: 通用\n  lists:\n    甲: {item: \"{项}\"}\n", "of 和 rows 应写一个"},
		{"- id: 江东\n  form: 江东\n  like: 通用\n  words:\n    甲: \"{甲}\"\n  sections:\n    收入: {title: \"{甲}\"}\n", "绕回自己"},
	} {
		_, err := Load(sentenceOverlay(t, c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q:\n error %v\n want %q", c.text, err, c.want)
		}
	}
}

// TestPatternLines: the line of an error inside a text of several lines.
func TestPatternLines(t *testing.T) {
	_, err := ParsePattern("一{单位}\n二\n三{}", 7)
	if err == nil || !strings.HasPrefix(err.Error(), "第9行：") {
		t.Errorf("error %v", err)
	}
	p, err := ParsePattern("一\n  二{单位}", 1)
	if err != nil || p.Pieces[0].Text != "一二" {
		t.Errorf("%+v, %v", p, err)
	}
}

func FuzzParsePattern(f *testing.F) {
	for _, s := range []string{"", "{单位}", "{若 有 甲}乙{否则}丙{完}", "{增减 甲 上年}", "{", "}", "{若}", "{若 非}{完}", "甲{列 乙}@"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := ParsePattern(s, 1); err == nil && p == nil {
			t.Error("nothing read")
		}
	})
}
