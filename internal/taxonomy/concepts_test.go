package taxonomy

import "testing"

func load(t *testing.T) *Taxonomy {
	t.Helper()
	x, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestConceptMatch(t *testing.T) {
	x := load(t)
	for _, c := range []struct{ text, want, took string }{
		{"财政拨款“三公”经费支出年初预算", "三公经费", "财政拨款“三公”经费支出"},
		{"因公出国(境)费用支出0万元", "因公出国（境）费", "因公出国(境)费用支出"},
		{"因公出国 （境） 费0万元", "因公出国（境）费", "因公出国 （境） 费"},
		{"一般公共预算财政拨款支出9万元", "一般公共预算财政拨款支出", "一般公共预算财政拨款支出"},
		{"一般公共预算财政拨款收入9万元", "一般公共预算财政拨款收入", "一般公共预算财政拨款收入"},
		{"收、支总计均为", "收入支出总计", "收、支总计"},
		{"“三公”经费", "三公经费", "“三公”经费"},
		{"没有这个", "", ""},
		{" 基本支出", "", ""},
	} {
		got, n := x.Concepts.Match(c.text)
		name := ""
		if got != nil {
			name = got.Name
		}
		if name != c.want || c.text[:n] != c.took {
			t.Errorf("Match(%q) = %q, %q; want %q, %q", c.text, name, c.text[:n], c.want, c.took)
		}
	}
}

func TestConceptCells(t *testing.T) {
	x := load(t)
	c, p := x.Concepts.OfCell("05", "2080505", "基本支出", "2080505")
	if c == nil || c.Name != "一般公共预算财政拨款基本支出" || p != "本年" {
		t.Errorf("05/2080505/基本支出 is %v, %q", c, p)
	}
	c, p = x.Concepts.OfCell("07", "公务接待费", "预算数", "")
	if c == nil || c.Name != "公务接待费" || p != "预算" {
		t.Errorf("07/公务接待费/预算数 is %v, %q", c, p)
	}
	got := x.Concepts.CellsOf("一般公共预算财政拨款支出", "208", "")
	if len(got) != 4 || got[0].String() != "05/208/合计" {
		t.Errorf("cells of 208: %v", got)
	}
	w := x.Concepts.Within(x.Concepts.ByName("基本支出"), "一般公共预算财政拨款支出")
	if w == nil || w.Name != "一般公共预算财政拨款基本支出" {
		t.Errorf("基本支出 within 一般公共预算 is %v", w)
	}
}
