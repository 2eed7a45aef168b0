package typeset

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// pack writes the file: small objects together in packed streams, then the
// table of offsets as a stream (ISO 32000-1 7.5.7 and 7.5.8).
func (f *file) pack(info int) []byte {
	type entry struct {
		kind    byte
		at, sub int
	}
	entries := make([]entry, len(f.objects)+1)
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	put := func(n int, body []byte) {
		entries[n] = entry{1, b.Len(), 0}
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, body)
	}
	var group []int
	flush := func() {
		if len(group) == 0 {
			return
		}
		var head, body bytes.Buffer
		for k, n := range group {
			fmt.Fprintf(&head, "%d %d ", n, body.Len())
			body.Write(f.body(n))
			body.WriteByte('\n')
			entries[n] = entry{2, len(entries), k}
		}
		n := len(entries)
		entries = append(entries, entry{})
		data := append(head.Bytes(), body.Bytes()...)
		put(n, stream(fmt.Sprintf("/Type/ObjStm/N %d/First %d", len(group), head.Len()), data))
		group = group[:0]
	}
	const most = 200 // objects in a stream
	for i, o := range f.objects {
		if !o.pack {
			put(i+1, o.body)
			continue
		}
		if group = append(group, i+1); len(group) == most {
			flush()
		}
	}
	flush()
	n := len(entries)
	entries = append(entries, entry{1, b.Len(), 0})
	var table bytes.Buffer
	table.Write([]byte{0, 0, 0, 0, 0, 0xff, 0xff})
	for _, e := range entries[1:] {
		table.WriteByte(e.kind)
		table.Write(binary.BigEndian.AppendUint32(nil, uint32(e.at)))
		table.Write(binary.BigEndian.AppendUint16(nil, uint16(e.sub)))
	}
	at := b.Len()
	put(n, stream(fmt.Sprintf("/Type/XRef/Size %d/W[1 4 2]/Root 1 0 R/Info %d 0 R", len(entries), info), table.Bytes()))
	fmt.Fprintf(&b, "startxref\n%d\n%%%%EOF\n", at)
	return b.Bytes()
}
