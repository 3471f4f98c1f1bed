//! How OpenAPI writes values of parameters: OpenAPI 3.0.4 section 4.7.12.6 and RFC 6570.
//!
//! Written from the specification, and sharing nothing with the client.

use serde_json::Value;

/// A value as the parts that a style puts together.
#[derive(Debug)]
enum Parts {
    One(String),
    Many(Vec<String>),
    Members(Vec<(String, String)>),
}

fn parts(value: &Value) -> Parts {
    match value {
        Value::Array(items) => Parts::Many(items.iter().map(text).collect()),
        Value::Object(members) => Parts::Members(
            members.iter().map(|(name, value)| (name.clone(), text(value))).collect(),
        ),
        other => Parts::One(text(other)),
    }
}

/// A simple value as text; a number without a fraction has none.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => number.as_f64().unwrap_or_default().to_string(),
        other => other.to_string(),
    }
}

/// Everything but the unreserved characters (RFC 3986 section 2.3) as octets in hexadecimal.
pub(super) fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(byte.into());
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// Pairs joined to `k=v` (or `k,v`), and those to one text.
fn members(
    members: &[(String, String)],
    pair: &str,
    between: &str,
    write: fn(&str) -> String,
) -> String {
    let pairs: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("{}{pair}{}", write(name), write(value)))
        .collect();
    pairs.join(between)
}

fn list(items: &[String], between: &str, write: fn(&str) -> String) -> String {
    items.iter().map(|item| write(item)).collect::<Vec<_>>().join(between)
}

/// The text that takes the place of `{name}` in a path.
pub(super) fn path(name: &str, value: &Value, style: &str, explode: bool) -> String {
    let name = encoded(name);
    let parts = parts(value);
    let (pair, between) = if explode { ("=", None) } else { (",", Some(",")) };
    match style {
        "label" => {
            let between = between.unwrap_or(".");
            match parts {
                Parts::One(text) => format!(".{}", encoded(&text)),
                Parts::Many(items) => format!(".{}", list(&items, between, encoded)),
                Parts::Members(all) => format!(".{}", members(&all, pair, between, encoded)),
            }
        }
        "matrix" => match (parts, explode) {
            (Parts::One(text), _) => format!(";{name}={}", encoded(&text)),
            (Parts::Many(items), false) => format!(";{name}={}", list(&items, ",", encoded)),
            (Parts::Many(items), true) => {
                items.iter().map(|item| format!(";{name}={}", encoded(item))).collect()
            }
            (Parts::Members(all), false) => format!(";{name}={}", members(&all, ",", ",", encoded)),
            (Parts::Members(all), true) => format!(";{}", members(&all, "=", ";", encoded)),
        },
        _ => simple(parts, explode, encoded),
    }
}

fn simple(parts: Parts, explode: bool, write: fn(&str) -> String) -> String {
    match parts {
        Parts::One(text) => write(&text),
        Parts::Many(items) => list(&items, ",", write),
        Parts::Members(all) => members(&all, if explode { "=" } else { "," }, ",", write),
    }
}

/// The value of a header.
pub(super) fn header(value: &Value, explode: bool) -> String {
    simple(parts(value), explode, |text| text.to_owned())
}

/// The pairs that a parameter adds to the query.
pub(super) fn query(name: &str, value: &Value, style: &str, explode: bool) -> Vec<String> {
    let key = encoded(name);
    let between = match style {
        "spaceDelimited" => "%20",
        "pipeDelimited" => "%7C",
        _ => ",",
    };
    match (parts(value), style, explode) {
        (Parts::Members(all), "deepObject", _) => all
            .iter()
            .map(|(member, value)| format!("{key}%5B{}%5D={}", encoded(member), encoded(value)))
            .collect(),
        (Parts::Members(all), _, true) => all
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
            .collect(),
        (Parts::Members(all), _, false) => {
            vec![format!("{key}={}", members(&all, between, between, encoded))]
        }
        (Parts::Many(items), _, true) => {
            items.iter().map(|item| format!("{key}={}", encoded(item))).collect()
        }
        (Parts::Many(items), _, false) => vec![format!("{key}={}", list(&items, between, encoded))],
        (Parts::One(text), ..) => vec![format!("{key}={}", encoded(&text))],
    }
}
