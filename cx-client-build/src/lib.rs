#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod build_script;
mod diagnostic;
mod document;
mod generator;
mod lowering;
mod mock;
mod mock_examples;
mod names;
mod node;
mod passes;
mod position;
mod progenitor_refusal;
mod quiet_panic;
mod rust_name;
mod surrogate_pairs;
mod validate;
mod yaml;

pub use build_script::build_script;
pub use diagnostic::{Diagnostic, Error, Severity};
pub use document::Document;
#[doc(hidden)]
pub use generator::{Step, generate_observed, generate_syntax_from, names_from};
pub use generator::{generate, generate_from, generate_mock_from};
pub use lowering::sendable;
#[doc(hidden)]
pub use names::{Names, OperationName, ParameterName, PropertyName, TypeName, ValueName};
pub use node::{Entry, Mapping, Node, Value, escape_token, unescape_token};
pub use position::Position;
pub use rust_name::snake_case_name;
pub use validate::{METHODS, validate};
