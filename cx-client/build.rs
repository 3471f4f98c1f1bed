//! Generates the API from the OpenAPI document.

use std::process::ExitCode;

fn main() -> ExitCode {
    cx_client_build::build_script("openapi.yaml")
}
