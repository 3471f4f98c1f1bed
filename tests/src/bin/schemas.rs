//! Prints the JSON Schemas of the generated types, for `cargo xtask regen` to compare with
//! `openapi.yaml`: an array of pairs of a JSON pointer and a schema.
#![forbid(unsafe_code)]

use std::io::Write as _;

fn main() -> std::io::Result<()> {
    let schemas = serde_json::to_string(&cx_client::json_schemas())?;
    writeln!(std::io::stdout(), "{schemas}")
}
