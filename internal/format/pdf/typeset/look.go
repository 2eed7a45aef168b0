package typeset

// look.go is the look: pages and type sizes of GB/T 9704-2012 for the text,
// small print around tables. Lengths are in points.

import (
	"juesuan/internal/document"
	"juesuan/internal/typeface"
)

// Type sizes.
const (
	size2       = 22    // 二号
	sizeSmall   = 18    // 小二
	size3       = 15.75 // 三号: 28 characters fill a line of 156 mm
	size4       = 14    // 四号
	sizeCaption = 13
	size5       = 10.5 // 五号
	sizeNote    = 9    // 小五
)

// geometry is a page.
type geometry struct {
	w, h                     float64
	top, bottom, left, right float64
	landscape                bool
}

const a4Short, a4Long = 595.28, 841.89

// Pages: portrait has the type area of GB/T 9704 (margins 37, 35, 28 and 26
// mm, 156×225 mm of text); tables that do not fit it get narrower margins.
var (
	portrait = geometry{w: a4Short, h: a4Long, top: 104.9, bottom: 99.2, left: 79.4, right: 73.7}
	narrow   = geometry{w: a4Short, h: a4Long, top: 70.9, bottom: 65.2, left: 56.7, right: 56.7}
	wide     = geometry{w: a4Long, h: a4Short, top: 73.7, bottom: 65.2, left: 65.2, right: 65.2, landscape: true}
)

func (g geometry) text() float64 { return g.w - g.left - g.right }
func (g geometry) room() float64 { return g.h - g.top - g.bottom }

// side is how the lines of a paragraph stand.
type side int

const (
	both side = iota
	left
	center
	right
)

// look is how a paragraph is set.
type look struct {
	face          *typeface.Face
	size, line    float64
	before, after float64
	indent        float64 // of the first line, in type sizes
	align         side
	keep          bool   // on one page with the next block
	role          string // structure element
}

const lineBody = 29

// lookOf picks the look of a block that is no table; front: before the
// numbered pages.
func lookOf(b *document.Block, front bool) look {
	text, bold := typeface.Text(), typeface.Bold()
	body := look{face: text, size: size3, line: lineBody, indent: 2, role: "P"}
	level := 0
	if b.Kind == document.Heading {
		level = max(1, min(6, b.Level))
	}
	l := body
	switch {
	case b.Style == document.Title:
		l = look{face: bold, size: size2, line: 40, align: center, role: "P"}
	case b.Style == document.Contents:
		l = look{face: bold, size: size2, line: 40, after: 12, align: center, role: "P"}
	case b.Style == document.TableTag:
		l = look{face: text, size: size5, line: 15, align: right, keep: true, role: "P"}
	case b.Style == document.Unitline:
		l = look{face: text, size: size5, line: 15, align: right, keep: true, role: "P"}
	case b.Style == document.Note:
		l = look{face: text, size: sizeNote, line: 14, role: "Note"}
	case b.Style == document.Caption:
		// Clearly smaller than a heading of the first level, which may stand
		// right above: both are centred and would read as one.
		l = look{face: bold, size: sizeCaption, line: 22, before: 3, after: 3, align: center, keep: true, role: "P"}
	case level == 1:
		l = look{face: bold, size: sizeSmall, line: 32, before: 12, after: 12, align: center, keep: true}
	case level == 2 || level == 3:
		l = look{face: bold, size: size3, line: lineBody, indent: 2, align: left, keep: true}
		if level == 2 {
			l.before = 6
		}
	case level > 3:
		l.keep, l.align = true, left
	case b.Style == document.Flush:
		l.indent = 0
	case front:
		l = look{face: text, size: size3, line: 32, align: center, role: "P"}
	}
	if level > 0 {
		l.role = "H" + string(rune('0'+level))
	}
	return l
}
