//! Writes a call of every operation of `openapi.yaml`, so that a test can go through all of them
//! without naming one.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use cx_client_build::{Document, Node};

const DOCUMENT: &str = "../openapi.yaml";
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

fn main() -> Result<(), String> {
    println!("cargo::rerun-if-changed={DOCUMENT}");
    let document = Document::load(DOCUMENT).map_err(|error| error.to_string())?;
    let mut source = "vec![\n".to_owned();
    for path in document.at("/paths").map_or(&[][..], Node::entries) {
        for method in METHODS {
            let Some(operation) = path.node.get(method) else { continue };
            let id = operation.get("operationId").and_then(Node::as_str).unwrap_or_default();
            let mut call = String::new();
            for holder in [&path.node, operation] {
                for parameter in holder.get("parameters").map_or(&[][..], Node::items) {
                    call += &set(&document, document.resolve(parameter));
                }
            }
            let body = operation.get("requestBody").map_or_else(
                || "None".to_owned(),
                |_| {
                    let example = format!("cx_client::mock::examples::{id}::request");
                    let typed = call.clone() + ".body(body)";
                    let _ = write!(call, ".body({example}())");
                    format!(
                        "Some(Body {{ example: || serde_json::to_value({example}()).unwrap_or_default(), \
                             send: |client, body| {{ \
                                 let body = typed({example}, body)?; \
                                 Ok(Box::pin(async move {{ outcome(client.{id}(){typed}.send().await) }})) \
                             }} }})"
                    )
                },
            );
            let _ = writeln!(
                source,
                "Operation {{ id: {id:?}, is_safe: {}, is_idempotent: {}, send: |client| Box::pin(async move {{ \
                     outcome(client.{id}(){call}.send().await) \
                 }}), body: {body} }},",
                matches!(method, "get" | "head" | "options" | "trace"),
                !matches!(method, "post" | "patch"),
            );
        }
    }
    source.push(']');
    let target = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    fs::write(Path::new(&target).join("every_operation.rs"), source)
        .map_err(|error| error.to_string())
}

/// The call that sets a required parameter to its example.
fn set(document: &Document, parameter: &Node) -> String {
    let is_required = parameter.get("required").is_some_and(|required| required.to_json() == true);
    let (Some(name), true) = (parameter.get("name").and_then(Node::as_str), is_required) else {
        return String::new();
    };
    let schema = parameter.get("schema").map(|schema| document.resolve(schema));
    let example = parameter.get("example").or_else(|| schema?.get("example"));
    let value = example.map_or_else(|| "\"1\"".to_owned(), |example| example.to_json().to_string());
    format!(".{name}({value})")
}
