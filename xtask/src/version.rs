//! `cargo xtask version`: sets the version of the workspace.

use std::path::Path;

use semver::Version;

use crate::exit::Exit;
use crate::output;
use crate::source::Workspace;
use crate::{manifest, regen};

/// The arguments of `cargo xtask version`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The version, for example 0.2.0; by default the least one that the changes since the last
    /// release ask for, and nothing if the workspace has it already.
    version: Option<Version>,
    #[command(flatten)]
    workspace: Workspace,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Exit {
    let result = arguments.workspace.root().and_then(|root| set(&root, arguments.version.as_ref()));
    match result {
        Ok(message) => {
            output::print(message);
            Exit::Success
        }
        Err(message) => {
            output::eprint(message);
            Exit::Unusable
        }
    }
}

fn set(root: &Path, asked: Option<&Version>) -> Result<String, String> {
    let current = manifest::version(root)?;
    let version = match asked {
        Some(version) => version.clone(),
        None => {
            let release = regen::release(root)?;
            if release.version_ready == Some(true) {
                return Ok(format!("The version is {current}: the changes ask for no other."));
            }
            release
                .required_version
                .ok_or("the version of the last release is not known: name the one to set")?
        }
    };
    let files = manifest::set(root, &version)?;
    if files.is_empty() {
        return Ok(format!("The version is {version} already."));
    }
    Ok(format!("The version was {current} and is {version}: wrote {}.", files.join(", ")))
}
