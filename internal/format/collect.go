package format

// collect.go makes one Document of the files of a folder or zip archive.

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"juesuan/internal/document"
	"juesuan/internal/format/archive"
)

// collector gathers the readable files of a container.
type collector struct {
	ctx    context.Context
	lim    document.Limits
	left   int64 // bytes that may still be read, from lim.Unpacked
	files  int   // files that may still be read, from lim.ZipFiles
	docs   []part
	failed []error // files that could not be read
	seen   map[[32]byte]string
}

type part struct {
	rel string // path inside the container
	doc *document.Document
}

// mostDepth bounds containers in containers and folders in folders.
const mostDepth = 4

func openFolder(ctx context.Context, root string, lim document.Limits) (*document.Document, error) {
	c := &collector{ctx: ctx, lim: lim, left: lim.Unpacked, files: lim.ZipFiles}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return pathError(p, err)
		}
		rel, err := filepath.Rel(root, p)
		if err != nil || rel == "." {
			return err
		}
		rel = filepath.ToSlash(rel)
		if junk(rel) {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if d.IsDir() && strings.Count(rel, "/") >= mostDepth {
			return filepath.SkipDir
		}
		if !d.Type().IsRegular() { // links could lead anywhere
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return pathError(p, err)
		}
		if err := c.spend(root, info.Size()); err != nil {
			return err
		}
		data, err := readFile(p, info.Size(), lim)
		if err != nil {
			c.failed = append(c.failed, err)
			return nil
		}
		return c.add(root, rel, data, 0)
	})
	if err != nil {
		return nil, err
	}
	return c.document(root, "文件夹")
}

// spend counts a file against the limits of the container.
func (c *collector) spend(name string, size int64) error {
	c.files--
	c.left -= size
	if c.lim.ZipFiles > 0 && c.files < 0 {
		return &document.ReadError{File: name, Problem: fmt.Sprintf("文件太多，上限为 %d 个", c.lim.ZipFiles),
			Remedy: "请只放入一份公开材料的文件"}
	}
	if c.lim.Unpacked > 0 && c.left < 0 {
		return &document.ReadError{File: name, Problem: fmt.Sprintf("文件总量太大，上限为 %d MB", c.lim.Unpacked>>20),
			Remedy: "请只放入一份公开材料的文件"}
	}
	return nil
}

// add reads one file of the container; one that cannot be read is remembered.
// Only a cancelled context and a limit of the whole container are errors.
func (c *collector) add(name, rel string, data []byte, depth int) error {
	if err := c.ctx.Err(); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	sum := sha256.Sum256(data)
	if _, ok := c.seen[sum]; ok {
		return nil // the same file twice says nothing twice
	}
	if c.seen == nil {
		c.seen = map[[32]byte]string{}
	}
	c.seen[sum] = rel
	if sniff(data) == kindZip {
		if depth >= mostDepth-1 {
			c.failed = append(c.failed, &document.ReadError{File: name + "/" + rel, Problem: "压缩包嵌套太深", Remedy: "请解压后重试"})
			return nil
		}
		return c.zip(name+"/"+rel, rel, data, depth+1)
	}
	doc, err := readOne(c.ctx, name+"/"+rel, rel, data, c.lim)
	if err != nil {
		if c.ctx.Err() != nil {
			return err
		}
		c.failed = append(c.failed, err)
		return nil
	}
	c.docs = append(c.docs, part{rel: rel, doc: doc})
	return nil
}

// zip reads the files of an archive; rel is its path in the outer container.
func (c *collector) zip(name, rel string, data []byte, depth int) error {
	z, err := archive.Open(name, data, c.lim)
	if err != nil {
		if depth > 1 {
			c.failed = append(c.failed, err)
			return nil
		}
		return err
	}
	for _, e := range z.Entries {
		if junk(e.Name) {
			continue
		}
		if err := c.spend(name, e.Size); err != nil {
			return err
		}
		data, err := z.Read(e)
		if err != nil {
			c.failed = append(c.failed, err)
			continue
		}
		if err := c.add(name, e.Name, data, depth); err != nil {
			return err
		}
	}
	return nil
}

// junk tells files that systems and programs leave behind.
func junk(rel string) bool {
	for p := range strings.SplitSeq(rel, "/") {
		switch low := strings.ToLower(p); {
		case strings.HasPrefix(p, "."), strings.HasPrefix(p, "~$"), low == "__macosx", low == "thumbs.db", low == "desktop.ini",
			strings.HasSuffix(low, ".tmp"), strings.HasSuffix(low, ".lnk"), strings.HasSuffix(low, ".url"):
			return true
		}
	}
	return false
}

// document joins what was gathered: the file with the most text first, so
// that the explanation comes before the tables. Files that could not be read
// are warned of, since their tables are missing from what is checked.
func (c *collector) document(name, what string) (*document.Document, error) {
	if len(c.docs) == 0 {
		if len(c.failed) > 0 {
			return nil, c.failed[0]
		}
		return nil, &document.ReadError{File: name, Problem: what + "里没有可以读取的文件",
			Remedy: "请放入 Word（.docx）、Excel（.xlsx）、PDF、网页或文本文件"}
	}
	slices.SortStableFunc(c.docs, func(a, b part) int {
		if d := prose(b.doc) - prose(a.doc); d != 0 {
			return d
		}
		return strings.Compare(a.rel, b.rel)
	})
	out := &document.Document{Name: name}
	for i, p := range c.docs {
		setFile(p.doc, i)
		for j := range p.doc.Files {
			p.doc.Files[j].Name = path.Base(p.rel)
		}
		out.Files = append(out.Files, p.doc.Files...)
		out.Blocks = append(out.Blocks, p.doc.Blocks...)
		out.Warnings = append(out.Warnings, p.doc.Warnings...)
	}
	for _, err := range c.failed {
		var re *document.ReadError
		msg := err.Error()
		if errors.As(err, &re) {
			msg = path.Base(filepath.ToSlash(re.File)) + " 未读取：" + re.Problem
			if re.Remedy != "" {
				msg += "。" + re.Remedy
			}
		}
		out.Warnings = append(out.Warnings, document.Warning{Message: msg})
	}
	return out, nil
}

// prose counts the characters of a document outside tables.
func prose(d *document.Document) int {
	n := 0
	for _, b := range d.Blocks {
		if b.Kind != document.TableBlock {
			n += utf8.RuneCountInString(b.Text.S)
		}
	}
	return n
}

// setFile writes the index of the file into every place of a document.
func setFile(d *document.Document, i int) {
	for k := range d.Blocks {
		b := &d.Blocks[k]
		b.Place.File = i
		for s := range b.Text.Spans {
			b.Text.Spans[s].Place.File = i
		}
		if b.Table == nil {
			continue
		}
		b.Table.Place.File = i
		for _, row := range b.Table.Rows {
			for j := range row {
				row[j].Place.File = i
			}
		}
	}
	for k := range d.Warnings {
		d.Warnings[k].Place.File = i
	}
}
