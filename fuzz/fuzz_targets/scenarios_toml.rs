#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| maillage_fuzz::read_with(maillage_fuzz::SCENARIO, bytes));
