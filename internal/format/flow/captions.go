package flow

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"juesuan/internal/document"
)

// metaLine is a line about a table: 公开01表, 单位：万元, 部门：….
var metaLine = regexp.MustCompile(`^(` +
	`[财公开附预决算批复录]{0,6} ?[0-9０-９一二三四五六七八九十]{1,3}[-－]?[0-9]{0,2} ?表` +
	`|附?表 ?[0-9０-９一二三四五六七八九十]{1,3}[：:]?` +
	`|[（(]?(编制|填报|公开|金额|计量|预算)?(部门|单位|单位名称|部门名称|金额单位|日期|时间|年度|会计年度|财政年度)(（.{1,8}）)?[：:].*` +
	`|单位[：: ]{0,2}[百千万亿]{0,2}元` +
	`)$`)

// yearLine may be a line about a table or the head of a column.
var yearLine = regexp.MustCompile(`^[（(]?[0-9]{4} ?年度?[)）]?$`)

var noteLine = regexp.MustCompile(`^(` +
	`(注|备注|说明|附注|填表说明|填报说明) ?[0-9]{0,2} ?[：:.、。]` +
	`|本表(反映|由|为|含|数据|金额|中)` +
	`|(填表人|制表人|制表|审核人|审核|复核|单位负责人|部门负责人|财务负责人|负责人|联系人|联系电话)[：:]` +
	`|[—－-] ?([0-9]{1,4}|%d) ?[—－-]$` +
	`)`)

// tableTitle ends as the titles of tables do.
var tableTitle = regexp.MustCompile(`表\s*([（(][^（）()]{1,20}[）)])?$`)

// Meta reports whether the texts of a row are lines about a table: its
// number, unit, department, and beside these its year. Years alone are the
// heads of columns, unless in brackets.
func Meta(cells ...string) bool {
	some := false
	for _, s := range cells {
		switch {
		case metaLine.MatchString(s):
			some = true
		case yearLine.MatchString(s):
			some = some || len(cells) == 1 && strings.ContainsAny(s, "（(")
		default:
			return false
		}
	}
	return some
}

// Note reports a line that stands below a table.
func Note(s string) bool { return noteLine.MatchString(s) }

// TableTitle reports a line that ends as the titles of tables do.
func TableTitle(s string) bool { return utf8.RuneCountInString(s) > 4 && tableTitle.MatchString(s) }

// Peel takes the title, unit and note lines that stand inside the frame of a
// table out of it, so that every format shows a table alike: paragraphs, the
// table (unless nothing is left), paragraphs.
func Peel(t *document.Table) []document.Block {
	top := 0
	for top < len(t.Rows) && caption(t.Rows[top], true) {
		top++
	}
	end := len(t.Rows)
	for i := end; i > top; i-- {
		cells := filled(t.Rows[i-1])
		if len(cells) == 0 && !covered(t.Rows[i-1]) {
			continue
		}
		if !caption(t.Rows[i-1], false) {
			break
		}
		end = i - 1
	}
	if top == 0 && end == len(t.Rows) {
		return []document.Block{{Kind: document.TableBlock, Table: t, Place: t.Place}}
	}
	var out []document.Block
	say := func(rows [][]document.Cell) {
		for _, r := range rows {
			for _, c := range filled(r) {
				for _, s := range Split(c.Text) {
					out = append(out, document.Block{Text: document.Plain(s, c.Place), Place: c.Place})
				}
			}
		}
	}
	say(t.Rows[:top])
	body := t.Rows[top:end]
	for len(body) > 0 && end < len(t.Rows) && len(filled(body[len(body)-1])) == 0 && !covered(body[len(body)-1]) {
		body = body[:len(body)-1]
	}
	if len(body) > 0 {
		x := *t
		x.Rows, x.Place = body, body[0][0].Place
		x.Place.Cell = t.Place.Cell
		out = append(out, document.Block{Kind: document.TableBlock, Table: &x, Place: x.Place})
	}
	say(t.Rows[end:])
	return out
}

func filled(row []document.Cell) []*document.Cell {
	var out []*document.Cell
	for i := range row {
		if row[i].Text != "" {
			out = append(out, &row[i])
		}
	}
	return out
}

// covered reports a row that a cell from above reaches into: its first cell
// that nothing in the row itself covers is covered.
func covered(row []document.Cell) bool {
	for j := 0; j < len(row); j += row[j].ColSpan {
		if row[j].Covered {
			return true
		}
	}
	return false
}

// caption reports a row of the table that belongs before it (top) or after it.
func caption(row []document.Cell, top bool) bool {
	cells := filled(row)
	if covered(row) || len(cells) > 4 {
		return false
	}
	for _, c := range row {
		if c.RowSpan > 1 {
			return false
		}
	}
	if len(cells) == 0 {
		return top // an empty line between title and header
	}
	if top {
		// A cell over the full width may head all columns (2023年度决算数);
		// a numbered line or a sentence does not.
		if s := cells[0].Text; len(cells) == 1 && (TableTitle(s) || len(row) > 1 && cells[0].ColSpan == len(row) && (Numbered(s) || strings.Contains(s, "。"))) {
			return true
		}
		texts := make([]string, len(cells))
		for i, c := range cells {
			texts[i] = c.Text
		}
		return Meta(texts...) || len(cells) == 1 && yearLine.MatchString(texts[0]) && len(row) > 1 && cells[0].ColSpan == len(row)
	}
	if len(cells) != 1 {
		return false
	}
	s := cells[0].Text
	return Note(s) || len(row) > 1 && cells[0].ColSpan == len(row) && strings.ContainsAny(s, "。；")
}
