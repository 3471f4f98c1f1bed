//! Generates the API from the OpenAPI document, unless the committed snapshot is to be compiled.

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(feature = "codegen")]
    return cx_client_build::build_script("openapi.yaml");
    #[cfg(not(feature = "codegen"))]
    {
        println!("cargo::rerun-if-changed=build.rs");
        ExitCode::SUCCESS
    }
}
