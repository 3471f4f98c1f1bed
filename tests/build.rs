//! Writes a call of every operation of `openapi.yaml`, so that a test can go through all of them
//! without naming one.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use cx_client_build::{Document, Node, ParameterName, names_from};

const DOCUMENT: &str = "../openapi.yaml";

fn main() -> Result<(), String> {
    println!("cargo::rerun-if-changed={DOCUMENT}");
    let document = Document::load(DOCUMENT).map_err(|error| error.to_string())?;
    let names = names_from(&document).map_err(|error| error.to_string())?;
    let mut source = "vec![\n".to_owned();
    for names in &names.operations {
        let Some(operation) = document.at(&names.pointer) else { continue };
        let id = operation.get("operationId").and_then(Node::as_str).unwrap_or_default();
        let name = &names.function;
        let mut call: String =
            names.parameters.iter().map(|parameter| set(&document, parameter)).collect();
        let body = operation.get("requestBody").map_or_else(
            || "None".to_owned(),
            |_| {
                let example = format!("cx_client::mock::examples::{name}::request");
                let typed = call.clone() + ".body(body)";
                let _ = write!(call, ".body({example}())");
                format!(
                    "Some(Body {{ example: || serde_json::to_value({example}()).unwrap_or_default(), \
                         send: |client, body| {{ \
                             let body = typed({example}, body)?; \
                             Ok(Box::pin(async move {{ outcome(client.{name}(){typed}.send().await) }})) \
                         }} }})"
                )
            },
        );
        let method = names.method.as_str();
        let _ = writeln!(
            source,
            "CallableOperation {{ id: {id:?}, is_safe: {}, is_idempotent: {}, send: |client| Box::pin(async move {{ \
                 outcome(client.{name}(){call}.send().await) \
             }}), body: {body} }},",
            matches!(method, "GET" | "HEAD" | "OPTIONS" | "TRACE"),
            !matches!(method, "POST" | "PATCH"),
        );
    }
    source.push(']');
    let target = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    fs::write(Path::new(&target).join("every_operation.rs"), source)
        .map_err(|error| error.to_string())
}

/// The call that sets a required parameter to its example.
fn set(document: &Document, names: &ParameterName) -> String {
    let Some(parameter) = document.at(&names.pointer) else { return String::new() };
    if parameter.get("required").and_then(Node::as_bool) != Some(true) {
        return String::new();
    }
    let schema = parameter.get("schema").map(|schema| document.resolve(schema));
    let example = parameter.get("example").or_else(|| schema?.get("example"));
    let value = example.map_or_else(|| "\"1\"".to_owned(), |example| example.to_json().to_string());
    format!(".{}({value})", names.setter)
}
