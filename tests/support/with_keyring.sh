#!/usr/bin/env bash
# Runs a program in a D-Bus session of its own whose Secret Service is empty and unlocked; or locked, or absent.
# Usage: with_keyring.sh unlocked|locked|absent PROGRAM [ARGUMENT...]
set -euo pipefail

if [ "${1:-}" != --inside ]; then
  home=$(mktemp -d /tmp/stanza-keyring.XXXXXX)
  trap 'rm -rf "$home"' EXIT
  mkdir -m 700 "$home/run"
  # No folder of services: nothing but what is started here answers on this bus.
  cat >"$home/bus.conf" <<CONF
<busconfig>
  <type>session</type>
  <listen>unix:dir=$home/run</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
CONF
  env HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" \
    dbus-run-session --config-file="$home/bus.conf" -- "$0" --inside "$@"
  exit
fi

shift
state=$1
shift
daemon=
# Its arguments, then the password on the standard input, where it is told to read one.
start_keyring() {
  gnome-keyring-daemon --foreground --components=secrets "$@" >/dev/null 2>&1 <&3 &
  daemon=$!
  timeout 20 gdbus wait --session org.freedesktop.secrets
}
trap '[ -z "$daemon" ] || kill "$daemon" 2>/dev/null || true' EXIT
case $state in
  unlocked) start_keyring --unlock 3<<<"segreta" ;;
  locked)
    # An entry under a password that nobody gives when the service starts again.
    start_keyring --unlock 3<<<"segreta"
    printf vecchio |
      secret-tool store --label=vecchio user vecchio server it.stanzadelcittadino.operatori type plaintext
    kill "$daemon"
    wait "$daemon" || true
    start_keyring 3</dev/null
    ;;
  absent) ;;
  *)
    echo "$0: unknown state $state" >&2
    exit 2
    ;;
esac
"$@"
