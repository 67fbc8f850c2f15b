//! Blocks, ranges, ports and addresses: whatever is read is written in one way, and that way reads the same.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| vpcd_tests::inputs::check("net", input));
