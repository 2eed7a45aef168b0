package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"juesuan/internal/document"
	"juesuan/internal/format/formattest"
)

// order is that of the sequences of ISO/IEC 29500-1, as far as we write them:
// Word calls a file damaged whose elements stand in another.
var order = map[string][]string{
	"pPr":      strings.Fields("pStyle keepNext keepLines pageBreakBefore widowControl tabs spacing ind jc outlineLvl rPr sectPr"),
	"rPr":      strings.Fields("rFonts b bCs kern sz szCs lang"),
	"tblPr":    strings.Fields("tblW jc tblBorders tblLayout tblCellMar tblCaption"),
	"tcPr":     strings.Fields("tcW gridSpan vMerge vAlign"),
	"sectPr":   strings.Fields("footerReference type pgSz pgMar pgNumType cols"),
	"style":    strings.Fields("name basedOn next uiPriority qFormat pPr rPr"),
	"settings": strings.Fields("zoom defaultTabStop evenAndOddHeaders characterSpacingControl updateFields compat themeFontLang"),
	"font":     strings.Fields("altName charset family pitch"),
	"inline":   strings.Fields("extent docPr cNvGraphicFramePr graphic"),
}

func TestSchemaOrder(t *testing.T) {
	for _, d := range []*document.Document{small(), formattest.Published()} {
		file := write(t, d)
		z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			if !strings.HasPrefix(f.Name, "word/") || !strings.HasSuffix(f.Name, ".xml") {
				continue
			}
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			checkOrder(t, f.Name, xml.NewDecoder(r))
		}
	}
}

func checkOrder(t *testing.T, part string, d *xml.Decoder) {
	type open struct {
		name string
		last int
	}
	var stack []open
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", part, err)
		}
		switch x := tok.(type) {
		case xml.StartElement:
			if n := len(stack); n > 0 {
				up := &stack[n-1]
				if seq := order[up.name]; seq != nil {
					i := slices.Index(seq, x.Name.Local)
					if i < up.last || i < 0 {
						t.Fatalf("%s: %s in %s is out of order", part, x.Name.Local, up.name)
					}
					up.last = i
				}
			}
			stack = append(stack, open{name: x.Name.Local})
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		}
	}
}
