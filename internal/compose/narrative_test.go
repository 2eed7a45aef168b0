package compose

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"juesuan/internal/accounts"
	"juesuan/internal/check"
	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/recognise"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// tell gives accounts all that the narrative asks for, until nothing is
// missing: a test of the asking, too.
func tell(t *rapid.T, a *accounts.Accounts, tax *taxonomy.Taxonomy) (*document.Document, *composer) {
	var forms []string
	for _, s := range tax.Sentences.All() {
		forms = append(forms, s.Form)
	}
	a.Form = rapid.SampledFrom(forms).Draw(t, "sentences")
	a.Kind = rapid.SampledFrom([]accounts.UnitKind{accounts.Administrative, accounts.Assimilated, accounts.Institution}).Draw(t, "kind")
	a.Values, a.Reasons = map[accounts.Key]accounts.Quantity{}, map[accounts.Key]string{}
	a.Uses, a.Notes = map[string]string{}, map[string]string{}
	a.Duties = []string{"管理河流、湖泊和渠道", "负责取水许可"}
	a.Offices = rapid.SampledFrom([][]string{{}, {"办公室"}, {"办公室", "水资源科", "河湖科"}}).Draw(t, "offices")
	if a.Scope == "部门" {
		a.Subordinates = rapid.SampledFrom([][]string{nil, {"青禾县水文站"}, {"青禾县水文站", "青禾县闸坝所"}}).Draw(t, "subordinates")
	}
	projects := accounts.Fen(0)
	for c, f := range a.Cells {
		if c.Table == "05" && c.Col == "项目支出" {
			projects += f
		}
	}
	if projects == 0 { // “三公” is then paid from 基本支出 alone, and 06 shows it
		for _, item := range []string{"因公出国（境）费", "公务用车购置费"} {
			for _, col := range []string{"决算数", "预算数"} {
				a.Cells[accounts.Cell{Table: "07", Row: item, Col: col}] = 0
			}
		}
	}
	counts(t, a)
	for round := 0; ; round++ {
		b, missing, conflicts := accounts.Complete(a, tax)
		for _, x := range conflicts {
			t.Fatalf("conflict %s", x.Text)
		}
		c := newComposer(b, tax)
		c.parts()
		if missing = append(missing, c.missing...); len(missing) == 0 {
			d, err := Disclosure(a, tax, Options{})
			if err != nil {
				t.Fatal(err)
			}
			return d, c
		}
		if round > 3 {
			t.Fatalf("still missing: %v", missing)
		}
		for _, m := range missing {
			answer(t, a, b, m)
		}
	}
}

// answer enters one missing thing.
func answer(t *rapid.T, a *accounts.Accounts, b *accounts.Books, m accounts.Missing) {
	if m.Where == "" {
		t.Fatalf("%s: 没有写填在哪里", m.What)
	}
	switch m.Kind {
	case "原因":
		a.Reasons[m.Key] = "工程进度调整"
		return
	case "文字":
		switch {
		case strings.HasSuffix(m.What, "的主要用途"):
			a.Uses[m.Key.Func] = "堤防养护"
		default:
			a.Notes[strings.TrimSuffix(m.What, "的文字说明")] = "按照要求开展绩效管理，结果已公开。"
		}
		return
	}
	if u := b.Taxonomy().Concepts.ByName(m.Key.Concept).Unit; u.Kind() != figure.Money {
		a.Values[m.Key] = accounts.Quantity{Unit: u}
		return
	}
	money := func(f accounts.Fen) { a.Values[m.Key] = f.Quantity() }
	now, _ := b.Amount(m.Key.Concept, "本年", m.Key.Func)
	switch rapid.SampledFrom([]string{"zero", "same", "near", "more", "less", "any"}).Draw(t, m.What) {
	case "zero":
		money(0)
	case "same":
		money(now)
	case "near":
		money(now + accounts.Fen(rapid.Int64Range(-5000, 5000).Draw(t, "near")))
	case "more":
		money(now / 2)
	case "less":
		money(now * 2)
	case "any":
		money(accounts.Fen(rapid.Int64Range(0, 5_000_000_000).Draw(t, "any")))
	}
	if f, _ := a.Values[m.Key].Fen(); f < 0 {
		money(0)
	}
}

// counts enters what no rule can make up alone.
func counts(t *rapid.T, a *accounts.Accounts) {
	n := func(name string, lo, hi int) int64 { return int64(rapid.IntRange(lo, hi).Draw(t, name)) }
	set := func(concept string, n int64, unit figure.Unit) {
		a.Values[accounts.Key{Concept: concept, Period: "本年"}] = accounts.Quantity{Coef: n, Unit: unit}
	}
	yuan := func(concept string, f accounts.Fen) {
		a.Values[accounts.Key{Concept: concept, Period: "本年"}] = f.Quantity()
	}
	spent := func(item string) bool {
		return a.Cells[accounts.Cell{Table: "07", Row: item, Col: "决算数"}].Hundredths(a.PrintUnit()) != 0
	}
	if spent("因公出国（境）费") {
		g := n("groups", 1, 9)
		set("因公出国（境）团组数", g, "个")
		set("因公出国（境）人次数", g+n("travellers", 0, 20), "人次")
	}
	if spent("公务接待费") {
		g := n("receptions", 1, 90)
		set("国内公务接待批次", g, "批次")
		set("国内公务接待人次", g+n("guests", 0, 900), "人次")
	}
	if spent("公务用车购置费") {
		set("公务用车购置数", n("bought", 1, 5), "辆")
	}
	cars := int64(0)
	if spent("公务用车运行维护费") {
		cars = n("cars", 1, 30)
	}
	set("公务用车保有量", cars, "辆")
	set("车辆", cars, "辆")
	if cars > 2 {
		set("应急保障用车", 1, "辆")
		set("执法执勤用车", 1, "辆")
	}
	set("其他用车", max(0, cars-2*b2i(cars > 2)), "辆")
	if a.Year < 2022 && rapid.Bool().Draw(t, "old equipment") {
		set("单价50万元以上通用设备", n("machines", 0, 9), "台(套)")
		set("单价100万元以上专用设备", n("big machines", 0, 9), "台(套)")
	} else {
		set("单价100万元以上设备", n("machines", 0, 9), "台(套)")
	}
	a.Values[accounts.Key{Concept: "房屋面积", Period: "本年"}] = accounts.Quantity{Coef: n("area", 0, 900000), Decimals: 2, Unit: "平方米"}
	yuan("房屋价值", accounts.Fen(n("house", 0, 900000000)))
	yuan("车辆价值", accounts.Fen(n("car value", 0, 900000000)))
	set("在职人数", n("staff", 0, 200), "人")
	set("离休人数", 0, "人")
	set("退休人数", n("pensioners", 0, 90), "人")
	goods, works, services := accounts.Fen(n("goods", 0, 900000000)), accounts.Fen(0), accounts.Fen(n("services", 0, 90000000))
	yuan("政府采购货物支出", goods)
	yuan("政府采购工程支出", works)
	yuan("政府采购服务支出", services)
	medium := (goods + works + services) / accounts.Fen(n("medium", 1, 9))
	yuan("授予中小企业合同金额", medium)
	yuan("授予小微企业合同金额", medium/2)
	yuan("面向中小企业预留采购额", medium)
	yuan("面向小微企业预留采购额", medium/2)
	yuan("中小企业预留项目中标金额", medium/2)
	yuan("小微企业预留项目中标金额", medium/4)
	yuan("其他项目中小企业中标金额", medium/4)
	good, fair := n("good", 0, 9), n("fair", 0, 3)
	set("自评等次为优的项目数", good, "个")
	set("自评等次为良的项目数", fair, "个")
	set("自评等次为合格的项目数", 0, "个")
	set("自评等次为不合格的项目数", 0, "个")
	yuan("绩效自评项目金额", accounts.Fen(n("project money", 0, 900000000)))
	set("绩效目标项目数", good+fair, "个")
	yuan("绩效目标项目金额", accounts.Fen(n("goal money", 0, 900000000)))
	set("绩效跟踪项目数", good+fair, "个")
	yuan("绩效跟踪项目金额", accounts.Fen(n("watched money", 0, 900000000)))
	a.Values[accounts.Key{Concept: "绩效自评平均得分", Period: "本年"}] = accounts.Quantity{Coef: n("score", 6000, 10000), Decimals: 2, Unit: "分"}
}

func b2i(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// read gives what a reader understands of a disclosure.
func read(d *document.Document, tax *taxonomy.Taxonomy) *report.Report {
	d.Files = []document.File{{Name: "x.docx", Format: "docx"}}
	return recognise.Report(d, tax)
}

// textFacts are the quantities of the text in their order.
func textFacts(r *report.Report) []report.Figure {
	var out []report.Figure
	for _, f := range r.Figures {
		if f.Table < 0 {
			out = append(out, f)
		}
	}
	return out
}

// TestNarrativeReadsBack: what we write, we read back to the same statements,
// and the check finds nothing in it.
func TestNarrativeReadsBack(t *testing.T) {
	tax := load(t)
	rapid.Check(t, func(t *rapid.T) {
		a := draw(t)
		d, c := tell(t, a, tax)
		r := read(d, tax)
		got := textFacts(r)
		for _, want := range c.facts {
			if want.pair != nil && strings.HasPrefix(want.print, "--") {
				t.Errorf("a rate on nothing: %v", want)
			}
		}
		for i, want := range c.facts {
			if i >= len(got) {
				t.Errorf("not read: %v", want)
				continue
			}
			f := got[i]
			s := strings.Replace(f.String(), "−", "-", 1)
			if !sameFact(want, f.Fact) || taxonomy.FoldName(s) != taxonomy.FoldName(want.print) {
				t.Errorf("written %v, read %s %+v (%s)\n%s", want, s, f.Fact, f.Excerpt, paragraph(d, f.Block))
				break
			}
			if lack := frame(r, want, id(r, i)); lack != "" {
				t.Errorf("written %v of %s and %s: %s\n%s", want, want.pair.x.digits, want.pair.y.digits, lack, paragraph(d, f.Block))
			}
		}
		for _, want := range c.flats {
			if !isLevel(r, want) {
				t.Errorf("not read as level: %s against %s", want.concept, want.base)
			}
		}
		for _, f := range check.Check(r, tax).Findings {
			if f.Rule == "N15c" {
				continue // a suspicion from amounts that are equal by chance: random small ones are
			}
			where := ""
			for _, p := range f.Places {
				where += " | " + p.Excerpt
			}
			t.Errorf("%s %s %s: %s %s%s", f.Rule, f.Severity, f.Title, f.Message, f.Arithmetic, where)
		}
	})
}

// id is the ID of quantity i of the text.
func id(r *report.Report, i int) report.ID {
	for k := range r.Figures {
		if r.Figures[k].Table < 0 {
			if i == 0 {
				return report.ID(k)
			}
			i--
		}
	}
	return report.None
}

// frame says what the reader did not understand of a measure of two
// quantities: what is compared with what, and which way it went.
func frame(r *report.Report, want fact, id report.ID) string {
	if want.pair == nil {
		return ""
	}
	x, y := want.pair.x, want.pair.y
	prints := func(id report.ID, v *value) bool {
		f := r.Get(id)
		return f != nil && f.Digits() == v.digits
	}
	switch want.measure {
	case "增减额", "增减率":
		way := report.Direction(report.Up)
		if x.number().Cmp(y.number()) < 0 {
			way = report.Down
		}
		for _, ch := range r.Changes {
			if want.measure == "增减额" && ch.Delta == id || want.measure == "增减率" && ch.Rate == id {
				switch {
				case !prints(ch.Now, x):
					return "the value it is the change of is not tied to it"
				case want.measure == "增减额" && ch.Direction != way, want.measure == "增减率" && ch.RateDirection != way:
					return "read with the other direction"
				}
				return ""
			}
		}
		return "no change was read"
	case "占比":
		for _, s := range r.Shares {
			if s.Rate == id {
				if !prints(s.Part, x) || !prints(s.Whole, y) && s.WholeFact.Concept != y.concept {
					return "read as a share of something else"
				}
				return ""
			}
		}
		return "no share was read"
	case "完成率", "差异率":
		for _, c := range r.Completions {
			if c.Rate == id {
				if !prints(c.Actual, x) || !prints(c.Budget, y) && c.Budget != report.None {
					return "read as the completion of something else"
				}
				return ""
			}
		}
		return "no completion was read"
	}
	return ""
}

// isLevel reports that the reader found what is said to be level.
func isLevel(r *report.Report, want fact) bool {
	for _, c := range r.Changes {
		if c.Fact.Concept == want.concept && c.Fact.Func == want.code && c.Direction == report.Flat {
			return true
		}
	}
	for _, c := range r.Completions {
		if c.Fact.Concept == want.concept && (c.Fact.Func == want.code || c.Fact.Func == "") && c.Direction == report.Flat {
			return true
		}
	}
	return false
}

func paragraph(d *document.Document, i int) string {
	if i < 0 || i >= len(d.Blocks) {
		return ""
	}
	return d.Blocks[i].Text.S
}

func sameFact(want fact, got report.Fact) bool {
	return want.concept == got.Concept && want.measure == string(got.Measure) && want.period == string(got.Period) &&
		(want.base == string(got.Base) || want.base == "年初预算" && got.Base == report.PlainBudget) &&
		(want.code == got.Func+got.Econ || got.Func == "" && got.Name != "")
}

// TestShow prints one disclosure of each form, for the eye.
func TestShow(t *testing.T) {
	if !testing.Verbose() {
		t.Skip("with -v")
	}
	tax := load(t)
	g := rapid.Custom(func(t *rapid.T) string {
		a := draw(t)
		a.Year = 2024
		a.Form = rapid.SampledFrom([]string{"通用", "上海", "新疆"}).Draw(t, "form")
		d, _ := tell(t, a, tax)
		var s strings.Builder
		for _, b := range d.Blocks {
			if b.Table != nil {
				fmt.Fprintf(&s, "[表 %d行]\n", len(b.Table.Rows))
				continue
			}
			fmt.Fprintf(&s, "%s%s\n", strings.Repeat("#", b.Level)+" ", b.Text.S)
		}
		return s.String()
	})
	for i := range 3 {
		t.Log(g.Example(i))
	}
}
