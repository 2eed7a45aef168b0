package sample

import (
	"fmt"
	"strings"
)

// para is a paragraph, or a heading when level is above 0.
type para struct {
	level int
	text  string
}

func h(level int, format string, args ...any) para { return para{level, fmt.Sprintf(format, args...)} }
func p(format string, args ...any) para            { return para{0, fmt.Sprintf(format, args...)} }

// percent is part ÷ whole in per cent, rounded half up to two digits.
func percent(part, whole wan) string {
	if whole == 0 {
		return "0.00%"
	}
	return wan((int64(part)*20000+int64(whole))/(2*int64(whole))).String() + "%"
}

// change says now against before: 增加1.00万元，增长2.00%.
func change(now, before wan) string {
	switch {
	case now == before:
		return "持平"
	case now > before:
		return fmt.Sprintf("增加%s万元，增长%s", now-before, percent(now-before, before))
	}
	return fmt.Sprintf("减少%s万元，下降%s", before-now, percent(before-now, before))
}

// against says how an actual stands to its budget, with the reason.
func against(actual, budget wan, reason string) string {
	switch {
	case actual == budget:
		return "决算数与年初预算数持平。"
	case actual > budget:
		return "决算数大于预算数的主要原因是" + reason + "。"
	}
	return "决算数小于预算数的主要原因是" + reason + "。"
}

// path is the full name of a 项: …（类）…（款）…（项）.
func path(code string) string {
	return names[code[:3]] + "（类）" + names[code[:5]] + "（款）" + names[code] + "（项）"
}

var offices = []string{"办公室", "规划建设科", "河湖管理科", "水资源科", "水旱灾害防御科", "执法监督科"}

// profile is the first part: who the bureau is.
func profile() []para {
	return []para{
		h(1, "第一部分 部门概况"),
		h(2, "一、主要职能"),
		p("%s管理全县河流、湖泊和渠道，负责堤防和闸站的建设与养护、取水许可、防汛抗旱，以及河道采砂的监督。", unit),
		h(2, "二、机构设置"),
		p("%s下设%d个科室，分别是：%s。", unit, len(offices), strings.Join(offices, "、")),
		p("纳入本部门决算编报范围的预算单位共1个，即局机关本级，无下属单位。"),
		p("年末实有人数46人，其中：在职人员38人，离休人员0人，退休人员8人。"),
	}
}

// narrative is the third part: sections 一 to 十一.
func (a *accounts) narrative() []para {
	var out []para
	for _, f := range []func() []para{
		a.overall, a.incomeText, a.spendingText, a.fiscalText, a.generalText, a.basicText,
		threePublic, a.fundText, stateCapital, a.performance, a.otherMatters,
	} {
		out = append(out, f()...)
	}
	return append([]para{h(1, "第三部分 %s%d年度部门决算情况说明", unit, year)}, out...)
}

func (a *accounts) overall() []para {
	total := all(a.income) + all(a.opening)
	return []para{
		h(2, "一、收入支出决算总体情况说明"),
		p("%s%d年度收入支出总计%s万元。与%d年度相比，收入支出总计%s。主要原因是东堤加固进入主要施工期，水渠和泵站改造列入政府性基金预算。",
			unit, year, total, lastYear, change(total, totalBefore)),
		p("%d年度收入总计%s万元，其中：本年收入合计%s万元，使用非财政拨款结余0.00万元，年初结转和结余%s万元。",
			year, total, all(a.income), all(a.opening)),
		p("%d年度支出总计%s万元，其中：本年支出合计%s万元，结余分配0.00万元，年末结转和结余%s万元。",
			year, total, all(a.spent), all(a.closing)),
	}
}

func (a *accounts) incomeText() []para {
	in := all(a.income)
	return []para{
		h(2, "二、收入决算情况说明"),
		p("本年收入合计%s万元，其中：财政拨款收入%s万元，占%s；其他收入%s万元，占%s。",
			in, fiscal(a.income), percent(fiscal(a.income), in), a.income[other], percent(a.income[other], in)),
	}
}

func (a *accounts) spendingText() []para {
	basic, project := a.split(every)
	out := all(a.spent)
	return []para{
		h(2, "三、支出决算情况说明"),
		p("本年支出合计%s万元，其中：基本支出%s万元，占%s；项目支出%s万元，占%s。",
			out, basic, percent(basic, out), project, percent(project, out)),
	}
}

func (a *accounts) fiscalText() []para {
	total := fiscal(a.income) + fiscal(a.opening)
	return []para{
		h(2, "四、财政拨款收入支出决算总体情况说明"),
		p("%s%d年度财政拨款收入支出总计%s万元。与%d年度相比，财政拨款收入支出总计%s。主要原因是东堤加固和水渠改造的拨款增加。",
			unit, year, total, lastYear, change(total, fiscalBefore)),
	}
}

func (a *accounts) generalText() []para {
	spent := a.spent[general]
	var budget wan
	var shares []string
	for _, i := range a.items {
		if i.fund == general {
			budget += i.budget
		}
	}
	for _, name := range classNames {
		if s := a.classSpent(name, of(general)); s > 0 {
			shares = append(shares, fmt.Sprintf("%s（类）%s万元，占%s", name, s, percent(s, spent)))
		}
	}
	out := []para{
		h(2, "五、一般公共预算财政拨款支出决算情况说明"),
		h(3, "（一）一般公共预算财政拨款支出决算总体情况"),
		p("一般公共预算财政拨款支出%s万元，占本年支出合计的%s。与%d年度相比，一般公共预算财政拨款支出%s。主要原因是堤防加固和闸站抢修的支出增加。",
			spent, percent(spent, all(a.spent)), lastYear, change(spent, generalBefore)),
		h(3, "（二）一般公共预算财政拨款支出决算结构情况"),
		p("一般公共预算财政拨款支出%s万元，主要用于以下方面：%s。", spent, strings.Join(shares, "；")),
		h(3, "（三）一般公共预算财政拨款支出决算具体情况"),
		p("一般公共预算财政拨款支出年初预算为%s万元，支出决算为%s万元，完成年初预算的%s。%s其中：",
			budget, spent, percent(spent, budget), against(spent, budget, "年中调整工资标准，汛后安排了抢修和物资补充")),
	}
	n := 0
	for _, i := range a.items {
		if i.fund != general {
			continue
		}
		n++
		out = append(out, p("%d、%s。主要用于：%s。年初预算为%s万元，支出决算为%s万元，完成年初预算的%s。%s",
			n, path(i.code), i.use, i.budget, i.spent(), percent(i.spent(), i.budget), against(i.spent(), i.budget, i.reason)))
	}
	return out
}

func (a *accounts) basicText() []para {
	var staff, running []string
	for _, cl := range economyClasses {
		for _, l := range economy {
			switch {
			case !strings.HasPrefix(l.code, cl.code):
			case cl.staff:
				staff = append(staff, l.name)
			default:
				running = append(running, l.name)
			}
		}
	}
	return []para{
		h(2, "六、一般公共预算财政拨款基本支出决算情况说明"),
		p("一般公共预算财政拨款基本支出%s万元。其中：人员经费%s万元，主要包括：%s；公用经费%s万元，主要包括：%s。",
			a.staff+a.running, a.staff, strings.Join(staff, "、"), a.running, strings.Join(running, "、")),
	}
}

func threePublic() []para {
	cars := plus(carBuy, carRun)
	total := plus(plus(abroad, cars), reception)
	return []para{
		h(2, "七、财政拨款“三公”经费支出决算情况说明"),
		h(3, "（一）“三公”经费财政拨款支出决算总体情况说明"),
		p("“三公”经费财政拨款支出年初预算为%s万元，支出决算为%s万元，完成年初预算的%s，其中：因公出国（境）费支出决算为%s万元；公务用车购置及运行维护费支出决算为%s万元，完成年初预算的%s；公务接待费支出决算为%s万元，完成年初预算的%s。%s",
			total.budget, total.actual, percent(total.actual, total.budget), abroad.actual,
			cars.actual, percent(cars.actual, cars.budget), reception.actual, percent(reception.actual, reception.budget),
			against(total.actual, total.budget, "车辆定点维修，公务接待批次减少")),
		p("%d年度“三公”经费财政拨款支出决算数比%d年度%s，其中：因公出国（境）费支出决算与上年持平；公务用车购置及运行维护费支出决算%s；公务接待费支出决算%s。公务用车购置及运行维护费增加的主要原因是更新了一辆防汛指挥车。公务接待费减少的主要原因是合并了调研接待。",
			year, lastYear, change(total.actual, total.before), change(cars.actual, cars.before), change(reception.actual, reception.before)),
		h(3, "（二）“三公”经费财政拨款支出决算具体情况说明"),
		p("“三公”经费财政拨款支出决算中，因公出国（境）费支出决算%s万元，占%s；公务用车购置及运行维护费支出决算%s万元，占%s；公务接待费支出决算%s万元，占%s。具体情况如下：",
			abroad.actual, percent(abroad.actual, total.actual), cars.actual, percent(cars.actual, total.actual),
			reception.actual, percent(reception.actual, total.actual)),
		p("1、因公出国（境）费支出%s万元。全年安排因公出国（境）团组0个，累计0人次。", abroad.actual),
		p("2、公务用车购置及运行维护费支出%s万元。其中：公务用车购置支出%s万元，购置公务用车1辆；公务用车运行维护支出%s万元，主要用于巡河、防汛和执法用车的燃料、维修和保险。%d年末开支财政拨款的公务用车保有量为4辆。",
			cars.actual, carBuy.actual, carRun.actual, year),
		p("3、公务接待费支出%s万元，主要用于接待流域调度和堤防验收的来访人员。全年国内公务接待9批次，71人次。", reception.actual),
	}
}

func (a *accounts) fundText() []para {
	out := []para{
		h(2, "八、政府性基金预算财政拨款收入支出决算情况说明"),
		p("%s%d年度政府性基金预算财政拨款年初结转和结余%s万元，本年收入%s万元，本年支出%s万元，年末结转和结余%s万元。支出具体情况如下：",
			unit, year, a.opening[govFund], a.income[govFund], a.spent[govFund], a.closing[govFund]),
	}
	n := 0
	for _, i := range a.items {
		if i.fund == govFund {
			n++
			out = append(out, p("%d、%s。支出决算为%s万元，主要用于：%s。", n, path(i.code), i.spent(), i.use))
		}
	}
	return out
}

func stateCapital() []para {
	return []para{
		h(2, "九、国有资本经营预算财政拨款支出决算情况说明"),
		p("%s%d年度没有国有资本经营预算财政拨款收入和支出。", unit, year),
	}
}

func (a *accounts) performance() []para {
	return []para{
		h(2, "十、预算绩效管理情况说明"),
		p("%d年度编报绩效目标的项目9个，涉及预算金额%s万元；绩效自评的项目9个，涉及预算金额%s万元，平均得分94.62分，其中：评级为“优”的项目8个，评级为“良”的项目1个，评级为“合格”的项目0个，评级为“不合格”的项目0个。",
			year, wan(101400), wan(101400)),
	}
}

func (a *accounts) otherMatters() []para {
	const goods, works, services, medium, small wan = 2431, 29859, 6350, 35218, 21406
	purchases := goods + works + services
	return []para{
		h(2, "十一、其他重要事项的情况说明"),
		h(3, "（一）机关运行经费支出情况"),
		p("%d年度机关运行经费支出%s万元，比%d年度%s。主要原因是压缩了会议和印刷支出。",
			year, a.running, lastYear, change(a.running, runningBefore)),
		h(3, "（二）政府采购支出情况"),
		p("%s%d年度政府采购金额（以合同签订为准）为%s万元，其中：货物采购金额%s万元，工程采购金额%s万元，服务采购金额%s万元。授予中小企业合同金额%s万元，占政府采购支出总额的%s，其中：授予小微企业合同金额%s万元，占政府采购支出总额的%s。",
			unit, year, purchases, goods, works, services, medium, percent(medium, purchases), small, percent(small, purchases)),
		h(3, "（三）国有资产占有使用情况"),
		p("截至%d年12月31日，%s共有车辆4辆，其中：主要领导干部用车0辆，机要通信用车1辆，应急保障用车2辆，执法执勤用车1辆，特种专业技术用车0辆，离退休干部用车0辆，其他用车0辆。单价100万元（含）以上设备（不含车辆）0台（套）。",
			year, unit),
	}
}

// glossary is the last part.
func glossary() []para {
	out := []para{h(1, "第四部分 名词解释")}
	for i, s := range []string{
		"财政拨款收入：指本级财政当年拨给本部门的资金，包括一般公共预算、政府性基金预算和国有资本经营预算三类拨款。",
		"其他收入：指财政拨款以外、没有单列科目的收入，本部门为受托测量收入。",
		"使用非财政拨款结余：指用以前年度积累的非财政拨款资金弥补当年收支差额的数额。",
		"年初结转和结余：指上年没有用完、按规定留到本年继续使用的资金。",
		"年末结转和结余：指本年没有用完、按规定留到下年继续使用的资金。",
		"基本支出：指保障机关正常运转和日常工作的支出，由人员经费和公用经费组成。",
		"项目支出：指基本支出之外，为完成特定任务发生的支出。",
		"“三公”经费：指用财政拨款开支的因公出国（境）费、公务用车购置及运行维护费和公务接待费。",
		"机关运行经费：指机关用一般公共预算财政拨款安排的基本支出中的公用经费。",
	} {
		out = append(out, p("%s、%s", ordinals[i], s))
	}
	return out
}
