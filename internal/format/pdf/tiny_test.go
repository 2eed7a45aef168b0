package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
)

// A PDF of a few hundred bytes, written by hand: the font is named, not
// embedded, and its codes are UCS-2, so that any Chinese text can be set.

type tinyPage struct {
	W, H    float64
	Rotate  int
	Content string
	Form    string // content of a form drawn as /X1
	Image   bool   // a picture drawn as /I1
}

func tinyPDF(pages ...tinyPage) []byte {
	var b bytes.Buffer
	var at []int
	obj := func(body string) int {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), body)
		return len(at)
	}
	stream := func(dict, data string) string {
		return fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", dict, len(data), data)
	}
	b.WriteString("%PDF-1.7\n")
	cid := obj("<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/W[1 95 500 814 939 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>>>")
	font := obj(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[%d 0 R]>>", cid))
	root := len(at) + 1 + 4*len(pages) + 1
	var kids strings.Builder
	for _, p := range pages {
		c := obj(stream("", p.Content))
		f := obj(stream(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 2000 2000]/Resources<</Font<</F1 %d 0 R>>>>", font), p.Form))
		img := obj(stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "A"))
		n := obj(fmt.Sprintf("<</Type/Page/Parent %d 0 R/MediaBox[0 0 %g %g]/Rotate %d/Contents %d 0 R/Resources<</Font<</F1 %d 0 R>>/XObject<</X1 %d 0 R/I1 %d 0 R>>>>>>", root, p.W, p.H, p.Rotate, c, font, f, img))
		fmt.Fprintf(&kids, "%d 0 R ", n)
	}
	for len(at)+1 < root {
		obj("null")
	}
	obj(fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids.String(), len(pages)))
	cat := obj(fmt.Sprintf("<</Type/Catalog/Pages %d 0 R>>", root))
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, cat, xref)
	return b.Bytes()
}

// put sets text with its baseline at x, y from the lower left corner; m is the
// direction, "1 0 0 1" for upright.
func put(m string, x, y, size float64, s string) string {
	var hex strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&hex, "%04x", u)
	}
	return fmt.Sprintf("BT /F1 %g Tf %s %g %g Tm <%s> Tj ET\n", size, m, x, y, hex.String())
}

const up = "1 0 0 1"

// strokes draws lines: x0 y0 x1 y1 each.
func strokes(xy ...float64) string {
	var b strings.Builder
	for i := 0; i+3 < len(xy); i += 4 {
		fmt.Fprintf(&b, "%g %g m %g %g l S\n", xy[i], xy[i+1], xy[i+2], xy[i+3])
	}
	return b.String()
}
