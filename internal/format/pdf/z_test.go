package pdf

import (
	"context"
	"fmt"
	"juesuan/internal/document"
	"os"
	"strconv"
	"testing"
)

func TestZ(t *testing.T) {
	f := os.Getenv("F")
	pg, _ := strconv.Atoi(os.Getenv("P"))
	d, _ := os.ReadFile(f)
	e, _ := shared()
	in, _ := e.start(context.Background())
	doc, _, _ := in.load(d)
	raw, err := in.readPage(doc, pg-1)
	if err != nil {
		t.Fatal(err)
	}
	p := layPage(pg, raw, document.DefaultLimits())
	m := pageMetrics(p, bodyMetrics([]pageText{p}))
	fmt.Printf("page %v %v metrics %+v turn %d\n", p.W, p.H, m, raw.turn)
	for _, l := range p.Lines {
		fmt.Printf("%.1f-%.1f base %.1f size %.2f tok %.1f %s\n", l.X0, l.X1, l.Base, l.Size, firstToken(l), l.Text)
	}
	if os.Getenv("R") != "" {
		for _, r := range mergeRulings(raw.Lines) {
			fmt.Printf("%v pos %.1f %.1f-%.1f w %.1f\n", r.Vertical, r.Pos, r.A, r.B, r.W)
		}
	}
}
