package taxonomy

import (
	"errors"
	"fmt"
)

// Phrases are the words of the narrative by the part they play in a clause.
// Words are written as folded text without blanks: ASCII punctuation.
type Phrases struct {
	Directions []DirectionWord     // words that say which way a value moved
	Periods    []PeriodWord        // pieces of which a period is put together
	Cues       map[string][]string // words that announce what comes: 占比, 完成, 差异, 其中 … see phrases.yaml
	Topics     []Topic             // what the narrative calls its quantities, beyond the concepts' own aliases
	Counts     []CountWord         // counts told by their unit and the words before it
	Kin        []Kin               // which quantities are parts of which
	Equals     [][]string          // quantities that must have one value
	Pairs      []Pair              // two quantities named in one breath
	Claims     []Claim             // what an empty statement may be about
}

// DirectionWord is a word of change.
type DirectionWord struct {
	Way   string   `yaml:"way"`           // 增, 减, 平, 变 (said without direction)
	Words []string `yaml:"words"`         // 增加, 增长 …
	Cmp   bool     `yaml:"cmp,omitempty"` // compares with what follows: 大于预算数
}

// PeriodWord is a piece of a period: it sets the year, the kind, or both.
type PeriodWord struct {
	Words []string `yaml:"words"`
	Year  string   `yaml:"year,omitempty"` // 本年, 上年
	Kind  string   `yaml:"kind,omitempty"` // 决算, 预算, 年初预算, 全年预算, 执行
}

// Topic is a concept and further words for it.
type Topic struct {
	Name  string   `yaml:"name"`
	Words []string `yaml:"words"`
}

// CountWord names a count: the number has the unit, all cues stand before it
// in order, and one of After right behind it.
type CountWord struct {
	Name  string   `yaml:"name"`
	Unit  string   `yaml:"unit"`
	Cues  []string `yaml:"cues,omitempty"`
	After []string `yaml:"after,omitempty"`
}

// Kin lists the parts a whole may have. A list that names all of Full is a whole list.
type Kin struct {
	Whole []string `yaml:"whole"`
	Parts []string `yaml:"parts"`
	Full  []string `yaml:"full,omitempty"`
}

// Pair is a name for two quantities that are said to have one value.
type Pair struct {
	Name  string   `yaml:"name"`
	Parts []string `yaml:"parts"`
}

// Claim maps words to the table an empty statement is about.
type Claim struct {
	Table string   `yaml:"table"`
	Words []string `yaml:"words"`
}

type phraseFile struct {
	Directions []DirectionWord     `yaml:"directions"`
	Periods    []PeriodWord        `yaml:"periods"`
	Cues       map[string][]string `yaml:"cues"`
	Topics     []Topic             `yaml:"topics"`
	Counts     []CountWord         `yaml:"counts"`
	Kin        []Kin               `yaml:"kin"`
	Equals     [][]string          `yaml:"equals"`
	Pairs      []Pair              `yaml:"pairs"`
	Claims     []Claim             `yaml:"claims"`
}

// load reads phrases.yaml; an overlay's words are added to the embedded ones.
func (x *Phrases) load(s *source) error {
	files, err := s.files("phrases.yaml")
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return errors.New("phrases.yaml：没有数据")
	}
	x.Cues = map[string][]string{}
	for _, f := range files {
		var p phraseFile
		if err := decode(f, &p); err != nil {
			return err
		}
		if err := p.check(); err != nil {
			return fmt.Errorf("%s：%w", f.name, err)
		}
		x.Directions = append(x.Directions, p.Directions...)
		x.Periods = append(x.Periods, p.Periods...)
		x.Topics = append(x.Topics, p.Topics...)
		x.Counts = append(x.Counts, p.Counts...)
		x.Kin = append(x.Kin, p.Kin...)
		x.Equals = append(x.Equals, p.Equals...)
		x.Pairs = append(x.Pairs, p.Pairs...)
		x.Claims = append(x.Claims, p.Claims...)
		for k, w := range p.Cues {
			x.Cues[k] = append(x.Cues[k], w...)
		}
	}
	return nil
}

func (p *phraseFile) check() error {
	for _, d := range p.Directions {
		switch d.Way {
		case "增", "减", "平", "变":
		default:
			return fmt.Errorf("方向“%s”不认识", d.Way)
		}
	}
	for _, w := range p.Periods {
		switch w.Year {
		case "", "本年", "上年":
		default:
			return fmt.Errorf("期间的年“%s”不认识", w.Year)
		}
		switch w.Kind {
		case "", "决算", "预算", "年初预算", "全年预算", "执行":
		default:
			return fmt.Errorf("期间的口径“%s”不认识", w.Kind)
		}
	}
	for _, c := range p.Counts {
		if c.Name == "" || c.Unit == "" || len(c.Cues)+len(c.After) == 0 {
			return fmt.Errorf("计数“%s”缺少单位或提示词", c.Name)
		}
	}
	return nil
}
