//! From a document to Rust source.

use std::collections::BTreeSet;
use std::path::Path;

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TagStyle};
use quote::quote;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Error};
use crate::document::Document;
use crate::lowering::{Lowered, lower};
use crate::names::Names;
use crate::node::escape_token;
use crate::position::Position;
use crate::{mock, passes, progenitor_refusal, quiet_panic, validate};

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
/// compile it; with the names in it, which say what each JSON pointer became.
///
/// # Errors
///
/// As [`generate_from`].
#[doc(hidden)]
pub fn generate_syntax_from(document: &Document) -> Result<(syn::File, Names), Error> {
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
    let (file, _) = client(document, done)?;
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
    let (client, names) = client(document, &mut |_| {})?;
    let file =
        mock::generate(client, &names, document).map_err(|message| internal(document, message))?;
    format(document, &file)
}

/// The Rust names of what a document describes: which JSON pointer became which item.
///
/// # Errors
///
/// If the document is not valid OpenAPI 3.0, or holds what cannot be served.
#[doc(hidden)]
pub fn names_from(document: &Document) -> Result<Names, Error> {
    lowered(document).map(|lowered| lowered.names)
}

fn lowered(document: &Document) -> Result<Lowered, Error> {
    Error::check(validate(document))?;
    match lower(document) {
        Ok(lowered) => Ok(lowered),
        Err(mut diagnostics) => {
            diagnostics.sort_by_key(|diagnostic| diagnostic.position);
            match Error::check(diagnostics) {
                Err(error) => Err(error),
                Ok(()) => Err(internal(document, "it is refused for no reason".to_owned())),
            }
        }
    }
}

/// The client's syntax tree after the passes, and the names in it.
fn client(document: &Document, done: &mut dyn FnMut(Step)) -> Result<(syn::File, Names), Error> {
    let Lowered { json, names } = lowered(document)?;
    let spec = openapi(document, &json, &names)?;
    done(Step::Check);
    let tokens = progenitor(|generator| generator.generate_tokens(&spec))
        .map_err(|_| refusal(document, &json, &names))?;
    done(Step::Progenitor);
    let mut file = parse(document, tokens)?;
    done(Step::Parse);
    let property_names = property_names(&document.to_json());
    let context = passes::Context::new(&spec, &names, &property_names);
    passes::run(&mut file, &context, &mut |pass| done(Step::Pass(pass)))
        .map_err(|error| internal(document, error.to_string()))?;
    Ok((file, names))
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
fn openapi(document: &Document, json: &Value, names: &Names) -> Result<OpenAPI, Error> {
    serde_path_to_error::deserialize(json).map_err(|error| {
        let pointer: String = error
            .path()
            .iter()
            .map(|segment| format!("/{}", escape_token(&segment.to_string())))
            .collect();
        let pointer = original(&pointer, json, names);
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

/// The finding for what progenitor refuses in `json`.
fn refusal(document: &Document, json: &Value, names: &Names) -> Error {
    let takes = |json: &Value| {
        openapi(document, json, names)
            .is_ok_and(|spec| progenitor(|generator| generator.generate_tokens(&spec)).is_ok())
    };
    let pointer = original(&progenitor_refusal::refused(json, &takes), json, names);
    let position = document.position(&pointer);
    let message = "the generator cannot turn this into Rust";
    Diagnostic::error("unsupported", document.file(), position, message)
        .pointer(pointer)
        .help("it may well be valid OpenAPI: say the same in another way, or with fewer keywords")
        .into()
}

/// The pointer into the document of what a pointer into the lowered one names.
fn original(pointer: &str, json: &Value, names: &Names) -> String {
    let mut tokens = pointer.splitn(5, '/').skip(1);
    let (kind, first, second, rest) = (tokens.next(), tokens.next(), tokens.next(), tokens.next());
    let found = match (kind, first, second) {
        (Some("components"), Some("schemas"), Some(name)) => {
            names.types.get(name).map(|made| made.pointer.clone())
        }
        (Some("paths"), Some(path), Some(method)) => {
            let id = json.pointer(&format!("/paths/{path}/{method}/operationId"));
            let id = id.and_then(Value::as_str);
            let operation = names.operations.iter().find(|name| Some(&*name.function) == id);
            operation.map(|name| name.pointer.clone())
        }
        _ => None,
    };
    match (found, rest) {
        (Some(found), Some(rest)) => format!("{found}/{rest}"),
        (Some(found), None) => found,
        (None, _) => pointer.to_owned(),
    }
}
