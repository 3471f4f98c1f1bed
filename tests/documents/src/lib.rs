//! Clients of the documents of this directory, each in a module of the document's name, over the
//! sources of `cx-client`: whatever knows a particular operation outside `openapi.yaml` does not
//! compile here.
//!
//! A further client is a further document, and nothing else.
#![forbid(unsafe_code)]

include!(concat!(env!("OUT_DIR"), "/cx_client.rs"));

/// The clients of the other documents.
pub mod documents {
    #![allow(
        dead_code,
        missing_docs,
        unreachable_pub,
        rustdoc::all,
        clippy::all,
        clippy::redundant_clone,
        clippy::unwrap_used,
        clippy::panic,
        reason = "generated code"
    )]
    include!(concat!(env!("OUT_DIR"), "/documents.rs"));
}
