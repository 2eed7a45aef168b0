package project

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"juesuan/internal/accounts"
	"juesuan/internal/document"
	"juesuan/internal/taxonomy"
)

func load(t *testing.T) *taxonomy.Taxonomy {
	t.Helper()
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	return tax
}

// demoIn makes a project of the sample in a new folder.
func demoIn(t *testing.T, tax *taxonomy.Taxonomy, yaml bool) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "demo")
	if _, _, err := Init(context.Background(), dir, InitOptions{Demo: true, YAML: yaml}, tax); err != nil {
		t.Fatal(err)
	}
	return dir
}

// edit replaces a text that stands once in a file.
func edit(t *testing.T, name, old, with string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(data), old); n != 1 {
		t.Fatalf("%q stands %d times in %s", old, n, name)
	}
	write(t, name, strings.Replace(string(data), old, with, 1))
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// list gives the names in a folder, hidden ones too.
func list(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// TestDemo: the sample is complete in every form, in the template as in yaml,
// and the check finds nothing in what is built.
func TestDemo(t *testing.T) {
	tax := load(t)
	for _, form := range tax.FormNames() {
		dir := demoIn(t, tax, true)
		edit(t, filepath.Join(dir, YAMLName), "样式: 通用", "样式: "+form)
		res := Build(context.Background(), dir, tax, Options{})
		if res.Outcome() != Built {
			t.Errorf("%s: %s: %v %v %v %v", form, res.Outcome(), res.Err, res.Problems, res.Missing, res.Conflicts)
			continue
		}
		for _, f := range res.Check.Findings {
			t.Errorf("%s: %s %s", form, f.Rule, f.Message)
		}
		if len(res.Files) != len(Formats()) || len(list(t, filepath.Join(dir, OutputName))) != len(Formats()) {
			t.Errorf("%s: files %q", form, list(t, filepath.Join(dir, OutputName)))
		}
	}
}

// TestTemplateAsYAML: the template and the yaml of one unit give the same bytes.
func TestTemplateAsYAML(t *testing.T) {
	tax := load(t)
	var got [2][]byte
	for i, yaml := range []bool{false, true} {
		res := Build(context.Background(), demoIn(t, tax, yaml), tax, Options{Formats: []string{"docx"}})
		if res.Outcome() != Built {
			t.Fatalf("%s: %v %v %v", res.Outcome(), res.Err, res.Problems, res.Missing)
		}
		data, err := os.ReadFile(res.Files[0])
		if err != nil {
			t.Fatal(err)
		}
		got[i] = data
	}
	if string(got[0]) != string(got[1]) {
		t.Error("the two documents differ")
	}
}

// TestInitKeeps: nothing that is there is overwritten, and a refused init
// leaves nothing behind.
func TestInitKeeps(t *testing.T) {
	tax := load(t)
	for _, there := range []string{TemplateName, YAMLName, ReadmeName, "决算.json"} {
		dir := t.TempDir()
		write(t, filepath.Join(dir, there), "mine")
		if _, _, err := Init(context.Background(), dir, InitOptions{Year: 2024}, tax); err == nil || !strings.Contains(err.Error(), "不会覆盖") {
			t.Errorf("%s: error %v", there, err)
		}
		if data, _ := os.ReadFile(filepath.Join(dir, there)); string(data) != "mine" {
			t.Errorf("%s was overwritten", there)
		}
		for _, n := range list(t, dir) {
			if n != there && n != LastName && n != OutputName {
				t.Errorf("%s: %s was left behind", there, n)
			}
		}
	}
}

// TestLastYear: the year after: last year's values are taken over, and asked
// for no more; those of another year are not.
func TestLastYear(t *testing.T) {
	tax := load(t)
	old := demoIn(t, tax, true)
	built := Build(context.Background(), old, tax, Options{Formats: []string{"docx"}})
	if len(built.Files) != 1 {
		t.Fatal(built.Err)
	}
	dir := filepath.Join(t.TempDir(), "next")
	_, warnings, err := Init(context.Background(), dir, InitOptions{Last: built.Files[0]}, tax)
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	p, err := Open(context.Background(), dir, "", tax)
	if err != nil {
		t.Fatal(err)
	}
	if p.Accounts.Unit != "青禾县河湖管理局" || p.Accounts.Year != 2025 {
		t.Errorf("%s %d", p.Accounts.Unit, p.Accounts.Year)
	}
	q := p.Accounts.Values[accounts.Key{Concept: "收入支出总计", Period: "上年"}]
	if f, ok := q.Fen(); !ok || f != 179482_0000 {
		t.Errorf("last year's total is %v", q)
	}
	res := Build(context.Background(), dir, tax, Options{})
	for _, m := range res.Missing {
		if strings.HasPrefix(m.What, "上年") || m.Kind == "原因" {
			t.Errorf("asked for %s", m.What)
		}
	}
	same, err := Open(context.Background(), old, built.Files[0], tax)
	if err != nil || len(same.Warnings) != 1 || !strings.Contains(same.Warnings[0], "没有带入上年数") {
		t.Errorf("a disclosure of the same year: %v, %v", same, err)
	}
}

// TestTables: the nine tables of another workbook beside the words.
func TestTables(t *testing.T) {
	tax := load(t)
	full := demoIn(t, tax, true)
	built := Build(context.Background(), full, tax, Options{Formats: []string{"xlsx"}})
	if len(built.Files) != 1 {
		t.Fatal(built.Err)
	}
	tables, err := os.ReadFile(built.Files[0])
	if err != nil {
		t.Fatal(err)
	}
	text := string(demoYAML)
	words := text[:strings.Index(text, "表:\n")] + text[strings.Index(text, "数值:\n"):]
	dir := t.TempDir()
	write(t, filepath.Join(dir, YAMLName), words)
	write(t, filepath.Join(dir, "导出.xlsx"), string(tables))
	if res := Build(context.Background(), dir, tax, Options{Formats: []string{"docx"}}); res.Outcome() != Built {
		t.Errorf("%s: %v %v %v %v", res.Outcome(), res.Err, res.Problems, res.Missing, res.Conflicts)
	}
	write(t, filepath.Join(dir, "工资.xlsx"), "no workbook")
	if res := Build(context.Background(), dir, tax, Options{Formats: []string{"docx"}}); res.Outcome() != Built || len(res.Warnings) != 1 || !strings.Contains(res.Warnings[0], "这个文件没有使用") {
		t.Errorf("%s: %v, warnings %q", res.Outcome(), res.Err, res.Warnings)
	}
	write(t, filepath.Join(dir, YAMLName), text)
	edit(t, filepath.Join(dir, YAMLName), "公务接待费: {预算数: 2.5, 决算数: 1.26}", "公务接待费: {预算数: 2.5, 决算数: 1.27}")
	res := Build(context.Background(), dir, tax, Options{})
	if want := "表07“公务接待费”的“决算数”：决算.yaml里是1.27万元，导出.xlsx里是1.26万元"; !slices.Contains(res.Problems, want) || res.Outcome() != Wrong {
		t.Errorf("%s: problems %q, want %q", res.Outcome(), res.Problems, want)
	}
}

// TestBuildAll: the results stand in order, a bad one stops none, and two
// units do not overwrite each other.
func TestBuildAll(t *testing.T) {
	tax := load(t)
	dir := t.TempDir()
	for _, n := range []string{"甲", "乙", "丙"} {
		write(t, filepath.Join(dir, n+".yaml"), strings.Replace(string(demoYAML), "单位: 青禾县河湖管理局", "单位: "+n+"局", 1))
	}
	write(t, filepath.Join(dir, "坏.yaml"), "单位: 坏\n年度: 2024\n瞎填: 1\n")
	write(t, filepath.Join(dir, "又甲", YAMLName), strings.Replace(string(demoYAML), "单位: 青禾县河湖管理局", "单位: 甲局", 1))
	write(t, filepath.Join(dir, "笔记.txt"), "x")
	paths, err := Find([]string{dir})
	if err != nil || len(paths) != 5 {
		t.Fatal(paths, err)
	}
	out := filepath.Join(dir, "公开")
	done := 0
	all := BuildAll(context.Background(), paths, tax, Options{Jobs: 3, Output: out, Formats: []string{"html"}}, nil, func(Result) { done++ })
	count := map[Outcome]int{}
	for i, r := range all {
		if r.Path != paths[i] {
			t.Errorf("result %d is of %s, want %s", i, r.Path, paths[i])
		}
		count[r.Outcome()]++
	}
	if done != 5 || count[Built] != 3 || count[Failed] != 2 {
		t.Errorf("%d done, %v", done, count)
	}
	if got := list(t, out); len(got) != 3 {
		t.Errorf("files %q", got)
	}
}

// TestFind: nothing to build is said before anything is built.
func TestFind(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.txt"), "x")
	if _, err := Find([]string{dir}); err == nil || !strings.Contains(err.Error(), "没有可以生成的内容") {
		t.Errorf("error %v", err)
	}
	if got, err := Find([]string{"nowhere.yaml"}); err != nil || len(got) != 1 {
		t.Errorf("a file is for Build to report: %v, %v", got, err)
	}
}

// TestWhole: of several files all appear or none, and no temporary one stays.
func TestWhole(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "x.a"), "old")
	_, err := writeAll(context.Background(), dir, "x", []string{"a", "b"}, func(kind string, w io.Writer) error {
		if kind == "b" {
			return errors.New("no more paper")
		}
		_, err := io.WriteString(w, "new")
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "no more paper") {
		t.Errorf("error %v", err)
	}
	if data, _ := os.ReadFile(filepath.Join(dir, "x.a")); string(data) != "old" || len(list(t, dir)) != 1 {
		t.Errorf("left %q in %q", data, list(t, dir))
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := writeAll(ctx, dir, "y", []string{"a"}, func(string, io.Writer) error { return nil }); !errors.Is(err, context.Canceled) || len(list(t, dir)) != 1 {
		t.Errorf("cancelled: %v, %q", err, list(t, dir))
	}
}

// TestNobody: accounts that do not say whose they are give no file.
func TestNobody(t *testing.T) {
	tax := load(t)
	dir := t.TempDir()
	for text, want := range map[string]string{"年度: 2024\n": "没有单位名称", "单位: 甲\n": "没有年度", "范围: 部门\n": "没有单位名称和年度"} {
		write(t, filepath.Join(dir, "a.yaml"), text)
		res := Build(context.Background(), filepath.Join(dir, "a.yaml"), tax, Options{})
		var re *document.ReadError
		if !errors.As(res.Err, &re) || !strings.Contains(res.Err.Error(), want) {
			t.Errorf("%q: error %v, want %s", text, res.Err, want)
		}
	}
}

// TestFileName: what a file system refuses is not in a name.
func TestFileName(t *testing.T) {
	a := &accounts.Accounts{Unit: "甲/乙:局*", Year: 2024}
	if got, want := fileName(a, true), "甲_乙_局_2024年度部门决算（草稿）"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	a.Scope = "单位"
	if got, want := fileName(a, false), "甲_乙_局_2024年度单位决算"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestWhere: what is missing in a yaml file is said with its keys.
func TestWhere(t *testing.T) {
	p := &Project{Input: "x/决算.yaml"}
	for _, c := range []struct {
		m    accounts.Missing
		want string
	}{
		{accounts.Missing{Kind: "数额", Key: accounts.Key{Concept: "收入支出总计", Period: "上年"}}, "决算.yaml的“数值” → 收入支出总计 → 上年"},
		{accounts.Missing{Kind: "原因", Key: accounts.Key{Concept: "公务接待费", Period: "上年", Func: "208"}}, "决算.yaml的“原因” → 公务接待费 → 上年 → 208"},
		{accounts.Missing{Kind: "文字", What: "绩效的文字说明"}, "决算.yaml的“文字” → 绩效"},
		{accounts.Missing{Kind: "文字", What: "主要职能"}, "决算.yaml的“职能”"},
		{accounts.Missing{Kind: "数额", Where: "表02"}, "表02"},
	} {
		if got := p.located([]accounts.Missing{c.m})[0].Where; got != c.want {
			t.Errorf("%+v: got %s, want %s", c.m, got, c.want)
		}
	}
}

// TestStray: what else lies in the folder is told of, not used in silence.
func TestStray(t *testing.T) {
	tax := load(t)
	dir := demoIn(t, tax, false)
	template, err := os.ReadFile(filepath.Join(dir, TemplateName))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "填报模板-旧.xlsx"), string(template))
	write(t, filepath.Join(dir, YAMLName), string(demoYAML))
	for path, want := range map[string][]string{
		dir:                              {"文件夹里有 填报模板.xlsx，也有 决算.yaml", "填报模板-旧.xlsx 也是填报模板，没有使用"},
		filepath.Join(dir, TemplateName): {"填报模板-旧.xlsx 也是填报模板，没有使用"},
	} {
		p, err := Open(context.Background(), path, "", tax)
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Warnings) != len(want) || len(p.Problems) > 0 {
			t.Errorf("%s: warnings %q, problems %q", path, p.Warnings, p.Problems)
			continue
		}
		for i, w := range want {
			if !strings.Contains(p.Warnings[i], w) {
				t.Errorf("%s: warning %q, want %q", path, p.Warnings[i], w)
			}
		}
		if p.Output != filepath.Join(dir, OutputName) {
			t.Errorf("%s: output %s", path, p.Output)
		}
	}
}
