//! The commands and their arguments.

use clap::{Parser, Subcommand};

use crate::build_cost;
use crate::exit::Exit;

/// The maintainer's commands of the cx-client workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Measure what a cold build of the client costs those who depend on it.
    BuildCost(build_cost::Arguments),
}

impl Cli {
    /// Runs the command.
    pub fn run(self) -> Exit {
        match self.command {
            Command::BuildCost(arguments) => build_cost::run(&arguments),
        }
    }
}
