// Package sample writes the bundled sample disclosure: the accounts of an
// invented county bureau, told as docx, pdf, html, and as xlsx with txt, once
// clean and once with a few planted errors. All formats come from one source,
// so they must give the same facts and findings.
package sample

import "fmt"

const (
	unit     = "青禾县河湖管理局"
	year     = 2024
	lastYear = year - 1
)

// wan is an amount in hundredths of 万元: the whole sample is exact at the
// digits it prints.
type wan int64

func (w wan) String() string {
	if w < 0 {
		return "-" + (-w).String()
	}
	return fmt.Sprintf("%d.%02d", w/100, w%100)
}

// fund is whose money an item is paid from.
type fund int

const (
	general fund = iota // 一般公共预算财政拨款
	govFund             // 政府性基金预算财政拨款
	other               // 其他收入
)

// item is one 功能分类 项 of the year.
type item struct {
	code           string
	fund           fund
	basic, project wan // spent
	opening        wan // 年初结转和结余
	closing        wan // 年末结转和结余
	budget         wan // 年初预算
	use            string
	reason         string // why actual and budget differ
}

func (i item) spent() wan  { return i.basic + i.project }
func (i item) income() wan { return i.spent() - i.opening + i.closing }

// names of the 功能分类 codes that the bureau uses.
var names = map[string]string{
	"208": "社会保障和就业支出", "20805": "行政事业单位养老支出", "2080501": "行政单位离退休",
	"2080505": "机关事业单位基本养老保险缴费支出", "2080506": "机关事业单位职业年金缴费支出",
	"210": "卫生健康支出", "21011": "行政事业单位医疗", "2101101": "行政单位医疗", "2101103": "公务员医疗补助",
	"211": "节能环保支出", "21103": "污染防治", "2110302": "水体",
	"212": "城乡社区支出", "21208": "国有土地使用权出让收入安排的支出", "2120804": "农村基础设施建设支出",
	"213": "农林水支出", "21303": "水利", "2130301": "行政运行", "2130305": "水利工程建设",
	"2130306": "水利工程运行与维护", "2130309": "水利执法监督", "2130311": "水资源节约管理与保护",
	"2130314": "防汛", "2130399": "其他水利支出",
	"221": "住房保障支出", "22102": "住房改革支出", "2210201": "住房公积金",
}

// items of the year, by code. The basic spending of 2130301 is set by
// accounts: what table 06 has beyond the items that carry one 经济分类 each.
func items() []item {
	list := []item{
		{code: "2080501", basic: 1836, budget: 1790, use: "机关退休人员的补贴", reason: "年内新增一名退休人员"},
		{code: "2080505", basic: 6248, budget: 6248, use: "缴纳职工养老保险的单位部分"},
		{code: "2080506", basic: 3124, budget: 3124, use: "缴纳职工职业年金的单位部分"},
		{code: "2101101", basic: 2955, budget: 3010, use: "缴纳职工医疗保险的单位部分", reason: "缴费基数核定后低于预计"},
		{code: "2101103", basic: 1172, budget: 1172, use: "公务员医疗补助"},
		{code: "2110302", project: 8600, budget: 9000, use: "清溪河排口整治", reason: "两处排口的招标价低于预计"},
		{code: "2120804", fund: govFund, project: 12000, closing: 650, use: "乡村水渠和泵站改造"},
		{code: "2130301", budget: 49020, use: "机关人员工资和日常办公", reason: "年中调整工资标准"},
		{code: "2130305", project: 41260, opening: 4520, closing: 3215, budget: 43000, use: "青禾东堤加固", reason: "末段堤防移到次年春季施工"},
		{code: "2130306", project: 23817, budget: 23000, use: "闸站养护和设备更换", reason: "汛后增加了三座水闸的抢修"},
		{code: "2130309", project: 2635, budget: 2800, use: "河道巡查和非法采砂查处", reason: "无人机巡查减少了租船次数"},
		{code: "2130311", project: 5840, budget: 5840, use: "取水计量和节水宣传"},
		{code: "2130314", project: 7390, budget: 6500, use: "防汛物资和值守", reason: "七月洪水后补充了防汛物资"},
		{code: "2130399", fund: other, project: 1580, opening: 630, closing: 290, use: "受托开展的河道测量"},
		{code: "2210201", basic: 5462, budget: 5462, use: "缴纳职工住房公积金的单位部分"},
	}
	var basic wan
	for _, l := range economy {
		basic += l.amount
	}
	for _, i := range list {
		basic -= i.basic
	}
	for k := range list {
		if list[k].code == "2130301" {
			list[k].basic = basic
		}
	}
	return list
}

// line is one 经济分类 款 of table 06.
type line struct {
	code, name string
	amount     wan
}

// classes of table 06, and the side each stands on.
var economyClasses = []struct {
	code, name string
	staff      bool // 人员经费, else 公用经费
}{
	{"301", "工资福利支出", true}, {"303", "对个人和家庭的补助", true},
	{"302", "商品和服务支出", false}, {"310", "资本性支出", false},
}

var economy = []line{
	{"30101", "基本工资", 12864}, {"30102", "津贴补贴", 15327}, {"30103", "奖金", 6150},
	{"30108", "机关事业单位基本养老保险缴费", 6248}, {"30109", "职业年金缴费", 3124},
	{"30110", "职工基本医疗保险缴费", 2955}, {"30111", "公务员医疗补助缴费", 1172},
	{"30112", "其他社会保障缴费", 386}, {"30113", "住房公积金", 5462}, {"30199", "其他工资福利支出", 2240},
	{"30302", "退休费", 1836}, {"30304", "抚恤金", 945},
	{"30201", "办公费", 1483}, {"30202", "印刷费", 362}, {"30205", "水费", 115}, {"30206", "电费", 648},
	{"30207", "邮电费", 527}, {"30209", "物业管理费", 1230}, {"30211", "差旅费", 986},
	{"30213", "维修（护）费", 744}, {"30215", "会议费", 192}, {"30216", "培训费", 308},
	{"30217", "公务接待费", 126}, {"30226", "劳务费", 435}, {"30228", "工会经费", 873}, {"30229", "福利费", 691},
	{"30231", "公务用车运行维护费", 1158}, {"30239", "其他交通费用", 2460}, {"30299", "其他商品和服务支出", 513},
	{"31002", "办公设备购置", 645},
}

// pair is a budget and what became of it, or this year and last.
type pair struct{ budget, actual, before wan }

// The “三公” money: 公务用车购置 is paid from project spending, so it stands in
// table 07 and not in table 06.
var (
	abroad    = pair{0, 0, 0}
	carBuy    = pair{1800, 1786, 0}
	carRun    = pair{1400, 1158, 1296}
	reception = pair{250, 126, 174}
)

func plus(a, b pair) pair { return pair{a.budget + b.budget, a.actual + b.actual, a.before + b.before} }

// Values of last year that the narrative compares with.
const (
	totalBefore   wan = 162480 // 收入支出总计
	fiscalBefore  wan = 160835 // 财政拨款收入支出总计
	generalBefore wan = 147290 // 一般公共预算财政拨款支出
	runningBefore wan = 14218  // 机关运行经费
)

// accounts are the sums that tables and sentences share.
type accounts struct {
	items []item

	income, spent, opening, closing map[fund]wan
	staff, running                  wan // 人员经费, 公用经费
}

func newAccounts() *accounts {
	a := &accounts{
		items:  items(),
		income: map[fund]wan{}, spent: map[fund]wan{}, opening: map[fund]wan{}, closing: map[fund]wan{},
	}
	for _, i := range a.items {
		a.income[i.fund] += i.income()
		a.spent[i.fund] += i.spent()
		a.opening[i.fund] += i.opening
		a.closing[i.fund] += i.closing
	}
	for _, c := range economyClasses {
		if c.staff {
			a.staff += classSum(c.code)
		} else {
			a.running += classSum(c.code)
		}
	}
	return a
}

// classSum adds the details of one 经济分类 类.
func classSum(class string) wan {
	var s wan
	for _, l := range economy {
		if l.code[:3] == class {
			s += l.amount
		}
	}
	return s
}

// all adds the three funds.
func all(m map[fund]wan) wan { return m[general] + m[govFund] + m[other] }

// fiscal adds the two kinds of 财政拨款.
func fiscal(m map[fund]wan) wan { return m[general] + m[govFund] }

// basic and project spending of the items that keep wants.
func (a *accounts) split(keep func(item) bool) (basic, project wan) {
	for _, i := range a.items {
		if keep(i) {
			basic += i.basic
			project += i.project
		}
	}
	return basic, project
}

func of(f fund) func(item) bool { return func(i item) bool { return i.fund == f } }
func every(item) bool           { return true }
