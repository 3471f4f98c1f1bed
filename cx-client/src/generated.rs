// @generated from openapi.yaml by cx-client-build with progenitor.
// Do not edit: change openapi.yaml and run `cargo xtask regen`.

/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    /// An interaction of an agent with a customer.
    ///
    /// A required string, array or map that a response lacks, or has as `null`, is empty here.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq, Eq, Hash)]
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct Call {
        /// Identifies the interaction.
        pub id: ::uuid::Uuid,
        /// Where the interaction stands. The documentation does not list the values.
        pub status: ::std::string::String,
        /// The phone number that the agent uses.
        #[serde(rename = "agentPhone")]
        pub agent_phone: ::std::string::String,
        /// The phone number of the customer.
        #[serde(rename = "customerPhone")]
        pub customer_phone: ::std::string::String,
        /// The agent that conducts the interaction.
        #[serde(rename = "agentId")]
        pub agent_id: ::uuid::Uuid,
        /// Identifies the customer.
        #[serde(rename = "customerId")]
        pub customer_id: ::uuid::Uuid,
        /// The skill that the agent uses.
        #[serde(rename = "skillId")]
        pub skill_id: ::uuid::Uuid,
        /// The name of the customer.
        #[serde(rename = "customerName")]
        pub customer_name: ::std::string::String,
        /// What was said.
        pub transcription: ::std::string::String,
        /// Where the recording of the interaction can be fetched.
        #[serde(rename = "recordingUrl")]
        pub recording_url: ::std::string::String,
    }
    impl Call {
        /// A builder of this type, with no value set.
        pub fn builder() -> builder::Call {
            Default::default()
        }
    }
    /// How the agent reaches the customer.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    pub enum Channel {
        /// `call`
        #[serde(rename = "call")]
        Call,
        /// `sms`
        #[serde(rename = "sms")]
        Sms,
        /// `whatsapp`
        #[serde(rename = "whatsapp")]
        Whatsapp,
        /// `webchat`
        #[serde(rename = "webchat")]
        Webchat,
    }
    impl ::std::fmt::Display for Channel {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Call => f.write_str("call"),
                Self::Sms => f.write_str("sms"),
                Self::Whatsapp => f.write_str("whatsapp"),
                Self::Webchat => f.write_str("webchat"),
            }
        }
    }
    impl ::std::str::FromStr for Channel {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "call" => Ok(Self::Call),
                "sms" => Ok(Self::Sms),
                "whatsapp" => Ok(Self::Whatsapp),
                "webchat" => Ok(Self::Webchat),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Channel {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Channel {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    /// What is needed to start an interaction.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq, Eq, Hash)]
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    pub struct CreateCallRequest {
        /// The agent that is to contact the customer.
        #[serde(rename = "agentId")]
        pub agent_id: ::uuid::Uuid,
        /// How the agent reaches the customer.
        pub channel: Channel,
        /// The skill that the agent is to use.
        #[serde(rename = "skillId")]
        pub skill_id: ::uuid::Uuid,
        /// The name of the customer to reach.
        #[serde(rename = "customerName")]
        pub customer_name: ::std::string::String,
        /// The phone number of the customer to reach.
        #[serde(rename = "customerPhone")]
        pub customer_phone: ::std::string::String,
    }
    impl CreateCallRequest {
        /// A builder of this type, with no value set.
        pub fn builder() -> builder::CreateCallRequest {
            Default::default()
        }
    }
    /// Types for composing complex structures.
    pub mod builder {
        #[derive(Clone)]
        #[must_use = "a builder does nothing until it is given to an operation or converted to its type"]
        pub struct Call {
            agent_id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            agent_phone: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            customer_id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            customer_name: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            customer_phone: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            recording_url: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            skill_id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            status: ::std::result::Result<::std::string::String, ::std::string::String>,
            transcription: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Call {
            fn default() -> Self {
                Self {
                    agent_id: Err(::std::string::String::new()),
                    agent_phone: Err(::std::string::String::new()),
                    customer_id: Err(::std::string::String::new()),
                    customer_name: Err(::std::string::String::new()),
                    customer_phone: Err(::std::string::String::new()),
                    id: Err(::std::string::String::new()),
                    recording_url: Err(::std::string::String::new()),
                    skill_id: Err(::std::string::String::new()),
                    status: Err(::std::string::String::new()),
                    transcription: Err(::std::string::String::new()),
                }
            }
        }
        impl Call {
            /// Sets `agent_id`: The agent that conducts the interaction.
            pub fn agent_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.agent_id = value
                    .try_into()
                    .map_err(|_| "`agent_id` is not a valid `Uuid`".to_string());
                self
            }
            /// Sets `agent_phone`: The phone number that the agent uses.
            pub fn agent_phone<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.agent_phone = value
                    .try_into()
                    .map_err(|_| "`agent_phone` is not a valid `String`".to_string());
                self
            }
            /// Sets `customer_id`: Identifies the customer.
            pub fn customer_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.customer_id = value
                    .try_into()
                    .map_err(|_| "`customer_id` is not a valid `Uuid`".to_string());
                self
            }
            /// Sets `customer_name`: The name of the customer.
            pub fn customer_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.customer_name = value
                    .try_into()
                    .map_err(|_| "`customer_name` is not a valid `String`".to_string());
                self
            }
            /// Sets `customer_phone`: The phone number of the customer.
            pub fn customer_phone<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.customer_phone = value
                    .try_into()
                    .map_err(|_| "`customer_phone` is not a valid `String`".to_string());
                self
            }
            /// Sets `id`: Identifies the interaction.
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|_| "`id` is not a valid `Uuid`".to_string());
                self
            }
            /// Sets `recording_url`: Where the recording of the interaction can be fetched.
            pub fn recording_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.recording_url = value
                    .try_into()
                    .map_err(|_| "`recording_url` is not a valid `String`".to_string());
                self
            }
            /// Sets `skill_id`: The skill that the agent uses.
            pub fn skill_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.skill_id = value
                    .try_into()
                    .map_err(|_| "`skill_id` is not a valid `Uuid`".to_string());
                self
            }
            /// Sets `status`: Where the interaction stands. The documentation does not list the values.
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|_| "`status` is not a valid `String`".to_string());
                self
            }
            /// Sets `transcription`: What was said.
            pub fn transcription<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.transcription = value
                    .try_into()
                    .map_err(|_| "`transcription` is not a valid `String`".to_string());
                self
            }
        }
        impl ::std::convert::TryFrom<Call> for super::Call {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Call,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    agent_id: crate::runtime::supplied(value.agent_id, "`agent_id`")?,
                    agent_phone: crate::runtime::supplied(
                        value.agent_phone,
                        "`agent_phone`",
                    )?,
                    customer_id: crate::runtime::supplied(
                        value.customer_id,
                        "`customer_id`",
                    )?,
                    customer_name: crate::runtime::supplied(
                        value.customer_name,
                        "`customer_name`",
                    )?,
                    customer_phone: crate::runtime::supplied(
                        value.customer_phone,
                        "`customer_phone`",
                    )?,
                    id: crate::runtime::supplied(value.id, "`id`")?,
                    recording_url: crate::runtime::supplied(
                        value.recording_url,
                        "`recording_url`",
                    )?,
                    skill_id: crate::runtime::supplied(value.skill_id, "`skill_id`")?,
                    status: crate::runtime::supplied(value.status, "`status`")?,
                    transcription: crate::runtime::supplied(
                        value.transcription,
                        "`transcription`",
                    )?,
                })
            }
        }
        impl ::std::convert::From<super::Call> for Call {
            fn from(value: super::Call) -> Self {
                Self {
                    agent_id: Ok(value.agent_id),
                    agent_phone: Ok(value.agent_phone),
                    customer_id: Ok(value.customer_id),
                    customer_name: Ok(value.customer_name),
                    customer_phone: Ok(value.customer_phone),
                    id: Ok(value.id),
                    recording_url: Ok(value.recording_url),
                    skill_id: Ok(value.skill_id),
                    status: Ok(value.status),
                    transcription: Ok(value.transcription),
                }
            }
        }
        #[derive(Clone)]
        #[must_use = "a builder does nothing until it is given to an operation or converted to its type"]
        pub struct CreateCallRequest {
            agent_id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            channel: ::std::result::Result<super::Channel, ::std::string::String>,
            customer_name: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            customer_phone: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            skill_id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
        }
        impl ::std::default::Default for CreateCallRequest {
            fn default() -> Self {
                Self {
                    agent_id: Err(::std::string::String::new()),
                    channel: Err(::std::string::String::new()),
                    customer_name: Err(::std::string::String::new()),
                    customer_phone: Err(::std::string::String::new()),
                    skill_id: Err(::std::string::String::new()),
                }
            }
        }
        impl CreateCallRequest {
            /// Sets `agent_id`: The agent that is to contact the customer.
            pub fn agent_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.agent_id = value
                    .try_into()
                    .map_err(|_| "`agent_id` is not a valid `Uuid`".to_string());
                self
            }
            /// Sets `channel`: How the agent reaches the customer.
            pub fn channel<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Channel>,
                T::Error: ::std::fmt::Display,
            {
                self.channel = value
                    .try_into()
                    .map_err(|_| "`channel` is not a valid `Channel`".to_string());
                self
            }
            /// Sets `customer_name`: The name of the customer to reach.
            pub fn customer_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.customer_name = value
                    .try_into()
                    .map_err(|_| "`customer_name` is not a valid `String`".to_string());
                self
            }
            /// Sets `customer_phone`: The phone number of the customer to reach.
            pub fn customer_phone<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.customer_phone = value
                    .try_into()
                    .map_err(|_| "`customer_phone` is not a valid `String`".to_string());
                self
            }
            /// Sets `skill_id`: The skill that the agent is to use.
            pub fn skill_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.skill_id = value
                    .try_into()
                    .map_err(|_| "`skill_id` is not a valid `Uuid`".to_string());
                self
            }
        }
        impl ::std::convert::TryFrom<CreateCallRequest> for super::CreateCallRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CreateCallRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    agent_id: crate::runtime::supplied(value.agent_id, "`agent_id`")?,
                    channel: crate::runtime::supplied(value.channel, "`channel`")?,
                    customer_name: crate::runtime::supplied(
                        value.customer_name,
                        "`customer_name`",
                    )?,
                    customer_phone: crate::runtime::supplied(
                        value.customer_phone,
                        "`customer_phone`",
                    )?,
                    skill_id: crate::runtime::supplied(value.skill_id, "`skill_id`")?,
                })
            }
        }
        impl ::std::convert::From<super::CreateCallRequest> for CreateCallRequest {
            fn from(value: super::CreateCallRequest) -> Self {
                Self {
                    agent_id: Ok(value.agent_id),
                    channel: Ok(value.channel),
                    customer_name: Ok(value.customer_name),
                    customer_phone: Ok(value.customer_phone),
                    skill_id: Ok(value.skill_id),
                }
            }
        }
        impl ::std::fmt::Debug for Call {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Call").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for CreateCallRequest {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("CreateCallRequest").finish_non_exhaustive()
            }
        }
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
    impl ::std::fmt::Debug for Call {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Call")
                .field("id", &self.id)
                .field("status", &self.status)
                .field("agent_phone", &format_args!("[redacted]"))
                .field("customer_phone", &format_args!("[redacted]"))
                .field("agent_id", &self.agent_id)
                .field("customer_id", &self.customer_id)
                .field("skill_id", &self.skill_id)
                .field("customer_name", &format_args!("[redacted]"))
                .field("transcription", &format_args!("[redacted]"))
                .field("recording_url", &format_args!("[redacted]"))
                .finish()
        }
    }
    impl ::std::fmt::Debug for CreateCallRequest {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("CreateCallRequest")
                .field("agent_id", &self.agent_id)
                .field("channel", &self.channel)
                .field("skill_id", &self.skill_id)
                .field("customer_name", &format_args!("[redacted]"))
                .field("customer_phone", &format_args!("[redacted]"))
                .finish()
        }
    }
}
/// Client for CX
///
/// The HTTP API of CX, a hosted platform of AI agents that reach a company's customers by phone call, SMS, WhatsApp or web chat.
///
/// Version: v1
#[derive(Clone)]
pub struct Client {
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::runtime::Runtime,
}
impl Client {
    pub(crate) fn new_with_client(
        client: reqwest::Client,
        inner: crate::runtime::Runtime,
    ) -> Self {
        Self { client, inner }
    }
}
impl Client {
    /// Start an interaction with a customer
    ///
    /// Has one of your agents contact a customer over the chosen channel, and answers with the interaction that was started.
    ///
    /// Sends a `POST` request to `/api/v1/calls`
    ///
    /// Arguments:
    /// - `body`: Who is to be contacted, by which agent, with which skill, and how.
    /// ```text
    /// let response = client.create_call()
    ///     .body(body)
    ///     .send()
    ///     .await;
    /// ```
    pub fn create_call(&self) -> builder::CreateCall<'_> {
        builder::CreateCall::new(self)
    }
}
/// Types for composing operation parameters.
#[allow(clippy::all)]
pub mod builder {
    use crate::{Error, request, runtime::Operation};
    #[allow(unused_imports)]
    use progenitor_client::{ByteStream, ResponseValue};
    #[allow(unused_imports)]
    use super::types;
    /// Builder for [`Client::create_call`]
    ///
    /// [`Client::create_call`]: super::Client::create_call
    #[derive(Clone)]
    #[must_use = "an operation does nothing until `send` is called and awaited"]
    pub struct CreateCall<'a> {
        client: &'a super::Client,
        body: Result<types::builder::CreateCallRequest, String>,
    }
    impl<'a> CreateCall<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client,
                body: Err(::std::string::String::new()),
            }
        }
        /// Sets the body of the request.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CreateCallRequest>,
            <V as std::convert::TryInto<
                types::CreateCallRequest,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|error| crate::runtime::invalid_body::<
                    types::error::ConversionError,
                    _,
                >("CreateCallRequest", &error));
            self
        }
        /// Changes the body of the request with the builder of its type.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::CreateCallRequest,
            ) -> types::builder::CreateCallRequest,
        {
            self.body = match self.body {
                Err(message) if message.is_empty() => Ok(f(Default::default())),
                body => body.map(f),
            };
            self
        }
        /// Sends a `POST` request to `/api/v1/calls`
        ///
        /// # Errors
        ///
        /// If the request could not be built or sent, was refused, or the answer could not be read: [`Error::delivery`](crate::Error::delivery) says what is known of the server, and what to do.
        pub async fn send(self) -> Result<ResponseValue<types::Call>, Error> {
            const OPERATION: Operation = Operation {
                id: "create_call",
                method: "POST",
                path: "/api/v1/calls",
                streams: false,
            };
            let client = self.client;
            let response = client
                .inner
                .execute(&client.client, &OPERATION, self.build_request())
                .await?;
            response.json()
        }
        fn build_request(self) -> Result<reqwest::Request, Error> {
            let Self { client, body } = self;
            let body = crate::runtime::supplied(body, "the body")
                .and_then(|v| {
                    types::CreateCallRequest::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::invalid_request)?;
            #[allow(unused_mut)]
            let mut request = request::Request::new(
                ::reqwest::Method::POST,
                "/api/v1/calls",
            );
            request.accept("application/json");
            request.json("application/json", &body)?;
            request.build(&client.client, &client.inner)
        }
    }
    impl<'a> ::std::fmt::Debug for CreateCall<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("CreateCall").finish_non_exhaustive()
        }
    }
}
/// The base URL of the API: the first server of the OpenAPI document, where it names one.
///
/// The server of the documentation's sample request; by its name, a staging host. Ask CX for the server of your account.
pub const BASE_URL: Option<&str> = Some("https://cx-staging-three.fly.dev");
/// The version of the API, as the OpenAPI document states it.
pub const API_VERSION: &str = "v1";
/// The names of the properties of the schemas, sorted: what an error may quote of a body.
pub(crate) const PROPERTY_NAMES: &[&str] = &[
    "agentId",
    "agentPhone",
    "channel",
    "customerId",
    "customerName",
    "customerPhone",
    "id",
    "recordingUrl",
    "skillId",
    "status",
    "transcription",
];
/// The JSON Schemas of the generated types, as they serialize, each with the JSON pointer
/// (RFC 6901) of the schema of the OpenAPI document that the type was made from.
#[cfg(feature = "schemars")]
pub fn json_schemas() -> Vec<(&'static str, schemars::Schema)> {
    #[allow(unused_variables)]
    let generator = || {
        schemars::generate::SchemaSettings::draft2020_12()
            .for_serialize()
            .into_generator()
    };
    ::std::vec::Vec::from([
        ("/components/schemas/Call", generator().into_root_schema_for::<types::Call>()),
        (
            "/components/schemas/Channel",
            generator().into_root_schema_for::<types::Channel>(),
        ),
        (
            "/components/schemas/CreateCallRequest",
            generator().into_root_schema_for::<types::CreateCallRequest>(),
        ),
    ])
}
