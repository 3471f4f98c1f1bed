//! Any response to a call: what the client then says must follow from what the server sent.
//!
//! The server is a Unix socket in this process, so that no input waits for a port.
#![no_main]

use std::io::{Read as _, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::Duration;
use std::{env, error, fs, process, thread};

use cx_client::types::{Channel, CreateCallRequest};
use cx_client::uuid::Uuid;
use cx_client::{Client, Delivery, Error, RetryPolicy};
use libfuzzer_sys::fuzz_target;
use tokio::runtime::Runtime;

const PASSWORD: &str = "hunter2-hunter2";
const NAME: &str = "Grace Brewster Hopper";
const LARGEST: usize = 4096;

/// What the server sends before it closes the connection.
///
/// The input is the response, except that the version may be left out, and so may the length of the
/// body: then the right one is sent.
fn response(input: &[u8]) -> Vec<u8> {
    let mut response = Vec::with_capacity(input.len() + 64);
    if !input.starts_with(b"HTTP/") {
        response.extend_from_slice(b"HTTP/1.1 ");
    }
    let head = input.windows(2).position(|two| two == b"\n\n").map_or(input.len(), |at| at + 1);
    let (head, rest) = input.split_at(head);
    response.extend_from_slice(head);
    let text = head.to_ascii_lowercase();
    let says = |name: &[u8]| text.windows(name.len()).any(|window| window == name);
    if !says(b"content-length") && !says(b"transfer-encoding") && !says(b"until: close") {
        let length = rest.len().saturating_sub(1);
        response.extend_from_slice(format!("content-length: {length}\n").as_bytes());
    }
    response.extend_from_slice(rest);
    response
}

/// A server that responds to every request with `response`, and a client of it.
struct Setup {
    client: Client,
    runtime: Runtime,
    response: Mutex<Vec<u8>>,
    /// How many whole requests have arrived since `response` was set.
    requests: Mutex<u32>,
}

static SETUP: LazyLock<Setup> = LazyLock::new(|| {
    let path = env::temp_dir().join(format!("cx-client-fuzz-{}.sock", process::id()));
    let _ = fs::remove_file(&path);
    let listener = UnixListener::bind(&path).expect("a socket can be bound");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // What goes wrong with the client is of no interest.
            let _ = serve(stream);
        }
    });
    let client = Client::builder()
        .credentials("username", PASSWORD)
        .base_url("http://localhost")
        .timeout(Duration::from_secs(5))
        .max_response_bytes(LARGEST as u64)
        .retry(RetryPolicy::default().base_delay(Duration::ZERO).max_delay(Duration::ZERO))
        .configure_http(move |http| http.unix_socket(path).pool_max_idle_per_host(0))
        .build()
        .expect("the settings are right");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be built");
    Setup { client, runtime, response: Mutex::default(), requests: Mutex::default() }
});

fn serve(mut stream: UnixStream) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut chunk = [0; 2048];
    // The request is JSON, and the only closing brace is its end.
    while !request.ends_with(b"}") {
        match stream.read(&mut chunk)? {
            0 => return Ok(()),
            read => request.extend_from_slice(&chunk[..read]),
        }
    }
    *SETUP.requests.lock().unwrap_or_else(PoisonError::into_inner) += 1;
    let response = SETUP.response.lock().unwrap_or_else(PoisonError::into_inner).clone();
    stream.write_all(&response)
}

fuzz_target!(|input: &[u8]| {
    let setup = &*SETUP;
    let bytes = response(input);
    *setup.response.lock().unwrap_or_else(PoisonError::into_inner) = bytes.clone();
    *setup.requests.lock().unwrap_or_else(PoisonError::into_inner) = 0;
    let request = CreateCallRequest {
        agent_id: Uuid::nil(),
        channel: Channel::Call,
        skill_id: Uuid::nil(),
        customer_name: NAME.to_owned(),
        customer_phone: "+4915112345678".to_owned(),
    };
    let result = setup.runtime.block_on(setup.client.create_call().body(request).send());
    let requests = *setup.requests.lock().unwrap_or_else(PoisonError::into_inner);
    match result {
        Ok(call) => {
            assert!(call.status().is_success());
            assert_eq!(requests, 1, "a call that was placed rang again");
            let _ = format!("{call:?}");
        }
        Err(error) => check(&error, requests, &bytes),
    }
});

fn check(error: &Error, requests: u32, sent: &[u8]) {
    let status = error.status().map(|status| status.as_u16());
    match error.delivery() {
        Delivery::NotSent => assert_eq!(requests, 0, "{error}"),
        Delivery::Rejected => assert!(matches!(status, Some(300 | 304..=499)), "{error}"),
        Delivery::Accepted => assert!(matches!(status, Some(200..=299)), "{error}"),
        // Servers respond to a POST with 301 to 303, too, when they carried it out.
        _ => assert!(!matches!(status, Some(200..=300 | 304..=499)), "{error}"),
    }
    if requests > 1 {
        assert_eq!(status, Some(429), "a call rang {requests} times: {error}");
    }
    assert!(error.attempts() >= requests, "{error}");
    let body = error.body().unwrap_or_default();
    assert!(body.len() <= LARGEST, "{} bytes", body.len());
    assert!(error.retry_after().is_none() || error.headers().is_some());

    let mut text = format!("{error} {error:?} {error:#?}");
    let mut source = error::Error::source(error);
    while let Some(inner) = source {
        text.push_str(&format!(" {inner} {inner:?}"));
        source = inner.source();
    }
    // The server may send back what it got; no message may quote it.
    for secret in [PASSWORD, NAME, "+4915112345678"] {
        assert!(!text.contains(secret), "{text}");
    }
    let decoded = error.body_json::<cx_client::types::Call>();
    assert!(decoded.is_err() || !sent.is_empty());
}
