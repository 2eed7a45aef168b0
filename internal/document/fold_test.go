package document

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestFoldString(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "财政拨款收入346.81万元", "财政拨款收入346.81万元"},
		{"full width", "２０２３年（决算）：１，２３４．５６％；", "2023年(决算):1,234.56%;"},
		{"marks stay", "收入、支出。《决算表》“三公”——", "收入、支出。《决算表》“三公”——"},
		{"blanks in words", "预 算 数　合\u00a0计\u200b", "预算数合计"},
		{"blanks around digits", "增加 12.50 万元 ，增长 3.1 % 。", "增加12.50万元,增长3.1%。"},
		{"line breaks", "政府采购货\n物支出\r\n5.00\n万元", "政府采购货物支出5.00万元"},
		{"two numbers", "增加40 24 万元", "增加40 24万元"},
		{"two numbers over lines", "增加40\n24\n万元", "增加40 24万元"},
		{"thousands", "共1 234.56万元", "共1234.56万元"},
		{"thousands twice", "共1 234 567.89元", "共1234567.89元"},
		{"no decimals", "1 234 567", "1 234 567"},
		{"year and number", "2020 346.81", "2020 346.81"},
		{"cut before the point", "12,672\n.73", "12,672.73"},
		{"cut after the point", "支出12,672.\n73万元", "支出12,672.73万元"},
		{"numbering", "1. 2020年", "1. 2020年"},
		{"numbering with money", "1. 50万元以上设备", "1. 50万元以上设备"},
		{"cut after the comma", "支出12,\n672万元", "支出12,672万元"},
		{"list with commas", "分别为10, 234万元", "分别为10, 234万元"},
		{"comma group", "支出1, 234, 567.80元", "支出1,234,567.80元"},
		{"minus", "－3.2 − 5 –6 ‐7", "-3.2-5-6-7"},
		{"quotes", `"三公" ＂经费＂ ″会议″ ′′培训′′ 「差旅」`, "“三公”“经费”“会议”“培训”“差旅”"},
		{"kangxi", "⽀出⼯作⻋⻓⻔", "支出工作车长门"},
		{"middle dots", "全国・重点•项目", "全国·重点·项目"},
		{"kept", "①2.5㎡ ⒈10² …", "①2.5㎡⒈10²…"},
		{"bracketed numbers", "⑴㈠", "(1)(一)"},
		{"latin", "体系 and 电子 Big  Data", "体系and电子Big Data"},
		{"empty", " \n\u3000", ""},
		{"bad bytes", "a\xffb", "a\uFFFDb"},
	}
	for _, tt := range tests {
		if got := FoldString(tt.in); got != tt.want {
			t.Errorf("%s: FoldString(%q) = %q, want %q", tt.name, tt.in, got, tt.want)
		}
	}
}

func TestFoldPlaces(t *testing.T) {
	in := Text{S: "支出 １2.\n73 万元"}
	cut := strings.Index(in.S, "73")
	in.Spans = []Span{{0, cut, Place{Page: 1}}, {cut, len(in.S), Place{Page: 2}}}
	want := Text{S: "支出12.73万元", Spans: []Span{{0, 9, Place{Page: 1}}, {9, 17, Place{Page: 2}}}}
	if d := cmp.Diff(want, Fold(in)); d != "" {
		t.Error(d)
	}
	if p := Fold(in).At(9, 11); p.Page != 2 {
		t.Errorf("At = %v, want page 2", p)
	}
	empty := Fold(Plain(" \n", Place{Page: 3}))
	if empty.S != "" || empty.At(0, 0).Page != 3 {
		t.Errorf("empty text lost its place: %v", empty)
	}
}

// checkFold tests the laws of Fold on a text cut into spans at every cut-th rune.
func checkFold(t interface{ Fatalf(string, ...any) }, s string, cut int) {
	in := Text{S: s}
	start, n := 0, 0
	for i := range s {
		if n++; i > start && n%cut == 0 {
			in.Spans = append(in.Spans, Span{start, i, Place{Para: n}})
			start = i
		}
	}
	in.Spans = append(in.Spans, Span{start, len(s), Place{Para: n + 1}})
	out := Fold(in)
	if again := Fold(out); again.S != out.S {
		t.Fatalf("not idempotent: %q → %q → %q", s, out.S, again.S)
	}
	if got := FoldString(s); got != out.S {
		t.Fatalf("FoldString %q differs from Fold %q", got, out.S)
	}
	end := 0
	for _, sp := range out.Spans {
		if sp.Start != end || sp.End < sp.Start {
			t.Fatalf("%q: spans %v do not cover %q", s, out.Spans, out.S)
		}
		end = sp.End
	}
	if end != len(out.S) {
		t.Fatalf("%q: spans %v do not cover %q", s, out.Spans, out.S)
	}
	if utf8.ValidString(s) && !utf8.ValidString(out.S) {
		t.Fatalf("%q became invalid: %q", s, out.S)
	}
}

func TestFoldLaws(t *testing.T) {
	letters := []rune("0123456789９１.,．，%％ \n\u3000\u00a0\u200b万元支出增加-－−–—“”\"″′'①㎡⑴⽀⻋·・…abé（）;；:：、。¨´˝½")
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(rapid.SampledFrom(letters)).Draw(t, "s"))
		checkFold(t, s, rapid.IntRange(1, 9).Draw(t, "cut"))
	})
	rapid.Check(t, func(t *rapid.T) {
		checkFold(t, rapid.String().Draw(t, "s"), rapid.IntRange(1, 9).Draw(t, "cut"))
	})
}

func FuzzFold(f *testing.F) {
	f.Add("支出 １2.\n73 万元", 3)
	f.Add("1, 234, 567.80", 1)
	f.Add("′ ′″\"a\xff", 2)
	f.Fuzz(func(t *testing.T, s string, cut int) {
		if cut < 1 || cut > 100 {
			cut = 7
		}
		checkFold(t, s, cut)
	})
}

func BenchmarkFold(b *testing.B) {
	s := strings.Repeat("2023年度收入总计1,234.56万元，与上年相比，增加 12.30 万元，增长（1.01％）；", 20)
	txt := Plain(s, Place{Page: 1})
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Fold(txt)
	}
}
