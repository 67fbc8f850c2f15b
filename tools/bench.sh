#!/usr/bin/env bash
# Start-up and memory, group commit, load, and what calls cost with up to 100,000 stored, and through
# either cloud. Figures are printed, never asserted; read the ratios.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo bench --locked -p vpcd --bench startup
cargo bench --locked -p vpcd-store --bench group_commit
cargo bench --locked -p vpcd --bench load
cargo bench --locked -p vpcd --bench scale
cargo bench --locked -p vpcd --bench users
cargo bench --locked -p vpcd --bench clouds
