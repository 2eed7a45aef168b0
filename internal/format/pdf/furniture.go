package pdf

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Page furniture: page numbers, running heads and feet. Taken out by position
// and sequence before lines are joined, for a number can fall inside a sentence.

// pageText is a page's lines outside tables, top to bottom, and its tables.
type pageText struct {
	Page   int // from 1
	W, H   float64
	Turn   int // quarter turns clockwise in which its text lies on the paper
	Lines  []line
	Tables []table

	Side []char // a page number upright at the foot of a page whose text lies sideways

	Chars, Images, Bad, Unseen int // see rawPage
}

// Page numbers: 3, - 3 -, — 10 —, 第3页, 第 3 页 共 10 页, 3/10.
var pageNumber = regexp.MustCompile(`^[-—–―_~·.\s]*(?:第\s*)?(\d{1,4})\s*(?:页)?(?:\s*[/,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–―_~·.\s]*$`)

const margin = 0.13 // part of the page, at its top and bottom, where furniture stands

// numberAt is a line that looks like a page number where one may stand.
type numberAt struct {
	page, line int // indices
	offset     int // number minus page index
	decorated  bool
}

// dropFurniture takes page numbers and running heads off the pages. A number
// is one when it stands outermost in the margin and its neighbours on the
// pages before or after count on from it.
func dropFurniture(pages []pageText) {
	dropRepeated(pages)
	dropNumbers(pages)
}

func dropNumbers(pages []pageText) {
	const side = -1 // in place of a line
	var found []numberAt
	for i, p := range pages {
		if len(p.Side) > 0 {
			n, _ := strconv.Atoi(pageNumber.FindStringSubmatch(sideText(p.Side))[1])
			found = append(found, numberAt{i, side, n - i, false})
		}
		for _, k := range outermost(p) {
			m := pageNumber.FindStringSubmatch(p.Lines[k].Text)
			if m == nil {
				continue
			}
			n, _ := strconv.Atoi(m[1])
			found = append(found, numberAt{i, k, n - i, m[0] != m[1]})
		}
	}
	proved := map[int]int{} // page → line
	for _, a := range found {
		ok := len(pages) == 1 && a.decorated
		for _, b := range found {
			if a.page != b.page && a.offset == b.offset && abs(a.page-b.page) <= 3 {
				ok = true
				break
			}
		}
		if ok {
			proved[a.page] = a.line
		}
	}
	for i := range pages {
		p := &pages[i]
		k, ok := proved[i]
		if len(p.Side) > 0 && (!ok || k != side) {
			p.Lines = append(p.Lines, newLine(p.Side)) // text after all
		}
		if ok && k != side {
			p.Lines = append(p.Lines[:k:k], p.Lines[k+1:]...)
		}
		p.Side = nil
	}
}

// takeSide takes a page number off the foot of a page turned for its text:
// there it stands at a side, itself turned.
func takeSide(r *rawPage, chars []char) (side, rest []char) {
	if r.turn == 0 {
		return nil, chars
	}
	for _, c := range chars {
		if c.Turn != 0 && (c.X1 < margin*r.W || c.X0 > (1-margin)*r.W) {
			side = append(side, c)
		} else {
			rest = append(rest, c)
		}
	}
	// Along the foot of the paper the characters run up or down the page now.
	slices.SortFunc(side, func(a, b char) int {
		if r.turn == 1 {
			a, b = b, a
		}
		return cmp.Compare(a.Base, b.Base)
	})
	if !pageNumber.MatchString(sideText(side)) {
		return nil, chars
	}
	return side, rest
}

func sideText(cs []char) string {
	var b strings.Builder
	for _, c := range cs {
		b.WriteString(foldRune(c.R))
	}
	return b.String()
}

func abs(i int) int {
	if i < 0 {
		return -i
	}
	return i
}

// outermost are the indices of the first line when it stands in the top
// margin above everything else, and of the last in the bottom margin.
func outermost(p pageText) []int {
	if len(p.Lines) == 0 {
		return nil
	}
	top, bottom := 0, len(p.Lines)-1
	y0, y1 := p.Lines[top].Base, p.Lines[bottom].Base
	topOK, bottomOK := y0 < margin*p.H, y1 > (1-margin)*p.H
	for _, t := range p.Tables {
		if t.Box.Y0 < y0 {
			topOK = false
		}
		if t.Box.Y1 > y1 {
			bottomOK = false
		}
	}
	var out []int
	if bottomOK {
		out = append(out, bottom)
	}
	if topOK && top != bottom {
		out = append(out, top)
	}
	return out
}

// A foot that carries the page number beside words: 示例局 — 3 —.
var numberedFoot = regexp.MustCompile(`^(.*[^\d\s第—–-])[\s第—–-]*(\d{1,4})[\s页—–-]*$`)

// dropRepeated takes off lines that stand outermost in the margin with the
// same words at the same height on most pages; at the foot they may end with
// the page number.
func dropRepeated(pages []pageText) {
	if len(pages) < 4 {
		return
	}
	type key struct {
		text   string
		y      int
		offset int
	}
	for {
		at := map[key][][2]int{}
		for i, p := range pages {
			for _, k := range outermost(p) {
				l := p.Lines[k]
				if pageNumber.MatchString(l.Text) {
					continue
				}
				q := key{text: strings.ReplaceAll(l.Text, " ", ""), y: int(math.Round(l.Base / 4))}
				if m := numberedFoot.FindStringSubmatch(l.Text); m != nil && l.Base > p.H/2 {
					n, _ := strconv.Atoi(m[2])
					q.text, q.offset = m[1], n-i
				}
				at[q] = append(at[q], [2]int{i, k})
			}
		}
		removed := false
		for _, where := range at {
			if len(where)*2 <= len(pages) {
				continue
			}
			for _, ik := range where {
				p := &pages[ik[0]]
				p.Lines = append(p.Lines[:ik[1]:ik[1]], p.Lines[ik[1]+1:]...)
			}
			removed = true
			break // indices have moved
		}
		if !removed {
			return
		}
	}
}
