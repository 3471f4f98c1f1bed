//! What the document is compared with.

use std::path::Path;

use cx_client_build::{Document, Error, validate};
use semver::Version;
use serde_json::{Value, json};

use crate::manifest;
use crate::source::{self, git};

/// An earlier state of the workspace, or another document.
#[derive(Debug)]
pub(super) struct Base {
    /// How to name it to people: `v0.1.0:openapi.yaml`, or a file.
    pub(super) name: String,
    pub(super) document: Document,
    /// The version of the workspace at that state, where it is a revision that has one.
    pub(super) version: Option<Version>,
    /// Whether nothing has been released yet, so that everything is new.
    pub(super) is_beginning: bool,
}

/// The base that was asked for, or by default the last release.
///
/// Before the first release `document` is compared with itself without its operations.
///
/// The inner `Err` says why there is nothing to compare with by default.
///
/// # Errors
///
/// A message for people if the base that was asked for cannot be used.
pub(super) fn find(
    root: &Path,
    asked: Option<&str>,
    document: &Document,
) -> Result<Result<Base, String>, String> {
    match asked {
        Some(name) => this(root, name).map(Ok),
        None => Ok(default(root, document)),
    }
}

/// A file if there is one of this name, or else a revision, or `REV:path`.
fn this(root: &Path, name: &str) -> Result<Base, String> {
    let path = Path::new(name);
    if path.exists() {
        let document = usable(Document::load(path))
            .map_err(|problem| format!("--base {name}: the document cannot be used: {problem}"))?;
        return Ok(Base { name: name.to_owned(), document, version: None, is_beginning: false });
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
    let version = version_at(root, &commit);
    Ok(Base { name: shown, document, version, is_beginning: false })
}

fn default(root: &Path, document: &Document) -> Result<Base, String> {
    match git(root, &["rev-parse", "--git-dir"]) {
        Ok(_) => {}
        Err(problem) if problem.contains("not a git repository") => {
            return Err("this is no git repository".to_owned());
        }
        // A repository that git refuses to read says so here.
        Err(problem) => return Err(problem),
    }
    let Some((tag, version)) = last_release(root) else {
        return beginning(root, document);
    };
    let name = format!("{tag}:{}", source::DOCUMENT);
    let bytes = show(root, &tag, &format!("./{}", source::DOCUMENT))
        .map_err(|_| format!("{tag} has no {}", source::DOCUMENT))?;
    let document = usable(Document::parse_bytes(&name, &bytes))
        .map_err(|problem| format!("{name} cannot be used: {problem}"))?;
    Ok(Base { name, document, version: Some(version), is_beginning: false })
}

/// The tag of the latest release that is part of the history, with its version.
fn last_release(root: &Path) -> Option<(String, Version)> {
    let tags = git(root, &["tag", "--merged", "HEAD", "--list", "v[0-9]*"]).ok()?;
    String::from_utf8_lossy(&tags)
        .lines()
        .filter_map(|tag| Some((tag.to_owned(), Version::parse(tag.strip_prefix('v')?).ok()?)))
        .max_by(|(_, a), (_, b)| a.cmp(b))
}

/// The document without its operations: all of them are new.
fn beginning(root: &Path, document: &Document) -> Result<Base, String> {
    let is_shallow = git(root, &["rev-parse", "--is-shallow-repository"]);
    if is_shallow.is_ok_and(|output| output.starts_with(b"true")) {
        return Err("this clone is shallow and has no tag of a release: fetch them with \
                    `git fetch --tags --unshallow`"
            .to_owned());
    }
    let mut json = document.to_json();
    if let Some(fields) = json.as_object_mut() {
        fields.insert("paths".to_owned(), json!({}));
        if let Some(components) = fields.get_mut("components").and_then(Value::as_object_mut) {
            components.retain(|kind, _| kind == "securitySchemes");
        }
    }
    let name = "nothing, as there is no release yet".to_owned();
    let document = usable(Document::parse(&name, &json.to_string()))?;
    Ok(Base { name, document, version: None, is_beginning: true })
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
    let text = show(root, commit, "./Cargo.toml").ok()?;
    manifest::version_in(&String::from_utf8_lossy(&text)).ok()
}
