package pdf

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// pageText is a page's lines outside tables, top to bottom, and its tables.
type pageText struct {
	Page   int // from 1
	W, H   float64
	Lines  []line
	Tables []table

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
	var found []numberAt
	for i, p := range pages {
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
	for i, k := range proved {
		pages[i].Lines = append(pages[i].Lines[:k:k], pages[i].Lines[k+1:]...)
	}
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
