//! Compiling the sources of `cx-client` with the API of another document.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use toml_edit::{DocumentMut, Item, value};

/// What changes the generated code. The rest chooses how bytes are encrypted, and would bring two
/// more libraries of C.
const FEATURES: &str = "mock,schemars,tracing";

/// A workspace in a temporary folder, with one package: the sources of `cx-client`, in which the
/// generated files are replaced for each document. Its dependencies are built once, into
/// `target/survey` of the project.
pub(super) struct Compiler {
    folder: TempDir,
    target: PathBuf,
}

impl Compiler {
    /// Copies the sources of the workspace at `root`.
    pub(super) fn new(root: &Path) -> Result<Self, String> {
        let folder =
            tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
        let target = root.join("target/survey");
        let compiler = Self { folder, target };
        compiler.write("Cargo.toml", &workspace_manifest(&read(&root.join("Cargo.toml"))?)?)?;
        compiler.write("Cargo.lock", &read(&root.join("Cargo.lock"))?)?;
        let package = root.join("cx-client");
        compiler
            .write("client/Cargo.toml", &package_manifest(&read(&package.join("Cargo.toml"))?)?)?;
        compiler.write("client/README.md", "")?;
        copy(&package.join("src"), &compiler.folder.path().join("client/src"))?;
        Ok(compiler)
    }

    /// What the compiler says against the generated code; `None` if it takes it.
    pub(super) fn check(&self, api: &str, mock: &str) -> Result<Option<String>, String> {
        self.write("client/src/generated.rs", api)?;
        self.write("client/src/generated_mock.rs", mock)?;
        let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .current_dir(self.folder.path())
            .args(["check", "--offline", "--quiet", "--message-format=short"])
            .args(["--features", FEATURES])
            .arg("--target-dir")
            .arg(&self.target)
            .env_remove("RUSTFLAGS")
            .output()
            .map_err(|error| format!("cargo cannot be run: {error}"))?;
        if output.status.success() {
            return Ok(None);
        }
        let messages = String::from_utf8_lossy(&output.stderr);
        let errors: Vec<&str> = messages.lines().filter(|line| line.contains("error")).collect();
        let mut text = format!("{} lines of errors", errors.len());
        for error in errors.iter().take(5) {
            text.push('\n');
            text.push_str(error);
        }
        Ok(Some(text))
    }

    fn write(&self, name: &str, text: &str) -> Result<(), String> {
        let path = self.folder.path().join(name);
        let problem = |error| format!("{}: cannot write the file: {error}", path.display());
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(problem)?;
        }
        fs::write(&path, text).map_err(problem)
    }
}

/// The manifest of the workspace, with one member.
fn workspace_manifest(text: &str) -> Result<String, String> {
    let mut manifest = parse(text)?;
    let workspace = &mut manifest["workspace"];
    workspace["members"] = value(toml_edit::Array::from_iter(["client"]));
    remove(workspace, &["exclude"]);
    remove(&mut workspace["dependencies"], &["cx-client", "cx-client-build"]);
    Ok(manifest.to_string())
}

/// The manifest of `cx-client`, without what belongs to generating and to its own tests.
fn package_manifest(text: &str) -> Result<String, String> {
    let mut manifest = parse(text)?;
    remove(&mut manifest["package"], &["include", "readme", "metadata"]);
    manifest["features"]["default"] = value(toml_edit::Array::new());
    manifest["features"]["codegen"] = value(toml_edit::Array::new());
    for key in ["build-dependencies", "dev-dependencies", "example"] {
        manifest.remove(key);
    }
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
