//! Many calls at once against a server that picks faults by a seed, and a comparison of what the
//! client claims with what the server saw.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use cx_client::types::CreateCallRequest;
use cx_client::{Client, Delivery, RequestOptions, RetryPolicy};
use tokio::sync::Semaphore;
use tokio::time::sleep;

use crate::misbehaving_server::{
    self, Fault, Http2Fault, MisbehavingServer, Proxy, ProxyFault, Seen, TlsFault,
};
use crate::{certificates, documented_request, documented_response_body, process};

/// What carries the calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Over {
    /// HTTP/1.1 over TCP.
    Http,
    /// HTTP/1.1 over TLS.
    Tls,
    /// HTTP/2 over TLS.
    Http2,
    /// HTTP/1.1 over TLS through a proxy.
    Proxy,
}

/// What a run of calls does.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many calls are placed. Every second one may be sent again at the risk of duplicates.
    pub calls: usize,
    /// How many are in flight at once, at most.
    pub in_flight: usize,
    /// Where the choice of faults begins.
    pub seed: u64,
    /// What carries them.
    pub over: Over,
    /// Place no new call after this time.
    pub limit: Option<Duration>,
    /// How long an attempt may take, and a connection half of that.
    pub timeout: Duration,
    /// Where the server listens, and where the client reaches it; without it both are loopback, and
    /// the server misbehaves. With it only the network does.
    pub link: Option<(IpAddr, IpAddr)>,
}

impl Plan {
    /// Faults of a server on loopback, without a limit of time.
    pub fn of_faults(over: Over, calls: usize, in_flight: usize, seed: u64) -> Self {
        // Cryptography takes its time where it is not optimised.
        let timeout = Duration::from_millis(if over == Over::Http { 400 } else { 2000 });
        Self { calls, in_flight, seed, over, limit: None, timeout, link: None }
    }
}

/// What a run has shown. `Display` is a table for people.
#[derive(Debug, Default)]
pub struct Report {
    /// How many calls were placed.
    pub calls: usize,
    /// How often a fault (of the last response to the call) met a claim of the client.
    pub outcomes: BTreeMap<(String, String), usize>,
    /// How many calls that may not be sent at a risk reached the server complete this many times.
    pub requests_per_call: BTreeMap<usize, usize>,
    /// The same of those that may.
    pub requests_per_risky_call: BTreeMap<usize, usize>,
    /// Where a claim of the client contradicts the log of the server.
    pub contradictions: Vec<String>,
    /// Calls that may not be sent at a risk, and reached the server complete again after a response
    /// other than 429, or none, unless HTTP/2 said that they were not processed.
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
        table(f, ["fault (last response)", "claim", "calls"], rows)?;
        writeln!(f)?;
        for (title, requests_per_call) in [
            ("requests seen per call", &self.requests_per_call),
            ("the same, sent at the risk of duplicates", &self.requests_per_risky_call),
        ] {
            let rows = requests_per_call.iter();
            let rows = rows.map(|(requests, calls)| [requests.to_string(), calls.to_string()]);
            table(f, [title, "calls"], rows)?;
            writeln!(f)?;
        }
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

/// What a process holds of the system and of the runtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Open file descriptors.
    pub descriptors: usize,
    /// Tasks that have not ended.
    pub tasks: usize,
}

impl Held {
    /// What is held now.
    ///
    /// # Errors
    ///
    /// If `/proc` does not say.
    pub fn now() -> io::Result<Self> {
        let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks();
        Ok(Self { descriptors: process::file_descriptors()?, tasks })
    }

    /// What is held more than this, after a time in which connections may close in the background.
    ///
    /// # Errors
    ///
    /// If `/proc` does not say.
    pub async fn leaked(self, within: Duration) -> io::Result<Self> {
        let started = Instant::now();
        loop {
            let now = Self::now()?;
            let leaked = Self {
                descriptors: now.descriptors.saturating_sub(self.descriptors),
                tasks: now.tasks.saturating_sub(self.tasks),
            };
            if leaked == (Self { descriptors: 0, tasks: 0 }) || started.elapsed() > within {
                return Ok(leaked);
            }
            sleep(Duration::from_millis(20)).await;
        }
    }
}

/// What a server does with each connection and request.
fn choose(plan: Plan) -> impl Fn(Option<&[u8]>) -> Fault + Send + Sync {
    let random = Mutex::new(fastrand::Rng::with_seed(plan.seed));
    let of_responses: Vec<Fault> = match plan.over {
        Over::Http => Fault::EVERY_KIND.to_vec(),
        Over::Tls | Over::Proxy => {
            let of_tls = TlsFault::OF_RESPONSES.iter().map(|fault| Fault::Tls(*fault));
            Fault::EVERY_KIND.iter().copied().chain(of_tls).collect()
        }
        Over::Http2 => {
            let of_http2 = Http2Fault::OF_STREAMS.iter().map(|fault| Fault::Http2(*fault));
            Fault::over_everything().chain(of_http2).collect()
        }
    };
    let mut of_connections = vec![Fault::CloseAtOnce];
    if plan.over != Over::Http {
        of_connections.extend(TlsFault::OF_CONNECTIONS.iter().map(|fault| Fault::Tls(*fault)));
    }
    // An HTTP/2 connection has many calls at once, and takes all of them with it.
    let mut ends_of_connections = vec![Fault::CloseAtOnce, Fault::Reset];
    if plan.over == Over::Http2 {
        let in_use = Http2Fault::OF_CONNECTIONS_IN_USE.iter();
        ends_of_connections.extend(in_use.map(|fault| Fault::Http2(*fault)));
        of_connections.extend(Http2Fault::OF_CONNECTIONS.iter().map(|fault| Fault::Http2(*fault)));
    }
    // Of 256.
    let (bad_connections, ends) = match plan.over {
        Over::Http => (8, 0),
        Over::Tls | Over::Proxy => (48, 0),
        Over::Http2 => (96, 2),
    };
    move |body| {
        let mut random = random.lock().unwrap_or_else(PoisonError::into_inner);
        let dice = random.u8(..);
        let mut one_of = |faults: &[Fault]| faults[random.usize(..faults.len())];
        match body {
            _ if plan.link.is_some() => Fault::None,
            None if dice < bad_connections => one_of(&of_connections),
            None => Fault::None,
            Some(_) if dice < ends => one_of(&ends_of_connections),
            Some(_) if dice < 64 => Fault::None,
            Some(_) => one_of(&of_responses),
        }
    }
}

/// A proxy that fails at times.
async fn proxy(server: &MisbehavingServer, seed: u64) -> io::Result<Proxy> {
    let random = Mutex::new(fastrand::Rng::with_seed(seed));
    Proxy::start(server.address(), move || {
        let mut random = random.lock().unwrap_or_else(PoisonError::into_inner);
        if random.u8(..) < 160 {
            return ProxyFault::None;
        }
        ProxyFault::EVERY_KIND[random.usize(..ProxyFault::EVERY_KIND.len())]
    })
    .await
}

fn client(plan: Plan, url: String, proxy: Option<&Proxy>) -> io::Result<Client> {
    let mut builder = Client::builder()
        .credentials("username", "password")
        .base_url(url)
        .proxy_from_env(false)
        .allow_insecure_http(true)
        .connect_timeout(plan.timeout / 2)
        .timeout(plan.timeout)
        .max_response_bytes(64 * 1024)
        .retry(retry());
    if plan.over != Over::Http {
        builder = certificates::trust(builder)?;
    }
    if let Some(proxy) = proxy {
        let proxy = reqwest::Proxy::https(proxy.url()).map_err(io::Error::other)?;
        builder = builder.configure_http(|http| http.proxy(proxy));
    }
    builder.build().map_err(io::Error::other)
}

fn retry() -> RetryPolicy {
    RetryPolicy::default().base_delay(Duration::from_millis(2))
}

/// Places the calls and compares.
///
/// # Errors
///
/// If the server or the client cannot be set up.
pub async fn run(plan: Plan) -> io::Result<Report> {
    let started = Instant::now();
    let over = match plan.over {
        Over::Http => misbehaving_server::Over::Http,
        Over::Tls | Over::Proxy => misbehaving_server::Over::Tls,
        Over::Http2 => misbehaving_server::Over::Http2,
    };
    let (listen, reach) =
        plan.link.unwrap_or((Ipv4Addr::LOCALHOST.into(), Ipv4Addr::LOCALHOST.into()));
    let success = documented_response_body().to_string();
    let server = MisbehavingServer::start_at(listen, over, success, choose(plan)).await?;
    let proxy =
        if plan.over == Over::Proxy { Some(proxy(&server, plan.seed).await?) } else { None };
    let url = server.url().replace(&listen.to_string(), &reach.to_string());
    let client = client(plan, url, proxy.as_ref())?;
    let options =
        RequestOptions::new().retry(retry().max_retries(4).resend_at_risk_of_duplicates(true));
    let at_risk = client.with_options(options);

    let permits = Arc::new(Semaphore::new(plan.in_flight));
    let mut tasks = Vec::with_capacity(plan.calls);
    for call in 0..plan.calls {
        let Ok(permit) = Arc::clone(&permits).acquire_owned().await else { break };
        if plan.limit.is_some_and(|limit| started.elapsed() >= limit) {
            break;
        }
        let client = if is_at_risk(call) { at_risk.clone() } else { client.clone() };
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

/// Whether a call may be sent again at the risk of duplicates.
fn is_at_risk(call: usize) -> bool {
    call % 2 == 1
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
        let Some(claim) = claim else {
            report.panics += 1;
            continue;
        };
        let succeeded = || seen.iter().any(|seen| matches!(seen.status, Some(200..=299)));
        let not_processed = |seen: &&Seen| !seen.fault.may_be_carried_out();
        let refused = |seen: &&Seen| matches!(seen.status, Some(300 | 304..=499));
        // The claim is about all attempts.
        let (text, holds) = match claim {
            Ok(()) => ("success", succeeded()),
            Err(Delivery::NotSent) => ("NotSent", seen.iter().all(not_processed)),
            Err(Delivery::Rejected) => {
                let all = seen.iter().all(|seen| refused(seen) || not_processed(seen));
                ("Rejected", all && seen.iter().any(refused))
            }
            Err(Delivery::Accepted) => ("Accepted", succeeded()),
            // Nothing is claimed.
            Err(_) => ("Unknown", true),
        };
        let fault = last.map_or("none seen".to_owned(), |seen| format!("{:?}", seen.fault));
        if !holds {
            let faults: Vec<_> = seen.iter().map(|seen| seen.fault).collect();
            report.contradictions.push(format!("{}: {text} against {faults:?}", name(call)));
        }
        let may_follow = |earlier: &&Seen| earlier.status == Some(429) || not_processed(earlier);
        let requests = if is_at_risk(call) {
            &mut report.requests_per_risky_call
        } else {
            if seen.iter().rev().skip(1).any(|earlier| !may_follow(earlier)) {
                report.rung_twice.push(format!("{}: {} requests", name(call), seen.len()));
            }
            &mut report.requests_per_call
        };
        *requests.entry(seen.len()).or_default() += 1;
        *report.outcomes.entry((fault, text.to_owned())).or_default() += 1;
    }
    report
}
