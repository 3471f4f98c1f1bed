//! A successful response, before its body is decoded.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::byte_stream::ByteStream;
use crate::decode;
use crate::error::{Error, ErrorResponse};
use crate::operation::Operation;
use crate::response_value::ResponseValue;
use crate::telemetry::Span;

/// A successful response, for the generated code to decode.
pub(crate) struct Response {
    pub(crate) operation: &'static Operation,
    pub(crate) attempts: u32,
    pub(crate) span: Span,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

pub(crate) enum Body {
    Whole(Bytes),
    Stream(reqwest::Response),
}

impl Response {
    #[allow(dead_code, reason = "used where an operation has more than one kind of success")]
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// The body decoded from JSON.
    pub(crate) fn json<T: DeserializeOwned>(self) -> Result<ResponseValue<T>, Error> {
        let corrected = |path: &str, reading: &str| {
            self.span.corrected(self.operation, path, reading);
        };
        match decode::corrected(self.bytes(), corrected) {
            Ok(value) => Ok(ResponseValue::new(value, self.status, self.headers)),
            Err(error) => Err(self.fail(|response| Error::decode(response, error))),
        }
    }

    /// No body is expected; one that came is ignored.
    #[allow(dead_code, reason = "used where a response has no body")]
    pub(crate) fn empty(self) -> ResponseValue<()> {
        ResponseValue::new((), self.status, self.headers)
    }

    /// The body as it arrives.
    #[allow(dead_code, reason = "used where a response is a stream")]
    pub(crate) fn stream(self) -> ResponseValue<ByteStream> {
        let stream = match self.body {
            Body::Stream(response) => ByteStream::new(response),
            Body::Whole(bytes) => ByteStream::new(bytes),
        };
        ResponseValue::new(stream, self.status, self.headers)
    }

    /// The operation does not document this status.
    #[allow(dead_code, reason = "used where an operation has more than one kind of success")]
    pub(crate) fn into_error(self) -> Error {
        self.fail(Error::undocumented)
    }

    fn bytes(&self) -> &[u8] {
        match &self.body {
            Body::Whole(bytes) => bytes,
            Body::Stream(_) => &[],
        }
    }

    fn fail(self, error: impl FnOnce(ErrorResponse) -> Error) -> Error {
        let body = match self.body {
            Body::Whole(bytes) => bytes,
            Body::Stream(_) => Bytes::new(),
        };
        let response = ErrorResponse { status: self.status, headers: self.headers, body };
        let error = error(response).with_operation(self.operation, self.attempts);
        self.span.failed(&error);
        error
    }
}
