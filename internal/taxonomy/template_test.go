package taxonomy

import "testing"

// TestEntry: what sentences ask for has a worksheet of the template.
func TestEntry(t *testing.T) {
	tax, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		concept, period, code string
		reason                bool
		want                  string
	}{
		{"收入支出总计", "上年", "", false, "上年数"},
		{"三公经费", "上年", "", false, "表07 财政拨款“三公”经费支出决算表"},
		{"公务用车保有量", "本年", "", false, "表07 财政拨款“三公”经费支出决算表"},
		{"一般公共预算财政拨款支出", "年初预算", "", false, "年初预算"},
		{"一般公共预算财政拨款支出", "年初预算", "2080505", false, "科目用途"},
		{"一般公共预算财政拨款支出", "年初预算", "2080505", true, "科目用途"},
		{"政府性基金预算财政拨款支出", "年初预算", "2120804", false, "科目用途"},
		{"收入支出总计", "上年", "", true, "变动原因"},
		{"车辆", "本年", "", false, "其他数据"},
	} {
		if got := tax.Entry(x.concept, x.period, x.code, x.reason); got != x.want {
			t.Errorf("%s %s %s %v: %s, want %s", x.concept, x.period, x.code, x.reason, got, x.want)
		}
	}
	for _, s := range tax.Sentences.All() {
		for _, n := range s.Needs() {
			if n.Note == "" && tax.Entry(n.Concept, n.Period, "", n.Reason) == "" {
				t.Errorf("%s: no place for %s %s", s.ID, n.Concept, n.Period)
			}
		}
	}
}

// TestTemplateKeys: rows and columns of its tables are those of the layouts.
func TestTemplateKeys(t *testing.T) {
	tax, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range tax.Template.Sheets {
		if s.Kind != "科目表" && s.Kind != "行表" {
			continue
		}
		cols, rows := tax.Layouts.Keys(s.Table)
		for _, c := range s.Columns {
			if c.Period == "" && !cols[c.Key] {
				t.Errorf("%s: no column %s", s.Name, c.Key)
			}
		}
		for _, r := range s.Rows {
			if r.Group == "" && !r.Count && !rows[r.Key] {
				t.Errorf("%s: no row %s", s.Name, r.Key)
			}
		}
	}
}
