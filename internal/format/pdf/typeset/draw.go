package typeset

// draw.go draws pages with gopdf.

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/png"

	"github.com/signintech/gopdf"

	"juesuan/internal/typeface"
)

const ruleWidth = 0.5

// paint draws the pages; its result is what finish completes.
func paint(ctx context.Context, pages []*page) ([]byte, error) {
	var pdf gopdf.GoPdf
	pdf.Start(gopdf.Config{PageSize: gopdf.Rect{W: a4Short, H: a4Long}})
	pdf.SetNoCompression() // finish adds the marks of the structure, then compresses
	for _, f := range faces() {
		if err := pdf.AddTTFFontData(f.Name, f.Data()); err != nil {
			return nil, fmt.Errorf("font %s: %w", f.Name, err)
		}
	}
	for i, g := range pages {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := paintPage(&pdf, g); err != nil {
			return nil, fmt.Errorf("draw page %d: %w", i+1, err)
		}
	}
	return pdf.GetBytesPdfReturnErr()
}

func faces() []*typeface.Face { return []*typeface.Face{typeface.Text(), typeface.Bold()} }

func paintPage(pdf *gopdf.GoPdf, g *page) error {
	pdf.AddPageWithOption(gopdf.PageOption{PageSize: &gopdf.Rect{W: g.geo.w, H: g.geo.h}})
	if len(g.rules) > 0 {
		pdf.SetLineWidth(ruleWidth)
	}
	for _, r := range g.rules {
		pdf.Line(r.x0, r.y0, r.x1, r.y1)
	}
	var face *typeface.Face
	size := 0.0
	for _, m := range g.marks {
		if m.picture != nil {
			if err := paintPicture(pdf, m); err != nil {
				return err
			}
			continue
		}
		if m.face != face || m.size != size {
			if err := pdf.SetFont(m.face.Name, "", m.size); err != nil {
				return fmt.Errorf("font %s: %w", m.face.Name, err)
			}
			face, size = m.face, m.size
		}
		if err := pdf.SetCharSpacing(m.spread); err != nil {
			return err
		}
		pdf.SetXY(m.x, m.y)
		if err := pdf.Text(m.s); err != nil {
			return fmt.Errorf("text %q: %w", m.s, err)
		}
	}
	return nil
}

func paintPicture(pdf *gopdf.GoPdf, m mark) error {
	at := &gopdf.Rect{W: m.w, H: m.h}
	data, err := plainPNG(m.picture.PNG)
	if err != nil {
		return fmt.Errorf("picture %q: %w", m.picture.Alt, err)
	}
	h, err := gopdf.ImageHolderByBytes(data)
	if err == nil {
		err = pdf.ImageByHolder(h, m.x, m.y, at)
	}
	if err != nil {
		return fmt.Errorf("picture %q: %w", m.picture.Alt, err)
	}
	return nil
}

// plainPNG is the picture in 8-bit RGB on white: gopdf reads neither 16 bits
// nor interlaced lines, and a page is white.
func plainPNG(data []byte) ([]byte, error) {
	src, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	b := src.Bounds()
	dst := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(dst, dst.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(dst, dst.Bounds(), src, b.Min, draw.Over)
	var out bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := e.Encode(&out, dst); err != nil { // opaque: written without alpha
		return nil, err
	}
	return out.Bytes(), nil
}
