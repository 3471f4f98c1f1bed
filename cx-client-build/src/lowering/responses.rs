//! One type for the answers of each operation.

use serde_json::{Map, Value, json};

use super::references::{Names, add_component};
use super::unsupported::unsupported;
use super::{Facts, Success, sites};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Node};

/// Takes out the documented refusals: every refusal is a `crate::Error` that keeps the body as it
/// came, whatever its type, and progenitor panics where two of them have different types.
///
/// `default` stays where no success is documented, since then it is what one looks like.
pub(super) fn keep_successes(json: &mut Value) {
    sites::operations(json, &mut |_, _, operation| {
        if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
            let documented = responses.keys().any(|status| status.starts_with('2'));
            responses.retain(|status, _| match documented {
                true => status.starts_with('2'),
                false => status == "default",
            });
        }
    });
}

/// Takes out what the mock cannot answer with: what `wanted` does not want, and statuses without a
/// name of their own.
pub(super) fn keep_known(json: &mut Value, wanted: impl Fn(&str, &Value) -> bool) {
    sites::operations(json, &mut |_, _, operation| {
        if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
            let documented = responses.keys().any(|status| status.starts_with('2'));
            responses.retain(|status, response| {
                has_phrase(status) && (!documented || wanted(status, response))
            });
        }
    });
}

/// Whether a status of the registry of HTTP (RFC 9110 section 16.2.1) or one of OpenAPI's ranges.
fn has_phrase(status: &str) -> bool {
    match status.parse::<u16>() {
        Ok(code) => matches!(code, 100..=102 | 200..=208 | 226 | 300..=305 | 307..=308 | 400..=418
            | 421..=424 | 426 | 428..=429 | 431 | 451 | 500..=508 | 510..=511),
        Err(_) => true,
    }
}

/// What an answer holds.
#[derive(Debug, Clone, PartialEq)]
enum Body {
    Nothing,
    Json(Value),
    Bytes,
}

/// Gives the operations whose answers differ by status one type for all of them: an enum with a
/// variant for each status, which the pass `success_by_status` fills.
///
/// # Errors
///
/// A finding for each operation of which some answers are JSON and others bytes.
pub(super) fn unite(document: &Document, json: &mut Value, facts: &mut Facts) -> Vec<Diagnostic> {
    differing(document, json, &mut |path, method, union, responses| {
        union.name(responses);
        let fact = facts.entry((path.to_owned(), method.to_owned())).or_default();
        fact.successes = union.of(responses);
    })
}

/// Gives the types of answers that differ by status the names that they have in the client.
///
/// # Errors
///
/// As [`unite`].
pub(super) fn name_apart(document: &Document, json: &mut Value) -> Vec<Diagnostic> {
    differing(document, json, &mut |_, _, union, responses| {
        union.name(responses);
        union.names.unique(&union.union_name());
    })
}

type Differing<'a> = &'a mut dyn FnMut(&str, &str, &mut Union<'_>, &mut Map<String, Value>);

/// Calls `each` for every operation whose successes differ.
fn differing(document: &Document, json: &mut Value, each: Differing<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut components = Vec::new();
    let mut names = Names::of(json);
    sites::operations(json, &mut |path, method, operation| {
        let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
        let id = id.to_owned();
        let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else {
            return;
        };
        let pointer = format!("{}/responses", sites::operation_pointer(path, method));
        let bodies = bodies(document, responses, &pointer);
        let Some((first_status, first)) = bodies.first() else { return };
        let Some((other, _)) = bodies.iter().find(|(_, body)| body != first) else {
            // Equal but for the places that they come from.
            let first = responses.get(first_status).cloned().unwrap_or_default();
            for (status, _) in &bodies {
                responses.insert(status.clone(), first.clone());
            }
            return;
        };
        if bodies.iter().any(|(_, body)| *body == Body::Bytes) {
            diagnostics.push(mixed(document, &format!("{pointer}/{other}")));
            return;
        }
        let mut union = Union { id: &id, names: &mut names, components: &mut components };
        each(path, method, &mut union, responses);
    });
    for (name, schema) in components {
        add_component(json, &name, schema);
    }
    diagnostics
}

/// What the successes hold, by status, as the document says it.
fn bodies(
    document: &Document,
    responses: &Map<String, Value>,
    pointer: &str,
) -> Vec<(String, Body)> {
    let body = |status: &String, response: &Value| {
        let content = response.get("content").and_then(Value::as_object);
        let Some((name, media)) = content.and_then(|content| content.iter().next()) else {
            return Body::Nothing;
        };
        if name != "application/json" {
            return Body::Bytes;
        }
        // The rewritten schema has markers, which differ where the schema does not.
        let original = document.at(&format!("{pointer}/{status}"));
        let content = original.and_then(|node| document.resolve(node).get("content"));
        let json =
            content.map_or(&[][..], Node::entries).iter().find(|media| media.key.contains("json"));
        let schema = json.and_then(|media| media.node.get("schema")).map(Node::to_json);
        Body::Json(schema.unwrap_or_else(|| media["schema"].clone()))
    };
    responses
        .iter()
        .filter(|(status, _)| is_success(status))
        .map(|(status, response)| (status.clone(), body(status, response)))
        .collect()
}

fn mixed(document: &Document, pointer: &str) -> Diagnostic {
    unsupported(
        document,
        pointer,
        "this answer is of another kind than the operation's other successes: JSON, bytes or \
         nothing by status is not supported where one of them is bytes"
            .to_owned(),
        "document the success that the client is to read; the others remain readable as the body \
         of the error",
    )
}

struct Union<'a> {
    id: &'a str,
    names: &'a mut Names,
    components: &'a mut Vec<(String, Value)>,
}

impl Union<'_> {
    /// Puts the enum in the place of the answers, and gives its variants.
    fn of(&mut self, responses: &mut Map<String, Value>) -> Vec<Success> {
        let mut successes = Vec::new();
        let mut alternatives = Vec::new();
        for (status, response) in responses.iter_mut() {
            let code = status.parse().ok();
            let variant = variant(code);
            let description = response.get("description").cloned().unwrap_or_default();
            let schema = response.pointer_mut("/content/application~1json/schema");
            let has_body = schema.is_some();
            alternatives.push(match schema {
                Some(schema) => json!({
                    "type": "object",
                    "description": description,
                    "properties": { variant.clone(): schema.clone() },
                    "required": [variant],
                    "additionalProperties": false,
                }),
                None => json!({
                    "type": "string", "enum": [variant], "description": description,
                }),
            });
            successes.push(Success { status: code, variant, has_body });
        }
        let name = self.names.unique(&self.union_name());
        let text = format!("What `{}` answers, by status.", self.id);
        let reference = json!({"$ref": format!("#/components/schemas/{name}")});
        self.components.push((name, json!({"oneOf": alternatives, "description": text})));
        responses.clear();
        responses.insert(
            "2XX".to_owned(),
            json!({
                "description": "",
                "content": {"application/json": {"schema": reference}},
            }),
        );
        successes
    }

    /// Gives every schema a name of its own: a variant would take over the fields of one without.
    fn name(&mut self, responses: &mut Map<String, Value>) {
        for (status, response) in responses.iter_mut().filter(|(status, _)| is_success(status)) {
            let schema = response.pointer_mut("/content/application~1json/schema");
            let Some(schema) = schema.filter(|schema| schema.get("$ref").is_none()) else {
                continue;
            };
            let variant = variant(status.parse().ok());
            let name = self.names.unique(&format!("{}-{variant}", self.id));
            let reference = json!({"$ref": format!("#/components/schemas/{name}")});
            self.components.push((name, std::mem::replace(schema, reference)));
        }
    }

    fn union_name(&self) -> String {
        format!("{}-success", self.id)
    }
}

fn is_success(status: &str) -> bool {
    status.starts_with('2') || status == "default"
}

/// The name of the variant of a status: its phrase (RFC 9110 section 15.3).
fn variant(status: Option<u16>) -> String {
    let phrase = match status {
        Some(200) => "Ok",
        Some(201) => "Created",
        Some(202) => "Accepted",
        Some(203) => "NonAuthoritativeInformation",
        Some(204) => "NoContent",
        Some(205) => "ResetContent",
        Some(206) => "PartialContent",
        Some(207) => "MultiStatus",
        Some(208) => "AlreadyReported",
        Some(226) => "ImUsed",
        Some(other) => return format!("Status{other}"),
        None => "Other",
    };
    phrase.to_owned()
}
