#!/usr/bin/env bash
# Drives a real vpcd with the vendors' own SDKs: tests/sdk/run.sh [pytest arguments]
#   VPCD_BIN   the server to test (default target/release/vpcd)
#   PYTHON     the interpreter that makes the environment (default python3)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

python=${PYTHON:-python3}
venv=target/sdk-venv
requirements=tests/sdk/requirements.txt
bin=${VPCD_BIN:-target/release/vpcd}

skip() {
    echo "SKIPPED: sdk ($1)"
    echo "sdk: 0 passed, 0 failed, 1 skipped"
    exit 0
}

# Debian ships python3 without ensurepip: `import venv` succeeds there, and making the environment does not.
"$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || skip "python3 with venv is missing"
[ -x "$bin" ] || { echo "sdk: no server at $bin; build it with: cargo build --release -p vpcd" >&2; exit 1; }
bin=$(realpath "$bin")

# The copy inside the environment is written last, so a half-made environment is made again.
if ! cmp -s "$requirements" "$venv/requirements.txt"; then
    echo "sdk: installing $requirements into $venv"
    rm -rf "$venv"
    "$python" -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$requirements"
    cp "$requirements" "$venv/requirements.txt"
fi

# shellcheck source=tests/server.sh
. tests/server.sh
server_start sdk

VPCD_BIN=$bin
export VPCD_BIN PYTHONDONTWRITEBYTECODE=1

status=0
"$venv/bin/python" -m pytest -q -p no:cacheprovider --timeout=120 tests/sdk "$@" || status=$?
[ "$status" -eq 0 ] || tail -n 40 "$server_log" >&2
server_stop
exit "$status"
