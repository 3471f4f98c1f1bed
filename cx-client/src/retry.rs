//! When a request is sent again, and how long to wait before it.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, Method, StatusCode, header};
use retry_policies::policies::ExponentialBackoff;
use retry_policies::{Jitter, RetryDecision, RetryPolicy as _};

use crate::delivery::Delivery;
use crate::error::{Error, Kind};

/// The longest delay that a policy can have.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How often and after what delay a request is sent again.
///
/// *Whether* it may be sent again is no setting. It follows from what is known of the server and
/// from the method:
///
/// | what happened | `POST`, `PATCH` | `GET`, `HEAD`, `PUT`, `DELETE`, `OPTIONS`, `TRACE` |
/// | --- | --- | --- |
/// | no connection: DNS, refused, TLS, connect timeout | again | again |
/// | 429 | again, after `Retry-After` | again, after `Retry-After` |
/// | 408, 500, 502, 503, 504 | no | again |
/// | other 4xx and 5xx, 3xx | no | no |
/// | connection lost, or timeout | no | again |
/// | 2xx whose body cannot be read or decoded | no | no |
///
/// The methods of the second column are the idempotent ones (RFC 9110 section 9.2.2). So a request
/// that places a call is never sent a second time once its bytes may have left, whatever the
/// policy, unless you ask for that with
/// [`resend_at_risk_of_duplicates`](Self::resend_at_risk_of_duplicates).
///
/// The delay grows exponentially with full jitter: it is random between zero and
/// `base_delay · 2ⁿ`, at most `max_delay`, before the retry number n (from 0). A `Retry-After` of
/// the server takes its place.
#[derive(Debug, Clone, PartialEq)]
pub struct RetryPolicy {
    max_retries: u32,
    base_delay: Duration,
    max_delay: Duration,
    resend_at_risk_of_duplicates: bool,
}

impl Default for RetryPolicy {
    /// 2 retries, a base delay of 500 ms, and at most 30 s of delay.
    fn default() -> Self {
        Self {
            max_retries: 2,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(30),
            resend_at_risk_of_duplicates: false,
        }
    }
}

impl RetryPolicy {
    /// No request is sent again.
    pub fn never() -> Self {
        Self::default().max_retries(0)
    }

    /// How many times a request is sent again at most. Default: 2.
    #[must_use]
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// The upper bound of the first delay. Default: 500 ms; a day at most.
    #[must_use]
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay.min(DAY);
        self
    }

    /// The longest delay. Default: 30 s; a day at most.
    ///
    /// It caps `Retry-After` too: if the server asks for a longer wait, the client does not wait
    /// and gives the error, whose [`retry_after`](Error::retry_after) says how long.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay.min(DAY);
        self
    }

    /// Treats every method like an idempotent one: **the server may carry a request out twice**.
    /// Default: false.
    ///
    /// With this a call is placed again after a timeout, a lost connection or a 5xx, although the
    /// first may have been placed: **a person's phone may ring twice**. It is for an API behind a
    /// gateway that recognises duplicates.
    #[must_use]
    pub fn resend_at_risk_of_duplicates(mut self, accept_duplicates: bool) -> Self {
        self.resend_at_risk_of_duplicates = accept_duplicates;
        self
    }

    /// Whether any retry is left after this many attempts.
    pub(crate) fn has_retry_after(&self, attempts: u32) -> bool {
        attempts <= self.max_retries
    }

    /// How long to wait before the next attempt; `None` if there is to be none.
    pub(crate) fn delay(&self, method: &Method, error: &Error, attempts: u32) -> Option<Duration> {
        let repeatable = method.is_idempotent() || self.resend_at_risk_of_duplicates;
        if !self.has_retry_after(attempts) || !is_safe(error, repeatable) {
            return None;
        }
        if let Some(wait) = error.retry_after() {
            return (wait <= self.max_delay).then_some(wait);
        }
        self.backoff(attempts.saturating_sub(1))
    }

    fn backoff(&self, past_retries: u32) -> Option<Duration> {
        let backoff = ExponentialBackoff::builder()
            .retry_bounds(self.base_delay.min(self.max_delay), self.max_delay)
            .jitter(Jitter::Full)
            .base(2)
            .build_with_max_retries(self.max_retries);
        let now = SystemTime::now();
        match backoff.should_retry(now, past_retries) {
            RetryDecision::Retry { execute_after } => {
                Some(execute_after.duration_since(now).unwrap_or_default())
            }
            RetryDecision::DoNotRetry => None,
        }
    }
}

/// The table of [`RetryPolicy`].
fn is_safe(error: &Error, repeatable: bool) -> bool {
    match (error.kind(), error.status()) {
        (Kind::Connect, _) => true,
        (Kind::Transport, _) => repeatable && error.delivery() == Delivery::Unknown,
        (Kind::Status, Some(StatusCode::TOO_MANY_REQUESTS)) => true,
        (Kind::Status, Some(status)) => {
            repeatable && matches!(status.as_u16(), 408 | 500 | 502 | 503 | 504)
        }
        _ => false,
    }
}

/// Reads `Retry-After`: seconds, or an HTTP date (RFC 9110 section 10.2.3).
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a number has is a very long time.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}
