#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod diff;
pub mod docs;
pub mod lint;
pub mod round_trip;
#[cfg(test)]
#[path = "../../benches/synthetic/mod.rs"]
mod synthetic;
