//! Any text as the OpenAPI block of a documentation page that was saved as Markdown: a page is read,
//! compared and drafted, or refused with a reason.
#![no_main]

use cx_client_build::Document;
use libfuzzer_sys::{Corpus, fuzz_target};
use openapi_review::docs::draft::draft;
use openapi_review::docs::read::read;
use openapi_review::docs::report::Report;

const DOCUMENT: &str = include_str!("../../openapi.yaml");

fuzz_target!(|block: &str| -> Corpus {
    // The block would end there.
    if block.contains("```") {
        return Corpus::Reject;
    }
    let page = format!("# Title\n\n> What it does.\n\n## OpenAPI\n\n```yaml {block}\n```\n");
    match read("page", &page) {
        Ok(page) => {
            let Ok(document) = Document::parse("openapi.yaml", DOCUMENT) else {
                return Corpus::Reject;
            };
            let fragment = draft(&document, std::slice::from_ref(&page));
            if let Err(error) = Document::parse("draft.yaml", &fragment) {
                panic!("{error}\n{fragment}");
            }
            let _ = Report::unjudged(&document, &[page]);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    Corpus::Keep
});
