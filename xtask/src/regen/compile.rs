//! Compiles what was derived before any of it is written.
//!
//! The client with the derived files in it is put into a workspace of its own below `target`, with
//! one program that prints the schemas of its types. That program is built with every feature that
//! generated code depends on, once around the snapshot and once around what the build script
//! generates; the compiler has the last word on both.

mod errors;
mod stage;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cx_client_build::{Diagnostic, Document};
use serde_json::Value;

use super::derived::Derived;
use crate::output;

/// The schemas of the generated types, with the JSON pointers of the schemas that they were made
/// from.
pub(super) type Types = Vec<(String, Value)>;

/// Why what was derived cannot be used.
pub(super) enum Failure {
    /// The compiler refuses it, at these places.
    Refused(Vec<Diagnostic>),
    /// It could not be given to the compiler, or not be run.
    Other(String),
}

impl From<String> for Failure {
    fn from(problem: String) -> Self {
        Self::Other(problem)
    }
}

/// Compiles the client of the workspace at `root` with the derived files, with every feature that
/// they depend on; `None` if the workspace has no client.
///
/// # Errors
///
/// If it does not compile. Nothing outside the target folder is touched.
pub(super) fn compile(
    root: &Path,
    document: &Document,
    derived: &[Derived],
) -> Result<Option<Types>, Failure> {
    if !root.join("cx-client/src/lib.rs").is_file() {
        return Ok(None);
    }
    let stage = stage::prepare(root, derived)?;
    output::eprint("Compiling the client with what was generated, with every feature");
    build(root, &stage, document, &[])?;
    let program = build(root, &stage, document, &["--features", "codegen"])?;
    Ok(Some(run(&program)?))
}

/// Builds the program of the stage, and gives its path.
fn build(
    root: &Path,
    stage: &Path,
    document: &Document,
    features: &[&str],
) -> Result<PathBuf, Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(stage)
        .args(["build", "--package", stage::PROGRAM, "--message-format", "json"])
        .args(features)
        .env("CARGO_TARGET_DIR", stage::target_folder(root))
        // Cargo says there what it compiles: the first time it takes a minute.
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo cannot be run: {error}"))?;
    let messages: Vec<Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    if output.status.success() {
        return messages
            .iter()
            .rev()
            .find_map(|message| message["executable"].as_str())
            .map(PathBuf::from)
            .ok_or_else(|| Failure::Other("cargo names no program that it has built".to_owned()));
    }
    let found = errors::of_messages(&messages, root, stage, document);
    if found.is_empty() {
        return Err(Failure::Other("the client cannot be built: cargo says why above".to_owned()));
    }
    Err(Failure::Refused(found))
}

fn run(program: &Path) -> Result<Types, Failure> {
    let output = Command::new(program)
        .output()
        .map_err(|error| format!("{}: cannot run it: {error}", program.display()))?;
    serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("{} prints no schemas: {error}", program.display()).into())
}
