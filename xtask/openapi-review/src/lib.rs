#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod diff;
pub mod docs;
pub mod lint;
mod reader;
pub mod round_trip;
#[cfg(test)]
#[path = "../../benches/synthetic/mod.rs"]
mod synthetic;
