// Package project is the clerk's folder: what a disclosure is built from lies
// in it, and what is built goes into it. It walks the way back from the files
// with the accounts to the published files: read, complete, compose, check,
// write.
package project

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"juesuan/internal/accounts"
	"juesuan/internal/document"
	"juesuan/internal/taxonomy"
	"juesuan/internal/workbook"
)

// Names in a project folder.
const (
	TemplateName = "填报模板.xlsx"
	YAMLName     = "决算.yaml"
	JSONName     = "决算.json"
	ReadmeName   = "说明.txt"
	LastName     = "上年" // folder with last year's disclosure
	OutputName   = "输出" // folder for what is built
)

// inputNames are the files that make a folder a project, the first one found
// is read.
var inputNames = []string{TemplateName, YAMLName, "决算.yml", JSONName}

// Project is one disclosure to be built.
type Project struct {
	Path     string // as the user gave it, or the entry of a folder of many
	Input    string // the file with the accounts
	Output   string // the folder for what is built
	Accounts *accounts.Accounts
	Problems []string // entries that could not be taken over, each with its place
	Warnings []string // what to look at: last year's disclosure says otherwise
}

// isDir reports whether path is a folder.
func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// inputOf gives the file with the accounts of a project folder, "" when the
// folder is no project.
func inputOf(dir string) string {
	for _, n := range inputNames {
		p := filepath.Join(dir, n)
		if isFile(p) {
			return p
		}
	}
	return ""
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// Find gives the projects at the paths: a project folder or a file with
// accounts is one, another folder holds many, as folders or files. The order
// is that of the paths, and of names within a folder. A path at which there is
// nothing to build is an error.
func Find(paths []string) ([]string, error) {
	var out []string
	for _, p := range paths {
		if !isDir(p) || inputOf(p) != "" {
			out = append(out, p)
			continue
		}
		entries, err := os.ReadDir(p)
		if err != nil {
			return nil, fmt.Errorf("无法读取文件夹 %s：%w", p, err)
		}
		n := len(out)
		for _, e := range entries {
			full := filepath.Join(p, e.Name())
			switch {
			case strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "~$"):
			case e.IsDir() && inputOf(full) != "", e.Type().IsRegular() && isInput(e.Name()):
				out = append(out, full)
			}
		}
		if len(out) == n {
			return nil, fmt.Errorf("%s 里没有可以生成的内容：没有 %s、%s，也没有装着它们的文件夹。用 juesuan init %s 新建",
				p, TemplateName, YAMLName, p)
		}
	}
	return out, nil
}

// ext is the ending of a name in lower case, with its point.
func ext(name string) string { return strings.ToLower(filepath.Ext(name)) }

// isInput tells files with accounts by the endings of their names.
func isInput(name string) bool {
	return slices.Contains([]string{".xlsx", ".xlsm", ".yaml", ".yml", ".json"}, ext(name))
}

// Open reads the project at path. last is last year's disclosure; "" takes
// what lies in the folder 上年 of the project, if anything. Errors name file,
// place and remedy.
func Open(ctx context.Context, path, last string, tax *taxonomy.Taxonomy) (*Project, error) {
	p := &Project{Path: path, Input: path, Output: filepath.Join(filepath.Dir(path), OutputName)}
	dir := "" // of a project; a file of any other name stands alone
	switch {
	case isDir(path):
		dir = path
		p.Output = filepath.Join(path, OutputName)
		if p.Input = inputOf(path); p.Input == "" {
			return nil, &document.ReadError{File: path, Problem: "不是项目文件夹：里面没有" + TemplateName + "或" + YAMLName,
				Remedy: "用 juesuan init 新建一个"}
		}
		for _, n := range inputNames {
			if other := filepath.Join(dir, n); other != p.Input && isFile(other) {
				p.Warnings = append(p.Warnings, fmt.Sprintf("文件夹里有 %s，也有 %s：用的是前一个。不用的请移走", filepath.Base(p.Input), n))
			}
		}
	case slices.Contains(inputNames, filepath.Base(path)):
		dir = filepath.Dir(path)
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	data, err := readInput(p.Input)
	if err != nil {
		return nil, err
	}
	a, problems, err := workbook.Load(ctx, p.Input, data, tax)
	if err != nil {
		return nil, err
	}
	p.Accounts = a
	p.Problems = texts(problems)
	if dir != "" {
		if err := p.addTables(ctx, dir, tax); err != nil {
			return nil, err
		}
	}
	if err := complain(p.Input, a); err != nil {
		return nil, err
	}
	if last == "" && dir != "" {
		last = lastIn(dir)
	}
	if last != "" {
		r, err := Report(ctx, last, tax)
		if err != nil {
			return nil, fmt.Errorf("上年公开：%w", err)
		}
		p.Warnings = append(p.Warnings, texts(workbook.FromLastYear(r, a, tax))...)
	}
	return p, nil
}

func texts(list []workbook.Problem) []string {
	var out []string
	for _, x := range list {
		out = append(out, x.String())
	}
	return out
}

// addTables takes in the nine tables that another system exported: workbooks
// beside the file with the accounts. What that file says stays; where the two
// say different amounts, that is a problem.
func (p *Project) addTables(ctx context.Context, dir string, tax *taxonomy.Taxonomy) error {
	for _, name := range visible(dir) {
		if e := ext(name); e != ".xlsx" && e != ".xlsm" || filepath.Base(name) == filepath.Base(p.Input) {
			continue
		}
		data, err := readInput(name)
		if err != nil {
			return err
		}
		if workbook.IsTemplate(ctx, name, data, tax) {
			if filepath.Base(name) != TemplateName { // that one is told of already
				p.Warnings = append(p.Warnings, name+" 也是填报模板，没有使用。不用的请移走")
			}
			continue
		}
		more, problems, err := workbook.Load(ctx, name, data, tax)
		if err != nil { // any workbook may lie in a folder
			p.Warnings = append(p.Warnings, err.Error()+"。这个文件没有使用")
			continue
		}
		p.Problems = append(p.Problems, texts(problems)...)
		p.merge(filepath.Base(name), more)
	}
	return nil
}

// merge adds the cells of other accounts and, where there is nothing yet, whose
// they are.
func (p *Project) merge(from string, more *accounts.Accounts) {
	a := p.Accounts
	a.Unit, a.Scope, a.Money = cmp.Or(a.Unit, more.Unit), cmp.Or(a.Scope, more.Scope), cmp.Or(a.Money, more.Money)
	a.Year = cmp.Or(a.Year, more.Year)
	if a.Cells == nil {
		a.Cells = map[accounts.Cell]accounts.Fen{}
	}
	var differ []string
	for c, f := range more.Cells {
		own, ok := a.Cells[c]
		switch {
		case !ok:
			a.Cells[c] = f
		case own != f:
			differ = append(differ, fmt.Sprintf("表%s“%s”的“%s”：%s里是%s%s，%s里是%s%s", c.Table, c.Row, c.Col,
				filepath.Base(p.Input), own.Print(a.PrintUnit()), a.PrintUnit(), from, f.Print(a.PrintUnit()), a.PrintUnit()))
		}
	}
	slices.Sort(differ)
	p.Problems = append(p.Problems, differ...)
	for c, n := range more.Names {
		if a.Names == nil {
			a.Names = map[string]string{}
		}
		if a.Names[c] == "" {
			a.Names[c] = n
		}
	}
	for k, q := range more.Values {
		if a.Values == nil {
			a.Values = map[accounts.Key]accounts.Quantity{}
		}
		if _, ok := a.Values[k]; !ok {
			a.Values[k] = q
		}
	}
}

// visible lists the files of a folder that people put there.
func visible(dir string) []string {
	entries, _ := os.ReadDir(dir) // no folder: no files
	var out []string
	for _, e := range entries {
		if e.Type().IsRegular() && !strings.HasPrefix(e.Name(), ".") && !strings.HasPrefix(e.Name(), "~$") {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	return out
}

// lastIn gives last year's disclosure of a project: the file in its folder
// 上年, or the folder when the disclosure has several files. "" when there is
// none.
func lastIn(dir string) string {
	dir = filepath.Join(dir, LastName)
	switch files := visible(dir); len(files) {
	case 0:
		return ""
	case 1:
		return files[0]
	}
	return dir
}

// mostInput bounds a file with accounts: a filled-in template has less than 1 MB.
const mostInput = 64 << 20

func readInput(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err == nil && info.Size() > mostInput {
		return nil, &document.ReadError{File: name, Problem: "文件太大", Remedy: "请检查是不是给错了文件"}
	}
	var data []byte
	if err == nil {
		data, err = os.ReadFile(name)
	}
	if err != nil {
		problem, remedy := "无法读取", "请检查文件是否完好、是否被占用"
		if os.IsNotExist(err) {
			problem, remedy = "文件不存在", "请检查路径和文件名"
		}
		return nil, &document.ReadError{File: name, Problem: problem, Remedy: remedy, Err: err}
	}
	return data, nil
}

// complain refuses accounts that say not even whose they are: a file could not
// be named after them.
func complain(name string, a *accounts.Accounts) error {
	var lack []string
	if strings.TrimSpace(a.Unit) == "" {
		lack = append(lack, "单位名称")
	}
	if a.Year < 2000 || a.Year > 2100 {
		lack = append(lack, "年度")
	}
	if len(lack) == 0 {
		return nil
	}
	remedy := "填好后重试"
	if e := ext(name); filepath.Base(name) != TemplateName && (e == ".xlsx" || e == ".xlsm") {
		remedy = "只有决算表的文件，请放进 juesuan init 新建的项目文件夹，在" + TemplateName + "里填单位、年度和文字"
	}
	return &document.ReadError{File: name, Problem: "没有" + strings.Join(lack, "和"), Remedy: remedy}
}
