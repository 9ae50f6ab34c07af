#!/usr/bin/env bash
# Runs the tests on their real parts: a throw-away PostgreSQL beside SQLite, Chromium, and nginx.
#
#   scripts/test.sh                       the whole gate: generated code, go vet, every package, coverage
#   scripts/test.sh ./models -run Group   only these tests, with the same parts; the arguments are those of go test
#
# With CI=true every part must be there and a skipped test is a failure. On a person's machine a part that can't be had
# is left out, and both the start and the summary say so. TEST_POSTGRES_URL, when set, names the server to use instead.
set -euo pipefail
cd "$(dirname "$0")/.."
export CGO_ENABLED=0 # as in the Makefile, for who calls this by itself

# In memory where there is enough of it and programs may run from there: what is committed to a disk is waited for, some
# hundred thousand times. Who has set TMPDIR has chosen.
room() {
  local probe
  if [ -n "${TMPDIR:-}" ]; then echo "$TMPDIR"; return; fi
  if [ "$(df --output=avail -B 1M /dev/shm 2>/dev/null | tail -n 1)" -ge 8192 ] 2>/dev/null &&
    probe=$(mktemp /dev/shm/bailiwick-probe.XXXXXX 2>/dev/null); then
    printf '#!/bin/sh\n' >"$probe"
    chmod +x "$probe"
    if "$probe" 2>/dev/null; then rm -f "$probe"; echo /dev/shm; return; fi
    rm -f "$probe"
  fi
  echo /tmp
}

work=$(mktemp -d "$(room)/bailiwick-test.XXXXXX")
chmod 711 "$work" # other users' programs, such as those of nginx, find their way through
mkdir "$work/tmp"
export TMPDIR="$work/tmp" # for what the tests write
cluster=
summary=()
SECONDS=0

say() { printf '== %s\n' "$*"; }
note() { summary+=("$*"); }
in_ci() { [ "${CI:-}" = true ]; }

# What failed once more, and what those tests said: a whole log is long, and who keeps it may keep no more than its end.
failures() {
  [ -s "$work/log" ] || return 0
  awk 'NR == FNR { if (/^ *--- FAIL: /) failed[$3]; next }
    /^=== / { said = ($3 in failed); next }
    /^ *--- / { said = /--- FAIL: / }
    /^(FAIL\t|panic: |fatal error: )|DATA RACE/ { said = 0; print; next }
    /^around the browser tests/ { said = 1 } # its lines follow: one for each fault in the HTML of a page
    /^(PASS|ok|FAIL$|\?|coverage:)/ { said = 0 }
    said && NF' "$work/log" "$work/log" | cut -c1-240 | tail -n 40
}

# The ten tests that took longest. Only a verbose run names those that passed. go test does not count what a test waits for
# its parts that run side by side, so the time is that of the parts together where it is more. All lines are read to the end:
# whoever stops reading early ends the one that still writes, and with it the whole run.
slowest() {
  [ -s "$work/log" ] || return 0
  say "the slowest tests"
  awk '{ time = substr($4, 2) + 0 }
    /^--- PASS: / { test = $3; own[test] = time }
    /^    --- PASS: / { parts[test] += time }
    END { for (test in own) print (parts[test] > own[test] ? parts[test] : own[test]) " s " test }' "$work/log" |
    sort -rn | sed -n '1,10s/^/   /p'
}

# Invoked by the trap, whatever ended the run.
finish() {
  local status=$?
  trap - EXIT
  if [ -n "$cluster" ]; then scripts/postgres.sh stop "$cluster" || status=1; fi
  if [ "$status" = 0 ]; then slowest; else failures; fi
  rm -rf "$work"
  say "summary after ${SECONDS} s"
  if [ ${#summary[@]} -gt 0 ]; then printf '   %s\n' "${summary[@]}"; fi
  if [ "$status" = 0 ]; then say "all passed"; else say "FAILED"; fi
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# A part is missing: an error in CI, else a line to remember.
leave_out() {
  if in_ci; then
    note "failed:   nothing may be left out when CI=true: $1"
    exit 1
  fi
  say "left out: $1"
  note "left out: $1"
}

step() {
  local name=$1
  shift
  say "$name"
  if ! "$@"; then
    note "failed:   $name"
    exit 1
  fi
  note "passed:   $name"
}

start_postgres() {
  if [ -n "${TEST_POSTGRES_URL:-}" ]; then return; fi
  if ! TEST_POSTGRES_URL=$(scripts/postgres.sh start); then
    unset TEST_POSTGRES_URL
    leave_out "the tests on PostgreSQL (the reason is above)"
    return
  fi
  export TEST_POSTGRES_URL
  cluster=${TEST_POSTGRES_URL#*host=}
}

prepare_browser() {
  local variable
  if ! scripts/browser.sh >"$work/browser"; then
    unset CHROMIUM PLAYWRIGHT_DRIVER_PATH PLAYWRIGHT_NODEJS_PATH AXE_JS HTML_VALIDATE
    leave_out "the browser tests (the reason is above)"
    return
  fi
  while IFS= read -r variable; do export "${variable?}"; done <"$work/browser"
}

prepare_nginx() {
  if ! NGINX=$(scripts/nginx.sh); then
    unset NGINX
    leave_out "the tests of the README's proxy (the reason is above)"
    return
  fi
  export NGINX
}

# Not from go test's cache: it knows neither the binary that package e2e builds nor what `go list` saw. In CI verbose,
# since go test names skipped tests only then. One package more at once than there are processors: journeys in the browser
# wait half of their time. Runs inside a condition, where `set -e` sleeps, hence the return.
go_test() {
  local verbose=
  if in_ci; then verbose=-v; fi
  go test -count=1 -timeout 45m -ldflags=-w -p $(($(getconf _NPROCESSORS_ONLN) + 1)) $verbose "$@" 2>&1 | tee -a "$work/log" || return 1
  none_skipped
}

none_skipped() {
  if grep -E '^ *--- SKIP' "$work/log"; then
    say "these tests were skipped"
    if in_ci; then return 1; fi
  fi
}

# The tests of package access, and whether they cover it.
go_cover() {
  local verbose=
  if in_ci; then verbose=-v; fi
  scripts/cover.sh $verbose 2>&1 | tee -a "$work/log" || return 1
  none_skipped
}

# The gate runs the tests of all packages but access, whose own run where its coverage is taken. Those that take longest go
# first, so that none of them is left over at the end, when the others no longer keep the processors busy.
longest=(./e2e ./web ./services ./e2e/fault ./cmd/bailiwick)

gate=
tests="go test $*"
if [ $# = 0 ]; then
  gate=yes
  tests="go test"
  step "generated code is current" scripts/check-generated.sh
  step "go vet" go vet ./...
  # shellcheck disable=SC2046 # a path of a package has no blanks
  set -- -vet=off "${longest[@]}" $(go list ./... | grep -vx bailiwick/access) # vet has just looked at all of it
fi
start_postgres
prepare_browser
prepare_nginx
step "$tests" go_test "$@"
if [ -n "$gate" ]; then step "package access is covered" go_cover; fi
note "packages: $(grep -c '^ok' "$work/log" || true) with tests passed"
chromium=${CHROMIUM:+$("$CHROMIUM" --version 2>/dev/null || echo Chromium)}
note "parts:    SQLite${TEST_POSTGRES_URL:+, PostgreSQL}${chromium:+, $chromium}${NGINX:+, nginx}"
