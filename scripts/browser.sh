#!/usr/bin/env bash
# Prepares the browser tests; safe to run again.
#
# Prints on standard output the variables that package e2e reads, one KEY=VALUE a line (a value may hold blanks), and
# everything else on standard error. Exit 3: somebody must install something, and standard error says what.
#
# Nothing is downloaded from Playwright's own servers: the driver comes from npm, the browser from the machine.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
tools=$root/e2e/tools
playwright_go=github.com/playwright-community/playwright-go

say() { printf 'browser tests: %s\n' "$*" >&2; }
give_up() { say "$@"; exit 3; }

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

install() {
  say "installing $*"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
    </dev/null >&2 || give_up "apt-get could not install $*"
}

# The headless shell is the same engine without the windows that nobody sees, at two thirds of the time.
find_browser() {
  local name
  for name in "${CHROMIUM:-}" chromium-headless-shell chromium chromium-browser google-chrome-stable google-chrome; do
    if [ -n "$name" ] && command -v "$name"; then return; fi
  done
  return 1
}

if ! chromium=$(find_browser); then
  may_install || give_up "no Chromium here. On Debian, as root: apt-get install -y chromium-headless-shell." \
    "Elsewhere install Chromium or Chrome and set CHROMIUM=/path/to/it"
  (install chromium-headless-shell) || install chromium # Debian has the first since 2025
  chromium=$(find_browser) || give_up "Chromium was installed but is not on the PATH"
fi

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  may_install || give_up "no Node.js here: install Node.js 18 or newer, with npm"
  install nodejs npm
fi

# playwright-go speaks to exactly one version of the driver and refuses every other one.
wanted=$(cd "$root" && sed -n 's/^const playwrightCliVersion = "\(.*\)"$/\1/p' \
  "$(go list -m -f '{{.Dir}}' "$playwright_go")/run.go")
pinned=$(node -p 'require(process.argv[1]).dependencies["playwright-core"]' "$tools/package.json")
[ "$wanted" = "$pinned" ] ||
  give_up "playwright-go wants playwright-core $wanted, but e2e/tools/package.json pins $pinned"

stamp=$tools/node_modules/.installed-$(cksum <"$tools/package-lock.json" | tr ' ' -)
if [ ! -e "$stamp" ]; then
  (cd "$tools" && npm ci --ignore-scripts --no-audit --no-fund </dev/null >&2) ||
    give_up "npm ci failed in e2e/tools"
  touch "$stamp"
fi

# playwright-go looks for package/cli.js below the driver's directory; npm puts it elsewhere.
mkdir -p "$tools/node_modules/.driver"
ln -sfn ../playwright-core "$tools/node_modules/.driver/package"

cat <<VARIABLES
PLAYWRIGHT_DRIVER_PATH=$tools/node_modules/.driver
PLAYWRIGHT_NODEJS_PATH=$(command -v node)
CHROMIUM=$chromium
AXE_JS=$tools/node_modules/axe-core/axe.min.js
HTML_VALIDATE=$tools/node_modules/html-validate/bin/html-validate.mjs
VARIABLES
