package taxonomy

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCodes(t *testing.T) {
	x := load(t).Codes
	if n := x.Func.In("20805", 2024); len(n) != 1 || n[0].Name != "行政事业单位养老支出" {
		t.Errorf("20805 in 2024: %v", n)
	}
	if n := x.Func.In("20805", 2019); len(n) != 1 || n[0].Name != "行政事业单位离退休" {
		t.Errorf("20805 in 2019: %v", n)
	}
	if n := x.Func.Names("2999999"); n != nil {
		t.Errorf("an unknown code has names: %v", n)
	}
	if n := x.Econ.ByName("因公出国(境)费用"); len(n) == 0 || n[0].Code != "30212" {
		t.Errorf("因公出国(境)费用: %v", n)
	}
	if i, ok := x.Func.Child("20139", "行政运行"); !ok || i.Code != "2013901" {
		t.Errorf("行政运行 under 20139: %v, %v", i, ok)
	}
	for year, want := range map[int]string{2020: "2299901", 2024: "2299999"} {
		if i, ok := x.Func.ChildIn("22999", "其他支出", year); !ok || i.Code != want {
			t.Errorf("其他支出 under 22999 in %d: %v, %v", year, i, ok)
		}
	}
	for _, c := range []struct {
		name string
		year int
		want string
	}{
		{"社会保障和就业支出", 2024, "208"},
		{"医疗卫生与计划生育支出", 2016, "210"},
		{"交通运输", 2020, "214"},
		{"没有的类", 2020, ""},
	} {
		if got := x.ClassCode(c.name, c.year); got != c.want {
			t.Errorf("ClassCode(%s, %d) = %q, want %q", c.name, c.year, got, c.want)
		}
	}
	if n := len(x.Classes(2024)); n != 26 {
		t.Errorf("2024 has %d classes", n)
	}
	if n := len(x.Classes(2017)); n != 23 {
		t.Errorf("2017 has %d classes", n)
	}
	if !SameItem("维修(护)费", "维修（护） 费") || !SameItem("交通运输支出", "交通运输") || SameItem("会议费", "培训费") {
		t.Error("SameItem")
	}
	if Parent("2080505") != "20805" || Parent("208") != "" {
		t.Error("Parent")
	}
}

// A list of the overlay replaces the embedded list; a fault names file and line.
func TestCodesOverlay(t *testing.T) {
	dir := t.TempDir()
	write := func(text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(dir, "codes"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "codes", "economic.csv"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	head := "code,name,parent,level,from_year,to_year,evidence,note\n"
	write(head + "301,工资福利支出,,类,,,seen,\n")
	x, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if x.Codes.Econ.Names("302") != nil || len(x.Codes.Econ.Names("301")) != 1 {
		t.Error("the overlay did not replace the list")
	}
	for text, want := range map[string]string{
		head + "301,工资福利支出,,类,,,seen,\n3011,基本工资,301,款,,,seen,\n": "economic.csv：第3行：代码“3011”与级次“款”不符",
		head + "301,工资福利支出,,类,两千,,seen,\n":                        "第2行：from_year“两千”不是年份",
		"code,name\n301,x\n":             "表头缺少“parent”",
		head + "301,工资福利支出,,类,,,sure,\n": "evidence 应为",
	} {
		write(text)
		if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
