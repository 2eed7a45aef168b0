package document

import (
	"strings"
	"testing"
)

func TestUnfold(t *testing.T) {
	tests := []struct{ name, text, folded, want string }{
		{"plain", "收入支出总计", "支出", "支出"},
		{"width", "减少０．４８万元，下降（增长）27.59％。", "下降(增长)27.59%", "下降（增长）27.59％"},
		{"blanks", "完 成 预算的 95.89 %，", "预算的95.89%", "预算的 95.89 %"},
		{"broken number", "共 1，234 .56 万元", "1,234.56", "1，234 .56"},
		{"to the end", "占 99.29％", "99.29%", "99.29％"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := Text{S: tt.text}
			start := strings.Index(Fold(text).S, tt.folded)
			if start < 0 {
				t.Fatalf("%q is not in %q", tt.folded, Fold(text).S)
			}
			if got := strings.TrimSpace(Unfold(text, start, start+len(tt.folded))); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	for _, bounds := range [][2]int{{-3, 100}, {9, 2}, {50, 60}} {
		Unfold(Text{S: "（１）"}, bounds[0], bounds[1]) // no panic
		Unfold(Text{S: "收入"}, bounds[0], bounds[1])
	}
}
