#!/usr/bin/env bash
# `make fuzz`: each target for FUZZ_SECONDS (60), or only those that are named: `tools/fuzz.sh net crl_der`.
# What is found new stays in fuzz/target/found; what breaks a rule in fuzz/artifacts: add it to fuzz/corpus with its fix,
# where `cargo test` tries it for ever. Building takes some minutes the first time.
set -uo pipefail
cd "$(dirname "$0")/../fuzz"

passed=0 failed=0
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(basename -s .rs targets/*.rs)

# FUZZ_SECONDS after the start, which takes as long as the run that this is the log of: `Done 1796 runs in 33 second(s)`.
seconds() {
  local start
  start=$(sed -n 's/^Done .* in \([0-9]*\) second.*/\1/p' "$1")
  echo $((${FUZZ_SECONDS:-60} + ${start:-0}))
}

# The bundled SQLite names one table twice, which is no concern of ours.
export ASAN_OPTIONS="detect_odr_violation=0:${ASAN_OPTIONS:-}"

missing=""
cargo +nightly --version >/dev/null 2>&1 || missing="a nightly toolchain (rustup toolchain install nightly)"
cargo fuzz --version >/dev/null 2>&1 || missing="cargo-fuzz (cargo install cargo-fuzz)"
if [ -n "$missing" ]; then
  printf '== SKIPPED fuzz %s\n' "${targets[@]/%/: needs $missing}"
  echo
  echo "0 passed, 0 failed, ${#targets[@]} skipped"
  exit 0
fi

# All at once, and the programs by themselves: `cargo fuzz run` would build again for each whatever was edited meanwhile.
mkdir -p target
only=()
[ ${#targets[@]} -gt 1 ] || only=("${targets[0]}")
echo "== build"
if ! cargo +nightly fuzz build "${only[@]}" 2>target/build.log; then
  tail -40 target/build.log
  echo "== build: FAILED"
  exit 1
fi
programs="target/$(rustc -vV | sed -n 's/^host: //p')/release"

for target in "${targets[@]}"; do
  echo "== fuzz $target"
  mkdir -p "target/found/$target" "artifacts/$target"
  # What was found before is tried first, in time of its own: seconds are for what is new.
  if "$programs/$target" "target/found/$target" "corpus/$target" -runs=0 -rss_limit_mb=4096 \
    -artifact_prefix="artifacts/$target/" 2>"target/$target.log" &&
    "$programs/$target" "target/found/$target" "corpus/$target" -max_total_time="$(seconds "target/$target.log")" \
      -rss_limit_mb=4096 -print_final_stats=1 -artifact_prefix="artifacts/$target/" 2>"target/$target.log"; then
    passed=$((passed + 1))
    echo "== fuzz $target: ok, $(sed -n 's/^stat::number_of_executed_units: //p' "target/$target.log") inputs"
  else
    failed=$((failed + 1))
    tail -40 "target/$target.log"
    echo "== fuzz $target: FAILED"
  fi
done

echo
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
