// Package report is what a disclosure says: one unit, one fiscal year, its
// tables, its sentences, and every printed number with its place.
// internal/recognise fills a Report from a Document; internal/check tests it.
package report

import (
	"juesuan/internal/document"
	"juesuan/internal/figure"
)

// Kind of disclosure, read from its content.
type Kind string

// Kinds of disclosure.
const (
	Final    Kind = "决算"
	Budget   Kind = "预算"
	Template Kind = "模板" // an unfilled template
	Other    Kind = ""   // not recognised
)

// Report is one disclosure understood. Slices are in document order.
type Report struct {
	Document *document.Document

	Kind  Kind
	Scope string // "部门", "单位" or ""
	Unit  string // name of the budget unit, "" when not found
	Year  int    // fiscal year, 0 when not found

	Figures  []Figure // every quantity printed in tables and text; the index is its ID
	Tables   []Table
	Sections []Section

	Changes     []Change
	Shares      []Share
	Completions []Completion
	Sums        []Sum
	Equals      []Equal
	NameLists   []NameList
	Subjects    []Subject
	EmptyClaims []EmptyClaim
	CountClaims []CountClaim

	// Folded is document.Fold of every block's text (empty for tables), by block.
	Folded []document.Text
	// TableText ties the blocks that are a table's title, label, unit line or
	// note to that table (index into Tables); the narrative leaves them out.
	TableText map[int]int
}

// ID of a Figure: its index in Report.Figures. None means not printed.
type ID int

// None is the ID of a figure that is not printed.
const None ID = -1

// Measure says what a number measures.
type Measure string

// Measures.
const (
	Level      Measure = "数额"  // an amount or count at a period
	Delta      Measure = "增减额" // now − before
	Growth     Measure = "增减率" // (now − before) ÷ before
	ShareOf    Measure = "占比"  // part ÷ whole
	Completed  Measure = "完成率" // actual ÷ budget
	Variance   Measure = "差异率" // (actual − budget) ÷ budget
	NotUnderst Measure = ""    // the reader did not understand this number
)

// Period of a value.
type Period string

// Periods. The fiscal year of the disclosure is 本年; in a 预算 the planned
// year is 本年 and the year before it 上年.
const (
	ThisYear      Period = "本年"   // 决算数 of a 决算, 预算数 of a 预算
	LastYear      Period = "上年"   // 上年决算数
	LastBudget    Period = "上年预算" // 上年预算数
	LastExecution Period = "上年执行" // 上年预算执行数
	InitialBudget Period = "年初预算"
	FullBudget    Period = "全年预算" // 调整后预算, 全年预算
	PlainBudget   Period = "预算"   // “预算数” where the text does not say which
	OtherYear     Period = "他年"   // a named other base (疫情前 …)
)

// Fact says what a number is about. The zero Fact is “not understood”.
type Fact struct {
	Concept string // canonical name in concepts.yaml: 本年收入合计, 公用经费, 公务接待费 …
	Measure Measure
	Period  Period // of the value; for Delta, Growth, Completed, Variance: 本年
	Base    Period // what Delta, Growth, Completed, Variance compare with
	Func    string // 功能分类 code when known (3, 5 or 7 digits)
	Econ    string // 经济分类 code when known
	Name    string // 科目 or project name as printed when it narrows the concept
	Fund    string // 一般公共预算 / 政府性基金 / 国有资本经营 / 财政拨款 when it narrows the concept
	Place   string // section key in which it was said (sections.yaml)
}

// Figure is one printed quantity.
type Figure struct {
	figure.Figure
	Fact     Fact
	Table    int    // index into Report.Tables, or -1 for text
	Row, Col int    // in that table
	Block    int    // index into Document.Blocks
	Start    int    // byte offset of the print in the folded text of the block (text only)
	Excerpt  string // a few words around it (text), or row and column names (table)
	Section  string // section key, "" outside sections
	Place    document.Place
	// UnitMissing says that the text leaves out the unit (% or 万元) that the
	// context demands; Figure.Unit is the one demanded.
	UnitMissing bool
}

// Table is one recognised table of the disclosure; page-cut pieces are joined.
type Table struct {
	Set      int    // 0 for the disclosure's own tables; 1, 2 … for further sets of the nine in the same file (a unit's)
	ID       string // canonical: "01" … "09" by the design's list, or a layout's own id (采购, 绩效 …); "" unknown
	Layout   string // id of the layout that matched
	Title    string // as printed
	Label    string // as printed: 公开05表, 表5
	Unit     figure.Unit
	UnitSaid string // the printed unit label, "" when none
	Columns  []Column
	Rows     []Row
	Notes    []document.Text // 注 and 说明 below it
	Empty    bool            // has no amount other than 0
	Problem  string          // why it could not be read whole (for 无法判读), else ""
	Blocks   []int           // indexes into Document.Blocks of its pieces
	Place    document.Place
}

// Column of a recognised table.
type Column struct {
	Key    string // canonical column name in the layout: 合计, 基本支出, 决算数 …; "" not recognised
	Block  string // side of a side-by-side table: 收入, 支出, 人员, 公用; "" otherwise
	Header string // as printed, levels joined with "/"
	Part   string // key of the column this one is a part of (其中), "" when it is none
}

// Row of a recognised table. In a side-by-side table each side gives its own Row.
type Row struct {
	Key   string // canonical row name: 本年收入合计, 收入总计, 一般公共服务支出 …; for coded rows the code; 合计 for the total row
	Code  string // 科目 code, digits only, "" when none
	Name  string // as printed, blanks removed
	Block string // side
	Level int    // 1 类, 2 款, 3 项 (economic: 1 类, 2 款); 0 no code
	Part  string // key of the row this one is a part of (其中：…; the form may leave that row out), "" when it is none: a sum of rows leaves it out
	Cells []Cell // one per Column of the table; sides it does not belong to are blank
	Place document.Place
}

// Cell of a recognised table.
type Cell struct {
	Figure ID     // None when blank or not a number
	Text   string // as printed, folded
	Place  document.Place
}

// Section of the narrative.
type Section struct {
	Key    string // canonical key in sections.yaml, "" unknown
	Number string // as printed: 一, （二）, 1
	Title  string // without number
	Level  int    // 0 part, 1 一、, 2 （一）, 3 1.
	Block  int    // index of its heading in Document.Blocks
	End    int    // index after its last block
	Place  document.Place
}

// Direction of a change as the words say it.
type Direction int

// Directions.
const (
	Unsaid Direction = iota
	Up               // 增加, 增长, 上升, 大于
	Down             // 减少, 下降, 降低, 小于
	Flat             // 持平, 无变化, 等于
)

// Words points at a piece of text: for messages and for findings about wording.
type Words struct {
	Text  string
	Block int
	Start int // in the folded text of the block
	Place document.Place
}

// Change is a comparison of two periods: Now − Before = Delta, Delta ÷ Before = Rate.
// IDs are None where the sentence does not print the number.
type Change struct {
	Fact          Fact // of Now
	Base          Period
	Now, Before   ID
	Delta, Rate   ID
	Direction     Direction // of Delta
	RateDirection Direction // of Rate
	DirWords      Words
	RateWords     Words
	Shared        []ID   // further totals that make the same change (“收、支总计各增加…”)
	Reason        string // what follows 主要原因是, "" when no reason is given
	Words         Words  // the sentence
}

// Share is Part ÷ Whole = Rate.
type Share struct {
	Part, Whole ID // Whole may be None: then WholeFact says what it is, when the text does
	Rate        ID
	PartFact    Fact
	WholeFact   Fact
	Words       Words
}

// Completion is Actual ÷ Budget = Rate (or (Actual−Budget) ÷ Budget when Variance).
type Completion struct {
	Fact           Fact   // of Actual
	Base           Period // the base the sentence names
	Actual, Budget ID
	Rate           ID
	Delta          ID // “决算数大于预算数x万元”, “差值为x”
	Variance       bool
	Direction      Direction // 决算数大于/小于/等于预算数, Unsaid when not said
	DirWords       Words
	Reason         string
	Words          Words
}

// Sum is a whole and the parts listed after 其中, 包括 or 分别为.
type Sum struct {
	Whole ID
	Parts []ID
	All   bool // the list claims to be complete; otherwise Σ parts ≤ whole
	// Deltas says that whole and parts are changes, with the signs of their words.
	Deltas bool
	Words  Words
}

// Equal is two prints of what must be one value (收、支总计均为…).
type Equal struct {
	A, B  ID
	Words Words
}

// NameList is a list of 经济分类 names after 人员经费/公用经费 … 主要包括.
type NameList struct {
	Concept string // 人员经费 or 公用经费
	Names   []string
	Places  []Words // one a name
	Open    bool    // it ends with 等: more names may exist
	Words   Words
}

// Subject is a 科目 named in the text by code or by …（类）…（款）…（项）.
type Subject struct {
	Code   string    // as printed, "" when none
	Names  [3]string // 类, 款, 项 as printed, "" when not named
	Amount ID        // its amount, None when none
	Words  Words
}

// EmptyClaim is a statement that a table or a kind of money has no data.
type EmptyClaim struct {
	Table string // table ID: "08"; "" when not clear
	Words Words
}

// CountClaim is a stated number of listed things (下设6个科室，分别是…).
type CountClaim struct {
	Stated ID
	Listed []string
	Words  Words
}

// Get returns the figure of an ID, or nil for None.
func (r *Report) Get(id ID) *Figure {
	if id < 0 || int(id) >= len(r.Figures) {
		return nil
	}
	return &r.Figures[id]
}

// Add appends a figure and returns its ID.
func (r *Report) Add(f Figure) ID {
	r.Figures = append(r.Figures, f)
	return ID(len(r.Figures) - 1)
}

// TableByID returns the first recognised table of an ID in the disclosure's
// own set, or nil.
func (r *Report) TableByID(id string) *Table { return r.TableIn(0, id) }

// TableIn returns the first recognised table of an ID in a set, or nil.
func (r *Report) TableIn(set int, id string) *Table {
	for i := range r.Tables {
		if r.Tables[i].ID == id && r.Tables[i].Set == set {
			return &r.Tables[i]
		}
	}
	return nil
}

// At returns the figure at a canonical row and column of the table, or None.
// A key of the form "收入/决算数" names the column of one side.
func (t *Table) At(row, col string) ID {
	for _, r := range t.Rows {
		if r.Key != row {
			continue
		}
		for i, c := range t.Columns {
			if (c.Key == col || c.Block+"/"+c.Key == col) && (c.Block == "" || c.Block == r.Block) {
				return r.Cells[i].Figure
			}
		}
	}
	return None
}
