package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// usage writes how to call a command, in Chinese.
func usage(cmd *cobra.Command) error {
	var b strings.Builder
	b.WriteString("用法：\n  " + cmd.UseLine() + "\n")
	if cmd.HasExample() {
		b.WriteString("\n示例：\n" + cmd.Example + "\n")
	}
	if cmd.HasAvailableSubCommands() {
		b.WriteString("\n命令：\n")
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() {
				fmt.Fprintf(&b, "  %-10s%s\n", c.Name(), c.Short)
			}
		}
	}
	flags := strings.ReplaceAll(cmd.LocalFlags().FlagUsages(), "(default ", "(默认 ")
	b.WriteString("\n选项：\n" + flags)
	if cmd.HasAvailableSubCommands() {
		b.WriteString("\n“" + cmd.CommandPath() + " 命令 --help”显示该命令的说明。\n")
	}
	_, err := io.WriteString(cmd.OutOrStderr(), b.String())
	return err
}

// newRoot builds the command tree.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "juesuan 命令 [选项]",
		Short: "部门决算公开的核对和生成",
		Long: `juesuan 核对和生成部门决算公开。

核对（check）：逐个核对公开文件中的数字：表内、表间、文字与表、文字内部的
勾稽关系，以及套话残留、科目名称、单位和年度。
生成（init、build）：从填好的数据得到完整的公开，数字前后一致，写完先自己核对。
比较（diff）：两份公开之间哪些数字、哪些文字变了。

退出码：0 通过；1 有错误；2 未能完整检查；3 文件无法读取或用法有误。`,
		Example:           "  juesuan check 决算公开.docx\n  juesuan init demo && juesuan build demo\n  juesuan diff 送审稿.docx 定稿.pdf\n  juesuan extract --format csv 决算公开.pdf",
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return fmt.Errorf("没有“%s”这个命令，用 juesuan --help 查看全部命令", args[0])
			}
			return cmd.Help()
		},
		Args: cobra.ArbitraryArgs,
	}
	root.SetUsageFunc(usage)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("选项有误：%w。用 %s --help 查看说明", err, cmd.CommandPath())
	})
	root.SetHelpCommand(&cobra.Command{
		Use:   "help [命令]",
		Short: "显示命令的说明",
		RunE: func(cmd *cobra.Command, args []string) error {
			to, _, err := cmd.Root().Find(args)
			if err != nil || to == nil {
				return fmt.Errorf("没有“%s”这个命令", args)
			}
			return to.Help()
		},
	})
	root.AddCommand(newInit(), newBuild(), newCheck(), newDiff(), newExtract(), newVersion())
	for _, c := range root.Commands() {
		c.DisableFlagsInUseLine = true
		c.Flags().BoolP("help", "h", false, "显示说明")
	}
	root.DisableFlagsInUseLine = true
	root.Flags().BoolP("help", "h", false, "显示说明")
	return root
}

// needFiles wants at least min arguments, and at most max when max > 0.
func needFiles(min, max int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < min:
			return fmt.Errorf("没有给出文件。用法：%s", cmd.UseLine())
		case max > 0 && len(args) > max:
			return fmt.Errorf("一次只能给%d个文件。用法：%s", max, cmd.UseLine())
		}
		return nil
	}
}
