//! Certificates in DER: of one that has been signed, no byte can be changed.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| vpcd_tests::inputs::check("certificate_der", input));
