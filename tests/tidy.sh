#!/usr/bin/env bash
# clang-tidy-16 on the files named, or on those changed since main: tests/tidy.sh [FILE.cpp...]. Reads build/ci.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v clang-tidy-16 >/dev/null || {
  echo "manca clang-tidy-16 (pacchetto clang-tidy-16)" >&2
  exit 1
}
[ -f build/ci/compile_commands.json ] || cmake --preset ci >/dev/null
files=("$@")
[ $# -gt 0 ] || mapfile -t files < <(git diff --name-only --diff-filter=d main -- '*.cpp')
[ ${#files[@]} -gt 0 ] || exit 0

# What only GCC understands: its precompiled headers and some of its warnings.
database=$(mktemp -d)
trap 'rm -rf "$database"' EXIT
sed -E 's/-include [^ ]+cmake_pch\.hxx//g; s/-(Winvalid-pch|fpch-preprocess)//g; s/-Wno-(restrict|stringop-[a-z]+)//g' \
  build/ci/compile_commands.json >"$database/compile_commands.json"
printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$(nproc)" clang-tidy-16 -p "$database" --quiet \
  --header-filter="^$PWD/(app|core|server|tests)/.*" 2>/dev/null
