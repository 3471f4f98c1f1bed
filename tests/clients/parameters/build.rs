//! Generates the API from another document.

use std::process::ExitCode;

fn main() -> ExitCode {
    cx_client_build::build_script("../../golden/parameters.yaml")
}
