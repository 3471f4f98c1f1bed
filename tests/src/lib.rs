//! What the tests of `cx-client` share: the documented request and response.
#![forbid(unsafe_code)]

pub mod canned_server;
pub mod contenders;
pub mod every_operation;
pub mod misbehaving_server;
pub mod process;
pub mod soak;

use cx_client::types::{Channel, CreateCallRequest};
use cx_client::uuid::Uuid;
use serde_json::{Value, json};

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
    json!({
        "agentId": "123e4567-e89b-12d3-a456-426614174000",
        "channel": "call",
        "skillId": "123e4567-e89b-12d3-a456-426614174000",
        "customerName": "John Does",
        "customerPhone": "+1234567890",
    })
}

/// The body of the response of the documentation.
pub fn documented_response_body() -> Value {
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
