//! The whole of a build script.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Generates the API from `document`, a path relative to the package, into `OUT_DIR/api.rs`.
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
    let target = directory("OUT_DIR")?.join("api.rs");
    let document = directory("CARGO_MANIFEST_DIR")?.join(document);
    let source = crate::generate(named_for_people(&document)).map_err(|error| error.to_string())?;
    // An unchanged file keeps its time stamp, so that nothing that includes it is built again.
    if fs::read_to_string(&target).is_ok_and(|existing| existing == source) {
        return Ok(());
    }
    fs::write(&target, source)
        .map_err(|error| format!("{}: cannot write the file: {error}", target.display()))
}

/// The document itself where the package only links to it: the file to edit is the one to name.
fn named_for_people(document: &Path) -> PathBuf {
    fs::canonicalize(document).unwrap_or_else(|_| document.to_owned())
}
