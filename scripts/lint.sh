#!/usr/bin/env bash
# gofmt, go vet, staticcheck and the analyzers of scripts/tools/lint over the whole module. What is not ours is pinned in
# scripts/tools, a module of its own, so that it stays out of this one.
set -euo pipefail
cd "$(dirname "$0")/.."
export GOGC=400 # the compiler and the analyzers are a quarter faster when they collect less of their garbage

unformatted=$(find . -name '*.go' ! -name '*_templ.go' ! -path './e2e/tools/*' -exec gofmt -l {} +)
if [ -n "$unformatted" ]; then
  printf 'not formatted (make fmt):\n%s\n' "$unformatted" >&2
  exit 1
fi
go vet ./...
go -C scripts/tools build -o ../../bin/staticcheck honnef.co/go/tools/cmd/staticcheck
# Beside the defaults: every package and every exported name is documented, and each comment begins with its name.
bin/staticcheck -checks inherit,ST1000,ST1020,ST1021,ST1022 ./...
# Errors are looked at where they are made, and changes are made one way. Tests may say it shorter.
go -C scripts/tools test ./lint
go -C scripts/tools build -o ../../bin/lint ./lint
bin/lint -test=false ./...
