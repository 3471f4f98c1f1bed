//! The generator, held to documents that nobody here wrote: random valid ones (`--bin corpus`), and
//! those of other APIs (`--bin survey`).
#![forbid(unsafe_code)]

pub mod calls;
mod choices;
pub mod compile;
pub mod document;
mod parameters;
mod schemas;
mod serialization;

use std::fmt::Display;
use std::io::Write as _;

/// The random document whose first choices these bytes make, one each.
pub fn document_of(choices: &[u8]) -> String {
    document::RandomDocument::of(choices::Choices::new(choices, 0)).text()
}

/// Prints a line; a reader that closed the pipe, such as `head`, is no error.
pub fn print(line: impl Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
