//! What the command needs of the machine.

use std::process::{Command, Stdio};

/// A version of Node.js or npm: major, minor, patch.
type Version = (u64, u64, u64);

const NODE: &str = "Node.js 22.12 or later, or 20.19 or a later 20 (https://nodejs.org)";
const NPM: &str = "npm 10 or later (it comes with Node.js)";

/// npm as it is called on this system.
pub(super) const NPM_PROGRAM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Looks for Node.js and npm.
///
/// # Errors
///
/// What is missing, each need on a line.
pub(super) fn check() -> Result<(), Vec<String>> {
    let missing: Vec<String> = [need("node", NODE, node_suits), need(NPM_PROGRAM, NPM, npm_suits)]
        .into_iter()
        .flatten()
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(missing) }
}

/// What the pinned tools ask for together; `xtask/conformance/package.json` says the same.
fn node_suits(version: Version) -> bool {
    version >= (22, 12, 0) || ((20, 19, 0)..(21, 0, 0)).contains(&version)
}

fn npm_suits(version: Version) -> bool {
    version >= (10, 0, 0)
}

/// A line about a need that is not met.
fn need(program: &str, what: &str, suits: fn(Version) -> bool) -> Option<String> {
    let found = match version_of(program) {
        Ok(text) => match parse(&text) {
            Some(version) if suits(version) => return None,
            Some(_) => format!("`{program} --version` says {text}"),
            None => format!("`{program} --version` says {text:?}, which is no version"),
        },
        Err(problem) => format!("`{program}` cannot be run: {problem}"),
    };
    Some(format!("  - {what}: {found}"))
}

fn version_of(program: &str) -> Result<String, String> {
    let output = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    } else {
        Err(output.status.to_string())
    }
}

fn parse(text: &str) -> Option<Version> {
    let text = text.strip_prefix('v').unwrap_or(text);
    let text = text.split(['-', '+']).next()?;
    let mut parts = text.splitn(3, '.').map(str::parse);
    match (parts.next()?, parts.next()?, parts.next()?) {
        (Ok(major), Ok(minor), Ok(patch)) => Some((major, minor, patch)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn reads_versions() {
        assert_eq!(parse("v20.20.2"), Some((20, 20, 2)));
        assert_eq!(parse("11.19.1"), Some((11, 19, 1)));
        assert_eq!(parse("v23.0.0-nightly2024"), Some((23, 0, 0)));
        assert_eq!(parse("v20"), None);
        assert_eq!(parse("no version"), None);
    }

    #[test]
    fn takes_the_versions_of_node_that_package_json_names() {
        let package = include_str!("../../conformance/package.json");
        assert!(package.contains(r#""node": ">=22.12.0 || >=20.19.0 <21.0.0""#));
        for (version, suits) in [
            ((18, 20, 8), false),
            ((20, 18, 3), false),
            ((20, 19, 0), true),
            ((20, 99, 9), true),
            ((21, 7, 3), false),
            ((22, 11, 0), false),
            ((22, 12, 0), true),
            ((24, 0, 0), true),
        ] {
            assert_eq!(node_suits(version), suits, "{version:?}");
        }
    }
}
