//! The synthetic documents are such as a maintainer would commit, so that what is measured with
//! them is what happens.
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

#[path = "../../benches/synthetic/mod.rs"]
mod synthetic;

use cx_client_build::Document;
use openapi_review::docs::read::read;
use openapi_review::docs::report::Report;
use openapi_review::lint;

#[test]
fn the_documents_keep_the_rules() {
    for operations in [0, 1, 3, 10] {
        let text = synthetic::document(operations);
        let checked = lint::check(&Document::parse("synthetic.yaml", &text).unwrap());
        assert_eq!(checked.findings, [], "{operations} operations");
    }
}

#[test]
fn the_pages_agree() {
    let document = Document::parse("synthetic.yaml", &synthetic::document(12)).unwrap();
    let pages: Vec<String> = synthetic::pages(12).collect();
    assert_eq!(pages.len(), 3);
    for text in pages {
        let page = read("page.txt", &text).unwrap();
        assert_eq!(Report::new(&document, &[page]).differences, []);
    }
}
