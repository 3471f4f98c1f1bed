//! Places the call of the documentation.
//!
//! Without credentials in the environment, against a mock of the API in this process. With
//! `CX_USERNAME` and `CX_PASSWORD` (and optionally `CX_BASE_URL`) set, against the real one.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

use std::env;
use std::process::ExitCode;
use std::sync::mpsc;

use cx_client::types::{Channel, CreateCallRequest};
use cx_client::{Client, Delivery, Error};
use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};
use serde_json::{Value, json};

#[tokio::main]
async fn main() -> ExitCode {
    let real = ["CX_USERNAME", "CX_PASSWORD", "CX_BASE_URL"]
        .iter()
        .any(|name| env::var_os(name).is_some());
    let result = if real { against_the_real_api().await } else { against_a_mock().await };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            explain(&error);
            ExitCode::FAILURE
        }
    }
}

/// The request of the documentation.
fn documented_request() -> CreateCallRequest {
    let id = cx_client::uuid::uuid!("123e4567-e89b-12d3-a456-426614174000");
    CreateCallRequest {
        agent_id: id,
        channel: Channel::Call,
        skill_id: id,
        customer_name: "John Does".to_owned(),
        customer_phone: "+1234567890".to_owned(),
    }
}

async fn against_the_real_api() -> Result<(), Error> {
    let client = Client::from_env()?;
    let base_url = env::var("CX_BASE_URL").ok().or_else(|| cx_client::BASE_URL.map(str::to_owned));
    println!("Placing the documented call at {}\n", base_url.unwrap_or_default());
    place(&client).await
}

async fn against_a_mock() -> Result<(), Error> {
    println!(
        "There are no credentials in the environment (CX_USERNAME, CX_PASSWORD), so the call goes"
    );
    println!("to a mock of the API in this process. Nobody's phone rings.\n");
    let (sender, sent) = mpsc::channel();
    let server = MockServer::start_async().await;
    server
        .mock_async(move |when, then| {
            when.any_request();
            then.respond_with(move |request: &HttpMockRequest| {
                let _ = sender.send(describe(request));
                HttpMockResponse::builder()
                    .status(200)
                    .header("content-type", "application/json")
                    .body(documented_response().to_string())
                    .build()
            });
        })
        .await;
    let client = Client::builder()
        .credentials("username", "password")
        .base_url(server.base_url())
        .proxy_from_env(false)
        .build()?;
    let result = place(&client).await;
    for request in sent.try_iter() {
        println!("\nWhat the mock saw:\n{request}");
    }
    result
}

async fn place(client: &Client) -> Result<(), Error> {
    let response = client.create_call().body(documented_request()).send().await?;
    println!("{}: the call was placed.", response.status());
    // `{:?}` of the response would show personal data as [redacted].
    println!("{}", pretty(&*response));
    Ok(())
}

/// What to do, which depends on what is known of the server.
fn explain(error: &Error) {
    eprintln!("{error}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        eprintln!("  because: {cause}");
        source = cause.source();
    }
    match error.delivery() {
        Delivery::NotSent => eprintln!("Nothing was sent. Fix the cause and run this again."),
        Delivery::Rejected => {
            let body = String::from_utf8_lossy(error.body().unwrap_or_default());
            eprintln!("No call was placed. The server says: {body}");
        }
        Delivery::Accepted => {
            let body = String::from_utf8_lossy(error.body().unwrap_or_default());
            eprintln!("The call was placed. Do not run this again. The server says: {body}");
        }
        _ => eprintln!("Look whether the call was placed before you run this again."),
    }
}

/// A request as people read it, without the credentials.
fn describe(request: &HttpMockRequest) -> String {
    let mut text = format!("  {} {}\n", request.method(), request.uri().path());
    for (name, value) in &request.headers() {
        let value = if name == "authorization" {
            "Basic [redacted]"
        } else {
            value.to_str().unwrap_or("?")
        };
        text.push_str(&format!("  {name}: {value}\n"));
    }
    let body = serde_json::from_slice(&request.body_vec()).unwrap_or(Value::Null);
    text + "\n" + &pretty(&body)
}

fn pretty(value: &impl serde::Serialize) -> String {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.lines().map(|line| format!("  {line}\n")).collect()
}

/// The response of the documentation.
fn documented_response() -> Value {
    json!({
        "id": "123e4567-e89b-12d3-a456-426614174000",
        "status": "in-progress",
        "agentPhone": "+1234567890",
        "customerPhone": "+1234567890",
        "agentId": "123e4567-e89b-12d3-a456-426614174000",
        "customerId": "123e4567-e89b-12d3-a456-426614174000",
        "skillId": "123e4567-e89b-12d3-a456-426614174000",
        "customerName": "John Doe",
        "transcription": "Hello, how can I help you?",
        "recordingUrl": "https://example.com/recording.wav",
    })
}
