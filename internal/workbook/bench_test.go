package workbook

import (
	"testing"

	"juesuan/internal/accounts"
)

func BenchmarkFillAndRead(b *testing.B) {
	tax := load(b)
	a := &accounts.Accounts{Unit: "青禾县河湖管理局", Year: 2024, Cells: map[accounts.Cell]accounts.Fen{{Table: "02", Row: "2080505", Col: "财政拨款收入"}: 100}}
	for b.Loop() {
		data, err := Fill(a, tax)
		if err != nil {
			b.Fatal(err)
		}
		read(b, data, tax)
	}
}
