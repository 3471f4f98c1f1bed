//! What is known of the server when an operation fails.

use std::fmt;

use http::StatusCode;

use crate::operation::Operation;

/// What is known of the server when an operation fails: did a request reach it, and may it have
/// been carried out?
///
/// Whether a failed operation may be sent again depends on this value, not on the kind of error:
/// most operations that create something are not idempotent, and sending them again creates it
/// twice.
///
/// | value | the server | what now |
/// | --- | --- | --- |
/// | [`NotSent`](Self::NotSent) | never saw a complete request, or did not process it | correct the cause, and send it again |
/// | [`Rejected`](Self::Rejected) | responded that it does not carry the request out | change the request, or wait (429), and send it again |
/// | [`Accepted`](Self::Accepted) | responded with 2xx | it was carried out: do not send it again; the response is in [`Error::body`](crate::Error::body) |
/// | [`Unknown`](Self::Unknown) | may have carried it out | find out before sending it again |
///
/// The value is about *all* attempts of the operation: once one of them may have been carried
/// out, no later one makes it certain that none was. The order of the values is this strength,
/// from `NotSent` to `Accepted`, and an operation has the greatest of its attempts.
///
/// Which event gives which value, and after which the client itself sends a request again, is
/// [one table](crate#when-an-operation-fails).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Delivery {
    /// The server never saw a complete request, or said of it that it did not process it: nothing
    /// was carried out.
    ///
    /// Usual causes: a wrong setting, a missing value in the request, no network, a server that is
    /// down, a TLS certificate that is not trusted; over HTTP/2 a server that shuts down or has too
    /// much to do (RFC 9113 sections 6.8 and 8.7). Sending again is safe once the cause is
    /// corrected.
    NotSent,
    /// The server responded that it does not carry the request out: 4xx, or a 3xx other than 301,
    /// 302 and 303.
    ///
    /// Read [`Error::status`](crate::Error::status) and [`Error::body`](crate::Error::body) for its
    /// reason. Sending the same again usually fails the same way, except after a 429.
    Rejected,
    /// A request may have reached the server, and it may have been carried out.
    ///
    /// Usual causes: a timeout, a connection that broke, a 5xx of the server or of a proxy before
    /// it, and 301, 302 or 303, with which servers also respond to a request that they carried out
    /// (RFC 9110 section 15.4.4). Check what happened before sending it again.
    Unknown,
    /// The server responded with 2xx, so the request was carried out, but its response could not be used.
    ///
    /// Do not send the request again. Whatever the server sent is in
    /// [`Error::body`](crate::Error::body), with the identifier of what was created, if the
    /// response got that far.
    Accepted,
}

impl Delivery {
    /// What it means for the caller of this operation, as a clause; empty where there is nothing
    /// to say.
    ///
    /// A safe method (RFC 9110 section 9.2.1) carries nothing out.
    pub(crate) fn meaning(self, operation: &Operation) -> &'static str {
        let safe = matches!(operation.method, "GET" | "HEAD" | "OPTIONS" | "TRACE");
        match (self, safe) {
            (Self::NotSent, _) => "",
            (Self::Rejected, true) => "the server refused the request",
            (Self::Rejected, false) => "the server refused it, and carried nothing out",
            (Self::Accepted, true) => "see Error::body for the response",
            (Self::Accepted, false) => {
                "it was carried out: do not send it again, and see Error::body for the response"
            }
            (Self::Unknown, true) => "sending it again is safe",
            (Self::Unknown, false) => "it may have been carried out: check before sending it again",
        }
    }
}

impl fmt::Display for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSent => "not sent",
            Self::Rejected => "rejected",
            Self::Accepted => "accepted",
            Self::Unknown => "unknown",
        })
    }
}

/// How an attempt ended without a usable response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// A setting or a value of the request is wrong.
    NotBuilt,
    /// DNS, TCP, TLS, a proxy's CONNECT, or the time limit of all of these.
    NoConnection,
    /// The request was not handed to the connection, or the server said that it did not process it
    /// (RFC 9113 sections 6.8 and 8.7).
    NotProcessed,
    /// No response arrived, although the request may have left.
    NoResponse,
    /// The server responded with a status that is no success.
    Status(StatusCode),
    /// The server responded with a success that cannot be used.
    UnusableSuccess,
}

impl Failure {
    /// What is known of the server then: the table of the section "When an operation fails" in the
    /// README, which is the crate's documentation.
    pub(crate) fn delivery(self) -> Delivery {
        match self {
            Self::NotBuilt | Self::NoConnection | Self::NotProcessed => Delivery::NotSent,
            Self::NoResponse => Delivery::Unknown,
            Self::UnusableSuccess => Delivery::Accepted,
            Self::Status(status) => match status.as_u16() {
                301..=303 => Delivery::Unknown,
                300..=499 => Delivery::Rejected,
                _ => Delivery::Unknown,
            },
        }
    }
}
