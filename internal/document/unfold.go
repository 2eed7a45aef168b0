package document

import "unicode/utf8"

// Unfold gives the words of t as they are printed for the piece [start:end) of
// Fold(t).S: what a message shows, so that the user finds it in the file.
// Offsets outside the folded text are clipped to it.
func Unfold(t Text, start, end int) string {
	if folded(t.S) {
		start = min(max(start, 0), len(t.S))
		return t.S[start:min(max(end, start), len(t.S))]
	}
	from, to := len(t.S), len(t.S)
	at := 0
	for _, m := range squeeze(mapRunes(t.S)) {
		if at >= end {
			to = int(m.off)
			break
		}
		if at >= start && from == len(t.S) {
			from = int(m.off)
		}
		at += utf8.RuneLen(m.r)
	}
	return t.S[from:max(from, to)]
}
