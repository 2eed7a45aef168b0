package generate

import "juesuan/internal/accounts"

// What our units give as reasons, for more and for less; no reason speaks of
// numbers that a reader would have to prove.
var (
	more = []string{
		"项目建设进度加快", "新增职工且工资标准提高", "上年结转的项目在本年完工", "社会保险缴费基数提高",
		"增加了设备更新和维修养护", "承担的任务增多，开支相应增加",
	}
	less = []string{
		"项目分期实施，部分款项留待下年支付", "厉行节约，压减一般性开支", "部分人员退休或者调出",
		"招标价格低于预计", "上年一次性项目已经完成", "部分工作改为线上开展",
	}
	uses = []string{
		"单位的日常运转", "设施的养护和维修", "业务培训和宣传", "补助基层单位", "职工的社会保险缴费", "购置业务所需的设备和材料",
	}
	notes = []string{
		"按照要求开展预算绩效管理，目标、监控、自评各环节均有专人负责，结果随决算一并公开。",
		"绩效管理工作按计划完成，自评中发现的不足已经列入整改清单。",
	}
)

// reason is why a value changed against another.
func (g *gen) reason(now *accounts.Books, k accounts.Key) string {
	x, _ := now.Value(k.Concept, "本年", k.Func)
	y, _ := now.Value(k.Concept, k.Period, k.Func)
	if x.Number().Cmp(y.Number()) < 0 {
		return pick(g, "减少原因", less)
	}
	return pick(g, "增加原因", more)
}
