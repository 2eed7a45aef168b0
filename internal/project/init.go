package project

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"juesuan/internal/accounts"
	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
	"juesuan/internal/workbook"
)

var (
	//go:embed data/demo.yaml
	demoYAML []byte
	//go:embed data/blank.yaml
	blankYAML string
	//go:embed data/readme.txt
	readmeText string
)

// InitOptions say whose project a new folder is.
type InitOptions struct {
	Unit string // "": to be filled in
	Year int    // 0: the one after last year's disclosure, else the last full year
	Form string // of the taxonomy; "": 通用
	Last string // last year's disclosure: what it says is filled in, its file copied into the folder 上年
	YAML bool   // accounts as yaml instead of the template
	Demo bool   // filled with the accounts of the sample; Unit, Year and Form do not count
}

// Demo gives the accounts of the bundled sample: an invented unit.
func Demo(tax *taxonomy.Taxonomy) (*accounts.Accounts, error) {
	return accounts.Read("demo.yaml", demoYAML, tax)
}

// Init makes a project folder and gives the names of its files, and what of
// last year's disclosure was not taken over. It never
// overwrites: a file that is there already is an error, and then nothing is
// written.
func Init(ctx context.Context, dir string, opt InitOptions, tax *taxonomy.Taxonomy) (names, warnings []string, err error) {
	if opt.Form == "" {
		opt.Form = taxonomy.GeneralForm
	}
	if all := tax.FormNames(); !slices.Contains(all, opt.Form) {
		return nil, nil, fmt.Errorf("没有“%s”这种样式，应为%s", opt.Form, strings.Join(all, "、"))
	}
	var last *report.Report
	if opt.Last != "" && !opt.Demo {
		if last, err = Report(ctx, opt.Last, tax); err != nil {
			return nil, nil, err
		}
		opt.Unit = cmp.Or(opt.Unit, last.Unit)
		if opt.Year == 0 && last.Year > 0 {
			opt.Year = last.Year + 1
		}
	}
	if opt.Year == 0 {
		opt.Year = time.Now().Year() - 1
	}
	if opt.Year < 2000 || opt.Year > 2100 {
		return nil, nil, fmt.Errorf("年度 %d 不对，请用 --year 给出四位年度，例如 --year 2024", opt.Year)
	}
	if opt.Demo {
		a, err := Demo(tax)
		if err != nil {
			return nil, nil, fmt.Errorf("read the sample: %w", err)
		}
		opt.Unit, opt.Year, opt.Form = a.Unit, a.Year, a.Form
	}
	files, warnings, err := initial(dir, opt, last, tax)
	if err != nil {
		return nil, nil, err
	}
	for _, n := range inputNames {
		if _, err := os.Lstat(filepath.Join(dir, n)); err == nil {
			return nil, nil, fmt.Errorf("%s 里已有 %s，不会覆盖：换一个文件夹，或先把它移走", dir, n)
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, nil, fmt.Errorf("无法新建文件夹 %s：%w", dir, err)
	}
	for _, d := range []string{LastName, OutputName} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o755); err != nil {
			return nil, nil, fmt.Errorf("无法新建文件夹 %s：%w", filepath.Join(dir, d), err)
		}
	}
	for _, f := range files {
		name := filepath.Join(dir, f.name)
		if err := create(name, f.data); err != nil {
			for _, n := range names {
				_ = os.Remove(n)
			}
			return nil, nil, err
		}
		names = append(names, name)
	}
	return names, warnings, nil
}

// file is one file of a new folder.
type file struct {
	name string
	data []byte
}

// initial gives the files of a new folder.
func initial(dir string, opt InitOptions, last *report.Report, tax *taxonomy.Taxonomy) (files []file, warnings []string, err error) {
	input, data, warnings, err := inputFile(opt, last, tax)
	if err != nil {
		return nil, nil, fmt.Errorf("make the template: %w", err)
	}
	files = append(files, file{input, data})
	if opt.Last != "" && !isDir(opt.Last) {
		data, err := readInput(opt.Last)
		if err != nil {
			return nil, nil, err
		}
		files = append(files, file{filepath.Join(LastName, filepath.Base(opt.Last)), data})
	}
	words := map[string]string{"输入": input, "文件夹": filepath.Base(dir)}
	return append(files, file{ReadmeName, []byte(fill(readmeText, opt, words))}), warnings, nil
}

// inputFile gives the file to be filled in.
func inputFile(opt InitOptions, last *report.Report, tax *taxonomy.Taxonomy) (name string, data []byte, warnings []string, err error) {
	a := &accounts.Accounts{Unit: opt.Unit, Year: opt.Year, Form: opt.Form, Money: figure.WanYuan}
	switch {
	case opt.YAML && opt.Demo:
		return YAMLName, demoYAML, nil, nil
	case opt.Demo:
		if a, err = Demo(tax); err != nil {
			return "", nil, nil, err
		}
	case last != nil:
		warnings = texts(workbook.FromLastYear(last, a, tax))
	case opt.YAML:
		return YAMLName, []byte(fill(blankYAML, opt, nil)), nil, nil
	default:
		data, err = workbook.Template(tax, workbook.Options{Unit: opt.Unit, Year: opt.Year, Form: opt.Form})
		return TemplateName, data, nil, err
	}
	if opt.YAML {
		return YAMLName, accounts.WriteYAML(a, tax), warnings, nil
	}
	data, err = workbook.Fill(a, tax)
	return TemplateName, data, warnings, err
}

func fill(text string, opt InitOptions, more map[string]string) string {
	unit := opt.Unit
	if unit == "" && more != nil {
		unit = "（单位名称）"
	}
	for k, v := range more {
		text = strings.ReplaceAll(text, "{"+k+"}", v)
	}
	return strings.NewReplacer("{单位}", unit, "{年}", fmt.Sprint(opt.Year), "{样式}", opt.Form).Replace(text)
}

// create writes a new file and refuses one that is there.
func create(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s 已经存在，不会覆盖：换一个文件夹，或先把它移走", name)
	}
	if err == nil {
		_, err = bytes.NewReader(data).WriteTo(f)
		if e := f.Close(); err == nil {
			err = e
		}
	}
	if err != nil {
		return &document.ReadError{File: name, Problem: "无法写入", Remedy: "请检查磁盘空间和权限", Err: err}
	}
	return nil
}
