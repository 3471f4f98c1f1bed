//! A random valid document, of which each byte of the input is a choice: it is generated, or refused
//! with a reason; the generator never fails on its own.
#![no_main]

use cx_client_build::{Document, generate_from, validate};
use libfuzzer_sys::fuzz_target;
use cx_client_corpus::document_of;

fuzz_target!(|choices: &[u8]| {
    let text = document_of(choices);
    let document = Document::parse("openapi.yaml", &text).expect("a document");
    let found = validate(&document);
    match generate_from(&document) {
        Ok(_) => assert!(found.is_empty(), "generated, although {found:?}\n{text}"),
        Err(error) => {
            let of_generator = error.diagnostics().iter().any(|one| one.rule == "generator");
            assert!(!of_generator, "{error}\n{text}");
        }
    }
});
