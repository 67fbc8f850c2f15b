# Two commands: `make run` builds and serves, `make test` runs everything. Both do the set-up they need.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test check build bench fuzz

help:            ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:[^#]*##/\t/' | expand -t 12

build:           ## the release binary
	@tools/setup.sh build
	cargo build --release --locked -p vpcd

run: build       ## build and serve; prints the endpoints and a ready key pair per cloud
	target/release/vpcd serve --data data

check: ## formatting, lints, generated files, tidiness
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cargo xtask codegen --check
	cargo xtask tidy

test:            ## everything: check, unit, golden, ledger, model, crash, both databases, the SDKs
	@tools/test.sh

fuzz:            ## each fuzz target for FUZZ_SECONDS (60); needs cargo-fuzz and a nightly toolchain
	@tools/fuzz.sh

bench:           ## start-up, memory, group commit, what calls cost with much stored
	@tools/bench.sh
