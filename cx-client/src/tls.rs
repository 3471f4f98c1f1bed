//! TLS settings of one client, without changing those of the whole process.

use crate::error::Error;

/// Gives `http` a TLS configuration of its own: rustls, trusting the roots of the operating system.
/// It neither installs nor uses the process-wide default provider, so it works beside any other.
#[cfg(any(feature = "tls", feature = "tls-aws-lc"))]
pub(crate) fn configure(http: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    use std::sync::Arc;

    use rustls_platform_verifier::BuilderVerifierExt as _;

    // Features are additive: where both are on, aws-lc is used, since somebody asked for it.
    #[cfg(feature = "tls-aws-lc")]
    use rustls::crypto::aws_lc_rs::default_provider;
    #[cfg(not(feature = "tls-aws-lc"))]
    use rustls::crypto::ring::default_provider;

    let wrong = |error: rustls::Error| {
        Error::config("TLS could not be set up: check the root certificates of the system")
            .with_source(error)
    };
    let mut config = rustls::ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(wrong)?
        .with_platform_verifier()
        .map_err(wrong)?
        .with_no_client_auth();
    if cfg!(feature = "http2") {
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    Ok(http.tls_backend_preconfigured(config))
}

#[cfg(all(feature = "tls-native", not(any(feature = "tls", feature = "tls-aws-lc"))))]
#[expect(clippy::unnecessary_wraps, reason = "with rustls it can fail")]
pub(crate) fn configure(http: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    Ok(http.tls_backend_native())
}

#[cfg(not(any(feature = "tls", feature = "tls-aws-lc", feature = "tls-native")))]
#[expect(clippy::unnecessary_wraps, reason = "with TLS it can fail")]
pub(crate) fn configure(http: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    Ok(http)
}

/// Whether this build can speak `https`.
pub(crate) const AVAILABLE: bool =
    cfg!(any(feature = "tls", feature = "tls-aws-lc", feature = "tls-native"));

/// Builds the HTTP client.
pub(crate) fn build(http: reqwest::ClientBuilder) -> Result<reqwest::Client, Error> {
    // Cargo unifies features: another crate of the program may have given reqwest TLS without a
    // provider of cryptography, and reqwest panics if this crate then gives it none.
    let result = if AVAILABLE {
        http.build()
    } else {
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| http.build())).map_err(|_| {
            Error::config(
                "another crate of the program uses reqwest with TLS, and no provider of \
                 cryptography is installed: turn on the feature `tls` of cx-client",
            )
        })?
    };
    result.map_err(|error| {
        Error::config("the HTTP client could not be set up").with_source(error.without_url())
    })
}
