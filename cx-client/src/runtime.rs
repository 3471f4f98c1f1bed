//! The way of every operation to the server and back.

use std::fmt;
use std::mem;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::Url;
use tokio::time::{Instant, sleep};

use crate::error::{Answer, Error};
use crate::options::RequestOptions;
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

    /// The URL of a path of the API.
    pub(crate) fn url(&self, path: &str) -> Url {
        let mut url = self.settings.base_url.clone();
        if url.path() == "/" {
            url.set_path(path);
        } else {
            let path = format!("{}{path}", url.path());
            url.set_path(&path);
        }
        url
    }

    /// Sends a request, again where that is safe, and gives the first success.
    pub(crate) async fn execute(
        &self,
        http: &reqwest::Client,
        operation: &'static Operation,
        request: Result<reqwest::Request, Error>,
    ) -> Result<Response, Error> {
        let span = Span::new(operation, &self.settings.base_url);
        let request = match self.prepare(request) {
            Ok(request) => request,
            Err(error) => {
                let error = error.with_operation(operation, 0);
                span.failed(&error);
                return Err(error);
            }
        };
        // Pinned here, the large future is not moved into the one that enters the span.
        span.enter(pin!(self.attempts(http, operation, request, &span))).await
    }

    /// Checks the request, and adds what the options say.
    fn prepare(&self, request: Result<reqwest::Request, Error>) -> Result<reqwest::Request, Error> {
        let mut request = request?;
        if let Some(options) = &self.options {
            options.check()?;
            for (name, value) in &options.headers {
                request.headers_mut().insert(name, value.clone());
            }
            *request.timeout_mut() = options.timeout;
        }
        Ok(request)
    }

    async fn attempts(
        &self,
        http: &reqwest::Client,
        operation: &'static Operation,
        request: reqwest::Request,
        span: &Span,
    ) -> Result<Response, Error> {
        let options = self.options.as_deref();
        let retry = options.and_then(|options| options.retry.as_ref());
        let retry = retry.unwrap_or(&self.settings.retry);
        let deadline = options.and_then(|options| options.deadline).map(Deadline::begin);
        let mut current = request;
        let mut attempt = 0;
        let mut earlier: Option<Error> = None;
        loop {
            let remaining = deadline.as_ref().map(Deadline::remaining);
            if remaining == Some(Duration::ZERO) {
                let error =
                    earlier.unwrap_or_else(|| Error::deadline().with_operation(operation, attempt));
                span.failed(&error);
                return Err(error);
            }
            attempt += 1;
            let spare = retry.allows_more_than(attempt).then(|| current.try_clone()).flatten();
            // The HTTP client has the time limit of an attempt; a request has one of its own only
            // where the options or the deadline say so.
            if let Some(remaining) = remaining {
                let timeout = current.timeout().copied().unwrap_or(self.settings.timeout);
                if remaining < timeout {
                    *current.timeout_mut() = Some(remaining);
                }
            }
            let error = match self.attempt(http, operation, current, span, attempt).await {
                Ok(response) => {
                    span.succeeded(response.status.as_u16(), attempt);
                    return Ok(response);
                }
                Err(error) => error.with_operation(operation, attempt).after(earlier.take()),
            };
            let wait = spare
                .as_ref()
                .and_then(|spare| retry.delay(spare.method(), &error, attempt))
                .filter(|wait| deadline.as_ref().is_none_or(|d| *wait < d.remaining()));
            span.attempt_failed(&error, attempt, wait);
            match (wait, spare) {
                (Some(wait), Some(spare)) => {
                    sleep(wait).await;
                    current = spare;
                    earlier = Some(error);
                }
                _ => return Err(error),
            }
        }
    }

    async fn attempt(
        &self,
        http: &reqwest::Client,
        operation: &'static Operation,
        request: reqwest::Request,
        span: &Span,
        attempts: u32,
    ) -> Result<Response, Error> {
        let has_body = request.body().is_some_and(|body| body.as_bytes() != Some(&[]));
        let executed = http.execute(request).await;
        let mut response = executed.map_err(|error| Error::transport(error, has_body))?;
        let status = response.status();
        let headers = mem::take(response.headers_mut());
        let success = status.is_success();
        let body = if success && operation.streams {
            Body::Stream(response)
        } else {
            let limit = self.settings.max_response_bytes;
            let (body, problem) = read(&mut response, limit).await;
            if !success {
                let error = Error::status_code(Answer { status, headers, body });
                return Err(match problem {
                    Some(Problem::Lost(source)) => error.with_lost(source),
                    _ => error,
                });
            }
            match problem {
                None => Body::Whole(body),
                Some(problem) => {
                    let answer = Answer { status, headers, body };
                    return Err(match problem {
                        Problem::TooLarge => Error::too_large(answer, limit),
                        Problem::Lost(error) => Error::incomplete_body(answer, error),
                    });
                }
            }
        };
        Ok(Response { operation, attempts, span: span.clone(), status, headers, body })
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
