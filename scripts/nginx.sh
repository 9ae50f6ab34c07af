#!/usr/bin/env bash
# Finds nginx for the tests that follow the README's example of a proxy, and prints the path of the program. As root on
# Debian it installs what is missing. Nobody's nginx is configured or started here: the tests run one of their own.
#
# Messages go to standard error. Exit 3: somebody must install nginx, and standard error says how.
set -euo pipefail

say() { printf 'nginx: %s\n' "$*" >&2; }
give_up() { say "$@"; exit 3; }

# Debian keeps the program off the PATH of ordinary users.
find_nginx() { PATH=$PATH:/usr/sbin:/usr/local/sbin command -v nginx; }

# The package starts a server of its own where it is let; a machine that runs tests needs none.
install_nginx() {
  local policy=/usr/sbin/policy-rc.d
  say "installing nginx-light, without starting it"
  if [ ! -e "$policy" ]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  {
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light
  } </dev/null >&2
}

if ! find_nginx; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    give_up "no nginx here. Debian: apt-get install nginx-light; macOS: brew install nginx"
  fi
  install_nginx || give_up "apt-get could not install nginx-light"
  find_nginx || give_up "nginx-light was installed but has no nginx"
fi
