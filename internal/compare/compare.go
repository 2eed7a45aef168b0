// Package compare tells what changed between two disclosures: two builds, two
// years, a draft and what was published. Figures are matched by what they say
// (concept, period, 科目) and where, not by their position; text by its section.
package compare

import (
	"juesuan/internal/report"
)

// Difference between two disclosures, A the older and B the newer.
type Difference struct {
	A, B    Side
	Figures []Figure
	Text    []Paragraph
}

// Same reports whether nothing changed.
func (d *Difference) Same() bool { return len(d.Figures) == 0 && len(d.Text) == 0 }

// Side says whose disclosure one of the two is.
type Side struct {
	Name  string
	Kind  string // 决算, 预算 …
	Unit  string
	Scope string
	Year  int
}

// Figure is a value that is printed otherwise in B than in A, in one place or
// in several.
type Figure struct {
	Fact          report.Fact // what it is; the zero Fact when a table cell says nothing we know
	Label         string      // 科目 or line, as printed
	Before, After string      // with the unit; "" where it is not printed
	Change        string      // After − Before with its sign, "" where they cannot be subtracted
	Places        []Place
}

// Place of a figure: a cell of a table, or a section of the text.
type Place struct {
	Table, Row, Col string // canonical keys, else the printed words
	Section         string // title, for text
}

// Paragraph is a piece of text that changed in more than its figures.
type Paragraph struct {
	Section       string  // title of the section
	Before, After string  // "" when the paragraph is new or gone
	Pieces        []Piece // of a changed paragraph: what stayed, went and came
}

// Piece of a changed paragraph.
type Piece struct {
	Op   Op
	Text string
}

// Op says what became of a piece.
type Op string

// Ops.
const (
	Kept    Op = "="
	Removed Op = "-"
	Added   Op = "+"
)

// Reports compares two disclosures.
func Reports(a, b *report.Report) *Difference {
	d := &Difference{A: side(a), B: side(b)}
	d.Figures = figures(a, b)
	d.Text = texts(a, b)
	return d
}

func side(r *report.Report) Side {
	s := Side{Kind: string(r.Kind), Unit: r.Unit, Scope: r.Scope, Year: r.Year}
	if r.Document != nil {
		s.Name = r.Document.Name
	}
	return s
}
