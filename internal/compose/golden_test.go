package compose

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"juesuan/internal/accounts"
	"juesuan/internal/check"
	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/recognise"
)

var update = flag.Bool("update", false, "write the golden files anew")

// bureau is a unit in which every kind of change occurs: rise, fall, level,
// nearly level, from nothing and to nothing; funds, carry-overs, other income.
const bureauCells = `
02.2080501.财政拨款收入 = 31.2
02.2080505.财政拨款收入 = 62.481
02.2101101.财政拨款收入 = 28.5533
02.2130301.财政拨款收入 = 510.0005
02.2130305.财政拨款收入 = 300
02.2130314.财政拨款收入 = 96.4
02.2130314.其他收入 = 12.5
02.2120804.财政拨款收入 = 240
03.2080501.基本支出 = 31.2
03.2080505.基本支出 = 62.481
03.2101101.基本支出 = 28.5533
03.2130301.基本支出 = 510.0005
03.2130305.项目支出 = 288.75
03.2130314.项目支出 = 107.66
03.2120804.项目支出 = 251.5
05.2080501.基本支出 = 31.2
05.2080505.基本支出 = 62.481
05.2101101.基本支出 = 28.5533
05.2130301.基本支出 = 510.0005
05.2130305.项目支出 = 288.75
05.2130314.项目支出 = 96.4
08.2120804.年初结转和结余 = 20
08.2120804.本年收入 = 240
08.2120804.项目支出 = 251.5
04.年初一般公共预算财政拨款.决算数 = 0
04.年末财政拨款结转和结余.一般公共预算 = 11.25
01.年初结转和结余.决算数 = 20
01.年末结转和结余.决算数 = 20.99
06.30101.决算数 = 205.3
06.30102.决算数 = 182.6005
06.30108.决算数 = 62.481
06.30113.决算数 = 48.9
06.30302.决算数 = 31.2
06.30201.决算数 = 22.4
06.30211.决算数 = 31.0533
06.30217.决算数 = 1.26
06.30231.决算数 = 14.04
06.30239.决算数 = 33
07.因公出国（境）费.预算数 = 0
07.因公出国（境）费.决算数 = 0
07.公务用车购置费.预算数 = 0
07.公务用车购置费.决算数 = 17.98
07.公务用车运行维护费.预算数 = 15
07.公务用车运行维护费.决算数 = 14.04
07.公务接待费.预算数 = 2
07.公务接待费.决算数 = 1.26`

const bureauValues = `
收入支出总计 上年 1181.3 万元
本年收入合计 上年 1190 万元
本年支出合计 上年 1190.4 万元
财政拨款收入支出总计 上年 1288.6383 万元
财政拨款收入 上年 1268.6348 万元
财政拨款支出 上年 1200 万元
财政拨款收入 年初预算 1268.6348 万元
财政拨款支出 年初预算 1100 万元
一般公共预算财政拨款支出 上年 1017.3848 万元
一般公共预算财政拨款支出 年初预算 990.5 万元
因公出国（境）费 上年 3.2 万元
公务用车购置及运行维护费 上年 14.04 万元
公务接待费 上年 1.2603 万元
机关运行经费 上年 101.7533 万元
公务用车购置数 本年 1 辆
公务用车保有量 本年 4 辆
国内公务接待批次 本年 9 批次
国内公务接待人次 本年 71 人次
车辆 本年 4 辆
应急保障用车 本年 3 辆
执法执勤用车 本年 1 辆
车辆价值 本年 88.6 万元
单价100万元以上设备 本年 0 台(套)
房屋面积 本年 2310.50 平方米
房屋价值 本年 640 万元
在职人数 本年 38 人
离休人数 本年 0 人
退休人数 本年 8 人
政府采购货物支出 本年 24.31 万元
政府采购工程支出 本年 298.59 万元
政府采购服务支出 本年 63.5 万元
授予中小企业合同金额 本年 352.18 万元
授予小微企业合同金额 本年 214.06 万元
面向中小企业预留采购额 本年 300 万元
面向小微企业预留采购额 本年 120 万元
中小企业预留项目中标金额 本年 298.59 万元
小微企业预留项目中标金额 本年 96 万元
其他项目中小企业中标金额 本年 24.31 万元
绩效目标项目数 本年 9 个
绩效目标项目金额 本年 1014 万元
绩效跟踪项目数 本年 9 个
绩效跟踪项目金额 本年 1014 万元
绩效自评项目金额 本年 1014 万元
绩效自评平均得分 本年 94.62 分
自评等次为优的项目数 本年 8 个
自评等次为良的项目数 本年 1 个
自评等次为合格的项目数 本年 0 个
自评等次为不合格的项目数 本年 0 个`

// bureauBudgets are those of the 项 at the beginning of the year.
const bureauBudgets = `
2080501 31.2
2080505 60
2101101 28.553
2130301 498
2130305 300
2130314 0
2130399 72.75
2120804 251.5`

func bureau(t *testing.T, form string) *accounts.Accounts {
	t.Helper()
	a := &accounts.Accounts{
		Unit: "青禾县河湖管理局", Scope: "部门", Kind: accounts.Administrative, Year: 2024, Form: form,
		Cells: map[accounts.Cell]accounts.Fen{}, Values: map[accounts.Key]accounts.Quantity{},
		Duties:  []string{"管理全县河流、湖泊和渠道", "负责取水许可和防汛抗旱"},
		Offices: []string{"办公室", "河湖管理科", "水资源科"}, Subordinates: []string{"青禾县水文站"},
		Uses: map[string]string{}, Reasons: map[accounts.Key]string{},
		Notes: map[string]string{
			"绩效":        "九个项目全部设定了绩效目标。\n水渠改造项目进度偏慢，已列入下年工作计划。",
			"公务接待费":     "接待流域调度和堤防验收的来访人员",
			"公务用车购置费":   "更新一辆防汛指挥车",
			"公务用车运行维护费": "巡河和防汛用车的燃料、维修和保险",
		},
	}
	lines := func(s string, do func(f []string)) {
		for _, line := range strings.Split(strings.TrimSpace(s), "\n") {
			do(strings.Fields(line))
		}
	}
	fen := func(s string) accounts.Fen {
		f, err := accounts.ParseFen(s, figure.WanYuan)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	lines(bureauCells, func(f []string) {
		p := strings.SplitN(f[0], ".", 3)
		a.Cells[accounts.Cell{Table: p[0], Row: p[1], Col: p[2]}] = fen(f[2])
	})
	lines(bureauValues, func(f []string) {
		v, err := figure.Parse(f[2] + f[3])
		if err != nil {
			t.Fatal(err)
		}
		a.Values[accounts.Key{Concept: f[0], Period: f[1]}] = accounts.Quantity{Coef: v.Coef, Decimals: v.Decimals, Unit: v.Unit}
	})
	lines(bureauBudgets, func(f []string) {
		concept := "一般公共预算财政拨款支出"
		if strings.HasPrefix(f[0], "212") {
			concept = "政府性基金预算财政拨款支出"
		}
		a.Values[accounts.Key{Concept: concept, Period: "年初预算", Func: f[0]}] = fen(f[1]).Quantity()
		a.Uses[f[0]] = "科目" + f[0][5:] + "的日常工作"
	})
	return a
}

// give answers what is asked for with reasons; anything else is a fault.
func give(t *testing.T, a *accounts.Accounts) *document.Document {
	t.Helper()
	tax := load(t)
	_, err := Disclosure(a, tax, Options{})
	if lack, ok := err.(*IncompleteError); ok { //nolint:errorlint // returned as it is
		for _, c := range lack.Conflicts {
			t.Error(c.Text)
		}
		for _, m := range lack.Missing {
			if m.Kind != "原因" {
				t.Errorf("asks for %s（%s）", m.What, m.Where)
			}
			a.Reasons[m.Key] = "东堤加固工程进入施工期"
		}
	}
	d, err := Disclosure(a, tax, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestGolden shows the text of each form for one unit.
func TestGolden(t *testing.T) {
	tax := load(t)
	for _, s := range tax.Sentences.All() {
		t.Run(s.ID, func(t *testing.T) {
			d := give(t, bureau(t, s.Form))
			var b strings.Builder
			for i := range d.Blocks {
				x := &d.Blocks[i]
				switch {
				case x.Table != nil:
					b.WriteString("［表］\n")
				case x.Kind == document.Heading:
					b.WriteString(strings.Repeat("#", x.Level) + " " + x.Text.S + "\n")
				default:
					b.WriteString(x.Text.S + "\n")
				}
			}
			for _, f := range check.Check(recognise.Report(d, tax), tax).Findings {
				t.Errorf("%s %s: %s %s", f.Rule, f.Title, f.Message, f.Arithmetic)
			}
			name := filepath.Join("testdata", "text", s.ID+".txt")
			if *update {
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got, old := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
			for i := range max(len(got), len(old)) {
				x, y := "", ""
				if i < len(got) {
					x = got[i]
				}
				if i < len(old) {
					y = old[i]
				}
				if x != y {
					t.Fatalf("%s line %d:\n got %s\nwant %s", name, i+1, x, y)
				}
			}
		})
	}
}

// TestMissing: all that is missing is asked for at once, with its place, and a
// draft says where it belongs.
func TestMissing(t *testing.T) {
	tax := load(t)
	for _, s := range tax.Sentences.All() {
		a := bureau(t, s.Form)
		a.Values, a.Offices, a.Notes, a.Uses, a.Duties = nil, nil, nil, nil, nil
		_, err := Disclosure(a, tax, Options{})
		lack, ok := err.(*IncompleteError) //nolint:errorlint // returned as it is
		if !ok {
			t.Fatalf("%s: error %v", s.ID, err)
		}
		d, err := Disclosure(a, tax, Options{Draft: true})
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for i := range d.Blocks {
			text.WriteString(d.Blocks[i].Text.S + "\n")
		}
		seen := map[string]bool{}
		marks := 0
		for _, m := range lack.Missing {
			if m.What == "" || m.Where == "" || m.Kind == "" || seen[m.Kind+m.What] {
				t.Errorf("%s: asked twice or without a place: %+v", s.ID, m)
			}
			seen[m.Kind+m.What] = true
			if !strings.Contains(lack.Error(), m.What) {
				t.Errorf("%s: the message does not name %s", s.ID, m.What)
			}
			if strings.Contains(text.String(), "【待填："+m.What+"】") {
				marks++
			}
		}
		if len(lack.Missing) < 25 || marks*10 < len(lack.Missing)*9 {
			t.Errorf("%s: %d missing, %d marked in the draft", s.ID, len(lack.Missing), marks)
		}
	}
}

// TestConflict: a total that its parts contradict is no number to print.
func TestConflict(t *testing.T) {
	a := bureau(t, "通用")
	a.Values[accounts.Key{Concept: "三公经费", Period: "上年"}] = accounts.Fen(1_000_000).Quantity()
	_, err := Disclosure(a, load(t), Options{})
	if err == nil || !strings.Contains(err.Error(), "上年“三公经费”填的是1.00万元，各分项之和是18.50万元") {
		t.Errorf("error %v", err)
	}
}

// TestOwnWords: reasons and notes are taken over as sentences of the text.
func TestOwnWords(t *testing.T) {
	for in, want := range map[string]string{
		"主要原因是：人员增加。":     "人员增加",
		"由于人员增加；":         "人员增加",
		"人员增加。\n会议减少。":    "人员增加；会议减少",
		" 主要用于办公用房维修 ":    "办公用房维修",
		"原因是因为闸站抢修。第二年付款": "闸站抢修；第二年付款",
	} {
		if got := sentence(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
	a := bureau(t, "通用")
	a.Notes["国有资产"] = "另有租用仓库一处。"
	a.Reasons[accounts.Key{Concept: "收入支出总计", Period: "上年"}] = "主要原因是东堤加固。"
	d := give(t, a)
	var text strings.Builder
	for i := range d.Blocks {
		text.WriteString(d.Blocks[i].Text.S + "\n")
	}
	for _, want := range []string{"0台（套）。\n另有租用仓库一处。\n", "主要原因是东堤加固。\n"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the text lacks %q", want)
		}
	}
}
