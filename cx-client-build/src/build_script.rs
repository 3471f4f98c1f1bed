//! The whole of a build script.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::Document;

/// Generates the API from `document`, a path relative to the package, into `OUT_DIR/api.rs`, and
/// if the package has a feature `mock` that is on, what tests use into `OUT_DIR/mock.rs`.
///
/// Cargo runs the build script again only when the document changes. What is wrong with the
/// document is printed as `cargo::error` lines, one per finding, and fails the build without a
/// panic.
///
/// Include the result with `include!(concat!(env!("OUT_DIR"), "/api.rs"))`.
#[expect(clippy::print_stdout, reason = "a build script talks to Cargo on standard output")]
pub fn build_script(document: impl AsRef<Path>) -> ExitCode {
    match run(document.as_ref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            for line in message.lines() {
                println!("cargo::error={line}");
            }
            // Cargo fails the build because of the lines above.
            ExitCode::SUCCESS
        }
    }
}

#[expect(clippy::print_stdout, reason = "a build script talks to Cargo on standard output")]
fn run(document: &Path) -> Result<(), String> {
    println!("cargo::rerun-if-changed={}", document.display());
    println!("cargo::rerun-if-changed=build.rs");
    let directory = |name| {
        env::var_os(name)
            .map(PathBuf::from)
            .ok_or_else(|| format!("{name} is not set; run this from a Cargo build script"))
    };
    let target = directory("OUT_DIR")?;
    let path = directory("CARGO_MANIFEST_DIR")?.join(document);
    let document = Document::load(named_for_people(&path)).map_err(|error| error.to_string())?;
    let source = crate::generate_from(&document).map_err(|error| error.to_string())?;
    write(&target.join("api.rs"), &source)?;
    if env::var_os("CARGO_FEATURE_MOCK").is_some() {
        let source = crate::generate_mock_from(&document).map_err(|error| error.to_string())?;
        write(&target.join("mock.rs"), &source)?;
    }
    Ok(())
}

/// Writes a file that is not as it should be. An unchanged one keeps its time stamp, so that
/// nothing that includes it is built again.
fn write(path: &Path, source: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|existing| existing == source) {
        return Ok(());
    }
    fs::write(path, source)
        .map_err(|error| format!("{}: cannot write the file: {error}", path.display()))
}

/// The document itself where the package only links to it: the file to edit is the one to name.
fn named_for_people(document: &Path) -> PathBuf {
    fs::canonicalize(document).unwrap_or_else(|_| document.to_owned())
}
