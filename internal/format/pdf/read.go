// Package pdf reads a PDF into a document.Document by geometry: characters
// and ruling lines as they are seen become lines, paragraphs and tables,
// whatever the order they have in the file.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"

	"juesuan/internal/document"
)

// Read turns the bytes of a PDF into a Document. name is the path as the user
// gave it, for messages. Errors are *document.ReadError, or of the context.
func Read(ctx context.Context, name string, data []byte, lim document.Limits) (*document.Document, error) {
	if len(data) == 0 {
		return nil, &document.ReadError{File: name, Problem: "文件是空的", Remedy: "请检查文件是否完整下载"}
	}
	if err := lim.Fits(name, int64(len(data))); err != nil {
		return nil, err
	}
	if lim.Time > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, lim.Time)
		defer cancel()
	}
	type result struct {
		pages []pageText
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
	return assemble(name, res.pages)
}

// tooMany is a document with more pages than the limit.
type tooMany int

func (e tooMany) Error() string { return fmt.Sprintf("%d pages", int(e)) }

// pagesForTwo is from how many pages a second instance pays for its start.
const pagesForTwo = 8

// readPages reads and lays out all pages, long documents with two instances.
func readPages(ctx context.Context, data []byte, lim document.Limits) ([]pageText, error) {
	e, err := shared()
	if err != nil {
		return nil, err
	}
	in, err := e.start(ctx)
	if err != nil {
		return nil, err
	}
	doc, n, err := in.open(data)
	if err != nil {
		in.close()
		return nil, err
	}
	if lim.Pages > 0 && n > lim.Pages {
		in.close()
		return nil, tooMany(n)
	}
	pages := make([]pageText, n)
	var next atomic.Int64
	var other chan error
	if n >= pagesForTwo {
		other = make(chan error, 1)
		go func() {
			in, err := e.start(ctx)
			if err != nil {
				other <- err
				return
			}
			doc, _, err := in.open(data)
			if err != nil {
				in.close()
				other <- err
				return
			}
			other <- in.readSome(ctx, doc, pages, &next, lim)
		}()
	}
	err = in.readSome(ctx, doc, pages, &next, lim)
	if other != nil {
		err = errors.Join(err, <-other)
	}
	if err != nil {
		return nil, err
	}
	return pages, nil
}

// open is load with the engine's panics caught.
func (in *instance) open(data []byte) (doc uint64, pages int, err error) {
	defer caught(&err)
	return in.load(data)
}

// readSome reads pages until none is left, then closes the instance.
func (in *instance) readSome(ctx context.Context, doc uint64, pages []pageText, next *atomic.Int64, lim document.Limits) (err error) {
	defer in.close()
	defer caught(&err)
	for {
		i := int(next.Add(1)) - 1
		if i >= len(pages) {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		raw, err := in.readPage(doc, i)
		if err != nil {
			return fmt.Errorf("read page %d: %w", i+1, err)
		}
		pages[i] = layPage(i+1, raw, lim)
	}
}

// caught turns a panic of the engine into an error.
func caught(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("pdf engine: %v", r)
	}
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

// assemble makes the document of the pages laid out.
func assemble(name string, pages []pageText) (*document.Document, error) {
	d := &document.Document{Name: name, Files: []document.File{{Name: filepath.Base(name), Format: "pdf", Pages: len(pages)}}}
	if len(pages) == 0 {
		return nil, &document.ReadError{File: name, Problem: "文件里没有页面", Remedy: "请重新导出后重试"}
	}
	chars, bad := 0, 0
	var images, garbled, recognised []int
	for _, p := range pages {
		chars += p.Chars
		bad += p.Bad
		switch {
		case p.Chars == 0 && p.Images > 0:
			images = append(images, p.Page)
		case p.Bad > 20 && p.Bad*5 > p.Chars:
			garbled = append(garbled, p.Page)
		case p.Images > 0 && p.Unseen*2 > p.Chars:
			recognised = append(recognised, p.Page)
		}
	}
	switch {
	case chars == 0:
		return nil, &document.ReadError{File: name, Problem: "文件是扫描件或图片，没有文字层", Remedy: "请用原始 Word 或 Excel 文件导出带文字的 PDF 后重试，或先做文字识别（OCR）"}
	case bad*2 > chars:
		return nil, &document.ReadError{File: name, Problem: "文字层是乱码：字体没有给出字符编码", Remedy: "请用原始 Word 或 Excel 文件重新导出 PDF（嵌入字体）后重试"}
	}
	warn := func(pages []int, what string) {
		if len(pages) == 0 {
			return
		}
		names := make([]string, len(pages))
		for i, n := range pages {
			names[i] = strconv.Itoa(n)
		}
		d.Warnings = append(d.Warnings, document.Warning{
			Message: "第" + strings.Join(names, "、") + "页" + what,
			Place:   document.Place{Page: pages[0]},
		})
	}
	warn(images, "是扫描件或图片，没有文字，未能读取")
	warn(garbled, "有许多字符的编码无法识别，读出的文字可能是乱码")
	warn(recognised, "是扫描件，其文字由识别（OCR）得来，可能有错字")
	dropFurniture(pages)
	alignContinued(pages)
	joinCutRows(pages)
	d.Blocks = compose(pages)
	for i := range d.Blocks {
		placeOnPaper(&d.Blocks[i], pages)
	}
	return d, nil
}

// placeOnPaper gives what stands on a turned page its place on the paper.
func placeOnPaper(b *document.Block, pages []pageText) {
	fix := func(p *document.Place) {
		if p.Page < 1 || p.Box.IsZero() {
			return
		}
		if q := pages[p.Page-1]; q.Turn != 0 {
			p.Box = onPaper(p.Box, q.Turn, q.W, q.H)
		}
	}
	fix(&b.Place)
	for i := range b.Text.Spans {
		fix(&b.Text.Spans[i].Place)
	}
	if b.Table == nil {
		return
	}
	fix(&b.Table.Place)
	for _, row := range b.Table.Rows {
		for c := range row {
			fix(&row[c].Place)
		}
	}
}

// layPage finds the tables and lines of one page.
func layPage(n int, r *rawPage, lim document.Limits) pageText {
	tables, rest := ruledTables(r, lim.Cells)
	side, rest := takeSide(r, rest)
	loose, lines := looseTables(makeLines(rest))
	return pageText{
		Page: n, W: r.W, H: r.H, Lines: lines, Side: side, Turn: r.turn, Tables: append(tables, loose...),
		Chars: len(r.Chars), Images: r.Images, Bad: r.Bad, Unseen: r.Unseen,
	}
}
