// Package format opens the file or files of one disclosure, whatever their
// format, as a Document. The format is told from the bytes: a page saved as
// html under a .pdf name is read as html.
package format

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"juesuan/internal/document"
	"juesuan/internal/format/docx"
	"juesuan/internal/format/html"
	"juesuan/internal/format/pdf"
	"juesuan/internal/format/text"
	"juesuan/internal/format/xlsx"
)

// Options of Open and OpenBytes. The zero value is ready for use.
type Options struct {
	Limits document.Limits // zero: document.DefaultLimits
}

func (o Options) limits() document.Limits {
	if o.Limits == (document.Limits{}) {
		return document.DefaultLimits()
	}
	return o.Limits
}

// Open reads the disclosure at path: a file, or a folder or zip archive that
// holds one disclosure in several files (the text in Word, the tables in
// Excel). Errors are *document.ReadError, or wrap the context's error.
func Open(ctx context.Context, path string, opt Options) (*document.Document, error) {
	lim := opt.limits()
	info, err := os.Stat(path)
	if err != nil {
		return nil, pathError(path, err)
	}
	if info.IsDir() {
		return openFolder(ctx, path, lim)
	}
	if !info.Mode().IsRegular() {
		return nil, &document.ReadError{File: path, Problem: "不是普通文件，无法读取", Remedy: "请检查路径"}
	}
	data, err := readFile(path, info.Size(), lim)
	if err != nil {
		return nil, err
	}
	return OpenBytes(ctx, path, data, opt)
}

// OpenBytes reads a disclosure that is in memory already, such as an upload.
// name is used in messages; its ending decides nothing.
func OpenBytes(ctx context.Context, name string, data []byte, opt Options) (*document.Document, error) {
	lim := opt.limits()
	if err := lim.Fits(name, int64(len(data))); err != nil {
		return nil, err
	}
	if k := sniff(data); k == kindZip {
		c := &collector{ctx: ctx, lim: lim, left: lim.Unpacked, files: lim.ZipFiles}
		if err := c.zip(name, "", data, 1); err != nil {
			return nil, err
		}
		return c.document(name, "压缩包")
	}
	return readOne(ctx, name, path.Base(filepath.ToSlash(name)), data, lim)
}

// readOne reads a single file that is no container of files. base becomes the
// name of the File.
func readOne(ctx context.Context, name, base string, data []byte, lim document.Limits) (doc *document.Document, err error) {
	defer func() {
		// A library that stumbles over a hostile file must not take the
		// program, or the other files of a run, with it.
		if p := recover(); p != nil {
			doc, err = nil, &document.ReadError{File: name, Problem: "文件内容异常，无法读取",
				Remedy: "请用原软件打开后重新保存再试", Err: fmt.Errorf("panic: %v", p)}
		}
	}()
	kind := sniff(data)
	read := readers[kind]
	if read == nil {
		return nil, refuse(name, kind)
	}
	within := ctx
	if lim.Time > 0 {
		var cancel context.CancelFunc
		within, cancel = context.WithTimeout(ctx, lim.Time)
		defer cancel()
	}
	doc, err = read(within, name, data, lim)
	if err != nil {
		if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
			return nil, &document.ReadError{File: name, Problem: fmt.Sprintf("读取超过 %s，已停止", lim.Time),
				Remedy: "请拆分文件后重试", Err: err}
		}
		return nil, err
	}
	doc.Name = name
	for i := range doc.Files {
		doc.Files[i].Name = base
	}
	return doc, nil
}

var readers = map[kind]func(context.Context, string, []byte, document.Limits) (*document.Document, error){
	kindPDF: pdf.Read, kindDocx: docx.Read, kindXlsx: xlsx.Read, kindHTML: html.Read, kindText: text.Read,
}

func readFile(name string, size int64, lim document.Limits) ([]byte, error) {
	if err := lim.Fits(name, size); err != nil {
		return nil, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, pathError(name, err)
	}
	defer func() { _ = f.Close() }() // only read
	var r io.Reader = f
	if lim.Bytes > 0 {
		r = io.LimitReader(f, lim.Bytes+1) // the file may grow while it is read
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, pathError(name, err)
	}
	return data, nil
}

func pathError(name string, err error) error {
	e := &document.ReadError{File: name, Problem: "无法读取", Remedy: "请检查文件是否完好、是否被占用", Err: err}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Problem, e.Remedy = "文件不存在", "请检查路径和文件名"
	case errors.Is(err, fs.ErrPermission):
		e.Problem, e.Remedy = "没有读取权限", "请修改文件权限，或换一个用户运行"
	}
	return e
}
