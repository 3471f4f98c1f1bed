//! A call with private data in every part of it, and a search for that in what an error prints.

use std::error::Error as _;
use std::time::Duration;

use cx_client::types::CreateCallRequest;
use cx_client::{Client, ClientBuilder, Error, RetryPolicy};

use crate::documented_request;

/// What must appear in no message, nor be seen by a proxy: credentials (also as they are sent),
/// what the request holds, and what servers and proxies respond.
pub const SECRETS: &[&str] = &[
    "hunter2",
    "secret-user",
    "c2VjcmV0",
    "+4915112345678",
    "Grace",
    "Hopper",
    "Hello",
    "wav",
    "Bad gateway",
    "unwelcome",
    "extra",
];

/// A client with short times.
pub fn builder(url: impl Into<String>) -> ClientBuilder {
    Client::builder()
        .credentials("secret-user", "hunter2")
        .base_url(url)
        .proxy_from_env(false)
        .connect_timeout(Duration::from_millis(1500))
        .timeout(Duration::from_millis(2500))
        .retry(RetryPolicy::default().base_delay(Duration::from_millis(1)))
}

/// The request.
pub fn request() -> CreateCallRequest {
    CreateCallRequest {
        customer_name: "Grace Hopper".to_owned(),
        customer_phone: "+4915112345678".to_owned(),
        ..documented_request()
    }
}

/// A secret that an error prints, in whichever form, itself or its sources.
pub fn printed_secret(error: &Error) -> Option<&'static str> {
    let mut text = format!("{error} {error:#} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!(" {cause} {cause:#} {cause:?} {cause:#?}"));
        source = cause.source();
    }
    SECRETS.iter().find(|secret| text.contains(**secret)).copied()
}
