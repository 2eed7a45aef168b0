package pdf

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"juesuan/internal/document"
)

var update = flag.Bool("update", false, "write the golden files anew")

func read(t testing.TB, data []byte) *document.Document {
	t.Helper()
	d, err := Read(context.Background(), "test.pdf", data, document.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// render writes a document a line a block or table row.
func render(d *document.Document) string {
	var b strings.Builder
	for _, w := range d.Warnings {
		fmt.Fprintf(&b, "! %s\n", w.Message)
	}
	for _, x := range d.Blocks {
		switch x.Kind {
		case document.Heading:
			fmt.Fprintf(&b, "p%d #%d %s\n", x.Place.Page, x.Level, x.Text.S)
		case document.Paragraph:
			fmt.Fprintf(&b, "p%d %s\n", x.Place.Page, x.Text.S)
		case document.TableBlock:
			fmt.Fprintf(&b, "p%d table, ruled %v\n", x.Place.Page, x.Table.Ruled)
			for _, l := range strings.SplitAfter(show(x.Table.Rows), "\n") {
				if l != "" {
					b.WriteString("\t" + l)
				}
			}
		}
	}
	return b.String()
}

// The golden PDFs are our own: report.pdf and partial.pdf (one table without
// lines, one with horizontal, one with vertical lines only) by LibreOffice from
// the .fodt, web.pdf by Chromium from web.html (its fonts are Type 3).
func TestGolden(t *testing.T) {
	for _, name := range []string{"report", "partial", "web"} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", name+".pdf"))
			if err != nil {
				t.Fatal(err)
			}
			d := read(t, data)
			checkModel(t, d)
			got := render(d)
			golden := filepath.Join("testdata", name+".txt")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("read differently, see go test -update:\n%s", got)
			}
		})
	}
}

// failer is a test or a property.
type failer interface {
	Helper()
	Errorf(string, ...any)
}

// checkModel holds a document to what the model promises.
func checkModel(t failer, d *document.Document) {
	t.Helper()
	for i, b := range d.Blocks {
		if b.Place.Page < 1 || b.Place.Page > d.Files[0].Pages {
			t.Errorf("block %d is on page %d", i, b.Place.Page)
		}
		end := 0
		for _, s := range b.Text.Spans {
			if s.Start != end || s.End < s.Start || s.End > len(b.Text.S) {
				t.Errorf("block %d: span %d..%d after %d in %d bytes", i, s.Start, s.End, end, len(b.Text.S))
			}
			end = s.End
		}
		if b.Kind != document.TableBlock {
			if end != len(b.Text.S) {
				t.Errorf("block %d: spans end at %d of %d", i, end, len(b.Text.S))
			}
			continue
		}
		owner := map[[2]int]bool{}
		for r, row := range b.Table.Rows {
			if len(row) != len(b.Table.Rows[0]) {
				t.Errorf("block %d: row %d has %d cells", i, r, len(row))
			}
			for c, cell := range row {
				if cell.Covered {
					if cell.Text != "" {
						t.Errorf("block %d: covered r%dc%d has text", i, r, c)
					}
					if !owner[[2]int{r, c}] {
						t.Errorf("block %d: r%dc%d is covered by nothing", i, r, c)
					}
					continue
				}
				for y := r; y < r+cell.RowSpan; y++ {
					for x := c; x < c+cell.ColSpan; x++ {
						if owner[[2]int{y, x}] {
							t.Errorf("block %d: r%dc%d is covered twice", i, y, x)
						}
						owner[[2]int{y, x}] = true
					}
				}
				if r+cell.RowSpan > len(b.Table.Rows) || c+cell.ColSpan > len(row) {
					t.Errorf("block %d: r%dc%d spans %d×%d", i, r, c, cell.RowSpan, cell.ColSpan)
				}
			}
		}
	}
}

func tableOn(t *testing.T, d *document.Document) *document.Table {
	t.Helper()
	for _, b := range d.Blocks {
		if b.Kind == document.TableBlock {
			return b.Table
		}
	}
	t.Fatalf("no table in:\n%s", render(d))
	return nil
}

// box is a ruled table of two rows and columns in user space.
func box(x, y float64) string {
	return strokes(x, y, x+200, y, x, y+20, x+200, y+20, x, y+40, x+200, y+40, x, y, x, y+40, x+100, y, x+100, y+40, x+200, y, x+200, y+40)
}

func TestEveryWayUp(t *testing.T) {
	// The font is not embedded: without a stand-in the engine drops turned text.
	const want = "项目|决算数\n基本支出|12.50\n"
	upright := box(100, 300) + put(up, 110, 326, 10, "项目") + put(up, 210, 326, 10, "决算数") + put(up, 110, 306, 10, "基本支出") + put(up, 260, 306, 10, "12.50")
	left := "0 1 -1 0 500 0 cm\n" + upright    // text reads upwards
	right := "0 -1 1 0 0 500 cm\n" + upright   // text reads downwards
	over := "-1 0 0 -1 500 500 cm\n" + upright // upside down
	for name, p := range map[string]tinyPage{
		"upright":        {W: 500, H: 500, Content: upright},
		"rotated page":   {W: 500, H: 500, Content: right, Rotate: 270},
		"rotated left":   {W: 500, H: 500, Content: left, Rotate: 90},
		"sideways right": {W: 500, H: 500, Content: right},
		"sideways left":  {W: 500, H: 500, Content: left},
		"upside down":    {W: 500, H: 500, Content: over, Rotate: 180},
		"on its head":    {W: 500, H: 500, Content: over},
		"in a form":      {W: 500, H: 500, Content: "q 1 0 0 1 20 10 cm /X1 Do Q", Form: upright},
	} {
		t.Run(name, func(t *testing.T) {
			d := read(t, tinyPDF(p))
			checkModel(t, d)
			wantTable(t, tableOn(t, d).Rows, want)
			// 12.50 stands in the cell 200..300 by 300..320 from the lower left
			// corner, before any turn.
			got, want := tableOn(t, d).Rows[1][1].Place.Box, map[string]document.Box{
				"upright": {X0: 200, Y0: 180, X1: 300, Y1: 200}, "rotated page": {X0: 200, Y0: 180, X1: 300, Y1: 200},
				"rotated left": {X0: 200, Y0: 180, X1: 300, Y1: 200}, "upside down": {X0: 200, Y0: 180, X1: 300, Y1: 200},
				"sideways right": {X0: 300, Y0: 200, X1: 320, Y1: 300}, "sideways left": {X0: 180, Y0: 200, X1: 200, Y1: 300},
				"on its head": {X0: 200, Y0: 300, X1: 300, Y1: 320}, "in a form": {X0: 220, Y0: 170, X1: 320, Y1: 190},
			}[name]
			if math.Abs(got.X0-want.X0)+math.Abs(got.Y0-want.Y0)+math.Abs(got.X1-want.X1)+math.Abs(got.Y1-want.Y1) > 4 {
				t.Errorf("12.50 is at %+v, want %+v", got, want)
			}
		})
	}
}

func TestRectanglesAndThinBoxes(t *testing.T) {
	content := "100 300 100 20 re S 200 300 100 20 re S\n" + // two cells drawn as boxes
		"100 320 200 .5 re f 100 340 200 .5 re f 100 320 .5 20 re f 200 320 .5 20 re f 300 320 .5 20 re f\n" + // filled lines
		"1 1 1 RG 150 250 m 150 400 l S 0 0 0 RG\n" + // white line: not seen
		put(up, 110, 326, 10, "项目") + put(up, 210, 326, 10, "决算数") + put(up, 110, 306, 10, "基本支出") + put(up, 260, 306, 10, "12.50")
	wantTable(t, tableOn(t, read(t, tinyPDF(tinyPage{W: 500, H: 500, Content: content}))).Rows, "项目|决算数\n基本支出|12.50\n")
}

// numbered makes pages of running text with a number at the foot.
func numbered(n int, text func(i int) string, foot func(i int) string) []byte {
	var pages []tinyPage
	for i := range n {
		pages = append(pages, tinyPage{W: 400, H: 600, Content: text(i) + put(up, 190, 20, 9, foot(i))})
	}
	return tinyPDF(pages...)
}

func TestPageNumberInsideNumber(t *testing.T) {
	// The sentence goes on over the page, its number broken by the page's own.
	long := strings.Repeat("档", 30)
	data := numbered(3, func(i int) string {
		switch i {
		case 0:
			return put(up, 64, 560, 10, strings.Repeat("案", 27)+"。") + put(up, 40, 540, 10, long) + put(up, 40, 520, 10, long[:3*28]+"增加4")
		case 1:
			return put(up, 40, 560, 10, "07,573.11万元,增长19.3%。") + put(up, 64, 540, 10, "另起一段。")
		}
		return put(up, 64, 560, 10, "第三页。")
	}, func(i int) string { return fmt.Sprintf("- %d -", i+4) })
	got := render(read(t, data))
	if !strings.Contains(got, "增加407,573.11万元,增长19.3%。\n") || strings.Contains(got, "- 5 -") {
		t.Errorf("read:\n%s", got)
	}
}

func TestNumbersThatAreNoPageNumbers(t *testing.T) {
	// A lone number at the foot that does not count with the pages is text.
	data := numbered(3, func(i int) string { return put(up, 64, 560, 10, "说明。") }, func(i int) string { return []string{"12", "7", "30"}[i] })
	if got := render(read(t, data)); !strings.Contains(got, "12") || !strings.Contains(got, "30") {
		t.Errorf("read:\n%s", got)
	}
}

func TestRunningHead(t *testing.T) {
	var pages []tinyPage
	for i := range 6 {
		title := put(up, 150, 540, 14, fmt.Sprintf("表%d收入决算表", i))
		if i > 3 {
			title = put(up, 150, 540, 14, "支出决算表") // a title repeated on a continued page stays
		}
		pages = append(pages, tinyPage{W: 400, H: 600, Content: put(up, 40, 575, 9, "示例市档案服务中心") + title + put(up, 64, 500, 10, "文字。")})
	}
	got := render(read(t, tinyPDF(pages...)))
	if strings.Contains(got, "示例市") || strings.Count(got, "支出决算表") != 2 {
		t.Errorf("read:\n%s", got)
	}
}

func TestPageNumberUnderSidewaysTable(t *testing.T) {
	for name, turn := range map[string]string{"right": "q 0 -1 1 0 0 700 cm\n", "left": "q 0 1 -1 0 500 0 cm\n"} {
		t.Run(name, func(t *testing.T) {
			var pages []tinyPage
			for i := range 3 {
				pages = append(pages, tinyPage{W: 500, H: 700, Content: turn + box(100, 200) + put(up, 110, 226, 10, "项目支出明细") +
					put(up, 210, 226, 10, "决算数") + put(up, 110, 206, 10, "基本支出") + put(up, 260, 206, 10, "12.50") + " Q " +
					put(up, 240, 25, 9, fmt.Sprintf("- %d -", i+12))})
			}
			d := read(t, tinyPDF(pages...))
			if got := render(d); strings.Contains(got, "13") || len(d.Blocks) != 3 {
				t.Errorf("read:\n%s", got)
			}
		})
	}
}

func TestRunningFoot(t *testing.T) {
	data := numbered(5, func(i int) string { return put(up, 64, 560, 10, "文字。") }, func(i int) string { return fmt.Sprintf("示例局 第%d页", i+1) })
	if got := render(read(t, data)); strings.Contains(got, "示例局") {
		t.Errorf("read:\n%s", got)
	}
}

func TestErrors(t *testing.T) {
	locked, err := os.ReadFile("testdata/locked.pdf")
	if err != nil {
		t.Fatal(err)
	}
	text := tinyPage{W: 400, H: 600, Content: put(up, 40, 500, 10, "文字")}
	scan := tinyPage{W: 400, H: 600, Content: "400 0 0 600 0 0 cm /I1 Do", Image: true}
	few := document.DefaultLimits()
	few.Pages = 2
	small := document.DefaultLimits()
	small.Bytes = 10
	for name, c := range map[string]struct {
		data []byte
		lim  document.Limits
		want string
	}{
		"empty":     {nil, document.DefaultLimits(), "空"},
		"no pdf":    {[]byte("<html>not a pdf</html>"), document.DefaultLimits(), "损坏"},
		"cut":       {tinyPDF(text)[:300], document.DefaultLimits(), "损坏"},
		"encrypted": {locked, document.DefaultLimits(), "加密"},
		"scan":      {tinyPDF(scan, scan), document.DefaultLimits(), "扫描件"},
		"pages":     {tinyPDF(text, text, text), few, "上限"},
		"bytes":     {tinyPDF(text), small, "上限"},
		"garbled":   {tinyPDF(tinyPage{W: 400, H: 600, Content: put(up, 40, 500, 10, "\ue001\ue002\ue003\ue004")}), document.DefaultLimits(), "乱码"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(context.Background(), "f.pdf", c.data, c.lim)
			var re *document.ReadError
			if !errors.As(err, &re) || !strings.Contains(re.Error(), c.want) || re.Remedy == "" {
				t.Errorf("error %v, want one of %s", err, c.want)
			}
		})
	}
}

func TestScannedPageAmongText(t *testing.T) {
	text := tinyPage{W: 400, H: 600, Content: put(up, 40, 500, 10, "文字")}
	scan := tinyPage{W: 400, H: 600, Content: "400 0 0 600 0 0 cm /I1 Do"}
	d := read(t, tinyPDF(text, scan, text))
	if len(d.Warnings) != 1 || !strings.Contains(d.Warnings[0].Message, "第2页") {
		t.Errorf("warnings %v", d.Warnings)
	}
}

func TestRecognisedScan(t *testing.T) {
	ocr := tinyPage{W: 400, H: 600, Content: "q 400 0 0 600 0 0 cm /I1 Do Q 3 Tr " + put(up, 40, 500, 10, "文字")}
	d := read(t, tinyPDF(ocr))
	if len(d.Warnings) != 1 || !strings.Contains(d.Warnings[0].Message, "OCR") || len(d.Blocks) != 1 {
		t.Errorf("%s", render(d))
	}
}

func TestHostilePages(t *testing.T) {
	var many strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&many, "%d 0 m %d 500 l S 0 %d m 500 %d l S\n", i, i, i, i)
	}
	text := put(up, 40, 300, 10, "文字")
	for name, p := range map[string]tinyPage{
		"form in itself": {W: 500, H: 500, Content: "/X1 Do", Form: text + "/X1 Do"},
		"many lines":     {W: 500, H: 500, Content: many.String() + text},
		"huge":           {W: 1e9, H: 1e9, Content: text},
		"no size":        {W: 0, H: 0, Content: text},
		"infinite":       {W: 500, H: 500, Content: "1e38 0 0 1e38 1e38 1e38 cm 1e38 1e38 m 1e38 0 l S " + text},
		"thin":           {W: 500, H: 500, Content: "1e-20 0 0 1e-20 0 0 cm " + text},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Read(context.Background(), "f.pdf", tinyPDF(p, tinyPage{W: 500, H: 500, Content: text}), document.DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			checkModel(t, d)
		})
	}
}

func TestTimeIsUp(t *testing.T) {
	ctx, cancel := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancel()
	_, err := Read(ctx, "f.pdf", tinyPDF(tinyPage{W: 400, H: 600}), document.DefaultLimits())
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "时限") {
		t.Errorf("error %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(tinyPDF(tinyPage{W: 400, H: 600, Content: box(100, 300) + put(up, 110, 326, 10, "项目")}))
	f.Add(tinyPDF(tinyPage{W: 400, H: 600, Rotate: 90, Content: "/X1 Do", Form: "/X1 Do " + box(10, 10)}, tinyPage{}))
	f.Add([]byte("%PDF-1.4\n%%EOF"))
	lim := document.DefaultLimits()
	lim.Pages, lim.Cells, lim.Time = 20, 10_000, 10*time.Second
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read(context.Background(), "f.pdf", data, lim)
		if err == nil {
			checkModel(t, d)
			return
		}
		var re *document.ReadError
		if !errors.As(err, &re) {
			t.Errorf("error without a Chinese reason: %v", err)
		}
	})
}
