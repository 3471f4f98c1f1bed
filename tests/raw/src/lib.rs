//! What progenitor generates from `openapi.yaml`, untouched.
#![forbid(unsafe_code)]
#![allow(
    missing_docs,
    unreachable_pub,
    rust_2018_idioms,
    rustdoc::all,
    clippy::all,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    reason = "generated code"
)]

include!(concat!(env!("OUT_DIR"), "/raw.rs"));
