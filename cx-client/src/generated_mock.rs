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
    /// What the mock responds with.
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
        /// Responds with the documented `200`.
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
    /// What a request of `ListCalls` must be.
    pub struct ListCallsWhen(::httpmock::When);
    impl ListCallsWhen {
        /// Wraps the untyped one.
        pub fn new(inner: ::httpmock::When) -> Self {
            let inner = inner.method(::httpmock::Method::GET);
            Self(crate::mock_matching::operation(inner, "/api/v1/calls"))
        }
        /// The untyped one, to deviate from what is documented.
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        /// Requires this value of the parameter `hrs`. `None` requires that it is absent.
        pub fn hrs<'a>(self, value: impl Into<Option<f64>>) -> Self {
            let value: Option<f64> = value.into();
            Self(
                crate::mock_matching::query(
                    self.0,
                    "hrs",
                    &value,
                    crate::request::Style::FormExploded,
                    &[],
                ),
            )
        }
        /// Requires this value of the parameter `status`. `None` requires that it is absent.
        pub fn status<'a>(
            self,
            value: impl Into<Option<types::CallStatusFilter>>,
        ) -> Self {
            let value: Option<types::CallStatusFilter> = value.into();
            Self(
                crate::mock_matching::query(
                    self.0,
                    "status",
                    &value,
                    crate::request::Style::FormExploded,
                    &[],
                ),
            )
        }
        /// Requires this value of the parameter `channel`. `None` requires that it is absent.
        pub fn channel<'a>(self, value: impl Into<Option<types::Channel>>) -> Self {
            let value: Option<types::Channel> = value.into();
            Self(
                crate::mock_matching::query(
                    self.0,
                    "channel",
                    &value,
                    crate::request::Style::FormExploded,
                    &[],
                ),
            )
        }
        /// Requires this value of the parameter `sanitised`. `None` requires that it is absent.
        pub fn sanitised<'a>(self, value: impl Into<Option<&'a str>>) -> Self {
            let value: Option<&'a str> = value.into();
            Self(
                crate::mock_matching::query(
                    self.0,
                    "sanitised",
                    &value,
                    crate::request::Style::FormExploded,
                    &[],
                ),
            )
        }
    }
    /// What the mock responds with.
    pub struct ListCallsThen(::httpmock::Then);
    impl ListCallsThen {
        /// Wraps the untyped one.
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        /// The untyped one, to deviate from what is documented.
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        /// Responds with the documented `200`.
        pub fn ok(self, value: &::std::vec::Vec<types::Call>) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
    }
    /// What a request of `ListAgents` must be.
    pub struct ListAgentsWhen(::httpmock::When);
    impl ListAgentsWhen {
        /// Wraps the untyped one.
        pub fn new(inner: ::httpmock::When) -> Self {
            let inner = inner.method(::httpmock::Method::GET);
            Self(crate::mock_matching::operation(inner, "/api/v1/agents"))
        }
        /// The untyped one, to deviate from what is documented.
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        /// Requires this value of the parameter `page`. `None` requires that it is absent.
        pub fn page<'a>(self, value: impl Into<Option<f64>>) -> Self {
            let value: Option<f64> = value.into();
            Self(
                crate::mock_matching::query(
                    self.0,
                    "page",
                    &value,
                    crate::request::Style::FormExploded,
                    &[],
                ),
            )
        }
        /// Requires this value of the parameter `limit`. `None` requires that it is absent.
        pub fn limit<'a>(self, value: impl Into<Option<f64>>) -> Self {
            let value: Option<f64> = value.into();
            Self(
                crate::mock_matching::query(
                    self.0,
                    "limit",
                    &value,
                    crate::request::Style::FormExploded,
                    &[],
                ),
            )
        }
    }
    /// What the mock responds with.
    pub struct ListAgentsThen(::httpmock::Then);
    impl ListAgentsThen {
        /// Wraps the untyped one.
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        /// The untyped one, to deviate from what is documented.
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        /// Responds with the documented `200`.
        pub fn ok(self, value: &::std::vec::Vec<types::Agent>) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
    }
    /// What a request of `GetAgent` must be.
    pub struct GetAgentWhen(::httpmock::When);
    impl GetAgentWhen {
        /// Wraps the untyped one.
        pub fn new(inner: ::httpmock::When) -> Self {
            let inner = inner.method(::httpmock::Method::GET);
            Self(crate::mock_matching::operation(inner, "/api/v1/agents/{id}"))
        }
        /// The untyped one, to deviate from what is documented.
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        /// Requires this value of the parameter `id`.
        pub fn id<'a>(self, value: &'a str) -> Self {
            Self(
                crate::mock_matching::path(
                    self.0,
                    "/api/v1/agents/{id}",
                    "id",
                    &value,
                    crate::request::Style::Simple,
                ),
            )
        }
    }
    /// What the mock responds with.
    pub struct GetAgentThen(::httpmock::Then);
    impl GetAgentThen {
        /// Wraps the untyped one.
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        /// The untyped one, to deviate from what is documented.
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        /// Responds with the documented `200`.
        pub fn ok(self, value: &types::Agent) -> Self {
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
    /// Mocks [`Client::list_calls`](crate::Client::list_calls).
    fn list_calls<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ListCallsWhen, operations::ListCallsThen);
    /// Mocks [`Client::list_agents`](crate::Client::list_agents).
    fn list_agents<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ListAgentsWhen, operations::ListAgentsThen);
    /// Mocks [`Client::get_agent`](crate::Client::get_agent).
    fn get_agent<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::GetAgentWhen, operations::GetAgentThen);
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
    fn list_calls<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ListCallsWhen, operations::ListCallsThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::ListCallsWhen::new(when),
                operations::ListCallsThen::new(then),
            )
        })
    }
    fn list_agents<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ListAgentsWhen, operations::ListAgentsThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::ListAgentsWhen::new(when),
                operations::ListAgentsThen::new(then),
            )
        })
    }
    fn get_agent<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::GetAgentWhen, operations::GetAgentThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::GetAgentWhen::new(when),
                operations::GetAgentThen::new(then),
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
    /// The examples of [`Client::list_calls`](crate::Client::list_calls).
    pub mod list_calls {
        #[allow(unused_imports)]
        use super::super::types;
        /// The documented example of the response (`documented`).
        pub fn response() -> ::std::vec::Vec<types::Call> {
            super::value(
                "[{\"agentId\":\"123e4567-e89b-12d3-a456-426614174000\",\"agentPhone\":\"+1234567890\",\"customerId\":\"123e4567-e89b-12d3-a456-426614174000\",\"customerName\":\"John Doe\",\"customerPhone\":\"+1234567890\",\"id\":\"123e4567-e89b-12d3-a456-426614174000\",\"recordingUrl\":\"https://example.com/recording.wav\",\"skillId\":\"123e4567-e89b-12d3-a456-426614174000\",\"status\":\"in-progress\",\"transcription\":\"Hello, how can I help you?\"}]",
            )
        }
    }
    /// The examples of [`Client::list_agents`](crate::Client::list_agents).
    pub mod list_agents {
        #[allow(unused_imports)]
        use super::super::types;
        /// The documented example of the response (`documented`).
        pub fn response() -> ::std::vec::Vec<types::Agent> {
            super::value(
                "[{\"actions\":[{\"action\":\"action1\",\"id\":\"1234567890\",\"name\":\"Action 1\",\"parameters\":{}}],\"active\":true,\"capabilities\":[\"capability1\",\"capability2\"],\"createdAt\":\"2022-01-01T00:00:00.000Z\",\"email\":\"john.doe@example.com\",\"id\":\"1234567890\",\"jobDescriptions\":\"Job description 1\",\"language\":\"en-US\",\"name\":\"John Doe\",\"phone\":\"+1234567890\",\"roleText\":\"Role text 1\",\"skills\":[{\"active\":true,\"description\":\"Description of the skill 1\",\"id\":\"1234567890\",\"language\":\"en-US\",\"name\":\"Skill 1\"}],\"updatedAt\":\"2022-01-01T00:00:00.000Z\",\"voiceId\":\"1234567890\",\"voiceSpeed\":1.5}]",
            )
        }
    }
    /// The examples of [`Client::get_agent`](crate::Client::get_agent).
    pub mod get_agent {
        #[allow(unused_imports)]
        use super::super::types;
        /// The documented example of the response (`documented`).
        pub fn response() -> types::Agent {
            super::value(
                "{\"actions\":[{\"action\":\"action1\",\"id\":\"1234567890\",\"name\":\"Action 1\",\"parameters\":{}}],\"active\":true,\"capabilities\":[\"capability1\",\"capability2\"],\"createdAt\":\"2022-01-01T00:00:00.000Z\",\"email\":\"john.doe@example.com\",\"id\":\"1234567890\",\"jobDescriptions\":\"Job description 1\",\"language\":\"en-US\",\"name\":\"John Doe\",\"phone\":\"+1234567890\",\"roleText\":\"Role text 1\",\"skills\":[{\"active\":true,\"description\":\"Description of the skill 1\",\"id\":\"1234567890\",\"language\":\"en-US\",\"name\":\"Skill 1\"}],\"updatedAt\":\"2022-01-01T00:00:00.000Z\",\"voiceId\":\"1234567890\",\"voiceSpeed\":1.5}",
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
