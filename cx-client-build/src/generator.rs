//! From a document to Rust source.

use std::collections::BTreeSet;
use std::path::Path;

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TagStyle};
use quote::quote;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Error};
use crate::document::{Document, escape_token};
use crate::position::Position;
use crate::{markers, mock, passes, quiet_panic, validate};

/// Generates the typed API of the OpenAPI 3.0 document at `path`, as formatted Rust source.
///
/// The source is made to be included at the root of a crate that has the runtime of `cx-client`:
/// `crate::Error`, and `crate::runtime` with `Runtime`, `Operation` and `Response`.
///
/// # Errors
///
/// If the document cannot be read, is not valid OpenAPI 3.0, or holds what progenitor or a pass
/// does not take. Every finding names file, line and column, and says what to do.
pub fn generate(path: impl AsRef<Path>) -> Result<String, Error> {
    generate_from(&Document::load(path)?)
}

/// Generates from a document that is loaded already; see [`generate`].
///
/// # Errors
///
/// As [`generate`], except that the document has been read.
pub fn generate_from(document: &Document) -> Result<String, Error> {
    generate_observed(document, &mut |_| {})
}

/// [`generate_from`] without the last step, for programs that read the generated code rather than
/// compile it.
///
/// # Errors
///
/// As [`generate_from`].
#[doc(hidden)]
pub fn generate_syntax_from(document: &Document) -> Result<syn::File, Error> {
    client(document, &mut |_| {})
}

/// A step on the way from a document to Rust source, in this order.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The document is checked and brought into progenitor's form.
    Check,
    /// progenitor generates tokens.
    Progenitor,
    /// The tokens become a syntax tree.
    Parse,
    /// The pass of this name.
    Pass(&'static str),
    /// The syntax tree becomes formatted source.
    Format,
}

/// [`generate_from`] for benchmarks: calls `done` at the end of each step.
///
/// # Errors
///
/// As [`generate_from`].
#[doc(hidden)]
pub fn generate_observed(document: &Document, done: &mut dyn FnMut(Step)) -> Result<String, Error> {
    let file = client(document, done)?;
    let source = format(document, &file)?;
    done(Step::Format);
    Ok(source)
}

/// Generates what tests of the API use: typed helpers for httpmock, and the examples of the
/// document as values; as formatted Rust source.
///
/// The source is made to be included in a module of a crate that has the source of
/// [`generate_from`] at its root.
///
/// # Errors
///
/// As [`generate_from`].
pub fn generate_mock_from(document: &Document) -> Result<String, Error> {
    let client = client(document, &mut |_| {})?;
    let mut json = document.to_json();
    remove_responses(&mut json, |status, response| {
        !status.starts_with('2') && !has_named_type_or_none(response)
    });
    let spec = openapi(document, &json)?;
    let tokens = progenitor(|generator| generator.httpmock(&spec, "crate"))
        .map_err(|problem| locate(document, &json, &problem))?;
    let mut file = parse(document, tokens)?;
    mock::complete(&mut file, &client, document).map_err(|message| internal(document, message))?;
    format(document, &file)
}

/// The client's syntax tree after the passes.
fn client(document: &Document, done: &mut dyn FnMut(Step)) -> Result<syn::File, Error> {
    Error::check(validate(document))?;
    let mut json = document.to_json();
    let mut markers = markers::annotate(&mut json);
    // Every refusal is a `crate::Error` that keeps the body as it came, whatever its type, and
    // progenitor panics where a success and an error (or two errors) have different types.
    remove_responses(&mut json, |status, _| !status.starts_with('2'));
    markers.retain(|marker| json.pointer(&marker.pointer).is_some());
    let spec = openapi(document, &json)?;
    done(Step::Check);
    let tokens = progenitor(|generator| generator.generate_tokens(&spec))
        .map_err(|problem| locate(document, &json, &problem))?;
    done(Step::Progenitor);
    let mut file = parse(document, tokens)?;
    done(Step::Parse);
    let context = passes::Context {
        document,
        spec: &spec,
        markers: &markers,
        property_names: &property_names(&json),
    };
    passes::run(&mut file, &context, &mut |pass| done(Step::Pass(pass)))
        .map_err(|error| internal(document, error.to_string()))?;
    Ok(file)
}

fn parse(document: &Document, tokens: TokenStream) -> Result<syn::File, Error> {
    syn::parse2(tokens)
        .map_err(|error| internal(document, format!("progenitor's output is not Rust: {error}")))
}

fn format(document: &Document, file: &syn::File) -> Result<String, Error> {
    quiet_panic::catch(|| prettyplease::unparse(file))
        .map_err(|message| internal(document, format!("formatting failed: {message}")))
}

fn internal(document: &Document, message: String) -> Error {
    Diagnostic::error("generator", document.file(), Position::START, message)
        .help(
            "this is a fault of the generator, not of the document; please report it with the \
             document",
        )
        .into()
}

/// Takes the responses that `unwanted` names out of the operations that document a success.
fn remove_responses(json: &mut Value, unwanted: impl Fn(&str, &Value) -> bool) {
    let Some(paths) = json.get_mut("paths").and_then(Value::as_object_mut) else { return };
    let operations =
        paths.values_mut().filter_map(Value::as_object_mut).flat_map(serde_json::Map::values_mut);
    for operation in operations {
        if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut)
            && responses.keys().any(|status| status.starts_with('2'))
        {
            responses.retain(|status, response| !unwanted(status, response));
        }
    }
}

/// Whether a response has no body, or one whose schema is a component: then the client has its
/// type although it does not use it.
fn has_named_type_or_none(response: &Value) -> bool {
    let Some(content) = response.get("content").and_then(Value::as_object) else {
        return response.get("$ref").is_none();
    };
    content.values().all(|media| media.pointer("/schema/$ref").is_some())
}

/// The keys of every `properties` object.
fn property_names(json: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut values = vec![json];
    while let Some(value) = values.pop() {
        match value {
            Value::Array(items) => values.extend(items),
            Value::Object(fields) => {
                if let Some(properties) = fields.get("properties").and_then(Value::as_object) {
                    names.extend(properties.keys().cloned());
                }
                values.extend(fields.values());
            }
            _ => {}
        }
    }
    names
}

/// The document in the form that progenitor takes.
fn openapi(document: &Document, json: &Value) -> Result<OpenAPI, Error> {
    serde_path_to_error::deserialize(json).map_err(|error| {
        let pointer: String = error
            .path()
            .iter()
            .map(|segment| format!("/{}", escape_token(&segment.to_string())))
            .collect();
        Diagnostic::error(
            "structure",
            document.file(),
            document.position(&pointer),
            format!("the value cannot be read: {}", error.inner()),
        )
        .pointer(pointer)
        .help("compare it with section 4 of the OpenAPI 3.0.4 specification")
        .into()
    })
}

fn progenitor(
    generate: impl FnOnce(&mut Generator) -> Result<TokenStream, progenitor::Error>,
) -> Result<TokenStream, String> {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_inner_type(quote!(crate::runtime::Runtime))
        .with_derive("PartialEq");
    match quiet_panic::catch(|| generate(&mut Generator::new(&settings))) {
        Ok(Ok(tokens)) => Ok(tokens),
        Ok(Err(error)) => Err(error.to_string()),
        Err(panic) => Err(panic),
    }
}

/// Finds what in the document progenitor does not take, by giving it each schema and then each
/// operation alone: its own errors do not say where.
fn locate(document: &Document, json: &Value, problem: &str) -> Error {
    let mut diagnostics = Vec::new();
    let mut try_alone = |pointer: String, json: &Value| {
        let Ok(spec) = openapi(document, json) else { return };
        if let Err(problem) = progenitor(|generator| generator.generate_tokens(&spec)) {
            diagnostics.push(unsupported(document, &pointer, &problem));
        }
    };
    let mut bare = json.clone();
    bare["paths"] = Value::Object(serde_json::Map::new());
    try_alone("/components/schemas".to_owned(), &bare);
    let empty = serde_json::Map::new();
    for (path, item) in json["paths"].as_object().unwrap_or(&empty) {
        for method in item.as_object().unwrap_or(&empty).keys() {
            let mut operation = item.clone();
            if operation[method].get("responses").is_none() {
                continue;
            }
            if let Some(fields) = operation.as_object_mut() {
                fields.retain(|key, value| key == method || value.get("responses").is_none());
            }
            let mut alone = bare.clone();
            alone["paths"][path] = operation;
            try_alone(format!("/paths/{}/{method}", escape_token(path)), &alone);
        }
    }
    if diagnostics.is_empty() {
        diagnostics.push(unsupported(document, "/paths", problem));
    }
    match Error::check(diagnostics) {
        Err(error) => error,
        Ok(()) => unsupported(document, "", problem).into(),
    }
}

fn unsupported(document: &Document, pointer: &str, problem: &str) -> Diagnostic {
    let first_line = problem.lines().next().unwrap_or(problem);
    Diagnostic::error(
        "unsupported",
        document.file(),
        document.position(pointer),
        format!("progenitor does not take this: {first_line}"),
    )
    .pointer(pointer)
    .help(
        "it is valid OpenAPI that the generator cannot turn into Rust: describe it in another way, \
         for example with one media type, one type for all success statuses, no circular `allOf`",
    )
}
