//! A crate made from the sources of `cx-client`, with the API of another document.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use toml_edit::{Array, DocumentMut, InlineTable, Item, value};

/// What changes the generated code. The rest chooses how bytes are encrypted, and would bring two
/// more libraries of C.
const FEATURES: &str = "mock,schemars,tracing";

/// A workspace in a temporary folder, with one package: the sources of `cx-client`, which take
/// their API from files that are written there. Dependencies are built once, into `target/documents`
/// of the project.
#[derive(Debug)]
pub struct ClientCrate {
    folder: TempDir,
    target: PathBuf,
}

impl ClientCrate {
    /// Copies the sources of the workspace at `root`; `tokio` are further features of tokio.
    ///
    /// # Errors
    ///
    /// A message for people if a file cannot be read or written.
    pub fn new(root: &Path, tokio: &[&str]) -> Result<Self, String> {
        let folder =
            tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
        let made = Self { folder, target: root.join("target/documents") };
        let package = root.join("cx-client");
        let at = made.folder.path();
        write(&at.join("Cargo.toml"), &workspace_manifest(&read(&root.join("Cargo.toml"))?)?)?;
        write(&at.join("Cargo.lock"), &read(&root.join("Cargo.lock"))?)?;
        let manifest = package_manifest(&read(&package.join("Cargo.toml"))?, tokio)?;
        write(&at.join("client/Cargo.toml"), &manifest)?;
        write(&at.join("client/README.md"), "")?;
        copy(&package.join("src"), &at.join("client/src"))?;
        Ok(made)
    }

    /// The text of a source file.
    ///
    /// # Errors
    ///
    /// A message for people if it cannot be read.
    pub fn source(&self, name: &str) -> Result<String, String> {
        read(&self.folder.path().join("client/src").join(name))
    }

    /// Writes a source file.
    ///
    /// # Errors
    ///
    /// A message for people if it cannot be written.
    pub fn write_source(&self, name: &str, text: &str) -> Result<(), String> {
        write(&self.folder.path().join("client/src").join(name), text)
    }

    /// Takes a source file away.
    ///
    /// # Errors
    ///
    /// A message for people if it cannot be removed.
    pub fn remove_source(&self, name: &str) -> Result<(), String> {
        let path = self.folder.path().join("client/src").join(name);
        fs::remove_file(&path).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Runs a command of Cargo, offline, with every feature that the generated code knows.
    ///
    /// # Errors
    ///
    /// A message for people if there is no Cargo; not if the command fails.
    pub fn cargo(&self, command: &str) -> Result<Output, String> {
        Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .current_dir(self.folder.path())
            .args([command, "--offline", "--quiet", "--features", FEATURES, "--target-dir"])
            .arg(&self.target)
            .env_remove("RUSTFLAGS")
            .output()
            .map_err(|error| format!("cargo cannot be run: {error}"))
    }
}

/// The first errors that the compiler reported.
pub fn errors(output: &Output) -> String {
    let messages = String::from_utf8_lossy(&output.stderr);
    let count = messages.lines().filter(|line| line.starts_with("error")).count();
    let start = match messages.starts_with("error") {
        true => 0,
        false => messages.find("\nerror").map_or(0, |at| at + 1),
    };
    let first: Vec<&str> = messages[start..].lines().take(40).collect();
    format!("{count} errors; {}", first.join("\n"))
}

/// The manifest of the workspace, with one member.
fn workspace_manifest(text: &str) -> Result<String, String> {
    let mut manifest = parse(text)?;
    let workspace = &mut manifest["workspace"];
    workspace["members"] = value(Array::from_iter(["client"]));
    remove(workspace, &["exclude"]);
    remove(&mut workspace["dependencies"], &["cx-client", "cx-client-build"]);
    manifest["profile"]["dev"]["debug"] = value(0);
    Ok(manifest.to_string())
}

/// The manifest of `cx-client`, without what belongs to generating and to its own tests.
fn package_manifest(text: &str, tokio: &[&str]) -> Result<String, String> {
    let mut manifest = parse(text)?;
    remove(&mut manifest["package"], &["include", "readme", "metadata"]);
    manifest["features"]["default"] = value(Array::new());
    manifest["features"]["codegen"] = value(Array::new());
    for key in ["build-dependencies", "dev-dependencies", "example", "lints"] {
        manifest.remove(key);
    }
    let mut dependency = InlineTable::new();
    dependency.insert("workspace", true.into());
    dependency.insert("features", Array::from_iter(["time"].iter().chain(tokio).copied()).into());
    manifest["dependencies"]["tokio"] = value(dependency);
    Ok(manifest.to_string())
}

fn parse(text: &str) -> Result<DocumentMut, String> {
    text.parse().map_err(|error| format!("a manifest of the workspace cannot be read: {error}"))
}

fn remove(table: &mut Item, keys: &[&str]) {
    if let Some(table) = table.as_table_like_mut() {
        for key in keys {
            table.remove(key);
        }
    }
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path)
        .map_err(|error| format!("{}: cannot read the file: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let problem = |error| format!("{}: cannot write the file: {error}", path.display());
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(problem)?;
    }
    fs::write(path, text).map_err(problem)
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let problem = |error| format!("{}: cannot copy the sources: {error}", from.display());
    fs::create_dir_all(to).map_err(problem)?;
    for entry in fs::read_dir(from).map_err(problem)? {
        let path = entry.map_err(problem)?.path();
        let Some(name) = path.file_name() else { continue };
        if path.is_dir() {
            copy(&path, &to.join(name))?;
        } else {
            fs::copy(&path, to.join(name)).map_err(problem)?;
        }
    }
    Ok(())
}
