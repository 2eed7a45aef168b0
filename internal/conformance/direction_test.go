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

// TestWrongWord: one wrong direction word is one finding that names the word,
// however many relations it breaks.
func TestWrongWord(t *testing.T) {
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	const head = "某县文化馆2023年度部门决算公开说明\n七、“三公”经费支出决算情况说明\n"
	const public = "“三公”经费支出决算8.00万元，比上年减少2.00万元，下降20.00%。其中：因公出国（境）费支出决算3.00万元，比上年增加1.00万元，增长50.00%；" +
		"公务用车购置及运行维护费支出决算3.00万元，比上年{车}；公务接待费支出决算2.00万元，比上年减少2.00万元，下降50.00%。\n"
	for _, c := range []struct{ name, text, rule, suspect, expected string }{
		{"right", strings.ReplaceAll(public, "{车}", "减少1.00万元，下降25.00%"), "", "", ""},
		{"one word", strings.ReplaceAll(public, "{车}", "增加1.00万元，下降25.00%"), "N10", "增加1.00万元", "减少1.00万元"},
		{"both words", strings.ReplaceAll(public, "{车}", "增加1.00万元，增长25.00%"), "N10", "增加1.00万元", "减少1.00万元"},
		{"rate word", strings.ReplaceAll(public, "{车}", "减少1.00万元，增长25.00%"), "N10", "增长25.00%", "下降25.00%"},
		{"flat", "一般公共预算财政拨款支出50.00万元，较上年增加6.00万元，与上年持平。\n", "N11", "持平", ""},
		{"flat of another base", "一般公共预算财政拨款支出50.00万元，较上年增加6.00万元，与年初预算持平。\n", "", "", ""},
		{"flat of a part", "机关运行经费支出50.00万元，较上年增加6.00万元，其中水费与上年持平。\n", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.txt")
			if err := os.WriteFile(path, []byte(head+c.text), 0o644); err != nil {
				t.Fatal(err)
			}
			d := disclosure.Read(context.Background(), path, tax)
			if d.Err != nil {
				t.Fatal(d.Err)
			}
			var got []check.Finding
			for _, f := range check.Check(d.Report, tax).Findings {
				if f.Severity != check.Hint {
					got = append(got, f)
				}
			}
			switch {
			case c.rule == "" && len(got) > 0:
				t.Errorf("right, but %+v", got)
			case c.rule == "":
			case len(got) != 1 || got[0].Rule != c.rule || got[0].Suspect != c.suspect || got[0].Expected != c.expected:
				for _, f := range got {
					t.Errorf("%s %s: %s → %s", f.Rule, f.Message, f.Suspect, f.Expected)
				}
			}
		})
	}
}
