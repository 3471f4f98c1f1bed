//! Many calls against a server that misbehaves at random, and a comparison of what the client
//! claimed with what the server saw.
//!
//! Exits with 1 if the two contradict each other, a call rang twice, or a task panicked.
#![forbid(unsafe_code)]

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use cx_client_tests::soak::{self, Plan};

/// Places calls against a server that misbehaves at random, and compares what the client claims
/// with what the server saw.
#[derive(Parser)]
struct Arguments {
    /// How many calls to place.
    #[arg(long, default_value_t = 20_000)]
    calls: usize,
    /// How many calls are in flight at once, at most.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..))]
    in_flight: u32,
    /// Where the choice of faults begins; random if not given.
    #[arg(long)]
    seed: Option<u64>,
    /// Place no new call after this many seconds.
    #[arg(long, value_name = "MAX")]
    seconds: Option<u64>,
}

#[tokio::main]
async fn main() -> io::Result<ExitCode> {
    let arguments = Arguments::parse();
    let seed = arguments.seed.unwrap_or_else(|| fastrand::u64(..));
    let plan = Plan { calls: arguments.calls, in_flight: arguments.in_flight as usize, seed };
    let started = Instant::now();
    let report = soak::run_within(plan, arguments.seconds.map(Duration::from_secs)).await?;
    let mut out = io::stdout().lock();
    writeln!(out, "{report}")?;
    let seconds = started.elapsed().as_secs_f64();
    writeln!(out, "seed: {seed}, in flight: {}, {seconds:.1} s", plan.in_flight)?;
    if report.calls < plan.calls {
        writeln!(out, "stopped after {} of {} calls: time is up", report.calls, plan.calls)?;
    }
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
