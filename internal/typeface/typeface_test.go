package typeface

import (
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestCoverage(t *testing.T) {
	for _, f := range []*Face{Text(), Bold()} {
		// GB 2312 whole.
		d := simplifiedchinese.GBK.NewDecoder()
		n := 0
		for a := 0xb0; a <= 0xf7; a++ {
			for b := 0xa1; b <= 0xfe; b++ {
				if a == 0xd7 && b > 0xf9 {
					continue
				}
				s, err := d.String(string([]byte{byte(a), byte(b)}))
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range s {
					if w, ok := f.Advance(r); !ok || w != 1 {
						t.Errorf("%s: %c is %v wide", f.Name, r, w)
					}
					n++
				}
			}
		}
		if n != 6763 {
			t.Errorf("%d characters in GB 2312", n)
		}
		for _, r := range "①⑩②％‰（）“”‘’—…㎡《》〔〕·×÷≤≥℃￥、。，；：！？〇鿍𬭎镕喆昇堃" {
			if f.Glyph(r) == 0 {
				t.Errorf("%s lacks %c (%U)", f.Name, r, r)
			}
		}
		// Amounts stand under each other.
		zero, _ := f.Advance('0')
		for r := '1'; r <= '9'; r++ {
			if w, _ := f.Advance(r); w != zero {
				t.Errorf("%s: %c is %v wide, 0 is %v", f.Name, r, w, zero)
			}
		}
	}
}

// A glyph that shows two characters is copied from the page as one of them:
// these are all.
func TestSharedGlyphs(t *testing.T) {
	for _, f := range []*Face{Text(), Bold()} {
		owner := map[uint16]rune{}
		known := map[rune]bool{' ': true, 0xa0: true, '-': true, 0xad: true, 0x2011: true, 0x2012: true, 0x2013: true,
			'·': true, '•': true, '‧': true, '・': true}
		f.Runes(func(r rune) bool {
			o, shared := owner[f.Glyph(r)]
			if shared && !(known[o] && known[r]) {
				t.Errorf("%s: %c and %c share a glyph", f.Name, o, r)
			}
			owner[f.Glyph(r)] = r
			return true
		})
	}
}
