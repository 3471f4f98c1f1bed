//! Generates with progenitor alone: the same settings, none of the passes.

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;

use progenitor::{GenerationSettings, Generator, InterfaceStyle, TagStyle};

const DOCUMENT: &str = "../../openapi.yaml";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={DOCUMENT}");
    let document = cx_client_build::Document::load(DOCUMENT)?;
    let spec: openapiv3::OpenAPI = serde_json::from_value(document.to_json())?;
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Builder).with_tag(TagStyle::Merged);
    let tokens = Generator::new(&settings).generate_tokens(&spec)?;
    let source = prettyplease::unparse(&syn::parse2(tokens)?);
    let directory = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    fs::write(Path::new(&directory).join("raw.rs"), source)?;
    Ok(())
}
