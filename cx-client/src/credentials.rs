//! The username and the password.

use std::env;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};

use crate::error::Error;

/// A username and a password, wiped from memory when dropped.
pub(crate) struct Credentials {
    username: SecretString,
    password: SecretString,
}

impl Credentials {
    pub(crate) fn new(username: String, password: String) -> Self {
        Self { username: username.into(), password: password.into() }
    }

    /// The credentials of the environment.
    pub(crate) fn from_env() -> Result<Self, Error> {
        let required = |name: &str| {
            variable(name)?.ok_or_else(|| {
                Error::config(format!("the environment variable {name} is missing: set it"))
            })
        };
        Ok(Self::new(required("CX_USERNAME")?, required("CX_PASSWORD")?))
    }

    /// The value of the `Authorization` header (RFC 7617), marked sensitive.
    pub(crate) fn header(&self) -> Result<HeaderValue, Error> {
        let (username, password) = (self.username.expose_secret(), self.password.expose_secret());
        if username.is_empty() {
            return Err(Error::config("the username is empty: set the username of your account"));
        }
        if username.contains(':') {
            return Err(Error::config(
                "the username contains a colon, which Basic authentication does not allow \
                 (RFC 7617 section 2): check that username and password are not joined",
            ));
        }
        for (name, value) in [("username", username), ("password", password)] {
            if value.chars().any(char::is_control) {
                return Err(Error::config(format!(
                    "the {name} contains a control character (RFC 7617 section 2): check for a \
                     line break at its end"
                )));
            }
        }
        let pair = SecretString::from(format!("{username}:{password}"));
        let encoded = SecretString::from(STANDARD.encode(pair.expose_secret()));
        let value = SecretString::from(format!("Basic {}", encoded.expose_secret()));
        let mut header = HeaderValue::from_str(value.expose_secret())
            .map_err(|_| Error::config("the credentials cannot be sent in a header"))?;
        header.set_sensitive(true);
        Ok(header)
    }
}

/// The error where no credentials were given.
pub(crate) fn missing() -> Error {
    Error::config(
        "there are no credentials: give them with ClientBuilder::credentials, or set CX_USERNAME \
         and CX_PASSWORD and use Client::from_env",
    )
}

/// The value of an environment variable that is set.
pub(crate) fn variable(name: &str) -> Result<Option<String>, Error> {
    match env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => {
            Err(Error::config(format!("the environment variable {name} is not Unicode")))
        }
    }
}
