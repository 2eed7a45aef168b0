package xlsx

import (
	"bytes"
	"encoding/xml"
	"io"

	"golang.org/x/net/html/charset"

	"juesuan/internal/format/archive"
)

type xmlAttr = xml.Attr

// relation is one line of a .rels part.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

func readRels(z *archive.Zip, name string) (map[string]relation, error) {
	part, err := z.Part(name)
	if err != nil || part == nil {
		return nil, err
	}
	var doc struct {
		Relations []relation `xml:"Relationship"`
	}
	if err := unmarshal(part, &doc); err != nil {
		return nil, err
	}
	rels := make(map[string]relation, len(doc.Relations))
	for _, r := range doc.Relations {
		rels[r.ID] = r
	}
	return rels, nil
}

func decoder(part []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(part))
	d.CharsetReader = func(label string, r io.Reader) (io.Reader, error) { return charset.NewReaderLabel(label, r) }
	return d
}

func unmarshal(part []byte, v any) error { return decoder(part).Decode(v) }
