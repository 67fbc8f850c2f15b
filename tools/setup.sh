#!/usr/bin/env bash
# What a fresh Debian machine with Rust still lacks. `setup.sh build` is for building, `setup.sh test` for testing.
set -euo pipefail

packages=()
want() { command -v "$1" >/dev/null 2>&1 || packages+=("$2"); }

command -v cargo >/dev/null 2>&1 || { echo "setup: Rust is missing; rust-version is in Cargo.toml" >&2; exit 1; }
if [ "${1:-build}" = test ] && command -v rustup >/dev/null 2>&1; then
  for component in rustfmt clippy; do
    cargo "${component/rustfmt/fmt}" --version >/dev/null 2>&1 || rustup component add "$component" || true
  done
fi
want cc gcc
want make make
if [ "${1:-build}" = test ]; then
  want python3 python3
  want go golang-go
  python3 -c 'import venv, ensurepip' >/dev/null 2>&1 || packages+=(python3-venv)
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || packages+=(postgresql)
fi
[ ${#packages[@]} -eq 0 ] && exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null 2>&1 || { echo "setup: ${packages[*]} missing, and no way to install them (not root, no sudo)" >&2; exit 0; }
  as_root="sudo -n"
fi
command -v apt-get >/dev/null 2>&1 || { echo "setup: please install ${packages[*]}" >&2; exit 0; }
echo "setup: installing ${packages[*]}"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq || true
$as_root apt-get install -y -qq --no-install-recommends "${packages[@]}" || echo "setup: could not install ${packages[*]}" >&2
