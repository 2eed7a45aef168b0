// Package typeface is the type that pages and pictures are set in: a serif
// for text and a bold sans for headings, both for simplified Chinese, with
// the widths of their characters.
package typeface

import (
	_ "embed" // the fonts
	"fmt"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

//go:embed fonts/NotoSerifSC-Regular.ttf
var serif []byte

//go:embed fonts/NotoSansSC-Bold.ttf
var bold []byte

// Face is one font. It does not change and may be shared.
type Face struct {
	Name   string // family and weight: "NotoSerifSC"
	data   []byte
	glyphs map[rune]glyph
}

type glyph struct {
	id    uint16
	width uint16 // in thousandths of the type size
}

// Text is Noto Serif SC Regular, for running text and tables.
func Text() *Face { return text() }

// Bold is Noto Sans SC Bold, for headings and labels.
func Bold() *Face { return heads() }

var (
	text  = sync.OnceValue(func() *Face { return load("NotoSerifSC", serif) })
	heads = sync.OnceValue(func() *Face { return load("NotoSansSC-Bold", bold) })
)

// Data are the bytes of the TrueType file; they must not be changed.
func (f *Face) Data() []byte { return f.data }

// Advance is the width of r in units of the type size; ok is false when the
// font lacks it.
func (f *Face) Advance(r rune) (em float64, ok bool) {
	g, ok := f.glyphs[r]
	return float64(g.width) / 1000, ok
}

// Glyph is the number of the glyph that shows r, 0 when the font lacks it.
func (f *Face) Glyph(r rune) uint16 { return f.glyphs[r].id }

// Runes calls yield for every character of the font, in no order.
func (f *Face) Runes(yield func(rune) bool) {
	for r := range f.glyphs {
		if !yield(r) {
			return
		}
	}
}

// load parses an embedded font, whose soundness a test proves.
func load(name string, data []byte) *Face {
	f := &Face{Name: name, data: data, glyphs: make(map[rune]glyph, 10000)}
	p, err := sfnt.Parse(data)
	if err != nil {
		panic(fmt.Sprintf("embedded font %s: %v", name, err))
	}
	var b sfnt.Buffer
	add := func(from, to rune) {
		for r := from; r <= to; r++ {
			id, err := p.GlyphIndex(&b, r)
			if err != nil || id == 0 {
				continue
			}
			w, err := p.GlyphAdvance(&b, id, fixed.I(1000), font.HintingNone)
			if err != nil {
				continue
			}
			f.glyphs[r] = glyph{uint16(id), uint16(w.Round())}
		}
	}
	add(' ', 0x33ff)
	add(0x3400, 0x9fff)
	add(0xff00, 0xffef)
	add(0x20000, 0x323af) // Han outside the first plane
	return f
}
