#!/bin/sh
# Starts a throwaway PostgreSQL for the tests, or stops one again.
#
#   eval "$(tests/postgres.sh)"      sets VPCD_TEST_POSTGRES; the stop command is shown on stderr
#   tests/postgres.sh                prints both
#   tests/postgres.sh stop DIR       stops the server and removes DIR
#
# It listens on a free port of 127.0.0.1 with a random password, as an unprivileged user, in a fresh directory.
set -eu

fail() {
    echo "tests/postgres.sh: $*" >&2
    exit 1
}

# The directory with initdb and pg_ctl: in PATH, or where Debian keeps them, newest first.
programs() {
    if command -v initdb >/dev/null && command -v pg_ctl >/dev/null; then
        # Behind a link stand all of its programs, createdb among them.
        dirname "$(readlink -f "$(command -v initdb)")"
        return
    fi
    for dir in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5,5nr); do
        if [ -x "$dir/initdb" ] && [ -x "$dir/pg_ctl" ]; then
            echo "$dir"
            return
        fi
    done
    fail "no initdb and pg_ctl in PATH or /usr/lib/postgresql/*/bin; install PostgreSQL's server (Debian: postgresql)"
}

# PostgreSQL refuses to run as root.
as_owner() {
    if [ "$(id -u)" -ne 0 ]; then
        "$@"
    elif command -v runuser >/dev/null; then
        runuser -u "$owner" -- "$@"
    else
        su -s /bin/sh "$owner" -c '"$0" "$@"' -- "$@"
    fi
}

owner=$(id -un)
if [ "$(id -u)" -eq 0 ]; then
    owner=postgres
    id "$owner" >/dev/null 2>&1 || owner=nobody
fi
bin=$(programs)

case "${1:-start}" in
stop)
    [ $# -eq 2 ] && [ -f "$2/data/PG_VERSION" ] || fail "usage: tests/postgres.sh stop DIR"
    as_owner "$bin/pg_ctl" -D "$2/data" -m immediate stop >&2 || true
    rm -rf "$2"
    exit
    ;;
start) ;;
*) fail "usage: tests/postgres.sh [start | stop DIR]" ;;
esac

dir=$(mktemp -d "${TMPDIR:-/tmp}/vpcd-postgres.XXXXXX")
trap 'rm -rf "$dir"' EXIT
password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
(umask 077 && printf '%s\n' "$password" >"$dir/password")
[ "$(id -u)" -ne 0 ] || chown -R "$owner" "$dir"
cd "$dir"
as_owner "$bin/initdb" -D "$dir/data" -U vpcd -A scram-sha-256 --pwfile="$dir/password" \
    -E UTF8 --no-locale >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; fail "initdb failed"; }

# A port is free when the server can have it.
started=
for _ in 1 2 3 4 5 6 7 8 9 10; do
    port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 30000))
    options="-p $port -k $dir -c listen_addresses=127.0.0.1 -c max_connections=200"
    if as_owner "$bin/pg_ctl" -D "$dir/data" -l "$dir/data/server.log" -o "$options" -w start >/dev/null 2>&1; then
        started=$port
        break
    fi
done
[ -n "$started" ] || { cat "$dir/data/server.log" >&2; fail "the server does not start"; }
trap - EXIT

# The SDKs' run has a database of its own, because a server's secrets belong to its key.
as_owner env PGPASSWORD="$password" "$bin/createdb" -h 127.0.0.1 -p "$started" -U vpcd sdk >&2

echo "export VPCD_TEST_POSTGRES_SDK=postgres://vpcd:$password@127.0.0.1:$started/sdk"
echo "export VPCD_TEST_POSTGRES=postgres://vpcd:$password@127.0.0.1:$started/postgres"
stop="stop it with: tests/postgres.sh stop $dir"
echo "export VPCD_TEST_POSTGRES_STOP='tests/postgres.sh stop $dir'"
echo "# $stop"
[ -t 1 ] || echo "$stop" >&2
