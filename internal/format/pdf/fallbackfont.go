package pdf

import (
	"bytes"
	"encoding/binary"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"
)

// PDFium leaves out text whose glyphs are empty, and the glyphs of a font that
// is not embedded are empty when no font of the machine stands in for it. The
// titles of official documents are often set so: 方正小标宋 may not be
// embedded. This font stands in for any: each of its glyphs is a triangle of
// the size of a Han character, so that the text is there, with its place.

// fallbackNames are the families it answers for: PDFium takes a font whose
// name contains the one it looks for. (For a font known to be Chinese by its
// character collection it takes any.)
var fallbackNames = []string{
	"FZXiaoBiaoSong-B05S", "FZXBSJW--GB1-0", "FZXBSK--GBK1-0", "FZXBSJW-GB1-0", "FZDBSJW--GB1-0",
	"FZFSJW--GB1-0", "FZFSK--GBK1-0", "FZHTJW--GB1-0", "FZHTK--GBK1-0", "FZKTJW--GB1-0", "FZKTK--GBK1-0",
	"FZSSJW--GB1-0", "FZSSK--GBK1-0", "FangSong_GB2312", "KaiTi_GB2312", "FangSong", "KaiTi",
	"NSimSun", "SimSun-ExtB", "SimSun", "SimHei", "LiSu", "YouYuan", "DengXian",
	"STXiaobiaosong", "STZhongsong", "STFangsong", "STKaiti", "STSong", "STXihei", "STHeiti",
	"MicrosoftYaHei", "Microsoft YaHei",
}

const (
	fallbackGlyphs = 0xFFFF
	fallbackEm     = 1000
)

// fallbackFont builds the font, a TrueType file.
func fallbackFont() []byte {
	be := binary.BigEndian
	u16 := func(b []byte, v ...int) []byte {
		for _, x := range v {
			b = be.AppendUint16(b, uint16(x))
		}
		return b
	}
	u32 := func(b []byte, v ...int) []byte {
		for _, x := range v {
			b = be.AppendUint32(b, uint32(x))
		}
		return b
	}

	// One contour of three points, and its box; padded to a multiple of four.
	glyph := u16(nil, 1, 50, -80, 950, 820, 2, 0)
	glyph = append(glyph, 0x01, 0x01, 0x01) // points on the curve, coordinates of two bytes
	glyph = u16(glyph, 50, 900, -450)
	glyph = u16(glyph, -80, 0, 900)
	for len(glyph)%4 != 0 {
		glyph = append(glyph, 0)
	}
	glyf := bytes.Repeat(glyph, fallbackGlyphs)
	loca := make([]byte, 0, 4*(fallbackGlyphs+1))
	for i := range fallbackGlyphs + 1 {
		loca = u32(loca, i*len(glyph))
	}

	head := u32(nil, 0x00010000, 0x00010000, 0, 0x5F0F3CF5)
	head = u16(head, 0, fallbackEm)
	head = append(head, make([]byte, 16)...)
	head = u16(head, 0, -120, 1000, 880, 0, 8, 2, 1, 0)

	hhea := u32(nil, 0x00010000)
	hhea = u16(hhea, 880, -120, 0, 1000, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0, 1)
	hmtx := u16(nil, 1000, 50)
	hmtx = append(hmtx, make([]byte, 2*(fallbackGlyphs-1))...)

	maxp := u32(nil, 0x00010000)
	maxp = u16(maxp, fallbackGlyphs, 3, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)

	os2 := u16(nil, 3, 1000, 400, 5, 0)
	os2 = append(os2, make([]byte, 20)...)
	os2 = u16(os2, 0)
	os2 = append(os2, make([]byte, 10)...)
	os2 = u32(os2, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
	os2 = append(os2, "NONE"...)
	os2 = u16(os2, 0x40, 0x20, 0xFFFF, 880, -120, 0, 880, 120)
	os2 = u32(os2, 0xFFFFFFFF, 0xFFFFFFFF) // every code page
	os2 = u16(os2, 500, 700, 0, 32, 1)

	// Every character from blank to the end of the plane is glyph 1.
	cmap := u16(nil, 0, 1, 3, 10)
	cmap = u32(cmap, 12)
	cmap = u16(cmap, 13, 0)
	cmap = u32(cmap, 28, 0, 1, 0x20, 0xFFFF, 1)

	family := strings.Join(fallbackNames, " ")
	var text []byte
	for _, r := range family {
		text = u16(text, int(r))
	}
	plain := len(text)
	for _, r := range "Regular" {
		text = u16(text, int(r))
	}
	name := u16(nil, 0, 3, 6+3*12)
	name = u16(name, 3, 1, 0x409, 1, plain, 0)
	name = u16(name, 3, 1, 0x409, 2, len(text)-plain, plain)
	name = u16(name, 3, 1, 0x409, 4, plain, 0)
	name = append(name, text...)

	post := u32(nil, 0x00030000, 0, 0, 0, 0, 0, 0, 0)

	tables := []struct {
		tag  string
		data []byte
	}{
		{"OS/2", os2}, {"cmap", cmap}, {"glyf", glyf}, {"head", head}, {"hhea", hhea},
		{"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp}, {"name", name}, {"post", post},
	}
	out := u32(nil, 0x00010000)
	out = u16(out, len(tables), 128, 3, 32)
	at := 12 + 16*len(tables)
	for _, t := range tables {
		out = append(out, t.tag...)
		out = u32(out, 0, at, len(t.data))
		at += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		out = append(out, t.data...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	return out
}

// oneFile is a file system with one file, for the engine: its libraries look
// at a directory's parents too.
type oneFile struct {
	path string
	data []byte
}

func (f oneFile) Open(name string) (fs.File, error) {
	if name == f.path {
		return &openFile{bytes.NewReader(f.data), f.info()}, nil
	}
	rest := f.path
	if name != "." {
		var ok bool
		if rest, ok = strings.CutPrefix(f.path, name+"/"); !ok {
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
		}
	}
	child := f.info()
	if next, _, deep := strings.Cut(rest, "/"); deep {
		child = entry{name: next, dir: true}
	}
	return &openDir{entry{name: path.Base(name), dir: true}, []fs.DirEntry{fs.FileInfoToDirEntry(child)}}, nil
}

func (f oneFile) info() entry { return entry{name: path.Base(f.path), size: int64(len(f.data))} }

type entry struct {
	name string
	size int64
	dir  bool
}

func (e entry) Name() string       { return e.name }
func (e entry) Size() int64        { return e.size }
func (e entry) ModTime() time.Time { return time.Time{} }
func (e entry) IsDir() bool        { return e.dir }
func (e entry) Sys() any           { return nil }
func (e entry) Mode() fs.FileMode {
	if e.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

type openFile struct {
	*bytes.Reader
	info entry
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFile) Close() error               { return nil }

type openDir struct {
	info entry
	list []fs.DirEntry
}

func (d *openDir) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *openDir) Close() error               { return nil }
func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.info.name, Err: fs.ErrInvalid}
}
func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	l := d.list
	d.list = nil
	if n > 0 && len(l) == 0 {
		return nil, io.EOF
	}
	return l, nil
}
