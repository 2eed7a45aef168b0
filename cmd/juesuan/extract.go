package main

import (
	"io"

	"github.com/spf13/cobra"

	"juesuan/internal/disclosure"
	"juesuan/internal/present"
	"juesuan/internal/taxonomy"
)

func newExtract() *cobra.Command {
	var format, overlay, output string
	cmd := &cobra.Command{
		Use:   "extract FILE [选项]",
		Short: "取出公开文件中的全部数字及其含义",
		Long: `读取一份公开文件，列出其中每一个数字：数值、单位、属于哪张表哪一行哪一列
或哪一节、说的是什么（项目、期间、科目），以及所在的页或单元格。`,
		Example: `  juesuan extract 决算公开.docx
  juesuan extract --format csv -o 数据.csv 决算公开.pdf`,
		Args: needFiles(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("--format", format, "json", "csv"); err != nil {
				return err
			}
			tax, err := taxonomy.LoadReading(overlay)
			if err != nil {
				return err
			}
			d := disclosure.Read(cmd.Context(), args[0], tax)
			if d.Err != nil {
				return d.Err
			}
			return writeTo(output, cmd.OutOrStdout(), func(w io.Writer) error {
				if format == "csv" {
					return present.FactsCSV(w, d.Report)
				}
				return present.FactsJSON(w, d.Path, d.Report)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&format, "format", "json", "输出格式，`FORMAT` 为 json 或 csv")
	f.StringVarP(&output, "output", "o", "", "写入这个文件 `FILE`，不写则输出到屏幕")
	f.StringVar(&overlay, "taxonomy", "", "覆盖内置数据的目录 `DIR`（科目、表样、用语、规则）")
	return cmd
}
