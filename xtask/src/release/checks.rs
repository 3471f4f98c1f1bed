//! What a release needs.

use std::path::Path;

use semver::Version;

use crate::changelog::{self, Changelog};
use crate::exit::Exit;
use crate::{manifest, regen, source};

/// Everything that is missing for this release.
pub(super) fn all(root: &Path, version: &Version, dry_run: bool) -> Vec<String> {
    let mut problems = Vec::new();
    if !dry_run {
        problems.extend(clean_tree(root));
    }
    problems.extend(tag(root, version));
    problems.extend(tags(root, version));
    problems.extend(manifest::problems(root, version));
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

/// A section `## [VERSION] - YYYY-MM-DD` with something in it.
fn changelog(root: &Path, version: &Version) -> Option<String> {
    let file = changelog::FILE;
    let changelog = match Changelog::read(root) {
        Ok(changelog) => changelog,
        Err(problem) => return Some(problem),
    };
    let heading = format!("## [{version}] - YYYY-MM-DD");
    match changelog.of(version) {
        None => {
            Some(format!("{file}: there is no section `{heading}`: turn `## [Unreleased]` into it"))
        }
        Some(section) if !section.has_date() => {
            Some(format!("{file}: the section of {version} has no date: `{heading}`"))
        }
        Some(section) if section.is_empty() => {
            Some(format!("{file}: the section of {version} is empty: say what changed"))
        }
        Some(_) => None,
    }
}

/// The releases of the changelog that git does not know: without their tags it is not known what
/// changed since.
fn tags(root: &Path, version: &Version) -> Option<String> {
    let changelog = Changelog::read(root).ok()?;
    let last = changelog.versions().filter(|one| one < version).max()?;
    let name = format!("refs/tags/v{last}");
    let is_missing = source::git(root, &["rev-parse", "--verify", "--quiet", &name]).is_err();
    is_missing.then(|| {
        format!(
            "the tag v{last} of the last release is missing: `git fetch --tags`, or tag its commit"
        )
    })
}

/// `regen --check`, and the version that the changes since the last release ask for.
fn derived(root: &Path) -> Vec<String> {
    let report = match regen::check(root) {
        Ok(report) => report,
        Err(problem) => return vec![problem],
    };
    let mut problems: Vec<String> = report.errors().map(ToString::to_string).collect();
    if problems.is_empty() && regen::exit(&report) != Exit::Success {
        problems.push(
            "what is derived from openapi.yaml is not in order: run `cargo xtask regen --check`"
                .to_owned(),
        );
    }
    match report.release {
        Some(release) => problems.extend(release.to_do),
        None => problems.extend(
            report
                .base_note
                .map(|note| format!("what changed since the last release is not known: {note}")),
        ),
    }
    problems
}
