package present

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// Fact is one number of a disclosure in the output of extract; docs/json.md
// describes the fields.
type Fact struct {
	Print   string `json:"print"`
	Value   string `json:"value"` // plain decimal in Unit
	Unit    string `json:"unit"`
	Concept string `json:"concept"`
	Measure string `json:"measure"`
	Period  string `json:"period"`
	Base    string `json:"base"`
	Func    string `json:"func"`
	Econ    string `json:"econ"`
	Name    string `json:"name"`
	Fund    string `json:"fund"`
	Table   string `json:"table"`
	Row     string `json:"row"`
	RowName string `json:"row_name"`
	Side    string `json:"side"`
	Column  string `json:"column"`
	Section string `json:"section"`
	File    string `json:"file"`
	Page    int    `json:"page"`
	Cell    string `json:"cell"`
	Excerpt string `json:"excerpt"`
}

// factsDocument is the JSON of extract.
type factsDocument struct {
	File  string `json:"file"`
	Kind  string `json:"kind"`
	Scope string `json:"scope"`
	Unit  string `json:"unit"`
	Year  int    `json:"year"`
	Facts []Fact `json:"facts"`
}

// Facts lists every number of the report, in document order.
func Facts(r *report.Report) []Fact {
	out := make([]Fact, len(r.Figures))
	for i := range r.Figures {
		out[i] = fact(r, &r.Figures[i])
	}
	return out
}

func fact(r *report.Report, f *report.Figure) Fact {
	x := Fact{
		Print: f.Text, Value: figure.Dec(f.Coef, f.Decimals).Fixed(f.Decimals), Unit: string(f.Unit),
		Concept: f.Fact.Concept, Measure: string(f.Fact.Measure), Period: string(f.Fact.Period), Base: string(f.Fact.Base),
		Func: f.Fact.Func, Econ: f.Fact.Econ, Name: f.Fact.Name, Fund: f.Fact.Fund,
		Section: f.Section, Page: f.Place.Page, Cell: cellName(f.Place), Excerpt: f.Excerpt,
	}
	if len(r.Document.Files) > 1 && f.Place.File < len(r.Document.Files) {
		x.File = r.Document.Files[f.Place.File].Name
	}
	if f.Table < 0 || f.Table >= len(r.Tables) {
		return x
	}
	t := &r.Tables[f.Table]
	x.Table = t.ID
	if f.Row >= 0 && f.Row < len(t.Rows) {
		row := t.Rows[f.Row]
		x.Row, x.RowName, x.Side = row.Key, row.Name, row.Block
	}
	if f.Col >= 0 && f.Col < len(t.Columns) {
		c := t.Columns[f.Col]
		x.Column = c.Key
		if x.Column == "" {
			x.Column = c.Header
		}
	}
	return x
}

// cellName is the cell as a spreadsheet names it, with its sheet.
func cellName(p document.Place) string {
	if p.Sheet != "" && p.Cell != "" {
		return p.Sheet + "!" + p.Cell
	}
	return p.Cell
}

// FactsJSON writes the facts of one report as a JSON object.
func FactsJSON(w io.Writer, path string, r *report.Report) error {
	return encode(w, factsDocument{path, string(r.Kind), r.Scope, r.Unit, r.Year, Facts(r)})
}

// FactsCSV writes the facts as UTF-8 CSV with a byte order mark, so that
// spreadsheet programs read the Chinese right.
func FactsCSV(w io.Writer, r *report.Report) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	c := csv.NewWriter(w)
	rows := [][]string{{"数字", "数值", "单位", "项目", "量", "期间", "比较期间", "功能分类", "经济分类", "名称", "资金",
		"表", "行", "行名", "侧", "列", "节", "文件", "页", "单元格", "摘录"}}
	for _, f := range Facts(r) {
		page := ""
		if f.Page > 0 {
			page = strconv.Itoa(f.Page)
		}
		rows = append(rows, []string{f.Print, f.Value, f.Unit, f.Concept, f.Measure, f.Period, f.Base, f.Func, f.Econ, f.Name, f.Fund,
			f.Table, f.Row, f.RowName, f.Side, f.Column, f.Section, f.File, page, f.Cell, f.Excerpt})
	}
	if err := c.WriteAll(rows); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}
