//! From a document to Rust source.

use std::collections::BTreeSet;
use std::path::Path;

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TagStyle};
use quote::quote;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Error};
use crate::document::{Document, Position, escape_token};
use crate::{locate, lowering, markers, mock, passes, quiet_panic, validate};

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
    lowering::schemas(document, &mut json)?;
    lowering::for_mock(document, &mut json, |status, response| {
        status.starts_with('2') || has_named_type_or_none(response)
    })?;
    let spec = openapi(document, &json)?;
    let tokens = progenitor(|generator| generator.httpmock(&spec, "crate"))
        .map_err(|_| refusal(document, &json))?;
    let mut file = parse(document, tokens)?;
    mock::complete(&mut file, &client, document).map_err(|message| internal(document, message))?;
    format(document, &file)
}

/// The client's syntax tree after the passes.
fn client(document: &Document, done: &mut dyn FnMut(Step)) -> Result<syn::File, Error> {
    Error::check(validate(document))?;
    let mut json = document.to_json();
    lowering::schemas(document, &mut json)?;
    let mut markers = markers::annotate(&mut json);
    let facts = lowering::operations(document, &mut json)?;
    let present = markers::present(&json);
    markers.retain(|marker| present.contains(marker));
    let spec = openapi(document, &json)?;
    done(Step::Check);
    let tokens = progenitor(|generator| generator.generate_tokens(&spec))
        .map_err(|_| refusal(document, &json))?;
    done(Step::Progenitor);
    let mut file = parse(document, tokens)?;
    done(Step::Parse);
    let context = passes::Context {
        document,
        spec: &spec,
        facts: &facts,
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

/// Findings for what progenitor refuses in `json`.
fn refusal(document: &Document, json: &Value) -> Error {
    locate::locate(document, json, &|json| {
        openapi(document, json)
            .is_ok_and(|spec| progenitor(|generator| generator.generate_tokens(&spec)).is_ok())
    })
}
