//! Options that differ between operations.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::error::Error;
use crate::retry::RetryPolicy;

/// Options of single operations; give them with [`Client::with_options`](crate::Client::with_options).
///
/// Each part is optional. What is not set here stays as the client has it.
///
/// ```
/// # async fn example(client: &cx_client::Client) {
/// use std::time::Duration;
/// use cx_client::RequestOptions;
///
/// let patient = client.with_options(
///     RequestOptions::new().timeout(Duration::from_secs(120)).header("x-request-id", "7f3c"),
/// );
/// # }
/// ```
///
/// `Debug` shows the names of the headers, and never their values.
#[derive(Clone, Default)]
#[must_use = "options do nothing until they are given to `Client::with_options`"]
pub struct RequestOptions {
    pub(crate) deadline: Option<Duration>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) headers: HeaderMap,
    /// What is wrong with a header; every operation returns it as its error.
    problem: Option<String>,
}

/// Headers that only the client sets: they frame the request, or authenticate its sender.
const RESERVED: [HeaderName; 6] = [
    header::AUTHORIZATION,
    header::CONTENT_TYPE,
    header::CONTENT_LENGTH,
    header::TRANSFER_ENCODING,
    header::CONNECTION,
    header::HOST,
];

impl RequestOptions {
    /// Options that change nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// The time of a whole operation: every attempt and the waits between them. Default: none.
    ///
    /// A wait that would pass the deadline is not begun: the operation returns its last error at
    /// once. An attempt that would pass it is cancelled there, which is a timeout.
    ///
    /// Use this rather than a timeout around the future: dropping a future loses what is known of
    /// the server, and this does not.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// How long one attempt may take, from the connection to the last byte of the response.
    /// Default: [`ClientBuilder::timeout`](crate::ClientBuilder::timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How often and after what delay a request is sent again. Default:
    /// [`ClientBuilder::retry`](crate::ClientBuilder::retry).
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// A header that is sent with every attempt, for example an idempotency key for a gateway that
    /// knows them, or an identifier of the request. It takes the place of one of the same name.
    ///
    /// The value appears in no `Debug`, span or message.
    ///
    /// A name or a value that HTTP does not allow (RFC 9110 section 5), or a header that is the
    /// client's own (`Authorization`, `Content-Type`, `Content-Length`, `Transfer-Encoding`,
    /// `Connection`, `Host`), makes every operation with these options fail with
    /// [`Error::is_config`], before anything is sent.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let name = name.as_ref();
        match parse(name, value.as_ref()) {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(problem) => {
                // What is no name could be a value that was given in its place.
                let which = HeaderName::from_bytes(name.as_bytes())
                    .map_or("a header".to_owned(), |name| format!("the header `{name}`"));
                self.problem.get_or_insert(format!("{which} {problem}"));
            }
        }
        self
    }

    /// These options, with what `self` does not set from `base`.
    pub(crate) fn over(mut self, base: &Self) -> Self {
        self.deadline = self.deadline.or(base.deadline);
        self.timeout = self.timeout.or(base.timeout);
        self.retry = self.retry.or_else(|| base.retry.clone());
        for (name, value) in &base.headers {
            if !self.headers.contains_key(name) {
                self.headers.insert(name.clone(), value.clone());
            }
        }
        self.problem = self.problem.or_else(|| base.problem.clone());
        self
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        match &self.problem {
            Some(problem) => Err(Error::config(problem.clone())),
            None => Ok(()),
        }
    }
}

fn parse(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), &'static str> {
    let name = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| "has a name that HTTP does not allow (RFC 9110 section 5.1): correct it")?;
    if RESERVED.contains(&name) {
        return Err("is set by the client and cannot be overridden: remove it");
    }
    let mut value = HeaderValue::from_str(value).map_err(|_| {
        "has a value that HTTP does not allow (RFC 9110 section 5.5): check for a line break in it"
    })?;
    value.set_sensitive(true);
    Ok((name, value))
}

impl fmt::Debug for RequestOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestOptions")
            .field("deadline", &self.deadline)
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
