#!/usr/bin/env bash
# Every statement of package access is covered by its own tests: what decides must not hold a line nobody has run. Arguments
# are those of go test.
set -euo pipefail
cd "$(dirname "$0")/.."

profile=coverage.out
go test -count=1 -coverprofile="$profile" "$@" ./access
total=$(go tool cover -func="$profile" | awk '$1 == "total:" { print $3 }')
if [ "$total" != 100.0% ]; then
  go tool cover -func="$profile" | grep -v '100.0%$' >&2
  echo "cover: package access is covered to $total, not to 100.0%" >&2
  exit 1
fi
