// Package project is the clerk's folder: what a disclosure is built from lies
// in it, and what is built goes into it. It walks the way back from the files
// with the accounts to the published files: read, complete, compose, check,
// write.
package project

import (
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
		if info, err := os.Stat(p); err == nil && info.Mode().IsRegular() {
			return p
		}
	}
	return ""
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
	if isDir(path) {
		p.Output = filepath.Join(path, OutputName)
		if p.Input = inputOf(path); p.Input == "" {
			return nil, &document.ReadError{File: path, Problem: "不是项目文件夹：里面没有" + TemplateName + "或" + YAMLName,
				Remedy: "用 juesuan init 新建一个"}
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	data, err := readInput(p.Input)
	if err != nil {
		return nil, err
	}
	switch ext(p.Input) {
	case ".yaml", ".yml", ".json":
		p.Accounts, err = accounts.Read(p.Input, data, tax)
	case ".xlsx", ".xlsm":
		var problems []workbook.Problem
		p.Accounts, problems, err = workbook.Read(ctx, p.Input, data, tax)
		for _, x := range problems {
			p.Problems = append(p.Problems, x.String())
		}
	default:
		err = &document.ReadError{File: p.Input, Problem: "不是可以生成决算公开的文件",
			Remedy: "请给出" + TemplateName + "、yaml 或 json 文件，或项目文件夹；核对已有的公开用 juesuan check"}
	}
	if err != nil {
		return nil, err
	}
	if err := complain(p.Input, p.Accounts); err != nil {
		return nil, err
	}
	return p, nil
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
	return &document.ReadError{File: name, Problem: "没有填" + strings.Join(lack, "和"), Remedy: "填好后重试"}
}
