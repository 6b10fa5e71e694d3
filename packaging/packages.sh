# Debian packages, by what needs them; sourced by demo.sh and tests/run.sh.
# shellcheck shell=bash disable=SC2034

packages_build=(g++ cmake ninja-build ccache mold pkg-config libpoco-dev libsoci-dev libboost-dev libsqlite3-dev libpq-dev
  nlohmann-json3-dev libctemplate-dev libsodium-dev libssl-dev libxml2-dev
  libxmlsec1-dev libxmlsec1-openssl zlib1g-dev qt6-base-dev qt6-base-dev-tools qt6-tools-dev
  qt6-tools-dev-tools qt6-l10n-tools qt6-svg-dev qtkeychain-qt6-dev libqrencode-dev libgl-dev libxkbcommon-dev ca-certificates)
packages_run=(fonts-liberation fonts-dejavu-core libqt6sql6-sqlite qt6-qpa-plugins qt6-translations-l10n curl)
packages_postgresql=(postgresql)
packages_test=(git chromium poppler-utils openjdk-17-jdk-headless libpdfbox2-java libjaxb-api-java libbcprov-java xvfb
  clang-format procps dbus gnome-keyring libsecret-tools libglib2.0-bin sqlite3
  nginx-light openssl oathtool zbar-tools xmlsec1 libxml2-utils opensaml-schemas xmltooling-schemas)

# Installs what is missing of its arguments, and Node.js where there is none.
install_packages() {
  local missing=() package
  local installed
  installed=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' 2>/dev/null | sed -n 's/^ii //p')
  for package in "$@"; do
    grep -qx -- "$package" <<<"$installed" || missing+=("$package")
  done
  # Debian's npm does not install beside a newer Node.js from elsewhere, so it comes only where there is no npm at all.
  command -v npm >/dev/null 2>&1 || missing+=(nodejs npm)
  [ ${#missing[@]} -eq 0 ] && return 0
  echo "installo: ${missing[*]}"
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -q >/dev/null
  # PostgreSQL and nginx are run by who needs them, from folders of their own: no service starts with the package.
  local policy=/usr/sbin/policy-rc.d status=0
  [ -e "$policy" ] && policy=
  [ -z "$policy" ] || printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" install -m 755 /dev/stdin "$policy"
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -q -y --no-install-recommends "${missing[@]}" >/dev/null ||
    status=$?
  [ -z "$policy" ] || "${as_root[@]}" rm -f "$policy"
  return "$status"
}
