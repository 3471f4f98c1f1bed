//! `cargo xtask docs`: does the OpenAPI document say what the documentation says?
mod check;
pub mod compare;
pub mod draft;
mod facts;
mod model;
pub mod page;
pub mod parse;
mod spec;
pub mod tree;
pub mod yaml;
