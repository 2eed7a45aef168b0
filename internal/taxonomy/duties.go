package taxonomy

import (
	"errors"
	"fmt"
)

// Duty is one thing that a full check of a disclosure has to do. The list is
// duties.yaml; an unread table or section shows in it and cannot pass unseen.
type Duty struct {
	ID    string   `yaml:"id"`    // 表05, 表间, 文-05 …
	Title string   `yaml:"title"` // Chinese
	Kinds []string `yaml:"kinds"` // 决算, 预算
	// Tables it needs. With Required the disclosure has to have them: one that
	// is absent or unread makes the check incomplete.
	Tables   []string `yaml:"tables"`
	Required bool     `yaml:"required"`
	Since    int      `yaml:"since"`   // first fiscal year in which it is required
	Instead  []string `yaml:"instead"` // tables of other forms that may stand for it
	// Rules that do the duty, by ID or by family letter.
	Rules []string `yaml:"rules"`
	// Reason says why no rule does it in this version; the duty then ends with
	// Status (不适用 or 无法判读) wherever the file has tables.
	Reason string `yaml:"reason"`
	Status string `yaml:"status"`
	// Shown are words of which a table of the file must show one for the duty
	// to arise at all (项目支出绩效自评表); none: it always arises.
	Shown []string `yaml:"shown"`
	// Rest is the duty on all tables that no layout knows; it arises when there
	// are some with amounts.
	Rest bool `yaml:"rest"`
}

// Duties are all duties, in the order they are shown.
type Duties struct{ List []Duty }

func (x *Duties) load(s *source) error {
	list, err := merge(s, "duties.yaml", func(d Duty) string { return d.ID }, func(d Duty) error {
		if d.Title == "" {
			return errors.New("缺少 title")
		}
		if len(d.Kinds) == 0 {
			return errors.New("缺少 kinds")
		}
		if (len(d.Rules) == 0) == (d.Reason == "") {
			return errors.New("rules 与 reason 应当有且只有一个")
		}
		if d.Reason != "" && d.Status != "不适用" && d.Status != "无法判读" {
			return errors.New("有 reason 的，status 应为 不适用 或 无法判读")
		}
		for _, t := range d.Tables {
			if !tableNo.MatchString(t) {
				return fmt.Errorf("tables 中的“%s”不是表的编号", t)
			}
		}
		return nil
	})
	x.List = list
	return err
}
