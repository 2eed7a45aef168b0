package recognise

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"juesuan/internal/document"
	"juesuan/internal/report"
)

// passage is a stretch of the narrative read in one go: the folded text of
// one block, or of several that a page cut, without blanks and with ASCII
// punctuation. Every byte knows where it came from.
type passage struct {
	s       string
	block   []int32 // by byte of s: index of the block
	off     []int32 // by byte of s: offset in the folded text of that block
	ordinal bool    // it began with a list number, which is taken off
}

// squeeze appends the text of a block to the passage.
func (p *passage) squeeze(block int, text string) {
	var b strings.Builder
	b.WriteString(p.s)
	var last rune
	for i, r := range text {
		if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
			// A blank between two numbers or Latin words keeps them apart.
			next, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(text[i:], unicode.IsSpace))
			if last == ' ' || !wordy(last) || !wordy(next) {
				continue
			}
			r = ' '
		}
		r = narrow(r)
		n := b.Len()
		b.WriteRune(r)
		for k := n; k < b.Len(); k++ {
			p.block = append(p.block, int32(block)) //nolint:gosec // blocks and offsets are far below 2³¹ (document limits)
			p.off = append(p.off, int32(i))         //nolint:gosec // as above
		}
		last = r
	}
	p.s = b.String()
}

func wordy(r rune) bool {
	return r < utf8.RuneSelf && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z')
}

// narrow folds the width of a rune; Chinese 。、“” stay.
func narrow(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFEE0
	case r == '〔' || r == '【':
		return r
	}
	return r
}

// cut takes the first n bytes off.
func (p *passage) cut(n int) {
	p.s, p.block, p.off = p.s[n:], p.block[n:], p.off[n:]
}

// at gives the block and offset of a byte.
func (p *passage) at(i int) (block, off int) {
	if len(p.block) == 0 {
		return 0, 0
	}
	if i >= len(p.block) {
		i = len(p.block) - 1
	}
	return int(p.block[i]), int(p.off[i])
}

// words points at s[start:end] of the passage.
func (p *passage) words(r *report.Report, start, end int) report.Words {
	b, off := p.at(start)
	return report.Words{Text: p.s[start:end], Block: b, Start: off, Place: p.place(r, start, end)}
}

// place gives the place of s[start:end], within the block it begins in.
func (p *passage) place(r *report.Report, start, end int) document.Place {
	b, off := p.at(start)
	last := off + 1
	if end > start {
		if eb, eo := p.at(end - 1); eb == b {
			last = eo + 1
		} else {
			last = len(r.Folded[b].S)
		}
	}
	return r.Folded[b].At(off, last)
}

// around gives about n runes on both sides of s[start:end].
func (p *passage) around(start, end, n int) string {
	a, z := start, end
	for k := 0; k < n && a > 0; k++ {
		_, w := utf8.DecodeLastRuneInString(p.s[:a])
		a -= w
	}
	for k := 0; k < n && z < len(p.s); k++ {
		_, w := utf8.DecodeRuneInString(p.s[z:])
		z += w
	}
	return p.s[a:z]
}

// ordinal finds a list number at the start of a text without blanks:
// 一、 （一） (1) 1. 1、 ①. n is its length, 0 for none; level is 1 for 一、,
// 2 for （一）, 3 for 1., 4 for (1).
func ordinal(s string) (mark string, n, level int) {
	if r, w := utf8.DecodeRuneInString(s); r >= '①' && r <= '⑳' {
		return s[:w], w, 4
	}
	i, bracket := 0, false
	if strings.HasPrefix(s, "(") || strings.HasPrefix(s, "（") {
		_, i = utf8.DecodeRuneInString(s)
		bracket = true
	}
	start, han, arabic := i, 0, 0
	for i < len(s) {
		r, w := utf8.DecodeRuneInString(s[i:])
		switch {
		case strings.ContainsRune("一二三四五六七八九十", r) && arabic == 0:
			han++
		case r >= '0' && r <= '9' && han == 0:
			arabic++
		default:
			goto end
		}
		i += w
	}
end:
	if han+arabic == 0 || han > 3 || arabic > 2 {
		return "", 0, 0
	}
	mark = s[start:i]
	r, w := utf8.DecodeRuneInString(s[i:])
	switch {
	case bracket && (r == ')' || r == '）'):
		level = 2
		if arabic > 0 {
			level = 4
		}
		i += w
		if r, w := utf8.DecodeRuneInString(s[i:]); r == '、' || r == '.' {
			i += w
		}
		return mark, i, level
	case bracket:
		return "", 0, 0
	case han > 0 && (r == '、' || r == '.' || r == ',' || r == '．'):
		return mark, i + w, 1
	case arabic > 0 && (r == '、' || r == '.' || r == '．' || r == ')'):
		if next, _ := utf8.DecodeRuneInString(s[i+w:]); next >= '0' && next <= '9' && r != '、' {
			// “3.2024年…” is a list number before a year; “3.5万元” a number.
			if !yearAt(s[i+w:]) {
				return "", 0, 0
			}
		}
		return mark, i + w, 3
	}
	return "", 0, 0
}

func yearAt(s string) bool {
	return len(s) > 4 && (s[:2] == "20" || s[:2] == "19") && strings.HasPrefix(s[4:], "年")
}
