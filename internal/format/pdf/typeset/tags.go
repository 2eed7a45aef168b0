package typeset

// tags.go ties what is drawn to the structure tree (tagged PDF, ISO 32000-1
// 14.7): paragraphs, headings, tables with their cells, figures.

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// markUp puts marked content around the drawing of page i and packs it. It
// gives the element of each piece of marked content, by its number.
func (f *file) markUp(i int, g *page) ([]*element, error) {
	m := contentsN.FindSubmatch(f.body(f.pages[i]))
	if m == nil && len(g.marks)+len(g.rules) == 0 {
		f.set(f.pages[i], emptyContents.ReplaceAll(f.body(f.pages[i]), nil))
		return nil, nil // an empty page
	}
	if m == nil {
		return nil, errForm
	}
	n, err := strconv.Atoi(string(m[1]))
	if err != nil || n < 1 || n > len(f.objects) {
		return nil, errForm
	}
	_, data, ok := bytes.Cut(f.body(n), []byte("stream\n"))
	if !ok {
		if len(g.marks)+len(g.rules) > 0 {
			return nil, errForm
		}
		return nil, nil
	}
	data = bytes.TrimSuffix(data, []byte("endstream"))

	var out bytes.Buffer
	var owners []*element
	const none, furniture = 0, 1
	state := none
	var open *element
	shut := func() {
		if state != none {
			out.WriteString("EMC\n")
		}
		state, open = none, nil
	}
	begin := func(of *element) {
		if state != none && open == of {
			return
		}
		shut()
		state, open = furniture, of
		if of == nil {
			out.WriteString("/Artifact BMC\n")
			return
		}
		id := len(owners)
		owners = append(owners, of)
		of.shown = append(of.shown, shown{i, id})
		fmt.Fprintf(&out, "/%s<</MCID %d>>BDC\n", of.role, id)
	}
	next := 0 // of the marks
	for len(data) > 0 {
		piece, rest, mark := cutPiece(data)
		data = rest
		if !mark {
			if len(bytes.TrimSpace(piece)) > 0 {
				begin(nil)
			}
			out.Write(piece)
			continue
		}
		if next == len(g.marks) {
			return nil, errForm
		}
		begin(g.marks[next].of)
		next++
		out.Write(piece)
	}
	shut()
	if next != len(g.marks) {
		return nil, errForm
	}
	f.set(n, stream("", out.Bytes()))
	return owners, nil
}

// cutPiece cuts the first piece off a drawing: a run of text or a picture
// (mark), or what stands before the next one.
func cutPiece(data []byte) (piece, rest []byte, mark bool) {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	until := func(end string) ([]byte, []byte) {
		k := bytes.Index(data, []byte("\n"+end+"\n"))
		if k < 0 {
			return data, nil
		}
		k += len(end) + 2
		return data[:k], data[k:]
	}
	switch string(line) {
	case "BT":
		piece, rest = until("ET")
		return piece, rest, true
	case "q":
		piece, rest = until("Q")
		return piece, rest, bytes.Contains(piece, []byte(" Do"))
	}
	k := min(len(line)+1, len(data))
	return data[:k], data[k:], false
}

// tree writes the structure tree under object root.
func (f *file) tree(root int, doc *element, owners [][]*element) {
	used := prune(doc)
	if !used {
		doc.kids = nil
	}
	var reserve func(e *element)
	reserve = func(e *element) {
		e.id = f.add("", true)
		for _, k := range e.kids {
			reserve(k)
		}
	}
	reserve(doc)
	var links []*element // in the order of the contents, as their objects
	var write func(e *element, parent int)
	write = func(e *element, parent int) {
		var b strings.Builder
		fmt.Fprintf(&b, "<</S/%s/P %d 0 R", e.role, parent)
		if len(e.shown) > 0 {
			fmt.Fprintf(&b, "/Pg %d 0 R", f.pages[e.shown[0].page])
		}
		b.WriteString("/K[")
		for _, s := range e.shown {
			if s.page == e.shown[0].page {
				fmt.Fprintf(&b, "%d ", s.mcid)
			} else {
				fmt.Fprintf(&b, "<</Type/MCR/Pg %d 0 R/MCID %d>>", f.pages[s.page], s.mcid)
			}
		}
		if e.link > 0 {
			fmt.Fprintf(&b, "<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>", e.link, f.pages[e.linkPage])
			links = append(links, e)
		}
		for _, k := range e.kids {
			fmt.Fprintf(&b, "%d 0 R ", k.id)
		}
		b.WriteString("]")
		switch {
		case e.role == "Figure":
			b.WriteString("/Alt " + hexText(e.alt))
		case e.role == "Table" && e.alt != "":
			b.WriteString("/T " + hexText(e.alt))
		}
		if e.header || e.rowSpan > 1 || e.colSpan > 1 {
			b.WriteString("/A<</O/Table")
			if e.header {
				b.WriteString("/Scope/Column")
			}
			if e.rowSpan > 1 {
				fmt.Fprintf(&b, "/RowSpan %d", e.rowSpan)
			}
			if e.colSpan > 1 {
				fmt.Fprintf(&b, "/ColSpan %d", e.colSpan)
			}
			b.WriteString(">>")
		}
		b.WriteString(">>")
		f.set(e.id, []byte(b.String()))
		for _, k := range e.kids {
			write(k, e.id)
		}
	}
	write(doc, root)
	var nums strings.Builder
	for i, on := range owners {
		fmt.Fprintf(&nums, "%d[", i)
		for _, e := range on {
			fmt.Fprintf(&nums, "%d 0 R ", e.id)
		}
		nums.WriteString("]")
	}
	for i, e := range links {
		fmt.Fprintf(&nums, "%d %d 0 R ", len(owners)+i, e.id)
	}
	parents := f.add("<</Nums["+nums.String()+"]>>", true)
	f.set(root, fmt.Appendf(nil, "<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>", doc.id, parents, len(owners)+len(links)))
}

// prune drops elements of which nothing shows, but for the cells of rows.
func prune(e *element) bool {
	if e.role == "TD" || e.role == "TH" {
		return true
	}
	kids := e.kids[:0]
	for _, k := range e.kids {
		if prune(k) {
			kids = append(kids, k)
		}
	}
	e.kids = kids
	return len(e.kids)+len(e.shown) > 0
}
