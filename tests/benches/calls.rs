//! The time of a call through each client, beside each other.
//!
//! While one client is measured the others take turns with it, so that whatever else the machine
//! does meets all of them. Criterion reports the time of each; the ratios, each of calls that were
//! made in the same moments, are printed at the end.

use std::error::Error;
use std::io;
use std::time::{Duration, Instant};

use criterion::{Criterion, SamplingMode};
use cx_client_tests::canned_server::{CannedServer, Pace};
use cx_client_tests::contenders::{Caller, Contender, order};
use cx_client_tests::documented_response_body;
use tokio::runtime::Builder;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// How many calls a client makes before it is the next one's turn.
const TURN: u64 = 20;

/// What is measured.
#[derive(Clone, Copy)]
enum Work {
    OneCall,
    OneRefusedCall,
}

impl Work {
    fn title(self) -> &'static str {
        match self {
            Self::OneCall => "one call",
            Self::OneRefusedCall => "one call refused, 16 KiB",
        }
    }

    fn server(self) -> io::Result<CannedServer> {
        match self {
            Self::OneRefusedCall => CannedServer::refusing_with_16_kib(),
            Self::OneCall => {
                let body = documented_response_body().to_string();
                CannedServer::start(200, &body, Pace::AtOnce)
            }
        }
    }

    async fn once(self, caller: &Caller) -> Result<()> {
        match self {
            Self::OneCall => caller.call().await,
            Self::OneRefusedCall => caller.refused_call().await.map(|_| ()),
        }
    }
}

/// The times of all clients, of measurements of the same number of calls.
type Measurements = Vec<[Duration; Contender::ALL.len()]>;

fn main() -> Result<()> {
    let mut criterion = Criterion::default().configure_from_args();
    let mut out = io::stdout().lock();
    for work in [Work::OneCall, Work::OneRefusedCall] {
        let measurements = measure(&mut criterion, work)?;
        if !measurements.is_empty() {
            report(&mut out, work.title(), &measurements)?;
        }
    }
    criterion.final_summary();
    Ok(())
}

fn measure(criterion: &mut Criterion, work: Work) -> Result<Measurements> {
    let server = work.server()?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let callers: Vec<Caller> = Contender::ALL
        .iter()
        .map(|contender| contender.caller(&server.url()))
        .collect::<io::Result<_>>()?;
    let mut measurements = Measurements::new();
    let mut problem = None;
    let mut group = criterion.benchmark_group(work.title());
    group.sampling_mode(SamplingMode::Flat);
    for (at, contender) in Contender::ALL.iter().enumerate() {
        group.bench_function(contender.name(), |bencher| {
            bencher.iter_custom(|iterations| {
                match runtime.block_on(in_turns(work, &callers, iterations)) {
                    Ok(times) => {
                        measurements.push(times);
                        times[at]
                    }
                    Err(error) => {
                        problem = Some(error);
                        Duration::MAX
                    }
                }
            });
        });
    }
    group.finish();
    match problem {
        Some(error) => Err(error),
        None => Ok(measurements),
    }
}

/// Does the work `iterations` times with each client, a few times each in turn.
async fn in_turns(
    work: Work,
    callers: &[Caller],
    iterations: u64,
) -> Result<[Duration; Contender::ALL.len()]> {
    let mut times = [Duration::ZERO; Contender::ALL.len()];
    let (mut left, mut turns) = (iterations, 0);
    while left > 0 {
        let turn = left.min(TURN);
        for at in order(turns) {
            let started = Instant::now();
            for _ in 0..turn {
                work.once(&callers[at]).await?;
            }
            times[at] += started.elapsed();
        }
        left -= turn;
        turns += 1;
    }
    Ok(times)
}

/// Prints the median and the quartiles of the ratios to the hand-written client.
fn report(out: &mut impl io::Write, title: &str, measurements: &Measurements) -> io::Result<()> {
    writeln!(out, "\n{title}: time, as a ratio to the hand-written client")?;
    for (at, contender) in Contender::ALL.iter().enumerate() {
        let mut ratios: Vec<f64> = measurements
            .iter()
            .map(|times| times[at].as_secs_f64() / times[Contender::BASE].as_secs_f64())
            .collect();
        ratios.sort_by(f64::total_cmp);
        let quantile = |part: usize| ratios[(ratios.len() - 1) * part / 4];
        writeln!(
            out,
            "  {:<12} {:.3} (quartiles {:.3} to {:.3}, {} measurements)",
            contender.name(),
            quantile(2),
            quantile(1),
            quantile(3),
            ratios.len(),
        )?;
    }
    writeln!(out)
}
