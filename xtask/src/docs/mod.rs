//! `cargo xtask docs`: does the OpenAPI document say what the documentation says?
//!
//! 1. [`parse`] reads the text of a page into a [`page::Page`], whose facts know their lines.
//! 2. The facts of the page, and those of the operation that it describes in the document, are
//!    brought into one shape ([`facts`]).
//! 3. [`compare`] finds where they differ, where the page contradicts itself, and what the
//!    document infers beyond the page.
//! 4. [`report`] has the engine of [`diff`](crate::diff) judge each difference: what it would mean,
//!    on the wire and for Rust code, to follow the page.
//!
//! [`draft`](mod@draft) goes the other way: from a page to an OpenAPI fragment.

mod check;
mod command;
pub mod compare;
pub mod draft;
mod edit;
mod facts;
mod model;
pub mod page;
pub mod parse;
pub mod report;
mod spec;
pub mod tree;
pub mod yaml;

pub use command::{Arguments, run};
