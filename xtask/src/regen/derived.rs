//! What is derived from the document and committed.

use cx_client_build::{Document, Error, generate_mock_from};

use crate::source;

/// A file whose content follows from the document alone.
#[derive(Debug)]
pub(super) struct Derived {
    /// Relative to the root of the workspace.
    pub(super) path: &'static str,
    /// What the file should hold.
    pub(super) content: String,
}

/// Every derived file; `generated` is the Rust source generated from the document.
///
/// A file that is to be derived as well is one more item here.
///
/// # Errors
///
/// If the helpers for tests cannot be generated from the document.
pub(super) fn derive(document: &Document, generated: &str) -> Result<Vec<Derived>, Error> {
    let mock = generate_mock_from(document)?;
    Ok(vec![
        Derived { path: "cx-client/src/generated.rs", content: snapshot(generated) },
        Derived { path: "cx-client/src/generated_mock.rs", content: snapshot(&mock) },
    ])
}

/// The generated source with a header, committed so that a review of a change of the document
/// shows the change of the Rust API.
fn snapshot(generated: &str) -> String {
    format!(
        "// @generated from {0} by cx-client-build with progenitor.\n\
         // Do not edit: change {0} and run `cargo xtask regen`.\n\n{generated}",
        source::DOCUMENT,
    )
}

#[cfg(test)]
mod tests {
    use super::snapshot;

    #[test]
    fn the_header_says_where_the_file_comes_from_and_how_to_make_it_again() {
        let content = snapshot("pub struct A;\n");
        let header: Vec<&str> = content.lines().take(3).collect();
        assert_eq!(
            header,
            [
                "// @generated from openapi.yaml by cx-client-build with progenitor.",
                "// Do not edit: change openapi.yaml and run `cargo xtask regen`.",
                "",
            ]
        );
        assert!(content.ends_with("\n\npub struct A;\n"));
    }
}
