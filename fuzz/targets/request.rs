//! Signed requests of both clouds with any body, on any operation: no 5xx for a client's mistake.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| vpcd_tests::inputs::check("request", input));
