#!/usr/bin/env bash
# `make fuzz`: each target for FUZZ_SECONDS (60), or only those that are named: `tools/fuzz.sh net crl_der`.
# What is found new stays in fuzz/target/found; what breaks a rule in fuzz/artifacts: add it to fuzz/corpus with its fix,
# where `cargo test` tries it for ever. Building takes some minutes the first time.
set -uo pipefail
cd "$(dirname "$0")/../fuzz"

passed=0 failed=0 skipped=0
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(basename -s .rs targets/*.rs)

# The bundled SQLite names one table twice, which is no concern of ours.
export ASAN_OPTIONS="detect_odr_violation=0:${ASAN_OPTIONS:-}"

missing=""
cargo +nightly --version >/dev/null 2>&1 || missing="a nightly toolchain (rustup toolchain install nightly)"
cargo fuzz --version >/dev/null 2>&1 || missing="cargo-fuzz (cargo install cargo-fuzz)"
for target in "${targets[@]}"; do
  if [ -n "$missing" ]; then
    skipped=$((skipped + 1))
    echo "== SKIPPED fuzz $target: needs $missing"
    continue
  fi
  echo "== fuzz $target"
  mkdir -p "target/found/$target"
  if cargo +nightly fuzz run "$target" "target/found/$target" "corpus/$target" -- \
    -max_total_time="${FUZZ_SECONDS:-60}" -rss_limit_mb=4096 -print_final_stats=1 2>"target/$target.log"; then
    passed=$((passed + 1))
    echo "== fuzz $target: ok, $(sed -n 's/^stat::number_of_executed_units: //p' "target/$target.log") inputs"
  else
    failed=$((failed + 1))
    tail -40 "target/$target.log"
    echo "== fuzz $target: FAILED"
  fi
done

echo
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
