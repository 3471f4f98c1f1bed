/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    /// The schema `Call` of the OpenAPI document.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        PartialEq,
        Eq,
        Hash
    )]
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    pub struct Call {
        /// The property `id`.
        pub id: ::uuid::Uuid,
        /// The property `note`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub note: ::std::option::Option<::std::string::String>,
    }
    impl Call {
        /// A builder of this type, with no value set.
        pub fn builder() -> builder::Call {
            Default::default()
        }
    }
    /// The schema `ListCallsOrder` of the OpenAPI document.
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
    pub enum ListCallsOrder {
        /// `newest`
        #[serde(rename = "newest")]
        Newest,
        /// `oldest`
        #[serde(rename = "oldest")]
        Oldest,
    }
    impl ::std::fmt::Display for ListCallsOrder {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Newest => f.write_str("newest"),
                Self::Oldest => f.write_str("oldest"),
            }
        }
    }
    impl ::std::str::FromStr for ListCallsOrder {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "newest" => Ok(Self::Newest),
                "oldest" => Ok(Self::Oldest),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ListCallsOrder {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ListCallsOrder {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    /// What is wrong.
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
    pub struct Problem {
        /// The property `message`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<::std::string::String>,
    }
    impl Problem {
        /// A builder of this type, with no value set.
        pub fn builder() -> builder::Problem {
            Default::default()
        }
    }
    /// Used by a default response only.
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
    pub struct Trouble {
        /// The property `trace`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub trace: ::std::option::Option<::std::string::String>,
    }
    impl Trouble {
        /// A builder of this type, with no value set.
        pub fn builder() -> builder::Trouble {
            Default::default()
        }
    }
    /// Types for composing complex structures.
    pub mod builder {
        #[derive(Clone)]
        #[must_use = "a builder does nothing until it is given to an operation or converted to its type"]
        pub struct Call {
            id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            note: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Call {
            fn default() -> Self {
                Self {
                    id: Err(::std::string::String::new()),
                    note: Ok(Default::default()),
                }
            }
        }
        impl Call {
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
            /// Sets `note`.
            pub fn note<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.note = value
                    .try_into()
                    .map_err(|_| "`note` is not a valid `String`".to_string());
                self
            }
        }
        impl ::std::convert::TryFrom<Call> for super::Call {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Call,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    id: crate::runtime::supplied(value.id, "`id`")?,
                    note: value.note?,
                })
            }
        }
        impl ::std::convert::From<super::Call> for Call {
            fn from(value: super::Call) -> Self {
                Self {
                    id: Ok(value.id),
                    note: Ok(value.note),
                }
            }
        }
        #[derive(Clone)]
        #[must_use = "a builder does nothing until it is given to an operation or converted to its type"]
        pub struct Problem {
            message: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Problem {
            fn default() -> Self {
                Self {
                    message: Ok(Default::default()),
                }
            }
        }
        impl Problem {
            /// Sets `message`.
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|_| "`message` is not a valid `String`".to_string());
                self
            }
        }
        impl ::std::convert::TryFrom<Problem> for super::Problem {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Problem,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { message: value.message? })
            }
        }
        impl ::std::convert::From<super::Problem> for Problem {
            fn from(value: super::Problem) -> Self {
                Self { message: Ok(value.message) }
            }
        }
        #[derive(Clone)]
        #[must_use = "a builder does nothing until it is given to an operation or converted to its type"]
        pub struct Trouble {
            trace: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Trouble {
            fn default() -> Self {
                Self {
                    trace: Ok(Default::default()),
                }
            }
        }
        impl Trouble {
            /// Sets `trace`.
            pub fn trace<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.trace = value
                    .try_into()
                    .map_err(|_| "`trace` is not a valid `String`".to_string());
                self
            }
        }
        impl ::std::convert::TryFrom<Trouble> for super::Trouble {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Trouble,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { trace: value.trace? })
            }
        }
        impl ::std::convert::From<super::Trouble> for Trouble {
            fn from(value: super::Trouble) -> Self {
                Self { trace: Ok(value.trace) }
            }
        }
        impl ::std::fmt::Debug for Call {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Call").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for Problem {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Problem").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for Trouble {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Trouble").finish_non_exhaustive()
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
}
/// Client for Parameters
///
/// Version: 2
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
    /// Sends a `GET` request to `/calls`
    ///
    /// ```no_run
    /// # async fn example(
    /// #     client: cx_client::Client,
    /// #     limit: i32,
    /// #     order: cx_client::types::ListCallsOrder,
    /// # ) -> Result<(), cx_client::Error> {
    /// let response = client.list_calls()
    ///     .limit(limit)
    ///     .order(order)
    ///     .send()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_calls(&self) -> builder::ListCalls<'_> {
        builder::ListCalls::new(self)
    }
    /// One call
    ///
    /// Sends a `GET` request to `/calls/{callId}`
    ///
    /// Arguments:
    /// - `call_id`: Which call.
    /// - `label`
    /// - `verbose`: With everything.
    /// - `x_trace`
    ///
    /// ```no_run
    /// # async fn example(
    /// #     client: cx_client::Client,
    /// #     call_id: ::uuid::Uuid,
    /// #     verbose: bool,
    /// #     label: ::std::vec::Vec<::std::string::String>,
    /// #     x_trace: ::std::string::String,
    /// # ) -> Result<(), cx_client::Error> {
    /// let response = client.get_call()
    ///     .call_id(call_id)
    ///     .verbose(verbose)
    ///     .label(label)
    ///     .x_trace(x_trace)
    ///     .send()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_call(&self) -> builder::GetCall<'_> {
        builder::GetCall::new(self)
    }
    /// Sends a `PUT` request to `/calls/{callId}`
    ///
    /// Arguments:
    /// - `call_id`: Which call.
    /// - `body`
    ///
    /// ```no_run
    /// # async fn example(
    /// #     client: cx_client::Client,
    /// #     call_id: ::uuid::Uuid,
    /// #     body: cx_client::types::Call,
    /// # ) -> Result<(), cx_client::Error> {
    /// let response = client.replace_call()
    ///     .call_id(call_id)
    ///     .body(body)
    ///     .send()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn replace_call(&self) -> builder::ReplaceCall<'_> {
        builder::ReplaceCall::new(self)
    }
    /// Sends a `DELETE` request to `/calls/{callId}`
    ///
    /// Arguments:
    /// - `call_id`: Which call.
    ///
    /// ```no_run
    /// # async fn example(
    /// #     client: cx_client::Client,
    /// #     call_id: ::uuid::Uuid,
    /// # ) -> Result<(), cx_client::Error> {
    /// let response = client.delete_call()
    ///     .call_id(call_id)
    ///     .send()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn delete_call(&self) -> builder::DeleteCall<'_> {
        builder::DeleteCall::new(self)
    }
    /// Sends a `GET` request to `/calls/{callId}/recordings/{number}`
    ///
    /// ```no_run
    /// # async fn example(
    /// #     client: cx_client::Client,
    /// #     call_id: ::std::string::String,
    /// #     number: i64,
    /// # ) -> Result<(), cx_client::Error> {
    /// let response = client.get_recording()
    ///     .call_id(call_id)
    ///     .number(number)
    ///     .send()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_recording(&self) -> builder::GetRecording<'_> {
        builder::GetRecording::new(self)
    }
    /// Sends a `POST` request to `/names/{client}`
    ///
    /// ```no_run
    /// # async fn example(
    /// #     client: cx_client::Client,
    /// #     client: ::std::string::String,
    /// #     url: ::std::string::String,
    /// #     request: ::std::string::String,
    /// #     response: ::std::string::String,
    /// #     result: ::std::string::String,
    /// # ) -> Result<(), cx_client::Error> {
    /// let response = client.names_of_the_generated_code()
    ///     .client(client)
    ///     .url(url)
    ///     .request(request)
    ///     .response(response)
    ///     .result(result)
    ///     .send()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn names_of_the_generated_code(&self) -> builder::NamesOfTheGeneratedCode<'_> {
        builder::NamesOfTheGeneratedCode::new(self)
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
    /// Builder for [`Client::list_calls`]
    ///
    /// [`Client::list_calls`]: super::Client::list_calls
    #[derive(Clone)]
    #[must_use = "an operation does nothing until `send` is called and awaited"]
    pub struct ListCalls<'a> {
        client: &'a super::Client,
        limit: Result<i32, String>,
        order: Result<Option<types::ListCallsOrder>, String>,
    }
    impl<'a> ListCalls<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client,
                limit: Err(::std::string::String::new()),
                order: Ok(None),
            }
        }
        /// Sets the parameter `limit`.
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<i32>,
        {
            self.limit = value
                .try_into()
                .map_err(|_| "the parameter `limit` is not a valid `i32`".to_string());
            self
        }
        /// Sets the parameter `order`.
        pub fn order<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ListCallsOrder>,
        {
            self.order = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "the parameter `order` is not a valid `ListCallsOrder`".to_string()
                });
            self
        }
        /// Sends a `GET` request to `/calls`
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
                path: "/calls",
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
            let Self { client: _, limit, order } = self;
            let limit = crate::runtime::supplied(limit, "`limit`")
                .map_err(Error::invalid_request)?;
            let order = order.map_err(Error::invalid_request)?;
            #[allow(unused_mut)]
            let mut request = request::Request::new(::reqwest::Method::GET, "/calls");
            crate::limits::check("limit", &limit, &super::limits::LIMITS_0)?;
            request.query("limit", &limit, request::Style::FormExploded)?;
            request.query("order", &order, request::Style::FormExploded)?;
            request.accept("application/json");
            Ok(request)
        }
    }
    /// Builder for [`Client::get_call`]
    ///
    /// [`Client::get_call`]: super::Client::get_call
    #[derive(Clone)]
    #[must_use = "an operation does nothing until `send` is called and awaited"]
    pub struct GetCall<'a> {
        client: &'a super::Client,
        call_id: Result<::uuid::Uuid, String>,
        label: Result<Option<::std::vec::Vec<::std::string::String>>, String>,
        verbose: Result<Option<bool>, String>,
        x_trace: Result<Option<::std::string::String>, String>,
    }
    impl<'a> GetCall<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client,
                call_id: Err(::std::string::String::new()),
                label: Ok(None),
                verbose: Ok(None),
                x_trace: Ok(None),
            }
        }
        /// Sets the parameter `call_id`.
        pub fn call_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.call_id = value
                .try_into()
                .map_err(|_| {
                    "the parameter `call_id` is not a valid `Uuid`".to_string()
                });
            self
        }
        /// Sets the parameter `label`.
        pub fn label<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
        {
            self.label = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "the parameter `label` is not a valid `Vec<String>`".to_string()
                });
            self
        }
        /// Sets the parameter `verbose`.
        pub fn verbose<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<bool>,
        {
            self.verbose = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "the parameter `verbose` is not a valid `bool`".to_string()
                });
            self
        }
        /// Sets the parameter `x_trace`.
        pub fn x_trace<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.x_trace = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "the parameter `x_trace` is not a valid `String`".to_string()
                });
            self
        }
        /// Sends a `GET` request to `/calls/{callId}`
        ///
        /// # Errors
        ///
        /// If the request could not be built or sent, was refused, or the response could not be read: [`Error::delivery`](crate::Error::delivery) says what is known of the server, and what to do.
        pub async fn send(self) -> Result<ResponseValue<types::Call>, Error> {
            const OPERATION: Operation = Operation {
                id: "get_call",
                method: "GET",
                path: "/calls/{callId}",
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
            let Self { client: _, call_id, label, verbose, x_trace } = self;
            let call_id = crate::runtime::supplied(call_id, "`call_id`")
                .map_err(Error::invalid_request)?;
            let label = label.map_err(Error::invalid_request)?;
            let verbose = verbose.map_err(Error::invalid_request)?;
            let x_trace = x_trace.map_err(Error::invalid_request)?;
            #[allow(unused_mut)]
            let mut request = request::Request::new(
                ::reqwest::Method::GET,
                "/calls/{callId}",
            );
            request.path("callId", &call_id, request::Style::Simple)?;
            request.query("verbose", &verbose, request::Style::FormExploded)?;
            request.query("label", &label, request::Style::FormExploded)?;
            request.header("X-Trace", &x_trace, request::Style::Simple)?;
            request.accept("application/json");
            Ok(request)
        }
    }
    /// Builder for [`Client::replace_call`]
    ///
    /// [`Client::replace_call`]: super::Client::replace_call
    #[derive(Clone)]
    #[must_use = "an operation does nothing until `send` is called and awaited"]
    pub struct ReplaceCall<'a> {
        client: &'a super::Client,
        call_id: Result<::uuid::Uuid, String>,
        body: Result<types::builder::Call, String>,
    }
    impl<'a> ReplaceCall<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client,
                call_id: Err(::std::string::String::new()),
                body: Err(::std::string::String::new()),
            }
        }
        /// Sets the parameter `call_id`.
        pub fn call_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.call_id = value
                .try_into()
                .map_err(|_| {
                    "the parameter `call_id` is not a valid `Uuid`".to_string()
                });
            self
        }
        /// Sets the body of the request.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::Call>,
            <V as std::convert::TryInto<types::Call>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|error| crate::runtime::invalid_body::<
                    types::error::ConversionError,
                    _,
                >("Call", &error));
            self
        }
        /// Changes the body of the request with the builder of its type.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::Call) -> types::builder::Call,
        {
            self.body = match self.body {
                Err(message) if message.is_empty() => Ok(f(Default::default())),
                body => body.map(f),
            };
            self
        }
        /// Sends a `PUT` request to `/calls/{callId}`
        ///
        /// # Errors
        ///
        /// If the request could not be built or sent, was refused, or the response could not be read: [`Error::delivery`](crate::Error::delivery) says what is known of the server, and what to do.
        pub async fn send(self) -> Result<ResponseValue<types::Call>, Error> {
            const OPERATION: Operation = Operation {
                id: "replace_call",
                method: "PUT",
                path: "/calls/{callId}",
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
            let Self { client: _, call_id, body } = self;
            let call_id = crate::runtime::supplied(call_id, "`call_id`")
                .map_err(Error::invalid_request)?;
            let body = crate::runtime::supplied(body, "the body")
                .and_then(|v| types::Call::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::invalid_request)?;
            #[allow(unused_mut)]
            let mut request = request::Request::new(
                ::reqwest::Method::PUT,
                "/calls/{callId}",
            );
            request.path("callId", &call_id, request::Style::Simple)?;
            request.accept("application/json");
            request.json("application/json", &body)?;
            Ok(request)
        }
    }
    /// Builder for [`Client::delete_call`]
    ///
    /// [`Client::delete_call`]: super::Client::delete_call
    #[derive(Clone)]
    #[must_use = "an operation does nothing until `send` is called and awaited"]
    pub struct DeleteCall<'a> {
        client: &'a super::Client,
        call_id: Result<::uuid::Uuid, String>,
    }
    impl<'a> DeleteCall<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client,
                call_id: Err(::std::string::String::new()),
            }
        }
        /// Sets the parameter `call_id`.
        pub fn call_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.call_id = value
                .try_into()
                .map_err(|_| {
                    "the parameter `call_id` is not a valid `Uuid`".to_string()
                });
            self
        }
        /// Sends a `DELETE` request to `/calls/{callId}`
        ///
        /// # Errors
        ///
        /// If the request could not be built or sent, was refused, or the response could not be read: [`Error::delivery`](crate::Error::delivery) says what is known of the server, and what to do.
        pub async fn send(self) -> Result<ResponseValue<()>, Error> {
            const OPERATION: Operation = Operation {
                id: "delete_call",
                method: "DELETE",
                path: "/calls/{callId}",
                streams: false,
            };
            let client = self.client;
            let response = client
                .inner
                .execute(&client.client, &OPERATION, self.build_request())
                .await?;
            Ok(response.empty())
        }
        fn build_request(self) -> Result<request::Request, Error> {
            let Self { client: _, call_id } = self;
            let call_id = crate::runtime::supplied(call_id, "`call_id`")
                .map_err(Error::invalid_request)?;
            #[allow(unused_mut)]
            let mut request = request::Request::new(
                ::reqwest::Method::DELETE,
                "/calls/{callId}",
            );
            request.path("callId", &call_id, request::Style::Simple)?;
            Ok(request)
        }
    }
    /// Builder for [`Client::get_recording`]
    ///
    /// [`Client::get_recording`]: super::Client::get_recording
    #[derive(Clone)]
    #[must_use = "an operation does nothing until `send` is called and awaited"]
    pub struct GetRecording<'a> {
        client: &'a super::Client,
        call_id: Result<::std::string::String, String>,
        number: Result<i64, String>,
    }
    impl<'a> GetRecording<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client,
                call_id: Err(::std::string::String::new()),
                number: Err(::std::string::String::new()),
            }
        }
        /// Sets the parameter `call_id`.
        pub fn call_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.call_id = value
                .try_into()
                .map_err(|_| {
                    "the parameter `call_id` is not a valid `String`".to_string()
                });
            self
        }
        /// Sets the parameter `number`.
        pub fn number<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<i64>,
        {
            self.number = value
                .try_into()
                .map_err(|_| "the parameter `number` is not a valid `i64`".to_string());
            self
        }
        /// Sends a `GET` request to `/calls/{callId}/recordings/{number}`
        ///
        /// # Errors
        ///
        /// If the request could not be built or sent, was refused, or the response could not be read: [`Error::delivery`](crate::Error::delivery) says what is known of the server, and what to do.
        pub async fn send(self) -> Result<ResponseValue<ByteStream>, Error> {
            const OPERATION: Operation = Operation {
                id: "get_recording",
                method: "GET",
                path: "/calls/{callId}/recordings/{number}",
                streams: true,
            };
            let client = self.client;
            let response = client
                .inner
                .execute(&client.client, &OPERATION, self.build_request())
                .await?;
            Ok(response.stream())
        }
        fn build_request(self) -> Result<request::Request, Error> {
            let Self { client: _, call_id, number } = self;
            let call_id = crate::runtime::supplied(call_id, "`call_id`")
                .map_err(Error::invalid_request)?;
            let number = crate::runtime::supplied(number, "`number`")
                .map_err(Error::invalid_request)?;
            #[allow(unused_mut)]
            let mut request = request::Request::new(
                ::reqwest::Method::GET,
                "/calls/{callId}/recordings/{number}",
            );
            request.path("callId", &call_id, request::Style::Simple)?;
            request.path("number", &number, request::Style::Simple)?;
            Ok(request)
        }
    }
    /// Builder for [`Client::names_of_the_generated_code`]
    ///
    /// [`Client::names_of_the_generated_code`]: super::Client::names_of_the_generated_code
    #[derive(Clone)]
    #[must_use = "an operation does nothing until `send` is called and awaited"]
    pub struct NamesOfTheGeneratedCode<'a> {
        _client: &'a super::Client,
        client: Result<::std::string::String, String>,
        request: Result<Option<::std::string::String>, String>,
        response: Result<Option<::std::string::String>, String>,
        result: Result<Option<::std::string::String>, String>,
        url: Result<Option<::std::string::String>, String>,
    }
    impl<'a> NamesOfTheGeneratedCode<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                _client: client,
                client: Err(::std::string::String::new()),
                request: Ok(None),
                response: Ok(None),
                result: Ok(None),
                url: Ok(None),
            }
        }
        /// Sets the parameter `client`.
        pub fn client<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.client = value
                .try_into()
                .map_err(|_| {
                    "the parameter `client` is not a valid `String`".to_string()
                });
            self
        }
        /// Sets the parameter `request`.
        pub fn request<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.request = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "the parameter `request` is not a valid `String`".to_string()
                });
            self
        }
        /// Sets the parameter `response`.
        pub fn response<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.response = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "the parameter `response` is not a valid `String`".to_string()
                });
            self
        }
        /// Sets the parameter `result`.
        pub fn result<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.result = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "the parameter `result` is not a valid `String`".to_string()
                });
            self
        }
        /// Sets the parameter `url`.
        pub fn url<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.url = value
                .try_into()
                .map(Some)
                .map_err(|_| "the parameter `url` is not a valid `String`".to_string());
            self
        }
        /// Sends a `POST` request to `/names/{client}`
        ///
        /// # Errors
        ///
        /// If the request could not be built or sent, was refused, or the response could not be read: [`Error::delivery`](crate::Error::delivery) says what is known of the server, and what to do.
        pub async fn send(self) -> Result<ResponseValue<()>, Error> {
            const OPERATION: Operation = Operation {
                id: "names_of_the_generated_code",
                method: "POST",
                path: "/names/{client}",
                streams: false,
            };
            let client = self._client;
            let response = client
                .inner
                .execute(&client.client, &OPERATION, self.build_request())
                .await?;
            Ok(response.empty())
        }
        fn build_request(self) -> Result<request::Request, Error> {
            let Self { _client: _, client, request, response, result, url } = self;
            let client = crate::runtime::supplied(client, "`client`")
                .map_err(Error::invalid_request)?;
            let request = request.map_err(Error::invalid_request)?;
            let response = response.map_err(Error::invalid_request)?;
            let result = result.map_err(Error::invalid_request)?;
            let url = url.map_err(Error::invalid_request)?;
            #[allow(unused_mut)]
            let mut _request = request::Request::new(
                ::reqwest::Method::POST,
                "/names/{client}",
            );
            _request.path("client", &client, request::Style::Simple)?;
            _request.query("url", &url, request::Style::FormExploded)?;
            _request.query("request", &request, request::Style::FormExploded)?;
            _request.query("response", &response, request::Style::FormExploded)?;
            _request.query("result", &result, request::Style::FormExploded)?;
            Ok(_request)
        }
    }
    impl<'a> ::std::fmt::Debug for ListCalls<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("ListCalls").finish_non_exhaustive()
        }
    }
    impl<'a> ::std::fmt::Debug for GetCall<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("GetCall").finish_non_exhaustive()
        }
    }
    impl<'a> ::std::fmt::Debug for ReplaceCall<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("ReplaceCall").finish_non_exhaustive()
        }
    }
    impl<'a> ::std::fmt::Debug for DeleteCall<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("DeleteCall").finish_non_exhaustive()
        }
    }
    impl<'a> ::std::fmt::Debug for GetRecording<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("GetRecording").finish_non_exhaustive()
        }
    }
    impl<'a> ::std::fmt::Debug for NamesOfTheGeneratedCode<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("NamesOfTheGeneratedCode").finish_non_exhaustive()
        }
    }
}
/// The base URL of the API: the first server of the OpenAPI document, where it names one.
pub const BASE_URL: Option<&str> = Some("https://parameters.example/v2");
/// The version of the API, as the OpenAPI document states it.
pub const API_VERSION: &str = "2";
/// The names of the properties of the schemas, sorted: what an error may quote of a body.
pub(crate) const PROPERTY_NAMES: &[&str] = &["id", "message", "note", "trace"];
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
            "/paths/~1calls/get/parameters/1/schema",
            generator().into_root_schema_for::<types::ListCallsOrder>(),
        ),
        (
            "/components/schemas/Problem",
            generator().into_root_schema_for::<types::Problem>(),
        ),
        (
            "/components/schemas/Trouble",
            generator().into_root_schema_for::<types::Trouble>(),
        ),
    ])
}
/// What the values of requests must keep to.
mod limits {
    use crate::limits::{Limit, Limits};
    pub(super) static LIMITS_0: Limits = Limits(&[Limit::Minimum(1f64)]);
}
