//! Many calls in flight at once through one client, and what they hold of the system.
//!
//! The server responds to none before all have arrived, so all of them are in flight together. It is
//! part of this process: half of the file descriptors, and some of the memory, are its own.
#![forbid(unsafe_code)]

use std::error::Error;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use cx_client::Client;
use cx_client_tests::canned_server::{CannedServer, Pace};
use cx_client_tests::{documented_request, documented_response_body, process};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Places calls that are all in flight at once, and prints what they hold of the system.
#[derive(Parser)]
struct Arguments {
    /// How many calls.
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u32).range(1..))]
    calls: u32,
    /// How often; the connections of one time serve the next.
    #[arg(long, default_value_t = 3)]
    rounds: u32,
}

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments = Arguments::parse();
    let calls = arguments.calls as usize;
    let mut out = io::stdout().lock();
    let server =
        CannedServer::start(200, &documented_response_body().to_string(), Pace::Together(calls))?;
    let client = Client::builder()
        .credentials("username", "password")
        .base_url(server.url())
        .proxy_from_env(false)
        .connect_timeout(Duration::from_secs(60))
        .build()?;
    let before = (process::file_descriptors()?, process::memory()?);
    let mut completed = 0;
    for _ in 0..arguments.rounds {
        let started = Instant::now();
        let mut tasks = JoinSet::new();
        for _ in 0..calls {
            let client = client.clone();
            tasks
                .spawn(async move { client.create_call().body(documented_request()).send().await });
        }
        while let Some(result) = tasks.join_next().await {
            match result? {
                Ok(_) => completed += 1,
                Err(error) => writeln!(out, "failed: {error}")?,
            }
        }
        writeln!(
            out,
            "in flight: {calls}, completed: {completed}, connections made: {}, file descriptors: {} \
             (before: {}), resident KiB: {} (before: {}), {:.2} s",
            server.accepted_connections(),
            process::file_descriptors()?,
            before.0,
            process::memory()?,
            before.1,
            started.elapsed().as_secs_f64(),
        )?;
    }
    drop(client);
    // The connections close in the background.
    let closed = Instant::now();
    while server.open_connections() > 0 && closed.elapsed() < Duration::from_secs(30) {
        sleep(Duration::from_millis(10)).await;
    }
    let after = process::file_descriptors()?;
    let peak = process::peak_memory()?;
    writeln!(
        out,
        "without the client: file descriptors: {after} (before: {}), peak KiB: {peak}",
        before.0
    )?;
    let all = completed == calls * arguments.rounds as usize;
    Ok(if all && after <= before.0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
