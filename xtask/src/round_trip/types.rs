//! Asks the compiled client for the schemas of its types.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The package and the program that print the schemas.
const PACKAGE: &str = "cx-client-tests";
const PROGRAM: &str = "schemas";

/// The schemas of the generated types of the workspace, with the JSON pointers of the schemas that
/// they were made from; `None` if the workspace has no program that prints them.
///
/// The program is built if the document has changed. It is a process of its own, so that this crate
/// need not depend on the client, which does not build while the document is broken.
///
/// # Errors
///
/// If the client does not build, with the first error of the compiler.
pub(crate) fn of_workspace(root: &Path) -> Option<Result<Vec<(String, Value)>, String>> {
    if !root.join("tests/src/bin").join(PROGRAM).with_extension("rs").is_file() {
        return None;
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(root)
        .args(["run", "--quiet", "--package", PACKAGE, "--bin", PROGRAM])
        .output();
    Some(match output {
        Err(error) => Err(format!("cargo cannot be run: {error}")),
        Ok(output) if output.status.success() => serde_json::from_slice(&output.stdout)
            .map_err(|error| format!("`{PROGRAM}` prints no schemas: {error}")),
        Ok(output) => {
            let text = String::from_utf8_lossy(&output.stderr);
            let error = text.lines().find(|line| line.starts_with("error"));
            Err(error.unwrap_or("the client does not build").to_owned())
        }
    })
}
