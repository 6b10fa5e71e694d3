#!/usr/bin/env bash
# CPU di un server per richiesta, accanto a un server Poco nudo che manda gli stessi byte con le stesse intestazioni.
# uso: tests/bench/cpu.sh PID URL [INTESTAZIONE...]    (wrk e curl da Debian; poco-nudo da build/*/bin o da POCO_NUDO)
# CONNESSIONI, SECONDI e PORTA_NUDO cambiano il carico; con SENZA_NUDO=si si misura il server soltanto; CORPO
# nomina un file con il modulo da inviare (POST); DATABASE è il postmaster i cui processi si contano con il server.
set -euo pipefail
pid=$1 url=$2
shift 2
connections=${CONNESSIONI:-16} seconds=${SECONDI:-5} port=${PORTA_NUDO:-22900}
nudo=${POCO_NUDO:-$(dirname "$0")/../../build/release/bin/poco-nudo}
folder=$(mktemp -d)
trap 'kill "${bare:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
options=()
for header in "$@"; do options+=(-H "$header"); done
load=() post=()
if [ -n "${CORPO:-}" ]; then
  options+=(-H "Content-Type: application/x-www-form-urlencoded")
  post=(--data-binary "@$CORPO")
  printf 'wrk.method = "POST"\nwrk.body = io.open("%s"):read("*a")\n' "$CORPO" > "$folder/post.lua"
  load=(-s "$folder/post.lua")
fi

# Microseconds of user and system time that process $1 used so far, with the children of its database.
cpu() {
  local files=("/proc/$1/stat")
  if [ "$1" = "$pid" ] && [ -n "${DATABASE:-}" ]; then
    for child in $(pgrep -P "$DATABASE"); do files+=("/proc/$child/stat"); done
  fi
  awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); sum += $12 + $13 } END { print sum * 1000000 / hz }' "${files[@]}"
}

# measure PID URL: microseconds per request.
measure() {
  local before after requests output
  wrk -t1 -c"$connections" -d1s "${load[@]}" "${options[@]}" "$2" >/dev/null
  before=$(cpu "$1")
  output=$(wrk -t1 -c"$connections" -d"${seconds}s" "${load[@]}" "${options[@]}" "$2")
  after=$(cpu "$1")
  requests=$(awk '/requests in/ { print $1 }' <<<"$output")
  grep -E 'Non-2xx|Socket errors' <<<"$output" >&2 || true
  awk -v a="$after" -v b="$before" -v n="$requests" 'BEGIN { printf "%.1f", (a - b) / n }'
}

# The second answer: the first one may be made on the spot.
for _ in 1 2; do curl -sS -D "$folder/head" -o "$folder/body" "${post[@]}" "${options[@]}" "$url"; done
own=$(measure "$pid" "$url")
if [ "${SENZA_NUDO:-no}" = si ]; then
  printf '%s\t%s byte\t%s us\n' "$url" "$(stat -c %s "$folder/body")" "$own"
  exit
fi
"$nudo" "$port" "$folder/head" "$folder/body" &
bare=$!
sleep 0.3
alone=$(measure "$bare" "http://127.0.0.1:$port/")
printf '%s\t%s byte\t%s us\tPoco nudo %s us\t%s volte\n' "$url" "$(stat -c %s "$folder/body")" "$own" "$alone" \
  "$(awk -v a="$own" -v b="$alone" 'BEGIN { printf "%.2f", a / b }')"
