package xlsx

// write.go is the way back of xlsx.go: the tables of a Document as a workbook,
// one worksheet a table, as it is printed and with live formulas.

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"juesuan/internal/document"
)

// WriteOptions are what a workbook says about itself. The zero value is ready
// for use.
type WriteOptions struct {
	Title  string // of the document properties
	Author string // the unit that publishes; never a person
}

// Write writes the tables of doc as a workbook; the narrative is left to other
// formats. Above each table stand its number, title and unit line, below it
// its notes. Amounts are stored with all their decimals (Cell.Number) and show
// as they are printed; a cell with Cell.Sum is a formula that carries its
// value, so that a reader that does not calculate sees it, too. The same
// Document gives the same bytes.
func Write(ctx context.Context, doc *document.Document, w io.Writer, opt WriteOptions) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // nothing on disk
	b := &workbook{f: f, styles: map[look]int{}, names: map[string]bool{}}
	for i := range doc.Blocks {
		if doc.Blocks[i].Table == nil || len(doc.Blocks[i].Table.Rows) == 0 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("write xlsx: %w", err)
		}
		s := around(doc.Blocks, i)
		if err := b.add(s); err != nil {
			return fmt.Errorf("write sheet %s: %w", s.name(), err)
		}
	}
	if len(b.names) == 0 {
		return fmt.Errorf("write xlsx: the document has no table")
	}
	f.SetActiveSheet(0)
	if err := f.SetDocProps(&excelize.DocProperties{
		Title: opt.Title, Creator: opt.Author, LastModifiedBy: opt.Author, Language: "zh-CN",
		Created: epoch, Modified: epoch,
	}); err != nil {
		return fmt.Errorf("write properties: %w", err)
	}
	if err := f.SetAppProps(&excelize.AppProperties{Application: "juesuan"}); err != nil {
		return fmt.Errorf("write properties: %w", err)
	}
	return Save(f, w)
}

// epoch is the time in every workbook, so that equal documents are equal files.
const epoch = "1980-01-01T00:00:00Z"

// sheetText is a table and the lines around it.
type sheetText struct {
	tag, title, unit string
	notes            []string
	table            *document.Table
	landscape        bool
}

// around gathers the lines that belong to the table at doc.Blocks[i].
func around(blocks []document.Block, i int) *sheetText {
	s := &sheetText{table: blocks[i].Table, landscape: blocks[i].Landscape}
	for k := i - 1; k >= 0; k-- {
		b := &blocks[k]
		text := strings.TrimSpace(b.Text.S)
		switch b.Style {
		case document.TableTag:
			s.tag = text
		case document.Caption:
			s.title = text
		case document.Unitline:
			s.unit = strings.Trim(b.Text.S, " \n")
		default:
			k = 0
		}
	}
	for k := i + 1; k < len(blocks) && blocks[k].Style == document.Note && blocks[k].Table == nil; k++ {
		s.notes = append(s.notes, strings.TrimSpace(blocks[k].Text.S))
	}
	return s
}

// name is the short name of the table: 01收入支出决算总表.
func (s *sheetText) name() string {
	number := strings.TrimFunc(s.tag, func(r rune) bool { return r < '0' || r > '9' })
	title := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'：`, r) || r < ' ' {
			return -1
		}
		return r
	}, strings.Join(strings.Fields(s.title), ""))
	name := []rune(number + title)
	if len(name) == 0 {
		name = []rune("表")
	}
	return string(name[:min(len(name), excelize.MaxSheetNameLength)])
}

// look is what styles differ in.
type look struct {
	align    string
	format   string // number format, "" general text
	indent   int
	bold     bool
	bordered bool
	size     float64
	wrap     bool
}

type workbook struct {
	f      *excelize.File
	styles map[look]int
	names  map[string]bool
}

func (b *workbook) style(l look) (int, error) {
	if id, ok := b.styles[l]; ok {
		return id, nil
	}
	s := &excelize.Style{
		Font:      &excelize.Font{Family: "宋体", Size: l.size, Bold: l.bold},
		Alignment: &excelize.Alignment{Horizontal: l.align, Vertical: "center", Indent: l.indent, WrapText: l.wrap},
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	} else {
		s.NumFmt = 49 // text: codes keep their digits
	}
	if l.bordered {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	id, err := b.f.NewStyle(s)
	if err != nil {
		return 0, err
	}
	b.styles[l] = id
	return id, nil
}

// sheetWriter writes one worksheet; the first error stays.
type sheetWriter struct {
	*workbook
	sheet string
	err   error
}

func (w *sheetWriter) do(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (b *workbook) add(s *sheetText) error {
	name := s.name()
	for n := 2; b.names[name]; n++ {
		mark := fmt.Sprintf("(%d)", n)
		r := []rune(s.name())
		name = string(r[:min(len(r), excelize.MaxSheetNameLength-len(mark))]) + mark
	}
	if len(b.names) == 0 {
		if err := b.f.SetSheetName("Sheet1", name); err != nil {
			return err
		}
	} else if _, err := b.f.NewSheet(name); err != nil {
		return err
	}
	b.names[name] = true
	w := &sheetWriter{workbook: b, sheet: name}
	w.write(s)
	return w.err
}

func (w *sheetWriter) write(s *sheetText) {
	cols := len(s.table.Rows[0])
	row := 1
	if s.tag != "" {
		w.line(row, 1, cols, s.tag, look{align: "right", size: 10})
		row++
	}
	if s.title != "" {
		w.line(row, 1, cols, s.title, look{align: "center", size: 16, bold: true})
		w.do(w.f.SetRowHeight(w.sheet, row, 28))
		row++
	}
	if s.unit != "" {
		left, right, two := strings.Cut(s.unit, "\t")
		half := cols
		if two && cols > 1 {
			half = (cols + 1) / 2
			w.line(row, half+1, cols, strings.TrimSpace(right), look{align: "right", size: 10})
		} else {
			left = strings.ReplaceAll(s.unit, "\t", "　　")
		}
		w.line(row, 1, half, strings.TrimSpace(left), look{align: "left", size: 10})
		row++
	}
	w.grid(s.table, row)
	head := s.table.HeaderRows
	w.page(s, row, head)
	w.heights(s, row)
	row += len(s.table.Rows)
	for _, n := range s.notes {
		w.line(row, 1, cols, n, look{align: "left", size: 10, wrap: true})
		w.do(w.f.SetRowHeight(w.sheet, row, 15*float64(lines(n, w.total(s)))))
		row++
	}
}

// total is the width of the sheet in digits: an A4 page at 宋体 10.
func (w *sheetWriter) total(s *sheetText) float64 {
	if s.landscape {
		return 136
	}
	return 92
}

// lines a text takes in a width, generously.
func lines(s string, width float64) int {
	n := 0.0
	for _, r := range s {
		if r < 0x80 {
			n++
		} else {
			n += 2
		}
	}
	return 1 + int(n*0.97/width)
}

// line writes a text over the columns from to to.
func (w *sheetWriter) line(row, from, to int, s string, l look) {
	id, err := w.style(l)
	w.do(err)
	if s != "" {
		w.do(w.f.SetCellStr(w.sheet, cellName(from, row), s))
	}
	w.do(w.f.SetCellStyle(w.sheet, cellName(from, row), cellName(to, row), id))
	if to > from {
		w.do(w.f.MergeCell(w.sheet, cellName(from, row), cellName(to, row)))
	}
}

// grid writes the table with its first row at top.
func (w *sheetWriter) grid(t *document.Table, top int) {
	for r, row := range t.Rows {
		for c, x := range row {
			at := cellName(c+1, top+r)
			id, err := w.style(cellLook(x, r < t.HeaderRows))
			w.do(err)
			w.do(w.f.SetCellStyle(w.sheet, at, at, id))
			if x.Covered {
				continue
			}
			switch {
			case x.Text == "":
			case x.Sum != "" && storable(x.Number):
				w.do(SetFormula(w.f, w.sheet, at, shift(x.Sum, top-1), x.Number))
			case storable(x.Number):
				w.do(w.f.SetCellDefault(w.sheet, at, x.Number))
			default:
				w.do(w.f.SetCellStr(w.sheet, at, x.Text))
			}
			if x.RowSpan > 1 || x.ColSpan > 1 {
				to := cellName(c+max(1, x.ColSpan), top+r+max(1, x.RowSpan)-1)
				w.do(w.f.MergeCell(w.sheet, at, to))
				w.do(w.f.SetCellStyle(w.sheet, at, to, id))
			}
		}
	}
}

// heights gives every row the lines that its texts take: not every program
// fits rows to wrapped text by itself.
func (w *sheetWriter) heights(s *sheetText, top int) {
	widths := w.widths(s)
	for r, row := range s.table.Rows {
		most := 1
		for c, x := range row {
			if x.Covered || x.Text == "" || storable(x.Number) || x.RowSpan > 1 {
				continue
			}
			room := -2 * float64(x.Indent)
			for k := c; k < min(len(row), c+max(1, x.ColSpan)); k++ {
				room += widths[k]
			}
			n := 0
			for part := range strings.SplitSeq(x.Text, "\n") {
				n += lines(part, max(2, room-1))
			}
			most = max(most, n)
		}
		w.do(w.f.SetRowHeight(w.sheet, top+r, max(16, 13.5*float64(most)+3)))
	}
}

// storable reports whether a double holds the number exactly as written: up
// to 15 significant digits. A longer one stays a text rather than change.
func storable(number string) bool {
	digits := strings.TrimLeft(strings.NewReplacer("-", "", ".", "").Replace(number), "0")
	return number != "" && len(digits) <= 15 && plainNumber(number) != ""
}

func cellLook(x document.Cell, head bool) look {
	l := look{size: 10, bordered: true, bold: x.Bold, indent: x.Indent, wrap: true}
	switch x.Align {
	case document.AlignLeft:
		l.align = "left"
	case document.AlignCenter:
		l.align = "center"
	case document.AlignRight:
		l.align = "right"
	default:
		l.align = "left"
		if x.Number != "" {
			l.align = "right"
		}
	}
	if l.indent > 0 {
		l.align = "left"
	}
	if head && x.Align == document.AlignAuto {
		l.align = "center"
	}
	if storable(x.Number) && x.Text != "" {
		l.format, l.wrap = "0", false
		if _, frac, ok := strings.Cut(x.Text, "."); ok {
			l.format += "." + strings.Repeat("0", len(frac))
		}
		if strings.Contains(x.Text, ",") {
			l.format = "#,##" + l.format
		}
		if strings.HasPrefix(x.Number, "-") && !strings.Contains(x.Text, "-") {
			l.format += ";" + l.format // less than nothing that prints as 0.00
		}
	}
	return l
}

var cellRef = regexp.MustCompile(`([A-Z]{1,3})([0-9]+)`)

// shift moves a formula over the grid's own cells down by n rows.
func shift(formula string, n int) string {
	return cellRef.ReplaceAllStringFunc(formula, func(s string) string {
		m := cellRef.FindStringSubmatch(s)
		r, err := strconv.Atoi(m[2])
		if err != nil {
			return s
		}
		return m[1] + strconv.Itoa(r+n)
	})
}

// page sets widths, paper and what is repeated on every page.
func (w *sheetWriter) page(s *sheetText, top, head int) {
	for i, x := range w.widths(s) {
		col, err := excelize.ColumnNumberToName(i + 1)
		w.do(err)
		w.do(w.f.SetColWidth(w.sheet, col, col, x))
	}
	one, none, a4 := 1, 0, 9
	orientation := "portrait"
	if s.landscape {
		orientation = "landscape"
	}
	w.do(w.f.SetPageLayout(w.sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &orientation, FitToWidth: &one, FitToHeight: &none}))
	fit := true
	w.do(w.f.SetSheetProps(w.sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	lr, tb, hf := 0.6, 0.7, 0.3
	w.do(w.f.SetPageMargins(w.sheet, &excelize.PageLayoutMarginsOptions{
		Left: &lr, Right: &lr, Top: &tb, Bottom: &tb, Header: &hf, Footer: &hf, Horizontally: &fit,
	}))
	w.do(w.f.SetHeaderFooter(w.sheet, &excelize.HeaderFooterOptions{OddFooter: "&C第&P页，共&N页"}))
	if head > 0 {
		ref := fmt.Sprintf("'%s'!$%d:$%d", strings.ReplaceAll(w.sheet, "'", "''"), top, top+head-1)
		w.do(w.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: ref, Scope: w.sheet}))
		w.do(w.f.SetPanes(w.sheet, &excelize.Panes{
			Freeze: true, YSplit: top + head - 1, TopLeftCell: cellName(1, top+head), ActivePane: "bottomLeft",
		}))
	}
}

// widths of the columns, in digits. A column is never narrower than its
// longest amount.
func (w *sheetWriter) widths(s *sheetText) []float64 {
	cols := len(s.table.Rows[0])
	out := make([]float64, cols)
	total := 0.0
	for i := range out {
		out[i] = 10
		if i < len(s.table.Widths) && s.table.Widths[i] > 0 {
			out[i] = s.table.Widths[i]
		}
		total += out[i]
	}
	for i := range out {
		out[i] = max(4, out[i]/total*w.total(s))
		for _, row := range s.table.Rows {
			if x := row[i]; x.ColSpan < 2 && storable(x.Number) {
				out[i] = max(out[i], float64(len(x.Text))+2)
			}
		}
	}
	return out
}
