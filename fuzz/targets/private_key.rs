//! Private keys in PEM: nothing but to refuse them.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| vpcd_tests::inputs::check("private_key", input));
