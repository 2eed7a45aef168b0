package main

import (
	"fmt"
	"io"
	"os"
	"runtime"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"juesuan/internal/check"
	"juesuan/internal/disclosure"
	"juesuan/internal/present"
	"juesuan/internal/taxonomy"
)

func newCheck() *cobra.Command {
	var (
		format, overlay, output string
		jobs                    int
		verbose                 bool
	)
	cmd := &cobra.Command{
		Use:   "check FILE… [选项]",
		Short: "核对决算公开文件中的每一个数字",
		Long: `核对一个或多个部门决算（预算）公开文件。

FILE 可以是 docx、pdf、xlsx、html、txt 文件，也可以是装有同一份公开的
几个文件的文件夹或 zip 压缩包（例如文字在 Word、表格在 Excel）。
一个文件读不了，其余文件照常核对。

退出码：0 通过；1 有错误；2 未能完整检查；3 有文件无法读取或用法有误。
多个文件时取最严重的一个：3、1、2、0 依次减轻。`,
		Example: `  juesuan check 决算公开.docx
  juesuan check --format json -o 结果.json 决算公开.pdf
  juesuan check 各单位/*.pdf --jobs 4`,
		Args: needFiles(1, 0),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("--format", format, "text", "json"); err != nil {
				return err
			}
			tax, err := taxonomy.LoadReading(overlay)
			if err != nil {
				return err
			}
			bar := progress(cmd.ErrOrStderr(), len(args), "核对")
			all := disclosure.CheckAll(cmd.Context(), args, tax, jobs, func(disclosure.Disclosure) { _ = bar.Add(1) })
			_ = bar.Finish()
			err = writeTo(output, cmd.OutOrStdout(), func(w io.Writer) error {
				if format == "json" {
					return present.JSON(w, all)
				}
				return present.Text(w, all, present.Look{Width: width(w), Colour: coloured(w), Verbose: verbose})
			})
			if err != nil {
				return err
			}
			return verdictCode(all)
		},
	}
	f := cmd.Flags()
	f.StringVar(&format, "format", "text", "输出格式，`FORMAT` 为 text 或 json")
	f.StringVarP(&output, "output", "o", "", "把结果写入这个文件 `FILE`，不写则输出到屏幕")
	f.StringVar(&overlay, "taxonomy", "", "覆盖内置数据的目录 `DIR`（科目、表样、用语、规则）")
	f.IntVarP(&jobs, "jobs", "j", runtime.NumCPU(), "同时核对 `N` 个文件")
	f.BoolVarP(&verbose, "verbose", "v", false, "列出全部检查事项，包括已完成的")
	return cmd
}

// verdictCode is the gravest exit code of the files: unreadable, errors, incomplete.
func verdictCode(all []disclosure.Disclosure) error {
	seen := map[exitCode]bool{}
	for _, d := range all {
		switch {
		case d.Err != nil:
			seen[exitFailed] = true
		case d.Result.Verdict == check.HasErrors:
			seen[exitErrors] = true
		case d.Result.Verdict == check.Incomplete:
			seen[exitIncomplete] = true
		}
	}
	for _, c := range []exitCode{exitFailed, exitErrors, exitIncomplete} {
		if seen[c] {
			return c
		}
	}
	return nil
}

// oneOf says that a flag has one of the allowed values.
func oneOf(flag, value string, allowed ...string) error {
	for _, a := range allowed {
		if value == a {
			return nil
		}
	}
	return fmt.Errorf("%s %s：只能是 %s 或 %s", flag, value, allowed[0], allowed[1])
}

// writeTo calls write with the file of that name, or with stdout when it has none.
func writeTo(name string, stdout io.Writer, write func(io.Writer) error) error {
	if name == "" {
		return write(stdout)
	}
	f, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("无法写入 %s：%w", name, err)
	}
	if err := write(f); err != nil {
		_ = f.Close()
		return fmt.Errorf("写入 %s 失败：%w", name, err)
	}
	return f.Close()
}

// progress is a bar on the terminal for several files or units, and nothing
// otherwise.
func progress(w io.Writer, n int, what string) *progressbar.ProgressBar {
	if n < 2 || !terminal(w) {
		return progressbar.DefaultSilent(int64(n))
	}
	return progressbar.NewOptions(n,
		progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
}

func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

func coloured(w io.Writer) bool { return terminal(w) && os.Getenv("NO_COLOR") == "" }

// width is that of the terminal, or a width that reads well in a file.
func width(w io.Writer) int {
	const plain = 100
	f, ok := w.(*os.File)
	if !ok {
		return plain
	}
	n, _, err := term.GetSize(int(f.Fd()))
	if err != nil || n < 40 {
		return plain
	}
	return n
}
