//! `cargo xtask`: the maintainer's commands of the workspace.
//!
//! Each command is a module with one `run`, which gives the exit status; what it prints it has
//! first gathered as data. Nothing here depends on `cx-client`: the commands work while the
//! OpenAPI document is broken.
#![forbid(unsafe_code)]

mod changelog;
mod cli;
mod diff;
mod docs;
mod exit;
mod lint;
mod manifest;
mod output;
mod regen;
mod release;
mod source;
mod version;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    cli::Cli::parse().run().into()
}
