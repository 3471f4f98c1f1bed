//! Any bytes as an OpenAPI document: load, check and generate. Nothing may panic, and every
//! finding must name a place in the file.
#![no_main]

use cx_client_build::{Document, Error, generate_from, validate};
use libfuzzer_sys::{Corpus, fuzz_target};

/// Generating takes milliseconds per operation; a larger document shows nothing that a small one
/// does not.
const LARGEST_TO_GENERATE: usize = 16 * 1024;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let document = match Document::parse_bytes("openapi.yaml", bytes) {
        Ok(document) => document,
        Err(error) => {
            check(&error, bytes);
            return Corpus::Keep;
        }
    };
    for diagnostic in validate(&document) {
        // A pointer that is given leads somewhere: the position is that of its nearest ancestor.
        let _ = document.at(&diagnostic.pointer);
        check(&Error::from(diagnostic), bytes);
    }
    if bytes.len() <= LARGEST_TO_GENERATE
        && let Err(error) = generate_from(&document)
    {
        check(&error, bytes);
        let ours = |rule| rule == "generator";
        assert!(!error.diagnostics().iter().any(|found| ours(found.rule)), "{error}");
    }
    Corpus::Keep
});

/// A finding is one line, and stands in the file.
fn check(error: &Error, bytes: &[u8]) {
    // In YAML a carriage return alone ends a line too (YAML 1.2.2 section 5.4).
    let lines = 1 + bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
    assert!(!error.diagnostics().is_empty());
    for found in error.diagnostics() {
        assert!(!found.to_string().contains('\n'), "more than one line: {found:?}");
        assert!(!found.message.is_empty(), "no message: {found:?}");
        assert!(found.position.column >= 1, "no column: {found:?}");
        assert!((1..=lines + 1).contains(&found.position.line), "not in the file: {found:?}");
    }
}
