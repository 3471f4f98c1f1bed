//! The commands and their arguments.

use clap::{Parser, Subcommand};

use crate::exit::Exit;
use crate::{diff, lint};

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
    /// Checks an OpenAPI document: valid, within what the generator takes, up to our rules.
    ///
    /// Exits 0 if there is no error, 1 if there is one, 2 if the file cannot be read.
    Lint(lint::Arguments),
}

impl Cli {
    /// Runs the command.
    pub fn run(self) -> Exit {
        match self.command {
            Command::Diff(arguments) => diff::run(&arguments),
            Command::Lint(arguments) => lint::run(&arguments),
        }
    }
}
