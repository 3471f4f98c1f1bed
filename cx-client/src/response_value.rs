//! What a successful operation gives.

use std::fmt;
use std::ops::{Deref, DerefMut};

use http::{HeaderMap, StatusCode, header};

/// What the server sent for a successful operation: the value that was decoded from the body, with
/// the status and the headers that came with it.
///
/// It dereferences to the value, of which `Debug` shows nothing else.
pub struct ResponseValue<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
}

impl<T> ResponseValue<T> {
    /// One for tests, or for code that stands between a client and its user.
    pub fn new(value: T, status: StatusCode, headers: HeaderMap) -> Self {
        Self { value, status, headers }
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The status of the response: 2xx.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The length of the body in bytes as the server announced it: `Content-Length` (RFC 9110
    /// section 8.6). `None` if it announced none.
    pub fn content_length(&self) -> Option<u64> {
        self.headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
    }

    #[allow(dead_code, reason = "used where an operation has more than one kind of success")]
    pub(crate) fn map<U>(self, convert: impl FnOnce(T) -> U) -> ResponseValue<U> {
        ResponseValue { value: convert(self.value), status: self.status, headers: self.headers }
    }
}

impl<T> Deref for ResponseValue<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for ResponseValue<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T> AsRef<T> for ResponseValue<T> {
    fn as_ref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for ResponseValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}
