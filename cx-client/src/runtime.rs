//! The way of every operation to the server and back.

use std::fmt;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::Url;
use tokio::time::{Instant, sleep};

use crate::error::{Error, ErrorResponse};
use crate::options::RequestOptions;
use crate::request::Request;
use crate::response::{Body, Response};
use crate::retry::RetryPolicy;
use crate::telemetry::Span;

#[allow(unused_imports, reason = "a document need not have each of these")]
pub(crate) use crate::given_values::{invalid_body, supplied};
pub(crate) use crate::operation::Operation;

/// What a client does with a request besides sending it.
#[derive(Clone)]
pub(crate) struct Runtime {
    settings: Arc<Settings>,
    /// `None` where every operation has the settings of the client.
    options: Option<Arc<RequestOptions>>,
}

pub(crate) struct Settings {
    pub(crate) timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) max_response_bytes: u64,
    /// Without a slash at its end.
    pub(crate) base_url: Url,
}

impl fmt::Debug for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Settings");
        debug
            .field("base_url", &self.settings.base_url.as_str())
            .field("timeout", &self.settings.timeout)
            .field("retry", &self.settings.retry)
            .field("max_response_bytes", &self.settings.max_response_bytes);
        if let Some(options) = &self.options {
            debug.field("options", options);
        }
        debug.finish()
    }
}

impl Runtime {
    pub(crate) fn new(settings: Settings) -> Self {
        Self { settings: Arc::new(settings), options: None }
    }

    pub(crate) fn with_options(&self, options: RequestOptions) -> Self {
        let options = match &self.options {
            Some(base) => options.over(base),
            None => options,
        };
        Self { settings: Arc::clone(&self.settings), options: Some(Arc::new(options)) }
    }

    /// Sends a request, again where that is safe, and gives the first success.
    pub(crate) fn execute<'a>(
        &'a self,
        http: &'a reqwest::Client,
        operation: &'static Operation,
        mut request: Result<Request, Error>,
    ) -> impl Future<Output = Result<Response, Error>> {
        let span = Span::new(operation, &self.settings.base_url);
        let call = Call { runtime: self, http, operation, span: span.clone() };
        // One future that has the request in one place: each function that takes it by value would
        // keep, and copy, another.
        span.around(async move {
            match request {
                Ok(ref mut request) => call.attempts(request).await,
                Err(error) => Err(call.failed(error, 0)),
            }
        })
    }
}

/// One operation on its way.
struct Call<'a> {
    runtime: &'a Runtime,
    http: &'a reqwest::Client,
    operation: &'static Operation,
    span: Span,
}

impl Call<'_> {
    async fn attempts(&self, request: &mut Request) -> Result<Response, Error> {
        let settings = &self.runtime.settings;
        let options = self.runtime.options.as_deref();
        let retry = options.and_then(|options| options.retry.as_ref()).unwrap_or(&settings.retry);
        let deadline = options.and_then(|options| options.deadline).map(Deadline::begin);
        let mut attempt = 0;
        let mut earlier: Option<Error> = None;
        loop {
            let remaining = deadline.as_ref().map(Deadline::remaining);
            if remaining == Some(Duration::ZERO) {
                return Err(self.failed(earlier.unwrap_or_else(Error::deadline), attempt));
            }
            let has_body = request.has_body();
            let sent = match self.next_to_send(request, remaining) {
                Ok(request) => self.http.execute(request),
                Err(error) => return Err(self.failed(error.after(earlier), attempt)),
            };
            attempt += 1;
            let error = match self.receive(sent, has_body, attempt).await {
                Ok(response) => {
                    self.span.succeeded(response.status.as_u16(), attempt);
                    return Ok(response);
                }
                Err(error) => error.with_operation(self.operation, attempt).after(earlier.take()),
            };
            let wait = retry
                .delay(request.method(), &error, attempt)
                .filter(|_| request.can_be_sent_again())
                .filter(|wait| deadline.as_ref().is_none_or(|d| *wait < d.remaining()));
            self.span.attempt_failed(&error, attempt, wait);
            let Some(wait) = wait else { return Err(error) };
            earlier = Some(error);
            sleep(wait).await;
        }
    }

    /// The request of an attempt, with what the options say, and at most `remaining` time.
    fn next_to_send(
        &self,
        request: &mut Request,
        remaining: Option<Duration>,
    ) -> Result<reqwest::Request, Error> {
        let settings = &self.runtime.settings;
        let mut request = request.next_to_send(&settings.base_url)?;
        // The HTTP client has the time limit of an attempt; a request has one of its own only where
        // the options or the deadline say so.
        let mut timeout = None;
        if let Some(options) = &self.runtime.options {
            options.check()?;
            for (name, value) in &options.headers {
                request.headers_mut().insert(name, value.clone());
            }
            timeout = options.timeout;
        }
        if remaining.is_some_and(|remaining| remaining < timeout.unwrap_or(settings.timeout)) {
            timeout = remaining;
        }
        *request.timeout_mut() = timeout;
        Ok(request)
    }

    /// What comes back of an attempt.
    async fn receive(
        &self,
        sent: impl Future<Output = reqwest::Result<reqwest::Response>>,
        has_body: bool,
        attempts: u32,
    ) -> Result<Response, Error> {
        let mut response = sent.await.map_err(|error| Error::transport(error, has_body))?;
        let (status, success) = (response.status(), response.status().is_success());
        let (operation, span) = (self.operation, self.span.clone());
        if success && operation.streams {
            let headers = mem::take(response.headers_mut());
            let body = Body::Stream(response);
            return Ok(Response { operation, attempts, span, status, headers, body });
        }
        let limit = self.runtime.settings.max_response_bytes;
        let (body, problem) = read(&mut response, limit).await;
        let headers = mem::take(response.headers_mut());
        let response = match problem {
            None if success => {
                let body = Body::Whole(body);
                return Ok(Response { operation, attempts, span, status, headers, body });
            }
            _ => ErrorResponse { status, headers, body },
        };
        Err(match problem {
            Some(Problem::TooLarge) if success => Error::too_large(response, limit),
            Some(Problem::Lost(error)) if success => Error::incomplete_body(response, error),
            Some(Problem::Lost(error)) => Error::status_code(response).with_lost(error),
            _ => Error::status_code(response),
        })
    }

    /// The operation failed outside an attempt.
    fn failed(&self, error: Error, attempts: u32) -> Error {
        let error = error.with_operation(self.operation, attempts);
        self.span.failed(&error);
        error
    }
}

/// The time of all attempts together, from the first on.
struct Deadline {
    started: Instant,
    time: Duration,
}

impl Deadline {
    fn begin(time: Duration) -> Self {
        Self { started: Instant::now(), time }
    }

    fn remaining(&self) -> Duration {
        self.time.saturating_sub(self.started.elapsed())
    }
}

/// Why a body is not whole.
enum Problem {
    TooLarge,
    Lost(reqwest::Error),
}

/// Reads a body up to `limit` bytes; what arrived before a problem is kept.
async fn read(response: &mut reqwest::Response, limit: u64) -> (Bytes, Option<Problem>) {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    let problem = loop {
        match response.chunk().await {
            Ok(None) => break None,
            Err(error) => break Some(Problem::Lost(error)),
            Ok(Some(mut chunk)) => {
                let room = limit - first.len().max(rest.len());
                let too_large = chunk.len() > room;
                chunk.truncate(room);
                // A body of one chunk, as most are, is not copied.
                if first.is_empty() && rest.is_empty() {
                    first = chunk;
                } else {
                    if rest.is_empty() {
                        rest.extend_from_slice(&first);
                    }
                    rest.extend_from_slice(&chunk);
                }
                if too_large {
                    break Some(Problem::TooLarge);
                }
            }
        }
    };
    (if rest.is_empty() { first } else { rest.freeze() }, problem)
}
