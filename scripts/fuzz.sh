#!/bin/sh
# Runs every fuzz target of the module for the given time each.
set -eu
time=${1:-60s}
go=${GO:-go}
$go list ./... | while read -r pkg; do
	dir=$($go list -f '{{.Dir}}' "$pkg")
	for target in $(grep -hoE '^func Fuzz[A-Za-z0-9_]*' "$dir"/*_test.go 2>/dev/null | sed 's/^func //'); do
		echo "== $pkg $target $time"
		$go test "$pkg" -run '^$' -fuzz "^$target\$" -fuzztime "$time"
	done
done
