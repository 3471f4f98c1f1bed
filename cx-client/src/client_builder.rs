//! How a client is made: from the settings of a builder, or from the environment.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderValue, header};

use crate::credentials::{self, Credentials};
use crate::error::Error;
use crate::retry::RetryPolicy;
use crate::runtime::{Runtime, Settings};
use crate::{Client, base_url, tls};

type Adjust = Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send>;

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
}

/// The settings of a [`Client`]; begin with [`Client::builder`].
///
/// | setting | default |
/// | --- | --- |
/// | [`credentials`](Self::credentials) | none: they must be given |
/// | [`base_url`](Self::base_url) | [`BASE_URL`](crate::BASE_URL), the server that the documentation names: see there which one it is |
/// | [`connect_timeout`](Self::connect_timeout) | 10 s |
/// | [`timeout`](Self::timeout) | 60 s |
/// | [`retry`](Self::retry) | [`RetryPolicy::default`]: 2 retries, and only where no call can be placed twice |
/// | [`max_response_bytes`](Self::max_response_bytes) | 8 MiB |
/// | [`allow_insecure_http`](Self::allow_insecure_http) | false |
/// | [`proxy_from_env`](Self::proxy_from_env) | true |
///
/// ```
/// # fn main() -> Result<(), cx_client::Error> {
/// # #[cfg(feature = "tls")] {
/// let client = cx_client::Client::builder()
///     .credentials("username", "password")
///     .timeout(std::time::Duration::from_secs(20))
///     .build()?;
/// # }
/// # Ok(())
/// # }
/// ```
///
/// Its `Debug` shows neither the credentials nor the base URL, which could hold some.
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    credentials: Option<Credentials>,
    base_url: Option<String>,
    connect_timeout: Duration,
    timeout: Duration,
    retry: RetryPolicy,
    max_response_bytes: u64,
    allow_insecure_http: bool,
    proxy_from_env: bool,
    adjust: Option<Adjust>,
}

impl ClientBuilder {
    pub(crate) fn new() -> Self {
        Self {
            credentials: None,
            base_url: None,
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(60),
            retry: RetryPolicy::default(),
            max_response_bytes: 8 * 1024 * 1024,
            allow_insecure_http: false,
            proxy_from_env: true,
            adjust: None,
        }
    }

    /// A builder with the credentials of the environment: `CX_USERNAME`, `CX_PASSWORD`, and
    /// optionally `CX_BASE_URL`.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`] if `CX_USERNAME` or `CX_PASSWORD` is missing, or a variable is not
    /// Unicode. An empty password is one; an empty `CX_BASE_URL` is none.
    pub fn from_env() -> Result<Self, Error> {
        let mut builder = Self::new();
        builder.credentials = Some(Credentials::from_env()?);
        builder.base_url = credentials::variable("CX_BASE_URL")?.filter(|url| !url.is_empty());
        Ok(builder)
    }

    /// The username and the password of the account, sent as `Authorization: Basic …` (RFC 7617)
    /// with every request.
    ///
    /// They are kept in memory that is wiped, and shown by no `Debug`.
    pub fn credentials(mut self, username: impl Into<String>, password: impl Into<String>) -> Self {
        self.credentials = Some(Credentials::new(username.into(), password.into()));
        self
    }

    /// The URL that the paths of the operations are appended to: `https`, or `http` to a loopback
    /// address. A path in it is kept; a slash at its end makes no difference.
    ///
    /// Default: [`BASE_URL`](crate::BASE_URL), the server that the documentation names. Set the URL
    /// of your own account's server here, or in `CX_BASE_URL` for
    /// [`from_env`](Self::from_env), if it is another.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// How long making a connection may take: DNS, TCP, proxy and TLS. Default: 10 s.
    ///
    /// After it nothing was sent ([`Delivery::NotSent`](crate::Delivery::NotSent)), and the client
    /// tries again by its [`RetryPolicy`].
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long one attempt may take, from the connection to the last byte of the response.
    /// Default: 60 s.
    ///
    /// After it the request may have been carried out
    /// ([`Delivery::Unknown`](crate::Delivery::Unknown)). For the time of all attempts together,
    /// see [`Client::with_deadline`].
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How often and after what delay a request is sent again. Default: [`RetryPolicy::default`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// The largest body that a response may have, after decompression, if you turned that on.
    /// Default: 8 MiB (8 388 608).
    ///
    /// Of a larger one [`Error::body`] has this many bytes. It does not apply to a
    /// [`ByteStream`](crate::ByteStream), of which you read as much as you want.
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// Whether credentials and customers' data may travel unencrypted, over `http://` to a host
    /// that is not loopback. Default: false.
    pub fn allow_insecure_http(mut self, allow: bool) -> Self {
        self.allow_insecure_http = allow;
        self
    }

    /// Whether the proxy settings of the environment are used (`HTTPS_PROXY`, `HTTP_PROXY`,
    /// `ALL_PROXY`, `NO_PROXY`), as reqwest does: an asterisk in `NO_PROXY` stands for every name,
    /// and not for an address. Default: true.
    ///
    /// An `https` URL goes through a proxy by CONNECT, which sees the host and nothing of requests
    /// and responses. A loopback address is never proxied: over `http` the proxy would see the
    /// credentials.
    pub fn proxy_from_env(mut self, enabled: bool) -> Self {
        self.proxy_from_env = enabled;
        self
    }

    /// Lets you change the [`reqwest::ClientBuilder`] after this crate's defaults: another TLS
    /// configuration, a proxy, a DNS resolver.
    ///
    /// This crate cannot check what you change here: if you let redirects be followed or turn on
    /// reqwest's own retries, a request can be sent twice, or to another host. For a TLS configuration of
    /// your own, for example one that trusts another root certificate, give a
    /// `rustls::ClientConfig` to `reqwest::ClientBuilder::tls_backend_preconfigured`.
    ///
    /// ```
    /// # fn main() -> Result<(), cx_client::Error> {
    /// let client = cx_client::Client::builder()
    ///     .credentials("username", "password")
    ///     .base_url("http://127.0.0.1:8080")
    ///     .configure_http(|http| http.pool_max_idle_per_host(4))
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn configure_http(
        mut self,
        adjust: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + 'static,
    ) -> Self {
        let before = self.adjust.take();
        self.adjust = Some(Box::new(move |http| {
            adjust(match before {
                Some(before) => before(http),
                None => http,
            })
        }));
        self
    }

    /// Builds the client. Nothing is sent, and no runtime need be running.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`] if
    /// - no credentials were given, the username is empty or contains a colon, or one of the two
    ///   contains a control character;
    /// - the base URL is no absolute `http` or `https` URL, or has user info, a query or a fragment;
    /// - the base URL is `http` to a host that is not loopback, and that was not
    ///   [allowed](Self::allow_insecure_http);
    /// - the base URL is `https`, and the crate was built without a TLS feature;
    /// - TLS or the HTTP client cannot be set up.
    ///
    /// The message says what to change, and quotes no value.
    pub fn build(self) -> Result<Client, Error> {
        let Some(credentials) = &self.credentials else {
            return Err(credentials::missing());
        };
        let authorization = credentials.header()?;
        let Some(base_url) = self.base_url.as_deref().or(crate::BASE_URL) else {
            return Err(Error::config(
                "there is no base URL: give it with ClientBuilder::base_url",
            ));
        };
        let base_url = base_url::check(base_url, self.allow_insecure_http)?;
        if base_url.scheme() == "https" && !tls::AVAILABLE {
            return Err(Error::config(
                "the base URL begins with https://, and cx-client was built without TLS: turn on \
                 its feature `tls`",
            ));
        }
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, authorization);
        let user_agent = HeaderValue::from_static(concat!("cx-client/", env!("CARGO_PKG_VERSION")));
        let mut http = reqwest::Client::builder()
            .connect_timeout(self.connect_timeout)
            // If the server closes a connection while a request is on its way, nobody knows whether
            // it was carried out. Servers close idle connections after about a minute; close them
            // well before.
            .pool_idle_timeout(Duration::from_secs(30))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .user_agent(user_agent)
            .default_headers(headers);
        if !self.proxy_from_env || base_url::is_loopback(&base_url) {
            http = http.no_proxy();
        }
        http = tls::configure(http)?;
        if let Some(adjust) = self.adjust {
            http = adjust(http);
        }
        // After the adjustments: the runtime relies on it.
        let http = tls::build(http.timeout(self.timeout))?;
        let settings = Settings {
            timeout: self.timeout,
            retry: self.retry,
            max_response_bytes: self.max_response_bytes,
            base_url,
        };
        Ok(Client::from_parts(http, Runtime::new(settings)))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("connect_timeout", &self.connect_timeout)
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .field("max_response_bytes", &self.max_response_bytes)
            .field("allow_insecure_http", &self.allow_insecure_http)
            .field("proxy_from_env", &self.proxy_from_env)
            .finish_non_exhaustive()
    }
}
