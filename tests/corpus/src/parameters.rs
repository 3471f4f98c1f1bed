//! Random parameters, with values and what must be seen of them.

use serde_json::{Map, Value, json};

use crate::document::Call;
use crate::schemas::{Direction, Schemas};
use crate::serialization;

/// What a value of a parameter is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Simple,
    Array,
    Object,
}

/// Adds a parameter to the operation that `call` is of, at any place and in any style that 3.0
/// allows there; gives its Parameter Object.
pub(crate) fn parameter(schemas: &mut Schemas, number: usize, call: &mut Call) -> Value {
    let place = schemas.pick(&["path", "query", "query", "query", "header"]);
    let shape = schemas.pick(&[Shape::Simple, Shape::Simple, Shape::Array, Shape::Object]);
    let (style, explode) = style(schemas, place, shape);
    let name = match place {
        "header" => format!("X-Trace-{number}"),
        _ => {
            let odd = schemas.names(1).first().copied().unwrap_or("plain");
            format!("{odd}{number}")
        }
    };
    let schema = schema(schemas, shape, number);
    let value = value(schemas, &schema, place, style);
    let required = place == "path" || schemas.rng.bool();
    let mut parameter = json!({"name": name, "in": place, "schema": schema});
    if required || schemas.rng.bool() {
        parameter["required"] = required.into();
    }
    let default = match place {
        "query" => "form",
        _ => "simple",
    };
    if style != default || schemas.rng.bool() {
        parameter["style"] = style.into();
    }
    if explode != (style == "form") || schemas.rng.bool() {
        parameter["explode"] = explode.into();
    }
    if place == "path" {
        let text = serialization::path(&name, &value, style, explode);
        let parts = [("/{0}", ""), ("/p{0}.json", ".json"), ("/{0}", "")];
        let (template, _) = schemas.pick(&parts);
        call.template.push_str(&template.replace("0", &name));
        call.path.push_str(&template.replace("{0}", &text));
        call.arguments.push((name, value));
        return parameter;
    }
    if !required && schemas.chance(3) {
        return parameter;
    }
    match place {
        "header" => {
            let text = serialization::header(&value, explode);
            call.headers.push((name.to_ascii_lowercase(), text));
        }
        _ => call.query.extend(serialization::query(&name, &value, style, explode)),
    }
    call.arguments.push((name, value));
    parameter
}

fn style(schemas: &mut Schemas, place: &str, shape: Shape) -> (&'static str, bool) {
    let explode = schemas.rng.bool();
    match (place, shape) {
        ("path", _) => (schemas.pick(&["simple", "simple", "label", "matrix"]), explode),
        ("header", _) => ("simple", explode),
        (_, Shape::Object) if schemas.rng.bool() => ("deepObject", true),
        (_, Shape::Array) if schemas.rng.bool() => {
            (schemas.pick(&["spaceDelimited", "pipeDelimited"]), false)
        }
        _ => ("form", explode),
    }
}

fn schema(schemas: &mut Schemas, shape: Shape, number: usize) -> Value {
    match shape {
        Shape::Simple => schemas.primitive(),
        Shape::Array => json!({"type": "array", "items": schemas.primitive()}),
        Shape::Object => {
            let mut properties = Map::new();
            for name in schemas.names(3) {
                // Exploded, the names of members are names of the query.
                properties.insert(format!("{name}-{number}"), schemas.primitive());
            }
            properties.insert(format!("m{number}"), schemas.primitive());
            json!({"type": "object", "properties": properties, "required": [format!("m{number}")]})
        }
    }
}

/// A value that can be sent there, and of which each part can be distinguished from the others.
fn value(schemas: &mut Schemas, schema: &Value, place: &str, style: &str) -> Value {
    let fits = |value: &Value| match value {
        Value::String(text) => {
            let simple = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b',');
            let delimiter = match style {
                "spaceDelimited" => " ",
                "pipeDelimited" => "|",
                _ => "\0",
            };
            (simple || place != "header")
                && !text.contains(delimiter)
                && (!text.is_empty() || place == "query")
        }
        _ => true,
    };
    loop {
        let value = match schema.get("items") {
            Some(items) => {
                let count = schemas.rng.usize(1..=3);
                (0..count).map(|_| schemas.value(items, Direction::Request, 0)).collect()
            }
            None => schemas.value(schema, Direction::Request, 0),
        };
        let all_fit = match &value {
            Value::Array(items) => items.iter().all(fits),
            Value::Object(members) => {
                let names = place != "header"
                    || members
                        .keys()
                        .all(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric()));
                names && members.values().all(fits)
            }
            one => fits(one),
        };
        if all_fit {
            return value;
        }
        // A header has members that need not be sent; those of other names stay away.
        if let (Value::Object(members), "header") = (&value, place) {
            let kept: Map<String, Value> = members
                .iter()
                .filter(|(name, value)| {
                    fits(value) && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
                })
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            let required = schema["required"].as_array().into_iter().flatten();
            if required.filter_map(Value::as_str).all(|name| kept.contains_key(name)) {
                return kept.into();
            }
        }
    }
}
