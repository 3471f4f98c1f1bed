//! What a release needs.

use std::fs;
use std::path::Path;

use semver::Version;
use toml_edit::{Document, Item};

use super::PUBLISHED;
use crate::{regen, source};

/// Everything that is missing for this release.
pub(super) fn all(root: &Path, version: &Version, dry_run: bool) -> Vec<String> {
    let mut problems = Vec::new();
    if !dry_run {
        problems.extend(clean_tree(root));
    }
    problems.extend(tag(root, version));
    problems.extend(manifests(root, version));
    problems.extend(changelog(root, version));
    problems.extend(derived(root));
    problems
}

fn clean_tree(root: &Path) -> Option<String> {
    match source::git(root, &["status", "--porcelain"]) {
        Ok(status) if status.is_empty() => None,
        Ok(status) => {
            let files = String::from_utf8_lossy(&status).lines().count();
            Some(format!("{files} files are not committed: commit them, or put them aside"))
        }
        Err(problem) => Some(format!("git cannot say whether everything is committed: {problem}")),
    }
}

fn tag(root: &Path, version: &Version) -> Option<String> {
    let name = format!("refs/tags/v{version}");
    let exists = source::git(root, &["rev-parse", "--verify", "--quiet", &name]).is_ok();
    exists.then(|| format!("the tag v{version} exists: choose a later version"))
}

/// The versions of the crates move together: one in the workspace, and the same where they name
/// each other.
fn manifests(root: &Path, version: &Version) -> Vec<String> {
    let parsed = match manifest(root, "Cargo.toml") {
        Ok(parsed) => parsed,
        Err(problem) => return vec![problem],
    };
    let workspace = parsed.get("workspace");
    let text = |item: Option<&Item>| item.and_then(Item::as_str).map(str::to_owned);
    let mut problems = Vec::new();
    let found = text(workspace.and_then(|w| w.get("package")).and_then(|p| p.get("version")));
    if found.as_deref() != Some(&version.to_string()) {
        let found = found.as_deref().unwrap_or("none");
        problems.push(format!("Cargo.toml: the version is {found}: set it to {version}"));
    }
    for name in PUBLISHED {
        let dependency = workspace.and_then(|w| w.get("dependencies")).and_then(|d| d.get(name));
        let found = text(dependency.and_then(|dependency| dependency.get("version")));
        if found.as_deref() != Some(&format!("={version}")) {
            let found = found.as_deref().unwrap_or("none");
            problems.push(format!(
                "Cargo.toml: the workspace depends on {name} {found}: set it to ={version}"
            ));
        }
        let inherits = manifest(root, &format!("{name}/Cargo.toml")).map(|manifest| {
            manifest
                .get("package")
                .and_then(|p| p.get("version"))
                .and_then(|v| v.get("workspace"))
                .and_then(Item::as_bool)
                == Some(true)
        });
        match inherits {
            Ok(true) => {}
            Ok(false) => problems.push(format!(
                "{name}/Cargo.toml: it has a version of its own: write `version.workspace = true`"
            )),
            Err(problem) => problems.push(problem),
        }
    }
    problems
}

fn manifest(root: &Path, path: &str) -> Result<Document<String>, String> {
    let text = fs::read_to_string(root.join(path))
        .map_err(|error| format!("{path}: cannot read the file: {error}"))?;
    Document::parse(text).map_err(|error| format!("{path}: {}", error.message()))
}

/// A section `## [VERSION] - YYYY-MM-DD` with something in it.
fn changelog(root: &Path, version: &Version) -> Option<String> {
    let text = match fs::read_to_string(root.join("CHANGELOG.md")) {
        Ok(text) => text,
        Err(error) => return Some(format!("CHANGELOG.md: cannot read the file: {error}")),
    };
    let heading = format!("## [{version}]");
    let mut lines = text.lines().skip_while(|line| !line.starts_with(&heading));
    let Some(found) = lines.next() else {
        return Some(format!(
            "CHANGELOG.md: there is no section `{heading} - YYYY-MM-DD`: turn `## [Unreleased]` into it"
        ));
    };
    let date = found[heading.len()..].trim_start_matches([' ', '-']);
    let is_date = date.len() == 10
        && date.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !is_date {
        return Some(format!(
            "CHANGELOG.md: the section of {version} has no date: `{heading} - YYYY-MM-DD`"
        ));
    }
    let empty =
        lines.take_while(|line| !line.starts_with("## ")).all(|line| line.trim().is_empty());
    empty.then(|| format!("CHANGELOG.md: the section of {version} is empty: say what changed"))
}

/// `regen --check`, and the version that the changes since the last release ask for.
fn derived(root: &Path) -> Vec<String> {
    let report = match regen::check(root) {
        Ok(report) => report,
        Err(problem) => return vec![problem],
    };
    let mut problems = Vec::new();
    if regen::exit(&report) != crate::exit::Exit::Success {
        problems.push(
            "openapi.yaml and what is derived from it are not in order: run \
             `cargo xtask regen --check`"
                .to_owned(),
        );
    }
    problems.extend(report.release.into_iter().flat_map(|release| release.to_do));
    problems
}
