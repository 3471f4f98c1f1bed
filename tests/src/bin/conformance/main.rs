//! Places calls with the real client at a [Prism](https://docs.stoplight.io/docs/prism) that was
//! made from `openapi.yaml` with `--errors`, and says what came of each:
//! `conformance <base URL of Prism> [--json]`.
//!
//! The documented call must be accepted over every channel, and its answers must decode. Requests
//! made wrong on purpose must come back as rejected, with Prism's explanation in the error's body.
//! The status is 0 if all did, 1 if one did not, 2 if the command was not called so.
//!
//! `cargo xtask conformance` starts a Prism and runs this.
#![forbid(unsafe_code)]

mod altering_proxy;
mod documented;
mod wrong;

use std::env;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use cx_client::reqwest::header::{HeaderName, HeaderValue};
use cx_client::{Client, ClientBuilder, Error};
use serde_json::json;

/// What came of one check: what was seen, or what should have been seen and was not.
type Outcome = Result<String, String>;

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let (prism, json) = match (arguments.next(), arguments.next().as_deref(), arguments.next()) {
        (Some(url), None, None) => (url, false),
        (Some(url), Some("--json"), None) => (url, true),
        _ => {
            let _ = writeln!(io::stderr(), "usage: conformance <base URL of Prism> [--json]");
            return ExitCode::from(2);
        }
    };
    let prism = prism.trim_end_matches('/');
    let mut all_passed = true;
    let mut tell = |check: String, outcome: Outcome| {
        let passed = outcome.is_ok();
        all_passed &= passed;
        let (Ok(result) | Err(result)) = outcome;
        let line = if json {
            json!({ "check": check, "passed": passed, "result": result }).to_string()
        } else {
            let verdict = if passed { "passed" } else { "FAILED" };
            format!("{check:<43}  {verdict}  {result}")
        };
        // A reader that closed the pipe, such as `head`, is no error.
        let _ = writeln!(io::stdout(), "{line}");
    };
    documented::check(prism, &mut tell).await;
    wrong::check(prism, &mut tell).await;
    if all_passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The settings of every client here.
fn builder(base_url: String) -> ClientBuilder {
    Client::builder()
        .credentials("username", "password")
        .base_url(base_url)
        .proxy_from_env(false)
        .timeout(Duration::from_secs(10))
}

/// The settings, with a header in every request, in place of the client's own.
fn with_header(builder: ClientBuilder, name: &'static str, value: &'static str) -> ClientBuilder {
    builder.configure_http(move |http| {
        let header = (HeaderName::from_static(name), HeaderValue::from_static(value));
        http.default_headers([header].into_iter().collect())
    })
}

/// An error, its causes, and what the server sent with it.
fn describe(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(&format!("\n    because: {error}"));
        cause = error.source();
    }
    text.push_str(&format!("\n    delivery: {}, attempts: {}", error.delivery(), error.attempts()));
    if let Some(body) = error.body() {
        text.push_str(&format!("\n    body: {}", String::from_utf8_lossy(body)));
    }
    text
}
