//! What a comparison finds.

use std::borrow::Cow;
use std::fmt;

use cx_client_build::Position;
use serde::Serialize;
use serde_json::Value;

/// What a change means on the wire, for a client built against OLD that meets NEW, by contract.
///
/// Ordered from the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A client that keeps to OLD fails with NEW.
    Breaking,
    /// Whether a client fails cannot be known from the documents.
    Warning,
    /// A client that keeps to OLD works with NEW.
    Compatible,
    /// Words and examples only.
    Docs,
}

impl Level {
    /// Every level, from the worst.
    pub(super) const ALL: [Self; 4] = [Self::Breaking, Self::Warning, Self::Compatible, Self::Docs];
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Breaking => "breaking",
            Self::Warning => "warning",
            Self::Compatible => "compatible",
            Self::Docs => "docs",
        })
    }
}

/// What a change means for code that compiles against the crate generated from OLD.
///
/// Ordered from the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Impact {
    /// There is code that no longer compiles.
    Breaking,
    /// The public API grows, or what it prints changes; all code still compiles.
    Compatible,
    /// The public API stays as it is.
    None,
}

impl fmt::Display for Impact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Breaking => "breaking",
            Self::Compatible => "compatible",
            Self::None => "none",
        })
    }
}

/// A place in one of the two files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file, or `REV:path`, as it was named.
    pub file: String,
    /// Line and column.
    pub position: Position,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.position.line)
    }
}

/// One difference of two documents that means one thing.
///
/// Serialised, it has the eight keys that are the contract with programs, in this order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// What kind of change it is, named as oasdiff names it where oasdiff knows it.
    pub id: Cow<'static, str>,
    /// What it means on the wire.
    pub level: Level,
    /// What it means for Rust code.
    pub rust: Impact,
    /// The operation, such as `POST /api/v1/calls`: the first one that the change reaches; empty
    /// where it belongs to none.
    pub operation: String,
    /// A JSON pointer into both documents, or into the one that has the value. Where the two
    /// documents keep the value in different places, the shorter of the two pointers.
    pub pointer: String,
    /// The value in OLD; `null` where OLD has none.
    pub old: Value,
    /// The value in NEW; `null` where NEW has none.
    pub new: Value,
    /// What happened, as a sentence without a full stop.
    pub message: String,
    /// Every operation that the change reaches, in the order of the documents.
    #[serde(skip)]
    pub operations: Vec<String>,
    /// Where the value stands in OLD, if it does.
    #[serde(skip)]
    pub old_at: Option<Location>,
    /// Where the value stands in NEW, if it does.
    #[serde(skip)]
    pub new_at: Option<Location>,
}

impl Change {
    /// Where to look: in NEW, or in OLD for what NEW no longer has.
    pub fn location(&self) -> Option<&Location> {
        self.new_at.as_ref().or(self.old_at.as_ref())
    }
}
