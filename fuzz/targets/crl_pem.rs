//! Lists of revoked certificates in PEM: without an authority none counts.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| vpcd_tests::inputs::check("crl_pem", input));
