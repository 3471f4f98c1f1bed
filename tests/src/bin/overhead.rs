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

use clap::{Args, Parser, Subcommand, ValueEnum as _};
use cx_client_tests::canned_server::{CannedServer, Pace};
use cx_client_tests::contenders::{Contender, place_many, place_one};
use cx_client_tests::misbehaving_server::Over;
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
    /// Have each call refused with a 422 and a body of 16 KiB, over HTTP.
    #[arg(long)]
    refused: bool,
    /// What carries the calls.
    #[arg(long, default_value = "http")]
    over: Over,
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
    /// How often every client is measured for throughput and memory, in turns.
    #[arg(long, default_value_t = 40)]
    rounds: usize,
    /// What carries those calls; each in turn if not given.
    #[arg(long)]
    over: Vec<Over>,
    /// Leave out what Valgrind counts.
    #[arg(long)]
    throughput_only: bool,
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Action::Run(run) => place(&run),
        Action::Compare(compare) => compare.run(),
    }
}

/// Prints calls per second, processor time of a call in nanoseconds (without the server's), and peak
/// memory in KiB.
fn place(run: &Run) -> Result<()> {
    let server = if run.refused {
        CannedServer::refusing_with_16_kib()?
    } else {
        let success = documented_response_body().to_string();
        CannedServer::start_over(run.over, 200, &success, Pace::AtOnce)?
    };
    let caller = run.contender.caller(&server.url())?;
    let mut runtime = if run.in_flight == 1 {
        tokio::runtime::Builder::new_current_thread()
    } else {
        tokio::runtime::Builder::new_multi_thread()
    };
    let runtime = runtime.worker_threads(2).enable_all().build()?;
    let used = process::processor_time_without("server")?;
    let started = Instant::now();
    if run.in_flight == 1 {
        runtime.block_on(async {
            for _ in 0..run.calls {
                place_one(&caller, run.refused).await?;
            }
            Ok::<_, Box<dyn Error>>(())
        })?;
    } else {
        runtime.block_on(place_many(&caller, run.calls, run.in_flight, run.refused))?;
    }
    let per_second = run.calls as f64 / started.elapsed().as_secs_f64();
    let used = process::processor_time_without("server")? - used;
    let peak = process::peak_memory()?;
    writeln!(io::stdout(), "{per_second:.0} {} {peak}", used / run.calls as u64)?;
    Ok(())
}

impl Compare {
    fn run(&self) -> Result<()> {
        let mut out = io::stdout().lock();
        writeln!(out, "ratios to the hand-written client\n")?;
        if !self.throughput_only {
            self.count(&mut out)?;
        }
        let all = if self.over.is_empty() { Over::value_variants() } else { &self.over };
        all.iter().try_for_each(|over| self.measure(*over, &mut out))
    }

    fn count(&self, out: &mut impl io::Write) -> Result<()> {
        for (title, refused) in [("one call", false), ("one call refused, 16 KiB", true)] {
            let counted = |count: fn(&[String]) -> Result<u64>| {
                Contender::ALL
                    .map(|contender| {
                        let run =
                            |calls| count(&arguments(contender, Over::Http, calls, 1, refused));
                        // What stands before and after the calls is in both runs.
                        Ok((run(2 * self.calls)? - run(self.calls)?) as f64 / self.calls as f64)
                    })
                    .into_iter()
                    .collect::<Result<Vec<f64>>>()
            };
            row(out, &format!("{title}: instructions"), &counted(instructions)?)?;
            row(out, &format!("{title}: allocations"), &counted(allocations)?)?;
        }
        Ok(())
    }

    /// Throughput, processor time and memory, every client in turn, in each round in another order: what the
    /// machine does meanwhile meets all of them.
    fn measure(&self, over: Over, out: &mut impl io::Write) -> Result<()> {
        let mut figures = [const { [const { Vec::new() }; 3] }; 3];
        for round in 0..self.rounds {
            for turn in 0..Contender::ALL.len() {
                let at = (round + turn) % Contender::ALL.len();
                let contender = Contender::ALL[at];
                let arguments = arguments(contender, over, self.many, self.in_flight, false);
                let output = Command::new(std::env::current_exe()?).args(arguments).output()?;
                if !output.status.success() {
                    return Err(String::from_utf8_lossy(&output.stderr).into());
                }
                let text = String::from_utf8(output.stdout)?;
                for (of_kind, figure) in figures.iter_mut().zip(text.split_whitespace()) {
                    of_kind[at].push(figure.parse::<f64>()?);
                }
            }
        }
        let title = format!("{} calls, {} in flight, {over:?}", self.many, self.in_flight);
        for (kind, of_kind) in ["calls/s", "processor ns", "peak KiB"].iter().zip(&figures) {
            intervals(out, &format!("{title}: {kind}"), of_kind)?;
        }
        Ok(())
    }
}

fn arguments(
    contender: Contender,
    over: Over,
    calls: usize,
    in_flight: usize,
    refused: bool,
) -> Vec<String> {
    let over = over.to_possible_value().map(|over| over.get_name().to_owned()).unwrap_or_default();
    let mut arguments = vec!["run".to_owned(), contender.name().to_owned()];
    arguments.extend([format!("--calls={calls}"), format!("--in-flight={in_flight}")]);
    arguments.push(format!("--over={over}"));
    arguments.extend(refused.then(|| "--refused".to_owned()));
    arguments
}

fn row(out: &mut impl io::Write, title: &str, values: &[f64]) -> Result<()> {
    let handwritten = values[1];
    write!(out, "{title:<54}")?;
    for (contender, value) in Contender::ALL.iter().zip(values) {
        write!(out, "  {} {:.3} ({value:.1})", contender.name(), value / handwritten)?;
    }
    writeln!(out)?;
    out.flush()?;
    Ok(())
}

/// The median of the ratios of each round, with its interval of 95 % confidence.
fn intervals(out: &mut impl io::Write, title: &str, values: &[Vec<f64>; 3]) -> Result<()> {
    write!(out, "{title:<54}")?;
    for (contender, of_one) in Contender::ALL.iter().zip(values) {
        let mut ratios: Vec<f64> =
            of_one.iter().zip(&values[1]).map(|(value, handwritten)| value / handwritten).collect();
        ratios.sort_by(f64::total_cmp);
        let mut sorted = of_one.clone();
        sorted.sort_by(f64::total_cmp);
        let (low, high) = median_interval(&ratios);
        let (middle, value) = (ratios[ratios.len() / 2], sorted[sorted.len() / 2]);
        write!(out, "  {} {middle:.3} [{low:.3}, {high:.3}] ({value:.0})", contender.name())?;
    }
    writeln!(out)?;
    out.flush()?;
    Ok(())
}

/// The interval in which the median lies with 95 % confidence, whatever the distribution: how many
/// of the sorted values are below the median follows the binomial distribution.
fn median_interval(sorted: &[f64]) -> (f64, f64) {
    let count = sorted.len() as f64;
    let outside = ((count - 1.96 * count.sqrt()) / 2.0).floor().max(0.0) as usize;
    (sorted[outside.saturating_sub(1)], sorted[sorted.len() - outside.max(1)])
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
