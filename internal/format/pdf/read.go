// Package pdf reads a PDF into a document.Document by geometry: characters
// and ruling lines as they are seen become lines, paragraphs and tables,
// whatever the order they have in the file.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"juesuan/internal/document"
)

// Read turns the bytes of a PDF into a Document. name is the path as the user
// gave it, for messages. Errors are *document.ReadError, or of the context.
func Read(ctx context.Context, name string, data []byte, lim document.Limits) (*document.Document, error) {
	if len(data) == 0 {
		return nil, &document.ReadError{File: name, Problem: "文件是空的", Remedy: "请检查文件是否完整下载"}
	}
	if lim.Bytes > 0 && int64(len(data)) > lim.Bytes {
		return nil, &document.ReadError{File: name, Problem: fmt.Sprintf("文件超过 %d MB 的上限", lim.Bytes>>20), Remedy: "请拆分后再读"}
	}
	if lim.Time > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, lim.Time)
		defer cancel()
	}
	type result struct {
		pages []*rawPage
		err   error
	}
	// The engine cannot be interrupted inside a page without slowing it sixfold:
	// past its time the work is left behind and ends by itself after that page.
	done := make(chan result, 1)
	go func() {
		pages, err := readPages(ctx, data, lim)
		done <- result{pages, err}
	}()
	var res result
	select {
	case res = <-done:
	case <-ctx.Done():
		res.err = ctx.Err()
	}
	if res.err != nil {
		return nil, explain(name, res.err, lim)
	}
	return layout(name, res.pages)
}

// tooMany is a document with more pages than the limit.
type tooMany int

func (e tooMany) Error() string { return fmt.Sprintf("%d pages", int(e)) }

// readPages runs the engine over all pages.
func readPages(ctx context.Context, data []byte, lim document.Limits) (pages []*rawPage, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("pdf engine: %v", r)
		}
	}()
	e, err := shared()
	if err != nil {
		return nil, err
	}
	in, err := e.start(ctx)
	if err != nil {
		return nil, err
	}
	defer in.close()
	doc, n, err := in.load(data)
	if err != nil {
		return nil, err
	}
	if lim.Pages > 0 && n > lim.Pages {
		return nil, tooMany(n)
	}
	for i := range n {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p, err := in.readPage(doc, i)
		if err != nil {
			return nil, fmt.Errorf("read page %d: %w", i+1, err)
		}
		pages = append(pages, p)
	}
	return pages, nil
}

// explain turns an engine error into what the user can act on.
func explain(name string, err error, lim document.Limits) error {
	var le loadError
	var many tooMany
	e := &document.ReadError{File: name, Err: err}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		e.Problem, e.Remedy = fmt.Sprintf("读取超过 %s 的时限", lim.Time), "请拆分文件，或用原始 Word、Excel 文件代替"
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &many):
		e.Problem, e.Remedy = fmt.Sprintf("共 %d 页，超过 %d 页的上限", int(many), lim.Pages), "请拆分后再读"
	case errors.As(err, &le) && (le == errPassword || le == errSecurity):
		e.Problem, e.Remedy = "文件已加密，需要密码才能打开", "请去掉密码保护后重试"
	case errors.As(err, &le):
		e.Problem, e.Remedy = "文件已损坏，或者不是 PDF", "请重新下载或重新导出后重试"
	default:
		e.Problem, e.Remedy = "PDF 无法解析，文件可能已损坏", "请用原始 Word 文件重新导出后重试"
	}
	return e
}

// layout makes the document of the pages read.
func layout(name string, raw []*rawPage) (*document.Document, error) {
	d := &document.Document{Name: name, Files: []document.File{{Name: filepath.Base(name), Format: "pdf", Pages: len(raw)}}}
	if len(raw) == 0 {
		return nil, &document.ReadError{File: name, Problem: "文件里没有页面", Remedy: "请重新导出后重试"}
	}
	var pages []pageText
	chars := 0
	var images []string
	for i, r := range raw {
		chars += len(r.Chars)
		if len(r.Chars) == 0 && r.Images > 0 {
			images = append(images, fmt.Sprint(i+1))
		}
		pages = append(pages, layPage(i+1, r))
	}
	if chars == 0 {
		return nil, &document.ReadError{File: name, Problem: "文件是扫描件或图片，没有文字层", Remedy: "请用原始 Word 或 Excel 文件导出带文字的 PDF 后重试，或先做文字识别（OCR）"}
	}
	if len(images) > 0 {
		d.Warnings = append(d.Warnings, document.Warning{
			Message: fmt.Sprintf("第%s页是扫描件或图片，没有文字，未能读取", strings.Join(images, "、")),
		})
	}
	dropFurniture(pages)
	d.Blocks = compose(pages)
	return d, nil
}

// layPage finds the tables and lines of one page.
func layPage(n int, r *rawPage) pageText {
	tables, rest := ruledTables(r)
	loose, lines := looseTables(makeLines(rest))
	return pageText{Page: n, W: r.W, H: r.H, Lines: lines, Tables: append(tables, loose...)}
}
