//! What is known of the server when an operation fails.

use std::fmt;

use http::StatusCode;

/// What is known of the server when an operation fails: did the request reach it, and was it
/// carried out?
///
/// Placing a call is not idempotent, and the API documents no idempotency key. So whether a failed
/// operation may be sent again depends on this value, not on the kind of error.
///
/// | value | the server | what now |
/// | --- | --- | --- |
/// | [`NotSent`](Self::NotSent) | never saw a complete request | send it again when the cause is mended |
/// | [`Rejected`](Self::Rejected) | answered 3xx or 4xx | nothing was carried out: change the request, or wait (429), and send it again |
/// | [`Accepted`](Self::Accepted) | answered 2xx | it was carried out: do not send it again; its answer is in [`Error::body`](crate::Error::body) |
/// | [`Unknown`](Self::Unknown) | may have carried it out | find out, for example by asking the callee or looking into CX, before sending it again |
///
/// The client itself sends a request again only where that is safe; see
/// [`RetryPolicy`](crate::RetryPolicy).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Delivery {
    /// The server never saw a complete request: nothing was carried out.
    ///
    /// Usual causes: a wrong setting, a missing value in the request, no network, a server that is
    /// down, a TLS certificate that is not trusted. Sending again is safe once the cause is mended.
    NotSent,
    /// The server answered that it does not carry the request out (3xx or 4xx).
    ///
    /// Read [`Error::status`](crate::Error::status) and [`Error::body`](crate::Error::body) for its
    /// reason. Sending the same again usually fails the same way, except after a 429.
    Rejected,
    /// The server answered 2xx, so the request was carried out, but its answer could not be used.
    ///
    /// Do not send the request again. Whatever the server sent is in
    /// [`Error::body`](crate::Error::body), with the identifier of what was created, if the answer
    /// got that far.
    Accepted,
    /// The request may have reached the server, and it may have been carried out.
    ///
    /// Usual causes: a timeout, a connection that broke, a 5xx of the server or of a proxy before
    /// it. Check what happened before sending it again.
    Unknown,
}

impl Delivery {
    /// What a response with this status says of the request.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            200..=299 => Self::Accepted,
            300..=499 => Self::Rejected,
            _ => Self::Unknown,
        }
    }

    /// What it means for the caller, as a clause; empty where there is nothing to say.
    pub(crate) fn meaning(self) -> &'static str {
        match self {
            Self::NotSent => "",
            Self::Rejected => "the server refused it, so no call was placed",
            Self::Accepted => {
                "the call was placed: do not place it again, and see Error::body for the answer"
            }
            Self::Unknown => "the call may have been placed: check before placing it again",
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
