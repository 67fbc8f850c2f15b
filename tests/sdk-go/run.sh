#!/usr/bin/env bash
# Drives a real vpcd with Baidu's Go SDK: tests/sdk-go/run.sh [arguments of go test]
#   VPCD_BIN   the server to test (default target/release/vpcd)
#   GO         the go program (default go)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

go=${GO:-go}
bin=${VPCD_BIN:-target/release/vpcd}
if ! command -v "$go" >/dev/null 2>&1; then
    echo "SKIPPED: sdk-go ($go is missing)"
    exit 0
fi
[ -x "$bin" ] || { echo "sdk-go: no server at $bin; build it with: cargo build --release -p vpcd" >&2; exit 1; }
bin=$(realpath "$bin")

# shellcheck source=tests/server.sh
. tests/server.sh
server_start sdk-go
status=0
(cd tests/sdk-go && "$go" test -count=1 -timeout 10m "$@" ./...) || status=$?
[ "$status" -eq 0 ] || tail -n 40 "$server_log" >&2
server_stop
exit "$status"
