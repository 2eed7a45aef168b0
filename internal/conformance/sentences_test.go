package conformance

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"juesuan/internal/check"
	"juesuan/internal/disclosure"
	"juesuan/internal/taxonomy"
)

// TestWrongSentences reads two disclosures without tables, long.txt and
// short.txt, of which every sentence is right, and then each of them with one
// wrong clause, which has to be found by the rule named.
func TestWrongSentences(t *testing.T) {
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	texts := map[string]string{}
	for _, name := range []string{"long.txt", "short.txt"} {
		b, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(b)
		if got := sentenceRules(t, filepath.Join("testdata", name), tax); len(got) > 0 {
			t.Errorf("%s is right, but breaks %v", name, got)
		}
	}
	for _, c := range []struct{ file, right, wrong, rule string }{
		{"long.txt", "相比增加112.23万元，增长10.00%", "相比增加112.23万元，增长9.09%", "N02"},
		{"long.txt", "相比增加112.23万元，增长10.00%", "相比增加122.13万元，增长10.00%", "N02"},
		{"long.txt", "相比增加112.23万元，增长10.00%", "相比减少112.23万元，增长10.00%", "N10"},
		{"long.txt", "本年收入合计1,200.00万元，使用", "本年收入合计1,020.00万元，使用", "N06"},
		{"long.txt", "占91.67%", "占9.17%", "N03"},
		{"long.txt", "占66.12%", "占61.62%", "N03"},
		{"long.txt", "各增加130.00万元，增长13.00%", "各增加130.00万元，增长11.50%", "N02"},
		{"long.txt", "占本年支出合计的91.40%", "占本年支出合计的94.10%", "N03b"},
		{"long.txt", "完成年初预算的105.33%", "完成年初预算的5.33%", "N04"},
		{"long.txt", "完成年初预算的105.33%，决算数大于", "完成年初预算的105.33%，决算数小于", "N14"},
		{"long.txt", "完成年初预算的100.00%，决算数等于", "完成年初预算的100.00%，决算数大于", "N14"},
		{"long.txt", "年初预算为0万元，支出决算为380.00万元，决算数大于", "年初预算为0万元，支出决算为380.00万元，完成年初预算的100.00%，决算数大于", "N12"},
		{"long.txt", "人员经费650.00万元", "人员经费560.00万元", "N06"},
		{"long.txt", "因公出国（境）费支出决算增加1.00万元，增长20.00%", "因公出国（境）费支出决算增加1.00万元，增长16.67%", "N02"},
		{"long.txt", "公务接待费支出决算减少0.50万元", "公务接待费支出决算减少1.50万元", "N02"},
		{"long.txt", "团组1个、累计2人次", "团组0个、累计0人次", "S04"},
		{"long.txt", "国内公务接待8批次、60人次", "国内公务接待60批次、8人次", "S03b"},
		{"long.txt", "较上年减少3.50万元，下降12.50%，较年初预算数减少5.50", "较上年减少3.50万元，下降12.50%，较年初预算数减少6.50", "N01"},
		{"long.txt", "服务采购金额68.00万元", "服务采购金额86.00万元", "S10"},
		{"long.txt", "授予小微企业合同金额50.00", "授予小微企业合同金额65.00", "S11"},
		{"long.txt", "共有车辆5辆", "共有车辆6辆", "S20"},
		{"long.txt", "“优”的项目10个", "“优”的项目11个", "N06"},
		{"long.txt", "公务用车购置数0辆", "公务用车购置数2辆", "S01"},
		{"short.txt", "下降11.43%", "下降12.90%", "N02"},
		{"short.txt", "较上年490.00万元减少56.00万元", "较上年490.00万元减少65.00万元", "N01"},
		{"short.txt", "预决算差异率为2.61%", "预决算差异率为2.54%", "N05"},
		{"short.txt", "增长1,055.4%", "增长91.3%", "N02"},
		{"short.txt", "增加0.00万元，增长0.00%", "增加0.50万元，增长0.00%", "N02"},
		{"short.txt", "差值为0.50万元", "差值为0.05万元", "N01"},
		{"short.txt", "5.00万元减少2.50万元，降低50.00%", "5.00万元减少2.50万元，降低100.00%", "N02"},
		{"short.txt", "内设机构3个", "内设机构4个", "N20"},
		{"short.txt", "年末实有人数60人", "年末实有人数62人", "S30"},
		{"short.txt", "（16.67%）", "（20.00%）", "N02"},
		{"short.txt", "决算数大于预算数10.16万元", "决算数大于预算数11.16万元", "N01"},
		{"short.txt", "增长6.38%；其他", "增长6.38；其他", "N21"},
		{"short.txt", "各减少58.21、58.21万元", "各减少58.21、85.21万元", "N02"},
	} {
		text := strings.Replace(texts[c.file], c.right, c.wrong, 1)
		if text == texts[c.file] {
			t.Errorf("%s: no %q", c.file, c.right)
			continue
		}
		path := filepath.Join(dir, "wrong.txt")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := sentenceRules(t, path, tax); !strings.Contains(strings.Join(got, " "), c.rule) {
			t.Errorf("%s: %s: found by %v, want %s", c.file, c.wrong, got, c.rule)
		}
	}
}

// sentenceRules are the rules of the families N and S that a file breaks,
// hints about missing reasons left out.
func sentenceRules(t *testing.T, path string, tax *taxonomy.Taxonomy) []string {
	t.Helper()
	d := disclosure.Read(context.Background(), path, tax)
	if d.Err != nil {
		t.Fatal(d.Err)
	}
	var out []string
	for _, f := range check.Check(d.Report, tax).Findings {
		if strings.Contains("NS", f.Rule[:1]) && f.Rule != "N16" {
			out = append(out, f.Rule)
		}
	}
	return out
}
