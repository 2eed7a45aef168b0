package taxonomy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// The formula language states a relation over table cells.
//
//	[01.本年收入合计] = Σ[01.收入.*]
//	03,05 每行：[基本支出] = [人员经费] + [公用经费]
//	02 每行：[本年收入合计] = [财政拨款收入]? + [上级补助收入]? + [其他收入]?
//	05 每行每列：[本行] = Σ[下级]
//	05 每列：[合计] = Σ[一级]
//	05 每行：[合计] ≤ [03.本行.本年支出合计]
//
// A cell is [表.行.列]. The table is its canonical ID; the row is the canonical row
// name or code, or one of the words 本行 (the row of the quantifier), 下级 (the
// rows right below it by code), 一级 (the rows without a row above them),
// * (the detail rows of a side: those before its first 合计); the column is the
// canonical column name, or 本列, or left out where the row has one amount.
// A side of a side-by-side table (收入, 支出, 人员, 公用) stands before the row.
// a|b takes the first name that the table has. A question mark after a cell
// makes it optional: a missing row or column counts as nothing; without it the
// relation does not apply. Σ adds a set of cells. 每行 and 每列 repeat the
// relation for each row, each amount column; 每类 only for rows of level 1; under 每行 a lone name is a
// column of this row, under 每列 a row of this column, under both a row.
// Relations are =, ≤, ≥; cells are joined with + and − (or -).

// Formula is a parsed relation over table cells.
type Formula struct {
	Source     string
	Tables     []string // tables of the quantifier, nil when there is none
	Side       string   // side of the quantifier
	Rows, Cols bool     // 每行, 每列
	Classes    bool     // 每类: rows of level 1 only
	Left       []Term
	Op         string // "=", "≤", "≥"
	Right      []Term
}

// Term is one signed operand of a formula.
type Term struct {
	Sign int  // +1 or −1
	Sum  bool // Σ
	Ref  Ref
}

// Ref names a cell or a set of cells.
type Ref struct {
	Table    string // "": the table of the quantifier
	Side     string
	Rows     []string // alternatives, or one of 本行, 下级, 一级, *
	Cols     []string // alternatives, or 本列; nil: the only amount of the row
	Optional bool
	Source   string // as written, without brackets
}

// Words of the formula language.
const (
	ThisRow  = "本行"
	Children = "下级"
	TopRows  = "一级"
	Details  = "*"
	ThisCol  = "本列"
)

var (
	sides      = []string{"收入", "支出", "人员", "公用"}
	tableNo    = regexp.MustCompile(`^(?:B?[0-9]{2}[a-z]?|信息)$`)
	quantifier = regexp.MustCompile(`^\s*((?:B?[0-9]{2}[a-z]?|信息)(?:[,，、](?:B?[0-9]{2}[a-z]?))*)\s*(收入|支出|人员|公用)?\s*((?:每行|每列|每类)+)\s*[：:]`)
)

// ParseFormula reads a formula. Errors are in Chinese and say at which character.
func ParseFormula(s string) (*Formula, error) {
	f := &Formula{Source: s}
	p := &formulaParser{src: s, f: f}
	if m := quantifier.FindStringSubmatch(s); m != nil {
		f.Tables = strings.FieldsFunc(m[1], func(c rune) bool { return strings.ContainsRune(",，、", c) })
		f.Side = m[2]
		f.Classes = strings.Contains(m[3], "每类")
		f.Rows = f.Classes || strings.Contains(m[3], "每行")
		f.Cols = strings.Contains(m[3], "每列")
		p.at = len(m[0])
	}
	var err error
	if f.Left, err = p.sum(); err != nil {
		return nil, err
	}
	if f.Op, err = p.relation(); err != nil {
		return nil, err
	}
	if f.Right, err = p.sum(); err != nil {
		return nil, err
	}
	if p.skip(); p.at < len(s) {
		return nil, p.errorf("公式已经结束，多出“%s”", s[p.at:])
	}
	return f, nil
}

type formulaParser struct {
	src string
	at  int
	f   *Formula
}

func (p *formulaParser) errorf(format string, args ...any) error {
	return fmt.Errorf("公式“%s”第%d个字：%s", p.src, utf8.RuneCountInString(p.src[:p.at])+1, fmt.Sprintf(format, args...))
}

func (p *formulaParser) skip() {
	for p.at < len(p.src) && (p.src[p.at] == ' ' || p.src[p.at] == '\n') {
		p.at++
	}
}

// take eats one of the words, "" when none stands here.
func (p *formulaParser) take(words ...string) string {
	p.skip()
	for _, w := range words {
		if strings.HasPrefix(p.src[p.at:], w) {
			p.at += len(w)
			return w
		}
	}
	return ""
}

func (p *formulaParser) relation() (string, error) {
	switch p.take("=", "＝", "≤", "≥") {
	case "=", "＝":
		return "=", nil
	case "≤":
		return "≤", nil
	case "≥":
		return "≥", nil
	}
	return "", p.errorf("这里应为 =、≤ 或 ≥")
}

func (p *formulaParser) sum() ([]Term, error) {
	var out []Term
	for sign := 1; ; {
		t := Term{Sign: sign}
		t.Sum = p.take("Σ", "∑") != ""
		ref, err := p.ref()
		if err != nil {
			return nil, err
		}
		t.Ref = ref
		if many := ref.many(); t.Sum && !many {
			return nil, p.errorf("Σ 后面应是一组格：下级、一级 或 *")
		} else if many && !t.Sum {
			return nil, p.errorf("“%s”是一组格，前面应有 Σ", ref.Source)
		}
		out = append(out, t)
		switch p.take("+", "＋", "−", "-", "－") {
		case "":
			return out, nil
		case "+", "＋":
			sign = 1
		default:
			sign = -1
		}
	}
}

// many reports whether the reference names a set of cells.
func (r Ref) many() bool {
	return len(r.Rows) == 1 && (r.Rows[0] == Children || r.Rows[0] == TopRows || r.Rows[0] == Details)
}

func (p *formulaParser) ref() (Ref, error) {
	if p.take("[") == "" {
		return Ref{}, p.errorf("这里应为“[”")
	}
	end := strings.IndexByte(p.src[p.at:], ']')
	if end < 0 {
		return Ref{}, p.errorf("“[”没有对应的“]”")
	}
	body := p.src[p.at : p.at+end]
	if strings.Contains(body, "[") {
		return Ref{}, p.errorf("“[”没有对应的“]”")
	}
	ref, err := p.cell(body)
	if err != nil {
		return Ref{}, err
	}
	p.at += end + 1
	ref.Optional = p.take("?", "？") != ""
	return ref, nil
}

// ParseCell reads a cell as formulas name it, without brackets: 01.收入.其他收入.
func ParseCell(s string) (Ref, error) {
	p := &formulaParser{src: s, f: &Formula{}}
	ref, err := p.cell(s)
	if err == nil && (ref.many() || ref.Rows[0] == ThisRow) {
		return ref, p.errorf("这里应是一个格")
	}
	return ref, err
}

// cell reads what stands between the brackets.
func (p *formulaParser) cell(body string) (Ref, error) {
	parts := strings.Split(body, ".")
	ref := Ref{Source: body}
	other := tableNo.MatchString(parts[0])
	if other {
		ref.Table, parts = parts[0], parts[1:]
	}
	if ref.Table == "" && p.f.Tables == nil {
		return ref, p.errorf("“%s”没有说是哪张表", body)
	}
	if len(parts) > 1 && slices.Contains(sides, parts[0]) {
		ref.Side, parts = parts[0], parts[1:]
	} else if !other {
		ref.Side = p.f.Side
	}
	if len(parts) == 0 || len(parts) > 2 || slices.Contains(parts, "") {
		return ref, p.errorf("“%s”应写成 表.行.列", body)
	}
	first := strings.Split(parts[0], "|")
	switch {
	case len(parts) == 2:
		ref.Rows, ref.Cols = first, strings.Split(parts[1], "|")
	case p.f.Rows && !p.f.Cols && !other && p.f.Side == "" && !(Ref{Rows: first}).many() && first[0] != ThisRow:
		ref.Rows, ref.Cols = []string{ThisRow}, first
	case p.f.Cols:
		ref.Rows, ref.Cols = first, []string{ThisCol}
	default:
		ref.Rows = first
	}
	if ref.Rows[0] == ThisRow || ref.Rows[0] == Children {
		if !p.f.Rows {
			return ref, p.errorf("“%s”只能用在“每行：”之后", ref.Rows[0])
		}
	}
	if len(ref.Cols) > 0 && ref.Cols[0] == ThisCol && !p.f.Cols {
		return ref, p.errorf("“本列”只能用在“每列：”之后")
	}
	return ref, nil
}
