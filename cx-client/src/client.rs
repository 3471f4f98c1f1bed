//! The doors to the client.

use std::env;
use std::fmt;
use std::time::Duration;

use crate::config::ClientBuilder;
use crate::error::Error;
use crate::{Client, runtime::Runtime};

impl Client {
    /// A builder of a client, with the defaults that [`ClientBuilder`] names.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// A client with the credentials of the environment: `CX_USERNAME`, `CX_PASSWORD`, and
    /// optionally `CX_BASE_URL`.
    ///
    /// To change other settings, begin with [`ClientBuilder::from_env`].
    ///
    /// # Errors
    ///
    /// [`Error::is_config`] if a variable is missing, empty or not Unicode, and as
    /// [`ClientBuilder::build`]. The message names the variable, never its value.
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env()?.build()
    }

    /// The same client, whose operations have this much time in all: every attempt and the waits
    /// between them.
    ///
    /// A wait that would pass the deadline is not begun: the operation gives its last error at
    /// once. An attempt that would pass it is cut off there, and is then a timeout. The clone
    /// shares the connections of this client.
    ///
    /// Use this rather than a timeout around the future: dropping a future loses what is known of
    /// the server, and this does not.
    #[must_use]
    pub fn with_deadline(&self, deadline: Duration) -> Self {
        Self { inner: self.inner.with_deadline(deadline), ..self.clone() }
    }

    pub(crate) fn from_parts(base_url: &str, http: reqwest::Client, runtime: Runtime) -> Self {
        Self::new_with_client(base_url.trim_end_matches('/'), http, runtime)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.baseurl)
            .field("settings", &self.inner)
            .finish_non_exhaustive()
    }
}

/// The value of an environment variable that has one.
pub(crate) fn variable(name: &str) -> Result<Option<String>, Error> {
    match env::var(name) {
        Ok(value) if value.is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => {
            Err(Error::config(format!("the environment variable {name} is not Unicode")))
        }
    }
}
