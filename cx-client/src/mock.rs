//! For the tests of code that uses this crate: a mock of the API in the same process, with typed
//! helpers for every operation ([`MockServerExt`]) and the documented examples as values
//! ([`examples`]).
//!
//! ```
//! use cx_client::mock::{self, MockServer, MockServerExt as _, examples};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), cx_client::Error> {
//! let server = MockServer::start_async().await;
//! let placed = server.create_call(|when, then| {
//!     when.body(&examples::create_call::request());
//!     then.ok(&examples::create_call::response());
//! });
//! let request = examples::create_call::request();
//! let call = mock::client(&server)?.create_call().body(request).send().await?;
//! assert_eq!(call.status, "in-progress");
//! placed.assert();
//! # Ok(())
//! # }
//! ```
//!
//! To deviate from what is documented, for example to respond with an error, take the untyped helper:
//!
//! ```
//! # use cx_client::mock::{self, MockServer, MockServerExt as _, examples};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), cx_client::Error> {
//! # let server = MockServer::start_async().await;
//! server.create_call(|_, then| {
//!     then.into_inner().status(402).body("no credit");
//! });
//! let request = examples::create_call::request();
//! let error = mock::client(&server)?.create_call().body(request).send().await.unwrap_err();
//! assert_eq!(error.delivery(), cx_client::Delivery::Rejected);
//! assert_eq!(error.body(), Some(&b"no credit"[..]));
//! # Ok(())
//! # }
//! ```

pub use httpmock::{self, MockServer};

use crate::{Client, Error, RetryPolicy};

pub use generated::{MockServerExt, examples, operations};

/// Written by `cx-client-build/src/mock.rs` and, with the types that the helpers take, from
/// `openapi.yaml`; `generated_mock.rs` is the same, committed for builds without `codegen`.
mod generated {
    #![allow(
        missing_docs,
        unreachable_pub,
        clippy::all,
        clippy::panic,
        clippy::unwrap_used,
        reason = "generated code"
    )]
    #[allow(unused_imports)]
    use crate::types;

    #[cfg(feature = "codegen")]
    include!(concat!(env!("OUT_DIR"), "/mock.rs"));
    #[cfg(not(feature = "codegen"))]
    include!("generated_mock.rs");
}

/// A client of the mock: some credentials, no proxy, no retries.
///
/// For other settings, use [`Client::builder`] with
/// [`base_url(server.base_url())`](crate::ClientBuilder::base_url).
///
/// # Errors
///
/// As [`ClientBuilder::build`](crate::ClientBuilder::build).
pub fn client(server: &MockServer) -> Result<Client, Error> {
    Client::builder()
        .credentials("username", "password")
        .base_url(server.base_url())
        .proxy_from_env(false)
        .retry(RetryPolicy::never())
        .build()
}
