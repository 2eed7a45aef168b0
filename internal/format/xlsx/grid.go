package xlsx

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"juesuan/internal/document"
)

// grid is a worksheet: the rows that hold anything, in order.
type grid struct {
	sheet      string
	hidden     bool
	rows       []row
	merges     []rect
	hiddenCols map[int]bool
	warnings   []document.Warning
}

type row struct {
	num    int // as Excel counts, from 1
	hidden bool
	cells  []cell // sorted by column; only those with content or a style
}

type cell struct {
	col              int // from 1
	style            int
	kind             string // the t attribute
	raw              string // the v element
	formula          string
	isFormula        bool
	text             string // as displayed, cleaned
	shown            string // as displayed
	number           string
	indent           int
	bordered         bool
	rowSpan, colSpan int
	covered          bool
}

type rect struct{ r0, c0, r1, c1 int }

// longest is more than any cell holds in Excel (32,767 characters).
const longest = 1 << 17

// readGrid reads the XML of one worksheet.
func readGrid(ctx context.Context, part []byte, lim document.Limits) (*grid, error) {
	g := &grid{hiddenCols: map[int]bool{}}
	d := decoder(part)
	cells, tokens, depth := 0, 0, 0
	var r *row
	var c *cell
	var into *string
	num := 0
	shared := map[string]string{}
	sharedID := ""
	for {
		tok, err := d.RawToken()
		if err == io.EOF {
			if depth != 0 {
				return nil, errXML
			}
			break
		}
		if err != nil {
			// excelize stops at the damage without a word; a sheet cut short
			// must not pass for whole.
			return nil, errors.Join(errXML, err)
		}
		if tokens++; tokens&0xfff == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		switch t := tok.(type) {
		case xml.StartElement:
			into = nil
			depth++
			switch t.Name.Local {
			case "col":
				if isTrue(attr(t, "hidden")) {
					from, _ := strconv.Atoi(attr(t, "min"))
					to, _ := strconv.Atoi(attr(t, "max"))
					for c := max(from, 1); c <= min(to, excelize.MaxColumns) && !g.hiddenCols[c]; c++ {
						g.hiddenCols[c] = true
					}
				}
			case "row":
				num++
				if n, err := strconv.Atoi(attr(t, "r")); err == nil && n > 0 && n <= excelize.TotalRows {
					num = n
				}
				g.rows = append(g.rows, row{num: num, hidden: isTrue(attr(t, "hidden"))})
				r = &g.rows[len(g.rows)-1]
				c = nil
				if cells++; lim.Cells > 0 && cells > lim.Cells {
					return nil, errCells
				}
			case "c":
				if r == nil {
					break
				}
				col := 1
				if n := len(r.cells); n > 0 {
					col = r.cells[n-1].col + 1
				}
				if ref := attr(t, "r"); ref != "" {
					if x, _, err := excelize.CellNameToCoordinates(ref); err == nil {
						col = x
					}
				}
				if n := len(r.cells); n > 0 && col <= r.cells[n-1].col {
					c = nil // out of order: damaged, and excelize would shift it
					break
				}
				style, _ := strconv.Atoi(attr(t, "s"))
				r.cells = append(r.cells, cell{col: col, style: style, kind: attr(t, "t"), rowSpan: 1, colSpan: 1})
				c = &r.cells[len(r.cells)-1]
				if cells++; lim.Cells > 0 && cells > lim.Cells {
					return nil, errCells
				}
			case "v":
				if c != nil {
					into = &c.raw
				}
			case "f":
				if c != nil {
					c.isFormula = true
					into = &c.formula
					sharedID = ""
					if attr(t, "t") == "shared" {
						sharedID = attr(t, "si")
					}
				}
			case "mergeCell":
				if m, ok := parseRect(attr(t, "ref")); ok {
					g.merges = append(g.merges, m)
				}
			}
		case xml.CharData:
			if into != nil && len(*into) < longest {
				*into += string(t)
			}
		case xml.EndElement:
			depth--
			if t.Name.Local == "f" && c != nil && sharedID != "" {
				// Later cells of a shared formula carry only its number; we
				// keep the first cell's text, marked, rather than lose it.
				if c.formula != "" {
					shared[sharedID] = c.formula
				} else {
					c.formula = shared[sharedID]
				}
			}
			if t.Name.Local == "sheetData" {
				r, c = nil, nil
			}
			into = nil
		}
	}
	return g, nil
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func isTrue(s string) bool { return s == "1" || s == "true" }

func parseRect(ref string) (rect, bool) {
	a, b, ok := strings.Cut(ref, ":")
	if !ok {
		return rect{}, false
	}
	c0, r0, err := excelize.CellNameToCoordinates(a)
	if err != nil {
		return rect{}, false
	}
	c1, r1, err := excelize.CellNameToCoordinates(b)
	if err != nil {
		return rect{}, false
	}
	return rect{min(r0, r1), min(c0, c1), max(r0, r1), max(c0, c1)}, true
}

// display fills in what each cell shows, and the stored numbers.
func (g *grid) display(ctx context.Context, f *excelize.File, st *styles) error {
	rows, err := f.Rows(g.sheet)
	if err != nil {
		return fmt.Errorf("read sheet %s: %w", g.sheet, err)
	}
	defer func() { _ = rows.Close() }() // only read
	i := 0
	for n := 1; rows.Next(); n++ {
		if n&0xff == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		for i < len(g.rows) && g.rows[i].num < n {
			i++
		}
		if i >= len(g.rows) {
			break
		}
		texts, err := rows.Columns()
		if err != nil {
			return fmt.Errorf("read sheet %s row %d: %w", g.sheet, n, err)
		}
		if g.rows[i].num != n {
			continue
		}
		for j := range g.rows[i].cells {
			c := &g.rows[i].cells[j]
			if c.col <= len(texts) {
				c.text = texts[c.col-1]
			}
		}
	}
	uncached := 0
	for i := range g.rows {
		for j := range g.rows[i].cells {
			c := &g.rows[i].cells[j]
			s := st.get(c.style)
			c.bordered = s.bordered
			if c.isFormula && c.raw == "" && c.kind != "str" {
				uncached++
				if uncached == 1 {
					g.warn(fmt.Sprintf("公式没有保存计算结果（%s 等），请用 Excel/WPS 打开并保存一次", g.ref(i, j)), g.rows[i].num, c.col)
				}
			}
			if (c.kind == "" || c.kind == "n") && c.raw != "" {
				if !s.date {
					c.number = plainNumber(c.raw)
				}
				if strings.TrimSpace(c.text) == "" && !s.blank {
					c.text = c.number
				}
				c.text = exactDisplay(c.text, c.number)
			}
			if c.kind == "e" {
				g.warn("单元格是错误值 "+c.raw, g.rows[i].num, c.col)
				if c.text == "" {
					c.text = c.raw
				}
			}
			c.shown = c.text
			lead := leading(c.text)
			c.text = clean(c.text)
			if c.text != "" {
				c.indent = s.indent
				if c.number == "" {
					c.indent += lead
				}
			}
		}
	}
	return nil
}

func (g *grid) ref(i, j int) string { return cellName(g.rows[i].cells[j].col, g.rows[i].num) }

func (g *grid) warn(msg string, r, c int) {
	const most = 200 // of one sheet; the user has understood by then
	if len(g.warnings) < most {
		g.warnings = append(g.warnings, document.Warning{Message: msg, Place: g.place(r, c)})
	}
}

func (g *grid) place(r, c int) document.Place {
	return document.Place{Sheet: g.sheet, Cell: cellName(c, r)}
}

func cellName(col, r int) string {
	s, err := excelize.CoordinatesToCellName(col, r)
	if err != nil {
		return ""
	}
	return s
}

// plainNumber writes a stored double as Excel shows it: at most 15
// significant digits, no exponent. "" when it is no number or beyond any
// amount of money.
func plainNumber(raw string) string {
	v, err := strconv.ParseFloat(strings.TrimSpace(raw), 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return ""
	}
	if v == 0 {
		return "0"
	}
	if a := math.Abs(v); a < 1e-20 || a >= 1e20 {
		return ""
	}
	s := strconv.FormatFloat(v, 'e', 14, 64)
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	mant, e, _ := strings.Cut(s, "e")
	exp, _ := strconv.Atoi(e)
	digits := strings.TrimRight(strings.Replace(mant, ".", "", 1), "0")
	var out string
	switch point := exp + 1; {
	case point <= 0:
		out = "0." + strings.Repeat("0", -point) + digits
	case point >= len(digits):
		out = digits + strings.Repeat("0", point-len(digits))
	default:
		out = digits[:point] + "." + digits[point:]
	}
	if neg {
		out = "-" + out
	}
	return out
}

// leading counts the blanks before a name in half-width columns.
func leading(s string) int {
	n := 0
	for _, r := range s {
		switch r {
		case ' ', '\u00a0', '\t':
			n++
		case '\u3000':
			n += 2
		default:
			return n
		}
	}
	return 0
}

func clean(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "_x000D_", "")
	return strings.Trim(s, " \t\r\n\u00a0\u3000\u200b\ufeff")
}

// styles caches what a cell style says about content.
type styles struct {
	f    *excelize.File
	seen map[int]style
}

type style struct {
	indent   int
	bordered bool
	date     bool
	blank    bool // a format such as ;;; that shows nothing
}

func newStyles(f *excelize.File) *styles { return &styles{f: f, seen: map[int]style{}} }

func (st *styles) get(id int) style {
	if s, ok := st.seen[id]; ok {
		return s
	}
	var s style
	if x, err := st.f.GetStyle(id); err == nil && x != nil {
		if x.Alignment != nil {
			s.indent = 2 * max(0, min(x.Alignment.Indent, 50))
		}
		for _, b := range x.Border {
			if b.Style != 0 {
				s.bordered = true
			}
		}
		code := ""
		if x.CustomNumFmt != nil {
			code = *x.CustomNumFmt
		}
		s.date = dateFormat(x.NumFmt, code)
		s.blank = strings.Trim(code, ";") == "" && code != ""
	}
	st.seen[id] = s
	return s
}

// dateFormat tells the formats of dates and times (ECMA-376 18.8.30), whose
// stored number is a count of days and no amount.
func dateFormat(id int, code string) bool {
	if code == "" {
		return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
	}
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch ch := code[i]; {
		case ch == '"':
			quoted = !quoted
		case quoted:
		case ch == '\\' || ch == '_' || ch == '*':
			i++
		case ch == '[':
			bracket = true
		case ch == ']':
			bracket = false
		case bracket:
		case strings.IndexByte("yYmMdDhHsS", ch) >= 0:
			return true
		case ch == 'G' || ch == 'g': // General
			i += len("eneral")
		}
	}
	return false
}
