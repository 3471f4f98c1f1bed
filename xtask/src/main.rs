//! `cargo xtask`: the maintainer's commands.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    xtask::cli::Cli::parse().run().into()
}
