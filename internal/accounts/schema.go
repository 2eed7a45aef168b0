package accounts

import (
	"maps"
	"slices"

	"juesuan/internal/taxonomy"
)

// Schema is the JSON Schema (2020-12) of the files that Read reads and
// WriteJSON writes; docs/accounts.schema.json is this text. Editors that know
// schemas complete names by it in yaml, too.
func Schema(tax *taxonomy.Taxonomy) []byte {
	s := newMap()
	s.add("$schema", newText("https://json-schema.org/draft/2020-12/schema"))
	s.add("title", newText("juesuan 决算数据"))
	s.add("description", newText("一个单位一个年度的决算数据：init、build 读写的 yaml 和 json。金额以“金额单位”计，精确到分。"))
	s.add("type", newText("object"))
	s.add("additionalProperties", newText("false").raw())
	p := newMap()
	str := func(desc string) *node { return object("type", "string", "description", desc) }
	p.add(keyUnit, str("单位名称"))
	p.add(keyScope, withEnum(str("部门决算或单位决算"), "部门", "单位"))
	p.add(keyKind, withEnum(str("决定哪些部分适用"), string(Administrative), string(Assimilated), string(Institution)))
	p.add(keyYear, object("type", "integer", "description", "决算年度"))
	p.add(keyMoney, withEnum(str("表和文字的金额单位，默认万元"), "万元", "元"))
	p.add(keyForm, str("表式和文字的样式：通用、上海、新疆、中央"))
	p.add(keyTables, tableSchema(tax))
	p.add(keyNames, codeMap("本单位使用的科目名称，按编码"))
	value := newMap()
	value.add("oneOf", list(object("type", "number"), object("type", "string", "pattern", `^-?[0-9][0-9,]*(\.[0-9]+)?`), object("type", "null")))
	p.add(keyValues, keyedSchema(tax, "上年数、预算数和表中没有的数：项目、期间、数；分科目的在期间下按编码写，总数写“合计”", value))
	p.add(keyReasons, keyedSchema(tax, "增减原因：项目、与哪个期间相比、原因", object("type", "string")))
	p.add(keyUses, codeMap("各科目支出主要用于什么，按编码"))
	for _, k := range []string{keyDuties, keyOffices, keySubordinates} {
		l := object("type", "array")
		l.add("items", object("type", "string"))
		p.add(k, l)
	}
	notes := str("各部分的补充文字，按部分名称")
	notes.vals[0] = newText("object")
	notes.add("additionalProperties", object("type", "string"))
	p.add(keyNotes, notes)
	term := object("type", "object")
	tp := newMap()
	tp.add("名词", object("type", "string"))
	tp.add("解释", object("type", "string"))
	term.add("properties", tp)
	term.add("additionalProperties", newText("false").raw())
	glossary := object("type", "array")
	glossary.add("items", term)
	p.add(keyGlossary, glossary)
	p.add(keySheets, str("项目支出绩效自评表，base64"))
	p.add(keyComplete, completeSchema())
	s.add("properties", p)
	amount := newMap()
	amount.add("type", texts([]string{"number", "null"}))
	defs := newMap()
	defs.add("金额", amount)
	s.add("$defs", defs)
	return s.json()
}

// raw makes a scalar that is written without quotation marks: true, false.
func (n *node) raw() *node { n.kind = number; return n }

// object makes a mapping of texts from pairs.
func object(pairs ...string) *node {
	n := newMap()
	for i := 0; i+1 < len(pairs); i += 2 {
		n.add(pairs[i], newText(pairs[i+1]))
	}
	return n
}

func list(items ...*node) *node { return &node{kind: sequence, vals: items} }

func withEnum(n *node, values ...string) *node {
	n.add("enum", texts(values))
	return n
}

const codePattern = "^[0-9]{3}([0-9]{2}){0,2}$"

func codeMap(desc string) *node {
	n := object("type", "object", "description", desc)
	n.add("propertyNames", object("pattern", codePattern))
	n.add("additionalProperties", object("type", "string"))
	return n
}

// tableIDs are the tables that accounts may have.
func tableIDs(tax *taxonomy.Taxonomy) []string {
	var out []string
	for _, l := range tax.Layouts.All {
		if l.Kind == "决算" && !slices.Contains(out, l.Table) {
			out = append(out, l.Table)
		}
	}
	slices.Sort(out)
	return out
}

func tableSchema(tax *taxonomy.Taxonomy) *node {
	n := object("type", "object", "description", "填报的各表：表、行（科目编码或行名）、列、数。合计可以不填；填了的必须与分项相符")
	props := newMap()
	for _, t := range tableIDs(tax) {
		cols, rows := tax.Layouts.Keys(t)
		cells := object("type", "object")
		cp := newMap()
		for _, c := range slices.SortedFunc(maps.Keys(cols), func(a, b string) int {
			return compareCells(Cell{Col: a}, Cell{Col: b})
		}) {
			cp.add(c, object("$ref", "#/$defs/金额"))
		}
		cells.add("properties", cp)
		cells.add("additionalProperties", newText("false").raw())
		table := object("type", "object", "description", tableName(tax, t))
		names := newMap()
		names.add("anyOf", list(object("pattern", codePattern), withEnum(newMap(), slices.SortedFunc(maps.Keys(rows), func(a, b string) int {
			return compareCells(Cell{Row: a}, Cell{Row: b})
		})...)))
		table.add("propertyNames", names)
		table.add("additionalProperties", cells)
		props.add(t, table)
	}
	n.add("properties", props)
	n.add("additionalProperties", newText("false").raw())
	return n
}

func tableName(tax *taxonomy.Taxonomy, id string) string {
	for _, l := range tax.Layouts.All {
		if l.Table == id {
			return l.Name
		}
	}
	return ""
}

func keyedSchema(tax *taxonomy.Taxonomy, desc string, value *node) *node {
	var names []string
	for _, c := range tax.Concepts.All() {
		names = append(names, c.Name)
	}
	byCode := object("type", "object")
	codes := newMap()
	codes.add("anyOf", list(object("pattern", codePattern), withEnum(newMap(), whole)))
	byCode.add("propertyNames", codes)
	byCode.add("additionalProperties", value)
	either := newMap()
	either.add("anyOf", list(value, byCode))
	period := object("type", "object")
	period.add("propertyNames", withEnum(newMap(), periods...))
	period.add("additionalProperties", either)
	n := object("type", "object", "description", desc)
	n.add("propertyNames", withEnum(newMap(), names...))
	n.add("additionalProperties", period)
	return n
}

// completeSchema describes the completed tables of a json output.
func completeSchema() *node {
	row := object("type", "object")
	rp := newMap()
	rp.add("侧", object("type", "string", "description", "收入、支出（01、04），人员、公用（06）"))
	rp.add("行", object("type", "string", "description", "行名或科目编码"))
	rp.add("名称", object("type", "string", "description", "科目名称"))
	amounts := object("type", "object")
	amounts.add("additionalProperties", object("type", "number"))
	rp.add("数", amounts)
	row.add("properties", rp)
	row.add("required", texts([]string{"行", "数"}))
	row.add("additionalProperties", newText("false").raw())
	rows := object("type", "array")
	rows.add("items", row)
	table := object("type", "object")
	tp := newMap()
	tp.add("名称", object("type", "string"))
	tp.add("行", rows)
	table.add("properties", tp)
	table.add("required", texts([]string{"名称", "行"}))
	table.add("additionalProperties", newText("false").raw())
	n := object("type", "object", "description", "算好的九张表，只输出；读入时由“表”重新计算")
	n.add("additionalProperties", table)
	return n
}
