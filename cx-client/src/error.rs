//! The one error type.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::body_error::BodyError;
use crate::decode;
use crate::decode_error::DecodeError;
use crate::delivery::{Delivery, Failure};
use crate::error_kind::Kind;
use crate::operation::Operation;
use crate::retry_after::retry_after;
use crate::transport::{self, Source};

/// Why an operation failed, or why a client could not be built.
///
/// Ask [`delivery`](Self::delivery) first: it says whether the request may have been carried out.
///
/// `Display` is one line: operation, what happened in the last attempt, and what is known of all. Neither `Display` nor
/// `Debug`, nor any error of the [`source`](StdError::source) chain, contains a credential, a
/// header, a part of a request or response body, or a value that was put into a URL. What the
/// server sent is in [`headers`](Self::headers) and [`body`](Self::body); before you log those,
/// think of the personal data in them.
///
/// ```
/// # use cx_client::{Delivery, Error};
/// fn what_now(error: &Error) -> &'static str {
///     match error.delivery() {
///         Delivery::NotSent => "correct the cause, then send it again",
///         Delivery::Rejected => "change the request; the server's reason is in error.body()",
///         Delivery::Accepted => "it was carried out; read the identifier from error.body()",
///         _ => "find out whether it was carried out before you send it again",
///     }
/// }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    operation: Option<&'static Operation>,
    /// What happened, without anything private.
    summary: String,
    /// What is known of all attempts.
    delivery: Delivery,
    attempts: u32,
    timeout: bool,
    response: Option<ErrorResponse>,
    source: Option<Source>,
    /// The earlier attempt that decides `delivery`, if the last one does not.
    earlier: Option<Error>,
}

/// The response that an error keeps, whole or in part.
pub(crate) struct ErrorResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Error {
    fn new(kind: Kind, summary: impl Into<String>, response: Option<ErrorResponse>) -> Self {
        let status = response.as_ref().map(|response| response.status);
        let delivery = kind.failure(status).delivery();
        Self(Box::new(Inner {
            kind,
            operation: None,
            summary: summary.into(),
            delivery,
            attempts: 0,
            timeout: false,
            response,
            source: None,
            earlier: None,
        }))
    }

    /// A setting is missing or wrong.
    pub(crate) fn config(summary: impl Into<String>) -> Self {
        Self::new(Kind::Config, summary, None)
    }

    /// The request could not be built from what the caller gave.
    pub(crate) fn request(summary: impl Into<String>) -> Self {
        Self::new(Kind::Request, summary, None)
    }

    /// A value of the request is missing or not valid; `problem` quotes no value.
    #[expect(clippy::needless_pass_by_value, reason = "the generated code maps errors with it")]
    pub(crate) fn invalid_request(problem: String) -> Self {
        Self::request(format!("the request is not complete or not valid: {problem}"))
    }

    /// The time for the whole operation was over before a request went out.
    pub(crate) fn deadline() -> Self {
        let summary = "the deadline had passed before the request was sent";
        let mut error = Self::new(Kind::Deadline, summary, None);
        error.0.timeout = true;
        error
    }

    /// No response arrived to a request, of which `has_body` says whether it has a body.
    pub(crate) fn transport(error: reqwest::Error, has_body: bool) -> Self {
        let timeout = error.is_timeout();
        let (kind, summary) = if error.is_builder() {
            (Kind::Request, "the request could not be built".into())
        } else if error.is_connect() && timeout {
            (Kind::Connect, "connecting to the server took too long".into())
        } else if error.is_connect() {
            (Kind::Connect, transport::unreachable(&error).into())
        } else if timeout {
            (Kind::Transport, "no response arrived in time".into())
        } else if let Some(summary) = transport::not_processed(&error, has_body) {
            (Kind::NotProcessed, Cow::Borrowed(summary))
        } else {
            (Kind::Transport, transport::lost(&error).into())
        };
        let mut result = Self::new(kind, summary, None);
        result.0.timeout = timeout;
        result.with_lost(error)
    }

    /// The server responded with a status that is no success.
    pub(crate) fn status_code(response: ErrorResponse) -> Self {
        let redirect = if matches!(response.status.as_u16(), 301 | 302 | 303 | 307 | 308) {
            ", a redirect, which is never followed"
        } else {
            ""
        };
        let summary = format!("the server responded with {}{redirect}", response.status);
        Self::new(Kind::Status, summary, Some(response))
    }

    /// The server responded with a success that the operation's documentation does not name.
    #[allow(dead_code, reason = "used where an operation has more than one kind of success")]
    pub(crate) fn undocumented(response: ErrorResponse) -> Self {
        let summary = format!(
            "the server responded with {}, which the documentation of the operation does not name",
            response.status
        );
        Self::new(Kind::Undocumented, summary, Some(response))
    }

    /// The body of a success is larger than the limit; `response` has it up to there.
    pub(crate) fn too_large(response: ErrorResponse, limit: u64) -> Self {
        let summary = format!(
            "the server responded with {} and a body of more than {limit} bytes (max_response_bytes)",
            response.status
        );
        Self::new(Kind::TooLarge, summary, Some(response))
    }

    /// The body of a success broke off; `response` has what arrived.
    pub(crate) fn incomplete_body(response: ErrorResponse, error: reqwest::Error) -> Self {
        let timeout = error.is_timeout();
        let what = if timeout { "did not arrive in time" } else { "broke off" };
        let summary = format!("the server responded with {}, and the body {what}", response.status);
        let mut result = Self::new(Kind::Body, summary, Some(response));
        result.0.timeout = timeout;
        result.with_lost(error)
    }

    /// The body of a success does not have the documented form.
    pub(crate) fn decode(response: ErrorResponse, error: DecodeError) -> Self {
        let summary = format!(
            "the server responded with {}, and the body does not have the documented form: {error}",
            response.status
        );
        Self::new(Kind::Decode, summary, Some(response)).with_source(error)
    }

    pub(crate) fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    /// With the cause for which a response did not arrive, or not whole.
    pub(crate) fn with_lost(mut self, error: reqwest::Error) -> Self {
        self.0.source = Some(transport::printable(error));
        self
    }

    pub(crate) fn with_operation(mut self, operation: &'static Operation, attempts: u32) -> Self {
        self.0.operation = Some(operation);
        self.0.attempts = attempts;
        self
    }

    /// This error after an earlier attempt of the same operation: what is known of both.
    pub(crate) fn after(mut self, earlier: Option<Self>) -> Self {
        if let Some(mut earlier) = earlier
            && earlier.0.delivery > self.0.delivery
        {
            self.0.delivery = earlier.0.delivery;
            // One of the two attempts is the one that decides.
            self.0.earlier = Some(earlier.0.earlier.take().unwrap_or(earlier));
        }
        self
    }

    /// How the attempt that gave this error ended.
    pub(crate) fn failure(&self) -> Failure {
        self.0.kind.failure(self.status())
    }

    /// A word of few possible ones for the kind of error: OpenTelemetry's `error.type`.
    #[cfg(feature = "tracing")]
    pub(crate) fn type_name(&self) -> Cow<'static, str> {
        if self.0.kind == Kind::Status
            && let Some(status) = self.status()
        {
            return status.as_str().to_owned().into();
        }
        let name = if self.0.timeout { "timeout" } else { self.0.kind.name() };
        name.into()
    }

    /// The operation id of the operation that failed; `None` where building a client failed.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation.map(|operation| operation.id)
    }

    /// What is known of the server after all attempts: whether a request reached it and may have
    /// been carried out.
    ///
    /// This decides what to do next; see [`Delivery`].
    pub fn delivery(&self) -> Delivery {
        self.0.delivery
    }

    /// The error of an earlier attempt, where that one decides [`delivery`](Self::delivery): for
    /// example the timeout of a first attempt whose retry found no connection. Its status, headers
    /// and body are what came back then.
    pub fn earlier(&self) -> Option<&Self> {
        self.0.earlier.as_ref()
    }

    /// The status of the server's response; `None` if no response arrived.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.response.as_ref().map(|response| response.status)
    }

    /// The headers of the server's response; `None` if no response arrived.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.response.as_ref().map(|response| &response.headers)
    }

    /// The body of the server's response as it came; `None` if no response arrived.
    ///
    /// It is whole up to [`max_response_bytes`](crate::ClientBuilder::max_response_bytes), for a
    /// refused request and for a success that does not decode alike. If the connection broke, it is
    /// what had arrived until then. It may be HTML, if a proxy responded, and it may hold personal
    /// data.
    pub fn body(&self) -> Option<&[u8]> {
        self.0.response.as_ref().map(|response| &response.body[..])
    }

    /// The body decoded from JSON, for example into the type of an error that the documentation
    /// names. A byte order mark before the JSON is passed over, and of a repeated key the last value
    /// counts (RFC 8259 sections 8.1 and 4).
    ///
    /// # Errors
    ///
    /// If no response arrived, or its body is not JSON of that form. The error says nothing of the
    /// delivery, which stays in this one, and quotes nothing of the body, which stays readable with
    /// [`body`](Self::body).
    pub fn body_json<T: DeserializeOwned>(&self) -> Result<T, BodyError> {
        let response = self.0.response.as_ref().ok_or(BodyError::missing())?;
        decode::exact(&response.body).map_err(BodyError::decode)
    }

    /// How long the server asks to wait before the next request: its `Retry-After` header
    /// (RFC 9110 section 10.2.3), a number of seconds or a date; a date in the past is zero.
    ///
    /// The client waits by itself where it retries. You see this value where the retries are used
    /// up, or where the wait is longer than [`RetryPolicy::max_delay`](crate::RetryPolicy::max_delay)
    /// or than the [deadline](crate::Client::with_deadline): wait this long, then send again if
    /// [`delivery`](Self::delivery) allows it.
    pub fn retry_after(&self) -> Option<Duration> {
        self.headers().and_then(retry_after)
    }

    /// How many times the client tried to send the request, the first time included; 0 for an error
    /// that happened before.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether time ran out: for connecting, for one attempt, or for the whole operation.
    ///
    /// Longer times are set with [`ClientBuilder::timeout`](crate::ClientBuilder::timeout) and
    /// [`connect_timeout`](crate::ClientBuilder::connect_timeout). Whether the request may be sent
    /// again says [`delivery`](Self::delivery).
    pub fn is_timeout(&self) -> bool {
        self.0.timeout
    }

    /// Whether no connection to the server could be made: DNS, TCP, proxy or TLS. The reason is in
    /// the [`source`](StdError::source) chain.
    ///
    /// Nothing was sent. Check the base URL, the network and, for TLS, the certificate.
    pub fn is_connect(&self) -> bool {
        self.0.kind == Kind::Connect
    }

    /// Whether a body did not have the documented form; the message names the place in the JSON
    /// and what was expected there.
    ///
    /// The request was carried out. The response is in [`body`](Self::body). Please report it: the
    /// documentation, or this crate's copy of it, is not what the server does.
    pub fn is_decode(&self) -> bool {
        self.0.kind == Kind::Decode
    }

    /// Whether the server refused the request by its [`status`](Self::status): one that is no
    /// success. Its reason is in [`body`](Self::body).
    pub fn is_status(&self) -> bool {
        self.0.kind == Kind::Status
    }

    /// Whether the body of a success was larger than
    /// [`max_response_bytes`](crate::ClientBuilder::max_response_bytes): raise it if the server is
    /// right. What arrived up to there is in [`body`](Self::body).
    pub fn is_body_too_large(&self) -> bool {
        self.0.kind == Kind::TooLarge
    }

    /// Whether the body of a success broke off, because the connection was lost or
    /// [time ran out](Self::is_timeout). What arrived is in [`body`](Self::body).
    pub fn is_body_incomplete(&self) -> bool {
        self.0.kind == Kind::Body
    }

    /// Whether a setting is missing or wrong: credentials, base URL, TLS, or a header of
    /// [`RequestOptions`](crate::RequestOptions). The message says what to set.
    pub fn is_config(&self) -> bool {
        self.0.kind == Kind::Config
    }

    /// Whether the request could not be built from the values that it was given: one is missing,
    /// cannot be converted, or breaks what the OpenAPI document says of it. The message names it.
    pub fn is_invalid_request(&self) -> bool {
        self.0.kind == Kind::Request
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        let Some(operation) = inner.operation else { return f.write_str(&inner.summary) };
        write!(f, "{} ({} {}): ", operation.id, operation.method, operation.path)?;
        f.write_str(&inner.summary)?;
        if inner.attempts > 1 {
            write!(f, " ({} attempts)", inner.attempts)?;
        }
        if let Some(earlier) = &inner.earlier {
            write!(f, "; attempt {}: {}", earlier.0.attempts, earlier.0.summary)?;
        }
        let meaning = inner.delivery.meaning(operation);
        if !meaning.is_empty() {
            write!(f, "; {meaning}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        let mut debug = f.debug_struct("Error");
        debug.field("message", &self.to_string()).field("kind", &inner.kind);
        debug.field("delivery", &inner.delivery).field("attempts", &inner.attempts);
        if let Some(response) = &inner.response {
            debug.field("status", &response.status.as_u16());
            debug.field("body_bytes", &response.body.len());
        }
        if let Some(source) = &inner.source {
            debug.field("source", source);
        }
        if let Some(earlier) = &inner.earlier {
            debug.field("earlier", earlier);
        }
        debug.finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
