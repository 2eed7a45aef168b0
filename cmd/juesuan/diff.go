package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"juesuan/internal/compare"
	"juesuan/internal/present"
	"juesuan/internal/project"
	"juesuan/internal/taxonomy"
)

func newDiff() *cobra.Command {
	var format, overlay, output string
	cmd := &cobra.Command{
		Use:   "diff A B [选项]",
		Short: "比较两份公开：哪些数字、哪些文字变了",
		Long: `比较两份决算公开，A 为旧，B 为新：送审稿和定稿、两次生成、上年和本年，格式可以不同。

数字按含义比较（项目、期间、科目），同一个变动出现在几处只列一次；
文字按节逐段比较，只有数字不同的段落不再列出。A、B 可以是公开文件
（docx、pdf、xlsx、html、txt，文件夹或 zip），也可以是项目文件夹、yaml、json。

退出码：0 没有变化；1 有变化；3 读不了或用法有误。`,
		Example: `  juesuan diff 送审稿.docx 定稿.pdf
  juesuan diff 2023年度决算公开.pdf 2024年度决算公开.docx
  juesuan diff --format json -o 变化.json 旧.docx 水利局`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return fmt.Errorf("请给出两份要比较的公开。用法：%s", cmd.UseLine())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("--format", format, "text", "json"); err != nil {
				return err
			}
			tax, err := taxonomy.Load(overlay)
			if err != nil {
				return err
			}
			a, err := project.Report(cmd.Context(), args[0], tax)
			if err != nil {
				return err
			}
			b, err := project.Report(cmd.Context(), args[1], tax)
			if err != nil {
				return err
			}
			d := compare.Reports(a, b)
			err = writeTo(output, cmd.OutOrStdout(), func(w io.Writer) error {
				if format == "json" {
					return present.DiffJSON(w, d)
				}
				return present.Diff(w, d, present.Look{Width: width(w), Colour: coloured(w)})
			})
			if err == nil && !d.Same() {
				err = exitCode(exitErrors)
			}
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&format, "format", "text", "输出格式，`FORMAT` 为 text 或 json")
	f.StringVarP(&output, "output", "o", "", "写入这个文件 `FILE`，不写则输出到屏幕")
	f.StringVar(&overlay, "taxonomy", "", "覆盖内置数据的目录 `DIR`（科目、表样、用语、规则）")
	return cmd
}
