//! A call of every operation of `openapi.yaml`.

use std::pin::Pin;

use cx_client::{Client, Error, ResponseValue, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The status and the typed response, as JSON.
pub type Outcome = Result<(StatusCode, Value), Error>;

/// An operation and how to call it with the documented examples.
pub struct CallableOperation {
    /// The operation id.
    pub id: &'static str,
    /// Whether its method is safe (RFC 9110 section 9.2.1).
    pub is_safe: bool,
    /// Whether its method is idempotent (RFC 9110 section 9.2.2).
    pub is_idempotent: bool,
    /// Sends the documented request.
    pub send: fn(Client) -> Sending,
    /// The body of the request, if it has one.
    pub body: Option<Body>,
}

/// A request on its way.
pub type Sending = Pin<Box<dyn Future<Output = Outcome> + Send>>;

/// The body of an operation's request.
pub struct Body {
    /// The documented example.
    pub example: fn() -> Value,
    /// Sends the documented request with this body instead, if it can be read as the body's type.
    pub send: fn(Client, Value) -> serde_json::Result<Sending>,
}

/// All operations, in the order of the document.
pub fn operations() -> Vec<CallableOperation> {
    include!(concat!(env!("OUT_DIR"), "/every_operation.rs"))
}

/// Reads a body as the type of an example.
fn typed<T: DeserializeOwned>(_example: fn() -> T, body: Value) -> serde_json::Result<T> {
    serde_json::from_value(body)
}

fn outcome<T: Serialize>(result: Result<ResponseValue<T>, Error>) -> Outcome {
    result.map(|response| {
        let status = response.status();
        (status, serde_json::to_value(response.into_inner()).unwrap_or_default())
    })
}
