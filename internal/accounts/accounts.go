// Package accounts is one budget unit's accounts of one fiscal year as the
// clerk has them: the cells of the nine tables, the values the narrative
// compares with, and the words that only the unit knows. A disclosure is
// built from Accounts; nothing in them is computed but what Complete computes.
package accounts

import "juesuan/internal/figure"

// Fen is an amount of money in 分 (1/100 元). All money is exact.
type Fen int64

// Cell names a cell of a table by the canonical keys of the layouts
// (internal/taxonomy/data/layouts/KEYS.md): 05, 2080505, 基本支出.
// Rows of two-sided tables are named without their side where the key is
// unique; 01 and 04 use the row keys 收入总计 and 支出总计.
type Cell struct{ Table, Row, Col string }

// Key names a value of the narrative: a concept (concepts.yaml), its period
// (report.Period: 上年, 年初预算, 全年预算 …; 本年 for what no table carries)
// and the 功能分类 code when it is of one 科目.
type Key struct{ Concept, Period, Func string }

// Quantity is an exact value as it was entered: money in 元 with two
// decimals, counts as whole numbers, areas with their decimals.
type Quantity struct {
	Coef     int64
	Decimals int
	Unit     figure.Unit
}

// UnitKind is the kind of unit: it decides which sections apply.
type UnitKind string

// Kinds of unit.
const (
	Administrative UnitKind = "行政单位"
	Assimilated    UnitKind = "参公事业单位" // 参照公务员法管理的事业单位
	Institution    UnitKind = "事业单位"
)

// Accounts of one unit and year. Maps may be nil.
type Accounts struct {
	Unit  string
	Scope string // 部门 or 单位
	Kind  UnitKind
	Year  int
	Money figure.Unit // 万元 (default) or 元: the unit that tables and text print
	Form  string      // id of the sentence set and table forms: 通用, 新疆, 上海

	// Cells are the entered cells of this year's tables. Totals may be
	// missing (Complete computes them) or present (then they must agree).
	Cells map[Cell]Fen
	// Names of 科目 by code where the unit prints another than the code list.
	Names map[string]string
	// Values for the narrative.
	Values map[Key]Quantity

	Duties       []string          // 主要职能, one paragraph each
	Offices      []string          // 内设机构; nil is not said, empty is none
	Subordinates []string          // 纳入决算的下属单位
	Uses         map[string]string // 主要用于, by 功能分类 code
	Reasons      map[Key]string    // why Concept changed against Period, for Func
	Notes        map[string]string // free paragraphs by section key: 绩效, 国有资产 …
	Glossary     []Term
	Sheets       []byte // kept for the self-evaluation sheets
}

// Term is an entry of the 名词解释.
type Term struct{ Name, Meaning string }

// Missing is something the disclosure needs and the accounts do not have.
type Missing struct {
	What  string // 上年“收入支出总计”, “公务接待费”较上年减少27.78%的原因
	Where string // where to enter it: sheet and row of the 填报模板
	Key   Key
	Kind  string // 数额, 原因, 文字
}

// Conflict is an entered total that is not what its parts give, or two places
// of the accounts that cannot both be right whatever the rounding.
type Conflict struct {
	Cell     Cell
	Entered  Fen
	Computed Fen
	Text     string // what disagrees, in a sentence for the clerk, with the amounts
}
