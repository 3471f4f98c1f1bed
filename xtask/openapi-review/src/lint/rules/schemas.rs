//! What a schema says of itself agrees: required properties exist, enum values are of its type.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use cx_client_build::{Value, escape_token};

use super::context::Context;
use crate::lint::diagnostics::Diagnostics;
use crate::lint::sites::{Role, SchemaSite};
use crate::reader::At;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics<'_>) {
    for schema in &context.sites.schemas {
        if schema.at.reference().is_none() {
            required(context, &schema.at, diagnostics);
            enumeration(schema, diagnostics);
        }
    }
}

/// Every required name is a property: of the schema, of a member of its composition, or of the
/// schema that it is itself a member of.
///
/// A schema with an explicit `additionalProperties` may require any name.
fn required(context: &Context<'_>, schema: &At<'_>, diagnostics: &mut Diagnostics<'_>) {
    const RULE: &str = "required-property";
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut properties = None;
    for item in schema.items_of("required") {
        let Some(name) = item.node.as_str() else { continue };
        if let Some(line) = first.insert(name, item.node.position.line) {
            let message = format!("`{name}` is required twice; first at line {line}");
            diagnostics.error(RULE, &item.pointer, message, "remove one of the two");
            continue;
        }
        let known = properties.get_or_insert_with(|| {
            let mut known = Properties::default();
            let mut visited = BTreeSet::new();
            let outermost = At::of(context.document, outermost(&schema.pointer));
            for at in outermost.into_iter().chain([schema.clone()]) {
                known.add(context, at, &mut visited);
            }
            known
        });
        if !known.open && !known.names.contains(name) {
            let help = closest(name, &known.names).map_or_else(
                || "add it to `properties`, or remove it from `required`".to_owned(),
                |similar| format!("did you mean `{similar}`?"),
            );
            diagnostics.error(
                RULE,
                &item.pointer,
                format!("`{name}` is required, and is no property of this schema"),
                help,
            );
        }
    }
}

/// The pointer of the schema that is composed of the one at `pointer`, through all compositions.
fn outermost(mut pointer: &str) -> &str {
    while let Some((rest, index)) = pointer.rsplit_once('/') {
        let composition = ["/allOf", "/oneOf", "/anyOf"]
            .into_iter()
            .find_map(|key| rest.strip_suffix(key))
            .filter(|_| index.bytes().all(|byte| byte.is_ascii_digit()));
        match composition {
            Some(owner) if !owner.ends_with("/properties") => pointer = owner,
            _ => break,
        }
    }
    pointer
}

#[derive(Default)]
struct Properties {
    names: BTreeSet<String>,
    /// Whether other names are described as well.
    open: bool,
}

impl Properties {
    fn add<'a>(&mut self, context: &Context<'a>, at: At<'a>, visited: &mut BTreeSet<Rc<str>>) {
        let at = at.resolve(context.document);
        if !visited.insert(Rc::clone(&at.pointer)) {
            return;
        }
        self.names.extend(at.entries_of("properties").map(|(name, _)| name.to_owned()));
        self.open |= match at.node.get("additionalProperties").map(|node| &node.value) {
            Some(Value::Bool(allowed)) => *allowed,
            Some(Value::Mapping(_)) => true,
            _ => false,
        };
        for key in ["allOf", "oneOf", "anyOf"] {
            for member in at.items_of(key) {
                self.add(context, member, visited);
            }
        }
    }
}

fn closest<'a>(name: &str, known: &'a BTreeSet<String>) -> Option<&'a str> {
    let folded = |text: &str| text.replace(['_', '-'], "").to_lowercase();
    known
        .iter()
        .map(String::as_str)
        .find(|candidate| folded(candidate) == folded(name))
        .or_else(|| known.iter().map(String::as_str).find(|known| is_one_edit_away(name, known)))
}

/// Whether the two differ by one letter: too many, too few or wrong.
fn is_one_edit_away(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let prefix = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let suffix =
        a[prefix..].iter().rev().zip(b[prefix..].iter().rev()).take_while(|(x, y)| x == y).count();
    let left = (a.len() - prefix - suffix, b.len() - prefix - suffix);
    left.0 <= 1 && left.1 <= 1
}

/// Enum values are there, of the schema's type, and each only once.
fn enumeration(site: &SchemaSite<'_>, diagnostics: &mut Diagnostics<'_>) {
    const RULE: &str = "enum-value";
    let schema = &site.at;
    let Some(values) = schema.get("enum") else { return };
    if values.node.items().is_empty() && matches!(values.node.value, Value::Sequence(_)) {
        let message = "this enum allows no value";
        diagnostics.error(RULE, &values.pointer, message, "list its values");
        return;
    }
    let kind = schema.text("type");
    let is_nullable = schema.flag("nullable");
    let mut first: HashMap<String, usize> = HashMap::new();
    for At { node: value, pointer: at } in values.items() {
        let json = value.to_json();
        if let Some(line) = first.insert(canonical(&json), value.position.line) {
            let message = format!("the value {json} stands twice; first at line {line}");
            diagnostics.error(RULE, &at, message, "remove one of the two");
        }
        let is_allowed_null = is_nullable && matches!(value.value, Value::Null);
        if let Some(kind) = kind
            && !is_allowed_null
            && !is_of(kind, &json)
        {
            let help = match (&value.value, kind) {
                (Value::Null, _) => "put it in quotes if the text is meant, or add \
                                         `nullable: true` to the schema"
                    .to_owned(),
                (Value::Bool(_) | Value::Number(_), "string") => {
                    "put it in quotes: YAML reads it as another type".to_owned()
                }
                _ => format!("write a value of type {kind}, or correct `type`"),
            };
            diagnostics.error(
                RULE,
                &at,
                format!("the value {json} is {}, and the schema's type is {kind}", value.kind()),
                help,
            );
        }
    }
    // A member of `allOf` may leave the type to the other members.
    if kind.is_none() && site.role != Role::AllOfMember {
        diagnostics.error(
            RULE,
            &values.pointer,
            "the values of this enum have no type",
            "add `type` beside `enum`, for example `type: string`",
        );
    }
}

/// The same text for values that JSON Schema calls equal: `1` and `1.0` are.
fn canonical(json: &serde_json::Value) -> String {
    match json {
        serde_json::Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 => format!("{float:.0}"),
            _ => number.to_string(),
        },
        serde_json::Value::Array(items) => {
            format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(","))
        }
        serde_json::Value::Object(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|(key, value)| format!("{}:{}", escape_token(key), canonical(value)))
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        other => other.to_string(),
    }
}

fn is_of(kind: &str, json: &serde_json::Value) -> bool {
    match kind {
        "string" => json.is_string(),
        "boolean" => json.is_boolean(),
        "integer" => json.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => json.is_number(),
        "array" => json.is_array(),
        "object" => json.is_object(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{canonical, is_of, is_one_edit_away, outermost};

    #[test]
    fn a_member_of_a_composition_belongs_to_the_schema_around_it() {
        assert_eq!(outermost("/components/schemas/A/allOf/1/oneOf/0"), "/components/schemas/A");
        assert_eq!(
            outermost("/components/schemas/A/properties/b"),
            "/components/schemas/A/properties/b"
        );
        let named_so = "/components/schemas/A/properties/allOf/0";
        assert_eq!(outermost(named_so), named_so);
    }

    #[test]
    fn numbers_are_compared_by_value() {
        assert_eq!(canonical(&json!(1)), canonical(&json!(1.0)));
        assert_ne!(canonical(&json!(1)), canonical(&json!("1")));
        assert!(is_of("integer", &json!(2.0)));
        assert!(!is_of("integer", &json!(2.5)));
    }

    #[test]
    fn one_slip_is_one_edit() {
        for (a, b) in [("status", "statu"), ("status", "statuss"), ("status", "statos")] {
            assert!(is_one_edit_away(a, b), "{a} {b}");
        }
        assert!(!is_one_edit_away("status", "state"));
    }
}
