//! Any text as a documentation page, in whichever form it was saved: reading it, comparing it with a
//! document and drafting from it must not panic.
#![no_main]

use cx_client_build::Document;
use libfuzzer_sys::fuzz_target;
use openapi_review::docs::draft::draft;
use openapi_review::docs::read::read;
use openapi_review::docs::report::Report;

const DOCUMENT: &str = include_str!("../../openapi.yaml");

fuzz_target!(|text: &str| {
    match read("page", text) {
        Ok(page) => {
            let Ok(document) = Document::parse("openapi.yaml", DOCUMENT) else { return };
            let fragment = draft(&document, std::slice::from_ref(&page));
            if let Err(error) = Document::parse("draft.yaml", &fragment) {
                panic!("{error}\n{fragment}");
            }
            let _ = Report::unjudged(&document, &[page]);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
