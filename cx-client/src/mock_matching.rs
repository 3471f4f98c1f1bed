//! What a mock requires of a request: what the client sends for a value, and nothing else.

use http::Uri;
use httpmock::When;
use serde::Serialize;

use crate::parameter::{self, Style};

type Pairs = Vec<(String, String)>;

/// Requires a path of the template.
pub(crate) fn operation(when: When, template: &'static str) -> When {
    when.is_true(move |request| values(template, request.uri().path()).is_some())
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
        let uri = request.uri();
        let found = values(template, uri.path());
        let found = found.into_iter().flatten().find(|(found, _)| *found == name);
        found.is_some_and(|(_, value)| Some(value) == expected.as_deref())
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
#[allow(dead_code, reason = "used where an operation takes text or bytes")]
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

/// The values of the parameters of a path template, encoded, if `path` is one of it. The base URL
/// of a mock has no path.
fn values<'a>(template: &'static str, path: &'a str) -> Option<Vec<(&'static str, &'a str)>> {
    let (template, path): (Vec<&str>, Vec<&str>) =
        (template.split('/').collect(), path.split('/').collect());
    if template.len() != path.len() {
        return None;
    }
    let mut found = Vec::new();
    for (template, segment) in template.into_iter().zip(path) {
        segment_values(template, segment, &mut found)?;
    }
    Some(found)
}

/// The values in one segment; where two parameters touch, the first takes what it can.
fn segment_values<'a>(
    template: &'static str,
    segment: &'a str,
    found: &mut Vec<(&'static str, &'a str)>,
) -> Option<()> {
    let Some((literal, rest)) = template.split_once('{') else {
        return (template == segment).then_some(());
    };
    let (name, rest) = rest.split_once('}')?;
    let segment = segment.strip_prefix(literal)?;
    let next = rest.split('{').next().unwrap_or_default();
    // The last place where the rest of the template can begin.
    let ends = (1..=segment.len()).rev().filter(|end| segment.is_char_boundary(*end));
    for end in ends.filter(|end| segment[*end..].starts_with(next)) {
        let length = found.len();
        found.push((name, &segment[..end]));
        if segment_values(rest, &segment[end..], found).is_some() {
            return Some(());
        }
        found.truncate(length);
    }
    None
}
