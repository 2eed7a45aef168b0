// Package document holds what a file says before anything in it is understood:
// blocks in reading order, each piece of text knowing the place it came from.
// Readers in internal/format make Documents; internal/recognise turns them
// into Reports. The package knows neither file formats nor public finance.
package document

import "fmt"

// Document is one disclosure as its file (or several files) shows it.
type Document struct {
	Name     string    // path as the user gave it, for messages
	Files    []File    // the files the document was read from, in reading order
	Blocks   []Block   // in reading order
	Warnings []Warning // what could not be read, or was read with doubt
}

// File is one physical file of a disclosure.
type File struct {
	Name   string // base name
	Format string // "pdf", "docx", "xlsx", "html", "txt" (sniffed from the bytes, not from the name)
	Pages  int    // pages of a paged format, else 0
	Sheets []Sheet
}

// Sheet is one worksheet of a workbook.
type Sheet struct {
	Name   string
	Hidden bool
}

// BlockKind says what a Block is.
type BlockKind int

// Kinds of block.
const (
	Paragraph BlockKind = iota
	Heading
	TableBlock
	PictureBlock // writers only: readers drop pictures
)

// Style is what a paragraph is for, so that a writer can set it. Readers leave it "".
type Style string

// Styles for writers.
const (
	Body     Style = ""    // body text, first line indented two characters
	Title    Style = "题名"  // of the cover
	Contents Style = "目录"  // the place of the table of contents
	TableTag Style = "表号"  // 公开01表, at the right margin above a table
	Unitline Style = "单位行" // 部门：… 金额单位：万元: left and right parts split by a tab; without one it stands at the right
	Caption  Style = "表题"  // title of a table
	Note     Style = "表注"  // below a table
	Flush    Style = "不缩进" // body text without indent
)

// Block is a paragraph, a heading or a table.
type Block struct {
	Kind  BlockKind
	Level int    // heading level from 1 where the format tells it, else 0 (recognise decides by numbering)
	Text  Text   // of a paragraph or heading
	Table *Table // of a table
	Place Place

	// For writers; readers leave them zero.
	Style     Style
	NewPage   bool // begins a new page
	Landscape bool // stands on a landscape page
	Picture   *Picture
}

// Picture is a drawing in the text: SVG for pages, PNG for what cannot show SVG.
type Picture struct {
	SVG, PNG      []byte
	Width, Height float64 // in points, as it is to be printed
	Alt           string  // what it shows, in words
}

// Text is a run of text that remembers where its pieces came from.
// Spans cover S in order without overlap; a reader makes one Span for each
// printed line (PDF) or one for the whole paragraph.
type Text struct {
	S     string
	Spans []Span
}

// Span ties the bytes S[Start:End] of a Text to a Place.
type Span struct {
	Start, End int
	Place      Place
}

// Table is a rectangular grid: every row has the same number of cells.
// A merged cell has its text at its upper left corner; the cells it covers
// have Covered set. A table that a page break cuts is two Tables, one a page.
type Table struct {
	Rows [][]Cell
	// For writers: the first rows are the header (repeated on each page), and
	// the relative widths of the columns (nil: by content).
	HeaderRows int
	Widths     []float64

	Ruled bool // from ruling lines or a real table structure; false: from alignment alone
	Place Place
}

// Cell of a Table. Line breaks inside a cell stay as "\n" in Text.
type Cell struct {
	Text             string
	RowSpan, ColSpan int    // 1 for a plain cell
	Covered          bool   // covered by a merged cell above or to the left; Text is empty
	Number           string // the stored number of a spreadsheet cell, plain decimal notation; "" for text
	Formula          string // of a spreadsheet cell, without "="
	Hidden           bool   // in a hidden row, column or sheet
	Indent           int    // leading blanks or the indent the format tells, for names without codes
	Align            Align  // for writers
	Bold             bool   // for writers
	Sum              string // for writers of spreadsheets: the formula without "=", over Excel names of this grid's own cells ("B3+B4"); rows count from 1 at the first grid row
	Place            Place
}

// Align of a cell's text.
type Align int

// Alignments.
const (
	AlignAuto Align = iota // numbers right, else left
	AlignLeft
	AlignCenter
	AlignRight
)

// Place points at a piece of the user's file.
type Place struct {
	File  int    // index into Document.Files
	Page  int    // from 1; 0 where the format has no pages
	Sheet string // worksheet name
	Cell  string // "B7" in a worksheet; "r3c2" for a table elsewhere
	Para  int    // number of the paragraph or table in the file, from 1
	Box   Box    // on the page, in points from the upper left corner; zero where unknown
}

// Box is a rectangle in points, origin at the upper left corner of the page
// as it is seen (after rotation).
type Box struct{ X0, Y0, X1, Y1 float64 }

// IsZero reports whether the box is unknown.
func (b Box) IsZero() bool { return b == Box{} }

// Union is the smallest box that holds both; an unknown box adds nothing.
func (b Box) Union(o Box) Box {
	if b.IsZero() {
		return o
	}
	if o.IsZero() {
		return b
	}
	return Box{min(b.X0, o.X0), min(b.Y0, o.Y0), max(b.X1, o.X1), max(b.Y1, o.Y1)}
}

// Warning is something about the file that the user should know.
type Warning struct {
	Message string // Chinese, for the user
	Place   Place
}

// Plain makes a Text that lies at one place.
func Plain(s string, p Place) Text {
	return Text{S: s, Spans: []Span{{0, len(s), p}}}
}

// At gives the place of the bytes S[start:end]: the place of the span where
// they begin, its box widened over the spans of the same page they touch.
func (t Text) At(start, end int) Place {
	var p Place
	found := false
	for _, s := range t.Spans {
		if s.End <= start && !(s.Start == s.End && s.Start == start) {
			continue
		}
		if found && s.Start >= end {
			break
		}
		if !found {
			p, found = s.Place, true
			continue
		}
		if s.Place.Page == p.Page && s.Place.File == p.File {
			p.Box = p.Box.Union(s.Place.Box)
		}
	}
	if !found && len(t.Spans) > 0 {
		return t.Spans[len(t.Spans)-1].Place
	}
	return p
}

// String names the place as a clerk would: 第3页, 表“Sheet1”B7, 第12段.
func (p Place) String() string {
	switch {
	case p.Sheet != "" && p.Cell != "":
		return fmt.Sprintf("工作表“%s”%s", p.Sheet, p.Cell)
	case p.Sheet != "":
		return fmt.Sprintf("工作表“%s”", p.Sheet)
	case p.Page > 0:
		return fmt.Sprintf("第%d页", p.Page)
	case p.Para > 0 && p.Cell != "":
		return fmt.Sprintf("第%d段表格%s", p.Para, p.Cell)
	case p.Para > 0:
		return fmt.Sprintf("第%d段", p.Para)
	}
	return "文件"
}
