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

work=$(mktemp -d)
server=
cleanup() {
    if [ -n "$server" ]; then kill -KILL "$server" 2>/dev/null || true; fi
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

envfile=$work/env
log=$work/server.log
if [ -n "${VPCD_SDK_DATABASE:-}" ]; then
    keep=(--database "$VPCD_SDK_DATABASE" --key-file "$work/key")
else
    keep=(--ephemeral)
fi
"$bin" serve "${keep[@]}" --huawei 127.0.0.1:0 --baidu 127.0.0.1:0 --admin 127.0.0.1:0 \
    --env-file "$envfile" >"$log" 2>&1 &
server=$!

fail() {
    echo "sdk: $1" >&2
    tail -n 40 "$log" >&2
    exit 1
}

ready() { grep -q 'VPCD_ADMIN_TOKEN=.' "$envfile" 2>/dev/null; }
for _ in $(seq 200); do
    ready && break
    kill -0 "$server" 2>/dev/null || { server=; fail "the server ended before it was ready"; }
    sleep 0.05
done
ready || fail "no $envfile after 10 s"

set -a
# shellcheck disable=SC1090
. "$envfile"
VPCD_BIN=$bin
NO_PROXY=127.0.0.1,localhost
no_proxy=$NO_PROXY
PYTHONDONTWRITEBYTECODE=1
set +a

status=0
"$venv/bin/python" -m pytest -q -p no:cacheprovider --timeout=120 tests/sdk "$@" || status=$?
[ "$status" -eq 0 ] || tail -n 40 "$log" >&2

# The server must also end well: SIGTERM drains, and the exit code says so.
stopping=$server
server=
kill -TERM "$stopping" 2>/dev/null || fail "the server was gone before the tests ended"
for _ in $(seq 200); do
    kill -0 "$stopping" 2>/dev/null || break
    sleep 0.05
done
if kill -0 "$stopping" 2>/dev/null; then
    kill -KILL "$stopping" 2>/dev/null || true
    fail "the server did not end within 10 s of SIGTERM"
fi
code=0
wait "$stopping" || code=$?
[ "$code" -eq 0 ] || fail "the server ended with $code after SIGTERM"
exit "$status"
