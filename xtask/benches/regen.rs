//! How long `cargo xtask regen --check` takes on this workspace, warm: the whole process, git
//! included. It should stay under 1.5 s.
//!
//! `cargo bench --profile dev -p xtask --bench regen` measures what a maintainer waits for, since
//! `cargo xtask` is a build of the `dev` profile; without `--profile dev`, an optimised build.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 20;

fn main() -> ExitCode {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = package.parent().unwrap_or(package);
    let mut times = Vec::new();
    // The first run warms the caches of the file system.
    for run in 0..=RUNS {
        match time(root) {
            Ok(time) if run > 0 => times.push(time),
            Ok(_) => {}
            Err(problem) => {
                println!("regen --check: {problem}");
                return ExitCode::FAILURE;
            }
        }
    }
    times.sort();
    println!(
        "regen --check, {RUNS} runs: fastest {:.0?}, median {:.0?}, slowest {:.0?}",
        times[0],
        times[RUNS / 2],
        times[RUNS - 1],
    );
    ExitCode::SUCCESS
}

fn time(root: &Path) -> Result<Duration, String> {
    let start = Instant::now();
    let status = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["regen", "--check", "--root"])
        .arg(root)
        .stdout(Stdio::null())
        .status()
        .map_err(|error| format!("it cannot be run: {error}"))?;
    let time = start.elapsed();
    if status.success() {
        Ok(time)
    } else {
        Err("the tree is not up to date: run `cargo xtask regen` first".to_owned())
    }
}
