//! How a client is adapted.

use std::fmt;
use std::time::Duration;

use crate::options::RequestOptions;
use crate::{Client, runtime::Runtime};

impl Client {
    /// The same client, whose operations have these options. The clone is cheap and shares the
    /// connections of this client.
    ///
    /// Options that this client was given before stay, where the new ones set nothing else.
    ///
    /// ```
    /// # async fn example(client: cx_client::Client) {
    /// use std::time::Duration;
    /// use cx_client::{RequestOptions, RetryPolicy};
    ///
    /// let client = client.with_options(
    ///     RequestOptions::new()
    ///         .deadline(Duration::from_secs(30))
    ///         .timeout(Duration::from_secs(10))
    ///         .retry(RetryPolicy::never())
    ///         .header("x-request-id", "7f3c"),
    /// );
    /// # }
    /// ```
    #[must_use = "this gives another client, and leaves the one that it is called on as it is"]
    pub fn with_options(&self, options: RequestOptions) -> Self {
        Self { inner: self.inner.with_options(options), ..self.clone() }
    }

    /// The same client, whose operations have this much time in all: short for
    /// [`with_options`](Self::with_options) with [`RequestOptions::deadline`].
    #[must_use = "this gives another client, and leaves the one that it is called on as it is"]
    pub fn with_deadline(&self, deadline: Duration) -> Self {
        self.with_options(RequestOptions::new().deadline(deadline))
    }

    pub(crate) fn from_parts(http: reqwest::Client, runtime: Runtime) -> Self {
        Self::new_with_client(http, runtime)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("settings", &self.inner).finish_non_exhaustive()
    }
}
