#!/usr/bin/env bash
# A PostgreSQL of the tests' own: its cluster and its unix socket lie in DIR, and Debian's cluster is never touched.
#   postgresql.sh start DIR    makes it where there is none, starts it, prints the connection string
#   postgresql.sh stop DIR     stops it
#   postgresql.sh kill DIR     kills it and its children (SIGKILL), as a power cut would; start begins it again
# PostgreSQL refuses to run as root: then it runs as postgres, who must be able to enter DIR.
set -euo pipefail

command=${1:-} dir=${2:-}
if [ -z "$dir" ] || [[ "$command" != @(start|stop|kill) ]]; then
  echo "usage: $0 start|stop|kill DIR" >&2
  exit 2
fi
bin=/usr/lib/postgresql/15/bin
[ -x "$bin/initdb" ] || { echo "manca PostgreSQL 15: apt-get install postgresql-15" >&2; exit 1; }
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)

# The user that owns the cluster, and how to become that user.
owner=$(id -un)
as=()
if [ "$(id -u)" -eq 0 ]; then
  owner=postgres
  as=(runuser -u postgres --)
  chown postgres: "$dir"
fi

# Commands run in DIR: the caller's folder may be closed to the owner.
cd "$dir"
"${as[@]}" test -w "$dir" || { echo "$owner non può entrare in $dir" >&2; exit 1; }

if [ "$command" = stop ]; then
  if "${as[@]}" "$bin/pg_ctl" -D "$dir/dati" status >/dev/null 2>&1; then
    "${as[@]}" "$bin/pg_ctl" -D "$dir/dati" -m fast -w stop >/dev/null
  fi
  exit 0
fi

if [ "$command" = kill ]; then
  postmaster=$(head -n 1 "$dir/dati/postmaster.pid")
  mapfile -t all < <(echo "$postmaster"; pgrep -P "$postmaster")
  kill -KILL "${all[@]}" 2>/dev/null || true
  # Their shared memory is in use until the last of them is gone.
  for one in "${all[@]}"; do
    while kill -0 "$one" 2>/dev/null; do sleep 0.02; done
  done
  exit 0
fi

if [ ! -f "$dir/dati/PG_VERSION" ]; then
  "${as[@]}" "$bin/initdb" -D "$dir/dati" -A trust -U postgres -E UTF8 --locale=C.UTF-8 --no-instructions >"$dir/initdb.log"
fi
if ! "${as[@]}" "$bin/pg_ctl" -D "$dir/dati" status >/dev/null 2>&1; then
  # Nothing here must survive a power cut.
  options="-c listen_addresses='' -c unix_socket_directories='$dir' -c max_connections=400 -c fsync=off"
  options="$options -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"
  "${as[@]}" "$bin/pg_ctl" -D "$dir/dati" -l "$dir/postgresql.log" -o "$options" -w -t 60 start >/dev/null
fi
echo "host=$dir port=5432 user=postgres dbname=postgres"
