package compose

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"juesuan/internal/accounts"
	"juesuan/internal/check"
	published "juesuan/internal/disclosure"
	"juesuan/internal/figure"
	"juesuan/internal/recognise"
)

// seedCells are the amounts in 万元 of a disclosure that was published without
// its tables: what its text says, and leaves made up so that they add to that.
const seedCells = `
02.2010301.财政拨款收入 = 256.26
02.2010301.其他收入 = 15.97
02.2010302.财政拨款收入 = 22.00
02.2010350.财政拨款收入 = 37.16
02.2012399.财政拨款收入 = 0.11
02.2080208.财政拨款收入 = 9.10
02.2080505.财政拨款收入 = 21.06
02.2299901.财政拨款收入 = 1.12
03.2010301.基本支出 = 318.49
03.2010302.项目支出 = 28.36
03.2010350.基本支出 = 37.16
03.2012399.项目支出 = 0.11
03.2080208.基本支出 = 3.88
03.2080208.项目支出 = 5.22
03.2080505.基本支出 = 21.06
03.2299901.项目支出 = 1.12
05.2010301.基本支出 = 318.19
05.2010302.项目支出 = 22.00
05.2010350.基本支出 = 37.16
05.2012399.项目支出 = 0.11
05.2080208.基本支出 = 3.88
05.2080208.项目支出 = 5.22
05.2080505.基本支出 = 21.06
05.2299901.项目支出 = 1.12
04.年初一般公共预算财政拨款.决算数 = 61.93
04.年末财政拨款结转和结余.一般公共预算 = 0
01.年初结转和结余.决算数 = 61.93
01.年末结转和结余.决算数 = 9.31
06.30101.决算数 = 80
06.30102.决算数 = 90
06.30103.决算数 = 20
06.30108.决算数 = 21.06
06.30110.决算数 = 15
06.30111.决算数 = 5
06.30112.决算数 = 2.29
06.30113.决算数 = 30
06.30199.决算数 = 20
06.30305.决算数 = 9
06.30309.决算数 = 1
06.30201.决算数 = 10
06.30202.决算数 = 2
06.30207.决算数 = 3
06.30211.决算数 = 4
06.30216.决算数 = 1
06.30218.决算数 = 2
06.30226.决算数 = 5
06.30228.决算数 = 6
06.30229.决算数 = 7
06.30231.决算数 = 27.98
06.30239.决算数 = 9
06.30299.决算数 = 4.96
06.31002.决算数 = 5
07.因公出国（境）费.预算数 = 0
07.因公出国（境）费.决算数 = 0
07.公务用车购置费.预算数 = 0
07.公务用车购置费.决算数 = 0
07.公务用车运行维护费.预算数 = 27.98
07.公务用车运行维护费.决算数 = 27.98
07.公务接待费.预算数 = 0.04
07.公务接待费.决算数 = 0`

// seedValues are concept, period and value.
const seedValues = `
本年收入合计 上年 388.01 万元
本年支出合计 上年 301.23 万元
财政拨款收入 上年 382.71 万元
财政拨款支出 上年 301.23 万元
财政拨款收入 年初预算 517.55 万元
财政拨款支出 年初预算 517.55 万元
公务用车购置及运行维护费 上年 9.78 万元
因公出国（境）费 上年 0 万元
公务接待费 上年 0 万元
机关运行经费 上年 19.34 万元
政府采购支出总额 本年 0 万元
公务用车购置数 本年 0 辆
公务用车保有量 本年 26 辆
车辆 本年 26 辆
其他用车 本年 26 辆
车辆价值 本年 562.30 万元
房屋面积 本年 10759.19 平方米
房屋价值 本年 7408.19 万元
单价50万元以上通用设备 本年 4 台(套)
单价100万元以上专用设备 本年 0 台(套)
实有人数 本年 19 人
在职人数 本年 19 人
离休人数 本年 0 人
退休人数 本年 0 人
绩效自评项目数 本年 6 个
绩效自评项目金额 本年 28.54 万元`

// seed makes the accounts.
func seed(t *testing.T, unit string) *accounts.Accounts {
	t.Helper()
	a := &accounts.Accounts{
		Unit: unit, Scope: "部门", Kind: accounts.Administrative, Year: 2020, Form: "新疆",
		Cells: map[accounts.Cell]accounts.Fen{}, Values: map[accounts.Key]accounts.Quantity{},
		Duties: []string{"负责政务服务工作"}, Offices: []string{"文秘科", "信息科", "督查科", "会务科", "财务室", "综合办公室"},
		Notes:   map[string]string{"绩效": "绩效目标全部完成。", "公务用车运行维护费": "燃油费、保险费和过路费"},
		Reasons: map[accounts.Key]string{},
	}
	for _, line := range strings.Split(strings.TrimSpace(seedCells), "\n") {
		name, amount, _ := strings.Cut(line, " = ")
		p := strings.SplitN(name, ".", 3)
		f, err := accounts.ParseFen(amount, figure.WanYuan)
		if err != nil {
			t.Fatal(err)
		}
		a.Cells[accounts.Cell{Table: p[0], Row: p[1], Col: p[2]}] = f
	}
	for _, line := range strings.Split(strings.TrimSpace(seedValues), "\n") {
		p := strings.Fields(line)
		f, err := figure.Parse(p[2] + p[3])
		if err != nil {
			t.Fatal(err)
		}
		a.Values[accounts.Key{Concept: p[0], Period: p[1]}] = accounts.Quantity{Coef: f.Coef, Decimals: f.Decimals, Unit: f.Unit}
	}
	return a
}

// TestSeed: the figures of a real disclosure, entered as accounts, give a
// document with every figure of its text that is not zero; the check finds
// nothing in it.
func TestSeed(t *testing.T) {
	name := filepath.Join("..", "..", "..", "shared", "corpus", "seed-2020.txt")
	if _, err := os.Stat(name); err != nil {
		t.Skip("没有语料 " + name)
	}
	tax := load(t)
	old := published.Read(t.Context(), name, tax)
	if old.Err != nil {
		t.Fatal(old.Err)
	}
	a := seed(t, "乌鲁木齐市水磨沟区政府办公室")
	// Reasons are asked for, then given.
	_, err := Disclosure(a, tax, Options{})
	lack, ok := err.(*IncompleteError) //nolint:errorlint // returned as it is
	if !ok {
		t.Fatalf("nothing asked for: %v", err)
	}
	for _, m := range lack.Missing {
		if m.Kind != "原因" {
			t.Errorf("asks for %s（%s）", m.What, m.Where)
		}
		a.Reasons[m.Key] = "工作安排调整"
	}
	d, err := Disclosure(a, tax, Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := recognise.Report(d, tax)
	have := map[string]bool{}
	for _, f := range r.Figures {
		if f.Table < 0 {
			have[f.Fact.Concept+f.Digits()] = true
		}
	}
	n := 0
	for _, f := range old.Report.Figures {
		switch {
		case f.Table >= 0, f.IsZero(), f.Section == "", f.Section == "自评表":
			continue
		}
		n++
		if !have[f.Fact.Concept+f.Digits()] {
			t.Errorf("%s is not in ours (%+v: %s)", f.String(), f.Fact, f.Excerpt)
		}
	}
	if n < 60 {
		t.Errorf("only %d figures compared", n)
	}
	for _, f := range check.Check(r, tax).Findings {
		t.Errorf("%s %s: %s %s", f.Rule, f.Title, f.Message, f.Arithmetic)
	}
}
