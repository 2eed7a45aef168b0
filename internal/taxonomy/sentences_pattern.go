package taxonomy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Pattern is the text of a sentence with slots, read at load:
//
//	{单位}{年}年度收入总计{收入总计}，{增减 收入总计 上年}{若 有 结余分配}，…{否则}…{完}
//
// data/README.md describes what may stand in a slot.
type Pattern struct {
	File   string // of the data, and the line there, for messages
	Line   int
	Pieces []Piece
}

// Piece is plain text, a slot, or a choice.
type Piece struct {
	Text   string
	Slot   *Slot
	Choice *Choice
}

// Choice is {若 …}…{否则}…{完}.
type Choice struct {
	If         Condition
	Then, Else []Piece
}

// Slot is {name} or {name operand operand}.
type Slot struct {
	Name string
	Args []Operand
}

// Operand names a quantity: a concept, or 项 for the element of a list, and
// its period; a period alone is that of the operand before it.
type Operand struct{ Concept, Period string }

// String gives the form of the data files.
func (o Operand) String() string {
	switch {
	case o.Concept == "":
		return o.Period
	case o.Period == "" || o.Period == "本年":
		return o.Concept
	}
	return o.Concept + "@" + o.Period
}

// Condition is true when all tests of one of its groups are.
type Condition [][]Test

// Test is one test of a condition.
type Test struct {
	Not  bool
	Verb string
	Arg  Operand // a quantity, or in Concept a table, list or note
}

// operandPeriods are the periods a quantity may have.
var operandPeriods = []string{"本年", "上年", "年初预算", "全年预算", "预算", "上年预算"}

func parseOperand(s string) (Operand, error) {
	if slices.Contains(operandPeriods, s) {
		return Operand{Period: s}, nil
	}
	c, p, said := strings.Cut(s, "@")
	if said && !slices.Contains(operandPeriods, p) {
		return Operand{}, fmt.Errorf("期间“%s”不认识，可用：%s", p, strings.Join(operandPeriods, "、"))
	}
	if c == "" {
		return Operand{}, fmt.Errorf("“%s”没有写项目", s)
	}
	return Operand{Concept: c, Period: p}, nil
}

// verbs of conditions and whether they take an argument.
var verbs = map[string]bool{
	"有": true, "无": true, "有值": true, "空": true, "表": true, "列有": true, "列文": true, "注": true,
	"行政": false, "部门": false, "单独": false, "机构": false, "末": false,
}

// ParseCondition reads “有 X 且 行政 或 非 空 08”.
func ParseCondition(s string) (Condition, error) {
	var out Condition
	group := []Test{}
	f := strings.Fields(s)
	for i := 0; i < len(f); i++ {
		t := Test{}
		if f[i] == "非" {
			t.Not = true
			if i++; i == len(f) {
				return nil, fmt.Errorf("条件“%s”：“非”后面没有内容", s)
			}
		}
		arg, known := verbs[f[i]]
		if !known {
			return nil, fmt.Errorf("条件“%s”：“%s”不认识，可用：有、无、有值、空、表、列有、列文、注、行政、部门、单独、机构、末", s, f[i])
		}
		t.Verb = f[i]
		if arg {
			if i++; i == len(f) {
				return nil, fmt.Errorf("条件“%s”：“%s”后面没有内容", s, t.Verb)
			}
			var err error
			if t.Arg, err = parseOperand(f[i]); err != nil {
				return nil, fmt.Errorf("条件“%s”：%w", s, err)
			}
		}
		group = append(group, t)
		if i+1 == len(f) {
			break
		}
		i++
		switch f[i] {
		case "且":
		case "或":
			out = append(out, group)
			group = []Test{}
		default:
			return nil, fmt.Errorf("条件“%s”：“%s”处应为“且”或“或”", s, f[i])
		}
		if i+1 == len(f) {
			return nil, fmt.Errorf("条件“%s”不完整", s)
		}
	}
	if len(group) == 0 {
		return nil, fmt.Errorf("条件是空的")
	}
	return append(out, group), nil
}

// ParsePattern reads a pattern. Line breaks are no part of the text.
func ParsePattern(s string, line int) (*Pattern, error) {
	p := &Pattern{Line: line}
	r := &patternReader{s: s, line: line}
	var err error
	if p.Pieces, err = r.pieces(0); err != nil {
		return nil, err
	}
	return p, nil
}

type patternReader struct {
	s    string
	at   int
	line int
}

func (r *patternReader) errorf(format string, args ...any) error {
	return fmt.Errorf("第%d行：%s", r.line+strings.Count(r.s[:r.at], "\n"), fmt.Sprintf(format, args...))
}

// pieces reads up to the end, or inside a choice up to {否则} or {完}, which
// it leaves to be read.
func (r *patternReader) pieces(depth int) ([]Piece, error) {
	var out []Piece
	text := func(s string) error {
		if i := strings.IndexByte(s, '}'); i >= 0 {
			return r.errorf("多了“}”")
		}
		lines := strings.Split(s, "\n")
		for i := 1; i < len(lines); i++ {
			lines[i] = strings.TrimLeft(lines[i], " ")
		}
		if s = strings.Join(lines, ""); s != "" {
			out = append(out, Piece{Text: s})
		}
		return nil
	}
	for {
		i := strings.IndexByte(r.s[r.at:], '{')
		if i < 0 {
			if depth > 0 {
				return nil, r.errorf("{若 …}没有{完}")
			}
			err := text(r.s[r.at:])
			r.at = len(r.s)
			return out, err
		}
		if err := text(r.s[r.at : r.at+i]); err != nil {
			return nil, err
		}
		r.at += i
		j := strings.IndexByte(r.s[r.at:], '}')
		if j < 0 {
			return nil, r.errorf("“{”没有配对的“}”")
		}
		body := r.s[r.at+1 : r.at+j]
		f := strings.Fields(body)
		if len(f) == 0 {
			return nil, r.errorf("空的槽{}")
		}
		if strings.ContainsRune(body, '{') {
			return nil, r.errorf("槽里面不能再有“{”")
		}
		switch f[0] {
		case "完", "否则":
			if depth == 0 {
				return nil, r.errorf("{%s}前面没有{若 …}", f[0])
			}
			return out, nil
		case "若":
			c, err := r.choice(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(body), "若")), j, depth)
			if err != nil {
				return nil, err
			}
			out = append(out, Piece{Choice: c})
			continue
		}
		slot := &Slot{Name: f[0]}
		for _, a := range f[1:] {
			o, err := parseOperand(a)
			if err != nil {
				return nil, r.errorf("%s", err)
			}
			slot.Args = append(slot.Args, o)
		}
		if len(slot.Args) == 0 {
			if _, err := parseOperand(f[0]); err != nil {
				return nil, r.errorf("%s", err)
			}
		}
		out = append(out, Piece{Slot: slot})
		r.at += j + 1
	}
}

func (r *patternReader) choice(cond string, skip, depth int) (*Choice, error) {
	c := &Choice{}
	var err error
	if c.If, err = ParseCondition(cond); err != nil {
		return nil, r.errorf("%s", err)
	}
	if depth > 9 {
		return nil, r.errorf("{若 …}套得太深")
	}
	r.at += skip + 1
	if c.Then, err = r.pieces(depth + 1); err != nil {
		return nil, err
	}
	if strings.HasPrefix(r.s[r.at:], "{否则}") {
		r.at += len("{否则}")
		if c.Else, err = r.pieces(depth + 1); err != nil {
			return nil, err
		}
	}
	if !strings.HasPrefix(r.s[r.at:], "{完}") {
		return nil, r.errorf("{若 …}没有{完}")
	}
	r.at += len("{完}")
	return c, nil
}

// UnmarshalYAML reads the pattern of a yaml string.
func (p *Pattern) UnmarshalYAML(n ast.Node) error {
	s, line, err := nodeText(n)
	if err != nil {
		return err
	}
	q, err := ParsePattern(s, line)
	if err != nil {
		return err
	}
	*p = *q
	return nil
}

// UnmarshalYAML reads the condition of a yaml string.
func (c *Condition) UnmarshalYAML(n ast.Node) error {
	s, line, err := nodeText(n)
	if err != nil {
		return err
	}
	q, err := ParseCondition(s)
	if err != nil {
		return fmt.Errorf("第%d行：%w", line, err)
	}
	*c = q
	return nil
}

// nodeText is the text of a scalar and the line where it begins.
func nodeText(n ast.Node) (string, int, error) {
	line := n.GetToken().Position.Line
	switch x := n.(type) {
	case *ast.LiteralNode:
		return strings.TrimRight(x.Value.Value, "\n"), line + 1, nil
	case *ast.StringNode:
		return x.Value, line, nil
	case *ast.NullNode:
		return "", line, nil
	case ast.ScalarNode:
		return fmt.Sprint(x.GetValue()), line, nil
	}
	return "", line, fmt.Errorf("第%d行：这里应当是一段文字", line)
}
