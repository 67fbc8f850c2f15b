# shellcheck shell=bash
# A vpcd of a test run's own, for the scripts that drive it with the clouds' clients; sourced, with $bin set.
#   server_start NAME   starts it on free ports with an empty database and exports the variables of its env file
#   server_stop         SIGTERM must end it, and end it well
#   VPCD_SDK_DATABASE   the database to use instead of an ephemeral one

server=
server_work=$(mktemp -d)
server_log=$server_work/server.log

server_cleanup() {
    if [ -n "$server" ]; then kill -KILL "$server" 2>/dev/null || true; fi
    rm -rf "$server_work"
}
trap server_cleanup EXIT
trap 'exit 130' INT TERM

server_fail() {
    echo "$server_name: $1" >&2
    tail -n 40 "$server_log" >&2
    exit 1
}

server_start() {
    server_name=$1
    local envfile=$server_work/env keep=(--ephemeral)
    if [ -n "${VPCD_SDK_DATABASE:-}" ]; then
        keep=(--database "$VPCD_SDK_DATABASE" --key-file "$server_work/key")
    fi
    "$bin" serve "${keep[@]}" --huawei 127.0.0.1:0 --baidu 127.0.0.1:0 --admin 127.0.0.1:0 \
        --env-file "$envfile" >"$server_log" 2>&1 &
    server=$!
    for _ in $(seq 200); do
        grep -q 'VPCD_ADMIN_TOKEN=.' "$envfile" 2>/dev/null && break
        kill -0 "$server" 2>/dev/null || { server=; server_fail "the server ended before it was ready"; }
        sleep 0.05
    done
    grep -q 'VPCD_ADMIN_TOKEN=.' "$envfile" 2>/dev/null || server_fail "no $envfile after 10 s"
    set -a
    # shellcheck disable=SC1090
    . "$envfile"
    NO_PROXY=127.0.0.1,localhost
    no_proxy=$NO_PROXY
    set +a
}

server_stop() {
    local stopping=$server code=0
    server=
    kill -TERM "$stopping" 2>/dev/null || server_fail "the server was gone before the tests ended"
    for _ in $(seq 200); do
        kill -0 "$stopping" 2>/dev/null || break
        sleep 0.05
    done
    if kill -0 "$stopping" 2>/dev/null; then
        kill -KILL "$stopping" 2>/dev/null || true
        server_fail "the server did not end within 10 s of SIGTERM"
    fi
    wait "$stopping" || code=$?
    [ "$code" -eq 0 ] || server_fail "the server ended with $code after SIGTERM"
}
