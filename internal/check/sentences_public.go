package check

import (
	"strings"

	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// publicSpending checks 三公 amounts against their counts and the parts of
// 政府采购, and the grades of self-evaluation: S01 to S04, S11, S40.
func (r *run) publicSpending() {
	book := r.thisYear()
	r.together(book, "S01", "S01", []string{"公务用车购置费"}, []string{"公务用车购置数"})
	r.together(book, "S02", "S02b", []string{"公务用车运行维护费"}, []string{"公务用车保有量"})
	r.together(book, "S03", "S03", []string{"公务接待费", "国内公务接待费"}, []string{"国内公务接待批次"})
	r.together(book, "S03", "S03", []string{"公务接待费", "国内公务接待费"}, []string{"国内公务接待人次"})
	r.together(book, "S04", "S04", []string{"因公出国（境）费"}, []string{"因公出国（境）团组数"})
	r.together(book, "S04", "S04", []string{"因公出国（境）费"}, []string{"因公出国（境）人次数", "因公出国（境）人次"})

	r.least(book, "S03b", "接待人次应不少于批次", []string{"国内公务接待批次"}, []string{"国内公务接待人次"})
	r.least(book, "S03b", "出国人次应不少于团组数", []string{"因公出国（境）团组数"}, []string{"因公出国（境）人次数", "因公出国（境）人次"})
	r.least(book, "S03c", "其中的外事接待批次应不多于国内公务接待批次", []string{"国（境）外公务接待批次", "外宾接待批次"}, []string{"国内公务接待批次"})
	r.least(book, "S03c", "其中的外事接待人次应不多于国内公务接待人次", []string{"国（境）外公务接待人次", "外宾接待人次"}, []string{"国内公务接待人次"})

	total := []string{"政府采购支出总额", "政府采购支出"}
	r.least(book, "S11", "授予小微企业合同金额应不大于授予中小企业合同金额", []string{"授予小微企业合同金额"}, []string{"授予中小企业合同金额"})
	r.least(book, "S11", "授予中小企业合同金额应不大于政府采购支出总额", []string{"授予中小企业合同金额"}, total)
	r.least(book, "S11", "面向小微企业预留金额应不大于面向中小企业预留金额",
		[]string{"面向小微企业预留采购额", "小微企业预留金额"}, []string{"面向中小企业预留采购额", "中小企业预留金额"})
	r.least(book, "S11", "小微企业在预留项目中的中标金额应不大于中小企业的中标金额",
		[]string{"小微企业预留项目中标金额"}, []string{"中小企业预留项目中标金额"})
	r.wins(book, total)
	r.grades(book)
}

// grades is S40: the self-evaluated projects are those of the four grades.
func (r *run) grades(book amounts) {
	all, ok := r.value(book, []string{"绩效自评项目数"})
	if !ok {
		return
	}
	l := linear{op: "=", left: []term{{all, 1}}}
	for _, grade := range []string{"优", "良", "合格", "不合格"} {
		id, ok := r.value(book, []string{"自评等次为" + grade + "的项目数"})
		if !ok {
			return
		}
		l.right = append(l.right, term{id, 1})
	}
	r.equate("S40", l, "绩效自评的项目数与优、良、合格、不合格的项目数之和不相等。请核对各等次的项目数。")
}

// brackets makes names comparable whose brackets have two widths.
var brackets = strings.NewReplacer("（", "(", "）", ")")

// amounts are the levels of this year, sums of money and counts, by the name
// of their concept.
type amounts map[string][]report.ID

// thisYear indexes the levels of the whole (not of one 科目) in the report.
func (r *run) thisYear() amounts {
	out := amounts{}
	names := map[string]string{}
	for i := range r.rep.Figures {
		f := &r.rep.Figures[i].Fact
		if f.Measure != report.Level || f.Period != report.ThisYear || f.Func != "" || f.Econ != "" {
			continue
		}
		name, ok := names[f.Concept]
		if !ok {
			name = brackets.Replace(f.Concept)
			names[f.Concept] = name
		}
		out[name] = append(out[name], report.ID(i))
	}
	return out
}

// value finds the only value of a concept this year: in the text, else in the
// tables. ok is false when there is none or several.
func (r *run) value(book amounts, concepts []string) (report.ID, bool) {
	found := report.None
	for _, table := range []bool{false, true} {
		for _, name := range concepts {
			for _, id := range book[brackets.Replace(name)] {
				f := r.rep.Get(id)
				if f.Table >= 0 != table || table && r.rep.Tables[f.Table].Set > 0 {
					continue
				}
				if found >= 0 && r.rep.Figures[found].Value().Cmp(f.Value()) != 0 {
					return report.None, false
				}
				if found < 0 {
					found = id
				}
			}
		}
		if found >= 0 {
			return found, true
		}
	}
	for _, name := range concepts {
		for _, c := range r.tax.Concepts.CellsOf(name, "", "") {
			if t := r.rep.TableByID(c.Table); t != nil && c.Period == string(report.ThisYear) {
				if id := t.At(c.Row, c.Col); id >= 0 {
					return id, true
				}
			}
		}
	}
	return report.None, false
}

// together is S01 to S04: an amount is spent exactly when something was bought
// or done. rule is for an amount without a count, reverse for a count without
// an amount.
func (r *run) together(book amounts, rule, reverse string, amount, count []string) {
	a, ok1 := r.value(book, amount)
	c, ok2 := r.value(book, count)
	if !ok1 || !ok2 {
		return
	}
	fa, _ := r.said(a)
	fc, _ := r.said(c)
	r.test(rule)
	switch {
	case fa.IsZero() && fc.IsZero():
		r.hold(a, c)
	case fa.Coef > 0 && fc.IsZero():
		r.fail(Finding{
			Rule: rule,
			Message: amount[0] + fa.String() + "大于0，而" + count[0] + "为" + fc.Digits() +
				"。有支出应当有相应的数量，请核对，或说明原因。",
			Arithmetic: fa.Digits() + " > 0，" + count[0] + " " + fc.Digits() + " = 0",
		}, c, a)
	case fa.IsZero() && fc.Coef > 0:
		r.fail(Finding{
			Rule: reverse,
			Message: count[0] + "为" + fc.String() + "，而" + amount[0] + "为" + fa.Digits() +
				"。有数量应当有相应的支出，请核对，或说明由其他资金开支。",
			Arithmetic: count[0] + " " + fc.Digits() + " > 0，" + fa.Digits() + " = 0",
		}, a, c)
	}
}

// least tests small ≤ large.
func (r *run) least(book amounts, rule, message string, small, large []string) {
	s, ok1 := r.value(book, small)
	l, ok2 := r.value(book, large)
	if !ok1 || !ok2 {
		return
	}
	fs, _ := r.said(s)
	fl, _ := r.said(l)
	money := fs.Unit.Kind() == figure.Money
	if money && !alike(fs, fl) {
		return
	}
	r.test(rule)
	if fs.Value().Cmp(fl.Value()) <= 0 || money && fs.Interval().Meets(fl.Interval()) {
		return
	}
	r.fail(Finding{
		Rule:       rule,
		Message:    message + "：" + fs.String() + "大于" + fl.String() + "。",
		Arithmetic: fs.Digits() + " > " + fl.Digits(),
	}, s, l)
}

// wins is S11b: what small and middle firms won in reserved projects and in
// others together is at most the total.
func (r *run) wins(book amounts, total []string) {
	w, ok1 := r.value(book, []string{"中小企业预留项目中标金额"})
	o, ok2 := r.value(book, []string{"其他项目中小企业中标金额"})
	t, ok3 := r.value(book, total)
	if !ok1 || !ok2 || !ok3 {
		return
	}
	r.equate("S11b", linear{op: "≤", left: []term{{w, 1}, {o, 1}}, right: []term{{t, 1}}},
		"中小企业在预留项目中的中标金额，加上在其他项目中的中标金额，超过了政府采购总额。请核对是否重复填列。")
}
