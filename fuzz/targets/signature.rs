//! Authorization headers of both clouds over any request: no signature is right by chance.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| vpcd_tests::inputs::check("signature", input));
