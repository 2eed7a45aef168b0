// Package rapidgen draws the accounts of package generate from rapid: for
// tests, whose failures then shrink to the plainest unit that shows them.
package rapidgen

import (
	"pgregory.net/rapid"

	"juesuan/internal/accounts"
	"juesuan/internal/generate"
	"juesuan/internal/taxonomy"
)

// Accounts draws the accounts of one unit.
func Accounts(tax *taxonomy.Taxonomy, opt generate.Options) *rapid.Generator[*accounts.Accounts] {
	return rapid.Custom(func(t *rapid.T) *accounts.Accounts {
		draw := func(name string, n int64) int64 { return rapid.Int64Range(0, n-1).Draw(t, name) }
		a, err := generate.From(draw, tax, opt)
		if err != nil {
			t.Fatalf("generate: %v", err)
		}
		return a
	})
}
