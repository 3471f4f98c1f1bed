//! A call of every operation of `openapi.yaml`.

use std::pin::Pin;

use cx_client::{Client, Error, ResponseValue, StatusCode};
use serde::Serialize;
use serde_json::Value;

/// The status and the typed response, as JSON.
pub type Outcome = Result<(StatusCode, Value), Error>;

/// An operation and how to call it with the documented examples.
pub struct Operation {
    /// The operation id.
    pub id: &'static str,
    /// Whether its method is safe (RFC 9110 section 9.2.1).
    pub is_safe: bool,
    /// Whether its method is idempotent (RFC 9110 section 9.2.2).
    pub is_idempotent: bool,
    /// Sends the documented request.
    pub send: fn(Client) -> Pin<Box<dyn Future<Output = Outcome> + Send>>,
}

/// All operations, in the order of the document.
pub fn operations() -> Vec<Operation> {
    include!(concat!(env!("OUT_DIR"), "/every_operation.rs"))
}

fn outcome<T: Serialize>(result: Result<ResponseValue<T>, Error>) -> Outcome {
    result.map(|response| {
        let status = response.status();
        (status, serde_json::to_value(response.into_inner()).unwrap_or_default())
    })
}
