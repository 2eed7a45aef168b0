// Package generate makes up the accounts of budget units that do not exist:
// random, realistic and valid, for tests and for measuring. Whatever a unit's
// accounts may lawfully hold should turn up here: every form and era that the
// taxonomy knows, offices, institutions, schools, hospitals and townships, a
// first year, money of all kinds, carry-overs, changes with their reasons.
//
// The words and names are invented. Package rapidgen draws the same accounts
// from rapid, so that a failing property shrinks.
package generate

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"juesuan/internal/accounts"
	"juesuan/internal/compose"
	"juesuan/internal/figure"
	"juesuan/internal/taxonomy"
)

// Draw gives a whole number from 0 to n−1; name says what it decides. 0 is
// always the plainest choice. The same answers give the same accounts.
type Draw func(name string, n int64) int64

// Seeded draws from a seed.
func Seeded(seed uint64) Draw {
	r := rand.New(rand.NewPCG(seed, 0x6a7565_7375616e))
	return func(_ string, n int64) int64 { return r.Int64N(n) }
}

// Sort of unit.
type Sort string

// Sorts of unit.
const (
	Office      Sort = "机关"
	Assimilated Sort = "参公单位"
	Institution Sort = "事业单位"
	School      Sort = "学校"
	Hospital    Sort = "医院"
	Township    Sort = "乡镇"
)

// Trait is something that accounts may have or lack.
type Trait string

// Traits.
const (
	ZeroBase Trait = "首年"     // founded this year: nothing was there before
	Public   Trait = "三公经费"   // any “三公” outlay
	Basic    Trait = "基本支出"   // 基本支出 of 一般公共预算财政拨款
	Fund     Trait = "政府性基金"  // money of 政府性基金预算
	Capital  Trait = "国有资本经营" // money of 国有资本经营预算, from the year that has the 类
	Carry    Trait = "结转结余"   // carry-overs of 财政拨款
	Other    Trait = "其他资金"   // any money but 财政拨款
	Special  Trait = "上缴经营补助" // 上缴上级支出, 经营支出 or 对附属单位补助支出; only with Other
	Over     Trait = "决算大于预算" // “三公” above its budget, with the reason
	Tiny     Trait = "分厘之差"   // changes that the print cannot show
	Children Trait = "下属单位"   // only of a 部门
	Purchase Trait = "政府采购"   // 政府采购 of the year
)

// Options narrow what is made up. Zero values leave the choice to chance.
type Options struct {
	Form    string // 通用, 新疆, 上海 …: a form of the taxonomy
	Year    int    // fiscal year; 0: 2016–2025
	Sort    Sort
	Scope   string      // 部门 or 单位
	Money   figure.Unit // 万元 or 元
	With    []Trait     // must have
	Without []Trait     // must not have
}

// Accounts makes up the accounts of one unit from a seed.
func Accounts(seed uint64, tax *taxonomy.Taxonomy, opt Options) (*accounts.Accounts, error) {
	a, err := From(Seeded(seed), tax, opt)
	if err != nil {
		return nil, fmt.Errorf("generate accounts of seed %d: %w", seed, err)
	}
	return a, nil
}

// From makes up the accounts of one unit from draws. They are complete:
// compose.Disclosure has nothing to ask. An error is a fault of this package
// or of the taxonomy, not of the draws.
func From(draw Draw, tax *taxonomy.Taxonomy, opt Options) (*accounts.Accounts, error) {
	g := &gen{draw: draw, tax: tax, opt: opt}
	g.unit()
	g.now = g.ledger()
	g.before = g.lastYear()
	g.planned = g.plan()
	g.a.Cells = g.now.cells(g)
	g.counts()
	if err := g.ask(); err != nil {
		return nil, err
	}
	return g.a, nil
}

// gen is one unit in the making.
type gen struct {
	draw Draw
	tax  *taxonomy.Taxonomy
	opt  Options
	a    *accounts.Accounts
	trade

	run                  string // 项 of the unit's running
	fresh                bool   // founded this year
	now, before, planned *ledger
	past, budget         *accounts.Books
}

// between draws a whole number from lo to hi.
func (g *gen) between(name string, lo, hi int64) int64 {
	if hi <= lo {
		return lo
	}
	return lo + g.draw(name, hi-lo+1)
}

// one of n times, the answer is yes.
func (g *gen) one(of int64, name string) bool { return g.draw(name, of) == of-1 }

// has decides a trait: as the options say, else yes one of n times.
func (g *gen) has(t Trait, n int64) bool {
	switch {
	case slices.Contains(g.opt.With, t):
		return true
	case slices.Contains(g.opt.Without, t):
		return false
	}
	return g.one(n, string(t))
}

func pick[T any](g *gen, name string, list []T) T { return list[g.draw(name, int64(len(list)))] }

// some picks up to n different ones, in the order of the list, at least one.
func some[T any](g *gen, name string, list []T, n int) []T {
	n = min(n, len(list))
	want := int(g.between(name+"数", 1, int64(n)))
	var out []T
	for i := range list {
		left := len(list) - i
		if int(g.draw(name, int64(left))) < want-len(out) {
			out = append(out, list[i])
		}
	}
	return out
}

const (
	yuan = accounts.Fen(100)
	wan  = 10_000 * yuan
	// least is the least amount that is not zero: less prints as 0.00万元, which
	// no reader can tell from nothing.
	least = 100 * yuan
)

// money draws an amount of lo to hi, small ones as likely as large ones; some
// are whole 万元 or 元, some have 角 and 分.
func (g *gen) money(name string, lo, hi accounts.Fen) accounts.Fen {
	lo = max(lo, least)
	if hi <= lo {
		return lo
	}
	steps := int64(0)
	for x := lo; x*10 <= hi; x *= 10 {
		steps++
	}
	from := lo
	for range g.draw(name+"量级", steps+1) {
		from *= 10
	}
	f := accounts.Fen(g.between(name, int64(from), int64(min(hi, from*10))))
	switch g.draw(name+"零头", 3) {
	case 0:
		if f >= wan {
			f -= f % wan
		}
	case 1:
		f -= f % yuan
	}
	return max(f, lo)
}

// vary draws another year's or the budget's amount for one of today: the same,
// near, far, or nothing.
func (g *gen) vary(name string, f accounts.Fen) accounts.Fen {
	if f == 0 {
		if g.one(8, name+"原有") {
			return g.money(name, 1000*yuan, 30*wan)
		}
		return 0
	}
	switch g.draw(name+"变动", 8) {
	case 0:
		return f
	case 1, 2, 3:
		f = f / 1000 * accounts.Fen(g.between(name, 930, 1070))
	case 4, 5:
		f = f / 100 * accounts.Fen(g.between(name, 50, 200))
	case 6:
		if g.has(Tiny, 2) {
			f += accounts.Fen(g.between(name, -4000, 4000))
			break
		}
		f = f / 1000 * accounts.Fen(g.between(name, 990, 1010))
	case 7:
		return 0
	}
	if f < least {
		return 0
	}
	return f
}

// ask answers what a disclosure of the accounts still asks for, until nothing
// is missing.
func (g *gen) ask() error {
	g.past = g.complete(g.before)
	g.budget = g.complete(g.planned)
	for range 8 {
		_, err := compose.Disclosure(g.a, g.tax, compose.Options{})
		if err == nil {
			return nil
		}
		var miss *compose.IncompleteError
		if !errors.As(err, &miss) || len(miss.Conflicts) > 0 || len(miss.Missing) == 0 {
			return err
		}
		now, _, _ := accounts.Complete(g.a, g.tax)
		for _, m := range miss.Missing {
			g.answer(now, m)
		}
	}
	_, err := compose.Disclosure(g.a, g.tax, compose.Options{})
	return err
}

// complete makes books of another ledger of the unit; nil has none.
func (g *gen) complete(l *ledger) *accounts.Books {
	if l == nil {
		return nil
	}
	a := *g.a
	a.Cells = l.cells(g)
	a.Values, a.Reasons = nil, nil
	b, _, _ := accounts.Complete(&a, g.tax)
	return b
}
