//! The ways to respond to a request, and whatever else can go wrong.

use super::http2_fault::Http2Fault;
use super::tls_fault::{Moment, TlsFault};

/// One way to respond, or not to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Responds as documented.
    None,
    /// Responds as documented, and closes the connection without having announced it.
    CloseAfterResponse,
    /// Closes the connection as soon as it is made.
    CloseAtOnce,
    /// Reads the request and never responds. To a client that begins with a TLS handshake it never
    /// responds to that.
    NoResponse,
    /// Reads the request and resets the connection (RST).
    Reset,
    /// Breaks off in the middle of the headers.
    CloseMidHeader,
    /// Breaks off in the middle of the body.
    CloseMidBody,
    /// Announces a body that is ten bytes shorter than the one that follows.
    LengthTooShort,
    /// Sends one byte of the body each second.
    Drip,
    /// Sends a chunked body that does not end, with this status.
    EndlessBody(u16),
    /// Sends something that is not HTTP.
    Garbage,
    /// An informational response, then the documented one.
    ContinueFirst,
    /// A success whose body is an HTML page.
    HtmlSuccess,
    /// A JSON value in place of the last member of the documented body: `null`, or of another type.
    LastMember(&'static str),
    /// The documented body without its last member.
    MissingMember,
    /// The documented body with one member more.
    ExtraMember,
    /// The documented body with another status that is a success.
    OtherSuccess(u16),
    /// The documented body after a byte order mark.
    ByteOrderMark,
    /// The documented body, in which the last member stands twice.
    RepeatedMember,
    /// The documented body, with more headers than HTTP clients take.
    ManyHeaders,
    /// Half the documented body, with the length of the half.
    TruncatedJson,
    /// The documented body with bytes that are not UTF-8 in a string.
    InvalidUtf8,
    /// No body, and a status that is a success.
    EmptySuccess(u16),
    /// A redirection to another path of this server.
    Redirect(u16),
    /// An error with a short JSON body.
    Status(u16),
    /// An error with a `Retry-After` of this many seconds.
    RetryAfter(u16, u64),
    /// An error with a `Retry-After` of an HTTP date this many seconds from now.
    RetryAfterDate(u16, u64),
    /// An error of a proxy before the server: an HTML page.
    HtmlError(u16),
    /// A fault of TLS, of a connection or of a response.
    Tls(TlsFault),
    /// A fault of HTTP/2, of a connection or of a response.
    Http2(Http2Fault),
}

impl Fault {
    /// One of every kind, to go through or to pick from.
    pub const EVERY_KIND: &'static [Self] = &[
        Self::None,
        Self::CloseAfterResponse,
        Self::CloseAtOnce,
        Self::NoResponse,
        Self::Reset,
        Self::CloseMidHeader,
        Self::CloseMidBody,
        Self::LengthTooShort,
        Self::Drip,
        Self::EndlessBody(200),
        Self::EndlessBody(500),
        Self::Garbage,
        Self::ContinueFirst,
        Self::HtmlSuccess,
        Self::LastMember("null"),
        Self::LastMember("[1]"),
        Self::MissingMember,
        Self::ExtraMember,
        Self::OtherSuccess(201),
        Self::OtherSuccess(202),
        Self::ByteOrderMark,
        Self::RepeatedMember,
        Self::ManyHeaders,
        Self::TruncatedJson,
        Self::InvalidUtf8,
        Self::EmptySuccess(204),
        Self::EmptySuccess(200),
        Self::Redirect(302),
        Self::Redirect(303),
        Self::Redirect(307),
        Self::Status(400),
        Self::Status(401),
        Self::Status(408),
        Self::Status(429),
        Self::RetryAfter(429, 0),
        Self::RetryAfter(503, 0),
        Self::Status(500),
        Self::HtmlError(502),
        Self::Status(503),
        Self::Status(504),
    ];

    /// Those of [`EVERY_KIND`](Self::EVERY_KIND) that every protocol has.
    pub fn over_everything() -> impl Iterator<Item = Self> {
        let every_kind = Self::EVERY_KIND.iter().copied();
        every_kind.filter(|fault| {
            matches!(
                fault,
                Self::None
                    | Self::NoResponse
                    | Self::OtherSuccess(_)
                    | Self::Status(_)
                    | Self::RetryAfter(..)
            )
        })
    }

    /// Whether the server may have carried out a request that it responds to like this.
    pub fn may_be_carried_out(self) -> bool {
        !matches!(self, Self::Http2(fault) if fault.is_not_processed())
    }

    /// The status that the server sends with it, if it sends a whole status line that counts as its
    /// response.
    pub fn status(self) -> Option<u16> {
        match self {
            Self::Tls(
                TlsFault::Unannounced(Moment::Before) | TlsFault::Corrupt(Moment::Before),
            ) => None,
            Self::Http2(fault) => fault.status(),
            Self::CloseAtOnce
            | Self::NoResponse
            | Self::Reset
            | Self::CloseMidHeader
            | Self::Garbage
            | Self::ManyHeaders => None,
            Self::EndlessBody(status)
            | Self::EmptySuccess(status)
            | Self::OtherSuccess(status)
            | Self::Redirect(status)
            | Self::Status(status)
            | Self::RetryAfter(status, _)
            | Self::RetryAfterDate(status, _)
            | Self::HtmlError(status) => Some(status),
            _ => Some(200),
        }
    }
}
