package taxonomy

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRulesLoad(t *testing.T) {
	tax, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := tax.Rules.ByID("T01"); !ok {
		t.Error("no rule T01")
	}
}

func TestRulesOverlay(t *testing.T) {
	overlay := func(text string) string {
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, "rules"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "rules", "local.yaml"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	tax, err := Load(overlay("- id: T01\n  severity: 忽略\n"))
	if err != nil {
		t.Fatal(err)
	}
	r, _ := tax.Rules.ByID("T01")
	if r.Severity != SeverityOff || r.Title == "" || r.Parsed == nil {
		t.Errorf("overlay gives %+v", r)
	}
	for _, c := range []struct{ text, want string }{
		{"- id: T01\n  severity: 严重\n", "第1行：规则T01：severity 是“严重”"},
		{"- id: T01\n\n- id: Q01\n  severity: 错误\n", "第3行：规则Q01：没有“Q”这一类规则"},
		{"- id: T01\n- id: T01\n", "第2行：规则T01重复"},
		{"- id: T01\n  colour: red\n", "colour"},
		{"- title: 无名\n", "规则没有 id"},
	} {
		_, err := Load(overlay(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("overlay %q: error %v, want %q", c.text, err, c.want)
		}
	}
}
