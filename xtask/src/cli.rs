//! The commands and their arguments.

use clap::{Parser, Subcommand};

use crate::conformance;
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
    /// Checks `openapi.yaml` and the client with tools that others wrote: Redocly, Spectral, Prism.
    ///
    /// It needs Node.js 22.12 or later (or 20.19 or a later 20), npm 10 or later and, the first
    /// time, the npm registry; where one is missing it says so and skips. Pinned versions are
    /// installed into the target folder, without scripts and telemetry.
    ///
    /// Exits 0 if all is well or it skips, 1 if a check fails, 2 if one could not be made.
    Conformance(conformance::Arguments),
}

impl Cli {
    /// Runs the command.
    pub fn run(self) -> Exit {
        match self.command {
            Command::Conformance(arguments) => conformance::run(&arguments),
        }
    }
}
