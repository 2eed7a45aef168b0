package taxonomy

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// pattern as a regular expression: the meaning a wildcard has to have.
func wildcardRegexp(s string) *regexp.Regexp {
	var b strings.Builder
	b.WriteString("^(?:")
	depth := 0
	for _, r := range FoldName(s) {
		switch {
		case r == '*':
			b.WriteString(".*")
		case r == '#':
			b.WriteString("[0-9一二三四五六七八九十]+")
		case r == '{':
			depth++
			b.WriteString("(?:")
		case r == '}' && depth > 0:
			depth--
			b.WriteString(")")
		case r == '|' && depth > 0:
			b.WriteString("|")
		default:
			b.WriteString(regexp.QuoteMeta(string(r)))
		}
	}
	b.WriteString(strings.Repeat(")", depth))
	b.WriteString(")$")
	return regexp.MustCompile(b.String())
}

// TestWildcardIsRegexp: a wildcard matches what its regular expression does.
func TestWildcardIsRegexp(t *testing.T) {
	alphabet := []string{"收", "入", "1", "二", "十", "(", ".", "{", "}", "|", "*", "#", "{收|}", "{入|1#|}", "表"}
	word := rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 8)
	text := rapid.SliceOfN(rapid.SampledFrom([]string{"收", "入", "1", "二", "十", "(", ".", "}", "|", "表"}), 0, 8)
	rapid.Check(t, func(rt *rapid.T) {
		p, s := strings.Join(word.Draw(rt, "pattern"), ""), strings.Join(text.Draw(rt, "text"), "")
		if got, want := newWildcard(p).MatchString(s), wildcardRegexp(p).MatchString(s); got != want {
			rt.Fatalf("%q on %q: %v, the regular expression says %v", p, s, got, want)
		}
	})
}

func TestWildcard(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"{部门|单位|}支出{决算|}总表", "单位支出总表", true},
		{"{部门|单位|}支出{决算|}总表", "支出决算表", false},
		{"表#{-#|}", "表十二", true},
		{"表#{-#|}", "表1-2", true},
		{"表#{-#|}", "表", false},
		{"*年{度|}决算数", "2023年度决算数", true},
		{"（*）", "(x)", true},
		{"", "", true},
	} {
		if got := newWildcard(c.pattern).MatchString(FoldName(c.text)); got != c.want {
			t.Errorf("%q on %q: %v", c.pattern, c.text, got)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(""); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoadReading(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := LoadReading(""); err != nil {
			b.Fatal(err)
		}
	}
}
