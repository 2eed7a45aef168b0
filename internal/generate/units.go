package generate

import (
	"slices"

	"juesuan/internal/accounts"
	"juesuan/internal/figure"
	"juesuan/internal/taxonomy"
)

// trade is what a sort of unit lives on.
type trade struct {
	sort Sort
	kind accounts.UnitKind
	// posts are the 项 that pay for a unit's running, with what such a unit is called.
	posts []post
	// pools are further 款 whose 项 its projects are paid from.
	pools []string
	other int64 // one of so many has money beyond 财政拨款
	// sources of that money, and whether it pays for 基本支出, too.
	sources []string
	living  bool
}

type post struct{ code, name string }

var trades = []trade{
	{
		sort: Office, kind: accounts.Administrative, other: 4, sources: []string{"其他收入"},
		posts: []post{
			{"2010301", "人民政府办公室"}, {"2010401", "发展和改革局"}, {"2010501", "统计局"}, {"2010601", "财政局"},
			{"2040601", "司法局"}, {"2070101", "文化局"}, {"2080101", "人力资源和社会保障局"}, {"2080201", "民政局"},
			{"2110101", "环境保护局"}, {"2120101", "住房和城乡建设局"}, {"2130101", "农业局"}, {"2130201", "林业局"},
			{"2130301", "河湖管理局"}, {"2140101", "交通运输局"},
		},
	},
	{
		sort: Assimilated, kind: accounts.Assimilated, other: 4, sources: []string{"其他收入"},
		posts: []post{
			{"2010301", "机关事务服务中心"}, {"2080101", "社会保险服务中心"}, {"2120101", "城市管理监察大队"},
			{"2130301", "水政监察大队"}, {"2130101", "动物卫生监督所"},
		},
	},
	{
		sort: Institution, kind: accounts.Institution, other: 2,
		sources: []string{"上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"}, living: true,
		posts: []post{
			{"2010350", "政务服务中心"}, {"2070104", "图书馆"}, {"2070109", "文化馆"}, {"2130104", "农业技术推广站"},
			{"2130204", "林业工作站"}, {"2130306", "闸站管理所"}, {"2140106", "公路养护中心"},
		},
	},
	{
		sort: School, kind: accounts.Institution, other: 2, sources: []string{"事业收入", "其他收入"}, living: true,
		posts: []post{{"2050202", "第一小学"}, {"2050201", "中心幼儿园"}, {"2050203", "初级中学"}, {"2050204", "高级中学"}, {"2050302", "职业学校"}},
		pools: []string{"20509", "20502"},
	},
	{
		sort: Hospital, kind: accounts.Institution, other: 1, sources: []string{"事业收入", "其他收入"}, living: true,
		posts: []post{{"2100201", "人民医院"}, {"2100202", "中医医院"}, {"2100207", "儿童医院"}, {"2100205", "精神卫生中心"}},
		pools: []string{"21002", "21004"},
	},
	{
		sort: Township, kind: accounts.Administrative, other: 3, sources: []string{"其他收入"},
		posts: []post{{"2010301", "人民政府"}},
		pools: []string{
			"20103", "20402", "20701", "20802", "20808", "21004", "21103", "21201", "21203", "21205",
			"21301", "21302", "21303", "21401",
		},
	},
}

var (
	places  = []string{"青禾县", "望泽市", "松汀县", "云岫区", "柳渚县", "石涧市", "鹤汀区", "苍屿县"}
	hamlets = []string{"南塘镇", "西埂乡", "槐荫镇", "上河口镇", "竹坞乡", "双桥街道"}
	rooms   = []string{"办公室", "人事科", "财务科", "法规科", "规划科", "监督科", "信息科", "综合业务科", "督查科"}
	branch  = []string{"服务中心", "监测站", "培训中心", "管理所", "信息中心", "仓储站"}
	tasks   = []string{
		"贯彻执行有关法律法规和上级部署，拟订本辖区的年度工作计划", "负责业务范围内的日常管理和监督检查",
		"负责所属设施的运行、养护和安全管理", "承担统计、档案和信息公开工作", "指导下级单位的业务工作", "承办交办的其他事项",
	}
)

// unit draws who the accounts are of.
func (g *gen) unit() {
	trades := slices.DeleteFunc(slices.Clone(trades), func(t trade) bool { return g.opt.Sort != "" && t.sort != g.opt.Sort })
	g.a = &accounts.Accounts{
		Year: g.opt.Year, Form: g.opt.Form, Scope: g.opt.Scope, Money: g.opt.Money,
		Names: map[string]string{}, Values: map[accounts.Key]accounts.Quantity{},
		Uses: map[string]string{}, Reasons: map[accounts.Key]string{}, Notes: map[string]string{},
	}
	a := g.a
	if a.Year == 0 {
		a.Year = 2025 - int(g.draw("年度", 10))
	}
	if a.Form == "" {
		a.Form = pick(g, "样式", Forms(g.tax))
	}
	if a.Scope == "" {
		a.Scope = pick(g, "范围", []string{"单位", "部门"})
	}
	if a.Money == "" {
		a.Money = pick(g, "金额单位", []figure.Unit{figure.WanYuan, figure.WanYuan, figure.Yuan})
	}
	g.trade = pick(g, "单位类型", trades)
	a.Kind = g.kind
	posts := slices.DeleteFunc(slices.Clone(g.posts), func(p post) bool { return !g.valid(p.code) })
	p := pick(g, "单位", posts)
	g.run = p.code
	a.Unit = pick(g, "地方", places)
	if g.sort == Township {
		a.Unit += pick(g, "乡镇", hamlets)
		if a.Unit[len(a.Unit)-len("街道"):] == "街道" {
			p.name = "办事处"
		}
	}
	a.Unit += p.name
	a.Duties = some(g, "职能", tasks, len(tasks))
	a.Offices = []string{}
	if !g.one(5, "没有内设机构") {
		a.Offices = some(g, "内设机构", rooms, len(rooms))
	}
	if a.Scope == "部门" && g.has(Children, 2) {
		for _, b := range some(g, "下属单位", branch, 4) {
			a.Subordinates = append(a.Subordinates, a.Unit+b)
		}
	}
}

// Forms are the forms that tables or sentences know, the general one first.
func Forms(tax *taxonomy.Taxonomy) []string {
	return tax.FormNames()
}

// item finds the 科目 of a code as the year's books have it, with those above
// it: its name must be known, not only believed.
func (g *gen) item(code string) (taxonomy.Item, bool) {
	var found taxonomy.Item
	for c := code; c != ""; c = taxonomy.Parent(c) {
		ok := false
		for _, i := range g.tax.Codes.Func.In(c, g.a.Year) {
			if i.Evidence != taxonomy.Likely {
				ok = true
				if c == code {
					found = i
				}
			}
		}
		if !ok {
			return found, false
		}
	}
	classes := g.tax.Codes.Classes(g.a.Year)
	return found, slices.ContainsFunc(classes, func(i taxonomy.Item) bool { return i.Code == code[:3] })
}

func (g *gen) valid(code string) bool { _, ok := g.item(code); return ok }

// below lists the 项 of a 款 that projects are paid from, of one fund.
func (g *gen) below(section, fund string) []string {
	var out []string
	for _, c := range g.tax.Codes.Func.Children(section) {
		i, ok := g.item(c.Code)
		if !ok || i.Fund != fund || slices.Contains(out, c.Code) || c.Code == g.run {
			continue
		}
		if n := c.Code[5:]; fund == "general" && (n == "01" && i.Name == "行政运行" || n == "50") {
			continue // others' running
		}
		out = append(out, c.Code)
	}
	return out
}

// fundCodes lists all 项 of a fund.
func (g *gen) fundCodes(fund string) []string {
	var out []string
	for _, class := range g.tax.Codes.Classes(g.a.Year) {
		if class.Code >= "230" && class.Code < "234" {
			continue // debt of governments
		}
		seen := map[string]bool{}
		for _, s := range g.tax.Codes.Func.Children(class.Code) {
			if !seen[s.Code] {
				seen[s.Code] = true
				out = append(out, g.below(s.Code, fund)...)
			}
		}
	}
	return out
}
