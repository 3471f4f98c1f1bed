//! Where a document comes from: a file, or a revision of git.

use std::path::{Path, PathBuf};
use std::process::Command;

use cx_client_build::Document;

/// Loads a document that a maintainer names on the command line: a file, or `REV:path` as git
/// understands it (`HEAD:openapi.yaml`, `v0.1.0:openapi.yaml`).
///
/// A file that exists is preferred. A relative path is relative to the current folder; a path in a
/// revision is relative to the top of the repository, or to the current folder if it begins with
/// `./`, as with `git show`.
///
/// # Errors
///
/// A message for people, one line or more, if there is no such file, revision or path, or the
/// document does not parse.
pub(crate) fn load(name: &str) -> Result<Document, String> {
    let path = Path::new(name);
    if path.exists() || !name.contains(':') {
        return Document::load(path).map_err(|error| error.to_string());
    }
    let bytes = git(Path::new("."), &["show", "--end-of-options", name]).map_err(|problem| {
        format!("{name}: there is no such file, and git cannot show it: {problem}")
    })?;
    Document::parse_bytes(name, &bytes).map_err(|error| error.to_string())
}

/// Runs git in `folder` and gives its standard output.
///
/// # Errors
///
/// The first line of git's message, or that there is no git.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new("git")
        .current_dir(folder)
        .args(arguments)
        .env("LC_ALL", "C")
        .output()
        .map_err(|error| format!("git cannot be run: {error}; install it"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let message = String::from_utf8_lossy(&output.stderr);
    let line = message.lines().next().unwrap_or("git failed").trim_start_matches("fatal: ");
    Err(line.to_owned())
}

/// Runs Cargo in `folder` and gives its standard output. Its own output passes through.
///
/// # Errors
///
/// That it failed, or that there is no Cargo.
pub(crate) fn cargo(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(program)
        .current_dir(folder)
        .args(arguments)
        // Cargo sets these for what it runs, and they would change what is built.
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS")
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo cannot be run: {error}"))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(format!("`cargo {}` failed", arguments.join(" ")))
    }
}

/// The root of the workspace: from `CARGO_MANIFEST_DIR`, which Cargo sets for `cargo xtask`, so
/// that a run from a subfolder finds it, or else the nearest parent of the current folder that has
/// an `openapi.yaml`.
///
/// # Errors
///
/// A message for people if neither leads to a workspace.
pub(crate) fn workspace_root() -> Result<PathBuf, String> {
    let from_cargo = std::env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .and_then(|package| package.parent().map(Path::to_owned));
    let current = std::env::current_dir()
        .map_err(|error| format!("the current folder cannot be read: {error}"))?;
    from_cargo
        .into_iter()
        .chain(current.ancestors().map(Path::to_owned))
        .find(|folder| folder.join("cx-client").is_dir() && folder.join("Cargo.toml").is_file())
        .ok_or_else(|| {
            "this is no checkout of the cx-client workspace: run `cargo xtask` inside one"
                .to_owned()
        })
}

/// The argument of a command that works on the workspace.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Workspace {
    /// The root of the workspace, instead of the one around the current folder.
    #[arg(long, hide = true, value_name = "DIR")]
    root: Option<PathBuf>,
}

impl Workspace {
    /// The root that was named, or as [`workspace_root`].
    ///
    /// # Errors
    ///
    /// A message for people if there is no workspace here.
    pub(crate) fn root(&self) -> Result<PathBuf, String> {
        self.root.clone().map_or_else(workspace_root, Ok)
    }
}

/// The OpenAPI document of the workspace, relative to its root.
pub(crate) const DOCUMENT: &str = "openapi.yaml";

/// `path` as a person in the current folder would write it: relative, where both have a folder in
/// common.
pub(crate) fn for_people(path: &Path) -> PathBuf {
    let Ok(current) = std::env::current_dir() else { return path.to_owned() };
    relative(path, &current)
}

fn relative(path: &Path, folder: &Path) -> PathBuf {
    if let Ok(below) = path.strip_prefix(folder) {
        return below.to_owned();
    }
    let shared = path.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    // Nothing but the root in common: the whole path is easier to read.
    if shared < 2 {
        return path.to_owned();
    }
    let up = folder.components().skip(shared).map(|_| "..");
    up.map(PathBuf::from)
        .chain(path.components().skip(shared).map(|part| PathBuf::from(part.as_os_str())))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::relative;

    #[test]
    fn a_path_is_shown_from_the_current_folder() {
        for (path, folder, shown) in [
            ("/a/b/openapi.yaml", "/a/b", "openapi.yaml"),
            ("/a/b/openapi.yaml", "/a", "b/openapi.yaml"),
            ("/a/b/openapi.yaml", "/a/b/c/d", "../../openapi.yaml"),
            ("/a/b/openapi.yaml", "/c", "/a/b/openapi.yaml"),
        ] {
            assert_eq!(relative(Path::new(path), Path::new(folder)), Path::new(shown));
        }
    }
}
