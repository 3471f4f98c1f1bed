//! Any two documents that are valid: their difference must not panic, a document has none with
//! itself, and every change has a place.
#![no_main]

use cx_client_build::{Document, validate};
use libfuzzer_sys::{Corpus, fuzz_target};
use openapi_review::diff::compare;

/// Between the two documents.
const SEPARATOR: &str = "\n=====\n";

fuzz_target!(|text: &str| -> Corpus {
    let Some((old, new)) = text.split_once(SEPARATOR) else { return Corpus::Reject };
    let parse = |text| Document::parse("openapi.yaml", text).ok();
    let (Some(old), Some(new)) = (parse(old), parse(new)) else { return Corpus::Reject };
    if !validate(&old).is_empty() || !validate(&new).is_empty() {
        return Corpus::Reject;
    }
    assert!(compare(&old, &old).is_empty());
    for change in compare(&old, &new) {
        let somewhere = [&old, &new].iter().any(|side| side.at(&change.pointer).is_some());
        assert!(somewhere, "{change:?}");
    }
    Corpus::Keep
});
