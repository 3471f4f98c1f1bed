//! The version that the changes ask for.

use std::fmt;

use serde::Serialize;

use super::change::{Change, Impact, Level};

/// A step of the version, by SemVer and Cargo's rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// No release is needed.
    None,
    /// `0.1.2` to `0.1.3`.
    Patch,
    /// `0.1.2` to `0.2.0`.
    Minor,
    /// `1.2.3` to `2.0.0`.
    Major,
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// The rule of a change of the server that clients use.
const FIRST_SERVER_CHANGED: &str = "api-first-server-changed";

/// The step that the changes ask for.
///
/// | the worst of the changes | `1.y.z` | `0.y.z` |
/// | --- | --- | --- |
/// | `rust` is breaking, or the first server is another | major | minor |
/// | `rust` is compatible | minor | patch |
/// | `rust` is none, `level` is breaking | minor | patch |
/// | `rust` is none, `level` is warning or compatible | patch | patch |
/// | `level` is docs | none | none |
///
/// The version speaks of code, as SemVer and Cargo read it: a caller who runs `cargo update` must
/// still compile. A change that breaks on the wire only (another security scheme) therefore asks for no major step: the callers must get the new release, since the old one no
/// longer works, and a step that `cargo update` does not take would keep it from them. But it is
/// more than a correction, so it asks for what an addition asks for. In `0.y.z` Cargo takes `y` for
/// the major version and `z` for everything else.
///
/// The first server is the host to which callers send their credentials unless they say otherwise:
/// `cargo update` must not move it.
pub fn bump(changes: &[Change], current_version_is_0x: bool) -> Bump {
    let of_one = |change: &Change| match (change.rust, change.level) {
        _ if change.id == FIRST_SERVER_CHANGED => Bump::Major,
        (Impact::Breaking, _) => Bump::Major,
        (Impact::Compatible, _) | (Impact::None, Level::Breaking) => Bump::Minor,
        (Impact::None, Level::Warning | Level::Compatible) => Bump::Patch,
        (Impact::None, Level::Docs) => Bump::None,
    };
    match (changes.iter().map(of_one).max().unwrap_or(Bump::None), current_version_is_0x) {
        (Bump::Major, true) => Bump::Minor,
        (Bump::Minor, true) => Bump::Patch,
        (bump, _) => bump,
    }
}
