// @generated from openapi.yaml by cx-client-build with progenitor.
// Do not edit: change openapi.yaml and run `cargo xtask regen`.

/// [`When`](::httpmock::When) and [`Then`](::httpmock::Then) for each operation. To deviate
/// from what is documented, take the untyped one with `into_inner()`.
pub mod operations {
    #[allow(unused_imports)]
    use super::types;
    /// What a request of `CreateCall` must be.
    pub struct CreateCallWhen(::httpmock::When);
    impl CreateCallWhen {
        /// Wraps the untyped one.
        pub fn new(inner: ::httpmock::When) -> Self {
            let inner = inner.method(::httpmock::Method::POST);
            Self(crate::mock_matching::operation(inner, "/api/v1/calls"))
        }
        /// The untyped one, to deviate from what is documented.
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        /// Requires this body.
        pub fn body(self, value: &types::CreateCallRequest) -> Self {
            Self(self.0.json_body_obj(value))
        }
    }
    /// What the mock answers.
    pub struct CreateCallThen(::httpmock::Then);
    impl CreateCallThen {
        /// Wraps the untyped one.
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        /// The untyped one, to deviate from what is documented.
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        /// Answers with the documented `200`.
        pub fn ok(self, value: &types::Call) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
    }
}
/// Adds a method for each operation to [`MockServer`](::httpmock::MockServer): its
/// [`mock()`](::httpmock::MockServer::mock), with types.
pub trait MockServerExt {
    /// Mocks [`Client::create_call`](crate::Client::create_call).
    fn create_call<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::CreateCallWhen, operations::CreateCallThen);
}
impl MockServerExt for ::httpmock::MockServer {
    fn create_call<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::CreateCallWhen, operations::CreateCallThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::CreateCallWhen::new(when),
                operations::CreateCallThen::new(then),
            )
        })
    }
}
/// The examples of the OpenAPI document as values.
pub mod examples {
    /// The examples of [`Client::create_call`](crate::Client::create_call).
    pub mod create_call {
        #[allow(unused_imports)]
        use super::super::types;
        /// The documented example of the request (`documented`).
        pub fn request() -> types::CreateCallRequest {
            super::value(
                "{\"agentId\":\"123e4567-e89b-12d3-a456-426614174000\",\"channel\":\"call\",\"customerName\":\"John Does\",\"customerPhone\":\"+1234567890\",\"skillId\":\"123e4567-e89b-12d3-a456-426614174000\"}",
            )
        }
        /// The documented example of the response (`documented`).
        pub fn response() -> types::Call {
            super::value(
                "{\"agentId\":\"123e4567-e89b-12d3-a456-426614174000\",\"agentPhone\":\"+1234567890\",\"customerId\":\"123e4567-e89b-12d3-a456-426614174000\",\"customerName\":\"John Doe\",\"customerPhone\":\"+1234567890\",\"id\":\"123e4567-e89b-12d3-a456-426614174000\",\"recordingUrl\":\"https://example.com/recording.wav\",\"skillId\":\"123e4567-e89b-12d3-a456-426614174000\",\"status\":\"in-progress\",\"transcription\":\"Hello, how can I help you?\"}",
            )
        }
    }
    /// An example as its type.
    #[allow(dead_code)]
    fn value<T: ::serde::de::DeserializeOwned>(json: &str) -> T {
        match ::serde_json::from_str(json) {
            Ok(value) => value,
            Err(error) => panic!("an example does not fit its schema: {error}"),
        }
    }
}
