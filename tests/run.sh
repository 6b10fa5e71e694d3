#!/usr/bin/env bash
# Il comando di prova: installa quel che manca, compila, esegue tutte le prove. Le ultime righe sono il riassunto di ctest.
set -euo pipefail
cd "$(dirname "$0")/.."

# shellcheck source=packaging/packages.sh
. packaging/packages.sh
install_packages "${packages_build[@]}" "${packages_run[@]}" "${packages_postgresql[@]}" "${packages_test[@]}"

cmake --preset ci >/dev/null
cmake --build --preset ci

# Own cluster, own socket: Debian's PostgreSQL is never touched.
cluster=$(mktemp -d /tmp/stanza-postgresql.XXXXXX)
chmod 755 "$cluster"
trap 'tests/support/postgresql.sh stop "$cluster" >/dev/null 2>&1; rm -rf "$cluster"' EXIT
SDC_TEST_POSTGRESQL=$(tests/support/postgresql.sh start "$cluster" | tail -n 1)
export SDC_TEST_POSTGRESQL SDC_REQUIRE_POSTGRESQL=1

ctest --preset ci -j "$(nproc)" -E '^journeys/'
# Chromium may lose a click or a key on a loaded machine; what fails for a fault of ours fails every time.
ctest --preset ci -R '^journeys/' --repeat until-pass:3
