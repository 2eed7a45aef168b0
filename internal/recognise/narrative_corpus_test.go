package recognise

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"juesuan/internal/figure"
	"juesuan/internal/format"
	"juesuan/internal/report"
)

// TestNarrativeCorpus reads published disclosures: every number of money in
// the sections that explain the accounts has a fact, and the frames hold what
// the text says. It prints how many numbers were read and understood.
func TestNarrativeCorpus(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "corpus")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("SKIPPED: no corpus at %s", dir)
	}
	tax := loadTaxonomy(t)
	for _, c := range []struct {
		file     string
		whole    bool     // every number of money outside reasons and 绩效 is understood
		figures  int      // numbers of the narrative at least
		sections []string // keys in order, among others
		lines    []string // of the printed frames
	}{
		{"seed-2020.txt", true, 120,
			[]string{"职能", "机构", "收支总体", "收入", "支出", "财拨总体", "一般公共", "基本支出", "三公", "政府性基金", "国有资本", "机关运行", "政府采购", "国有资产", "绩效", "名词解释"},
			[]string{
				"变动 本年收入合计 比上年: 本362.78 前- −25.23 −6.50",
				"差异 财政拨款支出: 实408.74 年初预算517.55 率-21.02",
				"合计 408.74 = 318.19 22.00 37.16 0.11 9.10 21.06 1.12 全=true",
				"合计 18.20 = 0.00 18.20 0.00 全=true 变=true",
				"计数 6: 文秘科|",
			}},
		{"putuo-ghzyj-2024.pdf", true, 140,
			[]string{"收支总体", "收入", "支出", "财拨总体", "一般公共", "一般公共总体", "一般公共结构", "一般公共具体", "基本支出", "三公", "三公总体", "三公具体", "政府性基金", "国有资本", "绩效", "机关运行", "政府采购", "国有资产", "名词解释"},
			[]string{
				"变动 一般公共预算财政拨款支出 比上年: 本9746.50 前- +1193.20 +13.95?%",
				"完成 一般公共预算财政拨款支出: 实9746.50 年初预算10210.34 率95.45",
				"占比 公务接待费0.39 ÷ 三公经费0.39 = 100.00",
				"合计 9759.38 = 5377.64 4381.74 全=true",
				"变动 三公经费 比上年: 本0.39 前- −0.15 27.78",
			}},
		{"putuo-shgzb-2024.pdf", true, 85,
			[]string{"收支总体", "收入", "支出", "财拨总体", "一般公共", "基本支出", "三公", "政府性基金", "国有资本"},
			[]string{
				"完成 一般公共预算财政拨款支出: 实307.82 年初预算0 率95.89",
				"变动 机关运行经费 比上年: 本10.23 前- +10.23 +100.00",
			}},
		{"foshan-gdjtj-2019.pdf", true, 85,
			[]string{"收支总体", "收入", "支出", "财拨总体", "财拨收入", "财拨支出", "三公", "机关运行", "政府采购", "国有资产"},
			[]string{
				"变动 一般公共预算财政拨款支出 比年初预算: 本1668.14 前- +1668.14 +0",
				"完成 三公经费: 实0.16 预算0 率0 差- +",
				"合计 1668.14 = 746.39 921.75 0 0 0 全=true",
			}},
		{"xian-wjw-2022.pdf", true, 200,
			[]string{"收支总体", "收入", "支出", "财拨总体", "一般公共", "基本支出", "政府性基金", "国有资本", "三公", "培训费", "会议费"},
			[]string{
				"变动 收入支出总计 比上年: 本2,480,372.7 前- +789,183.4 +46.66",
				"变动 公务接待费 比预算: 本0.11 前1.86 −1.75",
				"合计 272,067.69 = 189,972.86 8,619.1 73,475.73 全=true",
			}},
		{"jiangsu-jcy-budget-2018.pdf", true, 95, []string{"收支总体", "一般公共", "三公"}, []string{
			"变动 单位预留机动经费 比上年: 本2,388.04 前140.2 +2,247.84 +16",
			"变动 公务接待费 比上年预算: 本116.5 前- −40.05",
		}},
		{"hangzhou-jtj-budget-2026.pdf", true, 170, []string{"收支总体", "收入", "支出", "财拨总体", "一般公共", "三公"}, []string{
			"合计 389.30 = 421.30 32.00 全=true 变=true",
			"变动 公务用车购置费 比上年预算: 本421.30 前0 +421.30",
		}},
		{"chongqing-xcb-budget-2026.html", true, 50, []string{"收支总体", "财拨总体", "三公"}, []string{
			"变动 收入总计 比上年: 本45,369.18 前- +2,734.52",
			"变动 本年支出合计 比上年: 本45,369.18 前- +2,734.52",
		}},
		{"putuo-wanli-budget-2024.pdf", false, 150, nil, []string{
			"变动 一般公共预算财政拨款支出[2210201住房公积金] 比上年执行: 本352.67 前348.52 - +0.53",
		}},
		{"beijing-sjj-budget-2026", true, 40, []string{"收入", "支出", "三公"}, []string{
			"变动 收入总计 比上年预算: 本32852.05 前30385.62 +2466.43 +8.12",
		}},
		{"yantai-sjj-budget-2026.pdf", false, 30, nil, []string{
			"变动 机关运行经费 比上年: 本210.32 前- +1.43 +0.68",
		}},
		{"putuo-sww-budget-2025.pdf", false, 60, nil, nil},
		{"shanghai-sjj-budget-2026.pdf", true, 20, nil, nil},
	} {
		t.Run(c.file, func(t *testing.T) {
			doc, err := format.Open(t.Context(), filepath.Join(dir, c.file), format.Options{})
			if err != nil {
				t.Fatal(err)
			}
			r := Report(doc, tax)
			sane(t, r)
			total, known := 0, 0
			for i := range r.Figures {
				f := &r.Figures[i]
				if f.Table >= 0 {
					continue
				}
				total++
				if f.Fact.Measure != report.NotUnderst {
					known++
					continue
				}
				if c.whole && f.Unit.Kind() == figure.Money && f.Section != "绩效" && !explains(r, f) {
					t.Errorf("not understood: %s in %s: %s", f.Text, f.Section, f.Excerpt)
				}
			}
			t.Logf("%d numbers, %d understood (%d%%)", total, known, known*100/max(total, 1))
			if total < c.figures {
				t.Errorf("%d numbers, want %d at least", total, c.figures)
			}
			at := 0
			for _, s := range r.Sections {
				if at < len(c.sections) && s.Key == c.sections[at] {
					at++
				}
			}
			if at < len(c.sections) {
				t.Errorf("section %s missing or out of order", c.sections[at])
			}
			text := printed(r)
			for _, l := range c.lines {
				if !strings.Contains(text, l) {
					t.Errorf("missing: %s", l)
				}
			}
		})
	}
}

// explains reports that a number stands in the reason of a change.
func explains(r *report.Report, f *report.Figure) bool {
	s := r.Folded[f.Block].S[:f.Start]
	if k := strings.LastIndex(s, "。"); k >= 0 {
		s = s[k:]
	}
	return strings.Contains(s, "原因") || strings.Contains(s, "主要是") || strings.Contains(s, "增加部门预算") || strings.Contains(s, "同时")
}
