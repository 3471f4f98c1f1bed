//! Values of parameters and forms as text, by OpenAPI 3.0.4 section 4.7.12.6 ("Style Examples").

use serde::ser::{Error as _, Serialize};

pub(crate) use crate::parameter_value::{Unsendable, Value};

/// How a value becomes text; the exploded ones are those of `explode: true`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "a document uses some of them")]
pub(crate) enum Style {
    Simple,
    SimpleExploded,
    Label,
    LabelExploded,
    Matrix,
    MatrixExploded,
    Form,
    FormExploded,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// The text of the value's JSON: a parameter with `content`.
    Json,
}

/// Percent-encodes everything but the unreserved characters of RFC 3986 section 2.3.
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for digit in [byte >> 4, byte & 15] {
                encoded.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
    }
    encoded
}

fn plain(text: &str) -> String {
    text.to_owned()
}

/// The JSON of a value.
fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, Unsendable> {
    // Finds what JSON would write as `null`: NaN and the infinities.
    Value::of(value)?;
    serde_json::to_string(value).map_err(Unsendable::custom)
}

/// The text of a path parameter, encoded.
pub(crate) fn path<T: Serialize + ?Sized>(
    name: &str,
    value: &T,
    style: Style,
) -> Result<String, Unsendable> {
    if style == Style::Json {
        return json(value).map(|text| encode(&text));
    }
    let value = Value::of(value)?;
    if has_no_part(&value) || matches!(&value, Value::Text(text) if text.is_empty()) {
        return Err(Unsendable("it is empty, and would change the path".to_owned()));
    }
    let name = encode(name);
    match style {
        Style::Label => Ok(format!(".{}", joined(&value, ",", ",", encode)?)),
        Style::LabelExploded => Ok(format!(".{}", joined(&value, ".", "=", encode)?)),
        Style::Matrix => Ok(format!(";{name}={}", joined(&value, ",", ",", encode)?)),
        Style::MatrixExploded => match &value {
            Value::List(items) => items
                .iter()
                .map(|item| Ok(format!(";{name}={}", item.text(encode)?)))
                .collect::<Result<String, _>>(),
            Value::Members(_) => Ok(format!(";{}", joined(&value, ";", "=", encode)?)),
            _ => Ok(format!(";{name}={}", value.text(encode)?)),
        },
        Style::SimpleExploded => joined(&value, ",", "=", encode),
        _ => joined(&value, ",", ",", encode),
    }
}

/// The text of a header, or `None` where there is nothing to send.
pub(crate) fn header<T: Serialize + ?Sized>(
    value: &T,
    style: Style,
) -> Result<Option<String>, Unsendable> {
    let parts = Value::of(value)?;
    match (&parts, style) {
        (Value::Absent, _) => Ok(None),
        (_, Style::Json) => json(value).map(Some),
        _ if has_no_part(&parts) => Ok(None),
        (_, Style::SimpleExploded) => joined(&parts, ",", "=", plain).map(Some),
        _ => joined(&parts, ",", ",", plain).map(Some),
    }
}

/// Whether there is nothing to write: RFC 6570 section 2.3 takes a list of nothing for no value.
fn has_no_part(value: &Value) -> bool {
    match value {
        Value::Absent => true,
        Value::Text(_) => false,
        Value::List(items) => items.is_empty(),
        Value::Members(members) => members.is_empty(),
    }
}

/// The pairs of key and value of a query parameter or of a property of a form, encoded.
pub(crate) fn pairs<T: Serialize + ?Sized>(
    name: &str,
    value: &T,
    style: Style,
) -> Result<Vec<(String, String)>, Unsendable> {
    let parts = Value::of(value)?;
    if style == Style::Json && parts != Value::Absent {
        return Ok(vec![(encode(name), encode(&json(value)?))]);
    }
    pairs_of(name, &parts, style)
}

pub(crate) fn pairs_of(
    name: &str,
    value: &Value,
    style: Style,
) -> Result<Vec<(String, String)>, Unsendable> {
    let key = encode(name);
    let delimiter = match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    match (value, style) {
        _ if has_no_part(value) => Ok(Vec::new()),
        (Value::List(items), Style::FormExploded | Style::DeepObject) => {
            items.iter().map(|item| Ok((key.clone(), item.text(encode)?))).collect()
        }
        (Value::Members(members), Style::FormExploded) => present(members)
            .flat_map(|(member, value)| match value {
                // Not said by OpenAPI for members, and the same as for a parameter of that name.
                Value::List(items) => items
                    .iter()
                    .map(|item| Ok((encode(member), item.text(encode)?)))
                    .collect::<Vec<_>>(),
                _ => vec![value.text(encode).map(|text| (encode(member), text))],
            })
            .collect(),
        (Value::Members(members), Style::DeepObject) => {
            let mut pairs = Vec::new();
            for (member, value) in present(members) {
                let name = format!("{name}[{member}]");
                pairs.extend(pairs_of(&name, value, Style::DeepObject)?);
            }
            Ok(pairs)
        }
        _ => Ok(vec![(key, joined(value, delimiter, delimiter, encode)?)]),
    }
}

fn present(members: &[(String, Value)]) -> impl Iterator<Item = (&String, &Value)> {
    members.iter().filter(|(_, value)| *value != Value::Absent).map(|(name, value)| (name, value))
}

/// The parts of a value with `between` them, and `inside` between a member's name and its value. A
/// part that has itself what stands after it, where that cannot be encoded, would be read as two.
fn joined(
    value: &Value,
    between: &str,
    inside: &str,
    encode: fn(&str) -> String,
) -> Result<String, Unsendable> {
    let part = |text: String, end: &str| match text.contains(end) {
        true => Err(Unsendable("a part of it has the character that separates the parts".into())),
        false => Ok(text),
    };
    let parts: Vec<String> = match value {
        Value::List(items) => {
            items.iter().map(|item| part(item.text(encode)?, between)).collect::<Result<_, _>>()?
        }
        Value::Members(members) => present(members)
            .map(|(name, value)| {
                let name = part(part(encode(name), inside)?, between)?;
                Ok(format!("{name}{inside}{}", part(value.text(encode)?, between)?))
            })
            .collect::<Result<_, _>>()?,
        _ => return value.text(encode),
    };
    Ok(parts.join(between))
}
