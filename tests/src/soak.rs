//! Many calls at once against a server that picks faults by a seed, and a comparison of what the
//! client claims with what the server saw.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use cx_client::types::CreateCallRequest;
use cx_client::{Client, Delivery, RetryPolicy};
use tokio::sync::Semaphore;

use crate::misbehaving_server::{Fault, MisbehavingServer, Seen};
use crate::{documented_request, documented_response_body};

/// What a run of calls does.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many calls are placed.
    pub calls: usize,
    /// How many are in flight at once, at most.
    pub in_flight: usize,
    /// Where the choice of faults begins.
    pub seed: u64,
}

/// What a run has shown. `Display` is a table for people.
#[derive(Debug, Default)]
pub struct Report {
    /// How many calls were placed.
    pub calls: usize,
    /// How often a fault (of the last answer to the call) met a claim of the client.
    pub outcomes: BTreeMap<(String, String), usize>,
    /// How many calls reached the server complete this many times.
    pub requests_per_call: BTreeMap<usize, usize>,
    /// Where a claim of the client contradicts the log of the server.
    pub contradictions: Vec<String>,
    /// Calls that reached the server complete again after an answer other than 429, or none.
    pub rung_twice: Vec<String>,
    /// Calls whose task panicked.
    pub panics: usize,
}

impl Report {
    /// Whether the client kept its word: no contradiction, no call rung twice, no panic.
    pub fn is_clean(&self) -> bool {
        self.contradictions.is_empty() && self.rung_twice.is_empty() && self.panics == 0
    }
}

/// Writes rows under their titles, in columns.
fn table<const N: usize>(
    f: &mut fmt::Formatter<'_>,
    titles: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> fmt::Result {
    let rows: Vec<[String; N]> =
        std::iter::once(titles.map(ToOwned::to_owned)).chain(rows).collect();
    for row in &rows {
        let cells = row.iter().enumerate().map(|(column, cell)| {
            let width = rows.iter().map(|row| row[column].len()).max().unwrap_or_default();
            format!("{cell:width$}")
        });
        writeln!(f, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self
            .outcomes
            .iter()
            .map(|((fault, claim), count)| [fault.clone(), claim.clone(), count.to_string()]);
        table(f, ["fault (last answer)", "claim", "calls"], rows)?;
        writeln!(f)?;
        let rows = self.requests_per_call.iter();
        table(
            f,
            ["requests seen per call", "calls"],
            rows.map(|(requests, calls)| [requests.to_string(), calls.to_string()]),
        )?;
        writeln!(f)?;
        for (title, calls) in
            [("contradictions", &self.contradictions), ("rung twice", &self.rung_twice)]
        {
            writeln!(f, "{title}: {}", calls.len())?;
            calls.iter().try_for_each(|call| writeln!(f, "  {call}"))?;
        }
        writeln!(f, "panics: {}", self.panics)?;
        write!(f, "calls: {}", self.calls)
    }
}

/// Places the calls and compares.
///
/// # Errors
///
/// If the server or the client cannot be set up.
pub async fn run(plan: Plan) -> io::Result<Report> {
    run_within(plan, None).await
}

/// Places the calls, no new one after `limit`, and compares.
///
/// # Errors
///
/// As [`run`].
pub async fn run_within(plan: Plan, limit: Option<Duration>) -> io::Result<Report> {
    let started = Instant::now();
    let random = Mutex::new(fastrand::Rng::with_seed(plan.seed));
    let server = MisbehavingServer::start(documented_response_body().to_string(), move |body| {
        let mut random = random.lock().unwrap_or_else(PoisonError::into_inner);
        match body {
            None if random.u8(..) < 8 => Fault::CloseAtOnce,
            None => Fault::None,
            Some(_) if random.u8(..) < 64 => Fault::None,
            Some(_) => Fault::EVERY_KIND[random.usize(..Fault::EVERY_KIND.len())],
        }
    })
    .await?;
    let client = Client::builder()
        .credentials("username", "password")
        .base_url(server.url())
        .proxy_from_env(false)
        .timeout(Duration::from_millis(400))
        .max_response_bytes(64 * 1024)
        .retry(RetryPolicy::default().base_delay(Duration::from_millis(2)))
        .build()
        .map_err(io::Error::other)?;

    let permits = Arc::new(Semaphore::new(plan.in_flight));
    let mut tasks = Vec::with_capacity(plan.calls);
    for call in 0..plan.calls {
        let Ok(permit) = Arc::clone(&permits).acquire_owned().await else { break };
        if limit.is_some_and(|limit| started.elapsed() >= limit) {
            break;
        }
        let client = client.clone();
        tasks.push(tokio::spawn(async move {
            let request = CreateCallRequest { customer_name: name(call), ..documented_request() };
            let result = client.create_call().body(request).send().await;
            drop(permit);
            result.map(|_| ()).map_err(|error| error.delivery())
        }));
    }
    let mut claims = Vec::with_capacity(tasks.len());
    for task in tasks {
        claims.push(task.await.ok());
    }
    Ok(compare(&claims, &server.seen()))
}

fn name(call: usize) -> String {
    format!("call {call}")
}

type Claim = Result<(), Delivery>;

fn compare(claims: &[Option<Claim>], log: &[Seen]) -> Report {
    let mut by_call: HashMap<String, Vec<&Seen>> = HashMap::new();
    for seen in log {
        let body: serde_json::Value = serde_json::from_slice(&seen.body).unwrap_or_default();
        let call = body["customerName"].as_str().unwrap_or_default().to_owned();
        by_call.entry(call).or_default().push(seen);
    }
    let mut report = Report { calls: claims.len(), ..Report::default() };
    for (call, claim) in claims.iter().enumerate() {
        let seen = by_call.get(&name(call)).map_or(&[][..], Vec::as_slice);
        let last = seen.last();
        let status = last.and_then(|seen| seen.status);
        let Some(claim) = claim else {
            report.panics += 1;
            continue;
        };
        let (text, holds) = match claim {
            Ok(()) => ("success", matches!(status, Some(200..=299))),
            Err(Delivery::NotSent) => ("NotSent", seen.is_empty()),
            Err(Delivery::Rejected) => {
                let refused = |seen: &&Seen| matches!(seen.status, Some(300 | 304..=499));
                ("Rejected", !seen.is_empty() && seen.iter().all(refused))
            }
            Err(Delivery::Accepted) => ("Accepted", matches!(status, Some(200..=299))),
            // Nothing is claimed.
            Err(_) => ("Unknown", true),
        };
        let fault = last.map_or("none seen".to_owned(), |seen| format!("{:?}", seen.fault));
        if !holds {
            report.contradictions.push(format!("{}: {text} against {fault}", name(call)));
        }
        if seen.iter().rev().skip(1).any(|earlier| earlier.status != Some(429)) {
            report.rung_twice.push(format!("{}: {} requests", name(call), seen.len()));
        }
        *report.outcomes.entry((fault, text.to_owned())).or_default() += 1;
        *report.requests_per_call.entry(seen.len()).or_default() += 1;
    }
    report
}
