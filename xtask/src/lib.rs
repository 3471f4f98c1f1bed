//! The maintainer's commands of the workspace.
//!
//! Each command is a module with one `run`, which gives the exit status; what it prints it has
//! first gathered as data. Nothing here depends on `cx-client`: the commands work while the
//! OpenAPI document is broken.
#![forbid(unsafe_code)]

mod changelog;
pub mod cli;
pub mod diff;
pub mod docs;
pub mod exit;
pub mod lint;
mod manifest;
pub mod output;
pub mod regen;
pub mod release;
pub mod source;
pub mod version;
