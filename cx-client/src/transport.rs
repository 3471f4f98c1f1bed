//! What is known of a request to which no response arrived, from the causes of the error.

use std::error::Error;
use std::iter;

/// The cause of an error.
pub(crate) type Source = Box<dyn Error + Send + Sync>;

/// Why no connection could be made.
pub(crate) fn unreachable(error: &reqwest::Error) -> String {
    let reason = causes(error).last().map(ToString::to_string).unwrap_or_default();
    match reason.lines().next() {
        Some(reason) => format!("the server could not be reached: {reason}"),
        None => "the server could not be reached".to_owned(),
    }
}

/// What happened, if it is certain that the server did not process the request.
///
/// `has_body` says whether the request has a body.
pub(crate) fn not_processed(error: &reqwest::Error, has_body: bool) -> Option<&'static str> {
    causes(error).find_map(|cause| {
        let canceled = cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_canceled);
        if canceled {
            // hyper cancels only what it has not begun to write; hyper-util, too, relies on that
            // when it takes another connection.
            return Some("the connection was closed before the request was sent");
        }
        refused(cause, has_body)
    })
}

/// What the server said of a stream of HTTP/2 that it did not process.
#[cfg(feature = "http2")]
fn refused(cause: &(dyn Error + 'static), has_body: bool) -> Option<&'static str> {
    let cause = cause.downcast_ref::<h2::Error>().filter(|cause| cause.is_remote())?;
    if cause.is_reset() && cause.reason() == Some(h2::Reason::REFUSED_STREAM) {
        // RFC 9113 section 8.7.
        return Some("the server refused the request before processing it (REFUSED_STREAM)");
    }
    // RFC 9113 section 6.8. h2 gives the error of a GOAWAY to the streams above its last one. But
    // it gives it, too, to a stream that was opened while the GOAWAY came in, whatever its number,
    // after which hyper cancels the stream. Without the body, which is what hyper sends last, that
    // request is not complete; one that has none may have been.
    (cause.is_go_away() && has_body)
        .then_some("the server shut the connection down before processing the request (GOAWAY)")
}

#[cfg(not(feature = "http2"))]
fn refused(_: &(dyn Error + 'static), _: bool) -> Option<&'static str> {
    None
}

/// What a connection that gave no response has to say, from the cause that hyper names.
pub(crate) fn lost(error: &reqwest::Error) -> &'static str {
    let not_http = causes(error)
        .filter_map(|cause| cause.downcast_ref::<hyper::Error>())
        .any(hyper::Error::is_parse);
    if not_http {
        // The cause says which of the two; hyper has a function that distinguishes them for servers
        // only.
        "the server responded with something that is not valid HTTP, or with more headers than an \
         HTTP client takes"
    } else {
        "the connection was lost before a response arrived"
    }
}

/// The error as a source that can be printed.
///
/// The URL of a request can hold personal data, and so can what a server gives as the reason of a
/// GOAWAY (RFC 9113 section 6.8), which h2 prints.
pub(crate) fn printable(error: reqwest::Error) -> Source {
    #[cfg(feature = "http2")]
    if let Some(reason) = causes(&error)
        .filter_map(|cause| cause.downcast_ref::<h2::Error>())
        .find(|cause| cause.is_go_away() && cause.is_remote())
        .and_then(h2::Error::reason)
    {
        return Box::new(GoAway(reason));
    }
    Box::new(error.without_url())
}

/// The server shut an HTTP/2 connection down.
#[cfg(feature = "http2")]
#[derive(Debug)]
struct GoAway(h2::Reason);

#[cfg(feature = "http2")]
impl std::fmt::Display for GoAway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the server sent GOAWAY: {}", self.0)
    }
}

#[cfg(feature = "http2")]
impl Error for GoAway {}

fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    iter::successors(error.source(), |&cause| cause.source())
}
