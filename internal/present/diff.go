package present

import (
	"fmt"
	"io"
	"strings"

	"juesuan/internal/compare"
	"juesuan/internal/report"
)

// Diff writes a difference for people.
func Diff(w io.Writer, d *compare.Difference, look Look) error {
	p := &page{look: look}
	p.line("", "旧  "+sideText(d.A))
	p.line("", "新  "+sideText(d.B))
	p.line("", "")
	if d.Same() {
		p.line("", "数字和文字都没有变化")
	} else {
		p.line("", fmt.Sprintf("数字变动 %d 项，文字变动 %d 处", len(d.Figures), len(d.Text)))
	}
	p.figures(d.Figures)
	section := ""
	for i, x := range d.Text {
		if i == 0 {
			p.line("", "")
			p.line("", p.paint(bold, "文字"))
		}
		if i == 0 || x.Section != section {
			section = x.Section
			p.line("  ", "“"+safe(section)+"”")
		}
		p.paragraph(x)
	}
	if _, err := io.WriteString(w, p.b.String()); err != nil {
		return fmt.Errorf("write text: %w", err)
	}
	return nil
}

func sideText(s compare.Side) string {
	out := safe(s.Name)
	if s.Unit != "" {
		out += "  " + safe(s.Unit)
	}
	if s.Year > 0 {
		out += fmt.Sprintf(" %d年度", s.Year)
	}
	return out + s.Kind
}

func (p *page) figures(list []compare.Figure) {
	for i, f := range list {
		if i == 0 {
			p.line("", "")
			p.line("", p.paint(bold, "数字"))
		}
		p.line("  ", safe(factText(f))+"："+p.values(f))
		p.line("      ", placesText(f.Places))
	}
}

// values are a figure's prints, before and after.
func (p *page) values(f compare.Figure) string {
	switch {
	case f.Before == "":
		return p.paint(bold, safe(f.After)) + "（新增）"
	case f.After == "":
		return p.paint(bold, safe(f.Before)) + "（不再出现）"
	}
	s := safe(f.Before) + " → " + p.paint(bold, safe(f.After))
	if f.Change != "" {
		s += "（" + safe(f.Change) + "）"
	}
	return s
}

// factText names a figure: 一般公共预算财政拨款支出 2130305水利工程建设 较上年增减率.
func factText(f compare.Figure) string {
	x := f.Fact
	if x.Concept == "" {
		if len(f.Places) > 0 && f.Places[0].Table != "" {
			return strings.TrimSpace(f.Label + " " + f.Places[0].Col)
		}
		return f.Label
	}
	parts := []string{x.Concept}
	if code := x.Func + x.Econ; code != "" {
		name := f.Label
		if strings.HasPrefix(name, code) {
			code = ""
		}
		if name == code {
			name = ""
		}
		parts = append(parts, code+name)
	} else if x.Name != "" && x.Name != x.Concept {
		parts = append(parts, x.Name)
	}
	switch {
	case x.Measure == report.Level || x.Measure == "" || x.Measure == report.ShareOf:
		if x.Period != report.ThisYear && x.Period != "" {
			parts = append(parts, string(x.Period))
		}
		if x.Measure == report.ShareOf {
			parts = append(parts, string(x.Measure))
		}
	case x.Base != "":
		parts = append(parts, "较"+string(x.Base)+string(x.Measure))
	default:
		parts = append(parts, string(x.Measure))
	}
	return strings.Join(parts, " ")
}

func placesText(list []compare.Place) string {
	var out []string
	for _, pl := range list {
		out = append(out, placeName(pl))
	}
	return strings.Join(out, "；")
}

func placeName(pl compare.Place) string {
	if pl.Table != "" {
		return safe(strings.TrimSpace("表" + pl.Table + " " + pl.Row + " " + pl.Col))
	}
	if pl.Section == "" {
		return "文字"
	}
	return "文字“" + safe(pl.Section) + "”"
}

func (p *page) paragraph(x compare.Paragraph) {
	const in = "    "
	switch {
	case x.Before == "":
		p.line(in+"+ ", p.paint(green, safe(x.After)))
	case x.After == "":
		p.line(in+"- ", p.paint(red, safe(x.Before)))
	default:
		var b strings.Builder
		for _, pc := range x.Pieces {
			switch s := safe(pc.Text); pc.Op {
			case compare.Removed:
				b.WriteString(p.paint(red, "[-"+s+"-]"))
			case compare.Added:
				b.WriteString(p.paint(green, "{+"+s+"+}"))
			default:
				b.WriteString(s)
			}
		}
		p.line(in+"~ ", b.String())
	}
}

// Differences in JSON; docs/json.md describes the fields.
type (
	diffDocument struct {
		Same    bool         `json:"same"`
		A       diffSide     `json:"a"`
		B       diffSide     `json:"b"`
		Figures []diffFigure `json:"figures"`
		Text    []diffText   `json:"text"`
	}
	diffSide struct {
		File string `json:"file"`
		Kind string `json:"kind"`
		Unit string `json:"unit"`
		Year int    `json:"year"`
	}
	diffFigure struct {
		Concept string      `json:"concept"`
		Measure string      `json:"measure"`
		Period  string      `json:"period"`
		Base    string      `json:"base"`
		Func    string      `json:"func"`
		Econ    string      `json:"econ"`
		Name    string      `json:"name"`
		Before  string      `json:"before"`
		After   string      `json:"after"`
		Change  string      `json:"change"`
		Places  []diffPlace `json:"places"`
	}
	diffPlace struct {
		Table   string `json:"table,omitempty"`
		Row     string `json:"row,omitempty"`
		Column  string `json:"column,omitempty"`
		Section string `json:"section,omitempty"`
	}
	diffText struct {
		Section string      `json:"section"`
		Before  string      `json:"before"`
		After   string      `json:"after"`
		Pieces  []diffPiece `json:"pieces"`
	}
	diffPiece struct {
		Op   string `json:"op"`
		Text string `json:"text"`
	}
)

// DiffJSON writes a difference for programs; the schema is
// docs/diff.schema.json.
func DiffJSON(w io.Writer, d *compare.Difference) error {
	side := func(s compare.Side) diffSide { return diffSide{s.Name, s.Kind, s.Unit, s.Year} }
	out := diffDocument{Same: d.Same(), A: side(d.A), B: side(d.B), Figures: []diffFigure{}, Text: []diffText{}}
	for _, f := range d.Figures {
		x := diffFigure{
			Concept: f.Fact.Concept, Measure: string(f.Fact.Measure), Period: string(f.Fact.Period), Base: string(f.Fact.Base),
			Func: f.Fact.Func, Econ: f.Fact.Econ, Name: f.Label, Before: f.Before, After: f.After, Change: f.Change, Places: []diffPlace{},
		}
		for _, pl := range f.Places {
			x.Places = append(x.Places, diffPlace{pl.Table, pl.Row, pl.Col, pl.Section})
		}
		out.Figures = append(out.Figures, x)
	}
	for _, t := range d.Text {
		x := diffText{Section: t.Section, Before: t.Before, After: t.After, Pieces: []diffPiece{}}
		for _, pc := range t.Pieces {
			x.Pieces = append(x.Pieces, diffPiece{string(pc.Op), pc.Text})
		}
		out.Text = append(out.Text, x)
	}
	return encode(w, out)
}
