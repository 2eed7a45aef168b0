#!/bin/sh
# Makes the fonts in internal/typeface/fonts from Noto Serif SC and Noto Sans
# SC. Needs npm, and Debian's python3-fonttools and unicode-data. Run by hand
# when the character set changes; the results are committed.
set -eu
out=$(cd "$(dirname "$0")/../internal/typeface/fonts" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

for face in serif sans; do
	file=$(npm pack --silent "@expo-google-fonts/noto-$face-sc@0.4.3")
	mkdir "$face"
	tar xzf "$file" -C "$face" --strip-components=1
done

# The characters: GB 2312 whole, the 8,105 of the 通用规范汉字表 (kTGH in
# Unihan), and the signs that public documents use.
/usr/bin/python3 - >chars.txt <<'PY'
import bz2
chars = set()
for a in range(0xA1, 0xFF):
    for b in range(0xA1, 0xFF):
        try:
            chars.add(bytes([a, b]).decode("gb2312"))
        except UnicodeDecodeError:
            pass
with bz2.open("/usr/share/unicode/Unihan_OtherMappings.txt.bz2", "rt") as f:
    for line in f:
        if "\tkTGH\t" in line:
            chars.add(chr(int(line.split("\t")[0][2:], 16)))
def span(a, b):
    chars.update(map(chr, range(a, b + 1)))
span(0x20, 0x7E)      # ASCII
span(0xA0, 0xFF)      # Latin-1
span(0x2010, 0x2027)  # dashes, quotation marks, …
chars.update("‰′″※")
span(0x2160, 0x217B)  # Ⅰ ⅰ
span(0x2190, 0x2193)  # arrows
span(0x2460, 0x24E9)  # ① ⑴ ⒈ ⓐ
span(0x25A0, 0x25CF)  # ■ ●
span(0x3000, 0x3017)  # 、 。 《 【
span(0x3220, 0x3229)  # ㈠
span(0x3251, 0x325F)  # ㉑
span(0x3280, 0x3289)  # ㊀
span(0xFF01, 0xFF5E)  # full width
chars.update("〇〝〞～€℃℉№™Ω℅⁄−≈≠≤≥≡∞√∑∏∵∴∥∠⊙∶∷⩽⩾★☆☐☑☒✓✔✗✘❶❷❸❹❺❻❼❽❾❿㎎㎏㎜㎝㎞㎡㎥㏄㏎㏑㏒㏕￠￡￥￣·•")
print("".join(sorted(chars)))
PY

subset() { # source result
	/usr/bin/python3 -m fontTools.subset "$1" --text-file=chars.txt --output-file="$2" \
		--layout-features= --no-hinting --notdef-outline --no-recalc-timestamp \
		--drop-tables+=GSUB,GPOS,GDEF,BASE,DSIG,STAT,VORG,vhea,vmtx,gasp
}
# Digits all of one width, or amounts do not stand under each other.
tabular() { # font
	/usr/bin/python3 - "$1" <<'PY'
import sys
from fontTools.ttLib import TTFont
font = TTFont(sys.argv[1], recalcTimestamp=False)
cmap, glyf, hmtx = font.getBestCmap(), font["glyf"], font["hmtx"]
digits = [cmap[ord(c)] for c in "0123456789"]
wide = max(hmtx[g][0] for g in digits)
for g in digits:
    more = wide - hmtx[g][0]
    glyf[g].coordinates.translate((more // 2, 0))
    glyf[g].recalcBounds(glyf)
    hmtx[g] = (wide, hmtx[g][1] + more // 2)
font.save(sys.argv[1])
PY
}
subset serif/400Regular/NotoSerifSC_400Regular.ttf "$out/NotoSerifSC-Regular.ttf"
subset sans/700Bold/NotoSansSC_700Bold.ttf "$out/NotoSansSC-Bold.ttf"
tabular "$out/NotoSerifSC-Regular.ttf"
tabular "$out/NotoSansSC-Bold.ttf"
{ head -n 1 serif/LICENSE_FONT; cat sans/LICENSE_FONT; } >"$out/OFL.txt"
ls -l "$out"
