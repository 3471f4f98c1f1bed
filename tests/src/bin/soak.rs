//! Many calls against a server that misbehaves at random, and a comparison of what the client
//! claimed with what the server saw.
//!
//! Exits with 1 if the two contradict each other, a call rang twice, a task panicked, or something
//! is still held at the end.
#![forbid(unsafe_code)]

use std::io::{self, Write as _};
use std::net::IpAddr;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum as _};
use cx_client_tests::soak::{self, Held, Over, Plan};

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
    /// What carries the calls; each in turn if not given.
    #[arg(long)]
    over: Vec<Over>,
    /// Have the server behave, and listen at the first address, and the client reach it at the
    /// second: what lies between the two misbehaves (see tests/lossy_network.py).
    #[arg(long, num_args = 2, value_names = ["LISTEN", "REACH"])]
    link: Vec<IpAddr>,
    /// How long an attempt may take, in milliseconds; a connection may take half of that. If not
    /// given, 400 over HTTP, and 2000 over everything else.
    #[arg(long, value_name = "MILLISECONDS")]
    timeout: Option<u64>,
}

#[tokio::main]
async fn main() -> io::Result<ExitCode> {
    let arguments = Arguments::parse();
    let seed = arguments.seed.unwrap_or_else(|| fastrand::u64(..));
    let every = if arguments.over.is_empty() { Over::value_variants() } else { &arguments.over };
    let mut clean = true;
    for over in every {
        let faults = Plan::of_faults(*over, arguments.calls, arguments.in_flight as usize, seed);
        let plan = Plan {
            limit: arguments.seconds.map(Duration::from_secs),
            timeout: arguments.timeout.map_or(faults.timeout, Duration::from_millis),
            link: arguments.link.first().copied().zip(arguments.link.get(1).copied()),
            ..faults
        };
        clean &= run(plan).await?;
    }
    Ok(if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn run(plan: Plan) -> io::Result<bool> {
    let held = Held::now()?;
    let started = Instant::now();
    let report = soak::run(plan).await?;
    let seconds = started.elapsed().as_secs_f64();
    let leaked = held.leaked(Duration::from_secs(10)).await?;
    let mut out = io::stdout().lock();
    writeln!(out, "== over {:?}\n\n{report}", plan.over)?;
    writeln!(out, "leaked: {} file descriptors, {} tasks", leaked.descriptors, leaked.tasks)?;
    writeln!(out, "seed: {}, in flight: {}, {seconds:.1} s\n", plan.seed, plan.in_flight)?;
    if report.calls < plan.calls {
        writeln!(out, "stopped after {} of {} calls: time is up\n", report.calls, plan.calls)?;
    }
    Ok(report.is_clean() && leaked == Held { descriptors: 0, tasks: 0 })
}
