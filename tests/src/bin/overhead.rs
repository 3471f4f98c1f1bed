//! What a call costs through each client, counted rather than timed.
//!
//! `overhead compare` has every client place calls under Valgrind, which counts instructions and
//! allocations exactly, and then many calls at once, for calls per second, processor time and peak
//! memory, and prints the ratios. `overhead run` and `overhead turns` are the processes that it
//! starts for that.
#![forbid(unsafe_code)]

use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use clap::{Args, Parser, Subcommand, ValueEnum as _};
use cx_client_tests::canned_server::{CannedServer, Pace};
use cx_client_tests::contenders::{Contender, order, place_many};
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
    /// Place calls through one client, against a server on another thread, and print the peak
    /// memory in KiB.
    Run(Run),
    /// Place calls through every client in turns, and print for each calls per second and
    /// nanoseconds of processor time of a call.
    Turns(Turns),
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
struct Turns {
    /// How many turns each client has.
    #[arg(long, default_value_t = 12)]
    turns: usize,
    /// How many calls it places in each.
    #[arg(long, default_value_t = 2_000)]
    calls: usize,
    /// How many of them are in flight at once.
    #[arg(long, default_value_t = 256)]
    in_flight: usize,
    /// What carries the calls.
    #[arg(long, default_value = "http")]
    over: Over,
}

#[derive(Args)]
struct Compare {
    /// How many calls Valgrind counts, besides as many that are taken off.
    #[arg(long, default_value_t = 1000)]
    calls: usize,
    /// How many calls the runs for memory place.
    #[arg(long, default_value_t = 10_000)]
    many: usize,
    /// How many calls are in flight at once there, and where calls per second are measured.
    #[arg(long, default_value_t = 256)]
    in_flight: usize,
    /// How many processes measure calls per second in turns, and each client's memory.
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(6..))]
    rounds: u32,
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
        Action::Turns(turns) => turns.run(),
        Action::Compare(compare) => compare.run(),
    }
}

fn place(run: &Run) -> Result<()> {
    let server =
        if run.refused { CannedServer::refusing_with_16_kib()? } else { accepting(run.over)? };
    let caller = run.contender.caller(&server.url())?;
    if run.in_flight == 1 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            for _ in 0..run.calls {
                if run.refused {
                    caller.refused_call().await?;
                } else {
                    caller.call().await?;
                }
            }
            Ok::<_, Box<dyn Error>>(())
        })?;
    } else {
        two_threads()?.block_on(place_many(&caller, run.calls, run.in_flight))?;
    }
    writeln!(io::stdout(), "{}", process::peak_memory()?)?;
    Ok(())
}

fn accepting(over: Over) -> Result<CannedServer> {
    let success = documented_response_body().to_string();
    Ok(CannedServer::start_over(over, 200, &success, Pace::AtOnce)?)
}

fn two_threads() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()
}

/// One figure for each client.
type Figures = [f64; Contender::ALL.len()];

impl Turns {
    fn run(&self) -> Result<()> {
        let server = accepting(self.over)?;
        let runtime = two_threads()?;
        let callers = Contender::ALL.map(|contender| contender.caller(&server.url()));
        let callers = callers.into_iter().collect::<io::Result<Vec<_>>>()?;
        for caller in &callers {
            // Makes the connections.
            runtime.block_on(place_many(caller, self.calls, self.in_flight))?;
        }
        let mut figures: [[Vec<f64>; Contender::ALL.len()]; 2] = Default::default();
        for turn in 0..self.turns {
            for at in order(turn) {
                // The server's thread does the same for all.
                let used = process::processor_time_without("server")?;
                let started = Instant::now();
                runtime.block_on(place_many(&callers[at], self.calls, self.in_flight))?;
                let seconds = started.elapsed().as_secs_f64();
                let used = process::processor_time_without("server")? - used;
                figures[0][at].push(self.calls as f64 / seconds);
                figures[1][at].push(used as f64 / self.calls as f64);
            }
        }
        for of_kind in figures {
            let of_kind = of_kind.map(|figures| format!("{:.0}", median(figures)));
            writeln!(io::stdout(), "{}", of_kind.join(" "))?;
        }
        Ok(())
    }
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
                        // What stands before and after the calls is in both runs. How often a task
                        // is polled depends on when the server is ready: the median of a few.
                        let counts = (0..3).map(|_| {
                            Ok((run(2 * self.calls)? - run(self.calls)?) as f64 / self.calls as f64)
                        });
                        Ok(median(counts.collect::<Result<_>>()?))
                    })
                    .into_iter()
                    .collect::<Result<Vec<f64>>>()
            };
            row(out, &format!("{title}: instructions"), &counted(instructions)?)?;
            row(out, &format!("{title}: allocations"), &counted(allocations)?)?;
        }
        Ok(())
    }

    /// Calls per second, processor time and memory. Within a process the clients take turns, so
    /// that what the machine does meanwhile meets all of them; each process is one pair, whatever
    /// its layout in memory favours. Memory is measured by processes of one client each, in turns.
    fn measure(&self, over: Over, out: &mut impl io::Write) -> Result<()> {
        let mut figures: [Vec<Figures>; 3] = Default::default();
        for round in 0..self.rounds {
            let turns = format!("turns --over={} --in-flight={}", name(over), self.in_flight);
            let printed = this_program(turns.split(' '))?;
            for (of_kind, line) in figures.iter_mut().zip(printed.lines()) {
                let mut of_round = Figures::default();
                for (figure, text) in of_round.iter_mut().zip(line.split(' ')) {
                    *figure = text.parse()?;
                }
                of_kind.push(of_round);
            }
            let mut peaks = Figures::default();
            for at in order(round as usize) {
                let contender = Contender::ALL[at];
                let run = arguments(contender, over, self.many, self.in_flight, false);
                peaks[at] = this_program(run.iter().map(String::as_str))?.trim().parse()?;
            }
            figures[2].push(peaks);
        }
        writeln!(out, "{over:?}, {} in flight, {} pairs", self.in_flight, self.rounds)?;
        for (kind, of_kind) in ["calls per second", "processor ns", "peak KiB"].iter().zip(&figures)
        {
            intervals(out, kind, of_kind)?;
        }
        Ok(())
    }
}

/// Runs this program; gives what it printed.
fn this_program<'a>(arguments: impl Iterator<Item = &'a str>) -> Result<String> {
    let output = Command::new(std::env::current_exe()?).args(arguments).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn name(over: Over) -> String {
    over.to_possible_value().map(|over| over.get_name().to_owned()).unwrap_or_default()
}

fn arguments(
    contender: Contender,
    over: Over,
    calls: usize,
    in_flight: usize,
    refused: bool,
) -> Vec<String> {
    let mut arguments = vec!["run".to_owned(), contender.name().to_owned()];
    arguments.extend([format!("--calls={calls}"), format!("--in-flight={in_flight}")]);
    arguments.push(format!("--over={}", name(over)));
    arguments.extend(refused.then(|| "--refused".to_owned()));
    arguments
}

fn row(out: &mut impl io::Write, title: &str, values: &[f64]) -> Result<()> {
    let handwritten = values[Contender::BASE];
    write!(out, "{title:<54}")?;
    for (contender, value) in Contender::ALL.iter().zip(values) {
        write!(out, "  {} {:.3} ({value:.1})", contender.name(), value / handwritten)?;
    }
    writeln!(out)?;
    out.flush()?;
    Ok(())
}

/// The median of the ratios of the pairs, with its interval of 95 % confidence, and that of the
/// figures.
fn intervals(out: &mut impl io::Write, kind: &str, rounds: &[Figures]) -> Result<()> {
    write!(out, "  {kind:<18}")?;
    for (at, contender) in Contender::ALL.iter().enumerate() {
        let value = median(rounds.iter().map(|round| round[at]).collect());
        let ratios: Vec<f64> =
            rounds.iter().map(|round| round[at] / round[Contender::BASE]).collect();
        let (low, high) = median_interval(&ratios);
        let middle = median(ratios);
        write!(out, "  {} {middle:.3} [{low:.3}, {high:.3}] ({value:.0})", contender.name())?;
    }
    writeln!(out)?;
    out.flush()?;
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len().is_multiple_of(2) {
        (values[middle - 1] + values[middle]) / 2.0
    } else {
        values[middle]
    }
}

/// The interval in which the median of the population lies with 95 % confidence, whatever its
/// distribution: how many of a sample are below it follows the binomial distribution, which is close
/// to the normal one for six values and more.
fn median_interval(values: &[f64]) -> (f64, f64) {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let count = sorted.len() as f64;
    // The rank, from 1, of the value at the lower end.
    let rank = ((count - 1.96 * count.sqrt()) / 2.0).floor().max(1.0) as usize;
    (sorted[rank - 1], sorted[sorted.len() - rank])
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
