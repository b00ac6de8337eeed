# What .ci/run does, in parts.

_list:
    @just --list

# Every test but the long ones
test:
    cargo test

# Format and lints, with and without features
lint:
    cargo fmt --check
    cargo clippy --all-targets --features xlsx,schemas,parquet -- -D warnings
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

# A fuzz target for some seconds: fuzz/README.md says what it needs
fuzz target="folder" seconds="60":
    mkdir -p fuzz/corpus/{{target}} fuzz/corpus/folder
    cargo +nightly fuzz run --sanitizer none {{target}} fuzz/corpus/{{target}} \
        {{ if target =~ "folder|xlsx" { "" } else { "tests/corpus/" + replace_regex(target, '_([a-z]+)$', '.$1') } }} \
        -- -max_total_time={{seconds}} -timeout=25 -max_len=65536

# Files out through GDAL and a headless spreadsheet, where they are installed
interop:
    MAILLAGE_INTEROP=1 cargo test --test interop -- --nocapture

# The pages in Debian's Chromium: needs chromium, node and npm. `just browser --only valley`, `--self-test`
browser *words:
    cargo build
    npm ci --prefix tests/browser
    node tests/browser/check.mjs {{words}}

# The picture of README.md, made anew
picture:
    cargo build
    npm ci --prefix tests/browser
    node tests/browser/picture.mjs

# HiGHS beside the engine: needs cmake, a C++ compiler and libclang
second-opinion:
    cargo clippy --all-targets --all-features -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --all-features
    cargo test --features highs --test second_opinion

# Licences, advisories, sources
deny:
    cargo deny check

# All that must pass before a change is merged
ci:
    .ci/run
