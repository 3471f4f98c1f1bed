//! The commands and their arguments.

use clap::{Parser, Subcommand};

use crate::exit::Exit;
use crate::{diff, docs};

/// The maintainer's commands of the cx-client workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Shows what changed between two documents: on the wire, and for Rust code.
    Diff(diff::Arguments),
    /// Shows where the OpenAPI document does not say what documentation pages say.
    Docs(docs::Arguments),
}

impl Cli {
    /// Runs the command.
    pub fn run(self) -> Exit {
        match self.command {
            Command::Diff(arguments) => diff::run(&arguments),
            Command::Docs(arguments) => docs::run(&arguments),
        }
    }
}
