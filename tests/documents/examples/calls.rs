//! Calls the clients of `CX_CLIENTS` (see `build.rs`) at a server in this process, which compares
//! what it sees with what OpenAPI says. `tests/corpus` runs it; without clients it does nothing.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a program of tests that calls what it is given, and is read by another program"
)]
#![forbid(unsafe_code)]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use cx_client_documents::{Client, Error, RetryPolicy};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

mod calls {
    #![allow(warnings, clippy::all, clippy::redundant_clone, reason = "generated code")]
    include!(concat!(env!("OUT_DIR"), "/calls.rs"));
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut harness = Harness::start().await;
    calls::run(&mut harness).await;
    println!("calls {}", harness.calls);
}

thread_local! {
    /// The name of the client that is called.
    static CURRENT: RefCell<String> = const { RefCell::new(String::new()) };
}

fn enter(name: &str) {
    CURRENT.set(name.to_owned());
}

fn fault(problem: &str) {
    println!("fault {} {}", CURRENT.with_borrow(String::clone), problem.replace('\n', " "));
}

/// A value of a type of the client.
fn value<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| {
        fault(&format!("{}: {json} is no value: {error}", std::any::type_name::<T>()));
        panic!("a value of a request cannot be made");
    })
}

/// A server, and the client that calls it.
struct Harness {
    exchange: Arc<Mutex<Exchange>>,
    client: Client,
    calls: usize,
}

/// A request that the server has seen, and its response.
#[derive(Default)]
struct Exchange {
    status: u16,
    media_type: String,
    body: String,
    request: Option<Request>,
}

struct Request {
    method: String,
    target: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Harness {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let exchange = Arc::new(Mutex::new(Exchange::default()));
        let shared = Arc::clone(&exchange);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        let client = Client::builder()
            .credentials("user", "password")
            .base_url(format!("http://{address}"))
            .proxy_from_env(false)
            .retry(RetryPolicy::never())
            .build()
            .unwrap();
        Self { exchange, client, calls: 0 }
    }

    fn client(&self) -> &Client {
        &self.client
    }

    /// Sets the next response.
    fn respond(&mut self, status: u16, media_type: &str, body: &str) {
        *self.exchange.lock().unwrap() = Exchange {
            status,
            media_type: media_type.to_owned(),
            body: body.to_owned(),
            request: None,
        };
    }

    /// Compares a call with what was expected of it.
    fn check(&mut self, place: &str, expected: &str, response: Result<Value, Error>) {
        self.calls += 1;
        let expected: Value = serde_json::from_str(expected).unwrap();
        let exchange = self.exchange.lock().unwrap();
        let Some(request) = &exchange.request else {
            return fault(&format!("{place}: nothing arrived: {:?}", response.err()));
        };
        let mut pairs = request.compared(&expected);
        match response {
            // A collection that is absent is read as an empty one.
            Ok(response) => pairs.push((
                "response".to_owned(),
                without_empty(response),
                without_empty(expected["response"].clone()),
            )),
            Err(error) => fault(&format!("{place}: response {}: {error:?}", exchange.body)),
        }
        for (what, seen, expected) in pairs {
            if !is_same(&seen, &expected) {
                fault(&format!("{place}: {what}: seen {seen}, expected {expected}"));
            }
        }
    }
}

impl Request {
    /// What is compared of the request: its name, what was seen, and what was expected.
    fn compared(&self, expected: &Value) -> Vec<(String, Value, Value)> {
        let (path, query) = self.target.split_once('?').unwrap_or((&self.target, ""));
        let text = String::from_utf8_lossy(&self.body);
        let body = &expected["body"];
        let (seen, expected_body) = match body.as_object().and_then(|kinds| kinds.iter().next()) {
            None => (json!(text), json!("")),
            Some((kind, value)) => {
                let seen = match kind.as_str() {
                    "json" => serde_json::from_slice(&self.body).unwrap_or_else(|_| json!(text)),
                    "form" => sorted_pairs(&text),
                    _ => json!(text),
                };
                (seen, value.clone())
            }
        };
        let mut compared = vec![
            ("method", json!(self.method), expected["method"].clone()),
            ("path", json!(path), expected["path"].clone()),
            ("query", sorted_pairs(query), expected["query"].clone()),
            ("content-type", self.header("content-type"), expected["content_type"].clone()),
            ("body", seen, expected_body),
        ];
        for header in expected["headers"].as_array().into_iter().flatten() {
            let name = header[0].as_str().unwrap_or_default();
            compared.push((name, self.header(name), header[1].clone()));
        }
        compared.into_iter().map(|(name, seen, wanted)| (name.to_owned(), seen, wanted)).collect()
    }

    fn header(&self, name: &str) -> Value {
        json!(self.headers.get(name))
    }
}

/// The pairs of a query or a form, in order, a space as `%20`.
fn sorted_pairs(text: &str) -> Value {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Vec<String> = pairs.map(|pair| pair.replace('+', "%20")).collect();
    pairs.sort();
    json!(pairs)
}

/// Equal as JSON: numbers by value, and a member that is null is absent.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => a.keys().chain(b.keys()).all(|key| {
            is_same(a.get(key).unwrap_or(&Value::Null), b.get(key).unwrap_or(&Value::Null))
        }),
        (a, b) => a == b,
    }
}

/// The value without members that are `null`, which is absent, or empty without those.
fn without_empty(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(without_empty).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name, without_empty(value)))
            .filter(|(_, value)| ![json!(null), json!([]), json!({})].contains(value))
            .collect(),
        other => other,
    }
}

/// Serves a connection until it ends.
async fn serve(mut stream: TcpStream, exchange: Arc<Mutex<Exchange>>) {
    let mut received = Vec::new();
    while let Some(request) = read(&mut stream, &mut received).await {
        let response = {
            let mut exchange = exchange.lock().unwrap();
            exchange.request = Some(request);
            let Exchange { status, media_type, body, .. } = &*exchange;
            let mut head = format!("HTTP/1.1 {status} Response\r\n");
            if !media_type.is_empty() {
                head.push_str(&format!("content-type: {media_type}\r\n"));
            }
            if *status != 204 {
                head.push_str(&format!("content-length: {}\r\n", body.len()));
            }
            head + "\r\n" + body
        };
        if stream.write_all(response.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// The next request; what was received of the one after it stays in `received`.
async fn read(stream: &mut TcpStream, received: &mut Vec<u8>) -> Option<Request> {
    let end = loop {
        match received.windows(4).position(|four| four == b"\r\n\r\n") {
            Some(at) => break at + 4,
            None => receive(stream, received).await?,
        }
    };
    let head = String::from_utf8_lossy(&received[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ').map(str::to_owned);
    let (method, target) = (first.next()?, first.next()?);
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length: usize = headers.get("content-length").map_or(Some(0), |text| text.parse().ok())?;
    while received.len() < end + length {
        receive(stream, received).await?;
    }
    let body = received.drain(..end + length).skip(end).collect();
    Some(Request { method, target, headers, body })
}

async fn receive(stream: &mut TcpStream, received: &mut Vec<u8>) -> Option<()> {
    let count = stream.read_buf(received).await.ok()?;
    (count > 0).then_some(())
}
