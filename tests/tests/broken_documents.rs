//! A broken document gives file, line, column, what is wrong and what to do; never a panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use std::fmt::Write as _;

use cx_client_build::{Document, generate, generate_from};
use expect_test::expect_file;

/// The document that is broken: of nothing else than these tests.
const DOCUMENT: &str = include_str!("../golden/broken_documents.yaml");

/// What is done to the document to break it.
enum Break {
    /// A text that stands once becomes another.
    Replace(&'static str, &'static str),
    /// The document is this.
    Whole(&'static str),
}

use Break::{Replace, Whole};

const CASES: &[(&str, Break)] = &[
    ("a misspelt key", Replace("requestBody:", "requestbody:")),
    ("a misspelt key of a schema", Replace("properties:", "propertys:")),
    ("a missing required field", Replace("description: The parcel was taken.", "x-a: b")),
    ("a bad indent", Replace("      operationId", "        operationId")),
    (
        "a bad indent that is still YAML",
        Replace("        required: true", "          required: true"),
    ),
    ("a tab", Replace("      operationId", "\t    operationId")),
    ("a dangling reference", Replace("schemas/Kind'", "schemas/Knd'")),
    (
        "a reference to another kind of object",
        Replace("          $ref: '#/components/schemas/Kind'", "          $ref: '#/info'"),
    ),
    (
        "a request body that is a reference to a schema",
        Replace(
            "      responses:\n",
            "      responses: { '204': { description: D } }\n    put:\n      requestBody: { $ref: '#/components/schemas/Kind' }\n      responses:\n",
        ),
    ),
    ("a brace without a partner", Replace("  /parcels:", "  /parcels/{id:")),
    (
        "a parameter that stands twice",
        Replace(
            "      operationId",
            "      parameters: [ { name: a, in: query }, { name: a, in: query } ]\n      operationId",
        ),
    ),
    ("a reference to another file", Replace("'#/components/schemas/Kind'", "'other.yaml#/Kind'")),
    (
        "a dangling reference of a default response",
        Replace(
            "      responses:\n",
            "      responses:\n        default:\n          $ref: '#/components/responses/None'\n",
        ),
    ),
    (
        "a circular reference",
        Replace(
            "    Kind:\n",
            "    Kind:\n      $ref: '#/components/schemas/B'\n    B:\n      $ref: '#/components/schemas/Kind'\n    C:\n",
        ),
    ),
    (
        "a path item that is none",
        Replace("  /parcels:\n", "  /letters: { $ref: '#/info/title' }\n  /parcels:\n"),
    ),
    ("a wrong type", Replace("type: string", "type: text")),
    ("a number where a string is due", Replace("version: v1", "version: 1.0")),
    ("a null where an object is due", Replace("paths:", "x-paths:\n  a: b\npaths: ~\nx-b:")),
    ("a bad status code", Replace("'200':", "'20O':")),
    ("a path without a slash", Replace("  /parcels:", "  parcels:")),
    ("a path parameter that nobody declares", Replace("/parcels:", "/parcels/{id}:")),
    (
        "sensitive beside a reference",
        Replace(
            "$ref: '#/components/schemas/Kind'",
            "$ref: '#/components/schemas/Kind'\n          x-sensitive: true",
        ),
    ),
    ("a duplicate key", Replace("  title: Parcels", "  title: Parcels\n  title: Letters")),
    (
        "a duplicate operation id",
        Whole(
            "openapi: 3.0.0\ninfo: {title: a, version: '1'}\npaths:\n  /a:\n    get:\n      operationId: a\n      responses: {'204': {description: d}}\n  /b:\n    get:\n      operationId: a\n      responses: {'204': {description: d}}\n",
        ),
    ),
    (
        "several mistakes at once",
        Whole(
            "openapi: 3.0.0\ninfo: {titel: a, version: 1}\npaths:\n  /a:\n    get:\n      operationId: a\n      responses: {'204': {}}\n",
        ),
    ),
    ("OpenAPI 3.1", Replace("openapi: 3.0.4", "openapi: 3.1.0")),
    ("Swagger 2.0", Replace("openapi: 3.0.4", "swagger: '2.0'")),
    ("no version", Replace("openapi: 3.0.4", "x-openapi: 3.0.4")),
    ("a version that is a number", Replace("openapi: 3.0.4", "openapi: 3.0")),
    ("an empty document", Whole("")),
    ("a document of comments", Whole("# nothing\n")),
    ("a list", Whole("- a\n- b\n")),
    ("a text", Whole("hello")),
    ("two documents", Whole("a: b\n---\nc: d\n")),
    ("a NUL byte", Replace("title: Parcels", "title: Par\0cels")),
    ("an unclosed quote", Replace("title: Parcels", "title: 'Parcels")),
    ("an alias without an anchor", Replace("title: Parcels", "title: *parcels")),
    ("a key that is a list", Replace("  title: Parcels", "  [a, b]: Parcels")),
];

fn broken(change: &Break) -> String {
    match change {
        Whole(text) => (*text).to_owned(),
        Replace(from, to) => {
            assert_eq!(DOCUMENT.matches(from).count(), 1, "{from:?} stands once");
            DOCUMENT.replace(from, to)
        }
    }
}

#[test]
fn the_document_itself_is_sound() {
    generate_from(&Document::parse("openapi.yaml", DOCUMENT).unwrap()).unwrap();
}

#[test]
fn every_mistake_is_located_and_explained() {
    let mut report = String::new();
    for (name, change) in CASES {
        let result = Document::parse("openapi.yaml", &broken(change))
            .and_then(|document| generate_from(&document));
        let error = result.expect_err(name);
        for diagnostic in error.diagnostics() {
            assert!(!diagnostic.help.is_empty(), "{name}: no help: {diagnostic}");
        }
        writeln!(report, "{name}:").unwrap();
        for line in error.to_string().lines() {
            assert!(line.starts_with("openapi.yaml:"), "{name}: {line}");
            writeln!(report, "  {line}").unwrap();
        }
    }
    expect_file!["../golden/broken_documents.txt"].assert_eq(&report);
}

#[test]
fn a_file_that_cannot_be_read_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let missing = generate(folder.path().join("none.yaml")).unwrap_err().to_string();
    assert!(missing.contains("none.yaml:1:1: cannot read the file"), "{missing}");
    let directory = generate(folder.path()).unwrap_err().to_string();
    assert!(directory.contains("this is a directory"), "{directory}");
    let binary = folder.path().join("binary.yaml");
    std::fs::write(&binary, b"openapi: 3.0.4\ntitle: \xff\xfe").unwrap();
    let binary = generate(&binary).unwrap_err().to_string();
    assert!(binary.contains("binary.yaml:2:8: byte 22 is not UTF-8"), "{binary}");
}

#[test]
fn deep_and_exploding_documents_end() {
    let deep = "[".repeat(100_000);
    assert!(Document::parse("deep", &deep).is_err());
    let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..12 {
        let alias = format!("*a{}", level - 1);
        let list = vec![alias; 10].join(",");
        writeln!(bomb, "a{level}: &a{level} [{list}]").unwrap();
    }
    let error = Document::parse("bomb", &bomb).unwrap_err();
    assert!(error.to_string().contains("aliases"), "{error}");
}
