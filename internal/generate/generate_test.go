package generate_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"juesuan/internal/accounts"
	"juesuan/internal/generate"
)

// TestSameSeedSameAccounts: a failure that names its seed can be made again.
func TestSameSeedSameAccounts(t *testing.T) {
	tax := load(t)
	for seed := range uint64(20) {
		a, err := generate.Accounts(seed, tax, generate.Options{})
		if err != nil {
			t.Fatal(err)
		}
		b, err := generate.Accounts(seed, tax, generate.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(a, b); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
	}
}

// TestOptions: what is asked for is there, what is not wanted is not.
func TestOptions(t *testing.T) {
	tax := load(t)
	books := func(seed uint64, opt generate.Options) *accounts.Books {
		a, err := generate.Accounts(seed, tax, opt)
		if err != nil {
			t.Fatal(err)
		}
		b, missing, conflicts := accounts.Complete(a, tax)
		if len(missing)+len(conflicts) > 0 {
			t.Fatalf("seed %d %+v: %v %v", seed, opt, missing, conflicts)
		}
		return b
	}
	sorts := []generate.Sort{generate.Office, generate.Assimilated, generate.Institution, generate.School, generate.Hospital, generate.Township}
	forms := generate.Forms(tax)
	for i := range uint64(60) {
		opt := generate.Options{Sort: sorts[i%6], Year: 2016 + int(i%10), Form: forms[i%uint64(len(forms))]}
		b := books(i, opt)
		if b.Year != opt.Year || b.Form != opt.Form {
			t.Errorf("%+v: %s %d", opt, b.Form, b.Year)
		}
		if opt.Sort == generate.Township && !strings.HasSuffix(b.Unit, "人民政府") && !strings.HasSuffix(b.Unit, "街道办事处") {
			t.Errorf("a township is called %s", b.Unit)
		}
	}
	none := func(table string) func(*accounts.Books) bool {
		return func(b *accounts.Books) bool { return b.Empty(table) }
	}
	for trait, lacks := range map[generate.Trait]func(*accounts.Books) bool{
		generate.Fund: none("08"), generate.Capital: none("09"),
		generate.ZeroBase: func(b *accounts.Books) bool {
			return slices.ContainsFunc([]string{"收入支出总计", "本年支出合计"}, func(c string) bool {
				q, ok := b.Value(c, "上年", "")
				return ok && q.Coef != 0
			})
		},
		generate.Children: func(b *accounts.Books) bool { return len(b.Subordinates) == 0 },
	} {
		for seed := range uint64(8) {
			opt := generate.Options{Scope: "部门", Year: 2024, With: []generate.Trait{trait}}
			if lacks(books(seed, opt)) {
				t.Errorf("seed %d with %s: has none", seed, trait)
			}
			opt = generate.Options{Scope: "部门", Year: 2024, Without: []generate.Trait{trait}}
			if !lacks(books(seed, opt)) {
				t.Errorf("seed %d without %s: has some", seed, trait)
			}
		}
	}
	for seed := range uint64(8) {
		if !books(seed, generate.Options{Form: "通用", Without: []generate.Trait{generate.Public}}).Empty("07") {
			t.Errorf("seed %d without “三公”: has some", seed)
		}
	}
}
