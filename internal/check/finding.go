// Package check tests the relations that must hold between the figures of a
// Report and says what it found: every finding with its arithmetic and place,
// every figure with its status.
package check

import (
	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// Severity of a finding.
type Severity string

// Severities.
const (
	Error   Severity = "错误"
	Suspect Severity = "疑似"
	Hint    Severity = "提示"
)

// Verdict on a whole disclosure.
type Verdict string

// Verdicts, with the exit codes 0, 1 and 2.
const (
	Passed     Verdict = "通过"
	HasErrors  Verdict = "有错误"
	Incomplete Verdict = "未能完整检查"
)

// Place of a finding, for people and for JSON.
type Place struct {
	File    string `json:"file,omitempty"` // only when the disclosure has several files
	Page    int    `json:"page,omitempty"`
	Cell    string `json:"cell,omitempty"`    // 表05 2080505 基本支出, or 工作表!B7
	Section string `json:"section,omitempty"` // 七、… of words in the narrative
	Excerpt string `json:"excerpt"`           // as printed
}

// Finding is one cause: symptoms of the same cause are one finding.
type Finding struct {
	Rule       string   `json:"rule"`
	Severity   Severity `json:"severity"`
	Title      string   `json:"title"`
	Message    string   `json:"message"`    // what is wrong and what to do
	Arithmetic string   `json:"arithmetic"` // 362.78 − 335.55 = 27.23 ≠ 25.23
	Places     []Place  `json:"places"`
	Suspect    string   `json:"suspect"`  // the figure most likely wrong, as printed
	Expected   string   `json:"expected"` // what would satisfy its relations

	// For the core; a rule sets suspects and needs when it knows them.

	// figures of the relation; the first is the stated one (the total, the rate).
	figures []report.ID
	// suspects narrows the figures that may be the wrong one; nil means any.
	suspects []report.ID
	// needs gives the values of one figure, in the base of its kind, that would
	// satisfy the relation with the others as printed; nil when not known.
	needs func(report.ID) (figure.Interval, bool)
	// about are the figures a finding on words rests on: when one of them turns
	// out to be the wrong one, the words are its symptom.
	about []report.ID
	// linear is the relation when it is one over amounts.
	linear *linear
	// block and start say where in the document the finding belongs.
	block, start int
}

// DutyStatus is how a duty ended.
type DutyStatus string

// Duty statuses.
const (
	Done          DutyStatus = "完成"
	NotApplicable DutyStatus = "不适用"
	NoData        DutyStatus = "无数据"
	Unreadable    DutyStatus = "无法判读"
)

// Duty is one thing a full check has to do: a rule family on a table or section.
type Duty struct {
	ID     string     `json:"id"`
	Title  string     `json:"title"`
	Status DutyStatus `json:"status"`
	Reason string     `json:"reason,omitempty"`
}

// Coverage counts the figures by status.
type Coverage struct {
	Total        int `json:"total"`
	Proved       int `json:"proved"`
	Contradicted int `json:"contradicted"`
	Unproved     int `json:"unproved"`
}

// Status of one figure.
type Status int

// Statuses.
const (
	Unproved     Status = iota // in no relation
	Proved                     // in a relation that holds, in none that fails
	Contradicted               // in a relation that fails, and a suspect of it
)

// Result of checking one disclosure. Its JSON form is documented in docs/json.md.
type Result struct {
	File     string    `json:"file"`
	Kind     string    `json:"kind"`
	Unit     string    `json:"unit"`
	Year     int       `json:"year"`
	Verdict  Verdict   `json:"verdict"`
	Figures  Coverage  `json:"figures"`
	Findings []Finding `json:"findings"`
	Duties   []Duty    `json:"duties"`

	Status []Status `json:"-"` // by report.ID
}
