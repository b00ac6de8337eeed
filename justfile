# What .ci/run does, in parts.

_list:
    @just --list

# Every test but the long ones
test:
    cargo test

# Format and lints, with and without features
lint:
    cargo fmt --check
    cargo clippy --all-targets --all-features -- -D warnings
    cargo clippy --no-default-features -- -D warnings

# Documentation, links checked
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

# Measurements
bench:
    cargo bench

# The tests that take minutes
long:
    cargo test --release -- --ignored

# Files out through GDAL and a headless spreadsheet, where they are installed
interop:
    MAILLAGE_INTEROP=1 cargo test --test interop -- --nocapture

# Licences, advisories, sources
deny:
    cargo deny check

# All that must pass before a change is merged
ci:
    .ci/run
