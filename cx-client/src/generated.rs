// @generated from openapi.yaml by cx-client-build with progenitor.
// Do not edit: change openapi.yaml and run `cargo xtask regen`.

/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    /// An AI agent that contacts customers.
    ///
    /// A required string, array or map that a response lacks, or has as `null`, is empty here.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct Agent {
        /// Identifies the agent.
        pub id: ::std::string::String,
        /// What the agent is called.
        #[serde(deserialize_with = "::std::option::Option::deserialize")]
        pub name: ::std::option::Option<::std::string::String>,
        /// The e-mail address of the agent.
        #[serde(deserialize_with = "::std::option::Option::deserialize")]
        pub email: ::std::option::Option<::std::string::String>,
        /// The language that the agent speaks.
        #[serde(deserialize_with = "::std::option::Option::deserialize")]
        pub language: ::std::option::Option<::std::string::String>,
        /// Whether the agent is in use.
        #[serde(deserialize_with = "::std::option::Option::deserialize")]
        pub active: ::std::option::Option<bool>,
        /// How fast the agent speaks.
        #[serde(
            rename = "voiceSpeed",
            deserialize_with = "::std::option::Option::deserialize"
        )]
        pub voice_speed: ::std::option::Option<f64>,
        /// The voice with which the agent speaks.
        #[serde(
            rename = "voiceId",
            deserialize_with = "::std::option::Option::deserialize"
        )]
        pub voice_id: ::std::option::Option<::std::string::String>,
        /// What the agent is able to do.
        #[serde(deserialize_with = "::std::option::Option::deserialize")]
        pub capabilities: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        /// What the job of the agent is.
        #[serde(
            rename = "jobDescriptions",
            deserialize_with = "::std::option::Option::deserialize"
        )]
        pub job_descriptions: ::std::option::Option<::std::string::String>,
        /// The role that the agent plays.
        #[serde(
            rename = "roleText",
            deserialize_with = "::std::option::Option::deserialize"
        )]
        pub role_text: ::std::option::Option<::std::string::String>,
        /// What the agent can do in an interaction.
        #[serde(default)]
        #[cfg_attr(
            feature = "schemars",
            schemars(default, skip_serializing_if = "::std::vec::Vec::is_empty")
        )]
        pub actions: ::std::vec::Vec<AgentAction>,
        /// What the agent can be asked to do.
        #[serde(default)]
        #[cfg_attr(
            feature = "schemars",
            schemars(default, skip_serializing_if = "::std::vec::Vec::is_empty")
        )]
        pub skills: ::std::vec::Vec<AgentSkill>,
        /// The phone number of the agent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phone: ::std::option::Option<::std::string::String>,
        /// When the agent was last changed.
        #[serde(
            rename = "updatedAt",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub updated_at: ::std::option::Option<::std::string::String>,
        /// When the agent was created.
        #[serde(
            rename = "createdAt",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub created_at: ::std::option::Option<::std::string::String>,
    }
    impl Agent {
        /// A builder of this type, with no value set.
        pub fn builder() -> builder::Agent {
            Default::default()
        }
    }
    /// Something that an agent can do in an interaction.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        PartialEq,
        Eq,
        Hash
    )]
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct AgentAction {
        /// Identifies the action.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<::std::string::String>,
        /// What the action is called.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        /// What is done. The documentation does not list the values.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub action: ::std::option::Option<::std::string::String>,
        /// What the action is done with.
        #[serde(default)]
        #[cfg_attr(
            feature = "schemars",
            schemars(default, skip_serializing_if = "::serde_json::Map::is_empty")
        )]
        pub parameters: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    impl AgentAction {
        /// A builder of this type, with no value set.
        pub fn builder() -> builder::AgentAction {
            Default::default()
        }
    }
    /// Something that an agent can be asked to do.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        PartialEq,
        Eq,
        Hash
    )]
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct AgentSkill {
        /// Identifies the skill.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<::std::string::String>,
        /// What the skill is called.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        /// What the skill is for.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub description: ::std::option::Option<::std::string::String>,
        /// The language of the skill.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub language: ::std::option::Option<::std::string::String>,
        /// Whether the skill is in use.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub active: ::std::option::Option<bool>,
    }
    impl AgentSkill {
        /// A builder of this type, with no value set.
        pub fn builder() -> builder::AgentSkill {
            Default::default()
        }
    }
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
    /// Where an interaction stands, as far as interactions can be filtered by it.
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
    pub enum CallStatusFilter {
        /// `failed`
        #[serde(rename = "failed")]
        Failed,
        /// `voicemail`
        #[serde(rename = "voicemail")]
        Voicemail,
        /// `answer`
        #[serde(rename = "answer")]
        Answer,
        /// `completed`
        #[serde(rename = "completed")]
        Completed,
        /// `busy`
        #[serde(rename = "busy")]
        Busy,
        /// `open`
        #[serde(rename = "open")]
        Open,
        /// `close`
        #[serde(rename = "close")]
        Close,
        /// `closed`
        #[serde(rename = "closed")]
        Closed,
        /// `resolved`
        #[serde(rename = "resolved")]
        Resolved,
        /// `no-answer`
        #[serde(rename = "no-answer")]
        NoAnswer,
        /// `canceled`
        #[serde(rename = "canceled")]
        Canceled,
        /// `ongoing`
        #[serde(rename = "ongoing")]
        Ongoing,
        /// `pending`
        #[serde(rename = "pending")]
        Pending,
        /// `stalled`
        #[serde(rename = "stalled")]
        Stalled,
        /// `expired`
        #[serde(rename = "expired")]
        Expired,
        /// `processing`
        #[serde(rename = "processing")]
        Processing,
    }
    impl ::std::fmt::Display for CallStatusFilter {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Failed => f.write_str("failed"),
                Self::Voicemail => f.write_str("voicemail"),
                Self::Answer => f.write_str("answer"),
                Self::Completed => f.write_str("completed"),
                Self::Busy => f.write_str("busy"),
                Self::Open => f.write_str("open"),
                Self::Close => f.write_str("close"),
                Self::Closed => f.write_str("closed"),
                Self::Resolved => f.write_str("resolved"),
                Self::NoAnswer => f.write_str("no-answer"),
                Self::Canceled => f.write_str("canceled"),
                Self::Ongoing => f.write_str("ongoing"),
                Self::Pending => f.write_str("pending"),
                Self::Stalled => f.write_str("stalled"),
                Self::Expired => f.write_str("expired"),
                Self::Processing => f.write_str("processing"),
            }
        }
    }
    impl ::std::str::FromStr for CallStatusFilter {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "failed" => Ok(Self::Failed),
                "voicemail" => Ok(Self::Voicemail),
                "answer" => Ok(Self::Answer),
                "completed" => Ok(Self::Completed),
                "busy" => Ok(Self::Busy),
                "open" => Ok(Self::Open),
                "close" => Ok(Self::Close),
                "closed" => Ok(Self::Closed),
                "resolved" => Ok(Self::Resolved),
                "no-answer" => Ok(Self::NoAnswer),
                "canceled" => Ok(Self::Canceled),
                "ongoing" => Ok(Self::Ongoing),
                "pending" => Ok(Self::Pending),
                "stalled" => Ok(Self::Stalled),
                "expired" => Ok(Self::Expired),
                "processing" => Ok(Self::Processing),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for CallStatusFilter {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for CallStatusFilter {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
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
        pub struct Agent {
            actions: ::std::result::Result<
                ::std::vec::Vec<super::AgentAction>,
                ::std::string::String,
            >,
            active: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            capabilities: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
            created_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            email: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::std::string::String, ::std::string::String>,
            job_descriptions: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            language: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            phone: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            role_text: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            skills: ::std::result::Result<
                ::std::vec::Vec<super::AgentSkill>,
                ::std::string::String,
            >,
            updated_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            voice_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            voice_speed: ::std::result::Result<
                ::std::option::Option<f64>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Agent {
            fn default() -> Self {
                Self {
                    actions: Ok(Default::default()),
                    active: Err(::std::string::String::new()),
                    capabilities: Err(::std::string::String::new()),
                    created_at: Ok(Default::default()),
                    email: Err(::std::string::String::new()),
                    id: Err(::std::string::String::new()),
                    job_descriptions: Err(::std::string::String::new()),
                    language: Err(::std::string::String::new()),
                    name: Err(::std::string::String::new()),
                    phone: Ok(Default::default()),
                    role_text: Err(::std::string::String::new()),
                    skills: Ok(Default::default()),
                    updated_at: Ok(Default::default()),
                    voice_id: Err(::std::string::String::new()),
                    voice_speed: Err(::std::string::String::new()),
                }
            }
        }
        impl Agent {
            /// Sets `actions`: What the agent can do in an interaction.
            pub fn actions<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::AgentAction>>,
                T::Error: ::std::fmt::Display,
            {
                self.actions = value
                    .try_into()
                    .map_err(|_| {
                        "`actions` is not a valid `Vec<AgentAction>`".to_string()
                    });
                self
            }
            /// Sets `active`: Whether the agent is in use.
            pub fn active<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.active = value
                    .try_into()
                    .map_err(|_| "`active` is not a valid `bool`".to_string());
                self
            }
            /// Sets `capabilities`: What the agent is able to do.
            pub fn capabilities<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.capabilities = value
                    .try_into()
                    .map_err(|_| {
                        "`capabilities` is not a valid `Vec<String>`".to_string()
                    });
                self
            }
            /// Sets `created_at`: When the agent was created.
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|_| "`created_at` is not a valid `String`".to_string());
                self
            }
            /// Sets `email`: The e-mail address of the agent.
            pub fn email<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.email = value
                    .try_into()
                    .map_err(|_| "`email` is not a valid `String`".to_string());
                self
            }
            /// Sets `id`: Identifies the agent.
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|_| "`id` is not a valid `String`".to_string());
                self
            }
            /// Sets `job_descriptions`: What the job of the agent is.
            pub fn job_descriptions<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.job_descriptions = value
                    .try_into()
                    .map_err(|_| {
                        "`job_descriptions` is not a valid `String`".to_string()
                    });
                self
            }
            /// Sets `language`: The language that the agent speaks.
            pub fn language<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.language = value
                    .try_into()
                    .map_err(|_| "`language` is not a valid `String`".to_string());
                self
            }
            /// Sets `name`: What the agent is called.
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|_| "`name` is not a valid `String`".to_string());
                self
            }
            /// Sets `phone`: The phone number of the agent.
            pub fn phone<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.phone = value
                    .try_into()
                    .map_err(|_| "`phone` is not a valid `String`".to_string());
                self
            }
            /// Sets `role_text`: The role that the agent plays.
            pub fn role_text<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.role_text = value
                    .try_into()
                    .map_err(|_| "`role_text` is not a valid `String`".to_string());
                self
            }
            /// Sets `skills`: What the agent can be asked to do.
            pub fn skills<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::AgentSkill>>,
                T::Error: ::std::fmt::Display,
            {
                self.skills = value
                    .try_into()
                    .map_err(|_| {
                        "`skills` is not a valid `Vec<AgentSkill>`".to_string()
                    });
                self
            }
            /// Sets `updated_at`: When the agent was last changed.
            pub fn updated_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.updated_at = value
                    .try_into()
                    .map_err(|_| "`updated_at` is not a valid `String`".to_string());
                self
            }
            /// Sets `voice_id`: The voice with which the agent speaks.
            pub fn voice_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.voice_id = value
                    .try_into()
                    .map_err(|_| "`voice_id` is not a valid `String`".to_string());
                self
            }
            /// Sets `voice_speed`: How fast the agent speaks.
            pub fn voice_speed<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<f64>>,
                T::Error: ::std::fmt::Display,
            {
                self.voice_speed = value
                    .try_into()
                    .map_err(|_| "`voice_speed` is not a valid `f64`".to_string());
                self
            }
        }
        impl ::std::convert::TryFrom<Agent> for super::Agent {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Agent,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    actions: value.actions?,
                    active: crate::runtime::supplied(value.active, "`active`")?,
                    capabilities: crate::runtime::supplied(
                        value.capabilities,
                        "`capabilities`",
                    )?,
                    created_at: value.created_at?,
                    email: crate::runtime::supplied(value.email, "`email`")?,
                    id: crate::runtime::supplied(value.id, "`id`")?,
                    job_descriptions: crate::runtime::supplied(
                        value.job_descriptions,
                        "`job_descriptions`",
                    )?,
                    language: crate::runtime::supplied(value.language, "`language`")?,
                    name: crate::runtime::supplied(value.name, "`name`")?,
                    phone: value.phone?,
                    role_text: crate::runtime::supplied(value.role_text, "`role_text`")?,
                    skills: value.skills?,
                    updated_at: value.updated_at?,
                    voice_id: crate::runtime::supplied(value.voice_id, "`voice_id`")?,
                    voice_speed: crate::runtime::supplied(
                        value.voice_speed,
                        "`voice_speed`",
                    )?,
                })
            }
        }
        impl ::std::convert::From<super::Agent> for Agent {
            fn from(value: super::Agent) -> Self {
                Self {
                    actions: Ok(value.actions),
                    active: Ok(value.active),
                    capabilities: Ok(value.capabilities),
                    created_at: Ok(value.created_at),
                    email: Ok(value.email),
                    id: Ok(value.id),
                    job_descriptions: Ok(value.job_descriptions),
                    language: Ok(value.language),
                    name: Ok(value.name),
                    phone: Ok(value.phone),
                    role_text: Ok(value.role_text),
                    skills: Ok(value.skills),
                    updated_at: Ok(value.updated_at),
                    voice_id: Ok(value.voice_id),
                    voice_speed: Ok(value.voice_speed),
                }
            }
        }
        #[derive(Clone)]
        #[must_use = "a builder does nothing until it is given to an operation or converted to its type"]
        pub struct AgentAction {
            action: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            parameters: ::std::result::Result<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for AgentAction {
            fn default() -> Self {
                Self {
                    action: Ok(Default::default()),
                    id: Ok(Default::default()),
                    name: Ok(Default::default()),
                    parameters: Ok(Default::default()),
                }
            }
        }
        impl AgentAction {
            /// Sets `action`: What is done. The documentation does not list the values.
            pub fn action<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.action = value
                    .try_into()
                    .map_err(|_| "`action` is not a valid `String`".to_string());
                self
            }
            /// Sets `id`: Identifies the action.
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|_| "`id` is not a valid `String`".to_string());
                self
            }
            /// Sets `name`: What the action is called.
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|_| "`name` is not a valid `String`".to_string());
                self
            }
            /// Sets `parameters`: What the action is done with.
            pub fn parameters<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.parameters = value
                    .try_into()
                    .map_err(|_| {
                        "`parameters` is not a valid `Map<String,Value>`".to_string()
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<AgentAction> for super::AgentAction {
            type Error = super::error::ConversionError;
            fn try_from(
                value: AgentAction,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    action: value.action?,
                    id: value.id?,
                    name: value.name?,
                    parameters: value.parameters?,
                })
            }
        }
        impl ::std::convert::From<super::AgentAction> for AgentAction {
            fn from(value: super::AgentAction) -> Self {
                Self {
                    action: Ok(value.action),
                    id: Ok(value.id),
                    name: Ok(value.name),
                    parameters: Ok(value.parameters),
                }
            }
        }
        #[derive(Clone)]
        #[must_use = "a builder does nothing until it is given to an operation or converted to its type"]
        pub struct AgentSkill {
            active: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            description: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            language: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for AgentSkill {
            fn default() -> Self {
                Self {
                    active: Ok(Default::default()),
                    description: Ok(Default::default()),
                    id: Ok(Default::default()),
                    language: Ok(Default::default()),
                    name: Ok(Default::default()),
                }
            }
        }
        impl AgentSkill {
            /// Sets `active`: Whether the skill is in use.
            pub fn active<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.active = value
                    .try_into()
                    .map_err(|_| "`active` is not a valid `bool`".to_string());
                self
            }
            /// Sets `description`: What the skill is for.
            pub fn description<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.description = value
                    .try_into()
                    .map_err(|_| "`description` is not a valid `String`".to_string());
                self
            }
            /// Sets `id`: Identifies the skill.
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|_| "`id` is not a valid `String`".to_string());
                self
            }
            /// Sets `language`: The language of the skill.
            pub fn language<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.language = value
                    .try_into()
                    .map_err(|_| "`language` is not a valid `String`".to_string());
                self
            }
            /// Sets `name`: What the skill is called.
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|_| "`name` is not a valid `String`".to_string());
                self
            }
        }
        impl ::std::convert::TryFrom<AgentSkill> for super::AgentSkill {
            type Error = super::error::ConversionError;
            fn try_from(
                value: AgentSkill,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    active: value.active?,
                    description: value.description?,
                    id: value.id?,
                    language: value.language?,
                    name: value.name?,
                })
            }
        }
        impl ::std::convert::From<super::AgentSkill> for AgentSkill {
            fn from(value: super::AgentSkill) -> Self {
                Self {
                    active: Ok(value.active),
                    description: Ok(value.description),
                    id: Ok(value.id),
                    language: Ok(value.language),
                    name: Ok(value.name),
                }
            }
        }
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
        impl ::std::fmt::Debug for Agent {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Agent").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for AgentAction {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("AgentAction").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for AgentSkill {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("AgentSkill").finish_non_exhaustive()
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
    impl ::std::fmt::Debug for Agent {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Agent")
                .field("id", &self.id)
                .field(
                    "name",
                    &if self.name.is_none() {
                        format_args!("None")
                    } else {
                        format_args!("[redacted]")
                    },
                )
                .field(
                    "email",
                    &if self.email.is_none() {
                        format_args!("None")
                    } else {
                        format_args!("[redacted]")
                    },
                )
                .field("language", &self.language)
                .field("active", &self.active)
                .field("voice_speed", &self.voice_speed)
                .field("voice_id", &self.voice_id)
                .field("capabilities", &self.capabilities)
                .field("job_descriptions", &self.job_descriptions)
                .field("role_text", &self.role_text)
                .field("actions", &self.actions)
                .field("skills", &self.skills)
                .field(
                    "phone",
                    &if self.phone.is_none() {
                        format_args!("None")
                    } else {
                        format_args!("[redacted]")
                    },
                )
                .field("updated_at", &self.updated_at)
                .field("created_at", &self.created_at)
                .finish()
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
    /// List agents
    ///
    /// The agents of the account, page by page.
    ///
    /// Sends a `GET` request to `/api/v1/agents`
    ///
    /// Arguments:
    /// - `limit`: How many agents a page has at most.
    /// - `page`: Which page to answer with.
    ///
    /// ```no_run
    /// # async fn example(
    /// #     client: cx_client::Client,
    /// #     page: f64,
    /// #     limit: f64,
    /// # ) -> Result<(), cx_client::Error> {
    /// let response = client.list_agents()
    ///     .page(page)
    ///     .limit(limit)
    ///     .send()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_agents(&self) -> builder::ListAgents<'_> {
        builder::ListAgents::new(self)
    }
    /// Look up an agent
    ///
    /// One agent of the account.
    ///
    /// Sends a `GET` request to `/api/v1/agents/{id}`
    ///
    /// Arguments:
    /// - `id`: The agent to look up.
    ///
    /// ```no_run
    /// # async fn example(
    /// #     client: cx_client::Client,
    /// #     id: ::std::string::String,
    /// # ) -> Result<(), cx_client::Error> {
    /// let response = client.get_agent()
    ///     .id(id)
    ///     .send()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_agent(&self) -> builder::GetAgent<'_> {
        builder::GetAgent::new(self)
    }
    /// List interactions
    ///
    /// The interactions of your agents with customers; with filters, those that match all of them.
    ///
    /// Sends a `GET` request to `/api/v1/calls`
    ///
    /// Arguments:
    /// - `channel`: Only interactions over this channel.
    /// - `hrs`: Only interactions of so many hours back. The documentation lists the filter and does not explain it.
    /// - `sanitised`: The documentation lists this filter and does not explain it.
    /// - `status`: Only interactions that stand so.
    ///
    /// ```no_run
    /// # async fn example(
    /// #     client: cx_client::Client,
    /// #     hrs: f64,
    /// #     status: cx_client::types::CallStatusFilter,
    /// #     channel: cx_client::types::Channel,
    /// #     sanitised: ::std::string::String,
    /// # ) -> Result<(), cx_client::Error> {
    /// let response = client.list_calls()
    ///     .hrs(hrs)
    ///     .status(status)
    ///     .channel(channel)
    ///     .sanitised(sanitised)
    ///     .send()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_calls(&self) -> builder::ListCalls<'_> {
        builder::ListCalls::new(self)
    }
    /// Start an interaction with a customer
    ///
    /// Has one of your agents contact a customer over the chosen channel, and answers with the interaction that was started.
    ///
    /// Sends a `POST` request to `/api/v1/calls`
    ///
    /// Arguments:
    /// - `body`: Who is to be contacted, by which agent, with which skill, and how.
    ///
    /// ```no_run
    /// # async fn example(
    /// #     client: cx_client::Client,
    /// #     body: cx_client::types::CreateCallRequest,
    /// # ) -> Result<(), cx_client::Error> {
    /// let response = client.create_call()
    ///     .body(body)
    ///     .send()
    ///     .await?;
    /// # Ok(())
    /// # }
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
    use crate::{ByteStream, ResponseValue};
    #[allow(unused_imports)]
    use super::types;
    /// Builder for [`Client::list_agents`]
    ///
    /// [`Client::list_agents`]: super::Client::list_agents
    #[derive(Clone)]
    #[must_use = "an operation does nothing until `send` is called and awaited"]
    pub struct ListAgents<'a> {
        client: &'a super::Client,
        limit: Result<Option<f64>, String>,
        page: Result<Option<f64>, String>,
    }
    impl<'a> ListAgents<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client,
                limit: Ok(None),
                page: Ok(None),
            }
        }
        /// Sets the parameter `limit`.
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<f64>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| "the parameter `limit` is not a valid `f64`".to_string());
            self
        }
        /// Sets the parameter `page`.
        pub fn page<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<f64>,
        {
            self.page = value
                .try_into()
                .map(Some)
                .map_err(|_| "the parameter `page` is not a valid `f64`".to_string());
            self
        }
        /// Sends a `GET` request to `/api/v1/agents`
        ///
        /// # Errors
        ///
        /// If the request could not be built or sent, was refused, or the response could not be read: [`Error::delivery`](crate::Error::delivery) says what is known of the server, and what to do.
        pub async fn send(
            self,
        ) -> Result<ResponseValue<::std::vec::Vec<types::Agent>>, Error> {
            const OPERATION: Operation = Operation {
                id: "list_agents",
                method: "GET",
                path: "/api/v1/agents",
                streams: false,
            };
            let client = self.client;
            let response = client
                .inner
                .execute(&client.client, &OPERATION, self.build_request())
                .await?;
            response.json()
        }
        fn build_request(self) -> Result<request::Request, Error> {
            let Self { client: _, limit, page } = self;
            let limit = limit.map_err(Error::invalid_request)?;
            let page = page.map_err(Error::invalid_request)?;
            #[allow(unused_mut)]
            let mut request = request::Request::new(
                ::reqwest::Method::GET,
                "/api/v1/agents",
            );
            request.query("page", &page, request::Style::FormExploded)?;
            request.query("limit", &limit, request::Style::FormExploded)?;
            request.accept("application/json");
            Ok(request)
        }
    }
    /// Builder for [`Client::get_agent`]
    ///
    /// [`Client::get_agent`]: super::Client::get_agent
    #[derive(Clone)]
    #[must_use = "an operation does nothing until `send` is called and awaited"]
    pub struct GetAgent<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> GetAgent<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client,
                id: Err(::std::string::String::new()),
            }
        }
        /// Sets the parameter `id`.
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| "the parameter `id` is not a valid `String`".to_string());
            self
        }
        /// Sends a `GET` request to `/api/v1/agents/{id}`
        ///
        /// # Errors
        ///
        /// If the request could not be built or sent, was refused, or the response could not be read: [`Error::delivery`](crate::Error::delivery) says what is known of the server, and what to do.
        pub async fn send(self) -> Result<ResponseValue<types::Agent>, Error> {
            const OPERATION: Operation = Operation {
                id: "get_agent",
                method: "GET",
                path: "/api/v1/agents/{id}",
                streams: false,
            };
            let client = self.client;
            let response = client
                .inner
                .execute(&client.client, &OPERATION, self.build_request())
                .await?;
            response.json()
        }
        fn build_request(self) -> Result<request::Request, Error> {
            let Self { client: _, id } = self;
            let id = crate::runtime::supplied(id, "`id`")
                .map_err(Error::invalid_request)?;
            #[allow(unused_mut)]
            let mut request = request::Request::new(
                ::reqwest::Method::GET,
                "/api/v1/agents/{id}",
            );
            request.path("id", &id, request::Style::Simple)?;
            request.accept("application/json");
            Ok(request)
        }
    }
    /// Builder for [`Client::list_calls`]
    ///
    /// [`Client::list_calls`]: super::Client::list_calls
    #[derive(Clone)]
    #[must_use = "an operation does nothing until `send` is called and awaited"]
    pub struct ListCalls<'a> {
        client: &'a super::Client,
        channel: Result<Option<types::Channel>, String>,
        hrs: Result<Option<f64>, String>,
        sanitised: Result<Option<::std::string::String>, String>,
        status: Result<Option<types::CallStatusFilter>, String>,
    }
    impl<'a> ListCalls<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client,
                channel: Ok(None),
                hrs: Ok(None),
                sanitised: Ok(None),
                status: Ok(None),
            }
        }
        /// Sets the parameter `channel`.
        pub fn channel<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::Channel>,
        {
            self.channel = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "the parameter `channel` is not a valid `Channel`".to_string()
                });
            self
        }
        /// Sets the parameter `hrs`.
        pub fn hrs<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<f64>,
        {
            self.hrs = value
                .try_into()
                .map(Some)
                .map_err(|_| "the parameter `hrs` is not a valid `f64`".to_string());
            self
        }
        /// Sets the parameter `sanitised`.
        pub fn sanitised<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.sanitised = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "the parameter `sanitised` is not a valid `String`".to_string()
                });
            self
        }
        /// Sets the parameter `status`.
        pub fn status<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CallStatusFilter>,
        {
            self.status = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "the parameter `status` is not a valid `CallStatusFilter`"
                        .to_string()
                });
            self
        }
        /// Sends a `GET` request to `/api/v1/calls`
        ///
        /// # Errors
        ///
        /// If the request could not be built or sent, was refused, or the response could not be read: [`Error::delivery`](crate::Error::delivery) says what is known of the server, and what to do.
        pub async fn send(
            self,
        ) -> Result<ResponseValue<::std::vec::Vec<types::Call>>, Error> {
            const OPERATION: Operation = Operation {
                id: "list_calls",
                method: "GET",
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
        fn build_request(self) -> Result<request::Request, Error> {
            let Self { client: _, channel, hrs, sanitised, status } = self;
            let channel = channel.map_err(Error::invalid_request)?;
            let hrs = hrs.map_err(Error::invalid_request)?;
            let sanitised = sanitised.map_err(Error::invalid_request)?;
            let status = status.map_err(Error::invalid_request)?;
            #[allow(unused_mut)]
            let mut request = request::Request::new(
                ::reqwest::Method::GET,
                "/api/v1/calls",
            );
            request.query("hrs", &hrs, request::Style::FormExploded)?;
            request.query("status", &status, request::Style::FormExploded)?;
            request.query("channel", &channel, request::Style::FormExploded)?;
            request.query("sanitised", &sanitised, request::Style::FormExploded)?;
            request.accept("application/json");
            Ok(request)
        }
    }
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
        /// If the request could not be built or sent, was refused, or the response could not be read: [`Error::delivery`](crate::Error::delivery) says what is known of the server, and what to do.
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
        fn build_request(self) -> Result<request::Request, Error> {
            let Self { client: _, body } = self;
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
            Ok(request)
        }
    }
    impl<'a> ::std::fmt::Debug for ListAgents<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("ListAgents").finish_non_exhaustive()
        }
    }
    impl<'a> ::std::fmt::Debug for GetAgent<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("GetAgent").finish_non_exhaustive()
        }
    }
    impl<'a> ::std::fmt::Debug for ListCalls<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("ListCalls").finish_non_exhaustive()
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
/// The server of the documentation's sample requests; by its name, a staging host. Ask CX for the server of your account.
pub const BASE_URL: Option<&str> = Some("https://cx-staging-three.fly.dev");
/// The version of the API, as the OpenAPI document states it.
pub const API_VERSION: &str = "v1";
/// The names of the properties of the schemas, sorted: what an error may quote of a body.
pub(crate) const PROPERTY_NAMES: &[&str] = &[
    "action",
    "actions",
    "active",
    "agentId",
    "agentPhone",
    "capabilities",
    "channel",
    "createdAt",
    "customerId",
    "customerName",
    "customerPhone",
    "description",
    "email",
    "id",
    "jobDescriptions",
    "language",
    "name",
    "parameters",
    "phone",
    "recordingUrl",
    "roleText",
    "skillId",
    "skills",
    "status",
    "transcription",
    "updatedAt",
    "voiceId",
    "voiceSpeed",
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
        (
            "/components/schemas/Agent",
            generator().into_root_schema_for::<types::Agent>(),
        ),
        (
            "/components/schemas/AgentAction",
            generator().into_root_schema_for::<types::AgentAction>(),
        ),
        (
            "/components/schemas/AgentSkill",
            generator().into_root_schema_for::<types::AgentSkill>(),
        ),
        ("/components/schemas/Call", generator().into_root_schema_for::<types::Call>()),
        (
            "/components/schemas/CallStatusFilter",
            generator().into_root_schema_for::<types::CallStatusFilter>(),
        ),
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
