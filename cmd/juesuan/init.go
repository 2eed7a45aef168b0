package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"juesuan/internal/project"
	"juesuan/internal/taxonomy"
)

func newInit() *cobra.Command {
	var (
		opt     project.InitOptions
		overlay string
	)
	cmd := &cobra.Command{
		Use:   "init DIR [选项]",
		Short: "新建一个项目文件夹，用来生成决算公开",
		Long: `新建文件夹 DIR，里面有要填的数据、说明、放上年公开的“上年”和放结果的“输出”。
填好后用 juesuan build DIR 生成。已有的文件不会被覆盖。

juesuan init demo 新建一个填好的示例（虚构单位），可以马上生成。`,
		Example: `  juesuan init demo && juesuan build demo
  juesuan init 水利局 --unit 青禾县水利局 --year 2024
  juesuan init 水利局 --unit 青禾县水利局 --form 上海 --last 2023年度决算公开.docx`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("请给出一个文件夹名。用法：%s", cmd.UseLine())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			tax, err := taxonomy.Load(overlay)
			if err != nil {
				return err
			}
			if filepath.Base(args[0]) == "demo" && opt.Unit == "" && opt.Last == "" {
				opt.Demo = true
			}
			names, warnings, err := project.Init(cmd.Context(), args[0], opt, tax)
			if err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			fmt.Fprintf(out, "已新建 %s\n", args[0])
			for _, n := range names {
				fmt.Fprintf(out, "  %s\n", n)
			}
			if len(warnings) > 0 {
				fmt.Fprintf(out, "从上年公开带入时请核对：\n")
				for _, x := range warnings {
					fmt.Fprintf(out, "  %s\n", x)
				}
			}
			if opt.Demo {
				fmt.Fprintf(out, "数据是填好的示例。下一步：juesuan build %s\n", args[0])
			} else {
				fmt.Fprintf(out, "下一步：填好 %s，再运行 juesuan build %s\n", names[0], args[0])
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&opt.Unit, "unit", "", "单位名称 `NAME`，可以以后再填")
	f.IntVar(&opt.Year, "year", 0, "决算年度 `YEAR`，不写则为上年公开的下一年，没有上年公开则为去年")
	f.StringVar(&opt.Form, "form", "通用", "样式 `FORM`：通用、上海、新疆、中央、陕西")
	f.StringVar(&opt.Last, "last", "", "上年的决算公开 `FILE`，从中取上年数、职能、机构")
	f.BoolVar(&opt.YAML, "yaml", false, "数据用 yaml 文件，不用 Excel 填报模板")
	f.BoolVar(&opt.Demo, "demo", false, "填入示例数据")
	f.StringVar(&overlay, "taxonomy", "", "覆盖内置数据的目录 `DIR`（科目、表样、用语、规则）")
	return cmd
}
