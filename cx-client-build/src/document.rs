//! A YAML or JSON document whose every value knows where it stands.

mod edit;
mod path_items;
mod references;

use std::path::Path;

use crate::diagnostic::{Diagnostic, Error};
use crate::node::{Node, walk};
use crate::position::Position;
use crate::surrogate_pairs::Joined;
use crate::yaml::{Loader, MAX_DEPTH};

/// A parsed YAML or JSON document.
///
/// JSON is read as the subset of YAML that it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    file: String,
    root: Node,
}

impl Document {
    /// Reads and parses the file at `path`.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, is not UTF-8, or is not one YAML document. The error says where
    /// and what to do.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let file = path.display().to_string();
        let fail = |message: String, help: &str| {
            Diagnostic::error("unreadable", &file, Position::START, message).help(help).into()
        };
        if path.is_dir() {
            return Err(fail(
                "this is a directory, not a file".to_owned(),
                "name the OpenAPI document itself, for example openapi.yaml",
            ));
        }
        let bytes = std::fs::read(path).map_err(|error| {
            fail(
                format!("cannot read the file: {error}"),
                "check the path, and that you may read the file",
            )
        })?;
        Self::parse_bytes(&file, &bytes)
    }

    /// Parses bytes that stand for the file named `file`; see [`Document::parse`].
    ///
    /// # Errors
    ///
    /// As [`Document::parse`], and if the bytes are not UTF-8.
    pub fn parse_bytes(file: impl Into<String>, bytes: &[u8]) -> Result<Self, Error> {
        let file = file.into();
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::parse(file, text),
            Err(error) => {
                let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
                Err(Diagnostic::error(
                    "unreadable",
                    &file,
                    end_of(&valid),
                    format!("byte {} is not UTF-8", error.valid_up_to()),
                )
                .help("save the document as UTF-8 text")
                .into())
            }
        }
    }

    /// Parses `text`; `file` is the name that errors will show.
    ///
    /// # Errors
    ///
    /// If `text` is not YAML, holds no document or more than one, repeats a key in a mapping, is
    /// nested deeper than 128 levels, or grows beyond four million values by its aliases.
    pub fn parse(file: impl Into<String>, text: &str) -> Result<Self, Error> {
        let file = file.into();
        if let Some(offset) = text.find('\0') {
            return Err(Diagnostic::error(
                "yaml-syntax",
                &file,
                end_of(&text[..offset]),
                "there is a NUL byte here",
            )
            .help("remove it; an OpenAPI document is plain text")
            .into());
        }
        let text = Joined::new(text);
        let mut root = Loader::new(&file, &text).document()?;
        references::decode(&mut root);
        path_items::put_in_place(&mut root);
        Ok(Self { file, root })
    }

    /// The name of the file, as it was given.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The outermost value.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The whole document as JSON, without the places.
    pub fn to_json(&self) -> serde_json::Value {
        self.root.to_json()
    }

    /// The value that a JSON pointer (RFC 6901) names.
    pub fn at(&self, pointer: &str) -> Option<&Node> {
        walk(&self.root, pointer).1
    }

    /// The value that `node` stands for: what its `$ref` names inside this document, and so on; or
    /// `node` itself, if it has none or one that leads nowhere.
    pub fn resolve<'a>(&'a self, mut node: &'a Node) -> &'a Node {
        // A circle is at most as long as the references that there are.
        for _ in 0..MAX_DEPTH {
            let target = node.get("$ref").and_then(Node::as_str);
            match target.and_then(|target| self.at(target.strip_prefix('#')?)) {
                Some(next) => node = next,
                None => break,
            }
        }
        node
    }

    /// Where the value of a JSON pointer (RFC 6901) stands: the place of its key, or of its
    /// nearest ancestor where the document does not have it.
    pub fn position(&self, pointer: &str) -> Position {
        walk(&self.root, pointer).0
    }
}

/// Whether the keys of the object at `pointer` are names that the document chooses, such as those of
/// properties, and not fields of OpenAPI: there a key `default` or `example` holds no data.
pub(crate) fn has_free_keys(pointer: &str) -> bool {
    let last = pointer.rsplit('/').next().unwrap_or_default();
    matches!(last, "properties" | "responses")
        || pointer.strip_prefix("/components/").is_some_and(|kind| !kind.contains('/'))
}

fn end_of(text: &str) -> Position {
    let line = text.matches('\n').count() + 1;
    let column = text.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    Position { line, column }
}
