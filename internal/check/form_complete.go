package check

import (
	"fmt"
	"slices"
	"strings"

	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// narrated reports whether the disclosure has a narrative of its own, so that
// a missing part is missing and not in another file.
func (r *run) narrated() bool {
	n := 0
	for _, s := range r.rep.Sections {
		if slices.ContainsFunc(r.tax.Profile.Required, func(q taxonomy.RequiredPart) bool { return q.Section == s.Key && s.Key != "" }) {
			n++
		}
	}
	return n >= 3
}

// complete looks for the parts that a disclosure of this kind must have (C01).
// A part is missing only when none of its names occurs anywhere, be it in the
// table of contents: what the reader did not recognise is not missing.
func (r *run) complete() {
	if r.rep.Kind != report.Final || !r.narrated() {
		return
	}
	r.test("C01")
	tables := 0
	for _, t := range r.rep.Tables {
		if t.ID != "" {
			tables++
		}
	}
	for _, q := range r.tax.Profile.Required {
		if r.rep.Year != 0 && (q.From != 0 && r.rep.Year < q.From || q.To != 0 && r.rep.Year > q.To) {
			continue
		}
		if q.Table != "" && (tables < 4 || r.rep.TableByID(q.Table) != nil) || q.Section != "" && r.hasSection(q.Section) || r.mentions(q.Names) {
			continue
		}
		r.tell(Finding{
			Rule: "C01", Title: "缺少" + q.Title,
			Message:  fmt.Sprintf("全文没有找到%s。请核对是否遗漏；确无此项收支的，也要列出并说明。", q.Title),
			Expected: q.Title,
			Places:   []Place{{Excerpt: "全文没有“" + strings.Join(q.Names, "”“") + "”"}},
		})
	}
}

func (r *run) hasSection(key string) bool {
	return slices.ContainsFunc(r.rep.Sections, func(s report.Section) bool { return s.Key == key })
}

// mentions reports whether one of the words occurs in a paragraph or title cell.
func (r *run) mentions(words []string) bool {
	for i, b := range r.rep.Document.Blocks {
		if b.Table == nil {
			for _, w := range words {
				if strings.Contains(r.folded(i).S, w) {
					return true
				}
			}
			continue
		}
		for _, row := range b.Table.Rows[:min(3, len(b.Table.Rows))] {
			for _, c := range row {
				for _, w := range words {
					if strings.Contains(taxonomy.FoldName(c.Text), w) {
						return true
					}
				}
			}
		}
	}
	return false
}

// emptyTables looks for tables without an amount that do not say so (C03).
func (r *run) emptyTables() {
	for i := range r.rep.Tables {
		t := &r.rep.Tables[i]
		if !t.Empty || t.Problem != "" || !slices.Contains(r.tax.Profile.MayBeEmpty, t.ID) {
			continue
		}
		r.test("C03")
		if printsNumbers(t) || r.explained(t) {
			continue
		}
		f := Finding{
			Rule: "C03", Title: "空表没有说明",
			Message: fmt.Sprintf("“%s”没有数据，表下也没有说明。请在表下注明本年度没有这类收支，故本表无数据。", t.Title),
			Suspect: t.Title, Expected: "本表无数据",
		}
		if !r.narrated() {
			f.Severity = Hint // the statement may stand in another file
		}
		r.tell(f, report.Words{Text: t.Title, Place: t.Place, Block: firstBlock(t)})
	}
}

// explained reports whether a note, a statement or a section says that the
// table has no data.
func (r *run) explained(t *report.Table) bool {
	none := func(s string) bool {
		return slices.ContainsFunc(r.tax.Profile.EmptyWords, func(w string) bool { return strings.Contains(s, w) })
	}
	for _, n := range t.Notes {
		if none(taxonomy.FoldName(n.S)) {
			return true
		}
	}
	if slices.ContainsFunc(r.rep.EmptyClaims, func(e report.EmptyClaim) bool { return e.Table == t.ID || e.Table == "" }) {
		return true
	}
	if len(t.Blocks) > 0 {
		// The lines around the table that no recogniser claimed.
		last := t.Blocks[len(t.Blocks)-1]
		for i := last; i < min(last+4, len(r.rep.Document.Blocks)); i++ {
			if b := r.rep.Document.Blocks[i]; b.Table == nil && none(r.folded(i).S) {
				return true
			}
		}
		for _, i := range t.Blocks {
			for _, row := range r.rep.Document.Blocks[i].Table.Rows {
				for _, c := range row {
					if none(taxonomy.FoldName(c.Text)) {
						return true
					}
				}
			}
		}
	}
	for _, s := range r.rep.Sections {
		sec := r.tax.Sections.Get(s.Key)
		if sec == nil || sec.Table != t.ID {
			continue
		}
		for i := s.Block; i < min(s.End, len(r.rep.Document.Blocks)); i++ {
			if x := r.folded(i).S; none(x) || strings.Contains(x, "无") {
				return true
			}
		}
	}
	return false
}

// printsNumbers reports whether the table prints zeros: then it is filled in,
// not empty.
func printsNumbers(t *report.Table) bool {
	return slices.ContainsFunc(t.Rows, func(row report.Row) bool {
		return slices.ContainsFunc(row.Cells, func(c report.Cell) bool { return c.Figure >= 0 && strings.Trim(c.Text, "-— ") != "" })
	})
}

func firstBlock(t *report.Table) int {
	if len(t.Blocks) == 0 {
		return 0
	}
	return t.Blocks[0]
}

// moneyUnit looks for tables that do not state their money unit (C06).
func (r *run) moneyUnit() {
	said := slices.ContainsFunc(r.rep.Tables, func(t report.Table) bool { return t.UnitSaid != "" })
	for i := range r.rep.Tables {
		t := &r.rep.Tables[i]
		if t.ID == "" || t.Problem != "" {
			continue
		}
		r.test("C06")
		if t.UnitSaid != "" || !said {
			continue
		}
		r.tell(Finding{
			Rule: "C06", Title: "表上没有注明金额单位",
			Message: fmt.Sprintf("“%s”没有注明金额单位。请在表的右上方注明。", t.Title),
			Suspect: t.Title, Expected: "单位：" + string(t.Unit),
		}, report.Words{Text: t.Title, Place: t.Place, Block: firstBlock(t)})
	}
	r.unitScale()
}

// unitScale looks for a table whose unit label is wrong by a power of ten: it
// prints the digits of table 01's totals under another unit (C06).
func (r *run) unitScale() {
	ref := r.rep.TableByID("01")
	if ref == nil {
		return
	}
	totals := map[string]report.ID{}
	for _, id := range largest(r.rep, ref, 2) {
		totals[r.rep.Get(id).Digits()] = id
	}
	for i := range r.rep.Tables {
		t := &r.rep.Tables[i]
		if t == ref || t.UnitSaid == "" || !slices.Contains(subjectTables[1:3], t.ID) && t.ID != "04" {
			continue
		}
		for _, id := range largest(r.rep, t, 1) {
			f := r.rep.Get(id)
			o, ok := totals[f.Digits()]
			if !ok || f.IsZero() || r.rep.Get(o).Unit == f.Unit || f.Unit.Kind() != figure.Money {
				continue
			}
			r.fail(Finding{
				Rule: "C06", Severity: Error, Title: "金额单位与其他表不一致",
				Message:    fmt.Sprintf("“%s”注明的单位是%s，“%s”是%s，两表的总数却同为%s。请核对并改正其中一张表的金额单位。", t.Title, f.Unit, ref.Title, r.rep.Get(o).Unit, f.Digits()),
				Arithmetic: fmt.Sprintf("%s%s ≠ %s%s", f.Digits(), f.Unit, f.Digits(), r.rep.Get(o).Unit),
				Suspect:    string(f.Unit), Expected: string(r.rep.Get(o).Unit),
			}, id, o)
		}
	}
}

// largest are the n largest different money amounts of a table.
func largest(rep *report.Report, t *report.Table, n int) []report.ID {
	var ids []report.ID
	for _, row := range t.Rows {
		for _, c := range row.Cells {
			f := rep.Get(c.Figure)
			if f == nil || f.Unit.Kind() != figure.Money || f.IsZero() {
				continue
			}
			if !slices.ContainsFunc(ids, func(o report.ID) bool { return rep.Get(o).Value().Cmp(f.Value()) == 0 }) {
				ids = append(ids, c.Figure)
			}
		}
	}
	slices.SortStableFunc(ids, func(a, b report.ID) int { return rep.Get(b).Value().Cmp(rep.Get(a).Value()) })
	return ids[:min(n, len(ids))]
}

// ordinals in the order of 一、二、三.
var ordinals = func() []string {
	d := []string{"一", "二", "三", "四", "五", "六", "七", "八", "九"}
	out := append([]string{}, d...)
	out = append(out, "十")
	for _, x := range d {
		out = append(out, "十"+x)
	}
	out = append(out, "二十")
	for _, x := range d {
		out = append(out, "二十"+x)
	}
	return out
}()

// ordinal is the value of 一 … 二十九, bare or in brackets; 0 for others.
func ordinal(s string) int {
	return slices.Index(ordinals, strings.Trim(s, "()（）、")) + 1
}

// numbering looks for one break in a run of main headings 一、二、三、 (C02):
// a number twice or left out. Only a run that is otherwise in order counts; a
// heading the reader missed makes more than one break.
func (r *run) numbering() {
	if !r.narrated() {
		return
	}
	r.test("C02")
	var group []report.Section
	flush := func() {
		r.numberBreak(group)
		group = nil
	}
	for _, s := range r.rep.Sections {
		if s.Level == 0 || s.Key == "目录" {
			flush()
			continue
		}
		if s.Level != 1 || ordinal(s.Number) == 0 {
			continue
		}
		if ordinal(s.Number) == 1 {
			flush()
		}
		group = append(group, s)
	}
	flush()
}

func (r *run) numberBreak(group []report.Section) {
	if len(group) < 5 || ordinal(group[0].Number) != 1 {
		return
	}
	at := oneBreak(group)
	if at == 0 {
		return
	}
	a, b := group[at-1], group[at]
	want := ordinal(a.Number)
	if want >= len(ordinals) {
		return
	}
	r.tell(Finding{
		Rule: "C02", Title: "标题序号不连续",
		Message: fmt.Sprintf("“%s、%s”之后是“%s、%s”。请按顺序编号，目录也随之改正。", a.Number, a.Title, b.Number, b.Title),
		Suspect: b.Number, Expected: ordinals[want],
	}, report.Words{Text: a.Number + "、" + a.Title, Block: a.Block, Place: a.Place}, report.Words{Text: b.Number + "、" + b.Title, Block: b.Block, Place: b.Place})
}

// oneBreak is the index of the one heading that breaks the order: the only one
// that does not have the number of its position, or the only one that does not
// follow the number before it. 0 when the order is unbroken, broken more than
// once, or broken by more than a number twice or one left out.
func oneBreak(group []report.Section) int {
	breaks, wrong, at, odd := 0, 0, 0, 0
	for i := 1; i < len(group); i++ {
		n, before := ordinal(group[i].Number), ordinal(group[i-1].Number)
		if n != before+1 {
			breaks++
			at = i
		}
		if n != i+1 {
			wrong++
			odd = i
		}
	}
	switch {
	case wrong == 1:
		return odd
	case breaks == 1:
		if n, before := ordinal(group[at].Number), ordinal(group[at-1].Number); n == before || n == before+2 {
			return at
		}
	}
	return 0
}
