package taxonomy

import (
	"strings"
	"testing"
)

func TestParseFormula(t *testing.T) {
	f, err := ParseFormula("05 每行：[合计] ≤ [03.本行.本年支出合计]? − Σ[下级.项目支出]")
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Tables) != 1 || !f.Rows || f.Cols || f.Op != "≤" {
		t.Errorf("quantifier read as %+v", f)
	}
	if r := f.Left[0].Ref; r.Table != "" || r.Rows[0] != ThisRow || r.Cols[0] != "合计" {
		t.Errorf("left read as %+v", r)
	}
	if r := f.Right[0].Ref; r.Table != "03" || !r.Optional {
		t.Errorf("right read as %+v", r)
	}
	if x := f.Right[1]; x.Sign != -1 || !x.Sum || x.Ref.Rows[0] != Children {
		t.Errorf("last term read as %+v", x)
	}
}

func TestParseFormulaErrors(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"[01.合计]", "第8个字：这里应为 =、≤ 或 ≥"},
		{"[合计] = [01.合计]", "没有说是哪张表"},
		{"[01.合计] = [01.收入.*]", "前面应有 Σ"},
		{"[01.合计] = Σ[01.其他收入]", "Σ 后面应是一组格"},
		{"[01.合计 = [02.合计]", "没有对应的"},
		{"[01.合计] = [02", "没有对应的"},
		{"[05.本行] = [05.合计]", "只能用在“每行：”之后"},
		{"[01.合计] = [02.合计] 完", "多出“完”"},
	} {
		if _, err := ParseFormula(c.in); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.in, err, c.want)
		}
	}
}
