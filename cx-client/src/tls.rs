//! TLS without touching what belongs to the whole process.

use crate::error::Error;

/// Gives `http` a TLS configuration of its own: rustls with ring, trusting the roots of the
/// operating system. No default provider is installed or asked for, so another one in the same
/// program is no matter.
#[cfg(feature = "tls")]
pub(crate) fn configure(http: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    use std::sync::Arc;

    use rustls_platform_verifier::BuilderVerifierExt as _;

    let wrong = |error: rustls::Error| {
        Error::config("TLS could not be set up: check the root certificates of the system")
            .with_source(error)
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(wrong)?
        .with_platform_verifier()
        .map_err(wrong)?
        .with_no_client_auth();
    Ok(http.tls_backend_preconfigured(config))
}

#[cfg(not(feature = "tls"))]
#[expect(clippy::unnecessary_wraps, reason = "with TLS it can fail")]
pub(crate) fn configure(http: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    Ok(http)
}

/// Whether this build can speak `https`.
pub(crate) const AVAILABLE: bool = cfg!(feature = "tls");
