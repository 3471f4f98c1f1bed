//! The tools that the command runs.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A tool of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Tool {
    /// A linter.
    Redocly,
    /// A linter.
    Spectral,
    /// A server made from a document.
    Prism,
}

impl Tool {
    /// All of them.
    pub(super) const ALL: [Self; 3] = [Self::Redocly, Self::Spectral, Self::Prism];

    /// Its package at the npm registry.
    pub(super) fn package(self) -> &'static str {
        match self {
            Self::Redocly => "@redocly/cli",
            Self::Spectral => "@stoplight/spectral-cli",
            Self::Prism => "@stoplight/prism-cli",
        }
    }

    /// Its program, a key of `bin` in its package.
    pub(super) fn program(self) -> &'static str {
        match self {
            Self::Redocly => "redocly",
            Self::Spectral => "spectral",
            Self::Prism => "prism",
        }
    }
}

impl fmt::Display for Tool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Redocly => "Redocly",
            Self::Spectral => "Spectral",
            Self::Prism => "Prism",
        })
    }
}
