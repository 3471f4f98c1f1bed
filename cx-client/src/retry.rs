//! When a request is sent again, and how long to wait before it.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use http::Method;

use crate::delivery::Failure;
use crate::error::Error;

/// The longest delay that a policy can have.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How often and after what delay a request is sent again.
///
/// *Whether* it may be sent again is not a setting. It follows from what is known of the server and
/// from the method: [one table](crate#when-an-operation-fails) has every case. A request
/// whose method is not idempotent (`POST`, `PATCH`; RFC 9110 section 9.2.2) is never sent a second
/// time once its bytes may have left, whatever the policy, unless you ask for that with
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
    /// and returns the error, whose [`retry_after`](Error::retry_after) is that wait.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay.min(DAY);
        self
    }

    /// Treats every method like an idempotent one: **the server may carry a request out twice**.
    /// Default: false.
    ///
    /// With this a request is sent again after a timeout, a lost connection or a 5xx, although the
    /// first may have been carried out: **a person's phone may ring twice**. It is for an API behind
    /// a gateway that recognises duplicates by a header, which you give with
    /// [`RequestOptions::header`](crate::RequestOptions::header), one value for each operation:
    ///
    /// ```
    /// use std::time::Duration;
    /// use cx_client::{Client, RequestOptions, RetryPolicy};
    ///
    /// # fn main() -> Result<(), cx_client::Error> {
    /// # let idempotency_key = "5d1c";
    /// # let client = Client::builder()
    /// #     .credentials("username", "password")
    /// #     .base_url("http://127.0.0.1:8080")
    /// #     .build()?;
    /// let client = client.with_options(
    ///     RequestOptions::new()
    ///         .retry(RetryPolicy::default().resend_at_risk_of_duplicates(true))
    ///         // The gateway passes on the first request with this key only.
    ///         .header("idempotency-key", idempotency_key)
    ///         .deadline(Duration::from_secs(30)),
    /// );
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn resend_at_risk_of_duplicates(mut self, accept_duplicates: bool) -> Self {
        self.resend_at_risk_of_duplicates = accept_duplicates;
        self
    }

    /// Whether another attempt may follow this many.
    pub(crate) fn allows_more_than(&self, attempts: u32) -> bool {
        attempts <= self.max_retries
    }

    /// Whether a request may be sent again after a failure: the table of the section "When an
    /// operation fails" in the README, which is the crate's documentation.
    fn allows_after(&self, failure: Failure, method: &Method) -> bool {
        // RFC 9110 section 9.2.2: a second execution does no harm.
        let is_idempotent = method.is_idempotent() || self.resend_at_risk_of_duplicates;
        match failure {
            Failure::NotBuilt | Failure::UnusableSuccess => false,
            Failure::NoConnection | Failure::NotProcessed => true,
            Failure::NoResponse => is_idempotent,
            Failure::Status(status) => match status.as_u16() {
                429 => true,
                408 | 500 | 502 | 503 | 504 => is_idempotent,
                _ => false,
            },
        }
    }

    /// How long to wait before the next attempt; `None` if there is to be none.
    pub(crate) fn delay(&self, method: &Method, error: &Error, attempts: u32) -> Option<Duration> {
        if !self.allows_more_than(attempts) || !self.allows_after(error.failure(), method) {
            return None;
        }
        if let Some(wait) = error.retry_after() {
            return (wait <= self.max_delay).then_some(wait);
        }
        Some(self.backoff(attempts.saturating_sub(1)))
    }

    /// Exponential backoff with full jitter, before the retry number `retry`, counted from 0.
    fn backoff(&self, retry: u32) -> Duration {
        let factor = 2_u32.checked_pow(retry).unwrap_or(u32::MAX);
        let bound = self.base_delay.saturating_mul(factor).min(self.max_delay);
        bound.mul_f64(random())
    }
}

/// A random number from 0 to 1. The keys of a `RandomState` are random and differ each time: enough
/// for a delay, without a crate for one number.
fn random() -> f64 {
    f64::from((RandomState::new().hash_one(()) >> 32) as u32) / f64::from(u32::MAX)
}
