//! What a fuzzer found: see `fuzz/README.md`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use cx_client_build::{Document, generate_from};

/// progenitor leaves out a module that two passes asked for.
#[test]
fn a_document_without_a_type_that_has_fields() {
    let head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n";
    for text in [
        head.to_owned(),
        format!("{head}components: {{schemas: {{A: {{type: string, enum: [a, b]}}}}}}\n"),
        format!("{head}components: {{schemas: {{A: {{type: string, minLength: 1}}}}}}\n"),
    ] {
        let document = Document::parse("openapi.yaml", &text).unwrap();
        let source = generate_from(&document).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert!(source.contains("pub struct Client"), "{text}");
    }
}

/// A key can hold line breaks, and is quoted: a build tool would take the rest for another message.
#[test]
fn a_key_with_line_breaks() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n\"a\\nb\\e[31m\": 1\n";
    let document = Document::parse("openapi.yaml", text).unwrap();
    let error = generate_from(&document).unwrap_err().to_string();
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.starts_with("openapi.yaml:4:1: ") && error.contains(r"a\nb"), "{error}");
    assert!(!error.contains('\x1b'), "{error}");
}

/// What a page says can hold characters that no YAML can, not in a comment either.
#[test]
fn a_draft_of_a_page_with_control_characters() {
    let page = "Weigh parcel\n\nPUT /v1/parcels/{parcelId}/weight\n\ncurl --request PUT --url \
                https://parcels.example.com/v1/parcels/{parcelId}/weight --header 'A\u{1}\u{85}B: 1'\n\n\
                Query Parameters\n\nunit\nstring\nIts unit.\n";
    let page = openapi_review::docs::read::read("page", page).unwrap();
    let document = Document::parse("openapi.yaml", "openapi: 3.0.3\npaths: {}\n").unwrap();
    let draft = openapi_review::docs::draft::draft(&document, &[page]);
    assert!(draft.contains("sends the header `A"), "{draft}");
    Document::parse("draft.yaml", &draft).unwrap_or_else(|error| panic!("{error}\n{draft}"));
}
