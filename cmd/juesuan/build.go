package main

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"juesuan/internal/present"
	"juesuan/internal/project"
	"juesuan/internal/taxonomy"
)

func newBuild() *cobra.Command {
	var (
		opt     project.Options
		overlay string
		verbose bool
	)
	all := strings.Join(project.Formats(), ",")
	cmd := &cobra.Command{
		Use:   "build DIR|FILE… [选项]",
		Short: "从填好的数据生成决算公开",
		Long: `读取填好的数据，算出合计、增减、占比、完成率，写出完整的决算公开，自己先核对一遍，
再存成几种格式，文件名是“单位+年度+部门决算”。要么全部写好，要么一个也不写。

DIR 是 juesuan init 建的项目文件夹，或装着许多项目（文件夹、yaml、json）的文件夹；
FILE 是填报模板、yaml 或 json 文件。多个单位时，一个有问题不影响其余。

缺的内容一次列全，并说明填在哪里；程序不猜数，也不替人写原因。
--draft 先出草稿：缺的地方标为【待填：……】，文件名带“（草稿）”。

退出码：0 已生成；1 数据有误（填得不对、对不上）；2 还缺内容；3 读不了、写不了或用法有误。
多个单位时取最严重的一个：3、1、2、0 依次减轻。`,
		Example: `  juesuan build 水利局
  juesuan build 水利局 --draft
  juesuan build 决算.yaml --format docx,pdf -o 公开
  juesuan build 各单位 --jobs 4`,
		Args: needFiles(1, 0),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := someOf("--format", opt.Formats, project.Formats()); err != nil {
				return err
			}
			tax, err := taxonomy.Load(overlay)
			if err != nil {
				return err
			}
			paths, err := project.Find(args)
			if err != nil {
				return err
			}
			if opt.Last != "" && len(paths) > 1 {
				return fmt.Errorf("--last 只能用于一个单位；多个单位时，请把上年公开放进各项目的“%s”文件夹", project.LastName)
			}
			bar := progress(cmd.ErrOrStderr(), len(paths), "生成")
			results := project.BuildAll(cmd.Context(), paths, tax, opt,
				func(path string) { bar.Describe("生成 " + filepath.Base(path)) },
				func(project.Result) { _ = bar.Add(1) })
			_ = bar.Finish()
			w := cmd.OutOrStdout()
			if err := present.Build(w, results, present.Look{Width: width(w), Colour: coloured(w), Verbose: verbose}); err != nil {
				return err
			}
			return buildCode(results)
		},
	}
	f := cmd.Flags()
	f.StringSliceVar(&opt.Formats, "format", nil, "只写这些格式，`FORMATS` 用逗号分开，不写则全写："+all)
	f.StringVarP(&opt.Output, "output", "o", "", "写入文件夹 `DIR`，不写则写入项目的“"+project.OutputName+"”")
	f.StringVar(&opt.Last, "last", "", "上年的决算公开 `FILE`，不写则用项目“"+project.LastName+"”里的文件")
	f.BoolVar(&opt.Draft, "draft", false, "有缺的、对不上的也生成，标出缺的地方")
	f.IntVarP(&opt.Jobs, "jobs", "j", runtime.NumCPU(), "同时生成 `N` 个单位")
	f.BoolVarP(&verbose, "verbose", "v", false, "多个单位时列出全部，包括没有问题的")
	f.StringVar(&overlay, "taxonomy", "", "覆盖内置数据的目录 `DIR`（科目、表样、用语、规则）")
	return cmd
}

// buildCode is the gravest exit code of the projects.
func buildCode(results []project.Result) error {
	seen := map[project.Outcome]bool{}
	for i := range results {
		seen[results[i].Outcome()] = true
	}
	switch {
	case seen[project.Failed]:
		return exitCode(exitFailed)
	case seen[project.Wrong]:
		return exitCode(exitErrors)
	case seen[project.Incomplete]:
		return exitCode(exitIncomplete)
	}
	return nil
}

// someOf says that every value of a flag is an allowed one.
func someOf(flag string, values, allowed []string) error {
	for _, v := range values {
		ok := false
		for _, a := range allowed {
			ok = ok || v == a
		}
		if !ok {
			return fmt.Errorf("%s %s：只能是 %s", flag, v, strings.Join(allowed, "、"))
		}
	}
	return nil
}
