//! The semantic difference of two documents.
//!
//! A comparison goes in three steps.
//!
//! 1. Operations are paired by method and path, whatever the path's parameters are called, and
//!    their parts are compared. Schemas are paired where they stand in the same place; each pair
//!    is compared once, however many operations share it, and what differs is judged in each
//!    direction in which the pair travels: a change of a schema that requests and responses use is
//!    reported once as of requests and once as of responses, each with every operation that it
//!    reaches. References are followed, and `allOf` is flattened, so what stands in another place
//!    of the document is still the same.
//! 2. Both documents are generated, and the public items are compared ([`Impact`]). Each change is
//!    given the worst difference of the items that it touches; a difference of items that belongs
//!    to no change is reported by itself.
//! 3. The changes are put in order: by operation, the worst first.

mod bodies;
mod bump;
mod change;
mod comparison;
mod components;
mod context;
mod findings;
mod matching;
mod meaning;
mod operations;
mod parameters;
pub(crate) mod reading;
mod responses;
mod rules;
mod rust_api;
mod schema;
mod security;
mod servers;
mod wording;
mod words;

pub use bump::{Bump, bump};
pub use change::{Change, Impact, Level, Location};
pub use comparison::{Comparison, compare, compare_with_notes};
pub use rules::{Rule, all as rules};
pub use rust_api::{ApiChange, Happened};
