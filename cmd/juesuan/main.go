// Command juesuan reads published 部门决算 and 部门预算 disclosures and proves
// or refutes every number in them. One file a command; the work is done in internal/.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
)

// Exit codes, documented in README.md. With several files the code is the
// gravest of theirs: 3, else 1, else 2, else 0.
const (
	exitPassed     = 0 // 通过
	exitErrors     = 1 // 有错误
	exitIncomplete = 2 // 未能完整检查
	exitFailed     = 3 // a file cannot be read, or bad usage
)

// exitCode is an error that carries an exit code and has nothing more to say.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run executes the command line and returns the exit code.
func run(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var code exitCode
	switch {
	case err == nil:
		return exitPassed
	case errors.As(err, &code):
		return int(code)
	}
	fmt.Fprintf(stderr, "juesuan: %v\n", err)
	return exitFailed
}
