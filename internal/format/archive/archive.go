// Package archive opens zip containers (docx, xlsx, a zip of several files)
// without trusting them: the number of entries, their sizes and the ratio of
// packing are bounded, and names in GBK are decoded.
package archive

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"juesuan/internal/document"
)

// Zip is an opened container.
type Zip struct {
	Entries []Entry // files in the order of the directory, folders left out
	name    string
	lim     document.Limits
	left    int64 // bytes that may still be unpacked
}

// Entry is one file of a container.
type Entry struct {
	Name string // with "/" between folders, decoded from GBK where needed
	Size int64  // unpacked, as declared
	file *zip.File
}

// smallEntry is the size below which the ratio of packing is not looked at:
// short files of repeated markup pack very well.
const smallEntry = 4 << 20

// Open reads the directory of a zip file. name is used in errors, which are
// *document.ReadError.
func Open(name string, data []byte, lim document.Limits) (*Zip, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, &document.ReadError{File: name, Problem: "压缩包（或 Office 文件）已损坏，无法打开",
			Remedy: "请重新下载或重新保存后重试", Err: err}
	}
	if lim.ZipFiles > 0 && len(r.File) > lim.ZipFiles {
		return nil, tooBig(name, "", fmt.Sprintf("压缩包内文件太多（%d 个），上限为 %d 个", len(r.File), lim.ZipFiles))
	}
	z := &Zip{name: name, lim: lim, left: lim.Unpacked}
	var total uint64
	for _, f := range r.File {
		n := entryName(f)
		if strings.HasSuffix(n, "/") || f.FileInfo().IsDir() {
			continue
		}
		if f.Flags&1 != 0 {
			return nil, &document.ReadError{File: name, Place: n, Problem: "压缩包设有密码，无法读取", Remedy: "请去掉密码后重试"}
		}
		size := f.UncompressedSize64
		total += size
		switch {
		case lim.Bytes > 0 && size > uint64(lim.Bytes):
			return nil, tooBig(name, n, fmt.Sprintf("解压后太大，上限为 %d MB", lim.Bytes>>20))
		case lim.Unpacked > 0 && total > uint64(lim.Unpacked):
			return nil, tooBig(name, "", fmt.Sprintf("解压后总量太大，上限为 %d MB", lim.Unpacked>>20))
		case lim.ZipRatio > 0 && size > smallEntry && size/max(f.CompressedSize64, 1) > uint64(lim.ZipRatio):
			return nil, tooBig(name, n, "压缩比异常，疑似压缩炸弹")
		}
		z.Entries = append(z.Entries, Entry{Name: n, Size: int64(size), file: f})
	}
	return z, nil
}

func tooBig(name, place, problem string) error {
	return &document.ReadError{File: name, Place: place, Problem: problem, Remedy: "请拆分文件，或重新保存后重试"}
}

// entryName decodes a name: the flag for UTF-8 is often missing, and Windows
// tools write GBK.
func entryName(f *zip.File) string {
	n := f.Name
	if f.NonUTF8 && !utf8.ValidString(n) {
		if s, err := simplifiedchinese.GB18030.NewDecoder().String(n); err == nil {
			n = s
		}
	}
	n = strings.ToValidUTF8(n, "_")
	n = strings.ReplaceAll(n, "\\", "/")
	return strings.TrimPrefix(n, "/")
}

// Has reports whether the container holds the named file (case-insensitive).
func (z *Zip) Has(name string) bool { return z.find(name) != nil }

func (z *Zip) find(name string) *Entry {
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	for i := range z.Entries {
		if z.Entries[i].Name == name {
			return &z.Entries[i]
		}
	}
	for i := range z.Entries {
		if strings.EqualFold(z.Entries[i].Name, name) {
			return &z.Entries[i]
		}
	}
	return nil
}

// Part unpacks the named file; nil without an error when there is none.
func (z *Zip) Part(name string) ([]byte, error) {
	e := z.find(name)
	if e == nil {
		return nil, nil
	}
	return z.Read(*e)
}

// Read unpacks an entry. Entries that are longer than they declare, and more
// than the limit in all, are errors.
func (z *Zip) Read(e Entry) ([]byte, error) {
	rc, err := e.file.Open()
	if err != nil {
		return nil, z.broken(e, err)
	}
	defer func() { _ = rc.Close() }() // only read
	limit := e.Size
	if z.lim.Unpacked > 0 && limit > z.left {
		return nil, tooBig(z.name, e.Name, fmt.Sprintf("解压后总量太大，上限为 %d MB", z.lim.Unpacked>>20))
	}
	buf := bytes.NewBuffer(make([]byte, 0, min(limit, 64<<20)+bytes.MinRead))
	n, err := buf.ReadFrom(io.LimitReader(rc, limit+1))
	z.left -= n
	if err != nil {
		return nil, z.broken(e, err)
	}
	if n > limit {
		return nil, tooBig(z.name, e.Name, "实际大小与声明不符，疑似压缩炸弹")
	}
	return buf.Bytes(), nil
}

// Verify unpacks every entry and throws the bytes away, so that a library
// that trusts the declared sizes can be handed the file.
func (z *Zip) Verify() error {
	for _, e := range z.Entries {
		rc, err := e.file.Open()
		if err != nil {
			return z.broken(e, err)
		}
		n, err := io.Copy(io.Discard, io.LimitReader(rc, e.Size+1))
		_ = rc.Close() // only read
		if err != nil {
			return z.broken(e, err)
		}
		if n > e.Size {
			return tooBig(z.name, e.Name, "实际大小与声明不符，疑似压缩炸弹")
		}
	}
	return nil
}

func (z *Zip) broken(e Entry, err error) error {
	return &document.ReadError{File: z.name, Place: e.Name, Problem: "压缩包（或 Office 文件）已损坏，无法解压",
		Remedy: "请重新下载或重新保存后重试", Err: err}
}
