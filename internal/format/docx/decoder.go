package docx

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"

	"golang.org/x/net/html/charset"
)

// decoder walks the XML of a part element by element. Elements are told by
// their local names: the transitional and the strict form differ only in
// their namespaces.
type decoder struct {
	x      *xml.Decoder
	ctx    context.Context
	depth  int
	max    int
	tokens int
}

var errDeep = errors.New("elements nested too deeply")

func newDecoder(ctx context.Context, part []byte, depth int) *decoder {
	x := xml.NewDecoder(bytes.NewReader(part))
	x.CharsetReader = func(label string, r io.Reader) (io.Reader, error) { return charset.NewReaderLabel(label, r) }
	if depth <= 0 {
		depth = 256
	}
	return &decoder{x: x, ctx: ctx, max: depth}
}

func (d *decoder) token() (xml.Token, error) {
	if d.tokens++; d.tokens&0xfff == 0 && d.ctx.Err() != nil {
		return nil, d.ctx.Err()
	}
	return d.x.Token()
}

// children calls f for each child of the current element; f must read the
// child to its end (children, skip or text).
func (d *decoder) children(f func(xml.StartElement) error) error {
	if d.depth++; d.depth > d.max {
		return errDeep
	}
	defer func() { d.depth-- }()
	for {
		t, err := d.token()
		if err == io.EOF && d.depth == 1 {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := f(t); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// skip reads to the end of the current element.
func (d *decoder) skip() error {
	for depth := 1; depth > 0; {
		t, err := d.token()
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// text reads the characters of the current element.
func (d *decoder) text() (string, error) {
	var b []byte
	for depth := 1; depth > 0; {
		t, err := d.token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			b = append(b, t...)
		}
	}
	return string(b), nil
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// on reads a toggle property: <w:vanish/> is on, val="0" off.
func on(t xml.StartElement) bool {
	switch attr(t, "val") {
	case "0", "false", "off":
		return false
	}
	return true
}
