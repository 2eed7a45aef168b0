package workbook

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
)

func open(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return f
}
