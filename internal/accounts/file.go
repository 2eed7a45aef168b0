package accounts

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"juesuan/internal/figure"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// Keys of the file, in the order in which they are written.
const (
	keyUnit         = "单位"
	keyScope        = "范围"
	keyKind         = "类型"
	keyYear         = "年度"
	keyMoney        = "金额单位"
	keyForm         = "样式"
	keyTables       = "表"
	keyNames        = "科目名称"
	keyValues       = "数值"
	keyReasons      = "原因"
	keyUses         = "主要用途"
	keyDuties       = "职能"
	keyOffices      = "内设机构"
	keySubordinates = "下属单位"
	keyNotes        = "文字"
	keyGlossary     = "名词解释"
	keySheets       = "自评表"
	keyComplete     = "决算表" // output only: the completed tables
)

// whole is the key of the value that is of no single 科目.
const whole = "合计"

// Read reads accounts from yaml or json, as WriteYAML and WriteJSON write
// them. Errors are *document.ReadError in Chinese with the line. The completed
// tables that a json carries are not read: they follow from the entered cells.
func Read(name string, data []byte, tax *taxonomy.Taxonomy) (*Accounts, error) {
	n, err := parseTree(name, data)
	if err != nil {
		return nil, err
	}
	r := &reader{name: name, tax: tax, a: &Accounts{}}
	if err := r.all(n); err != nil {
		return nil, err
	}
	return r.a, nil
}

type reader struct {
	name string
	tax  *taxonomy.Taxonomy
	a    *Accounts
}

func (r *reader) errorf(line int, format string, args ...any) error {
	return problem(r.name, line, format, args...)
}

// each calls f for every pair of a mapping; a key twice is an error.
func (r *reader) each(n *node, what string, f func(k key, v *node) error) error {
	if n.kind == null {
		return nil
	}
	if n.kind != mapping {
		return r.errorf(n.line, "“%s”下面应是“名称: 值”", what)
	}
	seen := map[string]bool{}
	for i, k := range n.keys {
		if seen[k.name] {
			return r.errorf(k.line, "“%s”重复", k.name)
		}
		seen[k.name] = true
		if err := f(k, n.vals[i]); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) all(n *node) error {
	if n.kind != mapping {
		return r.errorf(n.line, "文件应以“%s: …”这样的行组成", keyUnit)
	}
	// Amounts are in the stated unit wherever it stands.
	for i, k := range n.keys {
		if k.name != keyMoney {
			continue
		}
		switch u := figure.Unit(n.vals[i].text); u {
		case figure.Yuan, figure.WanYuan:
			r.a.Money = u
		default:
			return r.errorf(k.line, "金额单位“%s”应为“万元”或“元”", u)
		}
	}
	return r.each(n, "文件", func(k key, v *node) error {
		switch k.name {
		case keyUnit:
			return r.text(k, v, &r.a.Unit)
		case keyScope:
			return r.choice(k, v, &r.a.Scope, "部门", "单位")
		case keyKind:
			var s string
			err := r.choice(k, v, &s, string(Administrative), string(Assimilated), string(Institution))
			r.a.Kind = UnitKind(s)
			return err
		case keyYear:
			y, err := strconv.Atoi(v.text)
			if err != nil || y < 1990 || y > 2100 {
				return r.errorf(k.line, "年度“%s”不是年份", v.text)
			}
			r.a.Year = y
			return nil
		case keyMoney, keyComplete:
			return nil
		case keyForm:
			return r.text(k, v, &r.a.Form)
		case keyTables:
			return r.tables(v)
		case keyNames:
			return r.byCode(k, v, &r.a.Names)
		case keyValues:
			return r.values(v)
		case keyReasons:
			return r.reasons(v)
		case keyUses:
			return r.byCode(k, v, &r.a.Uses)
		case keyDuties:
			return r.list(k, v, &r.a.Duties)
		case keyOffices:
			return r.list(k, v, &r.a.Offices)
		case keySubordinates:
			return r.list(k, v, &r.a.Subordinates)
		case keyNotes:
			return r.byName(k, v, &r.a.Notes)
		case keyGlossary:
			return r.glossary(k, v)
		case keySheets:
			b, err := base64.StdEncoding.DecodeString(v.text)
			if err != nil {
				return r.errorf(k.line, "“%s”不是 base64", keySheets)
			}
			r.a.Sheets = b
			return nil
		}
		return r.errorf(k.line, "不认识“%s”", k.name)
	})
}

// text reads a scalar as text.
func (r *reader) text(k key, v *node, into *string) error {
	if v.kind == mapping || v.kind == sequence {
		return r.errorf(k.line, "“%s”应是一段文字", k.name)
	}
	*into = v.text
	return nil
}

func (r *reader) choice(k key, v *node, into *string, options ...string) error {
	if err := r.text(k, v, into); err != nil {
		return err
	}
	if *into != "" && !slices.Contains(options, *into) {
		return r.errorf(k.line, "“%s”应为%s", k.name, strings.Join(options, "、"))
	}
	return nil
}

func (r *reader) list(k key, v *node, into *[]string) error {
	if v.kind != sequence && v.kind != null {
		return r.errorf(k.line, "“%s”应是列表，每项一行，以“- ”开头", k.name)
	}
	if v.kind == sequence && *into == nil {
		*into = []string{} // none, which is more than nothing said
	}
	for _, e := range v.vals {
		var s string
		if err := r.text(key{k.name, e.line}, e, &s); err != nil {
			return err
		}
		*into = append(*into, s)
	}
	return nil
}

func (r *reader) byName(k key, v *node, into *map[string]string) error {
	return r.each(v, k.name, func(k key, v *node) error {
		var s string
		if err := r.text(k, v, &s); err != nil {
			return err
		}
		if *into == nil {
			*into = map[string]string{}
		}
		(*into)[k.name] = s
		return nil
	})
}

func (r *reader) byCode(k key, v *node, into *map[string]string) error {
	for _, c := range v.keys {
		if !isCode(c.name) {
			return r.errorf(c.line, "“%s”下的“%s”不是科目编码", k.name, c.name)
		}
	}
	return r.byName(k, v, into)
}

func (r *reader) glossary(k key, v *node) error {
	if v.kind != sequence && v.kind != null {
		return r.errorf(k.line, "“%s”应是列表", k.name)
	}
	for _, e := range v.vals {
		var t Term
		err := r.each(e, k.name, func(k key, v *node) error {
			switch k.name {
			case "名词":
				return r.text(k, v, &t.Name)
			case "解释":
				return r.text(k, v, &t.Meaning)
			}
			return r.errorf(k.line, "不认识“%s”，名词解释的每项是“名词”和“解释”", k.name)
		})
		if err != nil {
			return err
		}
		r.a.Glossary = append(r.a.Glossary, t)
	}
	return nil
}

// tables reads 表: table, row, column, amount.
func (r *reader) tables(n *node) error {
	return r.each(n, keyTables, func(table key, rows *node) error {
		cols, names := r.tax.Layouts.Keys(table.name)
		if cols == nil {
			return r.errorf(table.line, "没有表“%s”，应为 01 至 09", table.name)
		}
		return r.each(rows, "表"+table.name, func(row key, cells *node) error {
			if !names[row.name] && !isCode(row.name) {
				return r.errorf(row.line, "表%s没有“%s”这一行", table.name, row.name)
			}
			return r.each(cells, row.name, func(col key, v *node) error {
				if !cols[col.name] {
					return r.errorf(col.line, "表%s没有“%s”这一列", table.name, col.name)
				}
				if v.kind == null {
					return nil
				}
				f, err := ParseFen(v.text, r.a.PrintUnit())
				if err != nil || v.kind == mapping || v.kind == sequence {
					return r.errorf(col.line, "表%s“%s”的“%s”：%s", table.name, row.name, col.name, reason(err))
				}
				if r.a.Cells == nil {
					r.a.Cells = map[Cell]Fen{}
				}
				r.a.Cells[Cell{table.name, row.name, col.name}] = f
				return nil
			})
		})
	})
}

func reason(err error) string {
	if err == nil {
		return "应是数字"
	}
	return err.Error()
}

// periods that values and reasons may have.
var periods = []string{
	string(report.ThisYear), string(report.LastYear), string(report.LastBudget), string(report.LastExecution),
	string(report.InitialBudget), string(report.FullBudget), string(report.PlainBudget), string(report.OtherYear),
}

// keyed reads concept, period and then one value or one for each 科目.
func (r *reader) keyed(n *node, what string, f func(k Key, at key, v *node) error) error {
	return r.each(n, what, func(concept key, v *node) error {
		c := r.tax.Concepts.ByName(concept.name)
		switch {
		case c == nil:
			return r.errorf(concept.line, "“%s”下不认识“%s”", what, concept.name)
		case c.Name != concept.name:
			return r.errorf(concept.line, "“%s”请写作“%s”", concept.name, c.Name)
		}
		return r.each(v, concept.name, func(period key, v *node) error {
			if !slices.Contains(periods, period.name) {
				return r.errorf(period.line, "“%s”应为%s", period.name, strings.Join(periods, "、"))
			}
			if v.kind != mapping {
				return f(Key{concept.name, period.name, ""}, period, v)
			}
			return r.each(v, period.name, func(code key, v *node) error {
				k := Key{concept.name, period.name, code.name}
				if code.name == whole {
					k.Func = ""
				} else if !isCode(code.name) {
					return r.errorf(code.line, "“%s”不是科目编码", code.name)
				}
				return f(k, code, v)
			})
		})
	})
}

func (r *reader) values(n *node) error {
	return r.keyed(n, keyValues, func(k Key, at key, v *node) error {
		if v.kind == null {
			return nil
		}
		q, err := r.quantity(v)
		if err != nil {
			return r.errorf(at.line, "“%s”的%s：%s", k.Concept, k.Period, err)
		}
		if r.a.Values == nil {
			r.a.Values = map[Key]Quantity{}
		}
		r.a.Values[k] = q
		return nil
	})
}

func (r *reader) reasons(n *node) error {
	return r.keyed(n, keyReasons, func(k Key, at key, v *node) error {
		var s string
		if err := r.text(at, v, &s); err != nil {
			return err
		}
		if r.a.Reasons == nil {
			r.a.Reasons = map[Key]string{}
		}
		r.a.Reasons[k] = s
		return nil
	})
}

// quantity reads a number as money in the stated unit, or a text as a number
// with its unit: 4辆, 1280.5平方米, 12.5%.
func (r *reader) quantity(v *node) (Quantity, error) {
	if v.kind == number {
		f, err := ParseFen(v.text, r.a.PrintUnit())
		return f.Quantity(), err
	}
	if v.kind != text {
		return Quantity{}, fmt.Errorf("应是数字，或带计量单位的数字（如“4辆”）")
	}
	return ParseQuantity(v.text)
}

// ParseQuantity reads a number with its unit as it is: 4辆, 1280.5平方米,
// 12.5%, 3.20万元. Errors are in Chinese.
func ParseQuantity(s string) (Quantity, error) {
	s = strings.TrimSpace(s)
	end := strings.IndexFunc(s, func(c rune) bool { return !strings.ContainsRune("-0123456789.,", c) })
	if end < 0 {
		end = len(s)
	}
	coef, decimals, err := parseDecimal(s[:end])
	if err != nil {
		return Quantity{}, err
	}
	unit := figure.Unit(strings.TrimSpace(s[end:]))
	if unit.Kind() == figure.Count && !slices.Contains(units, unit) {
		return Quantity{}, fmt.Errorf("不认识计量单位“%s”", unit)
	}
	return Quantity{coef, decimals, unit}, nil
}

// units that counts may have.
var units = []figure.Unit{
	figure.Item, figure.Person, figure.PersonTime, figure.Vehicle, figure.Batch, figure.Set, figure.Point,
	figure.SquareMetre, figure.Occasion, figure.Group, figure.Firm, figure.Entry, figure.Household, figure.Head,
}
