//! Compiles generated clients: as modules of the package `tests/documents`, which compiles the
//! sources of `cx-client` around them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// What changes the generated code. The rest of the features chooses how bytes are encrypted.
const FEATURES: &str = "codegen,mock,schemars,tracing";

/// A folder of generated clients.
#[derive(Debug)]
pub struct Clients {
    folder: TempDir,
    workspace: PathBuf,
}

impl Clients {
    /// An empty folder.
    ///
    /// # Errors
    ///
    /// A message for people if there can be no temporary folder.
    pub fn new() -> Result<Self, String> {
        let folder =
            tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
        Ok(Self { folder, workspace: Path::new(env!("CARGO_MANIFEST_DIR")).join("../..") })
    }

    /// Adds a client, or replaces the one of this name: its API, what its mock has, and a module with
    /// a function `run` that calls it, where there is one.
    ///
    /// # Errors
    ///
    /// A message for people if a file cannot be written.
    pub fn add(
        &self,
        name: &str,
        api: &str,
        mock: &str,
        calls: Option<&str>,
    ) -> Result<(), String> {
        self.write(&format!("{name}.rs"), api)?;
        self.write(&format!("{name}_mock.rs"), mock)?;
        calls.map_or(Ok(()), |calls| self.write(&format!("{name}_calls.rs"), calls))
    }

    fn write(&self, file: &str, text: &str) -> Result<(), String> {
        let path = self.folder.path().join(file);
        fs::write(&path, text)
            .map_err(|error| format!("{}: cannot write the file: {error}", path.display()))
    }

    /// Runs a command of Cargo (`check`, `build --example calls`), offline, for these clients. Their
    /// dependencies are built once, into `target/documents` of the workspace.
    ///
    /// # Errors
    ///
    /// A message for people if there is no Cargo; not if the command fails.
    pub fn cargo(&self, command: &[&str]) -> Result<Output, String> {
        Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .current_dir(&self.workspace)
            .args(command)
            .args(["--offline", "--quiet", "--package", "cx-client-documents"])
            .args(["--no-default-features", "--features", FEATURES])
            .args(["--target-dir", "target/documents"])
            .env("CX_CLIENTS", self.folder.path())
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env_remove("RUSTFLAGS")
            .output()
            .map_err(|error| format!("cargo cannot be run: {error}"))
    }
}

/// The first errors that the compiler reported.
pub fn errors(output: &Output) -> String {
    let messages = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = messages.lines().skip_while(|line| !line.starts_with("error")).collect();
    let count = lines.iter().filter(|line| line.starts_with("error")).count();
    format!("{count} errors; {}", lines[..lines.len().min(40)].join("\n"))
}
