#!/usr/bin/env bash
# Le misure del sistema su un comune generato: CPU per richiesta accanto a un server Poco nudo, invii al secondo, memoria.
# uso: tests/bench/misura.sh [sqlite|postgresql] [--pratiche 10000] [--senza-elenchi | --carico]
#      tests/bench/misura.sh [sqlite|postgresql] --elenchi [--pratiche 10000] [--confronta 1000000] [--operatore due-servizi]
#      tests/bench/misura.sh [sqlite|postgresql] --programma [--pratiche 1000] [--confronta 1000000]
# Da Debian: wrk, curl, node; programmi da build/release/bin o da BIN; dati in build/misura o in DATI.
set -euo pipefail
cd "$(dirname "$0")/../.."
database=sqlite
case ${1:-} in sqlite | postgresql) database=$1; shift ;; esac
for program in wrk curl node; do
  command -v "$program" >/dev/null || { echo "misura.sh: manca $program" >&2; exit 1; }
done
SDC_BIN_DIR=$(realpath "${BIN:-build/release/bin}")
SDC_JOURNEY_DIR=$(realpath -m "${DATI:-build/misura}")
export SDC_BIN_DIR SDC_JOURNEY_DIR SDC_SOURCE_DIR=$PWD
mkdir -p "$SDC_JOURNEY_DIR"
exec node tests/bench/misura.mjs "$database" "$@"
