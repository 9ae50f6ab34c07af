#!/usr/bin/env bash
# A throw-away PostgreSQL cluster for tests: ready in about a second, on a Unix socket only, gone afterwards.
#
#   scripts/postgres.sh start      prints its connection string, meant for TEST_POSTGRES_URL
#   scripts/postgres.sh stop DIR   ends it and removes everything; DIR is the host= of that string
#   scripts/postgres.sh halt DIR MODE, resume DIR
#                                  trouble for tests: ends it in one of pg_ctl's modes (fast or immediate), starts it again
#
# Messages go to standard error. Exit 3: somebody must install PostgreSQL, and standard error says how.
set -euo pipefail

say() { printf 'postgres: %s\n' "$*" >&2; }
give_up() { say "$@"; exit 3; }

# PostgreSQL refuses to run as root, so root runs it as the user that Debian's package brings.
as_owner() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid postgres --regid postgres --init-groups "$@"
  else
    "$@"
  fi
}

# Debian keeps the server's programs off the PATH, one directory for each major version.
find_programs() {
  local newest
  newest=$(find /usr/lib/postgresql -mindepth 3 -maxdepth 3 -path '*/bin/initdb' 2>/dev/null | sort -V | tail -1)
  if [ -z "$newest" ]; then newest=$(command -v initdb) || return 1; fi
  dirname "$newest"
}

# Debian's package makes and starts a cluster of its own when it is installed. Nobody here needs that one, and on a
# machine without an init system starting it fails the installation; hence postgresql-common and its setting first.
install_server() {
  local get=(env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends)
  say "installing postgresql, without a cluster of its own"
  {
    apt-get update -qq && "${get[@]}" postgresql-common &&
      echo 'create_main_cluster = false' >>/etc/postgresql-common/createcluster.conf &&
      "${get[@]}" postgresql
  } </dev/null >&2
}

# In memory where there is enough of it: each test has a database of its own, which is three hundred files. Else /tmp, and
# not TMPDIR, since the path of a Unix socket may be hardly longer than 100 characters.
room() {
  local free
  free=$(df --output=avail -B 1M /dev/shm 2>/dev/null | tail -n 1) || free=0
  if [ "${free:-0}" -ge 4096 ] && [ -w /dev/shm ]; then echo /dev/shm; else echo /tmp; fi
}

start() {
  local programs dir
  if ! programs=$(find_programs); then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
      give_up "no PostgreSQL server here. Debian: apt-get install postgresql; macOS: brew install postgresql;" \
        "or set TEST_POSTGRES_URL to a server whose user may create databases"
    fi
    install_server || give_up "apt-get could not install postgresql"
    programs=$(find_programs) || give_up "postgresql was installed but has no initdb"
  fi

  dir=$(mktemp -d "$(room)/bailiwick-postgres.XXXXXX")
  if [ "$(id -u)" = 0 ]; then chown postgres: "$dir"; fi
  # From inside the directory: the owner may not enter the one that root stands in.
  cd "$dir"
  as_owner "$programs/initdb" -D "$dir/data" -U app --auth=trust --no-sync --no-instructions \
    -E UTF8 --locale=C.UTF-8 >"$dir/log" 2>&1 || fail_with_log "$dir"
  echo "$programs" >"$dir/programs"
  run "$dir" || fail_with_log "$dir"
  echo "postgres://app@/postgres?host=$dir"
}

# Durability is off: the cluster does not outlive the tests. It keeps no descriptor of ours, or a caller that reads this
# script's output would wait for it for ever.
run() {
  local dir=$1
  as_owner "$(cat "$dir/programs")/pg_ctl" -D "$dir/data" -w -t 30 -l "$dir/server.log" -o "-k $dir -c listen_addresses='' \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 \
    -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=256MB -c jit=off" \
    start </dev/null >>"$dir/log" 2>&1
}

fail_with_log() {
  cat "$1/log" "$1/server.log" >&2 2>/dev/null || true
  rm -rf "$1"
  say "the cluster did not start"
  exit 1
}

# Only clusters of this script are touched.
enter() {
  local dir=$1
  case $dir in
  /tmp/bailiwick-postgres.* | /dev/shm/bailiwick-postgres.*) ;;
  *) say "$dir is not a cluster that this script made"; exit 2 ;;
  esac
  [ -f "$dir/programs" ] || { say "no cluster in $dir"; exit 2; }
  cd "$dir"
}

halt() {
  local dir=$1 mode=$2
  enter "$dir"
  as_owner "$(cat "$dir/programs")/pg_ctl" -D "$dir/data" -m "$mode" -w stop >/dev/null
}

resume() {
  local dir=$1
  enter "$dir"
  run "$dir"
}

stop() {
  local dir=$1
  enter "$dir"
  as_owner "$(cat "$dir/programs")/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null || say "it was not running"
  cd /
  rm -rf "$dir"
}

case ${1:-}:$# in
start:1) start ;;
stop:2) stop "$2" ;;
halt:3) halt "$2" "$3" ;;
resume:2) resume "$2" ;;
*) echo "usage: $0 start | stop DIR | halt DIR MODE | resume DIR" >&2; exit 2 ;;
esac
