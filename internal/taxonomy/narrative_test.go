package taxonomy

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSectionsFind(t *testing.T) {
	tax := load(t)
	for title, want := range map[string]string{
		"收入支出决算总体情况说明":               "收支总体",
		"收支预算情况的总体说明(详见表1-3)":        "收支总体",
		"收入决算情况说明":                   "收入",
		"年度收入总体情况":                   "收入",
		"支出决算情况说明":                   "支出",
		"财政拨款收入支出决算总体情况说明":           "财拨总体",
		"财政拨款收支预算总体情况说明":             "财拨总体",
		"一般公共预算财政拨款支出决算情况说明":         "一般公共",
		"一般公共预算财政拨款支出决算具体情况":         "一般公共具体",
		"一般公共预算财政拨款支出决算结构情况":         "一般公共结构",
		"一般公共预算财政拨款基本支出决算情况说明":       "基本支出",
		"一般公共预算财政拨款“三公”经费支出决算情况说明":   "三公",
		"财政拨款“三公”经费及会议费、培训费支出决算情况说明": "三公",
		"“三公”经费财政拨款支出决算具体情况说明":       "三公具体",
		"政府性基金预算财政拨款收入支出决算情况说明":      "政府性基金",
		"国有资本经营预算财政拨款收入支出决算情况说明":     "国有资本",
		"机关运行经费支出情况":                 "机关运行",
		"政府采购支出情况":                   "政府采购",
		"国有资产占用情况":                   "国有资产",
		"预算绩效管理情况":                   "绩效",
		"项目支出绩效自评表":                  "自评表",
		"其他重要事项的情况说明":                "情况说明",
		"名词解释":                       "名词解释",
		"机构设置及人员情况":                  "机构",
		"部门决算单位构成":                   "单位构成",
		"主要职能":                       "职能",
		"某市水务局2024年度部门决算情况说明":        "情况说明",
		"某市水务局2024年度部门决算表":           "决算表",
		"某市水务局概况":                    "概况",
		"负责人民政府日常工作":                 "",
	} {
		got := ""
		if s := tax.Sections.Find(title); s != nil {
			got = s.Key
		}
		if got != want {
			t.Errorf("%s: %q, want %q", title, got, want)
		}
	}
}

// TestNarrativeWords: what the words of the narrative point at is defined.
func TestNarrativeWords(t *testing.T) {
	tax := load(t)
	known := func(where, name string) {
		if c := tax.Concepts.ByName(name); c == nil || c.Name != name {
			t.Errorf("%s：“%s”不是概念的标准名", where, name)
		}
	}
	for _, s := range tax.Sections.List {
		if s.Concept != "" {
			known("sections "+s.Key, s.Concept)
		}
	}
	p := &tax.Phrases
	for _, x := range p.Topics {
		known("topics", x.Name)
	}
	for _, x := range p.Counts {
		known("counts", x.Name)
	}
	for _, x := range p.Kin {
		for _, n := range append(append(append([]string{}, x.Whole...), x.Parts...), x.Full...) {
			known("kin", n)
		}
		for _, f := range x.Full {
			if !strings.Contains("|"+strings.Join(x.Parts, "|")+"|", "|"+f+"|") {
				t.Errorf("kin：%s 不在 parts 中", f)
			}
		}
	}
	for _, x := range p.Equals {
		for _, n := range x {
			known("equals", n)
		}
	}
	for _, x := range p.Pairs {
		known("pairs", x.Name)
		for _, n := range x.Parts {
			known("pairs", n)
		}
	}
}

func TestPhrasesOverlay(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("phrases.yaml", "cues:\n  占比: [分摊]\n")
	tax, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if c := tax.Phrases.Cues["占比"]; c[0] != "占" || c[len(c)-1] != "分摊" {
		t.Errorf("overlay does not add: %v", c)
	}
	for text, want := range map[string]string{
		"directions:\n  - {way: 升, words: [升]}\n": "方向“升”不认识",
		"periods:\n  - {kind: 概算, words: [概算]}\n": "口径“概算”不认识",
		"periods:\n  - {year: 后年, words: [后年]}\n": "年“后年”不认识",
		"counts:\n  - {name: 甲, unit: 个}\n":       "缺少单位或提示词",
		"cues:\n  占比: 分摊\nwrong: 1\n":             "phrases.yaml",
	} {
		write("phrases.yaml", text)
		if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
	}
	write("phrases.yaml", "cues:\n  占比: [分摊]\n")
	write("sections.yaml", "- {key: 甲}\n")
	if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "没有标题") {
		t.Errorf("section without titles: %v", err)
	}
}
