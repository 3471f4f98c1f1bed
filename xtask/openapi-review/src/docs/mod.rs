//! Does the OpenAPI document say what the documentation says?
//!
//! ```text
//! page (Markdown or text)  ─read──> an OpenAPI document of one operation (Page), whose values stand
//!                                   on the lines of the page
//! openapi.yaml + page      ─graft─> openapi.yaml with what the page states
//! openapi.yaml, grafted    ─diff──> what it would mean, on the wire and for Rust, to follow the page
//! page                     ─draft─> a fragment of OpenAPI to begin with
//! ```
//!
//! What the page leaves unstated stays in the graft, as do inferences and recorded deviations, which
//! the report lists. Where the page contradicts itself is a finding too.

mod comparison;
mod contradictions;
mod deviations;
mod differences;
pub mod draft;
mod facts;
mod flat;
mod graft;
mod markdown;
mod openapi_3_1;
mod operations;
pub mod page;
pub mod read;
pub mod report;
mod security;
mod text;
mod values;
mod yaml;

pub use facts::{DEVIATION, Fact, FactName, Part};
pub(crate) use facts::{KEYWORDS, Says};
