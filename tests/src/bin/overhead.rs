//! What a call costs through each client, counted rather than timed.
//!
//! `overhead run` places calls through one client and prints what it saw of them. `overhead
//! compare` runs that for every client under Valgrind, which counts instructions and allocations
//! exactly, and then plainly for throughput and peak memory, and prints the ratios.
#![forbid(unsafe_code)]

use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use clap::{Args, Parser, Subcommand};
use cx_client_tests::canned_server::{CannedServer, Pace};
use cx_client_tests::contenders::{Contender, place_many, place_one};
use cx_client_tests::{documented_response_body, process};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What a call costs through each client, counted rather than timed.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Place calls through one client, against a server on another thread.
    Run(Run),
    /// Run every client, and print instructions, allocations, throughput and memory as ratios.
    Compare(Compare),
}

#[derive(Args)]
struct Run {
    /// The client.
    contender: Contender,
    /// How many calls to place.
    #[arg(long, default_value_t = 1000)]
    calls: usize,
    /// How many calls are in flight at once; 1 uses one thread for the client, more use two.
    #[arg(long, default_value_t = 1)]
    in_flight: usize,
    /// Have each call refused with a 422 and a body of 16 KiB.
    #[arg(long)]
    refused: bool,
}

#[derive(Args)]
struct Compare {
    /// How many calls Valgrind counts, besides as many that are taken off.
    #[arg(long, default_value_t = 1000)]
    calls: usize,
    /// How many calls the runs for throughput place.
    #[arg(long, default_value_t = 10_000)]
    many: usize,
    /// How many calls those have in flight at once.
    #[arg(long, default_value_t = 256)]
    in_flight: usize,
    /// How often throughput is measured; the median counts.
    #[arg(long, default_value_t = 9)]
    rounds: usize,
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Action::Run(run) => place(&run),
        Action::Compare(compare) => compare.run(),
    }
}

/// Prints calls per second and peak memory in KiB.
fn place(run: &Run) -> Result<()> {
    let server = if run.refused {
        CannedServer::refusing_with_16_kib()?
    } else {
        CannedServer::start(200, &documented_response_body().to_string(), Pace::AtOnce)?
    };
    let caller = run.contender.caller(&server.url())?;
    let started = Instant::now();
    if run.in_flight == 1 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            for _ in 0..run.calls {
                place_one(&caller, run.refused).await?;
            }
            Ok::<_, Box<dyn Error>>(())
        })?;
    } else {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        runtime.block_on(place_many(&caller, run.calls, run.in_flight, run.refused))?;
    }
    let per_second = run.calls as f64 / started.elapsed().as_secs_f64();
    writeln!(io::stdout(), "{per_second:.0} {}", process::peak_memory()?)?;
    Ok(())
}

impl Compare {
    fn run(&self) -> Result<()> {
        let mut out = io::stdout().lock();
        writeln!(out, "ratios to the hand-written client\n")?;
        for (title, refused) in [("one call", false), ("one call refused, 16 KiB", true)] {
            let counted = |count: fn(&[String]) -> Result<u64>| {
                Contender::ALL
                    .map(|contender| {
                        let run = |calls| count(&arguments(contender, calls, 1, refused));
                        // What stands before and after the calls is in both runs.
                        Ok((run(2 * self.calls)? - run(self.calls)?) as f64 / self.calls as f64)
                    })
                    .into_iter()
                    .collect::<Result<Vec<f64>>>()
            };
            row(&mut out, &format!("{title}: instructions"), &counted(instructions)?)?;
            row(&mut out, &format!("{title}: allocations"), &counted(allocations)?)?;
        }
        let mut speeds = [const { Vec::new() }; 3];
        let mut peaks = [const { Vec::new() }; 3];
        for round in 0..self.rounds {
            for turn in 0..Contender::ALL.len() {
                let at = (round + turn) % Contender::ALL.len();
                let arguments = arguments(Contender::ALL[at], self.many, self.in_flight, false);
                let output = Command::new(std::env::current_exe()?).args(arguments).output()?;
                let text = String::from_utf8(output.stdout)?;
                let (speed, peak) = text.trim().split_once(' ').ok_or("no figures")?;
                speeds[at].push(speed.parse::<f64>()?);
                peaks[at].push(peak.parse::<f64>()?);
            }
        }
        let title = format!("{} calls, {} in flight", self.many, self.in_flight);
        row(&mut out, &format!("{title}: calls/s"), &speeds.map(median))?;
        row(&mut out, &format!("{title}: peak KiB"), &peaks.map(median))?;
        Ok(())
    }
}

fn arguments(contender: Contender, calls: usize, in_flight: usize, refused: bool) -> Vec<String> {
    let mut arguments = vec!["run".to_owned(), contender.name().to_owned()];
    arguments.extend([format!("--calls={calls}"), format!("--in-flight={in_flight}")]);
    arguments.extend(refused.then(|| "--refused".to_owned()));
    arguments
}

fn row(out: &mut impl io::Write, title: &str, values: &[f64]) -> Result<()> {
    let handwritten = values[1];
    write!(out, "{title:<42}")?;
    for (contender, value) in Contender::ALL.iter().zip(values) {
        write!(out, "  {} {:.3} ({value:.1})", contender.name(), value / handwritten)?;
    }
    writeln!(out)?;
    out.flush()?;
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The instructions of the client's thread, which is the first.
fn instructions(arguments: &[String]) -> Result<u64> {
    let directory = std::env::temp_dir().join(format!("overhead-{}", std::process::id()));
    fs::create_dir_all(&directory)?;
    let file = directory.join("callgrind");
    let tool =
        ["--tool=callgrind", "--separate-threads=yes", "--fair-sched=yes"].map(ToOwned::to_owned);
    let target = format!("--callgrind-out-file={}", file.display());
    valgrind(&[&tool[..], &[target]].concat(), arguments)?;
    let counted = totals(&directory.join("callgrind-01"));
    fs::remove_dir_all(&directory)?;
    counted
}

fn totals(file: &Path) -> Result<u64> {
    let text = fs::read_to_string(file)?;
    let line = text.lines().find_map(|line| line.strip_prefix("totals: "));
    Ok(line.ok_or("no totals")?.trim().parse()?)
}

/// The allocations of the whole process; the server allocates nothing per request.
fn allocations(arguments: &[String]) -> Result<u64> {
    let report =
        valgrind(&["--tool=dhat".to_owned(), "--dhat-out-file=/dev/null".to_owned()], arguments)?;
    let blocks = report
        .lines()
        .find_map(|line| line.split_once("Total:"))
        .and_then(|(_, rest)| rest.split_once(" in "))
        .and_then(|(_, rest)| rest.split_whitespace().next())
        .ok_or("DHAT printed no total")?;
    Ok(blocks.replace(',', "").parse()?)
}

/// Runs this program under Valgrind; gives what Valgrind printed.
fn valgrind(tool: &[String], arguments: &[String]) -> Result<String> {
    let output = Command::new("valgrind")
        .args(tool)
        .arg(std::env::current_exe()?)
        .args(arguments)
        .output()
        .map_err(|error| format!("cannot run valgrind, which has to be installed: {error}"))?;
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(report) } else { Err(report.into()) }
}
