//! The commands and their arguments.

use clap::{Parser, Subcommand};

use crate::exit::Exit;
use crate::{diff, docs, lint, regen, release, version};

/// The maintainer's commands of the cx-client workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Shows what changed between two documents: on the wire, and for Rust code.
    Diff(diff::Arguments),
    /// Checks an OpenAPI document: is it valid, can the generator use it, does it keep our rules?
    ///
    /// Exits 0 if there is no error, 1 if there is one, 2 if the file cannot be read.
    Lint(lint::Arguments),
    /// Brings everything that is derived from `openapi.yaml` up to date, and says what changed.
    ///
    /// What it writes compiles, with every feature; it is compiled first, which takes a minute the
    /// first time.
    ///
    /// Exits 0 if all is well, 1 if the document has errors, what is generated from it does not
    /// compile, or something is stale (with `--check`), 2 if the base or a file of the workspace
    /// cannot be used.
    Regen(regen::Arguments),
    /// Sets the version of the workspace: the one that the changes ask for, or the one given.
    ///
    /// Exits 0 if it is set, 2 if it cannot be, or if the one asked for is not known.
    Version(version::Arguments),
    /// Says whether a release is ready, and the commands that publish it; publishes nothing.
    ///
    /// Exits 0 if it is ready, 1 if something is missing, 2 if this is no workspace.
    Release(release::Arguments),
    /// Shows where the OpenAPI document differs from documentation pages.
    Docs(docs::Arguments),
}

impl Cli {
    /// Runs the command.
    pub(crate) fn run(self) -> Exit {
        match self.command {
            Command::Diff(arguments) => diff::run(&arguments),
            Command::Lint(arguments) => lint::run(&arguments),
            Command::Regen(arguments) => regen::run(&arguments),
            Command::Version(arguments) => version::run(&arguments),
            Command::Release(arguments) => release::run(&arguments),
            Command::Docs(arguments) => docs::run(&arguments),
        }
    }
}
