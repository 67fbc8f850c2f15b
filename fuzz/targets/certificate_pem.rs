//! Certificates in PEM, by both of their readers: what one judge takes, the reader takes too.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| vpcd_tests::inputs::check("certificate_pem", input));
