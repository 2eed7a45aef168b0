package present

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"juesuan/internal/check"
	"juesuan/internal/disclosure"
	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/report"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("%s (-want +got):\n%s", name, d)
	}
}

func checked() disclosure.Disclosure {
	return disclosure.Disclosure{Path: "白石镇.docx", Result: &check.Result{
		File: "白石镇.docx", Kind: "决算", Unit: "白石镇人民政府", Year: 2024, Verdict: check.HasErrors,
		Figures: check.Coverage{Total: 412, Proved: 377, Contradicted: 3, Unproved: 32},
		Findings: []check.Finding{
			{
				Rule: "C07", Severity: check.Hint, Title: "标点重复", Message: "删去多余的标点。",
				Places: []check.Place{{Page: 12, Excerpt: "由此产生。。"}},
			},
			{
				Rule: "N02", Severity: check.Error, Title: "增长率与增减额、上年数不符",
				Message:    "增长率应为增减额除以上年数。请核对三个数，改正错的一个；如果数字都对，请检查上年数是否取自上年决算。",
				Arithmetic: "170.02 ÷ 1624.80 = 10.46% ≠ 9.47%",
				Places: []check.Place{
					{Page: 8, Excerpt: "与2023年度相比，收入支出总计增加170.02万元，增长9.47%"},
					{Page: 3, Cell: "表01 总计 决算数", Excerpt: "表01 总计 决算数 1794.82"},
					{Section: "（一）收入支出总体情况", Excerpt: "收入支出总计1794.82万元"},
				},
				Suspect: "9.47%", Expected: "10.46%",
			},
			{
				Rule: "M12", Severity: check.Suspect, Title: "空表没有说明", Message: "在表下注明“本表无数据”。",
				Places: []check.Place{{Cell: "表01"}, {Cell: "表02"}, {Cell: "表03"}, {Cell: "表04"}, {Cell: "表05"}, {Cell: "表06"}, {Cell: "表08"}, {Cell: "表09"}}, Expected: "本表无数据",
			},
		},
		Duties: []check.Duty{
			{ID: "T01", Title: "表01 收入各项之和", Status: check.Done},
			{ID: "T30", Title: "表06 经济分类各款之和", Status: check.Unreadable, Reason: "表头认不出来"},
			{ID: "T31", Title: "表06 人员经费合计", Status: check.Unreadable, Reason: "表头认不出来"},
			{ID: "T50", Title: "表08 收支结转", Status: check.NoData},
		},
	}}
}

func unread() disclosure.Disclosure {
	return disclosure.Disclosure{Path: "扫描.pdf", Err: &document.ReadError{
		File: "扫描.pdf", Problem: "文件是扫描件，没有文字层", Remedy: "请用原始 Word 文件导出带文字的 PDF 后重试"}}
}

func TestText(t *testing.T) {
	tests := []struct {
		name string
		all  []disclosure.Disclosure
		look Look
	}{
		{"one.txt", []disclosure.Disclosure{checked()}, Look{Width: 100}},
		{"narrow.txt", []disclosure.Disclosure{checked()}, Look{Width: 40, Verbose: true}},
		{"colour.txt", []disclosure.Disclosure{checked()}, Look{Width: 60, Colour: true}},
		{"several.txt", []disclosure.Disclosure{checked(), unread()}, Look{Width: 100}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := Text(&b, tt.all, tt.look); err != nil {
				t.Fatal(err)
			}
			golden(t, tt.name, b.Bytes())
		})
	}
}

func TestJSON(t *testing.T) {
	schema := compile(t, "../../docs/check.schema.json")
	tests := []struct {
		name string
		all  []disclosure.Disclosure
	}{
		{"one.json", []disclosure.Disclosure{checked()}},
		{"unreadable.json", []disclosure.Disclosure{unread()}},
		{"several.json", []disclosure.Disclosure{checked(), unread(), {Path: "空.txt", Result: &check.Result{File: "空.txt", Verdict: check.Incomplete}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := JSON(&b, tt.all); err != nil {
				t.Fatal(err)
			}
			valid(t, schema, b.Bytes())
			golden(t, tt.name, b.Bytes())
		})
	}
}

func TestFacts(t *testing.T) {
	r := &report.Report{
		Document: &document.Document{}, Kind: report.Final, Scope: "部门", Unit: "白石镇人民政府", Year: 2024,
		Tables: []report.Table{{
			ID: "05", Columns: []report.Column{{Key: "合计"}, {Header: "其中：培训费"}},
			Rows: []report.Row{{Key: "2080505", Name: "机关事业单位基本养老保险缴费支出"}},
		}},
		Figures: []report.Figure{
			{
				Figure: figure.Figure{Text: "1,234.50", Coef: 123450, Decimals: 2, Unit: figure.WanYuan},
				Fact:   report.Fact{Concept: "一般公共预算财政拨款支出", Measure: report.Level, Period: report.ThisYear, Func: "2080505"},
				Place:  document.Place{Page: 5, Cell: "r3c2"}, Excerpt: "机关事业单位基本养老保险缴费支出 合计",
			},
			{Figure: figure.Figure{Text: "-", Unit: figure.WanYuan, Nil: true}, Col: 1, Place: document.Place{Sheet: "05", Cell: "D7"}},
			{
				Figure: figure.Figure{Text: "-3.2%", Coef: -32, Decimals: 1, Unit: figure.Percent},
				Fact:   report.Fact{Concept: "公务接待费", Measure: report.Growth, Period: report.ThisYear, Base: report.LastYear},
				Table:  -1, Section: "三公总体", Excerpt: "公务接待费，下降“-3.2%”",
			},
		},
	}
	var j, c bytes.Buffer
	if err := FactsJSON(&j, "白石镇.docx", r); err != nil {
		t.Fatal(err)
	}
	valid(t, compile(t, "../../docs/extract.schema.json"), j.Bytes())
	golden(t, "facts.json", j.Bytes())
	if err := FactsCSV(&c, r); err != nil {
		t.Fatal(err)
	}
	golden(t, "facts.csv", c.Bytes())
}

func TestOverlap(t *testing.T) {
	tests := []struct {
		a, b, want string
		ok         bool
	}{
		{"本年收入合计1734.32万元，其中：", "…本年收入合计1734.32万元…", "本年收入合计1734.32万元，其中：", true},
		{"…收入合计1734.32万元，占99.29%…", "…，占99.29%；其他收入12.40万元", "…收入合计1734.32万元，占99.29%；其他收入12.40万元", true},
		{"…，占99.29%；其他收入12.40万元", "收入合计1734.32万元，占99.29%…", "收入合计1734.32万元，占99.29%；其他收入12.40万元", true},
		{"收入", "支出", "", false},
		{"", "", "", true},
	}
	for _, tt := range tests {
		if got, ok := overlap(tt.a, tt.b); got != tt.want || ok != tt.ok {
			t.Errorf("overlap(%q, %q) = %q, %v", tt.a, tt.b, got, ok)
		}
	}
}

func TestTextIsSafe(t *testing.T) {
	d := checked()
	d.Result.Findings = []check.Finding{{Rule: "C01", Severity: check.Error, Title: "x", Places: []check.Place{{Excerpt: "\x1b]0;title\x07\x9b2J"}}}}
	var b bytes.Buffer
	if err := Text(&b, []disclosure.Disclosure{d}, Look{Width: 80}); err != nil {
		t.Fatal(err)
	}
	if bytes.ContainsAny(b.Bytes(), "\x1b\x07\u009b") {
		t.Errorf("a control character of the file reached the terminal: %q", b.String())
	}
}

func TestWrap(t *testing.T) {
	tests := []struct {
		name, in string
		width    int
		want     []string
	}{
		{"short", "共 3 个数", 20, []string{"共 3 个数"}},
		{"chinese breaks anywhere", "收入支出总计与上年相比增加了许多", 20, []string{"收入支出总计与上年相", "比增加了许多"}},
		{"numbers stay whole", "一二三四五六七八1234.56万元", 20, []string{"一二三四五六七八", "1234.56万元"}},
		{"no mark opens a line", "一二三四五六七八九十，一二", 20, []string{"一二三四五六七八九十，", "一二"}},
		{"escapes have no width", "\x1b[1m一二三四五六七八九十\x1b[0m", 20, []string{"\x1b[1m一二三四五六七八九十\x1b[0m"}},
		{"blank at a break is dropped", "一二三四五六七八九十 一二", 20, []string{"一二三四五六七八九十", "一二"}},
		{"broken escape", "\x1b[", 20, []string{"\x1b["}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := wrap(tt.in, tt.width)
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
			for _, l := range got {
				if w := uniseg.StringWidth(l); w > tt.width+2 && tt.name != "escapes have no width" {
					t.Errorf("%q is %d wide", l, w)
				}
			}
		})
	}
}

func compile(t *testing.T, path string) *jsonschema.Schema {
	t.Helper()
	s, err := jsonschema.NewCompiler().Compile(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func valid(t *testing.T, s *jsonschema.Schema, data []byte) {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(v); err != nil {
		t.Errorf("the output does not meet its schema: %v", err)
	}
}
