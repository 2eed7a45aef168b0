// Package flow holds what the readers know about the flow of Chinese official
// text: how an item is numbered and where a forced line break parts two
// paragraphs rather than cutting one.
package flow

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var numbering = regexp.MustCompile(`^(#{1,6} |[-*•·●] |第[一二三四五六七八九十百0-9 ]+[部章节条]|[一二三四五六七八九十]{1,3}[、.．]|[（(] ?[一二三四五六七八九十0-9]{1,3} ?[)）]|[0-9]{1,2}[、．)）]|[0-9]{1,2}\.[^0-9]|[①-⑳]|注[：:0-9]|附[件表]|表 ?[0-9]|[0-9]{7}|单位[：:]|项目支出绩效)`)

// Numbered reports whether s starts as a heading, an item or a table note does.
func Numbered(s string) bool { return numbering.MatchString(s) }

// Title tells a numbered title from a numbered sentence.
func Title(s string) bool { return Numbered(s) && !strings.ContainsAny(s, "，,。；;") }

// Closed reports whether s ends as a sentence, an item or a lead-in does.
func Closed(s string) bool {
	end, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("。！？；;：:!?…", end)
}

// Trim drops blanks of every kind at both ends.
func Trim(s string) string { return strings.Trim(s, " \t\v\f\r\n\u3000\u00a0\u200b\ufeff") }

// longest is more than any paragraph of a disclosure; pieces beyond it are
// not joined.
const longest = 1 << 16

// Split cuts a paragraph at its forced line breaks ("\n") where they part
// paragraphs: after the end of a sentence or a title, and before a numbered
// item or an indented line. Other breaks cut a sentence and stay. Empty pieces are dropped.
func Split(s string) []string {
	var out []string
	for raw := range strings.SplitSeq(s, "\n") {
		p := Trim(raw)
		if p == "" {
			continue
		}
		indented := strings.HasPrefix(raw, "\u3000\u3000") || strings.HasPrefix(raw, "\u00a0\u00a0")
		if n := len(out) - 1; n >= 0 && !indented && len(out[n]) < longest && !Closed(out[n]) && !Title(out[n]) && !Numbered(p) && strings.ContainsAny(out[n], "，,、；;") {
			out[n] += "\n" + p
			continue
		}
		out = append(out, p)
	}
	return out
}
