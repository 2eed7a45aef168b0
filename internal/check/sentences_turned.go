package check

import (
	"slices"
	"strings"
	"unicode/utf8"

	"juesuan/internal/figure"
	"juesuan/internal/report"
)

// Direction words that are wrong: which word it is, and the symptoms that the
// one wrong word has elsewhere.

// opposite is the word to write instead.
var opposite = map[report.Direction]string{report.Up: "减少", report.Down: "增加"}

// way is the true direction of a change as far as the figures beside it tell:
// 1, −1, or 0 when they do not.
func (r *run) way(x *compared) int {
	switch {
	case x.hasNow && x.hasBefore:
		return apart(x.now, x.before)
	case !x.hasNow || !x.hasDelta || !x.hasRate || x.rate.IsZero() || !alike(x.now, x.delta):
		return 0
	}
	up := figure.GrowthNow(x.rate.Abs(), x.now, x.delta.Abs()).Verdict == figure.Agrees
	down := figure.GrowthNow(x.rate.Abs().Neg(), x.now, x.delta.Abs().Neg()).Verdict == figure.Agrees
	switch {
	case up && !down:
		return 1
	case down && !up:
		return -1
	}
	return 0
}

// contrary is N10 for a change whose two words say opposite things. It names
// the wrong word when the figures tell which it is.
func (r *run) contrary(x *compared, delta int) {
	r.test("N10")
	said, rate := verb(x.Direction, 1)+x.delta.Abs().String(), rateVerb(x.RateDirection, 1)+x.rate.Abs().String()
	f := Finding{
		Rule:       "N10",
		Message:    x.topic + "：同一变动前写“" + said + "”，后写“" + rate + "”，方向相反。",
		Arithmetic: said + "，" + rate,
		suspects:   []report.ID{x.Rate},
	}
	switch r.way(x) {
	case 0:
	case delta:
		f.Message += "按前后各数，写错的是“" + rate + "”的方向词。"
		f.Suspect, f.Expected = rate, map[int]string{1: "增长", -1: "下降"}[delta]+x.rate.Abs().String()
	default:
		f.Message += "按前后各数，写错的是“" + said + "”的方向词。"
		f.Suspect, f.Expected = said, opposite[x.Direction]+x.delta.Abs().String()
		f.suspects = []report.ID{x.Delta}
	}
	r.fail(f, x.Rate, x.Delta)
}

// turned finds the one part of a failing sum of changes whose direction word
// is wrong: with the other word the sum is right. Where several parts would
// do, the one counts whose own sentence contradicts its word, too. The
// findings that this word explains become one. false when no word explains it.
func (r *run) turned(s *report.Sum, whole figure.Figure, parts []figure.Figure, o figure.Outcome) bool {
	var fits, backed []int
	for i, p := range parts {
		if p.Coef == 0 {
			continue
		}
		other := slices.Clone(parts)
		other[i] = p.Neg()
		if figure.Sum(whole, other...).Verdict != figure.Agrees {
			continue
		}
		fits = append(fits, i)
		if len(r.onWord(s.Parts[i])) > 0 {
			backed = append(backed, i)
		}
	}
	if len(backed) == 1 {
		fits = backed
	}
	if len(fits) != 1 {
		return false
	}
	id := s.Parts[fits[0]]
	c := r.changeOf(id)
	if c == nil || opposite[c.Direction] == "" {
		return false
	}
	amount := r.rep.Get(id).Abs().String()
	said, right := verb(c.Direction, 1)+amount, opposite[c.Direction]+amount
	f := Finding{
		Rule: "N10",
		Message: topic(c.Fact) + "：写“" + said + "”时，各项增减额之和与总增减额不符；写“" + right +
			"”就相符。最可能写错的是方向词。",
		Arithmetic: o.Arithmetic,
		Suspect:    said, Expected: right,
		suspects: []report.ID{id},
	}
	ids := append([]report.ID{id, s.Whole}, s.Parts...)
	for _, k := range r.onWord(id) { // symptoms of the same word
		own := r.findings[k]
		f.Arithmetic = own.Arithmetic + "；" + f.Arithmetic
		f.Places = addPlaces(f.Places, own.Places)
		ids = append(ids, own.figures...)
	}
	for _, x := range ids {
		f.Places = addPlaces(f.Places, []Place{r.place(x)})
	}
	drop := r.onWord(id)
	kept := r.findings[:0]
	for k := range r.findings {
		if !slices.Contains(drop, k) {
			kept = append(kept, r.findings[k])
		}
	}
	r.findings = kept
	r.test("N08")
	slices.Sort(ids[1:])
	r.fail(f, slices.Compact(ids)...)
	return true
}

// onWord are the findings that the direction word of a change explains: its
// words contradict each other, or its rate fits the other direction.
func (r *run) onWord(delta report.ID) []int {
	c := r.changeOf(delta)
	if c == nil {
		return nil
	}
	var out []int
	for i, f := range r.findings {
		if !slices.Contains(f.figures, delta) {
			continue
		}
		switch f.Rule {
		case "N10":
			out = append(out, i)
		case "N02":
			now, ok1 := r.said(c.Now)
			rate, ok2 := r.said(c.Rate)
			d, _ := r.said(delta)
			if ok1 && ok2 && alike(now, d) {
				sign := func(f figure.Figure) figure.Figure {
					if c.Direction == report.Up {
						return f.Abs().Neg()
					}
					return f.Abs()
				}
				if figure.GrowthNow(sign(rate), now, sign(d)).Verdict == figure.Agrees {
					out = append(out, i)
				}
			}
		}
	}
	return out
}

// changeOf is the comparison whose delta a figure is, nil for none.
func (r *run) changeOf(delta report.ID) *report.Change {
	for i := range r.rep.Changes {
		if c := &r.rep.Changes[i]; c.Delta == delta {
			return c
		}
	}
	return nil
}

// besideFlat is the rest of N11: an amount of change and 持平 in one breath
// (较上年增加6.00万元，与上年持平), which the reader keeps as two comparisons of
// one value.
func (r *run) besideFlat() {
	for i := range r.rep.Changes {
		flat := &r.rep.Changes[i]
		if flat.Direction != report.Flat || flat.Delta >= 0 || flat.Now < 0 || roughly(flat.DirWords) {
			continue
		}
		for k := range r.rep.Changes {
			c := &r.rep.Changes[k]
			d := r.rep.Get(c.Delta)
			if k == i || d == nil || d.IsZero() || c.Now != flat.Now || c.Base != flat.Base || c.Fact.Concept != flat.Fact.Concept || !r.oneBreath(d, flat.DirWords) {
				continue
			}
			r.test("N11")
			r.fail(Finding{
				Rule:       "N11",
				Message:    topic(c.Fact) + "：文中写“" + flat.DirWords.Text + "”，又写" + verb(c.Direction, 1) + d.Abs().String() + "，两者只能有一个。",
				Arithmetic: d.Digits() + " ≠ 0",
				Suspect:    flat.DirWords.Text,
				suspects:   []report.ID{c.Delta},
			}, c.Delta)
			break
		}
	}
}

// oneBreath reports whether words follow a figure with nothing else between.
func (r *run) oneBreath(f *report.Figure, w report.Words) bool {
	from := f.Start + len(f.Text)
	if f.Block != w.Block || w.Start < from {
		return false
	}
	s := r.folded(w.Block).S
	if w.Start > len(s) || from > len(s) {
		return false
	}
	between := s[from:w.Start]
	return utf8.RuneCountInString(between) <= 14 && !strings.ContainsAny(between, "。；;:0123456789") && !strings.Contains(between, "其中") && strings.Count(between, ",") <= 1
}
