//! What the document is compared with.

use std::path::Path;

use cx_client_build::{Document, Error, validate};
use semver::Version;

use super::release::workspace_version;
use crate::source::{self, git};

/// An earlier state of the workspace, or another document.
#[derive(Debug)]
pub(super) struct Base {
    /// How to name it to people: `HEAD:openapi.yaml`, or a file.
    pub(super) name: String,
    pub(super) document: Document,
    /// The version of the workspace at that state, where it is a revision that has one.
    pub(super) version: Option<Version>,
}

/// The base that was asked for, or by default the last release, or else the last commit.
///
/// The inner `Err` says why there is nothing to compare with by default.
///
/// # Errors
///
/// A message for people if the base that was asked for cannot be used.
pub(super) fn find(root: &Path, asked: Option<&str>) -> Result<Result<Base, String>, String> {
    match asked {
        Some(name) => this(root, name).map(Ok),
        None => Ok(default(root)),
    }
}

/// A file if there is one of this name, or else a revision, or `REV:path`.
fn this(root: &Path, name: &str) -> Result<Base, String> {
    let path = Path::new(name);
    if path.exists() {
        let document = usable(Document::load(path))
            .map_err(|problem| format!("--base {name}: the document cannot be used: {problem}"))?;
        return Ok(Base { name: name.to_owned(), document, version: None });
    }
    let (revision, path) = match name.split_once(':') {
        Some((revision, path)) => (revision, path.to_owned()),
        None => (name, format!("./{}", source::DOCUMENT)),
    };
    let commit = commit(root, revision).map_err(|problem| {
        format!(
            "--base {name}: there is no such file and no such revision ({problem})\nname a file, \
             or a branch, tag or commit of this repository (`git tag`, `git log --oneline`); in a \
             shallow clone, fetch it first (`git fetch --tags --unshallow`)"
        )
    })?;
    let shown = format!("{revision}:{}", path.trim_start_matches("./"));
    let bytes = show(root, &commit, &path).map_err(|problem| {
        format!(
            "--base {name}: the revision has no such document ({problem})\nname a revision that \
             has it, or the path that it had there: `--base {revision}:PATH`"
        )
    })?;
    let document = usable(Document::parse_bytes(&shown, &bytes))
        .map_err(|problem| format!("--base {name}: the document cannot be used: {problem}"))?;
    Ok(Base { name: shown, document, version: version_at(root, &commit) })
}

fn default(root: &Path) -> Result<Base, String> {
    let tag = git(root, &["describe", "--tags", "--abbrev=0", "--match", "v[0-9]*"]);
    let revision = match tag {
        Ok(name) => String::from_utf8_lossy(&name).trim().to_owned(),
        Err(problem) if problem.contains("not a git repository") => {
            return Err("this is no git repository".to_owned());
        }
        Err(_) => "HEAD".to_owned(),
    };
    // A repository that git refuses to read says so here.
    git(root, &["rev-parse", "--git-dir"])?;
    let commit =
        commit(root, &revision).map_err(|_| "the repository has no commit yet".to_owned())?;
    let name = format!("{revision}:{}", source::DOCUMENT);
    let bytes = show(root, &commit, &format!("./{}", source::DOCUMENT))
        .map_err(|_| format!("{revision} has no {}", source::DOCUMENT))?;
    let document = usable(Document::parse_bytes(&name, &bytes))
        .map_err(|problem| format!("{name} cannot be used: {problem}"))?;
    Ok(Base { name, document, version: version_at(root, &commit) })
}

/// A document that can be compared, or the first reason why it cannot.
fn usable(document: Result<Document, Error>) -> Result<Document, String> {
    let document = document
        .map_err(|error| error.to_string().lines().next().unwrap_or_default().to_owned())?;
    match validate(&document).first() {
        Some(first) => Err(first.to_string()),
        None => Ok(document),
    }
}

/// The id of a commit. `revision` may be anything that a maintainer typed.
fn commit(root: &Path, revision: &str) -> Result<String, String> {
    let commit = format!("{revision}^{{commit}}");
    let id = git(root, &["rev-parse", "--verify", "--end-of-options", &commit])?;
    Ok(String::from_utf8_lossy(&id).trim().to_owned())
}

fn show(root: &Path, commit: &str, path: &str) -> Result<Vec<u8>, String> {
    git(root, &["show", &format!("{commit}:{path}")])
}

fn version_at(root: &Path, commit: &str) -> Option<Version> {
    let manifest = show(root, commit, "./Cargo.toml").ok()?;
    workspace_version(&String::from_utf8_lossy(&manifest)).ok()
}
