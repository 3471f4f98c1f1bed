//! `cargo xtask docs`: does the OpenAPI document say what the documentation says?
mod check;
mod facts;
mod model;
pub mod page;
pub mod parse;
pub mod tree;
