//! From the document to the types and back: is what the generated types say of themselves what the
//! document says?
//!
//! The types derive `schemars::JsonSchema` behind the feature `schemars`. Their schemas are compared
//! with those of the document, property by property. A difference is a fault of the generator, for
//! both sides come from one document.

mod shape;

use std::fmt;

use cx_client_build::{Document, escape_token};
use serde::Serialize;
use serde_json::Value;

use self::shape::{Shape, of_document, of_type};

/// A fact that is not the same in the document and in the generated type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TypeDifference {
    /// The JSON pointer of the schema, or of its property, in the document.
    pub pointer: String,
    /// What the document says.
    pub document: String,
    /// What the generated type says.
    pub generated: String,
}

impl fmt::Display for TypeDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pointer, document, generated } = self;
        write!(f, "{pointer}: the document says {document}, the generated type {generated}")
    }
}

/// What a comparison has shown.
#[derive(Debug, Default, Serialize)]
pub struct RoundTrip {
    /// How many schemas and properties were compared.
    pub compared: usize,
    /// What differs, in the order of the schemas.
    pub differences: Vec<TypeDifference>,
}

/// Compares the schemas of `document` with those of the generated types, which are given with the
/// JSON pointers of the schemas that they were made from.
///
/// Compared are names, types, formats, what is required, what can be null, and the values of enums.
/// Rust has one type, `Option`, for what may be absent and what may be null, so a property that is
/// not required counts as one that can be null. The formats of numbers count only where the document
/// names one. Schemas that are composed with `oneOf`, `anyOf` or `not` are compared by their
/// presence only.
pub fn compare(document: &Document, types: &[(String, Value)]) -> RoundTrip {
    let mut result = RoundTrip::default();
    for (pointer, schema) in types {
        let Some(node) = document.at(pointer) else {
            result.differences.push(TypeDifference {
                pointer: pointer.clone(),
                document: "nothing".to_owned(),
                generated: "a type".to_owned(),
            });
            continue;
        };
        compare_shapes(
            &of_document(document, node),
            &of_type(schema, schema),
            pointer,
            &mut result,
        );
    }
    // Every component has become a type.
    let components = document.at("/components/schemas").map_or(&[][..], |node| node.entries());
    for component in components {
        let pointer = format!("/components/schemas/{}", escape_token(&component.key));
        let is_reference = component.node.get("$ref").is_some();
        if !is_reference && !types.iter().any(|(known, _)| *known == pointer) {
            result.differences.push(TypeDifference {
                pointer,
                document: "a schema".to_owned(),
                generated: "nothing".to_owned(),
            });
        }
    }
    result
}

fn compare_shapes(document: &Shape, generated: &Shape, pointer: &str, result: &mut RoundTrip) {
    result.compared += 1;
    let mut differ = |pointer: String, document: String, generated: String| {
        if document != generated {
            result.differences.push(TypeDifference { pointer, document, generated });
        }
    };
    differ(pointer.to_owned(), document.describe(), generated.describe_like(document));
    let names = document.properties.keys().chain(generated.properties.keys());
    let mut names: Vec<&String> = names.collect();
    names.sort();
    names.dedup();
    for name in names {
        let at = format!("{pointer}/properties/{}", escape_token(name));
        match (document.properties.get(name), generated.properties.get(name)) {
            (Some(ours), Some(theirs)) => {
                result.compared += 1;
                let mut differ = |document: String, generated: String| {
                    if document != generated {
                        let pointer = at.clone();
                        result.differences.push(TypeDifference { pointer, document, generated });
                    }
                };
                differ(ours.shape.describe(), theirs.shape.describe_like(&ours.shape));
                differ(required(ours.required), required(theirs.required));
                let nullable = |shape: &Shape, required: bool| {
                    let text =
                        if shape.nullable || !required { "can be null" } else { "never null" };
                    text.to_owned()
                };
                differ(
                    nullable(&ours.shape, ours.required),
                    nullable(&theirs.shape, theirs.required),
                );
            }
            (Some(_), None) => result.differences.push(TypeDifference {
                pointer: at,
                document: "a property".to_owned(),
                generated: "none".to_owned(),
            }),
            (None, _) => result.differences.push(TypeDifference {
                pointer: at,
                document: "no property".to_owned(),
                generated: "one".to_owned(),
            }),
        }
    }
}

fn required(required: bool) -> String {
    if required { "required" } else { "optional" }.to_owned()
}
