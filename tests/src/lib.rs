//! What the tests of `cx-client` share: the documented request and response.
#![forbid(unsafe_code)]

pub mod canned_server;
pub mod certificates;
pub mod contenders;
pub mod every_operation;
pub mod misbehaving_server;
pub mod private;
pub mod process;
pub mod soak;

use std::sync::LazyLock;

use cx_client::types::{Channel, CreateCallRequest};
use cx_client::uuid::Uuid;
use cx_client_build::Document;
use serde_json::Value;

/// The identifier that stands everywhere in the documentation.
pub const ID: Uuid = Uuid::from_u128(0x123e4567_e89b_12d3_a456_426614174000);

/// The request of the documentation.
pub fn documented_request() -> CreateCallRequest {
    CreateCallRequest {
        agent_id: ID,
        channel: Channel::Call,
        skill_id: ID,
        customer_name: "John Does".to_owned(),
        customer_phone: "+1234567890".to_owned(),
    }
}

/// The body of the request of the documentation.
pub fn documented_request_body() -> Value {
    documented("/requestBody")
}

/// The body of the response of the documentation.
pub fn documented_response_body() -> Value {
    documented("/responses/200")
}

/// The example of a body of the operation that places a call, as `openapi.yaml` has it. That the
/// example is the documented one is a test of `xtask`, by the saved pages.
fn documented(body: &str) -> Value {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
        let text = include_str!("../../openapi.yaml");
        match Document::parse("openapi.yaml", text) {
            Ok(document) => document.to_json(),
            Err(error) => unreachable!("the client was generated from it: {error}"),
        }
    });
    let operation = "/paths/~1api~1v1~1calls/post";
    let example = "content/application~1json/examples/documented/value";
    DOCUMENT.pointer(&format!("{operation}{body}/{example}")).cloned().unwrap_or_default()
}
