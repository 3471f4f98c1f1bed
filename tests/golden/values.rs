/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    /// The schema `CreatePersonBody` of the OpenAPI document.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq, Eq, Hash)]
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    pub struct CreatePersonBody {
        /// The property `name`.
        pub name: ::std::string::String,
        /// Sent and received.
        pub kind: Kind,
        /// The property `nickname`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub nickname: ::std::option::Option<::std::string::String>,
        /// The property `phones`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phones: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        /// The schema `CreatePersonBodyMood` of the OpenAPI document.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub mood: ::std::option::Option<CreatePersonBodyMood>,
    }
    impl CreatePersonBody {
        /// A builder of this type, with no value set.
        pub fn builder() -> builder::CreatePersonBody {
            Default::default()
        }
    }
    /// The schema `CreatePersonBodyMood` of the OpenAPI document.
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
    pub enum CreatePersonBodyMood {
        /// `good`
        #[serde(rename = "good")]
        Good,
        /// `bad`
        #[serde(rename = "bad")]
        Bad,
    }
    impl ::std::fmt::Display for CreatePersonBodyMood {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Good => f.write_str("good"),
                Self::Bad => f.write_str("bad"),
            }
        }
    }
    impl ::std::str::FromStr for CreatePersonBodyMood {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "good" => Ok(Self::Good),
                "bad" => Ok(Self::Bad),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for CreatePersonBodyMood {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for CreatePersonBodyMood {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    /// Sent and received.
    #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    pub enum Kind {
        /// `customer`
        #[cfg_attr(feature = "schemars", schemars(rename = "customer"))]
        Customer,
        /// `agent`
        #[cfg_attr(feature = "schemars", schemars(rename = "agent"))]
        Agent,
        /// A value that the OpenAPI document does not name, as it came.
        #[cfg_attr(feature = "schemars", schemars(skip))]
        Unknown(::std::string::String),
    }
    impl ::std::fmt::Display for Kind {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Customer => f.write_str("customer"),
                Self::Agent => f.write_str("agent"),
                Self::Unknown(ref value) => f.write_str(value),
            }
        }
    }
    impl ::std::str::FromStr for Kind {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "customer" => Ok(Self::Customer),
                "agent" => Ok(Self::Agent),
                _ => Ok(Self::Unknown(value.to_string())),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Kind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Kind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    /// The schema `Person` of the OpenAPI document.
    ///
    /// A required string, array or map that a response lacks, or has as `null`, is empty here.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct Person {
        /// The property `id`.
        pub id: ::uuid::Uuid,
        /// Sent and received.
        pub kind: Kind,
        /// Where the person stands.
        pub state: PersonState,
        /// The property `born`.
        #[serde(deserialize_with = "::std::option::Option::deserialize")]
        pub born: ::std::option::Option<::std::string::String>,
        /// The property `score`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub score: ::std::option::Option<f64>,
        /// The property `labels`.
        #[serde(default)]
        #[cfg_attr(
            feature = "schemars",
            schemars(
                default,
                skip_serializing_if = ":: std :: collections :: HashMap::is_empty"
            )
        )]
        pub labels: ::std::collections::HashMap<
            ::std::string::String,
            ::std::string::String,
        >,
        /// A phone number.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phone: ::std::option::Option<Phone>,
        /// How to reach the person.
        pub contact: PersonContact,
        /// The schema `Person` of the OpenAPI document.
        #[serde(default)]
        #[cfg_attr(
            feature = "schemars",
            schemars(default, skip_serializing_if = "::std::vec::Vec::is_empty")
        )]
        pub friends: ::std::vec::Vec<Person>,
    }
    impl Person {
        /// A builder of this type, with no value set.
        pub fn builder() -> builder::Person {
            Default::default()
        }
    }
    /// How to reach the person.
    ///
    /// A required string, array or map that a response lacks, or has as `null`, is empty here.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq, Eq, Hash)]
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct PersonContact {
        /// The property `email`.
        pub email: ::std::string::String,
        /// The property `verified`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub verified: ::std::option::Option<bool>,
    }
    impl PersonContact {
        /// A builder of this type, with no value set.
        pub fn builder() -> builder::PersonContact {
            Default::default()
        }
    }
    /// Where the person stands.
    #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    pub enum PersonState {
        /// `active`
        #[cfg_attr(feature = "schemars", schemars(rename = "active"))]
        Active,
        /// `asleep`
        #[cfg_attr(feature = "schemars", schemars(rename = "asleep"))]
        Asleep,
        /// `unknown`
        #[cfg_attr(feature = "schemars", schemars(rename = "unknown"))]
        Unknown,
        /// A value that the OpenAPI document does not name, as it came.
        #[cfg_attr(feature = "schemars", schemars(skip))]
        UnknownValue(::std::string::String),
    }
    impl ::std::fmt::Display for PersonState {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Active => f.write_str("active"),
                Self::Asleep => f.write_str("asleep"),
                Self::Unknown => f.write_str("unknown"),
                Self::UnknownValue(ref value) => f.write_str(value),
            }
        }
    }
    impl ::std::str::FromStr for PersonState {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "active" => Ok(Self::Active),
                "asleep" => Ok(Self::Asleep),
                "unknown" => Ok(Self::Unknown),
                _ => Ok(Self::UnknownValue(value.to_string())),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for PersonState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for PersonState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    /// A phone number.
    ///
    /// A required string, array or map that a response lacks, or has as `null`, is empty here.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    #[serde(transparent)]
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    pub struct Phone(pub ::std::string::String);
    impl ::std::ops::Deref for Phone {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<Phone> for ::std::string::String {
        fn from(value: Phone) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<::std::string::String> for Phone {
        fn from(value: ::std::string::String) -> Self {
            Self(value)
        }
    }
    impl ::std::fmt::Display for Phone {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }
    impl ::std::str::FromStr for Phone {
        type Err = ::std::convert::Infallible;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.to_string()))
        }
    }
    /// Types for composing complex structures.
    pub mod builder {
        #[derive(Clone)]
        #[must_use = "a builder does nothing until it is given to an operation or converted to its type"]
        pub struct CreatePersonBody {
            kind: ::std::result::Result<super::Kind, ::std::string::String>,
            mood: ::std::result::Result<
                ::std::option::Option<super::CreatePersonBodyMood>,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            nickname: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            phones: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for CreatePersonBody {
            fn default() -> Self {
                Self {
                    kind: Err(::std::string::String::new()),
                    mood: Ok(Default::default()),
                    name: Err(::std::string::String::new()),
                    nickname: Ok(Default::default()),
                    phones: Ok(Default::default()),
                }
            }
        }
        impl CreatePersonBody {
            /// Sets `kind`: Sent and received.
            pub fn kind<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Kind>,
                T::Error: ::std::fmt::Display,
            {
                self.kind = value
                    .try_into()
                    .map_err(|_| "`kind` is not a valid `Kind`".to_string());
                self
            }
            /// Sets `mood`: The schema `CreatePersonBodyMood` of the OpenAPI document.
            pub fn mood<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::CreatePersonBodyMood>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.mood = value
                    .try_into()
                    .map_err(|_| {
                        "`mood` is not a valid `CreatePersonBodyMood`".to_string()
                    });
                self
            }
            /// Sets `name`.
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|_| "`name` is not a valid `String`".to_string());
                self
            }
            /// Sets `nickname`.
            pub fn nickname<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.nickname = value
                    .try_into()
                    .map_err(|_| "`nickname` is not a valid `String`".to_string());
                self
            }
            /// Sets `phones`.
            pub fn phones<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.phones = value
                    .try_into()
                    .map_err(|_| "`phones` is not a valid `Vec<String>`".to_string());
                self
            }
        }
        impl ::std::convert::TryFrom<CreatePersonBody> for super::CreatePersonBody {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CreatePersonBody,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    kind: crate::runtime::supplied(value.kind, "`kind`")?,
                    mood: value.mood?,
                    name: crate::runtime::supplied(value.name, "`name`")?,
                    nickname: value.nickname?,
                    phones: value.phones?,
                })
            }
        }
        impl ::std::convert::From<super::CreatePersonBody> for CreatePersonBody {
            fn from(value: super::CreatePersonBody) -> Self {
                Self {
                    kind: Ok(value.kind),
                    mood: Ok(value.mood),
                    name: Ok(value.name),
                    nickname: Ok(value.nickname),
                    phones: Ok(value.phones),
                }
            }
        }
        #[derive(Clone)]
        #[must_use = "a builder does nothing until it is given to an operation or converted to its type"]
        pub struct Person {
            born: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            contact: ::std::result::Result<super::PersonContact, ::std::string::String>,
            friends: ::std::result::Result<
                ::std::vec::Vec<super::Person>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            kind: ::std::result::Result<super::Kind, ::std::string::String>,
            labels: ::std::result::Result<
                ::std::collections::HashMap<
                    ::std::string::String,
                    ::std::string::String,
                >,
                ::std::string::String,
            >,
            phone: ::std::result::Result<
                ::std::option::Option<super::Phone>,
                ::std::string::String,
            >,
            score: ::std::result::Result<
                ::std::option::Option<f64>,
                ::std::string::String,
            >,
            state: ::std::result::Result<super::PersonState, ::std::string::String>,
        }
        impl ::std::default::Default for Person {
            fn default() -> Self {
                Self {
                    born: Err(::std::string::String::new()),
                    contact: Err(::std::string::String::new()),
                    friends: Ok(Default::default()),
                    id: Err(::std::string::String::new()),
                    kind: Err(::std::string::String::new()),
                    labels: Ok(Default::default()),
                    phone: Ok(Default::default()),
                    score: Ok(Default::default()),
                    state: Err(::std::string::String::new()),
                }
            }
        }
        impl Person {
            /// Sets `born`.
            pub fn born<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.born = value
                    .try_into()
                    .map_err(|_| "`born` is not a valid `String`".to_string());
                self
            }
            /// Sets `contact`: How to reach the person.
            pub fn contact<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::PersonContact>,
                T::Error: ::std::fmt::Display,
            {
                self.contact = value
                    .try_into()
                    .map_err(|_| "`contact` is not a valid `PersonContact`".to_string());
                self
            }
            /// Sets `friends`: The schema `Person` of the OpenAPI document.
            pub fn friends<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Person>>,
                T::Error: ::std::fmt::Display,
            {
                self.friends = value
                    .try_into()
                    .map_err(|_| "`friends` is not a valid `Vec<Person>`".to_string());
                self
            }
            /// Sets `id`.
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
            /// Sets `kind`: Sent and received.
            pub fn kind<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Kind>,
                T::Error: ::std::fmt::Display,
            {
                self.kind = value
                    .try_into()
                    .map_err(|_| "`kind` is not a valid `Kind`".to_string());
                self
            }
            /// Sets `labels`.
            pub fn labels<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::collections::HashMap<
                        ::std::string::String,
                        ::std::string::String,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.labels = value
                    .try_into()
                    .map_err(|_| {
                        "`labels` is not a valid `HashMap<String,String>`".to_string()
                    });
                self
            }
            /// Sets `phone`: A phone number.
            pub fn phone<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Phone>>,
                T::Error: ::std::fmt::Display,
            {
                self.phone = value
                    .try_into()
                    .map_err(|_| "`phone` is not a valid `Phone`".to_string());
                self
            }
            /// Sets `score`.
            pub fn score<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<f64>>,
                T::Error: ::std::fmt::Display,
            {
                self.score = value
                    .try_into()
                    .map_err(|_| "`score` is not a valid `f64`".to_string());
                self
            }
            /// Sets `state`: Where the person stands.
            pub fn state<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::PersonState>,
                T::Error: ::std::fmt::Display,
            {
                self.state = value
                    .try_into()
                    .map_err(|_| "`state` is not a valid `PersonState`".to_string());
                self
            }
        }
        impl ::std::convert::TryFrom<Person> for super::Person {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Person,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    born: crate::runtime::supplied(value.born, "`born`")?,
                    contact: crate::runtime::supplied(value.contact, "`contact`")?,
                    friends: value.friends?,
                    id: crate::runtime::supplied(value.id, "`id`")?,
                    kind: crate::runtime::supplied(value.kind, "`kind`")?,
                    labels: value.labels?,
                    phone: value.phone?,
                    score: value.score?,
                    state: crate::runtime::supplied(value.state, "`state`")?,
                })
            }
        }
        impl ::std::convert::From<super::Person> for Person {
            fn from(value: super::Person) -> Self {
                Self {
                    born: Ok(value.born),
                    contact: Ok(value.contact),
                    friends: Ok(value.friends),
                    id: Ok(value.id),
                    kind: Ok(value.kind),
                    labels: Ok(value.labels),
                    phone: Ok(value.phone),
                    score: Ok(value.score),
                    state: Ok(value.state),
                }
            }
        }
        #[derive(Clone)]
        #[must_use = "a builder does nothing until it is given to an operation or converted to its type"]
        pub struct PersonContact {
            email: ::std::result::Result<::std::string::String, ::std::string::String>,
            verified: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for PersonContact {
            fn default() -> Self {
                Self {
                    email: Err(::std::string::String::new()),
                    verified: Ok(Default::default()),
                }
            }
        }
        impl PersonContact {
            /// Sets `email`.
            pub fn email<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.email = value
                    .try_into()
                    .map_err(|_| "`email` is not a valid `String`".to_string());
                self
            }
            /// Sets `verified`.
            pub fn verified<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.verified = value
                    .try_into()
                    .map_err(|_| "`verified` is not a valid `bool`".to_string());
                self
            }
        }
        impl ::std::convert::TryFrom<PersonContact> for super::PersonContact {
            type Error = super::error::ConversionError;
            fn try_from(
                value: PersonContact,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    email: crate::runtime::supplied(value.email, "`email`")?,
                    verified: value.verified?,
                })
            }
        }
        impl ::std::convert::From<super::PersonContact> for PersonContact {
            fn from(value: super::PersonContact) -> Self {
                Self {
                    email: Ok(value.email),
                    verified: Ok(value.verified),
                }
            }
        }
        impl ::std::fmt::Debug for CreatePersonBody {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("CreatePersonBody").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for Person {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Person").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for PersonContact {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("PersonContact").finish_non_exhaustive()
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
    impl ::serde::Serialize for Kind {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }
    impl<'de> ::serde::Deserialize<'de> for Kind {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            <::std::string::String as ::serde::Deserialize>::deserialize(deserializer)?
                .parse()
                .map_err(::serde::de::Error::custom)
        }
    }
    impl ::serde::Serialize for PersonState {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }
    impl<'de> ::serde::Deserialize<'de> for PersonState {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            <::std::string::String as ::serde::Deserialize>::deserialize(deserializer)?
                .parse()
                .map_err(::serde::de::Error::custom)
        }
    }
    impl ::std::convert::From<&str> for Phone {
        fn from(value: &str) -> Self {
            Self(value.to_string())
        }
    }
    impl ::std::fmt::Debug for CreatePersonBody {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("CreatePersonBody")
                .field("name", &format_args!("[redacted]"))
                .field("kind", &self.kind)
                .field(
                    "nickname",
                    &if self.nickname.is_none() {
                        format_args!("None")
                    } else {
                        format_args!("[redacted]")
                    },
                )
                .field(
                    "phones",
                    &if self.phones.is_none() {
                        format_args!("None")
                    } else {
                        format_args!("[redacted]")
                    },
                )
                .field("mood", &self.mood)
                .finish()
        }
    }
    impl ::std::fmt::Debug for Person {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Person")
                .field("id", &self.id)
                .field("kind", &self.kind)
                .field("state", &self.state)
                .field(
                    "born",
                    &if self.born.is_none() {
                        format_args!("None")
                    } else {
                        format_args!("[redacted]")
                    },
                )
                .field("score", &self.score)
                .field("labels", &self.labels)
                .field("phone", &self.phone)
                .field("contact", &self.contact)
                .field("friends", &self.friends)
                .finish()
        }
    }
    impl ::std::fmt::Debug for PersonContact {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("PersonContact")
                .field("email", &format_args!("[redacted]"))
                .field("verified", &self.verified)
                .finish()
        }
    }
    impl ::std::fmt::Debug for Phone {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.write_str(concat!("Phone", "([redacted])"))
        }
    }
}
/// Client for Values
///
/// Version: 1
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
    /// Sends a `POST` request to `/people`
    ///
    /// ```no_run
    /// # async fn example(
    /// #     client: cx_client::Client,
    /// #     body: cx_client::types::CreatePersonBody,
    /// # ) -> Result<(), cx_client::Error> {
    /// let response = client.create_person()
    ///     .body(body)
    ///     .send()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn create_person(&self) -> builder::CreatePerson<'_> {
        builder::CreatePerson::new(self)
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
    /// Builder for [`Client::create_person`]
    ///
    /// [`Client::create_person`]: super::Client::create_person
    #[derive(Clone)]
    #[must_use = "an operation does nothing until `send` is called and awaited"]
    pub struct CreatePerson<'a> {
        client: &'a super::Client,
        body: Result<types::builder::CreatePersonBody, String>,
    }
    impl<'a> CreatePerson<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client,
                body: Err(::std::string::String::new()),
            }
        }
        /// Sets the body of the request.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CreatePersonBody>,
            <V as std::convert::TryInto<
                types::CreatePersonBody,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|error| crate::runtime::invalid_body::<
                    types::error::ConversionError,
                    _,
                >("CreatePersonBody", &error));
            self
        }
        /// Changes the body of the request with the builder of its type.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::CreatePersonBody,
            ) -> types::builder::CreatePersonBody,
        {
            self.body = match self.body {
                Err(message) if message.is_empty() => Ok(f(Default::default())),
                body => body.map(f),
            };
            self
        }
        /// Sends a `POST` request to `/people`
        ///
        /// # Errors
        ///
        /// If the request could not be built or sent, was refused, or the response could not be read: [`Error::delivery`](crate::Error::delivery) says what is known of the server, and what to do.
        pub async fn send(self) -> Result<ResponseValue<types::Person>, Error> {
            const OPERATION: Operation = Operation {
                id: "create_person",
                method: "POST",
                path: "/people",
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
                    types::CreatePersonBody::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::invalid_request)?;
            #[allow(unused_mut)]
            let mut request = request::Request::new(::reqwest::Method::POST, "/people");
            request.accept("application/json");
            request.json("application/json", &body)?;
            Ok(request)
        }
    }
    impl<'a> ::std::fmt::Debug for CreatePerson<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("CreatePerson").finish_non_exhaustive()
        }
    }
}
/// The base URL of the API: the first server of the OpenAPI document, where it names one.
pub const BASE_URL: Option<&str> = None;
/// The version of the API, as the OpenAPI document states it.
pub const API_VERSION: &str = "1";
/// The names of the properties of the schemas, sorted: what an error may quote of a body.
pub(crate) const PROPERTY_NAMES: &[&str] = &[
    "born",
    "contact",
    "email",
    "friends",
    "id",
    "kind",
    "labels",
    "mood",
    "name",
    "nickname",
    "phone",
    "phones",
    "score",
    "state",
    "verified",
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
            "/paths/~1people/post/requestBody/content/application~1json/schema",
            generator().into_root_schema_for::<types::CreatePersonBody>(),
        ),
        (
            "/paths/~1people/post/requestBody/content/application~1json/schema/properties/mood",
            generator().into_root_schema_for::<types::CreatePersonBodyMood>(),
        ),
        ("/components/schemas/Kind", generator().into_root_schema_for::<types::Kind>()),
        (
            "/components/schemas/Person",
            generator().into_root_schema_for::<types::Person>(),
        ),
        (
            "/components/schemas/Person/properties/contact",
            generator().into_root_schema_for::<types::PersonContact>(),
        ),
        (
            "/components/schemas/Person/properties/state",
            generator().into_root_schema_for::<types::PersonState>(),
        ),
        ("/components/schemas/Phone", generator().into_root_schema_for::<types::Phone>()),
    ])
}
