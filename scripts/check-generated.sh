#!/usr/bin/env bash
# Are the templates formatted, and is the committed code what templ makes of them? Works on a copy and changes nothing,
# so it answers the same before and after a commit. `make generate fmt` mends what it finds.
set -euo pipefail
cd "$(dirname "$0")/.."

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp go.mod "$copy/" # templ looks there for its own version
cp -R views "$copy/views"
templ=$(go tool -n templ)

cd "$copy"
find views -name '*_templ.go' -delete
"$templ" generate -include-version=false -log-level error -path views
if ! "$templ" fmt -fail -log-level error views; then
  echo "check-generated: templates are not formatted: make fmt" >&2
  exit 1
fi
cd - >/dev/null
if ! diff -r -q --exclude='*.templ' views "$copy/views" >&2; then
  echo "check-generated: generated code is not current: make generate, and commit the result" >&2
  exit 1
fi
