//! `cargo xtask build-cost`: how long a cold build of the client takes, beside that of a client
//! written by hand.

mod contender;
mod measure;
mod report;
mod timings;

use crate::exit::Exit;
use crate::{output, source};

/// The arguments of `cargo xtask build-cost`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// How often each contender is built; the median counts.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=20))]
    runs: u32,
}

/// Builds every contender from nothing, in turn, in temporary folders, and prints a report in
/// Markdown.
pub fn run(arguments: &Arguments) -> Exit {
    match measure(arguments.runs) {
        Ok(report) => {
            output::print(report);
            Exit::Success
        }
        Err(problem) => {
            output::eprint(format!("build-cost: {problem}"));
            Exit::Unusable
        }
    }
}

fn measure(runs: u32) -> Result<String, String> {
    let root = source::workspace_root()?;
    let folder = tempfile::tempdir()
        .map_err(|error| format!("a temporary folder cannot be made: {error}"))?;
    let contenders = contender::all(&root, folder.path())?;
    let mut samples = vec![Vec::new(); contenders.len()];
    for run in 1..=runs {
        for (contender, samples) in contenders.iter().zip(&mut samples) {
            output::eprint(format!("run {run} of {runs}: {}", contender.name));
            samples.push(measure::cold_build(contender)?);
        }
    }
    report::render(&contenders, &samples)
}
