//! Futures that are dropped at any point: no connection is left behind, and the client goes on
//! working.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may panic and print"
)]

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use cx_client::{Client, ResponseValue};
use cx_client_tests::canned_server::{CannedServer, Pace};
use cx_client_tests::{documented_request, documented_response_body};
use tokio::time::{sleep, timeout};

const TASKS: usize = 40;
const CALLS_PER_TASK: usize = 50;
const CALLS_AFTERWARDS: usize = 200;
/// A call whose response comes in pieces is polled about this often.
const POLLS: usize = 8;

/// A server whose responses come in five pieces, and a client of it.
fn setup() -> (CannedServer, Client) {
    let body = documented_response_body().to_string();
    let server = CannedServer::start(200, &body, Pace::InPieces(Duration::from_millis(1))).unwrap();
    let client = Client::builder()
        .credentials("username", "password")
        .base_url(server.url())
        .proxy_from_env(false)
        .build()
        .unwrap();
    (server, client)
}

async fn call(client: &Client) -> ResponseValue<cx_client::types::Call> {
    client.create_call().body(documented_request()).send().await.unwrap()
}

/// Polls a future so many times at most; `None` if it was not ready by then, and was dropped.
async fn polled<T>(future: impl Future<Output = T>, times: usize) -> Option<T> {
    let mut future = pin!(future);
    let mut left = times;
    poll_fn(move |context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(value) => Poll::Ready(Some(value)),
            // Nobody wakes for a poll that is not to come.
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Waits until the server has at most this many connections.
async fn connections_fall_to(server: &CannedServer, most: usize) {
    for _ in 0..3000 {
        if server.open_connections() <= most {
            return;
        }
        sleep(Duration::from_millis(10)).await;
    }
    panic!("{} connections are open, and {most} were expected", server.open_connections());
}

/// After the cancelled calls the client works, and lets go of all connections when it is dropped.
async fn goes_on_working(server: &CannedServer, client: Client) {
    // The pool holds no more than were ever in use at once.
    connections_fall_to(server, TASKS).await;
    let made = server.accepted_connections();
    for _ in 0..CALLS_AFTERWARDS {
        call(&client).await;
        // A connection is back in the pool a moment after its response: a call that comes first makes
        // another.
        sleep(Duration::from_millis(3)).await;
    }
    // Those that cancelled calls had begun may be accepted only now.
    let more = server.accepted_connections() - made;
    println!("connections made for {CALLS_AFTERWARDS} calls: {more}");
    assert!(more <= TASKS + 20, "{more} connections were made for {CALLS_AFTERWARDS} calls");
    drop(client);
    connections_fall_to(server, 0).await;
}

/// `CX_CANCELLATION_SEED` sets the seed.
fn seed() -> u64 {
    let seed = std::env::var("CX_CANCELLATION_SEED")
        .map_or_else(|_| fastrand::u64(..), |text| text.parse().unwrap());
    println!("CX_CANCELLATION_SEED={seed}");
    seed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dropped_after_any_number_of_polls() {
    let (server, client) = setup();
    let seed = seed();
    let mut tasks = Vec::new();
    for task in 0..TASKS {
        let client = client.clone();
        let mut random = fastrand::Rng::with_seed(seed.wrapping_add(task as u64));
        tasks.push(tokio::spawn(async move {
            let mut outcomes = BTreeMap::new();
            for _ in 0..CALLS_PER_TASK {
                let polls = random.usize(..=POLLS);
                let completed = polled(call(&client), polls).await.is_some();
                *outcomes.entry((polls, completed)).or_insert(0_usize) += 1;
            }
            outcomes
        }));
    }
    let mut outcomes = BTreeMap::new();
    for task in tasks {
        for (key, count) in task.await.unwrap() {
            *outcomes.entry(key).or_insert(0) += count;
        }
    }
    println!("(polls, completed): calls {outcomes:?}");
    // The run has seen what it is there to see: calls dropped early and late, and others completed.
    for polls in 0..=3 {
        assert!(outcomes.contains_key(&(polls, false)), "none dropped after {polls} polls");
    }
    assert!(outcomes.keys().any(|(_, completed)| *completed), "none completed");
    goes_on_working(&server, client).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dropped_after_any_time() {
    let (server, client) = setup();
    let seed = seed();
    let mut tasks = Vec::new();
    for task in 0..TASKS {
        let client = client.clone();
        let mut random = fastrand::Rng::with_seed(seed.wrapping_add(task as u64));
        tasks.push(tokio::spawn(async move {
            let mut dropped = 0;
            for _ in 0..CALLS_PER_TASK {
                let time = Duration::from_micros(random.u64(..10_000));
                dropped += usize::from(timeout(time, call(&client)).await.is_err());
            }
            dropped
        }));
    }
    let mut dropped = 0;
    for task in tasks {
        dropped += task.await.unwrap();
    }
    println!("dropped: {dropped} of {}", TASKS * CALLS_PER_TASK);
    assert!(dropped > 0);
    goes_on_working(&server, client).await;
}

/// A task that is aborted, as by a server that is shutting down.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn aborted_with_its_task() {
    let (server, client) = setup();
    for round in 0..20 {
        let tasks: Vec<_> = (0..TASKS)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { call(&client).await })
            })
            .collect();
        sleep(Duration::from_millis(round % 7)).await;
        tasks.iter().for_each(tokio::task::JoinHandle::abort);
    }
    goes_on_working(&server, client).await;
}
