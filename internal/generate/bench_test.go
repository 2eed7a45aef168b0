package generate_test

import (
	"context"
	"io"
	"testing"

	"juesuan/internal/accounts"
	"juesuan/internal/check"
	"juesuan/internal/compose"
	"juesuan/internal/format"
	"juesuan/internal/generate"
	"juesuan/internal/recognise"
	"juesuan/internal/taxonomy"
)

// unit gives the accounts of a township of full size.
func unit(b *testing.B, seed uint64) (*accounts.Accounts, *taxonomy.Taxonomy) {
	b.Helper()
	tax := load(b)
	a, err := generate.Accounts(seed, tax, generate.Options{Sort: generate.Township, With: []generate.Trait{generate.Public, generate.Fund, generate.Carry, generate.Basic}})
	if err != nil {
		b.Fatal(err)
	}
	return a, tax
}

// build makes a disclosure in all formats, as the build command does.
func build(b *testing.B, a *accounts.Accounts, tax *taxonomy.Taxonomy) {
	d, err := compose.Disclosure(a, tax, compose.Options{Charts: true})
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range format.Writable() {
		if err := format.Write(context.Background(), d, f, io.Discard, format.Meta{}); err != nil {
			b.Fatal(err)
		}
	}
	books, _, _ := accounts.Complete(a, tax)
	_ = accounts.WriteJSON(books)
}

// BenchmarkBuild is one disclosure in five formats.
func BenchmarkBuild(b *testing.B) {
	a, tax := unit(b, 1)
	for b.Loop() {
		build(b, a, tax)
	}
}

// BenchmarkUnits is a different unit each time: a folder of many.
func BenchmarkUnits(b *testing.B) {
	tax := load(b)
	var all []*accounts.Accounts
	for seed := range uint64(50) {
		a, err := generate.Accounts(seed, tax, generate.Options{})
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, a)
	}
	i := 0
	for b.Loop() {
		build(b, all[i%len(all)], tax)
		i++
	}
}

// BenchmarkCheck is reading in memory and checking what was built.
func BenchmarkCheck(b *testing.B) {
	a, tax := unit(b, 1)
	d, err := compose.Disclosure(a, tax, compose.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		check.Check(recognise.Report(d, tax), tax)
	}
}

// BenchmarkAccounts is making a unit up.
func BenchmarkAccounts(b *testing.B) {
	tax := load(b)
	seed := uint64(0)
	for b.Loop() {
		if _, err := generate.Accounts(seed, tax, generate.Options{}); err != nil {
			b.Fatal(err)
		}
		seed++
	}
}
