package compare

import (
	"context"
	"strings"
	"testing"

	"juesuan/internal/document"
	"juesuan/internal/format/text"
	"juesuan/internal/recognise"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

const old = `青禾县河湖管理局2023年度部门决算
第一部分 部门概况
一、主要职能
负责全县河流管理。
负责取水许可的审批。
第二部分 部门决算情况说明
一、收入支出决算总体情况说明
青禾县河湖管理局2023年度收入支出总计100.00万元。与2022年度相比，收入支出总计增加10.00万元，增长11.11%。主要原因是工程增加。
二、收入决算情况说明
本年收入合计80.00万元，其中：财政拨款收入80.00万元，占100.00%。
`

func read(t *testing.T, tax *taxonomy.Taxonomy, s string) *report.Report {
	t.Helper()
	d, err := text.Read(context.Background(), "x.txt", []byte(s), document.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return recognise.Report(d, tax)
}

// show writes a difference as lines: a figure as 项目 期间 旧→新, a text as
// -旧, +新 or ~ with its pieces.
func show(d *Difference) []string {
	var out []string
	for _, f := range d.Figures {
		out = append(out, f.Fact.Concept+" "+string(f.Fact.Measure)+" "+f.Before+"→"+f.After)
	}
	for _, p := range d.Text {
		switch {
		case p.Before == "":
			out = append(out, "+"+p.After)
		case p.After == "":
			out = append(out, "-"+p.Before)
		default:
			var b strings.Builder
			for _, x := range p.Pieces {
				if x.Op == Kept {
					b.WriteString("…")
					continue
				}
				b.WriteString(string(x.Op) + x.Text)
			}
			out = append(out, "~"+b.String())
		}
	}
	return out
}

func TestReports(t *testing.T) {
	tax, err := taxonomy.Load("")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		edit []string // old, new …
		want []string
	}{
		{"the same", nil, nil},
		{"another print of the same value", []string{"100.00万元", "1,000,000.00元"}, nil},
		{"the same sentences a year later", []string{"2023年度", "2024年度", "2022年度", "2023年度"}, nil},
		{"a figure", []string{"100.00万元", "101.00万元"}, []string{"收入支出总计 数额 100.00万元→101.00万元"}},
		{"a figure that goes", []string{"，增长11.11%", ""},
			[]string{"收入支出总计 增减率 11.11%→", "~…-，增长11.11%…"}},
		{"a year that is no longer last year", []string{"与2022年度相比", "与2021年度相比"}, []string{
			"收入支出总计 增减额 →10.00万元", "收入支出总计 增减率 →11.11%",
			"收入支出总计 增减额 10.00万元→", "收入支出总计 增减率 11.11%→", "~…-2+1…"}},
		{"a word", []string{"负责取水许可的审批", "负责取水许可的监督"}, []string{"~…-审批+监督…"}},
		{"a paragraph more", []string{"负责取水许可的审批。\n", "负责取水许可的审批。\n组织防汛抗旱。\n"}, []string{"+组织防汛抗旱。"}},
		{"a paragraph less", []string{"负责取水许可的审批。\n", ""}, []string{"-负责取水许可的审批。"}},
		{"a number that says nothing we know", []string{"负责取水许可的审批", "负责取水许可的审批，已办结第12号"},
			[]string{"~…+，已办结第12号…"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := show(Reports(read(t, tax, old), read(t, tax, strings.NewReplacer(c.edit...).Replace(old))))
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// TestNumbers: a number no fact explains is a change of its paragraph.
func TestNumbers(t *testing.T) {
	a := []line{{print: "第3号", mask: "第#号", numbers: []number{{"3", false}}}}
	b := []line{{print: "第4号", mask: "第#号", numbers: []number{{"4", false}}}}
	if got := diffSection("", a, b); len(got) != 1 {
		t.Errorf("got %v", got)
	}
	a[0].numbers[0].understood = true
	if got := diffSection("", a, b); len(got) != 0 {
		t.Errorf("an understood number: got %v", got)
	}
}

// TestReplaced: a text that was replaced whole is told paragraph by paragraph,
// nothing lost and nothing twice.
func TestReplaced(t *testing.T) {
	var a, b []line
	for i := range 100 {
		s := strings.Repeat(string(rune('一'+i)), 9)
		a = append(a, line{print: s, mask: s})
		s = strings.Repeat(string(rune('万'+500+i)), 9)
		b = append(b, line{print: s, mask: s})
	}
	if got := diffSection("", a, b); len(got) != 200 {
		t.Errorf("%d changes, want 200", len(got))
	}
}
