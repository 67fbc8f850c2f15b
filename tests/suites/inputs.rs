//! Every input that the fuzz targets keep, also without their tools.

use std::fs;
use std::path::Path;

use vpcd_tests::inputs;

#[test]
fn every_kept_input_has_its_property() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    for (name, property) in inputs::ALL {
        let mut count = 0;
        for entry in fs::read_dir(corpus.join(name)).unwrap() {
            property(&fs::read(entry.unwrap().path()).unwrap());
            count += 1;
        }
        assert!(count > 2, "{name}: {count} inputs");
    }
}

#[test]
fn every_corpus_has_a_property_and_a_target() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz");
    let names = |folder: &str| {
        let entries = fs::read_dir(fuzz.join(folder)).unwrap();
        let mut names: Vec<String> = entries
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            .map(|name| name.trim_end_matches(".rs").to_owned())
            .collect();
        names.sort();
        names
    };
    let mut known: Vec<&str> = inputs::ALL.iter().map(|(name, _)| *name).collect();
    known.sort_unstable();
    assert_eq!(names("corpus"), known);
    assert_eq!(names("targets"), known);
}
