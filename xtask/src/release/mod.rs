//! `cargo xtask release VERSION`: is everything ready for this release? It says the commands that
//! publish, and never publishes by itself.

mod checks;

use std::path::Path;

use semver::Version;

use crate::exit::Exit;
use crate::manifest::PUBLISHED;
use crate::output;
use crate::source::{self, Workspace};

/// The arguments of `cargo xtask release`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The version to release, for example 0.2.0.
    version: Version,
    /// Only look: the tree need not be clean, and nothing is packaged.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    workspace: Workspace,
}

/// Checks everything, and reports all that is missing at once.
pub(crate) fn run(arguments: &Arguments) -> Exit {
    let root = match arguments.workspace.root() {
        Ok(root) => root,
        Err(problem) => {
            output::eprint(problem);
            return Exit::Unusable;
        }
    };
    let version = &arguments.version;
    let mut problems = checks::all(&root, version, arguments.dry_run);
    if problems.is_empty()
        && !arguments.dry_run
        && let Err(problem) = package(&root)
    {
        problems.push(problem);
    }
    if !problems.is_empty() {
        output::print(format!("{version} is not ready:"));
        for problem in &problems {
            output::print(format!("  - {problem}"));
        }
        return Exit::Findings;
    }
    output::print(format!("{version} is ready. Nothing was published. To release it:\n"));
    output::print(format!(
        "  git tag -a v{version} -m 'Release {version}'\n  git push origin v{version}"
    ));
    for name in PUBLISHED {
        output::print(format!("  cargo publish --locked -p {name}"));
    }
    Exit::Success
}

/// Packages the published crates, and builds them from their packages.
fn package(root: &Path) -> Result<(), String> {
    let mut arguments = vec!["package", "--locked", "--quiet"];
    for name in PUBLISHED {
        arguments.extend(["-p", name]);
    }
    source::cargo(root, &arguments).map(drop)
}
