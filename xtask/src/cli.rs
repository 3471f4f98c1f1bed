//! The commands and their arguments.

use clap::{Parser, Subcommand};

use crate::exit::Exit;
use crate::{build_cost, conformance, corpus, diff, docs, lint, regen, release, survey, version};

/// The maintainer's commands of the cx-client workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Measures how long a cold build of the client takes, beside a client written by hand.
    BuildCost(build_cost::Arguments),
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
    /// Exits 0 if it is set, 2 if it cannot be, or if it cannot be told which one is asked for.
    Version(version::Arguments),
    /// Says whether a release is ready, and the commands that publish it; publishes nothing.
    ///
    /// Exits 0 if it is ready, 1 if something is missing, 2 if this is no workspace.
    Release(release::Arguments),
    /// Checks `openapi.yaml` and the client with tools that others wrote: Redocly, Spectral, Prism.
    ///
    /// It needs Node.js 22.12 or later (or 20.19 or a later 20) with npm 10 or later and, the first
    /// time, the npm registry.
    ///
    /// Exits 0 if every check passed, 1 if one failed, 2 if one could not be run.
    Conformance,
    /// Shows where the OpenAPI document differs from documentation pages.
    Docs(docs::Arguments),
    /// Generates, compiles and calls the clients of random valid documents, and says how many are
    /// refused and how many are faults.
    ///
    /// Each call goes to a server in the same process, which compares what arrives with what
    /// OpenAPI's rules of serialization say. Exits 0 if there is no fault, 1 if there is one, 2 if
    /// nothing can be compiled.
    Corpus(corpus::Arguments),
    /// Says of each document in a folder whether the generator serves it, or what it refuses and where.
    ///
    /// Exits 0 if every document is served or refused at its place, 1 if the generator is at fault
    /// with one, 2 if a folder cannot be read.
    Survey(survey::Arguments),
}

impl Cli {
    /// Runs the command.
    pub fn run(self) -> Exit {
        match self.command {
            Command::BuildCost(arguments) => build_cost::run(&arguments),
            Command::Diff(arguments) => diff::run(&arguments),
            Command::Lint(arguments) => lint::run(&arguments),
            Command::Regen(arguments) => regen::run(&arguments),
            Command::Version(arguments) => version::run(&arguments),
            Command::Release(arguments) => release::run(&arguments),
            Command::Conformance => conformance::run(),
            Command::Docs(arguments) => docs::run(&arguments),
            Command::Corpus(arguments) => corpus::run(&arguments),
            Command::Survey(arguments) => survey::run(&arguments),
        }
    }
}
