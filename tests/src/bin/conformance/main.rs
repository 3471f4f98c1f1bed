//! Calls every operation with the real client at a [Prism](https://docs.stoplight.io/docs/prism)
//! that was made from `openapi.yaml` with `--errors`, and says what came of each check:
//! `conformance <base URL of Prism> <openapi.yaml>`.
//!
//! The documented request must be accepted, and its responses must decode. Requests made wrong on
//! purpose must come back as rejected, with Prism's explanation in the error's body.
//! The status is 0 if all did, 1 if one did not, 2 if no check could be made.
//!
//! `tests/conformance/run` starts a Prism and runs this.
#![forbid(unsafe_code)]

mod accepted;
mod altering_proxy;
mod described;
mod rejected;

use std::env;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use cx_client::{Client, Error};
use cx_client_build::Document;
use cx_client_tests::every_operation::operations;
use described::Described;

/// What came of one check: what was seen, or what should have been seen and was not.
type Outcome = Result<String, String>;

#[tokio::main]
async fn main() -> ExitCode {
    match check().await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            let _ = writeln!(io::stderr(), "{problem}");
            ExitCode::from(2)
        }
    }
}

/// Makes every check; gives whether all passed.
async fn check() -> Result<bool, String> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [prism, file] = &arguments[..] else {
        return Err("usage: conformance <base URL of Prism> <openapi.yaml>".to_owned());
    };
    let document = Document::load(file).map_err(|error| error.to_string())?;
    let (mut passed, mut failed) = (0, 0);
    for operation in operations() {
        let id = operation.id;
        let described = Described::find(&document, operation)
            .ok_or_else(|| format!("{file} has no operation {id}: the client is of another one"))?;
        let mut report = |check: String, outcome: Outcome| {
            *(if outcome.is_ok() { &mut passed } else { &mut failed }) += 1;
            let verdict = if outcome.is_ok() { "passed" } else { "FAILED" };
            let (Ok(result) | Err(result)) = outcome;
            // A reader that closed the pipe, such as `head`, is no error.
            let _ = writeln!(io::stdout(), "{verdict}  {id} {check}: {result}");
        };
        accepted::check(prism, &described, &mut report).await;
        rejected::check(prism, &described, &mut report).await;
    }
    let _ = writeln!(io::stdout(), "{passed} checks passed, {failed} failed");
    Ok(failed == 0 && passed > 0)
}

/// A client of a server.
fn client(base_url: &str) -> Result<Client, String> {
    Client::builder()
        .credentials("username", "password")
        .base_url(base_url)
        .proxy_from_env(false)
        .timeout(Duration::from_secs(10))
        .build()
        .map_err(|error| describe(&error))
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
