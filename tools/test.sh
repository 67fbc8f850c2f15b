#!/usr/bin/env bash
# `make test`: everything that proves the project, in the order in which it is cheapest to fail.
# A part that this machine cannot run is skipped by name, loudly, and counted in the last line.
set -uo pipefail
cd "$(dirname "$0")/.."

passed=0 failed=0 skipped=0
declare -a failures=() skips=()
export CARGO_TERM_COLOR=never

part() { # part NAME COMMAND...
  local name=$1 start=$SECONDS
  shift
  echo "== $name"
  if "$@"; then
    passed=$((passed + 1))
    echo "== $name: ok ($((SECONDS - start)) s)"
  else
    failed=$((failed + 1))
    failures+=("$name")
    echo "== $name: FAILED ($((SECONDS - start)) s)"
  fi
}

skip() { # skip NAME REASON
  skipped=$((skipped + 1))
  skips+=("$1: $2")
  echo "== SKIPPED $1: $2"
}

tools/setup.sh test

if cargo fmt --version >/dev/null 2>&1; then
  part "format" cargo fmt --all --check
  part "generated files" cargo xtask codegen --check
else
  skip "format, generated files" "rustfmt is missing (rustup component add rustfmt)"
fi
if cargo clippy --version >/dev/null 2>&1; then
  part "lints" cargo clippy --workspace --all-targets --locked -- -D warnings
else
  skip "lints" "clippy is missing (rustup component add clippy)"
fi
part "tidy" cargo xtask tidy

# Both databases: the contract suite of the store runs on PostgreSQL too when one can be started here.
stop_postgres=""
if postgres=$(tests/postgres.sh 2>/tmp/vpcd-postgres.$$); then
  eval "$postgres"
  trap 'eval "${VPCD_TEST_POSTGRES_STOP:-true}" >/dev/null 2>&1' EXIT
else
  skip "postgres" "$(tail -1 /tmp/vpcd-postgres.$$)"
fi
rm -f /tmp/vpcd-postgres.$$

part "unit, golden, model, crash, tenants" cargo test --workspace --locked
part "ledger" cargo xtask ledger --check --no-run

part "release build" cargo build --release --locked -p vpcd
if python3 -c 'import venv, ensurepip' >/dev/null 2>&1; then
  part "sdk: the clouds' own clients" tests/sdk/run.sh
  if [ -n "${VPCD_TEST_POSTGRES_SDK:-}" ]; then
    part "sdk on postgres" env VPCD_SDK_DATABASE="$VPCD_TEST_POSTGRES_SDK" tests/sdk/run.sh -k "not life and not states"
  fi
else
  skip "sdk" "python3 with venv is missing"
fi
if command -v "${GO:-go}" >/dev/null; then
  part "sdk-go: Baidu's Go SDK" tests/sdk-go/run.sh
else
  skip "sdk-go" "go is missing"
fi
# The providers are the vendors' own programs: whoever has built them names their folder.
if [ -n "${VPCD_TERRAFORM_PROVIDERS:-}" ] && command -v "${TERRAFORM:-terraform}" >/dev/null; then
  part "terraform: the clouds' own providers" tests/terraform/run.py
else
  skip "terraform" "needs terraform and VPCD_TERRAFORM_PROVIDERS, a folder with the providers' binaries"
fi
skip "packets" "no driver carries packets yet (fabric none)"

echo
cargo xtask ledger --no-run | tail -4
for name in "${failures[@]}"; do echo "FAILED  $name"; done
for name in "${skips[@]}"; do echo "SKIPPED $name"; done
echo
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
