//! Bodies and queries before any operation sees them.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| vpcd_tests::inputs::check("body", input));
