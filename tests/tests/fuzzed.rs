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
