//! A client that is built without TLS.
#![cfg(not(any(feature = "tls", feature = "tls-aws-lc", feature = "tls-native")))]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use cx_client::Client;

#[test]
fn without_tls_the_settings_are_refused_and_nothing_panics() {
    let builder = || Client::builder().credentials("username", "password");
    let error = builder().base_url("https://api.example.com").build().unwrap_err();
    assert!(error.is_config() && error.to_string().contains("feature `tls`"), "{error}");
}
