package check

import (
	"testing"

	"pgregory.net/rapid"

	"juesuan/internal/document"
	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// An honest writer rounds true values; what is written is never a finding
// graver than a hint, and every figure of it is proved.
func TestHonestSentences(t *testing.T) {
	tax := load(t)
	rapid.Check(t, func(t *rapid.T) {
		rep := &report.Report{Document: &document.Document{}, Kind: report.Final, TableText: map[int]int{}}
		fact := report.Fact{Concept: "示例支出", Period: report.ThisYear}
		put := func(v figure.Number, decimals int, u figure.Unit) report.ID {
			n := v.Mul(figure.Dec(1, u.Exponent())).Round(decimals)
			f, err := figure.Parse(n.Fixed(decimals))
			if err != nil {
				t.Fatal(err)
			}
			return rep.Add(report.Figure{Figure: f.As(u), Fact: fact, Table: -1})
		}
		yuan := rapid.Int64Range(1, 5e10)
		now, before := figure.Dec(yuan.Draw(t, "now"), 2), figure.Dec(yuan.Draw(t, "before"), 2)
		places := rapid.IntRange(2, 6).Draw(t, "decimals")
		diff := now.Sub(before)
		rate, _ := diff.Quo(before)
		dir := map[int]report.Direction{1: report.Up, -1: report.Down, 0: report.Flat}[diff.Sign()]
		c := report.Change{
			Fact: fact, Base: report.LastYear, Direction: dir, RateDirection: dir, Reason: "示例",
			Now: put(now, places, figure.WanYuan), Before: report.None,
			Delta: put(diff.Abs(), places, figure.WanYuan), Rate: put(rate.Abs(), 2, figure.Percent),
		}
		if rapid.Bool().Draw(t, "before printed") {
			c.Before = put(before, places, figure.WanYuan)
		}
		rep.Changes = append(rep.Changes, c)
		done, _ := now.Quo(before)
		more := dir
		if rep.Get(c.Now).Value().Cmp(before.Mul(figure.Dec(1, 4)).Round(places).Mul(figure.Dec(1, -4))) == 0 {
			more = report.Unsaid
		}
		rep.Completions = append(rep.Completions, report.Completion{
			Fact: fact, Base: report.InitialBudget, Actual: c.Now, Budget: put(before, places, figure.WanYuan),
			Rate: put(done, 2, figure.Percent), Delta: report.None, Direction: more,
		})
		all := now.Add(before)
		share, _ := now.Quo(all)
		whole := put(all, places, figure.WanYuan)
		rep.Shares = append(rep.Shares, report.Share{Part: c.Now, Whole: whole, Rate: put(share, 2, figure.Percent), PartFact: fact})
		rep.Sums = append(rep.Sums, report.Sum{Whole: whole, Parts: []report.ID{c.Now, put(before, places, figure.WanYuan)}, All: true})
		r := newRun(rep, tax)
		r.sentences()
		for _, f := range r.findings {
			if f.Severity != Hint {
				t.Fatalf("%s %s %s", f.Rule, f.Message, f.Arithmetic)
			}
		}
	})
}
