#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod api {
    #![allow(
        missing_docs,
        unreachable_pub,
        rustdoc::invalid_html_tags,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        clippy::all,
        clippy::redundant_clone,
        clippy::unwrap_used,
        reason = "generated code"
    )]
    #[cfg(feature = "codegen")]
    include!(concat!(env!("OUT_DIR"), "/api.rs"));
    #[cfg(not(feature = "codegen"))]
    include!("generated.rs");
}
mod base_url;
mod body_error;
mod by_name;
mod byte_stream;
mod client;
mod client_builder;
mod correction;
mod credentials;
mod decode;
mod decode_error;
mod delivery;
mod error;
mod error_kind;
mod given_values;
mod json_path;
mod lenient;
mod limits;
#[cfg(feature = "mock")]
pub mod mock;
#[cfg(feature = "mock")]
mod mock_matching;
mod operation;
mod options;
mod parameter;
mod parameter_value;
mod request;
mod response;
mod response_value;
mod retry;
mod retry_after;
mod runtime;
mod telemetry;
mod tls;
mod transport;
mod union;

#[cfg(feature = "schemars")]
pub use api::json_schemas;
pub use api::{API_VERSION, BASE_URL, Client, builder, types};
pub use body_error::BodyError;
pub use byte_stream::ByteStream;
pub use client_builder::ClientBuilder;
pub use delivery::Delivery;
pub use error::Error;
pub use http::{HeaderMap, StatusCode};
pub use options::RequestOptions;
pub use reqwest;
pub use response_value::ResponseValue;
pub use retry::RetryPolicy;
#[cfg(feature = "schemars")]
pub use schemars;
pub use uuid;
