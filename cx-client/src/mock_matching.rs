//! What a mock requires of a request: what the client sends for a value, and nothing else.
#![allow(dead_code, reason = "a document uses some of this")]

use http::Uri;
use httpmock::When;
use serde::Serialize;

use crate::parameter::{self, Style};

type Pairs = Vec<(String, String)>;

/// Requires a path of the template.
pub(crate) fn operation(when: When, template: &'static str) -> When {
    when.is_true(move |request| is_of(template, request.uri().path(), None))
}

/// Requires a value of a path parameter.
pub(crate) fn path<T: Serialize + ?Sized>(
    when: When,
    template: &'static str,
    name: &'static str,
    value: &T,
    style: Style,
) -> When {
    // A value that cannot be sent is in no request.
    let expected = parameter::path(name, value, style).ok();
    when.is_true(move |request| {
        let expected = expected.as_deref().map(|value| (name, value));
        expected.is_some() && is_of(template, request.uri().path(), expected)
    })
}

/// Requires a value of a query parameter, or that there is none; `members` are the keys that an
/// object in its place can have.
pub(crate) fn query<T: Serialize + ?Sized>(
    when: When,
    name: &'static str,
    value: &T,
    style: Style,
    members: &'static [&'static str],
) -> When {
    let expected = parameter::pairs(name, value, style).ok();
    when.is_true(move |request| {
        let Some(expected) = &expected else { return false };
        let keys: Vec<&str> = expected.iter().map(|(key, _)| key.as_str()).collect();
        let own = parameter::encode(name);
        let of_parameter = |key: &str| {
            keys.contains(&key)
                || members.iter().any(|member| parameter::encode(member) == key)
                || (members.is_empty() && key == own)
                || (style == Style::DeepObject && key.starts_with(&format!("{own}%5B")))
        };
        let mut found = pairs(&request.uri());
        found.retain(|(key, _)| of_parameter(key));
        found == *expected
    })
}

/// Requires a value of a header, or that there is none.
pub(crate) fn header<T: Serialize + ?Sized>(
    when: When,
    name: &'static str,
    value: &T,
    style: Style,
) -> When {
    let expected = parameter::header(value, style);
    when.is_true(move |request| {
        let headers = request.headers();
        let found = headers.get(name).map(http::HeaderValue::as_bytes);
        match &expected {
            Ok(expected) => found == expected.as_deref().map(str::as_bytes),
            Err(_) => false,
        }
    })
}

/// Requires a form as the body.
#[allow(dead_code, reason = "used where an operation takes a form")]
pub(crate) fn form<T: Serialize + ?Sized>(when: When, value: &T, styles: &[(&str, Style)]) -> When {
    let expected = crate::request::form(value, styles).ok();
    when.is_true(move |request| expected.as_deref().map(str::as_bytes) == Some(request.body_ref()))
}

/// Requires these bytes as the body.
pub(crate) fn bytes(when: When, value: &[u8]) -> When {
    let expected = value.to_vec();
    when.is_true(move |request| expected == request.body_ref())
}

/// The pairs of a query, as they were sent.
fn pairs(uri: &Uri) -> Pairs {
    uri.query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

/// Whether `path` is one of the template, and has `expected` where that names a parameter. The base
/// URL of a mock has no path.
fn is_of(template: &str, path: &str, expected: Option<(&str, &str)>) -> bool {
    let (mut templates, mut segments) = (template.split('/'), path.split('/'));
    loop {
        match (templates.next(), segments.next()) {
            (None, None) => return true,
            (Some(template), Some(segment)) if segment_is_of(template, segment, expected) => {}
            _ => return false,
        }
    }
}

fn segment_is_of(template: &str, segment: &str, expected: Option<(&str, &str)>) -> bool {
    let Some((literal, rest)) = template.split_once('{') else { return template == segment };
    let Some((name, rest)) = rest.split_once('}') else { return template == segment };
    let Some(segment) = segment.strip_prefix(literal) else { return false };
    if let Some((_, value)) = expected.filter(|(expected, _)| *expected == name) {
        let after = segment.strip_prefix(value);
        return after.is_some_and(|after| segment_is_of(rest, after, expected));
    }
    let mut ends = (1..=segment.len()).filter(|end| segment.is_char_boundary(*end));
    ends.any(|end| segment_is_of(rest, &segment[end..], expected))
}
