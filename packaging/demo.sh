#!/usr/bin/env bash
# La Stanza del Cittadino su questa macchina, con dati dimostrativi: installa, compila, avvia.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD

usage() {
  echo "uso: packaging/demo.sh [--headless] [--porta 8080] [--dati DIR] [--db sqlite|postgresql] [--idp-aggiuntivi DIR]"
}

headless=no porta=8080 dati= db=sqlite idp=
while [ $# -gt 0 ]; do
  case $1 in
    --headless) headless=si; shift ;;
    --porta) porta=${2:?}; shift 2 ;;
    --dati) dati=${2:?}; shift 2 ;;
    --db) db=${2:?}; shift 2 ;;
    --idp-aggiuntivi) idp=$(realpath -e "${2:?}"); shift 2 ;;
    --help|-h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
case $db in sqlite|postgresql) ;; *) usage >&2; exit 2 ;; esac
[[ $porta =~ ^[0-9]+$ ]] && [ "$porta" -ge 1024 ] && [ "$porta" -le 65530 ] || { usage >&2; exit 2; }
dati=$(realpath -m "${dati:-$root/build/demo}")

# shellcheck source=packaging/packages.sh
. packaging/packages.sh
wanted=("${packages_build[@]}" "${packages_run[@]}")
[ "$db" = postgresql ] && wanted+=("${packages_postgresql[@]}")
install_packages "${wanted[@]}"

[ -x build/release/bin/stanza-server ] || echo "compilo: la prima volta occorrono alcuni minuti"
[ -f build/release/build.ninja ] || cmake --preset release >/dev/null
if ! output=$(cmake --build --preset release 2>&1); then
  printf '%s\n' "$output" >&2
  exit 1
fi
bin=$root/build/release/bin

mkdir -p "$dati/idp/spid"
config=$dati/stanza.ini
cat > "$config" <<INI
# Configurazione della dimostrazione: solo per questa macchina.
[server]
indirizzo = 127.0.0.1
porta = $porta
cartella = $dati

[posta]
host = 127.0.0.1
porta = $((porta + 4))
mittente = noreply@stanza.example

[spid]
idp_aggiuntivi = $dati/idp/spid${idp:+, $idp}
cie_metadata = $dati/idp/cie.xml

[carta]
porta = $((porta + 3))
certificato_file = $dati/carte-di-prova/server.pem
chiave_file = $dati/carte-di-prova/server.key
fiducia = $dati/carte-di-prova/autorita.pem
crl = http://127.0.0.1:$((porta + 2))/carte/revoche.crl

[partner]
porta = $((porta + 5))
certificato_file = $dati/carte-di-prova/server.pem
chiave_file = $dati/carte-di-prova/server.key

[accesso]
accessi_al_minuto = 600
tentativi_per_utente = 100

[limiti]
invii_all_ora = 600
file_all_ora = 3000
INI

children=()
stop() {
  trap - EXIT INT TERM
  for pid in "${children[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in "${children[@]}"; do wait "$pid" 2>/dev/null || true; done
  [ "$db" = postgresql ] && tests/support/postgresql.sh stop "$dati/postgresql" || true
}
trap stop EXIT
trap 'exit 0' INT TERM

if [ "$db" = postgresql ]; then
  connection=$(tests/support/postgresql.sh start "$dati/postgresql" | tail -n 1)
  printf '\n[database]\ntipo = postgresql\npostgresql = %s\n' "$connection" >> "$config"
fi

"$bin/stanza-prova" --porta-web $((porta + 1)) --porta-smtp $((porta + 4)) \
  --porta-idp $((porta + 2)) --carte "$dati/carte-di-prova" --dati "$dati/prova" >"$dati/prova.log" 2>&1 &
children+=($!)
# The server trusts the demonstration's identity provider as any other: by its metadata.
for kind in spid/prova:spid cie:cie; do
  curl -fsS --retry 50 --retry-connrefused --retry-delay 0 --retry-max-time 15 --max-time 2 \
    -o "$dati/idp/${kind%:*}.xml" "http://127.0.0.1:$((porta + 2))/${kind#*:}/metadata" 2>/dev/null ||
    { echo "demo.sh: il gestore di identità non risponde; vedi $dati/prova.log" >&2; exit 1; }
done
# The first time it makes the cards, and the certificate that the server shows for them.
for _ in $(seq 1 300); do
  [ -s "$dati/carte-di-prova/autorita.pem" ] && break
  kill -0 "${children[0]}" 2>/dev/null || { tail -n 5 "$dati/prova.log" >&2; exit 1; }
  sleep 0.1
done
"$bin/stanza-server" --config "$config" demo
"$bin/stanza-server" --config "$config" partner certificato --ente rovereto --username giscom \
  --file "$dati/carte-di-prova/giscom.pem" >/dev/null
"$bin/stanza-server" --config "$config" avvia >>"$dati/server.log" 2>&1 &
children+=($!)

answers() { curl -fsS -o /dev/null --max-time 2 "$1" 2>/dev/null; }
for _ in $(seq 1 150); do
  for pid in "${children[@]}"; do
    kill -0 "$pid" 2>/dev/null || { echo "demo.sh: un programma non si è avviato; vedi $dati/*.log" >&2; tail -n 5 "$dati"/*.log >&2; exit 1; }
  done
  if answers "http://127.0.0.1:$porta/stato" && answers "http://127.0.0.1:$((porta + 1))/api/mail"; then
    ready=si
    break
  fi
  sleep 0.1
done
[ "${ready:-no}" = si ] || { echo "demo.sh: i programmi non rispondono; vedi $dati/*.log" >&2; exit 1; }

if [ "$headless" = no ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  "$bin/stanza-operatori" --server "http://127.0.0.1:$porta" --ente rovereto >"$dati/operatori.log" 2>&1 &
  children+=($!)
fi
echo "portale:   http://127.0.0.1:$porta/"
echo "posta:     http://127.0.0.1:$((porta + 1))/"
echo "identità:  http://localhost:$((porta + 2))/ (IdP dimostrativo per SPID e CIE: vi porta la pagina di accesso)"
echo "carte:     $dati/carte-di-prova/*.p12, password demo-stanza: nel browser, Impostazioni > Certificati > Importa;"
echo "           poi apri http://127.0.0.1:$porta/rovereto/carta (il certificato del server è dimostrativo: procedi)"
echo "partner:   curl -u giscom http://127.0.0.1:$porta/api/v1.0/services (demo-stanza), o con il suo certificato:"
echo "           curl --cacert $dati/carte-di-prova/autorita.pem --cert $dati/carte-di-prova/giscom.pem \\"
echo "             --key $dati/carte-di-prova/giscom.key https://127.0.0.1:$((porta + 5))/api/v1.0/services"
echo "operatori: $bin/stanza-operatori --server http://127.0.0.1:$porta --ente rovereto (operatore, demo-stanza)"
echo "pronto: http://127.0.0.1:$porta/"
# The operators' program may be closed without ending the rest.
wait "${children[0]}" "${children[1]}"
