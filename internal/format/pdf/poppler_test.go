package pdf

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"juesuan/internal/document"
)

// The tables are checked against a second opinion that shares nothing with
// this package: poppler draws the page, the white areas that its black lines
// enclose are the cells, and poppler's own word boxes say what stands in each.

const corpusDir = "../../../../shared/corpus"

func corpusFile(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join(corpusDir, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("corpus file %s is absent", name)
	}
	return path
}

func needTool(t testing.TB, name string) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is absent", name)
	}
}

// bitmap is a page drawn in grey.
type bitmap struct {
	w, h  int
	scale float64 // pixels a point
	pix   []byte
	label []int // of white areas, 0 for dark
}

func drawPage(t *testing.T, path string, page int) *bitmap {
	t.Helper()
	const dpi = 144
	cmd := exec.Command("pdftoppm", "-gray", "-r", strconv.Itoa(dpi), "-f", strconv.Itoa(page), "-l", strconv.Itoa(page), path)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("draw page %d: %v", page, err)
	}
	b := &bitmap{scale: dpi / 72.0}
	var max int
	if _, err := fmt.Sscanf(string(out[:min(len(out), 40)]), "P5\n%d %d\n%d\n", &b.w, &b.h, &max); err != nil {
		t.Fatalf("draw page %d: %v", page, err)
	}
	b.pix = out[len(out)-b.w*b.h:]
	b.thicken()
	b.flood()
	return b
}

// thicken widens every line by a pixel, to close the joints where the drawing
// of two lines misses by one.
func (b *bitmap) thicken() {
	out := slices.Clone(b.pix)
	for y := 1; y < b.h-1; y++ {
		for x := 1; x < b.w-1; x++ {
			if b.pix[y*b.w+x] < white {
				for _, d := range []int{-b.w, -1, 1, b.w} {
					out[y*b.w+x+d] = 0
				}
			}
		}
	}
	b.pix = out
}

// white is the least grey of paper: hairlines are drawn pale.
const white = 250

// flood labels the connected white areas.
func (b *bitmap) flood() {
	b.label = make([]int, len(b.pix))
	next := 0
	var stack []int
	for i := range b.pix {
		if b.pix[i] < white || b.label[i] != 0 {
			continue
		}
		next++
		b.label[i] = next
		stack = append(stack[:0], i)
		for len(stack) > 0 {
			k := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			x := k % b.w
			for _, n := range []int{k - 1, k + 1, k - b.w, k + b.w} {
				if n < 0 || n >= len(b.pix) || n == k-1 && x == 0 || n == k+1 && x == b.w-1 {
					continue
				}
				if b.pix[n] >= white && b.label[n] == 0 {
					b.label[n] = next
					stack = append(stack, n)
				}
			}
		}
	}
}

// areaOf is the most frequent label on the border of a box in points.
func (b *bitmap) areaOf(x0, y0, x1, y1 float64) int {
	count := map[int]int{}
	put := func(x, y float64) {
		i, j := int(x*b.scale), int(y*b.scale)
		if i >= 0 && i < b.w && j >= 0 && j < b.h {
			if l := b.label[j*b.w+i]; l != 0 {
				count[l]++
			}
		}
	}
	for x := x0; x <= x1; x += 0.5 {
		put(x, y0)
		put(x, y1)
	}
	for y := y0; y <= y1; y += 0.5 {
		put(x0, y)
		put(x1, y)
	}
	best := 0
	for l, n := range count {
		if n > count[best] {
			best = l
		}
	}
	return best
}

type popplerWord struct {
	X0   float64 `xml:"xMin,attr"`
	Y0   float64 `xml:"yMin,attr"`
	X1   float64 `xml:"xMax,attr"`
	Y1   float64 `xml:"yMax,attr"`
	Text string  `xml:",chardata"`
}

func popplerWords(t *testing.T, path string, page int) []popplerWord {
	t.Helper()
	p := strconv.Itoa(page)
	out, err := exec.Command("pdftotext", "-bbox", "-f", p, "-l", p, path, "-").Output()
	if err != nil {
		t.Fatalf("words of page %d: %v", page, err)
	}
	var words []popplerWord
	d := xml.NewDecoder(bytes.NewReader(out))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	for {
		tok, err := d.Token()
		if err != nil {
			return words
		}
		if e, ok := tok.(xml.StartElement); ok && e.Name.Local == "word" {
			var w popplerWord
			if err := d.DecodeElement(&w, &e); err != nil {
				t.Fatal(err)
			}
			words = append(words, w)
		}
	}
}

func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(s))
}

// sorted characters: poppler orders pieces of a cell its own way.
func letters(s string) string {
	r := []rune(bare(s))
	slices.Sort(r)
	return string(r)
}

func TestTablesAgainstPoppler(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many pages")
	}
	needTool(t, "pdftoppm")
	needTool(t, "pdftotext")
	for _, f := range []struct {
		name  string
		pages [2]int
	}{
		{"putuo-ghzyj-2024.pdf", [2]int{6, 19}},
		{"putuo-shgzb-2024.pdf", [2]int{4, 16}},
		{"foshan-gdjtj-2019.pdf", [2]int{5, 29}},
		{"xian-wjw-2022.pdf", [2]int{145, 161}},
	} {
		t.Run(f.name, func(t *testing.T) {
			path := corpusFile(t, f.name)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			d, err := Read(context.Background(), path, data, document.DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			cells := 0
			for page := f.pages[0]; page <= f.pages[1]; page++ {
				var bm *bitmap
				var words []popplerWord
				for _, b := range d.Blocks {
					if b.Kind != document.TableBlock || b.Place.Page != page {
						continue
					}
					if bm == nil {
						bm, words = drawPage(t, path, page), popplerWords(t, path, page)
					}
					cells += compareTable(t, b.Table, bm, words)
				}
			}
			t.Logf("%d cells agree in text, row and column", cells)
			if cells < 100 {
				t.Errorf("only %d cells compared", cells)
			}
		})
	}
}

func compareTable(t *testing.T, table *document.Table, bm *bitmap, words []popplerWord) (cells int) {
	t.Helper()
	inArea := map[int][]popplerWord{}
	box := table.Place.Box
	for _, w := range words {
		if x, y := (w.X0+w.X1)/2, (w.Y0+w.Y1)/2; x > box.X0 && x < box.X1 && y > box.Y0 && y < box.Y1 {
			l := bm.areaOf(w.X0-1.2, w.Y0+1, w.X1+1.2, w.Y1-1)
			inArea[l] = append(inArea[l], w)
		}
	}
	for r, row := range table.Rows {
		for c, cell := range row {
			if cell.Covered {
				continue
			}
			b := cell.Place.Box
			l := bm.areaOf(b.X0+1.5, b.Y0+1.5, b.X1-1.5, b.Y1-1.5)
			ws := inArea[l]
			delete(inArea, l)
			slices.SortFunc(ws, func(a, b popplerWord) int { return cmp.Or(cmp.Compare(a.Y0, b.Y0), cmp.Compare(a.X0, b.X0)) })
			var want strings.Builder
			for _, w := range ws {
				want.WriteString(w.Text)
			}
			if letters(cell.Text) != letters(want.String()) {
				t.Errorf("page %d r%dc%d: read %q, poppler sees %q", table.Place.Page, r, c, cell.Text, want.String())
			}
			// The place in the grid agrees with the place on the page.
			if r > 0 && !row[0].Covered && !table.Rows[r-1][0].Covered && table.Rows[r-1][0].Place.Box.Y0 >= row[0].Place.Box.Y0 {
				t.Errorf("page %d: row %d is not below row %d", table.Place.Page, r, r-1)
			}
			if c > 0 && !row[c-1].Covered && row[c-1].Place.Box.X1 > b.X0+1 {
				t.Errorf("page %d r%dc%d does not stand right of its neighbour", table.Place.Page, r, c)
			}
			cells++
		}
	}
	for _, ws := range inArea {
		for _, w := range ws {
			t.Errorf("page %d: %q at (%.0f,%.0f) is in no cell", table.Place.Page, w.Text, w.X0, w.Y0)
		}
	}
	return cells
}
