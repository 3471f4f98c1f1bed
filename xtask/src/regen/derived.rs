//! What is derived from the document and committed.

use std::path::Path;

use cx_client_build::{Document, Error, generate_mock_from};
use similar::TextDiff;

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
        "// @generated from {} by cx-client-build {} with progenitor.\n\
         // Do not edit: change {} and run `cargo xtask regen`.\n\n{generated}",
        source::DOCUMENT,
        // One version for the whole workspace.
        env!("CARGO_PKG_VERSION"),
        source::DOCUMENT,
    )
}

/// The unified difference of the Rust files among the two lists; empty if there is none.
pub(super) fn rust_diff(before: &[Derived], after: &[Derived]) -> String {
    after
        .iter()
        .filter(|file| Path::new(file.path).extension().is_some_and(|extension| extension == "rs"))
        .map(|file| {
            let earlier = before.iter().find(|earlier| earlier.path == file.path);
            unified(file.path, earlier.map_or("", |earlier| &earlier.content), &file.content)
        })
        .collect()
}

/// The difference of two contents of the file at `path`, in the form of `diff -u`; empty if there
/// is none.
pub(super) fn unified(path: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    TextDiff::from_lines(before, after)
        .unified_diff()
        .context_radius(3)
        .header(&format!("a/{path}"), &format!("b/{path}"))
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::{Derived, rust_diff, snapshot, unified};

    #[test]
    fn the_header_says_where_the_file_comes_from_and_how_to_make_it_again() {
        let content = snapshot("pub struct A;\n");
        let header: Vec<&str> = content.lines().take(3).collect();
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(
            header,
            [
                &*format!(
                    "// @generated from openapi.yaml by cx-client-build {version} with progenitor."
                ),
                "// Do not edit: change openapi.yaml and run `cargo xtask regen`.",
                "",
            ]
        );
        assert!(content.ends_with("\n\npub struct A;\n"));
    }

    #[test]
    fn the_difference_of_rust_leaves_other_files_out() {
        let file = |path, content: &str| Derived { path, content: content.to_owned() };
        let before = [file("a.rs", "1\n"), file("b.md", "1\n"), file("c.rs", "1\n")];
        let after = [file("a.rs", "2\n"), file("b.md", "2\n"), file("c.rs", "1\n")];
        assert_eq!(rust_diff(&before, &after), unified("a.rs", "1\n", "2\n"));
        assert_eq!(unified("a.rs", "1\n", "2\n"), "--- a/a.rs\n+++ b/a.rs\n@@ -1 +1 @@\n-1\n+2\n");
        assert_eq!(unified("a.rs", "1\n", "1\n"), "");
    }
}
