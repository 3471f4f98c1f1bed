//! The one error type.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::decode::{self, DecodeError};
use crate::delivery::Delivery;
use crate::operation::Operation;
use crate::retry;

type Source = Box<dyn StdError + Send + Sync>;

/// Why an operation failed, or why a client could not be built.
///
/// Ask [`delivery`](Self::delivery) first: it says whether the request may have been carried out.
///
/// `Display` is one line: operation, what happened, and what it means. Neither `Display` nor
/// `Debug`, nor any error of the [`source`](StdError::source) chain, contains a credential, a
/// header, a part of a request or response body, or a value that was put into a URL. What the
/// server sent is in [`headers`](Self::headers) and [`body`](Self::body); before you log those,
/// think of the personal data in them.
///
/// ```
/// # use cx_client::{Delivery, Error};
/// fn what_now(error: &Error) -> &'static str {
///     match error.delivery() {
///         Delivery::NotSent => "mend the cause, then place the call again",
///         Delivery::Rejected => "change the request; the server's reason is in error.body()",
///         Delivery::Accepted => "the call is placed; read its id from error.body()",
///         _ => "look whether the call was placed before you place it again",
///     }
/// }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    operation: Option<&'static Operation>,
    /// What happened, without anything private.
    summary: String,
    delivery: Delivery,
    attempts: u32,
    timeout: bool,
    answer: Option<Answer>,
    source: Option<Source>,
}

/// What a server sent, whole or in part.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Config,
    Request,
    Connect,
    Transport,
    Deadline,
    Status,
    Undocumented,
    TooLarge,
    Body,
    Decode,
}

impl Error {
    fn new(kind: Kind, delivery: Delivery, summary: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: None,
            summary: summary.into(),
            delivery,
            attempts: 0,
            timeout: false,
            answer: None,
            source: None,
        }))
    }

    /// A setting is missing or wrong.
    pub(crate) fn config(summary: impl Into<String>) -> Self {
        Self::new(Kind::Config, Delivery::NotSent, summary)
    }

    /// The request could not be built from what the caller gave.
    pub(crate) fn request(summary: impl Into<String>) -> Self {
        Self::new(Kind::Request, Delivery::NotSent, summary)
    }

    /// The time for the whole operation was over before a request went out.
    pub(crate) fn deadline() -> Self {
        let mut error = Self::new(
            Kind::Deadline,
            Delivery::NotSent,
            "the deadline had passed before the request was sent",
        );
        error.0.timeout = true;
        error
    }

    /// No response arrived.
    pub(crate) fn transport(error: reqwest::Error) -> Self {
        // The URL of a request can hold personal data.
        let error = error.without_url();
        let timeout = error.is_timeout();
        let (kind, delivery, summary) = if error.is_builder() {
            (Kind::Request, Delivery::NotSent, "the request could not be built")
        } else if error.is_connect() && timeout {
            (Kind::Connect, Delivery::NotSent, "connecting to the server took too long")
        } else if error.is_connect() {
            (Kind::Connect, Delivery::NotSent, "the server could not be reached")
        } else if timeout {
            (Kind::Transport, Delivery::Unknown, "no response arrived in time")
        } else {
            (
                Kind::Transport,
                Delivery::Unknown,
                "the connection was lost before a response arrived",
            )
        };
        let mut result = Self::new(kind, delivery, summary);
        result.0.timeout = timeout;
        result.with_source(error)
    }

    /// The server answered with a status that is no success.
    pub(crate) fn status_code(answer: Answer) -> Self {
        let summary = format!("the server answered {}", answer.status);
        Self::new(Kind::Status, Delivery::of_status(answer.status), summary).with_answer(answer)
    }

    /// The server answered with a success that the operation's documentation does not name.
    pub(crate) fn undocumented(answer: Answer) -> Self {
        let summary = format!(
            "the server answered {}, which the documentation of the operation does not name",
            answer.status
        );
        Self::new(Kind::Undocumented, Delivery::Accepted, summary).with_answer(answer)
    }

    /// The body of a success is larger than the limit; `answer` has it up to there.
    pub(crate) fn too_large(answer: Answer, limit: u64) -> Self {
        let summary = format!(
            "the server answered {} with a body of more than {limit} bytes (max_response_bytes)",
            answer.status
        );
        Self::new(Kind::TooLarge, Delivery::of_status(answer.status), summary).with_answer(answer)
    }

    /// The body of a success broke off; `answer` has what arrived.
    pub(crate) fn incomplete_body(answer: Answer, error: reqwest::Error) -> Self {
        let error = error.without_url();
        let timeout = error.is_timeout();
        let what = if timeout { "did not arrive in time" } else { "broke off" };
        let summary = format!("the server answered {}, and the body {what}", answer.status);
        let delivery = Delivery::of_status(answer.status);
        let mut result = Self::new(Kind::Body, delivery, summary).with_answer(answer);
        result.0.timeout = timeout;
        result.with_source(error)
    }

    /// The body of a success does not have the documented form.
    pub(crate) fn decode(answer: Answer, error: DecodeError) -> Self {
        let summary = format!(
            "the server answered {}, and the body does not have the documented form: {error}",
            answer.status
        );
        let delivery = Delivery::of_status(answer.status);
        Self::new(Kind::Decode, delivery, summary).with_answer(answer).with_source(error)
    }

    fn with_answer(mut self, answer: Answer) -> Self {
        self.0.answer = Some(answer);
        self
    }

    pub(crate) fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    pub(crate) fn with_operation(mut self, operation: &'static Operation, attempts: u32) -> Self {
        self.0.operation = Some(operation);
        self.0.attempts = attempts;
        self
    }

    pub(crate) fn kind(&self) -> Kind {
        self.0.kind
    }

    /// A word of few possible ones for the kind of error: OpenTelemetry's `error.type`.
    #[cfg(feature = "tracing")]
    pub(crate) fn type_name(&self) -> std::borrow::Cow<'static, str> {
        if self.0.kind == Kind::Status
            && let Some(status) = self.status()
        {
            return status.as_str().to_owned().into();
        }
        match self.0.kind {
            _ if self.0.timeout => "timeout",
            Kind::Config => "config",
            Kind::Request => "request",
            Kind::Connect => "connect",
            Kind::Transport => "connection",
            Kind::Deadline => "timeout",
            Kind::Status | Kind::Undocumented => "status",
            Kind::TooLarge => "body_too_large",
            Kind::Body => "body",
            Kind::Decode => "decode",
        }
        .into()
    }

    /// What is known of the server: whether the request reached it and was carried out.
    ///
    /// This decides what to do next; see [`Delivery`].
    pub fn delivery(&self) -> Delivery {
        self.0.delivery
    }

    /// The status of the server's response; `None` if no response arrived.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.answer.as_ref().map(|answer| answer.status)
    }

    /// The headers of the server's response; `None` if no response arrived.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.answer.as_ref().map(|answer| &answer.headers)
    }

    /// The body of the server's response as it came; `None` if no response arrived.
    ///
    /// It is whole up to [`max_response_bytes`](crate::ClientBuilder::max_response_bytes), for a
    /// refused request and for a success that does not decode alike. If the connection broke, it is
    /// what had arrived until then. It may be HTML, if a proxy answered, and it may hold personal
    /// data.
    pub fn body(&self) -> Option<&[u8]> {
        self.0.answer.as_ref().map(|answer| &answer.body[..])
    }

    /// The body decoded from JSON, for example into the type of an error that the documentation
    /// names.
    ///
    /// # Errors
    ///
    /// If no response arrived, or its body is not JSON of that form; the message quotes nothing of
    /// the body, which stays readable with [`body`](Self::body).
    pub fn body_json<T: DeserializeOwned>(&self) -> Result<T, Self> {
        let Some(answer) = &self.0.answer else {
            return Err(Self::request("there is no response to decode"));
        };
        decode::from_slice(&answer.body).map_err(|error| {
            let answer = Answer {
                status: answer.status,
                headers: answer.headers.clone(),
                body: answer.body.clone(),
            };
            Self::decode(answer, error)
        })
    }

    /// How long the server asks to wait before the next request: its `Retry-After` header
    /// (RFC 9110 section 10.2.3), a number of seconds or a date; a date in the past is zero.
    ///
    /// The client waits by itself where it retries. You see this value where the retries are used
    /// up, or where the wait is longer than [`RetryPolicy::max_delay`](crate::RetryPolicy::max_delay)
    /// or than the [deadline](crate::Client::with_deadline): wait this long, then send again if
    /// [`delivery`](Self::delivery) allows it.
    pub fn retry_after(&self) -> Option<Duration> {
        self.headers().and_then(retry::retry_after)
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
    /// The request was carried out. The answer is in [`body`](Self::body). Please report it: the
    /// documentation, or this crate's copy of it, is not what the server does.
    pub fn is_decode(&self) -> bool {
        self.0.kind == Kind::Decode
    }

    /// Whether a setting of the client is missing or wrong: credentials, base URL, TLS. Only
    /// [`ClientBuilder::build`](crate::ClientBuilder::build) and
    /// [`Client::from_env`](crate::Client::from_env) give it; the message says what to set.
    pub fn is_config(&self) -> bool {
        self.0.kind == Kind::Config
    }

    /// Whether the request could not be built from the values that it was given: one is missing, or
    /// cannot be converted. The message names it.
    pub fn is_invalid_request(&self) -> bool {
        self.0.kind == Kind::Request
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        if let Some(operation) = inner.operation {
            write!(f, "{} ({} {}): ", operation.id, operation.method, operation.path)?;
        }
        f.write_str(&inner.summary)?;
        if inner.attempts > 1 {
            write!(f, " ({} attempts)", inner.attempts)?;
        }
        let meaning = inner.delivery.meaning();
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
        if let Some(answer) = &inner.answer {
            debug.field("status", &answer.status.as_u16());
            debug.field("body_bytes", &answer.body.len());
        }
        if let Some(source) = &inner.source {
            debug.field("source", source);
        }
        debug.finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
